using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>What the oracle says a command comes to.</summary>
internal sealed record NaiveAnswer(RefusalCode Code)
{
    /// <summary>With INSUFFICIENT_FUNDS.</summary>
    public Int128 Needed { get; init; }

    public Int128 Available { get; init; }

    /// <summary>Whether the command counts in the sequence.</summary>
    public bool Changed { get; init; } = Code == RefusalCode.None;

    public List<NaiveTrade> Trades { get; init; } = [];

    /// <summary>Each order that changed, as it is now.</summary>
    public List<NaiveOrder> Orders { get; init; } = [];

    /// <summary>The order whose client order id was sent again.</summary>
    public NaiveOrder? Existing { get; init; }

    public int? CancelledCount { get; init; }

    public List<Payout>? Payouts { get; init; }

    public static implicit operator NaiveAnswer(RefusalCode code) => new(code);
}

/// <summary>
/// The oracle: the exchange written as simply as domain.md says it, in lists and LINQ, everything recomputed
/// each time. Slow on purpose, and shares no logic with <see cref="Venue"/>.
/// </summary>
internal sealed partial class NaiveVenue
{
    private const long MaxOrder = 100_000_000, MaxPosition = 1_000_000_000;
    private static readonly Int128 s_maxGross = Int128.One << 61, s_maxIssued = Int128.One << 60;
    private readonly List<string> _slugs = [];
    private readonly Dictionary<long, NaiveOrder> _ended = [];
    private readonly Dictionary<long, List<NaiveOrder>> _endedWithClientId = [];
    private RoomTerms _room = null!;
    private NaiveState _state = new();
    private long _lastAccountId, _lastOrderId, _lastTradeId, _timeUs;

    public List<UserInfo> Users { get; } = [];

    /// <summary>Of the room 'main', the house first.</summary>
    public List<AccountInfo> Accounts { get; } = [];

    public List<MarketInfo> Markets { get; } = [];

    public Dictionary<long, List<NaiveTrade>> TradesOf { get; } = [];

    public long Sequence { get; private set; }

    public NaiveState State => _state;

    public NaiveOrder? Find(long orderId) =>
        _ended.GetValueOrDefault(orderId) ?? _state.Live.FirstOrDefault(o => o.Id == orderId);

    public NaiveAnswer Apply(in Command command, long nowUs)
    {
        _timeUs = Math.Max(_timeUs, nowUs);
        NaiveAnswer answer = command.Kind switch
        {
            CommandKind.PlaceOrder => Place(command),
            CommandKind.ReplaceOrder => Replace(command),
            CommandKind.CancelOrder => Cancel(command),
            CommandKind.CancelOrders => CancelMany(command),
            CommandKind.CreateMarket => CreateMarket(command, (MarketTerms)command.Details!),
            CommandKind.SettleMarket => Settle(command),
            CommandKind.OpenRoom => OpenRoom((RoomTerms)command.Details!),
            CommandKind.EnterUser => Enter((UserEntry)command.Details!),
            CommandKind.ShowRoom => ShowRoom(command),
            CommandKind.ShowMarkets => ShowMarkets(command, (MarketsWanted)command.Details!),
            _ => throw new NotSupportedException(),
        };
        if (answer.Changed)
            Sequence++;
        return answer;
    }

    private NaiveAnswer ShowRoom(Command command) =>
        UserOf(command) is null ? RefusalCode.Forbidden : new NaiveAnswer(RefusalCode.None) { Changed = false };

    private NaiveAnswer ShowMarkets(Command command, MarketsWanted wanted)
    {
        if (UserOf(command) is null)
            return RefusalCode.Forbidden;
        if (!wanted.All && wanted.MarketIds.Any(id => Markets.All(m => m.MarketId != id)))
            return RefusalCode.MarketNotFound;
        return new NaiveAnswer(RefusalCode.None) { Changed = false };
    }

    private UserInfo? UserOf(Command command) => Users.FirstOrDefault(u => u.UserId == command.UserId);

    private MarketInfo? MarketOf(Command command) => Markets.FirstOrDefault(m => m.MarketId == command.MarketId);

    private NaiveAnswer OpenRoom(RoomTerms terms)
    {
        if (_slugs.Contains(terms.Slug))
            return RefusalCode.NameTaken;
        _slugs.Add(terms.Slug);
        long houseId = ++_lastAccountId;
        if (terms.Slug == "main")
        {
            _room = terms;
            Accounts.Add(new AccountInfo(houseId, _slugs.Count, "House", 0, _timeUs));
            _state.Cash[houseId] = 0;
        }
        return RefusalCode.None;
    }

