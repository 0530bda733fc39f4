namespace Exchange.Markets;

/// <summary>Every command. What is declared about each stands in <see cref="CommandPolicy"/>.</summary>
public enum CommandKind : byte
{
    // Orders.
    PlaceOrder,
    ReplaceOrder,
    CancelOrder,
    CancelOrders,

    /// <summary>
    /// Details: <see cref="Command"/>[], each a place, replace or cancel; or with a sentence for details, what was wrong with one.
    /// </summary>
    OrderBatch,

    /// <summary>Checks an order as <see cref="PlaceOrder"/> would, and places nothing.</summary>
    PreviewOrder,

    /// <summary>Sets the account's dead man's switch to go off after <see cref="Command.TimeoutUs"/>; 0 disarms it.</summary>
    SetCancelAfter,

    // Derived markets.
    ConvertBasket,
    ExerciseOption,

    // Markets.
    CreateMarket,
    UpdateMarket,
    SetMarketStatus,
    SettleMarket,
    UndoSettlement,

    /// <summary>Takes away a market made by mistake, in which nothing happened yet.</summary>
    DeleteMarket,

    /// <summary>Which house bots trade in a market. Details: <see cref="HouseBotsTerms"/>.</summary>
    SetHouseBots,

    // Rooms and who is in them.

    /// <summary>A room with its house account. Details: <see cref="RoomTerms"/>. Without a user: the exchange opens it.</summary>
    OpenRoom,
    UpdateRoom,
    InviteToRoom,
    SetRole,

    // Accounts.
    OpenAccount,
    RenameAccount,
    ShareAccount,
    RemoveAccountMember,

    // Money.
    MakeTransfer,
    Grant,
    CreateCode,
    RevokeCode,
    ClaimCode,

    // Connections.

    /// <summary>A signed-in user comes in: made known if new, and brought into a room. Details: <see cref="UserEntry"/>.</summary>
    EnterUser,

    /// <summary>Goes to another room. Details: <see cref="RoomEntry"/>.</summary>
    EnterRoom,

    /// <summary>Asks to act as <see cref="Command.AccountId"/>.</summary>
    ActAs,

    /// <summary>Turns admin powers on or off: <see cref="Command.Elevated"/> is what is asked for.</summary>
    SetElevated,

    // Looks only.

    /// <summary>The room and the user's portfolios once more, for a listener that lost its place or sees more or less than before.</summary>
    GetRoom,

    /// <summary>Snapshots of markets for one listener. Details: <see cref="MarketsWanted"/>.</summary>
    Subscribe,
    GetLeaderboard,
    GetRoomSettings,
    GetCodes,

    /// <summary>Reckons what <see cref="SettleMarket"/> at <see cref="Command.Price"/> would pay, and settles nothing.</summary>
    PreviewSettlement,

    /// <summary>The members of the room and how each does.</summary>
    GetMembersOverview,

    /// <summary>All of one member. Details: <see cref="PersonWanted"/>.</summary>
    GetPerson,

    // The exchange's own.

    /// <summary>Ended orders of an account, read from disk, whose client order ids are still reserved.</summary>
    RememberOrders,

    /// <summary>Time has come for something: see <see cref="Venue.UntilTickUs"/>.</summary>
    Tick,

    /// <summary>The wall clock was set: what was told to come at a time by it is told anew. Durations go on as they were.</summary>
    ClockSet,

    /// <summary>Keeps what each account is worth, where it changed. Counts in no sequence.</summary>
    SampleEquity,

    /// <summary>
    /// A connection ended: cancels the orders that were to end with it. Details: the accounts it placed such orders for.
    /// Without a session: those of every connection there was before the exchange started.
    /// </summary>
    Disconnect,
}

/// <summary>Where a command came from; echoed on its events so that its answer finds the way back.</summary>
/// <param name="Session">The connection, 0 for none.</param>
/// <param name="RequestId">The client's number for the request, 0 for none.</param>
public readonly record struct Origin(int Session, ulong RequestId);

