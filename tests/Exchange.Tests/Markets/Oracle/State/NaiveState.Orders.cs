using Exchange.Markets;

namespace Exchange.Tests.Markets;

// Books, what orders hold back, and trading.
internal sealed partial class NaiveState
{
    public NaiveHolding HoldingOf(long accountId, long marketId) =>
        Holdings.GetValueOrDefault((accountId, marketId), NaiveHolding.Nothing);

    public List<NaiveOrder> OpenOf(long accountId, long marketId, Side side) =>
        [.. Live.Where(o => o.AccountId == accountId && o.MarketId == marketId && o.Side == side)];

    /// <summary>One side of a market's book in line order: best price first, then first come.</summary>
    public List<NaiveOrder> Book(long marketId, Side side) =>
        [.. Live.Where(o => o.MarketId == marketId && o.Side == side)
            .OrderBy(o => side == Side.Buy ? -o.Price : o.Price).ThenBy(o => o.Line)];

    /// <summary>How much of a position an order on this side could close.</summary>
    public Int128 Closable(long accountId, long marketId, Side side)
    {
        Int128 position = HoldingOf(accountId, marketId).Position;
        return Int128.Max(0, side == Side.Sell ? position : -position);
    }

    /// <summary>The position if every open order of a side filled.</summary>
    public Int128 Exposure(long accountId, long marketId, Side side)
    {
        Int128 position = HoldingOf(accountId, marketId).Position, open = Quantity(OpenOf(accountId, marketId, side));
        return side == Side.Buy ? position + open : position - open;
    }

    /// <summary>min( min·(p + B) − VB , max·(p − S) + VS ), from scratch.</summary>
    public Int128 Worst(long accountId, MarketInfo market) =>
        Worst(HoldingOf(accountId, market.MarketId).Position, [.. Live.Where(o => o.AccountId == accountId && o.MarketId == market.MarketId)], market);

    private static Int128 Worst(Int128 position, List<NaiveOrder> orders, MarketInfo market)
    {
        List<NaiveOrder> buys = [.. orders.Where(o => o.Side == Side.Buy)], sells = [.. orders.Where(o => o.Side == Side.Sell)];
        Int128 low = (market.Min.Hundredths * (position + Quantity(buys))) - Value(buys);
        Int128 high = (market.Max.Hundredths * (position - Quantity(sells))) + Value(sells);
        return Int128.Min(low, high);
    }

    public Int128 Available(long accountId)
    {
        List<NaiveOrder> own = [.. Live.Where(o => o.AccountId == accountId)];
        Int128 sum = Cash[accountId];
        foreach (MarketInfo market in MarketsWith(accountId, own))
            sum += Worst(HoldingOf(accountId, market.MarketId).Position, [.. own.Where(o => o.MarketId == market.MarketId)], market);
        return sum;
    }

    /// <summary>The most cash that the largest positions held or reached by orders could move: at the furthest price, all of it.</summary>
    public Int128 Gross(long accountId)
    {
        List<NaiveOrder> own = [.. Live.Where(o => o.AccountId == accountId)];
        Int128 sum = 0;
        foreach (MarketInfo market in MarketsWith(accountId, own))
        {
            long furthest = Math.Max(Math.Abs((long)market.Min.Hundredths), Math.Abs((long)market.Max.Hundredths));
            Int128 longest = Exposure(accountId, market.MarketId, Side.Buy), shortest = Exposure(accountId, market.MarketId, Side.Sell);
            sum += furthest * Int128.Max(Int128.Abs(longest), Int128.Abs(shortest));
        }
        return sum;
    }

    public Int128 GrossOfPositions(long accountId) => Markets.Aggregate(Int128.Zero, (sum, m) => sum
        + (Math.Max(Math.Abs((long)m.Min.Hundredths), Math.Abs((long)m.Max.Hundredths)) * Int128.Abs(HoldingOf(accountId, m.MarketId).Position)));

    private IEnumerable<MarketInfo> MarketsWith(long accountId, List<NaiveOrder> own) =>
        Markets.Where(m => Holdings.ContainsKey((accountId, m.MarketId)) || own.Exists(o => o.MarketId == m.MarketId));

    public static Int128 Quantity(IEnumerable<NaiveOrder> orders) =>
        orders.Aggregate(Int128.Zero, (sum, order) => sum + order.Left);

    private static Int128 Value(IEnumerable<NaiveOrder> orders) =>
        orders.Aggregate(Int128.Zero, (sum, order) => sum + ((Int128)order.Price * order.Left));

