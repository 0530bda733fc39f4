using Exchange.History;

namespace Exchange.Storage;

/// <summary>
/// The trading of markets by minutes, kept in memory after the first query: a chart of a market with millions of trades
/// takes reading them once, not once for each who looks at it.
/// </summary>
internal sealed class CandleCache
{
    public const long MinuteUs = 60_000_000;

    /// <summary>Minutes with trades that are kept, of all markets: 10 MB. Markets not asked for longest go first.</summary>
    private const int MaxMinutes = 250_000;

    private sealed class Market
    {
        public readonly List<Candle> Minutes = [];
        public long LastTradeId;
        public long LastUse;
    }

    private readonly Dictionary<long, Market> _markets = [];
    private readonly Lock _lock = new();
    private long _uses;

    /// <summary>A market's candles of whole minutes.</summary>
    /// <param name="nowUs">Minutes that have not come by then are left out: a clock was ahead when they were traded.</param>
    /// <param name="tradesAfter">The market's trades after an id, each as a candle.</param>
    public Page<Candle> Read(CandlesQuery query, long nowUs, Func<long, IEnumerable<(long TradeId, Candle Candle)>> tradesAfter)
    {
        Market market = Find(query.MarketId);
        lock (market)
        {
            // If this is interrupted, what was read so far is kept, and the next one goes on from there.
            foreach ((long id, Candle trade) in tradesAfter(market.LastTradeId))
            {
                Add(market.Minutes, trade);
                market.LastTradeId = id;
            }
            IEnumerable<Candle> minutes = From(market.Minutes, Begin(query.FromUs, query.IntervalUs)).TakeWhile(m => m.TimeUs <= nowUs);
            return Fold(minutes, query, int.MaxValue);
        }
    }

    /// <summary>Joins what follows in time into the query's candles.</summary>
    /// <param name="most">Looks at no more than these, beyond the candle it is at.</param>
    public static Page<Candle> Fold(IEnumerable<Candle> pieces, CandlesQuery query, int most)
    {
        var candles = new List<Candle>();
        Candle? last = null;
        int looked = 0;
        foreach (Candle piece in pieces)
        {
            long beginsUs = Begin(piece.TimeUs, query.IntervalUs);
            if (beginsUs >= query.ToUs)
                break;
            if (last is { } open && open.TimeUs == beginsUs)
            {
                last = Join(open, piece);
            }
            else
            {
                if (last is { } done)
                    candles.Add(done);
                if (candles.Count == query.Limit || looked >= most)
                    return new Page<Candle>([.. candles], beginsUs);
                last = piece with { TimeUs = beginsUs };
            }
            looked++;
        }
        if (last is { } end)
            candles.Add(end);
        return new Page<Candle>([.. candles], 0);
    }

    /// <summary>When the interval begins that a time is in.</summary>
    public static long Begin(long timeUs, long intervalUs) => timeUs / intervalUs * intervalUs;

    private static Candle Join(Candle candle, Candle next) => candle with
    {
        High = next.High > candle.High ? next.High : candle.High,
        Low = next.Low < candle.Low ? next.Low : candle.Low,
        Close = next.Close,
        Quantity = candle.Quantity + next.Quantity,
        Trades = candle.Trades + next.Trades,
    };

    /// <summary>Adds a trade to its minute: the last, or a new one, or where the clock had been set back, one further up.</summary>
    private static void Add(List<Candle> minutes, Candle trade)
    {
        long minuteUs = Begin(trade.TimeUs, MinuteUs);
        int at = minutes.Count > 0 && minutes[^1].TimeUs <= minuteUs
            ? minutes.Count - (minutes[^1].TimeUs == minuteUs ? 1 : 0)
            : FirstFrom(minutes, minuteUs);
        if (at < minutes.Count && minutes[at].TimeUs == minuteUs)
            minutes[at] = Join(minutes[at], trade);
        else
            minutes.Insert(at, trade with { TimeUs = minuteUs });
    }

    private static IEnumerable<Candle> From(List<Candle> minutes, long fromUs)
    {
        for (int i = FirstFrom(minutes, fromUs); i < minutes.Count; i++)
            yield return minutes[i];
    }

    /// <summary>The index of the first minute that begins at a time or later.</summary>
    private static int FirstFrom(List<Candle> minutes, long fromUs)
    {
        int low = 0, high = minutes.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (minutes[middle].TimeUs < fromUs)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private Market Find(long marketId)
    {
        lock (_lock)
        {
            if (!_markets.TryGetValue(marketId, out Market? market))
            {
                while (_markets.Count > 0 && _markets.Values.Sum(m => m.Minutes.Count) > MaxMinutes)
                    _markets.Remove(_markets.MinBy(m => m.Value.LastUse).Key);
                _markets[marketId] = market = new Market();
            }
            market.LastUse = ++_uses;
            return market;
        }
    }
}
