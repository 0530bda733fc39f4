using Exchange.Markets;

namespace Exchange.Tests.Markets;

// Orders, as the oracle sees them.
internal sealed partial class NaiveVenue
{
    private NaiveAnswer Place(Command command)
    {
        if (command.ClientOrderId is { } clientOrderId && FindByClientId(command.AccountId, clientOrderId) is { } existing)
        {
            return _cancelledInBatch.Contains(clientOrderId) || !Asks(command, existing)
                ? RefusalCode.ClientOrderIdReused
                : NaiveAnswer.Shown() with { Existing = existing };
        }
        if (CheckOrder(command, out NaiveOrder order) is var code && code != RefusalCode.None)
            return code;
        _next.LastOrderId++;
        return Try(order);
    }

    /// <summary>Whether a command asks for what an order was when it was placed.</summary>
    private bool Asks(Command command, NaiveOrder order)
    {
        MarketInfo? market = _state.Markets.Find(m => m.MarketId == order.MarketId);
        long price = command.HasPrice ? command.Price.Hundredths
            : (command.Side == Side.Sell ? market?.Min : market?.Max)?.Hundredths ?? order.PlacedPrice;
        return (command.MarketId, command.Side, price, command.Quantity.Hundredths)
                == (order.MarketId, order.Side, order.PlacedPrice, order.PlacedQuantity)
            && (command.TimeInForce, command.ExpiresTimeUs, command.PostOnly, command.ReduceOnly)
                == (order.TimeInForce, order.ExpiresTimeUs, order.PostOnly, order.ReduceOnly);
    }

    /// <summary>Ten years of 365.25 days.</summary>
    private bool IsAbsurd(long timeUs) => (Int128)timeUs - _now.TimeUs > (Int128)3_652_500 * 86_400_000_000 / 1_000;

    private NaiveAnswer Preview(Command command)
    {
        if (CheckOrder(command, out NaiveOrder order) is var code && code != RefusalCode.None)
            return code;
        MarketInfo market = _next.Market(order.MarketId);
        NaiveAnswer answer = Try(order);
        if (answer.Code != RefusalCode.None)
            return answer;
        NaiveOrder executed = answer.Order!;
        return NaiveAnswer.Shown(new OrderPreviewed(
            order.MarketId, order.Side, new Quantity(executed.Filled), Money(executed.FilledValue),
            new Quantity(executed.Status == OrderStatus.Live ? executed.Left : 0), Money(_state.Available(order.AccountId)),
            Money(_next.Available(order.AccountId)), Amount(_next.HoldingOf(order.AccountId, order.MarketId).Position),
            Money(_state.Worst(order.AccountId, market)), Money(_next.Worst(order.AccountId, market))));
    }

    /// <summary>All that can be said of an order before it meets the book.</summary>
    private RefusalCode CheckOrder(Command command, out NaiveOrder order)
    {
        order = null!;
        if (MarketOf(command) is not { } market)
            return RefusalCode.MarketNotFound;
        if (!MayTrade(market, command.AccountId))
            return RefusalCode.Forbidden;
        if (market.Status != MarketStatus.Open)
            return RefusalCode.MarketNotOpen;
        Price worst = command.Side == Side.Buy ? market.Max : market.Min;
        order = new NaiveOrder(
            _next.LastOrderId + 1, command.AccountId, market.MarketId, command.Side, (command.HasPrice ? command.Price : worst).Hundredths,
            command.Quantity.Hundredths, 0, 0, command.TimeInForce, command.PostOnly, command.ReduceOnly, command.CancelOnDisconnect,
            command.ExpiresTimeUs, command.ClientOrderId, OrderStatus.Live, OrderReason.Placed, command.UserId, Sequence + 1, _now.TimeUs,
            Line: 0, command.Origin.Session, (command.HasPrice ? command.Price : worst).Hundredths, command.Quantity.Hundredths);
        if (command.HasPrice ? !IsPriceOf(market, command.Price) : order.Rests)
            return RefusalCode.InvalidPrice;
        if (order.Quantity is < 1 or > MaxOrder)
            return RefusalCode.InvalidQuantity;
        if (order.PostOnly && !order.Rests)
            return RefusalCode.InvalidField;
        if (order.ExpiresTimeUs != 0 != (order.TimeInForce == TimeInForce.GoodTillTime))
            return RefusalCode.InvalidField;
        if (order.ExpiresTimeUs != 0 && order.ExpiresTimeUs <= _now.TimeUs)
            return RefusalCode.Expired;
        if (IsAbsurd(order.ExpiresTimeUs))
            return RefusalCode.InvalidField;
        if (market.MaxOrder > Quantity.Zero && command.Quantity > market.MaxOrder)
            return RefusalCode.LimitExceeded;
        return MayReduce(order) ? RefusalCode.None : RefusalCode.ReduceOnly;
    }

    /// <summary>Whether an order and those already open on its side can only close a position, if it must.</summary>
    private bool MayReduce(NaiveOrder order) => !order.ReduceOnly
        || NaiveState.Quantity(_next.OpenOf(order.AccountId, order.MarketId, order.Side).Where(o => o.Id != order.Id)) + order.Left
            <= _next.Closable(order.AccountId, order.MarketId, order.Side);

