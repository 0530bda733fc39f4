namespace Exchange.Markets;

// Orders as their owners handle them: place, replace, cancel.
public sealed partial class Venue
{
    private Refusal PlaceOrder(in Command command, ref bool changed)
    {
        Account account = _account!;

        // Before anything else, so that sending again after a lost answer always gets that answer.
        if (command.ClientOrderId is { } clientOrderId && account.ClientOrderIds.Contains(clientOrderId))
        {
            changed = false;
            return EmitExisting(account, clientOrderId, in command);
        }

        Refusal refusal = CheckOrder(in command, out Market market, out Price price);
        if (refusal.IsRefused)
            return Refuse(refusal, ref changed);
        Holding holding = market.HoldingOf(account);
        var incoming = new Incoming(command.Side, price, command.Quantity, command.TimeInForce, command.PostOnly);
        refusal = CheckRisk(holding, in incoming, resting: null, out _);
        if (refusal.IsRefused)
            return Refuse(refusal, ref changed);

        Order order = _spareOrders.TryPop(out Order? spare) ? spare : new Order();
        order.Id = ++_lastOrderId;
        order.Holding = holding;
        order.Side = command.Side;
        order.TimeInForce = command.TimeInForce;
        order.PostOnly = command.PostOnly;
        order.ReduceOnly = command.ReduceOnly;
        order.CancelOnDisconnect = command.CancelOnDisconnect;
        order.Session = command.CancelOnDisconnect ? command.Origin.Session : 0;
        order.ExpiresTimeUs = command.ExpiresTimeUs;
        order.PlacedByUserId = command.UserId;
        order.Price = order.PlacedPrice = price;
        order.Quantity = order.Remaining = order.PlacedQuantity = command.Quantity;
        order.FilledValue = Cash.Zero;
        order.Priority = 0;
        order.ClientOrderId = command.ClientOrderId;
        order.PlacedSequence = Sequence;
        order.PlacedTimeUs = _now.TimeUs;
        order.PlacedInBatch = _batch.Number;
        order.EmittedInBatch = 0;
        Execute(order, OrderReason.Placed, wasInBook: false);
        return Refusal.None;
    }

    /// <summary>The account of the command looks at what an order would do.</summary>
    private Refusal PreviewOrder(in Command command)
    {
        Refusal refusal = CheckOrder(in command, out Market market, out Price price);
        if (refusal.IsRefused)
            return refusal;
        // A holding is made when one trades, not when one asks.
        Account account = _account!;
        Holding holding = market.Holdings.TryGetValue(account.Id, out Holding? held) ? held : new Holding(account, market);
        var incoming = new Incoming(command.Side, price, command.Quantity, command.TimeInForce, command.PostOnly);
        refusal = CheckRisk(holding, in incoming, resting: null, out RiskCheck check);
        if (refusal.IsRefused)
            return refusal;
        _batch.AddRecord(
            new OrderPreviewed(
                market.Id, command.Side, check.Filled, check.FillValue, check.Rest, account.Available, check.AvailableAfter,
                check.PositionAfter, holding.Worst, check.WorstAfter),
            isAnswer: true);
        return Refusal.None;
    }

    /// <summary>Whether an order could be, before money and the book are looked at.</summary>
    /// <param name="price">The worst it may trade at: its own, or the bound of the range.</param>
    private Refusal CheckOrder(in Command command, out Market market, out Price price)
    {
        price = command.Price;
        Refusal refusal = FindTradable(command.MarketId, out market);
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
        if (command.TimeInForce == TimeInForce.GoodTillTime && command.ExpiresTimeUs <= _now.TimeUs)
            return Refusals.Expired(command.ExpiresTimeUs, _now.TimeUs);
        if (Times.IsTooFar(command.ExpiresTimeUs, _now.TimeUs))
            return Refusals.ExpiresTooFar(command.ExpiresTimeUs, _now.TimeUs);
        if (market.Info.MaxOrder > Quantity.Zero && command.Quantity > market.Info.MaxOrder)
            return Refusals.OrderTooLarge(command.Quantity, market.Info.MaxOrder);
        if (command.ReduceOnly)
        {
            market.Holdings.TryGetValue(_account!.Id, out Holding? holding);
            return CheckReduceOnly(holding, command.Side, command.Quantity, instead: Quantity.Zero);
        }
        return Refusal.None;
    }

