using System.Diagnostics.CodeAnalysis;

namespace Exchange.Markets;

/// <summary>What one account has in one market: its position and what its open orders could make of it.</summary>
internal sealed class Holding(Account account, Market market)
{
    public readonly Account Account = account;
    public readonly Market Market = market;

    public Quantity Position;

    /// <summary>Cash paid for the position less cash received.</summary>
    public Cash Spent;

    /// <summary>What the account made here when the market settled.</summary>
    public Cash SettledProfit;

    /// <summary>Position and spent as they were when the market settled, for undoing it.</summary>
    public Quantity SettledPosition;
    public Cash SettledSpent;

    // Sums over the live orders.
    public Quantity OpenBuys, OpenSells;
    public Cash OpenBuyValue, OpenSellValue;

    /// <summary>The worst this holding can come to; part of its account's running sum.</summary>
    public Cash Worst;

    /// <summary>The most cash this holding can move, either way: part of its account's running sum.</summary>
    public Cash Gross;

    // Live orders, oldest first.
    public Order? FirstOrder, LastOrder;
    public int OrderCount;
    public int ReduceOnlyCount;

    // The command that last touched this holding, and the batch that last told of it.
    public long TouchedByCommand;
    public bool MoneyMoved;
    public long ToldInBatch;
    public int ToldAt;

    /// <summary>
    /// The least a position and open orders can be worth at settlement: the worse of all buys filling and the price
    /// being the lowest, and all sells filling and the price being the highest.
    /// </summary>
    public static Cash WorstOf(
        Market market, Quantity position, Quantity buys, Cash buyValue, Quantity sells, Cash sellValue) =>
        Cash.Min(
            (market.Min * (position + buys)) - buyValue,
            (market.Max * (position - sells)) + sellValue);

    /// <summary>The price furthest from zero times the largest position that is held or could become of it.</summary>
    public static Cash GrossOf(Market market, Quantity position, Quantity buys, Quantity sells) =>
        market.FurthestPrice * new Quantity(
            Math.Max(Math.Abs((position + buys).Hundredths), Math.Abs((position - sells).Hundredths)));

    /// <summary>Brings <see cref="Worst"/>, <see cref="Gross"/> and the account's sums up to date after a change.</summary>
    public void Revalue()
    {
        Cash worst = WorstOf(Market, Position, OpenBuys, OpenBuyValue, OpenSells, OpenSellValue);
        Account.WorstSum += worst - Worst;
        Worst = worst;
        Cash gross = GrossOf(Market, Position, OpenBuys, OpenSells);
        Account.GrossSum += gross - Gross;
        Gross = gross;
    }

    /// <summary>Counts an amount of a live order in, or with a negative quantity out.</summary>
    public void CountOpen(Side side, Price price, Quantity quantity)
    {
        if (side == Side.Buy)
        {
            OpenBuys += quantity;
            OpenBuyValue += price * quantity;
        }
        else
        {
            OpenSells += quantity;
            OpenSellValue += price * quantity;
        }
    }

    public void Append(Order order)
    {
        order.NextOfHolding = null;
        order.PreviousOfHolding = LastOrder;
        if (LastOrder is null)
            FirstOrder = order;
        else
            LastOrder.NextOfHolding = order;
        LastOrder = order;
        OrderCount++;
        if (order.ReduceOnly)
            ReduceOnlyCount++;
    }

    public void Remove(Order order)
    {
        if (order.PreviousOfHolding is null)
            FirstOrder = order.NextOfHolding;
        else
            order.PreviousOfHolding.NextOfHolding = order.NextOfHolding;
        if (order.NextOfHolding is null)
            LastOrder = order.PreviousOfHolding;
        else
            order.NextOfHolding.PreviousOfHolding = order.PreviousOfHolding;
        order.NextOfHolding = order.PreviousOfHolding = null;
        OrderCount--;
        if (order.ReduceOnly)
            ReduceOnlyCount--;
    }

    /// <summary>How much of the position an order on this side could close.</summary>
    public Quantity ClosableBy(Side side) =>
        new(Math.Max(0, side == Side.Sell ? Position.Hundredths : -Position.Hundredths));

    public Quantity OpenOn(Side side) => side == Side.Buy ? OpenBuys : OpenSells;

