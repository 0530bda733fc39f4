using System.Runtime.InteropServices;
using Exchange.Markets;

namespace Exchange.Protocol;

/// <summary>
/// Every market at a glance, conflated: however often a market changes, its ticker is told at most ten times a second.
/// </summary>
/// <remarks>Used by the publisher, under its lock.</remarks>
public sealed class TickerBoard(TimeProvider time)
{
    /// <summary>Between two tellings of one market's ticker.</summary>
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<long, Ticker> _tickers = [];
    private readonly List<Ticker> _changed = [];

    private sealed class Ticker
    {
        public MarketTop Top;
        public readonly RollingDay Day = new();
        public long? PublishedAt;
        public bool IsChanged;
    }

    /// <summary>Takes in a market as it was when the exchange started.</summary>
    public void Restore(MarketTop top) => Of(top.MarketId).Top = top;

    /// <summary>Forgets what was traded, to have it read from disk.</summary>
    public void ForgetTraded()
    {
        foreach (Ticker ticker in _tickers.Values)
        {
            ticker.Day.Clear();
            MarkChanged(ticker);
        }
    }

    /// <summary>Takes in a minute of trades read from disk. Oldest first.</summary>
    public void Restore(long marketId, long minuteUs, Price firstPrice, Price lastPrice, Quantity quantity)
    {
        Ticker ticker = Of(marketId);
        ticker.Day.AddPast(minuteUs, firstPrice, lastPrice, quantity);
        MarkChanged(ticker);
    }

    /// <summary>Forgets a market that is gone, in which nothing was ever traded.</summary>
    public void Remove(long marketId)
    {
        if (_tickers.Remove(marketId, out Ticker? ticker))
            _changed.Remove(ticker);
    }

    /// <summary>Takes in what a batch changed.</summary>
    public void Update(CommitBatch batch)
    {
        foreach (ref readonly Trade trade in batch.Trades)
            Of(trade.MarketId).Day.Add(trade.TimeUs, trade.Price, trade.Quantity);
        foreach (ref readonly MarketTop top in batch.Tops)
        {
            Ticker ticker = Of(top.MarketId);
            ticker.Top = top;
            MarkChanged(ticker);
        }
    }

    /// <summary>A changed ticker that is due, or null. It won't be due again for a while.</summary>
    /// <param name="nowUs">The 24 hours end here.</param>
    /// <param name="top">Whose.</param>
    public V1.TickerChanged? TakeDue(long nowUs, out MarketTop top)
    {
        for (int i = _changed.Count - 1; i >= 0; i--)
        {
            Ticker ticker = _changed[i];
            if (ticker.PublishedAt is { } publishedAt && time.GetElapsedTime(publishedAt) < s_interval)
                continue;
            ticker.PublishedAt = time.GetTimestamp();
            ticker.IsChanged = false;
            _changed[i] = _changed[^1];
            _changed.RemoveAt(_changed.Count - 1);
            top = ticker.Top;
            return Describe(ticker, nowUs);
        }
        top = default;
        return null;
    }

    /// <summary>A market's ticker as it is.</summary>
    public V1.TickerChanged? Find(long marketId, long nowUs) =>
        _tickers.TryGetValue(marketId, out Ticker? ticker) ? Describe(ticker, nowUs) : null;

    private static V1.TickerChanged Describe(Ticker ticker, long nowUs)
    {
        MarketTop top = ticker.Top;
        ticker.Day.MoveTo(nowUs);
        var message = new V1.TickerChanged
        {
            MarketId = (ulong)top.MarketId,
            BestBidQuantity = top.BestBidQuantity.Hundredths,
            BestOfferQuantity = top.BestOfferQuantity.Hundredths,
            Volume24H = ticker.Day.Volume.Hundredths,
        };
        if (top.BestBid is { } bid)
            message.BestBid = bid.Hundredths;
        if (top.BestOffer is { } offer)
            message.BestOffer = offer.Hundredths;
        if (top.LastPrice is { } last)
        {
            message.LastPrice = last.Hundredths;
            message.Change24H = last.Hundredths - (ticker.Day.Reference ?? last).Hundredths;
        }
        return message;
    }

    private Ticker Of(long marketId)
    {
        ref Ticker? ticker = ref CollectionsMarshal.GetValueRefOrAddDefault(_tickers, marketId, out bool exists);
        if (!exists)
            ticker = new Ticker { Top = new MarketTop(marketId, 0, false, null, default, null, default, null) };
        return ticker!;
    }

    private void MarkChanged(Ticker ticker)
    {
        if (ticker.IsChanged)
            return;
        ticker.IsChanged = true;
        _changed.Add(ticker);
    }
}

/// <summary>Volume and reference price of the last 24 hours, by the minute.</summary>
internal sealed class RollingDay
{
    private const long MinuteUs = 60_000_000;
    private const long DayUs = 24 * 60 * MinuteUs;

    private readonly record struct Minute(long StartUs, Price First, Price Last, Quantity Quantity);

    private readonly List<Minute> _minutes = [];
    private int _oldest;

    /// <summary>Quantity traded in the last 24 hours, to the minute.</summary>
    public Quantity Volume { get; private set; }

    /// <summary>The price 24 hours ago, or the first one since; null if nothing traded.</summary>
    public Price? Reference { get; private set; }

    public void Add(long timeUs, Price price, Quantity quantity)
    {
        long start = timeUs - (timeUs % MinuteUs);
        if (_minutes.Count > 0 && _minutes[^1].StartUs == start)
            _minutes[^1] = _minutes[^1] with { Last = price, Quantity = _minutes[^1].Quantity + quantity };
        else
            _minutes.Add(new Minute(start, price, price, quantity));
        Volume += quantity;
        Reference ??= price;
    }

    public void Clear()
    {
        _minutes.Clear();
        _oldest = 0;
        Volume = Quantity.Zero;
        Reference = null;
    }

    /// <summary>Adds a minute from before those that are there.</summary>
    public void AddPast(long startUs, Price first, Price last, Quantity quantity)
    {
        int index = _minutes.FindIndex(_oldest, m => m.StartUs > startUs);
        _minutes.Insert(index < 0 ? _minutes.Count : index, new Minute(startUs, first, last, quantity));
        Volume += quantity;
        Reference = _minutes[_oldest].First;
    }

    /// <summary>Lets go of what is older than 24 hours.</summary>
    public void MoveTo(long nowUs)
    {
        while (_oldest < _minutes.Count && _minutes[_oldest].StartUs <= nowUs - DayUs)
        {
            Volume -= _minutes[_oldest].Quantity;
            Reference = _minutes[_oldest].Last;
            _oldest++;
        }
        // Moves the list together now and then, not each minute.
        if (_oldest > 64 && _oldest * 2 > _minutes.Count)
        {
            _minutes.RemoveRange(0, _oldest);
            _oldest = 0;
        }
    }
}
