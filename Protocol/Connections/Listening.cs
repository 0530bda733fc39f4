using Exchange.Markets;

namespace Exchange.Protocol;

/// <summary>What a session may receive and has subscribed to. It changes only when the session reads the outbox, so it is exact to the event.</summary>
internal sealed class Listening(int sessionId)
{
    private readonly HashSet<long> _accounts = [];
    private readonly HashSet<long> _hiddenMarkets = [];
    private readonly Dictionary<long, MarketViews> _markets = [];
    private readonly Dictionary<long, MarketViews> _except = [];
    private MarketViews _everyMarket;
    private long _userId;

    /// <summary>Until then, only what is for this session or its user alone is heard.</summary>
    public bool IsActive { get; private set; }

    /// <summary>−1: none.</summary>
    public long RoomId { get; private set; } = -1;

    /// <summary>Whether it hears with the ears of an admin.</summary>
    public bool IsElevated { get; set; }

    public void Activate(RoomView shown)
    {
        _userId = shown.User.UserId;
        RoomId = shown.Directory?.Room.RoomId ?? -1;
        _accounts.Clear();
        foreach (Portfolio portfolio in shown.Portfolios)
            _accounts.Add(portfolio.Account.AccountId);
        _hiddenMarkets.Clear();
        foreach (MarketInfo market in shown.HiddenMarkets)
            _hiddenMarkets.Add(market.MarketId);
        IsActive = true;
    }

    /// <summary>The listener lost its place, or may hear other things than before: nothing until it is shown everything again.</summary>
    public void Deactivate() => IsActive = false;

    public bool Wants(in OutboxEntry entry)
    {
        if (entry.AnswersSession == sessionId)
            return true;
        switch (entry.Audience)
        {
            case Audience.Session:
                return entry.AudienceId == sessionId;
            case Audience.User:
                return entry.AudienceId == _userId && (IsActive || entry.Control is null);
            case Audience.Everyone:
                return _userId != 0;
        }
        if (!IsActive
            || (entry.Visibility != Visibility.All && entry.Visibility == Visibility.Elevated != IsElevated)
            || (entry.HiddenMarketId != 0 && !IsElevated && !_hiddenMarkets.Contains(entry.HiddenMarketId)))
        {
            return false;
        }
        return entry.Audience switch
        {
            Audience.Account => _accounts.Contains(entry.AudienceId)
                || (entry.OtherAccountId != 0 && _accounts.Contains(entry.OtherAccountId)),
            Audience.Book => entry.RoomId == RoomId && Hears(entry.AudienceId, MarketViews.Book),
            Audience.Trades => entry.RoomId == RoomId && Hears(entry.AudienceId, MarketViews.Trades),
            Audience.Ticker => entry.RoomId == RoomId && Hears(entry.AudienceId, MarketViews.Ticker),
            Audience.Room => entry.AudienceId == RoomId,
            _ => false,
        };
    }

    /// <summary>Whether a change of who sees a market, or what of it, makes a difference here.</summary>
    public bool IsConcernedBy(VisibilityChanged change)
    {
        bool before = Sees(change.Before), after = Sees(change.After);
        return before != after
            || (after && change.AnonymityChanged && !IsElevated
                && (Hears(change.MarketId, MarketViews.Book) || Hears(change.MarketId, MarketViews.Trades)));

        bool Sees(long[]? visibleTo) => visibleTo is null || IsElevated || visibleTo.Any(_accounts.Contains);
    }

    public void Start(Subscribed shown)
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

    /// <summary>Forgets all that was subscribed to.</summary>
    public void StopAll()
    {
        _everyMarket = MarketViews.None;
        _markets.Clear();
        _except.Clear();
    }

    /// <summary>All subscriptions, as requests that would make them again.</summary>
    public List<MarketsWanted> Wanted()
    {
        var wanted = new List<MarketsWanted>();
        if (_everyMarket != MarketViews.None)
            wanted.Add(new MarketsWanted([], All: true, _everyMarket, WithoutSnapshots: false, SkipUnknown: true));
        foreach (IGrouping<MarketViews, long> group in _markets
            .Select(m => (m.Key, Views: m.Value & ~_everyMarket)).Where(m => m.Views != MarketViews.None)
            .GroupBy(m => m.Views, m => m.Key))
        {
            wanted.Add(new MarketsWanted([.. group], All: false, group.Key, WithoutSnapshots: false, SkipUnknown: true));
        }
        return wanted;
    }

    private bool Hears(long marketId, MarketViews view) =>
        ((_everyMarket & view) != 0 && (_except.GetValueOrDefault(marketId) & view) == 0)
        || (_markets.TryGetValue(marketId, out MarketViews views) && (views & view) != 0);
}