    /// <summary>Whether there is, or was, anything of the account's here.</summary>
    public bool IsEmpty =>
        Position == Quantity.Zero && Spent == Cash.Zero && SettledProfit == Cash.Zero && SettledPosition == Quantity.Zero && OrderCount == 0;

    public PositionState State => new(Market.Id, Position, Spent, SettledProfit, SettledPosition, SettledSpent);
}

/// <summary>An account: cash, and holdings in markets.</summary>
internal sealed class Account(AccountInfo info, Room room)
{
    public AccountInfo Info = info;
    public readonly Room Room = room;
    public readonly long Id = info.AccountId;
    public readonly bool IsHouse = info.IsHouse;
    public Cash Cash;

    /// <summary>Money received less money given, without trading (fees are a cost of trading).</summary>
    public Cash Received;

    /// <summary>Who may act as it.</summary>
    public readonly Dictionary<long, AccountMember> Members = [];

    private AccountMember? _lastAsked;

    /// <summary>A member. Most accounts are asked about one over and over.</summary>
    public bool TryGetMember(long userId, [NotNullWhen(true)] out AccountMember? member)
    {
        member = _lastAsked;
        if (member is not null && member.UserId == userId)
            return true;
        if (!Members.TryGetValue(userId, out member))
            return false;
        _lastAsked = member;
        return true;
    }

    /// <summary>Takes a member in, or one anew.</summary>
    public void SetMember(AccountMember member)
    {
        Members[member.UserId] = member;
        _lastAsked = null;
    }

    public void RemoveMember(long userId)
    {
        Members.Remove(userId);
        _lastAsked = null;
    }

    /// <summary>An admin made its available negative, and it is not back yet.</summary>
    public bool IsForced;

    /// <summary>When all its orders are cancelled unless the dead man's switch is set anew; 0: disarmed.</summary>
    public long CancelTimeUs;

    /// <summary>What it was worth when that was last kept.</summary>
    public Cash? SampledEquity;

    /// <summary>The last <see cref="Limits.RecentTransfers"/>, oldest first.</summary>
    public readonly List<TransferInfo> Transfers = [];

    /// <summary>Sum of <see cref="Holding.Worst"/> over all holdings, kept up to date.</summary>
    public Cash WorstSum;

    /// <summary>Sum of <see cref="Holding.Gross"/> over all holdings, kept up to date.</summary>
    public Cash GrossSum;

    /// <summary>In the order they were first traded in.</summary>
    public readonly List<Holding> Holdings = [];
    public readonly ClientOrderIds ClientOrderIds = new();

    public long ToldInBatch;
    public int ToldAt;

    /// <summary>What can still be put at risk.</summary>
    public Cash Available => Cash + WorstSum;

    /// <summary>Cash, and each position at its market's mark.</summary>
    public Cash Equity
    {
        get
        {
            Cash equity = Cash;
            foreach (Holding holding in Holdings)
            {
                if (holding.Position != Quantity.Zero)
                    equity += holding.Market.ValueAtMark(holding.Position);
            }
            return equity;
        }
    }

    /// <summary>
    /// What others may know of it: positions in markets that are anonymous or that only some see count at what they cost, or
    /// equity would tell who is in them.
    /// </summary>
    public Cash PublicEquity
    {
        get
        {
            Cash equity = Cash;
            foreach (Holding holding in Holdings)
                equity += holding.Market.Info is { IsAnonymous: false, IsHidden: false } ? holding.Market.ValueAtMark(holding.Position) : holding.Spent;
            return equity;
        }
    }

    public AccountMemberInfo[] MemberInfos =>
        [.. Members.Values.OrderBy(m => m.User.Info.UserId).Select(m => new AccountMemberInfo(m.User.Info.UserId, m.Role))];
}

/// <summary>A user who may act as an account. One look-up on the path of an order tells all that may be.</summary>
internal sealed class AccountMember(User user, RoomMember inRoom, AccountRole role)
{
    public readonly User User = user;
    public readonly long UserId = user.Info.UserId;
    public readonly RoomMember InRoom = inRoom;
    public AccountRole Role = role;
}

/// <summary>A market's state: what is known of it, its book, who holds what, and its last trades.</summary>
internal sealed class Market(MarketInfo info, Room room)
{
    private MarketInfo _info = info;