    private NaiveAnswer Enter(UserEntry entry)
    {
        string name = new([.. entry.Name.Where(Shows).Take(80)]);
        name = name.Trim() is { Length: > 0 } trimmed ? trimmed : "someone";
        int index = Users.FindIndex(u => u.Issuer == entry.Issuer && u.Subject == entry.Subject);
        if (index >= 0)
        {
            UserInfo before = Users[index];
            Users[index] = before with
            {
                Name = entry.NameIsMadeUp ? before.Name : name,
                Email = entry.Email ?? before.Email,
                IsServerAdmin = before.IsServerAdmin || entry.IsServerAdmin,
            };
            return new NaiveAnswer(RefusalCode.None) { Changed = Users[index] != before };
        }

        Int128 opening = _room.OpeningBalance.TenThousandths;
        if ((Users.Count + 1) * opening > s_maxIssued)
            return RefusalCode.LimitExceeded;
        var user = new UserInfo(Users.Count + 1, entry.Issuer, entry.Subject, name, entry.Email, entry.IsServerAdmin, _timeUs);
        Users.Add(user);
        var account = new AccountInfo(++_lastAccountId, Accounts[0].RoomId, name, user.UserId, _timeUs);
        Accounts.Add(account);
        _state.Cash[account.AccountId] = opening;
        _state.Cash[Accounts[0].AccountId] -= opening;
        return RefusalCode.None;
    }

    private NaiveAnswer CreateMarket(Command command, MarketTerms terms)
    {
        if (UserOf(command) is not { } user)
            return RefusalCode.Forbidden;
        if (_room.WhoMayCreateMarkets == WhoMayCreateMarkets.Admins)
        {
            if (!user.IsServerAdmin)
                return RefusalCode.Forbidden;
            if (!command.Elevated)
                return RefusalCode.NotElevated;
        }
        bool goodName = terms.Name.Length is >= 1 and <= 80 && terms.Name == terms.Name.Trim() && terms.Name.All(Shows);
        bool goodDescription = terms.Description.Length <= 2_000 && terms.Description == terms.Description.Trim()
            && terms.Description.All(c => c == '\n' || Shows(c));
        int min = terms.Min.Hundredths, max = terms.Max.Hundredths, tick = terms.TickHundredths;
        bool goodRange = min >= -100_000_000 && max <= 100_000_000 && min < max && tick is >= 1 and <= 100_000_000
            && min % tick == 0 && max % tick == 0;
        if (!goodName || !goodDescription || !goodRange)
            return RefusalCode.InvalidField;
        if (Markets.Any(m => m.Name.Equals(terms.Name, StringComparison.OrdinalIgnoreCase)))
            return RefusalCode.NameTaken;
        var market = new MarketInfo(
            Markets.Count + 1, Accounts[0].RoomId, terms.Name, terms.Description, user.UserId, terms.Min, terms.Max, tick,
            MarketStatus.Open, null, _timeUs);
        Markets.Add(market);
        TradesOf.Add(market.MarketId, []);
        return RefusalCode.None;
    }

    // The generator writes names of letters, digits, spaces and punctuation; what else it puts in may not be shown.
    private static bool Shows(char c) => c == ' ' || char.IsLetterOrDigit(c) || char.IsPunctuation(c) || char.IsSymbol(c);

    private NaiveAnswer Settle(Command command)
    {
        if (UserOf(command) is not { } user)
            return RefusalCode.Forbidden;
        if (MarketOf(command) is not { } market)
            return RefusalCode.MarketNotFound;
        if (market.OwnerUserId != user.UserId && !user.IsServerAdmin)
            return RefusalCode.Forbidden;
        if (market.OwnerUserId != user.UserId && !command.Elevated)
            return RefusalCode.NotElevated;
        if (market.Status == MarketStatus.Settled)
            return RefusalCode.MarketNotOpen;
        if (command.Price < market.Min || command.Price > market.Max)
            return RefusalCode.InvalidPrice;

        NaiveState next = _state.Copy();
        List<Payout> payouts = next.Settle(market.MarketId, command.Price.Hundredths);
        Markets[Markets.IndexOf(market)] = market with { Status = MarketStatus.Settled, SettlementPrice = command.Price };
        return Adopt(next) with { Payouts = payouts };
    }

    /// <summary>Takes a copy for the new state and says what the command did.</summary>
    private NaiveAnswer Adopt(NaiveState next)
    {
        List<NaiveOrder> changed = [.. next.Live.Except(_state.Live).Concat(next.Ended)];
        _state = next;
        foreach (NaiveTrade trade in next.Trades)
            TradesOf[trade.MarketId].Add(trade);
        foreach (NaiveOrder order in next.Ended)
        {
            _ended.Add(order.Id, order);
            if (order.ClientOrderId is null)
                continue;
            if (!_endedWithClientId.TryGetValue(order.AccountId, out List<NaiveOrder>? list))
                _endedWithClientId.Add(order.AccountId, list = []);
            list.Add(order);
        }
        return new NaiveAnswer(RefusalCode.None) { Trades = next.Trades, Orders = changed };
    }
}