    private NaiveAnswer Replace(Command command)
    {
        if (FindLive(command, out NaiveOrder order) is var code && code != RefusalCode.None)
            return code;
        MarketInfo market = _next.Market(order.MarketId);
        if (market.Status != MarketStatus.Open)
            return RefusalCode.MarketNotOpen;
        if (command.HasPrice && !IsPriceOf(market, command.Price))
            return RefusalCode.InvalidPrice;
        long quantity = command.HasQuantity ? command.Quantity.Hundredths : order.Quantity;
        if (quantity is < 1 or > MaxOrder || quantity <= order.Filled)
            return RefusalCode.InvalidQuantity;
        if (market.MaxOrder > Quantity.Zero && quantity > market.MaxOrder.Hundredths && quantity > order.Quantity)
            return RefusalCode.LimitExceeded;

        int price = command.HasPrice ? command.Price.Hundredths : order.Price;
        NaiveOrder replaced = order with { Price = price, Quantity = quantity, Reason = OrderReason.Replaced };
        if (!MayReduce(replaced))
            return RefusalCode.ReduceOnly;
        if (price == order.Price && quantity <= order.Quantity)
        {
            NaiveState.Replace(_next.Live, order, replaced);
            return NaiveAnswer.Done with { Order = replaced };
        }
        _next.Live.Remove(order);
        return Try(replaced);
    }

    /// <summary>Lets an order meet the book, and looks whether what came out may be.</summary>
    private NaiveAnswer Try(NaiveOrder order)
    {
        Side opposite = order.Side == Side.Buy ? Side.Sell : Side.Buy;
        if (order.PostOnly && _next.Book(order.MarketId, opposite).Any(order.Crosses))
            return RefusalCode.WouldMatch;
        NaiveOrder executed = _next.Execute(order, _now.TimeUs);
        if (order.TimeInForce == TimeInForce.FillOrKill && executed.Left > 0)
            return RefusalCode.CannotFill;
        _next.TrimReduceOnly(order.AccountId, order.MarketId, order.Side, besides: order.Id);
        if (IsBeyondPosition(order.AccountId, order.MarketId) || IsBeyondMarketsLimit(order.AccountId, order.MarketId))
            return RefusalCode.LimitExceeded;
        if (_next.Gross(order.AccountId) > s_maxGross)
            return RefusalCode.LimitExceeded;
        NaiveAnswer answer = CheckFunds(order.AccountId);
        return answer.Code == RefusalCode.None ? answer with { Order = executed } : answer;
    }

    private NaiveAnswer CheckFunds(long accountId)
    {
        Int128 before = _state.Available(accountId), after = _next.Available(accountId);
        return after < 0 && after < before ? NaiveAnswer.Short(before - after, before) : NaiveAnswer.Done;
    }

    private bool IsBeyondPosition(long accountId, long marketId) =>
        _next.Exposure(accountId, marketId, Side.Buy) > MaxPosition || _next.Exposure(accountId, marketId, Side.Sell) < -MaxPosition;

    /// <summary>Whether a direction is over the limit an admin set, and further than before.</summary>
    private bool IsBeyondMarketsLimit(long accountId, long marketId)
    {
        long limit = _next.Market(marketId).MaxPosition.Hundredths;
        Int128 LongIn(NaiveState state) => state.Exposure(accountId, marketId, Side.Buy);
        Int128 ShortIn(NaiveState state) => -state.Exposure(accountId, marketId, Side.Sell);
        return limit > 0 && ((LongIn(_next) > limit && LongIn(_next) > LongIn(_state)) || (ShortIn(_next) > limit && ShortIn(_next) > ShortIn(_state)));
    }

    private NaiveAnswer Cancel(Command command)
    {
        if (FindLive(command, out NaiveOrder order) is var code && code != RefusalCode.None)
            return code;
        if (_next.Market(order.MarketId).Status == MarketStatus.Halted)
            return RefusalCode.MarketNotOpen;
        _next.Cancel(order, OrderReason.Requested);
        return NaiveAnswer.Done with { Order = _next.Ended[^1] };
    }

    private NaiveAnswer CancelMany(Command command)
    {
        if (command.MarketId != 0)
        {
            if (MarketOf(command) is not { } market)
                return RefusalCode.MarketNotFound;
            if (market.Status == MarketStatus.Halted)
                return RefusalCode.MarketNotOpen;
        }
        int count = _next.CancelAll(
            o => o.AccountId == command.AccountId && (command.MarketId == 0 || o.MarketId == command.MarketId)
                && (command.Side == 0 || o.Side == command.Side) && _next.Market(o.MarketId).Status != MarketStatus.Halted,
            OrderReason.Requested);
        return NaiveAnswer.Done with { CancelledCount = count, Changed = count > 0 };
    }

    private static bool IsPriceOf(MarketInfo market, Price price) =>
        price >= market.Min && price <= market.Max && price.Hundredths % market.TickHundredths == 0;

    public NaiveOrder? FindByClientId(long accountId, string clientOrderId) =>
        _state.Live.FirstOrDefault(o => o.AccountId == accountId && o.ClientOrderId == clientOrderId)
        ?? _endedWithClientId.GetValueOrDefault(accountId)?.TakeLast(10_000).FirstOrDefault(o => o.ClientOrderId == clientOrderId);

    private RefusalCode FindLive(Command command, out NaiveOrder order)
    {
        NaiveOrder? named = command.OrderId != 0
            ? _state.Live.FirstOrDefault(o => o.Id == command.OrderId && o.AccountId == command.AccountId)
            : command.ClientOrderId is { } id ? FindByClientId(command.AccountId, id) : null;
        order = named!;
        if (named is null && command.OrderId != 0)
            return RefusalCode.OrderNotLive;
        if (named is null)
            return RefusalCode.OrderNotFound;
        return named.Status == OrderStatus.Live ? RefusalCode.None : RefusalCode.OrderNotLive;
    }

    private static Cash Money(Int128 tenThousandths) => new((long)tenThousandths);

    private static Quantity Amount(Int128 hundredths) => new((long)hundredths);
}
