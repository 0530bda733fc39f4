namespace Exchange.Markets;

internal sealed class Market(MarketInfo info, Room room)
{
    private MarketInfo _info = info;

    public readonly Room Room = room;
    public readonly long Id = info.MarketId;

    // Of the info, where orders find them in one step.
    public Price Min = info.Min;
    public Price Max = info.Max;
    public int TickHundredths = info.TickHundredths;

    /// <summary>The furthest from zero a price can be here, without its sign.</summary>
    public Price FurthestPrice = FurthestOf(info);
    public readonly OrderBook Book = new();
    public readonly Dictionary<long, Holding> Holdings = [];
    public readonly RecentTrades Trades = new();

    /// <summary>Markets whose prices this one's follows from.</summary>
    public readonly List<Market> Sources = [];

    /// <summary>Markets whose price follows from this one's, in the order of their ids.</summary>
    public readonly List<Market> Derived = [];

    /// <summary>Who sees it, if not everyone.</summary>
    public HashSet<long>? VisibleTo = VisibleSet(info);

    /// <summary>The settlement it is settled by; 0 while it is not.</summary>
    public long SettlementId;

    /// <summary>The sequence of the last change of the book; a snapshot made since is still good.</summary>
    public long BookSequence;

    // As all see it, and as those do who see ids in an anonymous market.
    public BookSnapshot? LastSnapshot, LastFullSnapshot;
    public TradesSnapshot? LastTradesSnapshot, LastFullTradesSnapshot;
    public long TouchedInBatch;

    public MarketInfo Info
    {
        get => _info;
        set
        {
            _info = value;
            (Min, Max, TickHundredths, FurthestPrice) = (value.Min, value.Max, value.TickHundredths, FurthestOf(value));
            VisibleTo = VisibleSet(value);
            Room.Directory = null;
        }
    }

    public MarketStatus Status => _info.Status;

    public Holding HoldingOf(Account account)
    {
        if (!Holdings.TryGetValue(account.Id, out Holding? holding))
        {
            holding = new Holding(account, this);
            Holdings.Add(account.Id, holding);
            account.Holdings.Add(holding);
        }
        return holding;
    }

    /// <summary>
    /// Twice the mark, so that the middle of two prices stays whole: the settlement price; for a basket, what its constituents' marks
    /// come to; else the middle of best bid and offer; else the last trade's price, if it is within the range as it is now; else what
    /// an option would pay at its underlying's mark, or the middle of the range.
    /// </summary>
    /// <remarks>A basket can be turned into its constituents any time: marked apart from them, doing so would make a profit.</remarks>
    public long DoubleMark =>
        _info.SettlementPrice is { } settled ? 2L * settled.Hundredths
        : _info.Derivation is Basket basket ? DoubleMarkOf(basket)
        : Book.Bids.Best is { } bid && Book.Offers.Best is { } offer ? (long)bid.Price.Hundredths + offer.Price.Hundredths
        : LastPrice is { } last ? 2L * last.Hundredths
        : _info.Derivation is Option option ? 2L * option.PayoffAt(Sources[0].Mark).Hundredths
        : (long)Min.Hundredths + Max.Hundredths;

    /// <summary>The last trade's price; none if it was before the range was changed, and is outside of it.</summary>
    public Price? LastPrice => Trades.LastPrice is { } last && last >= Min && last <= Max ? last : null;

    private long DoubleMarkOf(Basket basket)
    {
        long mark = 0;
        for (int i = 0; i < Sources.Count; i++)
            mark += basket.Constituents[i].Multiplier * Sources[i].DoubleMark;
        return mark;
    }

    /// <summary>The mark as a price; half a hundredth is cut off.</summary>
    public Price Mark => new((int)(DoubleMark / 2));

    /// <summary>What a position is worth at the mark; half a ten-thousandth is cut off.</summary>
    public Cash ValueAtMark(Quantity position) => new(position.Hundredths * DoubleMark / 2);

    private static Price FurthestOf(MarketInfo info) => new(Math.Max(Math.Abs(info.Min.Hundredths), Math.Abs(info.Max.Hundredths)));

    private static HashSet<long>? VisibleSet(MarketInfo info) => info.IsHidden ? [.. info.VisibleTo] : null;
}

internal sealed class RecentTrades
{
    private Trade[] _ring = [];
    private int _next;

    public int Count { get; private set; }

    public Price? LastPrice => Count == 0 ? null : _ring[(_next + _ring.Length - 1) % _ring.Length].Price;

    public void Add(in Trade trade)
    {
        if (_ring.Length == 0)
            _ring = new Trade[Limits.RecentTrades];
        _ring[_next] = trade;
        _next = (_next + 1) % _ring.Length;
        Count = Math.Min(Count + 1, _ring.Length);
    }

    /// <summary>A copy, oldest first.</summary>
    public Trade[] ToArray()
    {
        var copy = new Trade[Count];
        for (int i = 0; i < Count; i++)
            copy[i] = _ring[(_next + _ring.Length - Count + i) % _ring.Length];
        return copy;
    }
}
