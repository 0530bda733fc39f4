using static Exchange.Markets.CommandKind;

namespace Exchange.Markets;

/// <summary>Every kind of command.</summary>
public enum CommandKind : byte
{
    // Orders.
    PlaceOrder,
    ReplaceOrder,
    CancelOrder,
    CancelOrders,

    /// <summary>Several of the above, sent as one.</summary>
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

    /// <summary>Which house bots trade in a market.</summary>
    SetHouseBots,

    // Rooms and who is in them.

    /// <summary>A room with its house account. Without a user: the exchange opens it.</summary>
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

    /// <summary>A signed-in user comes in: made known if new, and brought into a room.</summary>
    EnterUser,

    /// <summary>Goes to another room.</summary>
    EnterRoom,

    /// <summary>Asks to act as <see cref="Command.AccountId"/>.</summary>
    ActAs,

    /// <summary>Turns admin powers on or off: <see cref="Command.Elevated"/> is what is asked for.</summary>
    SetElevated,

    // Looks only.

    /// <summary>The room and the user's portfolios once more, for a listener that lost its place or sees more or less than before.</summary>
    GetRoom,

    /// <summary>Snapshots of markets for one listener.</summary>
    Subscribe,
    GetLeaderboard,
    GetRoomSettings,
    GetCodes,

    /// <summary>Reckons what <see cref="SettleMarket"/> at <see cref="Command.Price"/> would pay, and settles nothing.</summary>
    PreviewSettlement,

    /// <summary>The members of the room and how each does.</summary>
    GetMembersOverview,

    /// <summary>All of one member.</summary>
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
    /// A connection ended: cancels the orders that were to end with it.
    /// Without a session: those of every connection there was before the exchange started.
    /// </summary>
    Disconnect,
}

/// <summary>Who may give a command; each is more than the one before.</summary>
public enum Right
{
    /// <summary>The exchange itself only.</summary>
    Exchange,

    /// <summary>Whoever is signed in.</summary>
    User,

    /// <summary>A member of the room.</summary>
    Member,

    /// <summary>A member who is no spectator.</summary>
    Trader,

    /// <summary>An admin of the room, elevated.</summary>
    Admin,
}

/// <summary>What a command asks of the account it names.</summary>
public enum AccountRight
{
    /// <summary>It names none, or checks the one it names by itself.</summary>
    None,

    /// <summary>To be a member of it.</summary>
    Member,

    /// <summary>To own or manage it.</summary>
    Manager,
}

/// <summary>Which allowance of its user a command uses up.</summary>
public enum RateLimit
{
    /// <summary>None: the exchange gives it, or a sign-in, which has limits of its own.</summary>
    None,
    Orders,
    Changes,
    Queries,
    Subscriptions,
}

/// <summary>Whether the audit log keeps a command that a user gave and that changed something.</summary>
public enum Auditing
{
    Always,

    /// <summary>Ordinary trading, which has a record of its own: only if it was done with admin powers.</summary>
    WithPowers,
    Never,
}

/// <summary>What the session that sent a command does with its answer, besides sending it on.</summary>
public enum AnswerUse
{
    None,

    /// <summary>It looks at the answer, whatever it is.</summary>
    Read,

    /// <summary>It handles no other request before the answer, which changes what they mean.</summary>
    Awaited,
}