/// <summary>
/// One command to the venue. A plain struct, so that putting it in a queue allocates nothing; commands
/// off the order path carry their fields in <see cref="Details"/>.
/// </summary>
public struct Command
{
    public CommandKind Kind;
    public Side Side;
    public TimeInForce TimeInForce;
    public ConversionDirection Direction;
    public MarketStatus Status;
    public bool PostOnly;
    public bool ReduceOnly;
    public bool CancelOnDisconnect;

    /// <summary>Given with an API key.</summary>
    public bool ByKey;

    /// <summary>Given with an API key that may only look.</summary>
    public bool ReadOnly;

    /// <summary>The user acts with admin powers.</summary>
    public bool Elevated;

    /// <summary>Whether <see cref="Price"/> is set: an order without is a market order, a replace keeps its price.</summary>
    public bool HasPrice;

    /// <summary>Whether <see cref="Quantity"/> is set: a replace without keeps its quantity.</summary>
    public bool HasQuantity;

    public Price Price;
    public Quantity Quantity;
    public Origin Origin;

    /// <summary>Who gives it; 0: the exchange itself, which may give orders for any account.</summary>
    public long UserId;

    /// <summary>The room it is given in; 0: the room 'main'; −1: none.</summary>
    public long RoomId;

    /// <summary>The account acted as, or the one it is about.</summary>
    public long AccountId;

    /// <summary>Given with an API key that is for this account alone; 0: for all that the user may.</summary>
    public long OnlyAccountId;

    /// <summary>0 where a command may be about every market.</summary>
    public long MarketId;

    /// <summary>0: the order is named by <see cref="ClientOrderId"/>.</summary>
    public long OrderId;
    public long ExpiresTimeUs;
    public long TimeoutUs;

    public string? ClientOrderId;
    public object? Details;
}

/// <summary>Details of <see cref="CommandKind.EnterUser"/>: who the sign-in says it is.</summary>
/// <param name="NameIsMadeUp">The sign-in knew no name: one known from earlier is better.</param>
/// <param name="RoomSlug">The room to bring them into; a room they may not enter leaves them in none.</param>
public sealed record UserEntry(
    string Issuer, string Subject, string Name, string? Email, bool IsServerAdmin, bool NameIsMadeUp = false,
    string RoomSlug = Venue.MainRoomSlug);

/// <summary>Details of <see cref="CommandKind.EnterRoom"/>.</summary>
/// <param name="RoomId">0: named by slug.</param>
public sealed record RoomEntry(long RoomId, string Slug, string JoinCode);

/// <summary>Details of <see cref="CommandKind.OpenRoom"/>.</summary>
public sealed record RoomTerms(
    string Slug, string Name, Cash OpeningBalance, WhoMayCreateMarkets WhoMayCreateMarkets, JoinPolicy JoinPolicy = JoinPolicy.Open);

/// <summary>Details of <see cref="CommandKind.UpdateRoom"/>; null: as it is.</summary>
/// <param name="JoinCode">Empty: none.</param>
public sealed record RoomUpdate(
    string? Name, JoinPolicy? JoinPolicy, Cash? OpeningBalance, WhoMayCreateMarkets? WhoMayCreateMarkets, bool? IsArchived, string? JoinCode);

/// <summary>Details of <see cref="CommandKind.InviteToRoom"/>.</summary>
public sealed record Invitations(string[] AddEmails, string[] RemoveEmails)
{
    public override string ToString() => $"add {string.Join(", ", AddEmails)}; remove {string.Join(", ", RemoveEmails)}";
}

/// <summary>Details of <see cref="CommandKind.SetRole"/>.</summary>
/// <param name="Role">Null: taken out of the room.</param>
public sealed record RoleTerms(long UserId, Role? Role);