    public readonly Room Room = room;
    public readonly long Id = info.MarketId;
    public readonly Price Min = info.Min;
    public readonly Price Max = info.Max;
    public readonly int TickHundredths = info.TickHundredths;

    /// <summary>The furthest from zero a price can be here, without its sign.</summary>
    public readonly Price FurthestPrice = new(Math.Max(Math.Abs(info.Min.Hundredths), Math.Abs(info.Max.Hundredths)));
    public readonly BookSide Bids = new(Side.Buy);
    public readonly BookSide Offers = new(Side.Sell);
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
            VisibleTo = VisibleSet(value);
            Room.Directory = null;
        }
    }

    public MarketStatus Status => _info.Status;

    public BookSide SideOf(Side side) => side == Side.Buy ? Bids : Offers;

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
    /// come to; else the middle of best bid and offer; else the last trade's price; else what an option would pay at its
    /// underlying's mark, or the middle of the range.
    /// </summary>
    /// <remarks>A basket can be turned into its constituents any time: marked apart from them, doing so would make a profit.</remarks>
    public long DoubleMark =>
        _info.SettlementPrice is { } settled ? 2L * settled.Hundredths
        : _info.Derivation is Basket basket ? DoubleMarkOf(basket)
        : Bids.Best is { } bid && Offers.Best is { } offer ? (long)bid.Price.Hundredths + offer.Price.Hundredths
        : Trades.LastPrice is { } last ? 2L * last.Hundredths
        : _info.Derivation is Option option ? 2L * option.PayoffAt(Sources[0].Mark).Hundredths
        : (long)Min.Hundredths + Max.Hundredths;

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

    private static HashSet<long>? VisibleSet(MarketInfo info) => info.IsHidden ? [.. info.VisibleTo] : null;
}

/// <summary>A market's last trades, a ring that grows to <see cref="Limits.RecentTrades"/>.</summary>
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

/// <summary>A room: a closed economy.</summary>
internal sealed class Room(RoomInfo info)
{
    public RoomInfo Info = info;
    public Account House = null!;
    public readonly List<Account> Accounts = [];
    public readonly List<Market> Markets = [];

    /// <summary>Whatever the capitals. Several only if some do not see some.</summary>
    public readonly Dictionary<string, List<Market>> MarketsByName = new(StringComparer.OrdinalIgnoreCase);
    public readonly Dictionary<long, RoomMember> Members = [];
    public readonly Dictionary<string, Code> Codes = new(StringComparer.Ordinal);

    /// <summary>What to give to join; empty: nothing helps.</summary>
    public string JoinCode = "";

    /// <summary>Who may join, in lower case.</summary>
    public readonly SortedSet<string> InvitedEmails = new(StringComparer.Ordinal);

    /// <summary>The last change of who may see which market, or what of it.</summary>
    public long SightSequence;

    /// <summary>Made anew when something in it changed.</summary>
    public RoomDirectory? Directory;
    public LeaderboardShown? Leaderboard, FullLeaderboard;
}

/// <summary>A member of a room.</summary>
internal sealed class RoomMember(User user, Room room, Role role)
{
    public readonly User User = user;
    public readonly Room Room = room;

    /// <summary>The role as it was given; 0 once they were taken out of the room, for accounts that still know them.</summary>
    public Role Kept = role;

    /// <summary>The last change of what the member may see here.</summary>
    public long RightsSequence;

    /// <summary>The role as it counts: an admin of the server is one of every room.</summary>
    public Role Role => User.Info.IsServerAdmin ? Role.Admin : Kept;

    /// <summary>Whether no spectator, nor taken out of the room; asked for every order, so in as few steps as can be.</summary>
    public bool MayTrade => Kept >= Role.Trader || (Kept != 0 && User.Info.IsServerAdmin);

    public MemberInfo Info => new(User.Info, Role);
}

/// <summary>A code worth money, and who has used it.</summary>
internal sealed class Code(CodeInfo info)
{
    public CodeInfo Info = info;
    public readonly HashSet<long> UsedBy = [];
}

/// <summary>A user's state.</summary>
internal sealed class User(UserInfo info)
{
    public UserInfo Info = info;

    /// <summary>By room. Rooms left are gone from it.</summary>
    public readonly Dictionary<long, RoomMember> Rooms = [];

    /// <summary>Accounts the user is a member of, in all rooms, in the order of their ids.</summary>
    public readonly List<Account> Accounts = [];
}
