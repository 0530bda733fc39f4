using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>A member of a room, with the role as it was given.</summary>
internal sealed record NaiveMember(long RoomId, long UserId, Role Kept);

/// <summary>Someone who may act as an account.</summary>
internal sealed record NaiveShare(long AccountId, long UserId, AccountRole Role);

/// <summary>
/// The whole exchange as the oracle sees it, in lists, and what one command did to it. The oracle applies each command to
/// a copy, looks at the outcome, and throws the copy away if it may not be.
/// </summary>
internal sealed partial class NaiveState
{
    public List<RoomInfo> Rooms { get; private init; } = [];
    public List<UserInfo> Users { get; private init; } = [];
    public List<NaiveMember> Members { get; private init; } = [];
    public List<AccountInfo> Accounts { get; private init; } = [];
    public List<NaiveShare> Shares { get; private init; } = [];
    public List<MarketInfo> Markets { get; private init; } = [];
    public List<NaiveOrder> Live { get; private init; } = [];
    public List<TransferInfo> Transfers { get; private init; } = [];
    public List<CodeInfo> Codes { get; private init; } = [];
    public List<(long CodeId, long UserId)> Claims { get; private init; } = [];
    public List<(long RoomId, string Email)> Invited { get; private init; } = [];
    public Dictionary<long, string> JoinCodes { get; private init; } = [];
    public Dictionary<long, Int128> Cash { get; private init; } = [];
    public Dictionary<long, Int128> NetDeposits { get; private init; } = [];
    public Dictionary<long, long> CancelTimes { get; private init; } = [];

    /// <summary>Of an armed switch: how long it waits, and until when by the clock that nobody sets.</summary>
    public Dictionary<long, (long TimeoutUs, long DueUs)> Armed { get; private init; } = [];
    public HashSet<long> InDeficit { get; private init; } = [];
    public Dictionary<(long AccountId, long MarketId), NaiveHolding> Holdings { get; private init; } = [];

    /// <summary>By market, while it is settled.</summary>
    public Dictionary<long, long> SettlementIds { get; private init; } = [];
    public Dictionary<long, (Int128 Equity, Int128 PublicEquity)> Sampled { get; private init; } = [];

    public long LastLine { get; set; }
    public long LastMarketId { get; set; }
    public long LastOrderId { get; set; }
    public long LastTradeId { get; set; }
    public long LastTransferId { get; set; }
    public long LastSettlementId { get; set; }
    public long LastConversionId { get; set; }
    public long LastExerciseId { get; set; }

    // Of this command alone.
    public List<NaiveTrade> Trades { get; } = [];
    public List<NaiveOrder> Ended { get; } = [];

    /// <summary>Records such as <see cref="MarketChanged"/> that the command must tell of.</summary>
    public List<object> Told { get; } = [];

    public NaiveState Copy() => new()
    {
        Rooms = [.. Rooms],
        Users = [.. Users],
        Members = [.. Members],
        Accounts = [.. Accounts],
        Shares = [.. Shares],
        Markets = [.. Markets],
        Live = [.. Live],
        Transfers = [.. Transfers],
        Codes = [.. Codes],
        Claims = [.. Claims],
        Invited = [.. Invited],
        JoinCodes = new(JoinCodes),
        Cash = new(Cash),
        NetDeposits = new(NetDeposits),
        CancelTimes = new(CancelTimes),
        Armed = new(Armed),
        InDeficit = [.. InDeficit],
        Holdings = new(Holdings),
        SettlementIds = new(SettlementIds),
        Sampled = new(Sampled),
        LastLine = LastLine,
        LastMarketId = LastMarketId,
        LastOrderId = LastOrderId,
        LastTradeId = LastTradeId,
        LastTransferId = LastTransferId,
        LastSettlementId = LastSettlementId,
        LastConversionId = LastConversionId,
        LastExerciseId = LastExerciseId,
    };

    public RoomInfo Room(long roomId) => Rooms.Single(r => r.RoomId == roomId);

    public UserInfo User(long userId) => Users.Single(u => u.UserId == userId);

    public AccountInfo Account(long accountId) => Accounts.Single(a => a.AccountId == accountId);

    public MarketInfo Market(long marketId) => Markets.Single(m => m.MarketId == marketId);

    public AccountInfo House(long roomId) => Accounts.Single(a => a.RoomId == roomId && a.IsHouse);

    /// <summary>The role as it counts; null for no member.</summary>
    public Role? RoleOf(long userId, long roomId) =>
        Members.FirstOrDefault(m => m.UserId == userId && m.RoomId == roomId) is not { } member ? null
        : User(userId).IsServerAdmin ? Role.Admin
        : member.Kept;

    public AccountRole? ShareOf(long userId, long accountId) =>
        Shares.FirstOrDefault(s => s.UserId == userId && s.AccountId == accountId)?.Role;

    public AccountMemberInfo[] SharesOf(long accountId) =>
        [.. Shares.Where(s => s.AccountId == accountId).OrderBy(s => s.UserId).Select(s => new AccountMemberInfo(s.UserId, s.Role))];

    /// <summary>Whether anyone could give orders for an account.</summary>
    public bool HasTrader(AccountInfo account) =>
        Shares.Any(s => s.AccountId == account.AccountId && RoleOf(s.UserId, account.RoomId) >= Role.Trader);

    public static void Replace<T>(List<T> list, T old, T changed) => list[list.IndexOf(old)] = changed;

    /// <summary>Moves cash without a trade.</summary>
    public TransferInfo Transfer(
        long roomId, long fromId, long toId, Int128 amount, string memo, long byUserId, TransferKind kind, long timeUs)
    {
        Cash[fromId] -= amount;
        Cash[toId] += amount;
        if (kind != TransferKind.Fee)
        {
            NetDeposits[fromId] -= amount;
            NetDeposits[toId] += amount;
        }
        var transfer = new TransferInfo(
            ++LastTransferId, roomId, fromId, toId, new Cash((long)amount), memo, byUserId, kind, timeUs);
        Transfers.Add(transfer);
        Told.Add(new TransferMade(transfer));
        return transfer;
    }
}
