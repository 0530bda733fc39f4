using Exchange.Markets;

namespace Exchange.Tests.Markets;

// Orders, as the oracle sees them.
internal sealed partial class NaiveVenue
{
    private NaiveAnswer Place(Command command)
    {
        if (!Trades(command.AccountId))
            return RefusalCode.AccountNotFound;
        if (command.ClientOrderId is { } clientOrderId && FindByClientId(command.AccountId, clientOrderId) is { } existing)
            return new NaiveAnswer(RefusalCode.None) { Changed = false, Existing = existing };
        if (MarketOf(command) is not { } market)
            return RefusalCode.MarketNotFound;
        if (market.Status != MarketStatus.Open)
            return RefusalCode.MarketNotOpen;
        bool rests = command.TimeInForce == TimeInForce.GoodTillCancelled;
        if (command.HasPrice ? !IsPriceOf(market, command.Price) : rests)
            return RefusalCode.InvalidPrice;
        if (command.Quantity.Hundredths is < 1 or > MaxOrder)
            return RefusalCode.InvalidQuantity;
        if (command.PostOnly && !rests)
            return RefusalCode.InvalidField;

        Price worst = command.Side == Side.Buy ? market.Max : market.Min;
        var order = new NaiveOrder(
            _lastOrderId + 1, command.AccountId, market.MarketId, command.Side, (command.HasPrice ? command.Price : worst).Hundredths,
            command.Quantity.Hundredths, 0, 0, command.TimeInForce, command.PostOnly, command.ClientOrderId,
            OrderStatus.Live, OrderReason.Placed, Sequence + 1, _timeUs, Line: 0);
        NaiveAnswer answer = Try(_state.Copy(), order, market);
        if (answer.Code == RefusalCode.None)
            _lastOrderId++;
        return answer;
    }

    private NaiveAnswer Replace(Command command)
    {
        if (!Trades(command.AccountId))
            return RefusalCode.AccountNotFound;
        if (FindLive(command, out NaiveOrder order) is var code && code != RefusalCode.None)
            return code;
        MarketInfo market = Markets.Single(m => m.MarketId == order.MarketId);
        if (command.HasPrice && !IsPriceOf(market, command.Price))
            return RefusalCode.InvalidPrice;
        long quantity = command.HasQuantity ? command.Quantity.Hundredths : order.Quantity;
        if (quantity is < 1 or > MaxOrder || quantity <= order.Filled)
            return RefusalCode.InvalidQuantity;

        int price = command.HasPrice ? command.Price.Hundredths : order.Price;
        NaiveOrder replaced = order with { Price = price, Quantity = quantity, Reason = OrderReason.Replaced };
        NaiveState next = _state.Copy();
        if (price == order.Price && quantity <= order.Quantity)
        {
            next.Live[next.Live.IndexOf(order)] = replaced;
            return Adopt(next) with { Orders = [replaced] };
        }
        next.Live.Remove(order);
        return Try(next, replaced, market);
    }

    /// <summary>Executes an order on a copy of the state, and takes the copy if what came out may be.</summary>
    private NaiveAnswer Try(NaiveState next, NaiveOrder order, MarketInfo market)
    {
        Side opposite = order.Side == Side.Buy ? Side.Sell : Side.Buy;
        if (order.PostOnly && next.Book(market.MarketId, opposite).Any(order.Crosses))
            return RefusalCode.WouldMatch;

        long tradeId = _lastTradeId, accountId = order.AccountId, marketId = order.MarketId;
        NaiveOrder executed = next.Execute(order, ref tradeId, _timeUs);
        if (order.TimeInForce == TimeInForce.FillOrKill && executed.Left > 0)
            return RefusalCode.CannotFill;

        List<NaiveOrder> buys = next.OpenOf(accountId, marketId, Side.Buy), sells = next.OpenOf(accountId, marketId, Side.Sell);
        Int128 position = next.HoldingOf(accountId, marketId).Position;
        if (position + NaiveState.Quantity(buys) > MaxPosition || position - NaiveState.Quantity(sells) < -MaxPosition)
            return RefusalCode.LimitExceeded;
        if (next.Gross(accountId, Markets) > s_maxGross)
            return RefusalCode.LimitExceeded;

        Int128 before = _state.Available(accountId, Markets), after = next.Available(accountId, Markets);
        if (after < 0 && after < before)
            return new NaiveAnswer(RefusalCode.InsufficientFunds) { Needed = before - after, Available = before };
        _lastTradeId = tradeId;
        return Adopt(next);
    }

    private NaiveAnswer Cancel(Command command)
    {
        if (!Trades(command.AccountId))
            return RefusalCode.AccountNotFound;
        if (FindLive(command, out NaiveOrder order) is var code && code != RefusalCode.None)
            return code;
        NaiveState next = _state.Copy();
        next.Cancel(order, OrderReason.Requested);
        return Adopt(next);
    }

    private NaiveAnswer CancelMany(Command command)
    {
        if (!Trades(command.AccountId))
            return RefusalCode.AccountNotFound;
        if (command.MarketId != 0 && MarketOf(command) is null)
            return RefusalCode.MarketNotFound;
        NaiveState next = _state.Copy();
        foreach (NaiveOrder order in _state.Live)
        {
            if (order.AccountId == command.AccountId && (command.MarketId == 0 || order.MarketId == command.MarketId)
                && (command.Side == 0 || order.Side == command.Side))
            {
                next.Cancel(order, OrderReason.Requested);
            }
        }
        int count = next.Ended.Count;
        return Adopt(next) with { CancelledCount = count, Changed = count > 0 };
    }

    private bool Trades(long accountId) => Accounts.Any(a => a.AccountId == accountId && !a.IsHouse);

    private static bool IsPriceOf(MarketInfo market, Price price) =>
        price >= market.Min && price <= market.Max && price.Hundredths % market.TickHundredths == 0;

    private NaiveOrder? FindByClientId(long accountId, string clientOrderId) =>
        _state.Live.FirstOrDefault(o => o.AccountId == accountId && o.ClientOrderId == clientOrderId)
        ?? _endedWithClientId.GetValueOrDefault(accountId)?.TakeLast(10_000).FirstOrDefault(o => o.ClientOrderId == clientOrderId);

    private RefusalCode FindLive(Command command, out NaiveOrder order)
    {
        NaiveOrder? named = command.OrderId != 0
            ? _state.Live.FirstOrDefault(o => o.Id == command.OrderId && o.AccountId == command.AccountId)
            : command.ClientOrderId is { } id ? FindByClientId(command.AccountId, id) : null;
        order = named!;
        if (named is null && command.OrderId > 0 && command.OrderId <= _lastOrderId && !_state.Live.Any(o => o.Id == command.OrderId))
            return RefusalCode.OrderNotLive;
        if (named is null)
            return RefusalCode.OrderNotFound;
        return named.Status == OrderStatus.Live ? RefusalCode.None : RefusalCode.OrderNotLive;
    }
}