/// <summary>
/// All that is declared about a kind of command, in one place: who may give it, which allowance it uses, whether it is audited, and what its
/// session does with the answer. What depends on more (a market's owner, who may create markets) is checked where the command is applied.
/// </summary>
public readonly record struct CommandPolicy
{
    private static readonly CommandPolicy s_trading = new()
    {
        Right = Right.Trader,
        Account = AccountRight.Member,
        ByExchange = true,
        RateLimit = RateLimit.Orders,
        Auditing = Auditing.WithPowers,
    };

    private static readonly CommandPolicy s_change = new() { Right = Right.Trader, RateLimit = RateLimit.Changes };
    private static readonly CommandPolicy s_byAdmin = s_change with { Right = Right.Admin };
    private static readonly CommandPolicy s_byManager = s_change with { Account = AccountRight.Manager };

    private static readonly CommandPolicy s_query = new()
    {
        Right = Right.Admin,
        WhenArchived = true,
        Looks = true,
        RateLimit = RateLimit.Queries,
        Auditing = Auditing.Never,
    };

    private static readonly CommandPolicy s_connection = s_query with { Right = Right.User, RateLimit = RateLimit.Changes };

    private static readonly CommandPolicy s_byExchange = new() { WhenArchived = true, ByExchange = true, Auditing = Auditing.Never };

    private static readonly CommandPolicy[] s_all = InOrder(
    [
        // Orders.
        Declare(PlaceOrder, s_trading),
        Declare(ReplaceOrder, s_trading),
        Declare(CancelOrder, s_trading),
        Declare(CancelOrders, s_trading),
        // Each of its requests is audited by itself.
        Declare(OrderBatch, s_trading with { Auditing = Auditing.Never }, OrderBatchTerms.Read),
        Declare(PreviewOrder, s_trading with { Looks = true, Auditing = Auditing.Never }),
        Declare(SetCancelAfter, s_trading),

        // Derived markets.
        Declare(ConvertBasket, s_trading with { RateLimit = RateLimit.Changes }),
        Declare(ExerciseOption, s_trading with { RateLimit = RateLimit.Changes }),

        // Markets.
        Declare(CreateMarket, s_change, MarketTerms.Read),
        Declare(UpdateMarket, s_change, MarketUpdate.Read),
        Declare(SetMarketStatus, s_byAdmin),
        Declare(SettleMarket, s_change),
        Declare(UndoSettlement, s_byAdmin),
        Declare(DeleteMarket, s_change),
        Declare(SetHouseBots, s_byAdmin, HouseBotsTerms.Read),

        // Rooms and their members.
        Declare(OpenRoom, s_change with { Right = Right.User, WhenArchived = true, ByExchange = true }, RoomTerms.Read),
        Declare(UpdateRoom, s_byAdmin with { WhenArchived = true }, RoomUpdate.Read),
        Declare(InviteToRoom, s_byAdmin, Invitations.Read),
        Declare(SetRole, s_byAdmin, RoleTerms.Read),

        // Accounts.
        Declare(OpenAccount, s_change, NewAccount.Read),
        Declare(RenameAccount, s_byManager, AccountName.Read),
        Declare(ShareAccount, s_byManager, AccountShare.Read),
        // To leave, or to take out another: the command looks which.
        Declare(RemoveAccountMember, s_change with { Right = Right.Member, Account = AccountRight.Member }, AccountRemoval.Read),

        // Money.
        Declare(MakeTransfer, s_byManager with { Auditing = Auditing.WithPowers }, TransferTerms.Read),
        Declare(Grant, s_byAdmin, GrantTerms.Read),
        Declare(CreateCode, s_byAdmin, CodeTerms.Read),
        Declare(RevokeCode, s_byAdmin, CodeRevocation.Read),
        Declare(ClaimCode, s_change with { Account = AccountRight.Member, Auditing = Auditing.WithPowers, AnswerUse = AnswerUse.Awaited }, CodeClaim.Read),

        // Connections. Entering a room looks, unless it makes a member: the command sees to that itself.
        Declare(EnterUser, s_byExchange with { Looks = true, AnswerUse = AnswerUse.Awaited }, UserEntry.Read),
        Declare(EnterRoom, s_connection with { AnswerUse = AnswerUse.Awaited }, RoomEntry.Read),
        Declare(ActAs, s_connection with { Right = Right.Member, Account = AccountRight.Member, AnswerUse = AnswerUse.Awaited }),
        Declare(SetElevated, s_connection with { Right = Right.Member, AnswerUse = AnswerUse.Awaited }),

        // Questions. The first two show a user who is in no room any more just that.
        Declare(GetRoom, s_connection),
        Declare(Subscribe, s_connection with { RateLimit = RateLimit.Subscriptions, AnswerUse = AnswerUse.Read }, MarketsWanted.Read),
        Declare(GetLeaderboard, s_query with { Right = Right.Member }),
        Declare(GetRoomSettings, s_query),
        Declare(GetCodes, s_query),
        Declare(PreviewSettlement, s_query with { Right = Right.Trader, WhenArchived = false }),
        Declare(GetMembersOverview, s_query),
        Declare(GetPerson, s_query, PersonWanted.Read),

        // The exchange's own.
        Declare(RememberOrders, s_byExchange, RememberedOrders.Read),
        Declare(Tick, s_byExchange),
        Declare(ClockSet, s_byExchange),
        Declare(SampleEquity, s_byExchange),
        Declare(Disconnect, s_byExchange, Disconnection.Read),
    ]);

    /// <summary>What it takes of the user.</summary>
    public Right Right { get; init; }

    /// <summary>What it takes of the user in the account that the command names.</summary>
    public AccountRight Account { get; init; }

    /// <summary>Whether it may be given in an archived room.</summary>
    public bool WhenArchived { get; init; }

    /// <summary>Whether the exchange may give it for any account, without a user.</summary>
    public bool ByExchange { get; init; }

    /// <summary>It changes nothing, so that a read-only key may give it.</summary>
    public bool Looks { get; init; }

    public RateLimit RateLimit { get; init; }
    public Auditing Auditing { get; init; }
    public AnswerUse AnswerUse { get; init; }

    /// <summary>Reads the details of such a command; null: it has none.</summary>
    internal CommandReader.Item<CommandDetails>? ReadDetails { get; init; }

    /// <summary>Whether a key for one account may give it: trading for that, and looking.</summary>
    public bool ByKeyForOneAccount => Looks || (Right == Right.Trader && Account == AccountRight.Member);

    /// <summary>What is declared about a kind.</summary>
    public static ref readonly CommandPolicy Of(CommandKind kind) => ref s_all[(int)kind];

    private static (CommandKind Kind, CommandPolicy Policy) Declare(
        CommandKind kind, CommandPolicy policy, CommandReader.Item<CommandDetails>? readDetails = null) =>
        (kind, policy with { ReadDetails = readDetails });

    /// <exception cref="InvalidOperationException">A kind has no policy, or two.</exception>
    private static CommandPolicy[] InOrder((CommandKind Kind, CommandPolicy Policy)[] declared)
    {
        CommandKind[] kinds = Enum.GetValues<CommandKind>();
        var inOrder = new CommandPolicy[kinds.Length];
        foreach (CommandKind kind in kinds)
        {
            (CommandKind Kind, CommandPolicy Policy)[] its = [.. declared.Where(d => d.Kind == kind)];
            if (its.Length != 1)
                throw new InvalidOperationException($"{kind} has {its.Length} policies; it needs one.");
            inOrder[(int)kind] = its[0].Policy;
        }
        return inOrder;
    }
}
