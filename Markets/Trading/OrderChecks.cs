namespace Exchange.Markets;

/// <summary>Whether an order could be, before money and the book are looked at.</summary>
internal sealed class OrderChecks(Admission admission)
{
    /// <param name="price">The worst it may trade at: its own, or the bound of the range.</param>
    public Refusal CheckOrder(CommandContext context, in Command command, out Market market, out Price price)
    {
        price = command.Price;
        Refusal refusal = admission.FindTradable(context, command.MarketId, out market);
        if (refusal.IsRefused)
            return refusal;
        if (market.Status != MarketStatus.Open)
            return Refusals.MarketNotOpen(market.Status);

        bool rests = command.TimeInForce.Rests();
        if (command.HasPrice)
        {
            Refusal badPrice = CheckPrice(price, market);
            if (badPrice.IsRefused)
                return badPrice;
        }
        else
        {
            if (rests)
                return Refusals.PriceMissing;
            price = command.Side == Side.Buy ? market.Max : market.Min;
        }
        if (command.Quantity.Hundredths is <= 0 or > Limits.MaxOrderHundredths)
            return Refusals.InvalidQuantity(command.Quantity);
        if (command.PostOnly && !rests)
            return Refusals.PostOnlyImmediate;
        if (command.TimeInForce == TimeInForce.GoodTillTime != (command.ExpiresTimeUs != 0))
            return Refusals.ExpiresMissing;
        if (command.TimeInForce == TimeInForce.GoodTillTime && command.ExpiresTimeUs <= context.Now.TimeUs)
            return Refusals.Expired(command.ExpiresTimeUs, context.Now.TimeUs);
        if (Times.IsTooFar(command.ExpiresTimeUs, context.Now.TimeUs))
            return Refusals.ExpiresTooFar(command.ExpiresTimeUs, context.Now.TimeUs);
        if (market.Info.MaxOrder > Quantity.Zero && command.Quantity > market.Info.MaxOrder)
            return Refusals.OrderTooLarge(command.Quantity, market.Info.MaxOrder);
        if (command.ReduceOnly)
        {
            market.Holdings.TryGetValue(context.Account!.Id, out Holding? holding);
            return CheckReduceOnly(holding, command.Side, command.Quantity, instead: Quantity.Zero);
        }
        return Refusal.None;
    }

    /// <param name="instead">What is left of the order that this quantity would replace.</param>
    public static Refusal CheckReduceOnly(Holding? holding, Side side, Quantity quantity, Quantity instead)
    {
        Quantity closable = holding is null ? Quantity.Zero : holding.Exposure.ClosableBy(side) - (holding.Exposure.OpenOn(side) - instead);
        return quantity > closable
            ? Refusals.ReduceOnly(quantity, closable < Quantity.Zero ? Quantity.Zero : closable, side)
            : Refusal.None;
    }

    public static Refusal CheckPrice(Price price, Market market)
    {
        if (price < market.Min || price > market.Max)
            return Refusals.PriceOutOfRange(price, market);
        if (price.Hundredths % market.TickHundredths != 0)
            return Refusals.PriceOffTick(price, market);
        return Refusal.None;
    }
}
