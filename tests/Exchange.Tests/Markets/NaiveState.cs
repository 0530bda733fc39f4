using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>An order as the oracle sees it, live or ended. Immutable: a change makes a new one.</summary>
internal sealed record NaiveOrder(
    long Id, long AccountId, long MarketId, Side Side, int Price, long Quantity, long Filled, Int128 FilledValue,
    TimeInForce TimeInForce, bool PostOnly, string? ClientOrderId, OrderStatus Status, OrderReason Reason,
    long PlacedSequence, long PlacedTimeUs, long Line)
{
    public static NaiveOrder From(OrderState s)
    {
        Check.Same("remaining", s.Status == OrderStatus.Live ? s.Quantity - s.Filled : Exchange.Markets.Quantity.Zero, s.Remaining);
        return new NaiveOrder(
            s.OrderId, s.AccountId, s.MarketId, s.Side, s.Price.Hundredths, s.Quantity.Hundredths, s.Filled.Hundredths,
            s.FilledValue.TenThousandths, s.TimeInForce, s.PostOnly, s.ClientOrderId, s.Status, s.Reason,
            s.PlacedSequence, s.PlacedTimeUs, s.Priority);
    }

    public long Left => Quantity - Filled;

    public bool Crosses(NaiveOrder resting) => Side == Side.Buy ? Price >= resting.Price : Price <= resting.Price;
}

internal sealed record NaiveTrade(
    long Id, long MarketId, int Price, long Quantity, long BuyerAccountId, long SellerAccountId,
    long BuyOrderId, long SellOrderId, Side Aggressor, long TimeUs)
{
    public static NaiveTrade From(Trade t) => new(
        t.TradeId, t.MarketId, t.Price.Hundredths, t.Quantity.Hundredths, t.BuyerAccountId, t.SellerAccountId,
        t.BuyOrderId, t.SellOrderId, t.Aggressor, t.TimeUs);
}

internal sealed record NaiveHolding(Int128 Position, Int128 Spent, Int128 SettledProfit)
{
    public static readonly NaiveHolding Nothing = new(0, 0, 0);
}

/// <summary>
/// What changes hands, and what one command did to it. The oracle applies each command to a copy, looks at the
/// outcome, and throws the copy away if it may not be.
/// </summary>
internal sealed class NaiveState
{
    public List<NaiveOrder> Live { get; private init; } = [];

    public Dictionary<long, Int128> Cash { get; private init; } = [];

    public Dictionary<(long AccountId, long MarketId), NaiveHolding> Holdings { get; private init; } = [];

    public long LastLine { get; set; }

    // Of this command alone.
    public List<NaiveTrade> Trades { get; } = [];

    public List<NaiveOrder> Ended { get; } = [];

    public NaiveState Copy() => new() { Live = [.. Live], Cash = new(Cash), Holdings = new(Holdings), LastLine = LastLine };

    public NaiveHolding HoldingOf(long accountId, long marketId) =>
        Holdings.GetValueOrDefault((accountId, marketId), NaiveHolding.Nothing);

    public List<NaiveOrder> OpenOf(long accountId, long marketId, Side side) =>
        [.. Live.Where(o => o.AccountId == accountId && o.MarketId == marketId && o.Side == side)];

    /// <summary>One side of a market's book in line order: best price first, then first come.</summary>
    public List<NaiveOrder> Book(long marketId, Side side) =>
        [.. Live.Where(o => o.MarketId == marketId && o.Side == side)
            .OrderBy(o => side == Side.Buy ? -o.Price : o.Price).ThenBy(o => o.Line)];

    /// <summary>min( min·(p + B) − VB , max·(p − S) + VS ), from scratch.</summary>
    private static Int128 Worst(Int128 position, List<NaiveOrder> orders, MarketInfo market)
    {
        List<NaiveOrder> buys = [.. orders.Where(o => o.Side == Side.Buy)], sells = [.. orders.Where(o => o.Side == Side.Sell)];
        Int128 low = (market.Min.Hundredths * (position + Quantity(buys))) - Value(buys);
        Int128 high = (market.Max.Hundredths * (position - Quantity(sells))) + Value(sells);
        return Int128.Min(low, high);
    }

    public Int128 WorstSum(long accountId, IEnumerable<MarketInfo> markets)
    {
        List<NaiveOrder> own = [.. Live.Where(o => o.AccountId == accountId)];
        Int128 sum = 0;
        foreach (MarketInfo market in markets)
            sum += Worst(HoldingOf(accountId, market.MarketId).Position, [.. own.Where(o => o.MarketId == market.MarketId)], market);
        return sum;
    }

