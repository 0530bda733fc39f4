using Exchange.Markets;

namespace Exchange.Protocol;

/// <summary>What a session may and wants to hear. Changes only as the session reads the outbox, so that it is exact to the event.</summary>
internal sealed class Listening(int sessionId)
{
    private readonly HashSet<long> _accounts = [];
    private readonly Dictionary<long, MarketViews> _markets = [];
    private readonly Dictionary<long, MarketViews> _except = [];
    private MarketViews _everyMarket;
    private long _roomId;

    /// <summary>Only what is for this session alone is heard until then.</summary>
    public bool IsActive { get; private set; }

    public void Activate(RoomShown shown)
    {
        _roomId = shown.Directory.Room.RoomId;
        _accounts.Clear();
        foreach (Portfolio portfolio in shown.Portfolios)
            _accounts.Add(portfolio.Account.AccountId);
        IsActive = true;
    }

    /// <summary>The listener lost its place: nothing more until it is shown everything again.</summary>
    public void Deactivate() => IsActive = false;

    public bool Wants(in OutboxEntry entry)
    {
        if (entry.Audience == Audience.Session)
            return entry.AudienceId == sessionId;
        if (!IsActive)
            return false;
        return entry.Audience switch
        {
            Audience.Account => _accounts.Contains(entry.AudienceId),
            Audience.Book => Hears(entry.AudienceId, MarketViews.Book),
            Audience.Trades => Hears(entry.AudienceId, MarketViews.Trades),
            Audience.Ticker => Hears(entry.AudienceId, MarketViews.Ticker),
            Audience.Room => entry.AudienceId == _roomId,
            _ => false,
        };
    }

    public void Start(MarketsShown shown)
    {
        MarketViews views = shown.Wanted.Views;
        if (shown.Wanted.All)
        {
            _everyMarket |= views;
            foreach (long id in _except.Keys.ToArray())
                _except[id] &= ~views;
            return;
        }
        foreach (long id in shown.MarketIds)
        {
            _markets[id] = _markets.GetValueOrDefault(id) | views;
            _except[id] = _except.GetValueOrDefault(id) & ~views;
        }
    }

    public void Stop(MarketsWanted unwanted)
    {
        if (unwanted.All)
        {
            _everyMarket &= ~unwanted.Views;
            foreach (long id in _markets.Keys.ToArray())
                _markets[id] &= ~unwanted.Views;
        }
        foreach (long id in unwanted.MarketIds)
        {
            _markets[id] = _markets.GetValueOrDefault(id) & ~unwanted.Views;
            _except[id] = _except.GetValueOrDefault(id) | unwanted.Views;
        }
    }

    /// <summary>All that is subscribed to, as what to ask for to get it again.</summary>
    public List<MarketsWanted> Wanted()
    {
        var wanted = new List<MarketsWanted>();
        if (_everyMarket != MarketViews.None)
            wanted.Add(new MarketsWanted([], All: true, _everyMarket, WithoutSnapshots: false, Tag: null));
        foreach (IGrouping<MarketViews, long> group in _markets
            .Select(m => (m.Key, Views: m.Value & ~_everyMarket)).Where(m => m.Views != MarketViews.None)
            .GroupBy(m => m.Views, m => m.Key))
        {
            wanted.Add(new MarketsWanted([.. group], All: false, group.Key, WithoutSnapshots: false, Tag: null));
        }
        return wanted;
    }

    private bool Hears(long marketId, MarketViews view) =>
        ((_everyMarket & view) != 0 && (_except.GetValueOrDefault(marketId) & view) == 0)
        || (_markets.TryGetValue(marketId, out MarketViews views) && (views & view) != 0);
}