    /// <summary>Lets an order that is in no book trade; what is left of it rests or ends.</summary>
    public NaiveOrder Execute(NaiveOrder order, long timeUs)
    {
        Side opposite = order.Side == Side.Buy ? Side.Sell : Side.Buy;
        while (order.Left > 0 && Book(order.MarketId, opposite).FirstOrDefault() is { } resting && order.Crosses(resting))
        {
            if (resting.AccountId == order.AccountId)
                Cancel(resting, OrderReason.SelfMatch);
            else
                order = Trade(order, resting, timeUs);
        }

        if (order.Left == 0)
        {
            order = order with { Status = OrderStatus.Filled };
            Ended.Add(order);
        }
        else if (!order.Rests)
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

    private NaiveOrder Trade(NaiveOrder order, NaiveOrder resting, long timeUs)
    {
        long quantity = Math.Min(order.Left, resting.Left);
        Int128 value = (Int128)resting.Price * quantity;
        (NaiveOrder buy, NaiveOrder sell) = order.Side == Side.Buy ? (order, resting) : (resting, order);
        Trades.Add(new NaiveTrade(
            ++LastTradeId, order.MarketId, resting.Price, quantity, buy.AccountId, sell.AccountId, buy.Id, sell.Id, order.Side, timeUs));
        Buy(buy.AccountId, order.MarketId, quantity, resting.Price);
        Buy(sell.AccountId, order.MarketId, -quantity, resting.Price);

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
            Replace(Live, resting, met);
        }
        return order with { Filled = order.Filled + quantity, FilledValue = order.FilledValue + value };
    }

    /// <summary>Changes a position at a price for cash; a negative quantity is sold.</summary>
    public void Buy(long accountId, long marketId, Int128 quantity, Int128 price)
    {
        Change(accountId, marketId, quantity, price * quantity);
        Cash[accountId] -= price * quantity;
    }

    public void Change(long accountId, long marketId, Int128 quantity, Int128 spent)
    {
        NaiveHolding holding = HoldingOf(accountId, marketId);
        Holdings[(accountId, marketId)] = holding with
        {
            Position = holding.Position + quantity,
            Spent = holding.Spent + spent,
            OpenCost = CostAfter(holding, quantity, spent),
        };
    }

    /// <summary>At average cost: first closes what can be closed, then opens with the rest.</summary>
    private static Int128 CostAfter(NaiveHolding holding, Int128 quantity, Int128 spent)
    {
        bool isOpposite = holding.Position != 0 && Int128.IsNegative(holding.Position) != Int128.IsNegative(quantity);
        Int128 closed = isOpposite ? Int128.Min(Int128.Abs(quantity), Int128.Abs(holding.Position)) : 0;
        Int128 opened = Int128.Abs(quantity) - closed, left = Int128.Abs(holding.Position) - closed;
        Int128 kept = left == 0 ? 0 : holding.OpenCost * left / Int128.Abs(holding.Position);
        return kept + (opened == 0 ? 0 : spent * opened / Int128.Abs(quantity));
    }

    public void Cancel(NaiveOrder order, OrderReason reason)
    {
        Live.Remove(order);
        Ended.Add(order with { Status = OrderStatus.Cancelled, Reason = reason });
    }

    public int CancelAll(Func<NaiveOrder, bool> which, OrderReason reason)
    {
        List<NaiveOrder> cancelled = [.. Live.Where(which)];
        foreach (NaiveOrder order in cancelled)
            Cancel(order, reason);
        return cancelled.Count;
    }

    /// <summary>While what is open on a side could do more than close the position, the newest reduce-only order goes.</summary>
    public void TrimReduceOnly()
    {
        foreach ((long accountId, long marketId, Side side) in
            Live.Where(o => o.ReduceOnly).Select(o => (o.AccountId, o.MarketId, o.Side)).Distinct().ToList())
        {
            TrimReduceOnly(accountId, marketId, side, besides: 0);
        }
    }

    public void TrimReduceOnly(long accountId, long marketId, Side side, long besides)
    {
        while (OpenOf(accountId, marketId, side) is var open && Quantity(open) > Closable(accountId, marketId, side)
            && open.Where(o => o.ReduceOnly && o.Id != besides).MaxBy(o => o.Id) is { } newest)
        {
            Cancel(newest, OrderReason.ReduceOnly);
        }
    }
}