    /// <summary>The most cash that the largest positions held or reached by orders could move: at the furthest price, all of it.</summary>
    public Int128 Gross(long accountId, IEnumerable<MarketInfo> markets)
    {
        Int128 sum = 0;
        foreach (MarketInfo market in markets)
        {
            long furthest = Math.Max(Math.Abs((long)market.Min.Hundredths), Math.Abs((long)market.Max.Hundredths));
            NaiveOrder[] own = [.. Live.Where(o => o.AccountId == accountId && o.MarketId == market.MarketId)];
            Int128 longest = HoldingOf(accountId, market.MarketId).Position + Quantity(own.Where(o => o.Side == Side.Buy));
            Int128 shortest = HoldingOf(accountId, market.MarketId).Position - Quantity(own.Where(o => o.Side == Side.Sell));
            sum += furthest * Int128.Max(Int128.Abs(longest), Int128.Abs(shortest));
        }
        return sum;
    }

    public Int128 Available(long accountId, IEnumerable<MarketInfo> markets) => Cash[accountId] + WorstSum(accountId, markets);

    public static Int128 Quantity(IEnumerable<NaiveOrder> orders) =>
        orders.Aggregate(Int128.Zero, (sum, order) => sum + order.Left);

    private static Int128 Value(IEnumerable<NaiveOrder> orders) =>
        orders.Aggregate(Int128.Zero, (sum, order) => sum + ((Int128)order.Price * order.Left));

    /// <summary>Lets an order that is in no book trade; what is left of it rests or ends.</summary>
    public NaiveOrder Execute(NaiveOrder order, ref long lastTradeId, long timeUs)
    {
        Side opposite = order.Side == Side.Buy ? Side.Sell : Side.Buy;
        while (order.Left > 0 && Book(order.MarketId, opposite).FirstOrDefault() is { } resting && order.Crosses(resting))
        {
            if (resting.AccountId == order.AccountId)
                Cancel(resting, OrderReason.SelfMatch);
            else
                order = Trade(order, resting, ++lastTradeId, timeUs);
        }

        if (order.Left == 0)
        {
            order = order with { Status = OrderStatus.Filled };
            Ended.Add(order);
        }
        else if (order.TimeInForce != TimeInForce.GoodTillCancelled)
        {
            order = order with { Status = OrderStatus.Cancelled, Reason = OrderReason.UnfilledRest };
            Ended.Add(order);
        }
        else
        {
            order = order with { Line = ++LastLine };
            Live.Add(order);
        }
        return order;
    }

    private NaiveOrder Trade(NaiveOrder order, NaiveOrder resting, long tradeId, long timeUs)
    {
        long quantity = Math.Min(order.Left, resting.Left);
        Int128 value = (Int128)resting.Price * quantity;
        (NaiveOrder buy, NaiveOrder sell) = order.Side == Side.Buy ? (order, resting) : (resting, order);
        Trades.Add(new NaiveTrade(
            tradeId, order.MarketId, resting.Price, quantity, buy.AccountId, sell.AccountId, buy.Id, sell.Id, order.Side, timeUs));
        Move(buy.AccountId, order.MarketId, quantity, value);
        Move(sell.AccountId, order.MarketId, -quantity, -value);

        NaiveOrder met = resting with
        {
            Filled = resting.Filled + quantity,
            FilledValue = resting.FilledValue + value,
            Reason = OrderReason.Matched,
        };
        if (met.Left == 0)
        {
            Live.Remove(resting);
            Ended.Add(met with { Status = OrderStatus.Filled });
        }
        else
        {
            Live[Live.IndexOf(resting)] = met;
        }
        return order with { Filled = order.Filled + quantity, FilledValue = order.FilledValue + value };
    }

    private void Move(long accountId, long marketId, long quantity, Int128 value)
    {
        NaiveHolding holding = HoldingOf(accountId, marketId);
        Holdings[(accountId, marketId)] = holding with { Position = holding.Position + quantity, Spent = holding.Spent + value };
        Cash[accountId] -= value;
    }

    public void Cancel(NaiveOrder order, OrderReason reason)
    {
        Live.Remove(order);
        Ended.Add(order with { Status = OrderStatus.Cancelled, Reason = reason });
    }

    /// <summary>Pays position × price to each account; answers with who was paid what, by account.</summary>
    public List<Payout> Settle(long marketId, int price)
    {
        foreach (NaiveOrder order in Live.Where(o => o.MarketId == marketId).ToList())
            Cancel(order, OrderReason.MarketSettled);
        var payouts = new List<Payout>();
        foreach (long accountId in Cash.Keys.Order().ToList())
        {
            NaiveHolding holding = HoldingOf(accountId, marketId);
            if (holding.Position == 0 && holding.Spent == 0)
                continue;
            Int128 amount = price * holding.Position;
            Cash[accountId] += amount;
            Holdings[(accountId, marketId)] = new NaiveHolding(0, 0, holding.SettledProfit + amount - holding.Spent);
            payouts.Add(new Payout(accountId, new Quantity((long)holding.Position), new Cash((long)amount)));
        }
        return payouts;
    }
}
