namespace Exchange.Markets;

/// <summary>An order about to be executed: new, or a replaced one with its new terms.</summary>
internal readonly record struct Incoming(Side Side, Price Price, Quantity Quantity, TimeInForce TimeInForce, bool PostOnly);

/// <summary>What an order would do if it were executed now.</summary>
internal struct RiskCheck
{
    public Quantity Filled;
    public Cash FillValue;
    public Quantity Rest;
    public Quantity PositionAfter;
    public Cash WorstAfter;
    public Cash AvailableAfter;
}

/// <summary>Whether an account can pay whatever comes of an order or a conversion.</summary>
internal static class RiskChecks
{
    public static bool Crosses(Side side, Price limit, Price opposite) =>
        side == Side.Buy ? limit >= opposite : limit <= opposite;

    /// <summary>
    /// Decides whether an order may be executed, by what would happen now: what fills does so at the resting prices,
    /// what rests counts at its own limit, own orders in its way are cancelled. Changes nothing.
    /// </summary>
    /// <param name="holding">The order's account in its market.</param>
    /// <param name="incoming">The order.</param>
    /// <param name="resting">The live order it replaces, if it does.</param>
    public static Refusal CheckRisk(Holding holding, in Incoming incoming, Order? resting, out RiskCheck check)
    {
        check = default;
        Market market = holding.Market;
        Account account = holding.Account;
        Quantity buys = holding.OpenBuys, sells = holding.OpenSells;
        Cash buyValue = holding.OpenBuyValue, sellValue = holding.OpenSellValue;
        int liveOrders = holding.OrderCount;
        if (resting is not null)
        {
            liveOrders--;
            if (incoming.Side == Side.Buy)
            {
                buys -= resting.Remaining;
                buyValue -= resting.Price * resting.Remaining;
            }
            else
            {
                sells -= resting.Remaining;
                sellValue -= resting.Price * resting.Remaining;
            }
        }

        // Walk the book as matching would.
        Quantity left = incoming.Quantity;
        Cash fillValue = Cash.Zero;
        BookSide opposite = market.SideOf(incoming.Side == Side.Buy ? Side.Sell : Side.Buy);
        for (int rank = 0; rank < opposite.LevelCount && left > Quantity.Zero; rank++)
        {
            PriceLevel level = opposite.At(rank);
            if (!Crosses(incoming.Side, incoming.Price, level.Price))
                break;
            if (incoming.PostOnly)
                return Refusals.WouldMatch(level.Price);
            for (Order? maker = level.First; maker is not null && left > Quantity.Zero; maker = maker.NextInLine)
            {
                if (maker.Holding == holding)
                {
                    if (maker.Side == Side.Buy)
                    {
                        buys -= maker.Remaining;
                        buyValue -= maker.Price * maker.Remaining;
                    }
                    else
                    {
                        sells -= maker.Remaining;
                        sellValue -= maker.Price * maker.Remaining;
                    }
                    continue;
                }
                Quantity fill = Quantity.Min(left, maker.Remaining);
                left -= fill;
                fillValue += level.Price * fill;
            }
        }
        Quantity filled = incoming.Quantity - left;
        if (incoming.TimeInForce == TimeInForce.FillOrKill && left > Quantity.Zero)
            return Refusals.CannotFill(incoming.Quantity, filled);

        Quantity rest = incoming.TimeInForce.Rests() ? left : Quantity.Zero;
        Quantity position = holding.Position;
        Cash cash = account.Cash;
        if (incoming.Side == Side.Buy)
        {
            position += filled;
            cash -= fillValue;
            buys += rest;
            buyValue += incoming.Price * rest;
        }
        else
        {
            position -= filled;
            cash += fillValue;
            sells += rest;
            sellValue += incoming.Price * rest;
        }

        if (holding.ReduceOnlyCount > 0)
            LeaveOutTrimmed(holding, incoming.Side, resting, position, ref buys, ref buyValue, ref sells, ref sellValue);
        if (rest > Quantity.Zero && liveOrders >= Limits.MaxLiveOrdersPerHolding)
            return Refusals.LiveOrdersLimit;
        if ((position + buys).Hundredths > Limits.MaxPosition || (position - sells).Hundredths < -Limits.MaxPosition)
            return Refusals.PositionLimit;
        if (ExceedsMaxPosition(holding, position + buys, position - sells))
            return Refusals.PositionTooLarge(market.Info.MaxPosition);
        Cash grossSum = account.GrossSum - holding.Gross + Holding.GrossOf(market, position, buys, sells);
        if (grossSum.TenThousandths > Limits.MaxGross)
            return Refusals.GrossLimit;
        Cash worst = Holding.WorstOf(market, position, buys, buyValue, sells, sellValue);
        Cash before = account.Available, after = cash + (account.WorstSum - holding.Worst + worst);
        if (after < Cash.Zero && after < before)
            return Refusals.InsufficientFunds(before - after, before);
        check = new RiskCheck
        {
            Filled = filled,
            FillValue = fillValue,
            Rest = rest,
            PositionAfter = position,
            WorstAfter = worst,
            AvailableAfter = after,
        };
        return Refusal.None;
    }

    /// <summary>
    /// Leaves out of the open orders those that an order of this side pushes out: the reduce-only ones that
    /// <see cref="OrderExecution"/> will cancel, in its order.
    /// </summary>
    private static void LeaveOutTrimmed(
        Holding holding, Side side, Order? resting, Quantity position, ref Quantity buys, ref Cash buyValue, ref Quantity sells, ref Cash sellValue)
    {
        Quantity closable = new(Math.Max(0, side == Side.Sell ? position.Hundredths : -position.Hundredths));
        for (Order? order = holding.LastOrder; order is not null && (side == Side.Sell ? sells : buys) > closable; order = order.PreviousOfHolding)
        {
            if (!order.ReduceOnly || order.Side != side || order == resting)
                continue;
            if (side == Side.Buy)
            {
                buys -= order.Remaining;
                buyValue -= order.Price * order.Remaining;
            }
            else
            {
                sells -= order.Remaining;
                sellValue -= order.Price * order.Remaining;
            }
        }
    }

    /// <summary>Whether a market's own limit is passed, and by more than before: what comes nearer to it is never refused.</summary>
    /// <param name="longest">The position if all buys fill.</param>
    /// <param name="shortest">The position if all sells fill.</param>
    public static bool ExceedsMaxPosition(Holding holding, Quantity longest, Quantity shortest)
    {
        Quantity most = holding.Market.Info.MaxPosition;
        return most > Quantity.Zero
            && ((longest > most && longest > holding.Position + holding.OpenBuys)
                || (-shortest > most && shortest < holding.Position - holding.OpenSells));
    }
}