    /// <param name="instead">What is left of the order that this quantity would replace.</param>
    private static Refusal CheckReduceOnly(Holding? holding, Side side, Quantity quantity, Quantity instead)
    {
        Quantity closable = holding is null ? Quantity.Zero : holding.ClosableBy(side) - (holding.OpenOn(side) - instead);
        return quantity > closable
            ? Refusals.ReduceOnly(quantity, closable < Quantity.Zero ? Quantity.Zero : closable, side)
            : Refusal.None;
    }

    /// <summary>
    /// Cancels reduce-only orders, newest first, until all that rests on their side can't do more than close the position. So no
    /// fill can ever make one open or enlarge it, in whatever order they come.
    /// </summary>
    private void TrimReduceOnly(Holding holding)
    {
        TrimReduceOnly(holding, Side.Buy);
        TrimReduceOnly(holding, Side.Sell);
    }

    private void TrimReduceOnly(Holding holding, Side side)
    {
        for (Order? order = holding.LastOrder; order is not null && holding.OpenOn(side) > holding.ClosableBy(side);)
        {
            Order? older = order.PreviousOfHolding;
            if (order.ReduceOnly && order.Side == side)
                Cancel(order, OrderReason.ReduceOnly, isAnswer: false);
            order = older;
        }
    }

    private Refusal ReplaceOrder(in Command command, ref bool changed)
    {
        Refusal notFound = FindLive(in command, out Order order);
        if (notFound.IsRefused)
            return Refuse(notFound, ref changed);
        Holding holding = order.Holding;
        Market market = holding.Market;
        if (market.Status != MarketStatus.Open)
            return Refuse(Refusals.MarketNotOpen(market.Status), ref changed);

        Price price = command.HasPrice ? command.Price : order.Price;
        if (command.HasPrice)
        {
            Refusal badPrice = CheckPrice(price, market);
            if (badPrice.IsRefused)
                return Refuse(badPrice, ref changed);
        }
        Quantity quantity = command.HasQuantity ? command.Quantity : order.Quantity;
        if (quantity.Hundredths is <= 0 or > Limits.MaxOrderHundredths)
            return Refuse(Refusals.InvalidQuantity(quantity), ref changed);
        Quantity filled = order.Filled;
        if (quantity <= filled)
            return Refuse(Refusals.AlreadyFilled(quantity, filled), ref changed);
        if (market.Info.MaxOrder > Quantity.Zero && quantity > market.Info.MaxOrder && quantity > order.Quantity)
            return Refuse(Refusals.OrderTooLarge(quantity, market.Info.MaxOrder), ref changed);
        Quantity remaining = quantity - filled;
        if (order.ReduceOnly)
        {
            Refusal tooMuch = CheckReduceOnly(holding, order.Side, remaining, order.Remaining);
            if (tooMuch.IsRefused)
                return Refuse(tooMuch, ref changed);
        }

        BookSide side = market.SideOf(order.Side);
        if (price == order.Price && remaining <= order.Remaining)
        {
            // Only smaller: it keeps its place in line, and risks less than before.
            Quantity less = order.Remaining - remaining;
            order.Level!.Total -= less;
            order.Quantity = quantity;
            order.Remaining = remaining;
            holding.CountOpen(order.Side, price, -less);
            holding.Revalue();
            Touch(holding, moneyMoved: false);
            TouchBook(market);
            EmitOrder(order, OrderStatus.Live, OrderReason.Replaced, inBook: true, isAnswer: true);
            return Refusal.None;
        }

        var incoming = new Incoming(order.Side, price, remaining, order.TimeInForce, order.PostOnly);
        Refusal refusal = CheckRisk(holding, in incoming, resting: order, out _);
        if (refusal.IsRefused)
            return Refuse(refusal, ref changed);

        side.Remove(order);
        holding.CountOpen(order.Side, order.Price, -order.Remaining);
        order.Price = price;
        order.Quantity = quantity;
        order.Remaining = remaining;
        Execute(order, OrderReason.Replaced, wasInBook: true);
        return Refusal.None;
    }

    private Refusal CancelOrder(in Command command, ref bool changed)
    {
        Refusal notFound = FindLive(in command, out Order order);
        if (notFound.IsRefused)
            return Refuse(notFound, ref changed);
        MarketStatus status = order.Holding.Market.Status;
        if (status == MarketStatus.Halted)
            return Refuse(Refusals.MarketNotOpen(status), ref changed);
        Cancel(order, OrderReason.Requested, isAnswer: true);
        return Refusal.None;
    }

