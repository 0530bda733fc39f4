using static Exchange.Markets.CommandKind;

namespace Exchange.Markets;

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
        (PlaceOrder, s_trading),
        (ReplaceOrder, s_trading),
        (CancelOrder, s_trading),
        (CancelOrders, s_trading),
        // Each of its requests is audited by itself.
        (OrderBatch, s_trading with { Auditing = Auditing.Never }),
        (PreviewOrder, s_trading with { Looks = true, Auditing = Auditing.Never }),
        (SetCancelAfter, s_trading),

        // Derived markets.
        (ConvertBasket, s_trading with { RateLimit = RateLimit.Changes }),
        (ExerciseOption, s_trading with { RateLimit = RateLimit.Changes }),

        // Markets.
        (CreateMarket, s_change),
        (UpdateMarket, s_change),
        (SetMarketStatus, s_byAdmin),
        (SettleMarket, s_change),
        (UndoSettlement, s_byAdmin),
        (DeleteMarket, s_change),
        (SetHouseBots, s_byAdmin),

        // Rooms and their members.
        (OpenRoom, s_change with { Right = Right.User, WhenArchived = true, ByExchange = true }),
        (UpdateRoom, s_byAdmin with { WhenArchived = true }),
        (InviteToRoom, s_byAdmin),
        (SetRole, s_byAdmin),

        // Accounts.
        (OpenAccount, s_change),
        (RenameAccount, s_byManager),
        (ShareAccount, s_byManager),
        // To leave, or to take out another: the command looks which.
        (RemoveAccountMember, s_change with { Right = Right.Member, Account = AccountRight.Member }),

        // Money.
        (MakeTransfer, s_byManager with { Auditing = Auditing.WithPowers }),
        (Grant, s_byAdmin),
        (CreateCode, s_byAdmin),
        (RevokeCode, s_byAdmin),
        (ClaimCode, s_change with { Account = AccountRight.Member, Auditing = Auditing.WithPowers, AnswerUse = AnswerUse.Awaited }),

        // Connections. Entering a room looks, unless it makes a member: the command sees to that itself.
        (EnterUser, s_byExchange with { Looks = true, AnswerUse = AnswerUse.Awaited }),
        (EnterRoom, s_connection with { AnswerUse = AnswerUse.Awaited }),
        (ActAs, s_connection with { Right = Right.Member, Account = AccountRight.Member, AnswerUse = AnswerUse.Awaited }),
        (SetElevated, s_connection with { Right = Right.Member, AnswerUse = AnswerUse.Awaited }),

        // Questions. The first two show a user who is in no room any more just that.
        (GetRoom, s_connection),
        (Subscribe, s_connection with { RateLimit = RateLimit.Subscriptions, AnswerUse = AnswerUse.Read }),
        (GetLeaderboard, s_query with { Right = Right.Member }),
        (GetRoomSettings, s_query),
        (GetCodes, s_query),
        (PreviewSettlement, s_query with { Right = Right.Trader, WhenArchived = false }),
        (GetMembersOverview, s_query),
        (GetPerson, s_query),

        // The exchange's own.
        (RememberOrders, s_byExchange),
        (Tick, s_byExchange),
        (ClockSet, s_byExchange),
        (SampleEquity, s_byExchange),
        (Disconnect, s_byExchange),
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

    /// <summary>Whether a key for one account may give it: trading for that, and looking.</summary>
    public bool ByKeyForOneAccount => Looks || (Right == Right.Trader && Account == AccountRight.Member);

    /// <summary>What is declared about a kind.</summary>
    public static ref readonly CommandPolicy Of(CommandKind kind) => ref s_all[(int)kind];

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