/// <summary>Details of <see cref="CommandKind.CreateMarket"/>. A derived market's range is not read: it follows.</summary>
public sealed record MarketTerms(string Name, string Description, Price Min, Price Max, int TickHundredths)
{
    public string Category { get; init; } = "";
    public string Group { get; init; } = "";
    public bool IsPinned { get; init; }
    public bool IsAnonymous { get; init; }
    public ValueList<long> VisibleTo { get; init; } = ValueList<long>.Empty;
    public Quantity MaxOrder { get; init; }
    public Quantity MaxPosition { get; init; }

    /// <summary>When it is to halt by itself; 0: never.</summary>
    public long CloseTimeUs { get; init; }
    public Derivation? Derivation { get; init; }
}

/// <summary>Details of <see cref="CommandKind.UpdateMarket"/>; null: as it is.</summary>
public sealed record MarketUpdate
{
    public string? Name { get; init; }
    public string? Description { get; init; }
    public string? Category { get; init; }
    public string? Group { get; init; }
    public bool? IsPinned { get; init; }
    public bool? IsAnonymous { get; init; }
    public ValueList<long>? VisibleTo { get; init; }
    public Quantity? MaxOrder { get; init; }
    public Quantity? MaxPosition { get; init; }
    public Price? Min { get; init; }
    public Price? Max { get; init; }
    public int? TickHundredths { get; init; }

    /// <summary>0: none any more.</summary>
    public long? CloseTimeUs { get; init; }
}

/// <summary>Details of <see cref="CommandKind.OpenAccount"/> and <see cref="CommandKind.RenameAccount"/>.</summary>
public sealed record AccountTerms(string Name);

/// <summary>Details of <see cref="CommandKind.ShareAccount"/> and <see cref="CommandKind.RemoveAccountMember"/> (which reads no role).</summary>
public sealed record AccountShare(long UserId, AccountRole Role);

/// <summary>Details of <see cref="CommandKind.MakeTransfer"/>, from <see cref="Command.AccountId"/>.</summary>
public sealed record TransferTerms(long ToAccountId, Cash Amount, string Memo);

/// <summary>Details of <see cref="CommandKind.Grant"/>.</summary>
/// <param name="EveryMember">To every member's personal account; then no accounts are named.</param>
/// <param name="Amount">For each; negative: taken from each.</param>
/// <param name="Force">Also takes what is not available.</param>
public sealed record GrantTerms(ValueList<long> AccountIds, bool EveryMember, Cash Amount, string Memo, bool Force);

/// <summary>Details of <see cref="CommandKind.CreateCode"/>.</summary>
public sealed record CodeTerms(string Code, Cash Amount, long Uses, long ExpiresTimeUs);

/// <summary>Details of <see cref="CommandKind.RevokeCode"/> and <see cref="CommandKind.ClaimCode"/>.</summary>
public sealed record CodeName(string Code);

/// <summary>Details of <see cref="CommandKind.GetPerson"/>.</summary>
public sealed record PersonWanted(long UserId);

/// <summary>What a listener wants shown of markets.</summary>
[Flags]
public enum MarketViews : byte
{
    None = 0,
    Book = 1,
    Trades = 2,
    Ticker = 4,
}

/// <summary>Details of <see cref="CommandKind.Subscribe"/>.</summary>
/// <param name="MarketIds">Which; empty with <paramref name="All"/>.</param>
/// <param name="All">Every market of the room, later ones included.</param>
/// <param name="Views">What of them.</param>
/// <param name="WithoutSnapshots">The listener holds the state already.</param>
/// <param name="Tag">The listener's own; comes back with the snapshots.</param>
/// <param name="SkipUnknown">Leaves out markets that the user can't see (any more) instead of refusing.</param>
public sealed record MarketsWanted(
    long[] MarketIds, bool All, MarketViews Views, bool WithoutSnapshots, object? Tag, bool SkipUnknown = false);