    private Refusal CancelOrders(in Command command, ref bool changed)
    {
        Account account = _account!;
        int count = 0;
        if (command.MarketId != 0)
        {
            Refusal notFound = FindMarket(command.MarketId, out Market market);
            if (notFound.IsRefused)
                return Refuse(notFound, ref changed);
            if (market.Status == MarketStatus.Halted)
                return Refuse(Refusals.MarketNotOpen(market.Status), ref changed);
            if (market.Holdings.TryGetValue(account.Id, out Holding? holding))
                count = CancelAll(holding, command.Side, OrderReason.Requested);
        }
        else
        {
            foreach (Holding holding in account.Holdings)
            {
                if (holding.Market.Status != MarketStatus.Halted)
                    count += CancelAll(holding, command.Side, OrderReason.Requested);
            }
        }
        _batch.AddOrdersCancelled(count);
        changed = count > 0;
        return Refusal.None;
    }

    /// <param name="side">0: both.</param>
    private int CancelAll(Holding holding, Side side, OrderReason reason)
    {
        int count = 0;
        for (Order? order = holding.FirstOrder; order is not null;)
        {
            Order? next = order.NextOfHolding;
            if (side == 0 || order.Side == side)
            {
                Cancel(order, reason, isAnswer: false);
                count++;
            }
            order = next;
        }
        return count;
    }

    private static Refusal CheckPrice(Price price, Market market)
    {
        if (price < market.Min || price > market.Max)
            return Refusals.PriceOutOfRange(price, market);
        if (price.Hundredths % market.TickHundredths != 0)
            return Refusals.PriceOffTick(price, market);
        return Refusal.None;
    }

    /// <summary>The live order that a command names by id or client order id, if it is the account's.</summary>
    private Refusal FindLive(in Command command, out Order order)
    {
        order = null!;
        Account account = _account!;
        if (command.OrderId != 0)
        {
            if (_orders.TryGetValue(command.OrderId, out Order? found) && found.Holding.Account == account)
            {
                order = found;
                return Refusal.None;
            }
            // Ended orders are on disk, not here. And one answer for all that are none of the account's live ones: whether another's lives,
            // or how many there are, is not for everyone.
            return Refusals.OrderNotLive;
        }
        if (command.ClientOrderId is { } id && account.ClientOrderIds.Contains(id))
        {
            if (account.ClientOrderIds.FindLive(id) is { } found)
            {
                order = found;
                return Refusal.None;
            }
            return Refusals.OrderNotLive;
        }
        return Refusals.OrderNotFound;
    }

    /// <summary>Answers with what became of an order known by its client order id, if the command asks for that order.</summary>
    private Refusal EmitExisting(Account account, string clientOrderId, in Command command)
    {
        OrderState state;
        if (account.ClientOrderIds.FindLive(clientOrderId) is { } live)
            state = StateOf(live, OrderStatus.Live, live.Reason);
        else
            account.ClientOrderIds.TryGetEnded(clientOrderId, out state);
        if (_batchCancels || !IsSameOrder(in state, in command))
            return Refusals.ClientOrderIdReused(in state, _batchCancels);
        ref OrderChange change = ref _batch.AddOrderChange(EventKind.OrderExisting, isAnswer: true);
        change = default;
        change.State = state;
        return Refusal.None;
    }

    /// <summary>Whether a command would place what an order was placed as.</summary>
    private bool IsSameOrder(in OrderState order, in Command command)
    {
        if (command.MarketId != order.MarketId || command.Side != order.Side)
            return false;
        // A market order's price was the end of the range; of a market that was deleted since, nobody knows it any more.
        Price price = command.HasPrice ? command.Price
            : !_markets.TryGetValue(order.MarketId, out Market? market) ? order.PlacedPrice
            : command.Side == Side.Buy ? market.Max : market.Min;
        return price == order.PlacedPrice
            && (command.Quantity == order.PlacedQuantity || order.PlacedQuantity == Quantity.Zero)
            && command.TimeInForce == order.TimeInForce && command.PostOnly == order.PostOnly && command.ReduceOnly == order.ReduceOnly
            && command.ExpiresTimeUs == order.ExpiresTimeUs;
    }

    private Refusal RememberOrders(in Command command)
    {
        if (_accounts.TryGetValue(command.AccountId, out Account? account))
            account.ClientOrderIds.Remember((OrderState[])command.Details!);
        return Refusal.None;
    }
}
