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

/// <summary>
/// Who may give which command. What depends on more (a market's owner, who may create markets) is checked where the command
/// is carried out.
/// </summary>
public static class Rights
{
    /// <summary>What a command needs.</summary>
    /// <param name="Right">Of the user.</param>
    /// <param name="Account">Of the user in the account it names.</param>
    /// <param name="WhenArchived">Whether it may be given in an archived room.</param>
    /// <param name="ByExchange">Whether the exchange may give it for any account, without a user.</param>
    /// <param name="Looks">It changes nothing, so that a read-only key may give it.</param>
    public readonly record struct Need(
        Right Right, AccountRight Account = AccountRight.None, bool WhenArchived = false, bool ByExchange = false, bool Looks = false)
    {
        /// <summary>Whether a key for one account may give it: trading for that, and looking.</summary>
        public bool ByKeyForOneAccount => Looks || (Right == Right.Trader && Account == AccountRight.Member);
    }

    private static readonly Need s_trading = new(Right.Trader, AccountRight.Member, ByExchange: true);

    private static readonly Need[] s_needs = [.. Enum.GetValues<CommandKind>().Select(Declare)];

    /// <summary>What a command needs.</summary>
    public static ref readonly Need Of(CommandKind kind) => ref s_needs[(int)kind];

    private static Need Declare(CommandKind kind) => kind switch
    {
        CommandKind.PlaceOrder or CommandKind.ReplaceOrder or CommandKind.CancelOrder or CommandKind.CancelOrders
            or CommandKind.ApplyBatch or CommandKind.SetCancelAfter or CommandKind.ConvertBasket or CommandKind.ExerciseOption => s_trading,
        CommandKind.PreviewOrder => s_trading with { Looks = true },
        CommandKind.ClaimCode => new(Right.Trader, AccountRight.Member),
        CommandKind.CreateMarket or CommandKind.UpdateMarket or CommandKind.SettleMarket or CommandKind.OpenAccount => new(Right.Trader),
        CommandKind.SetMarketStatus or CommandKind.UndoSettlement or CommandKind.SetHouseBots or CommandKind.InviteToRoom or CommandKind.SetRole
            or CommandKind.Grant or CommandKind.CreateCode or CommandKind.RevokeCode => new(Right.Admin),
        CommandKind.UpdateRoom => new(Right.Admin, WhenArchived: true),
        CommandKind.ShowRoomSettings or CommandKind.ShowCodes => new(Right.Admin, WhenArchived: true, Looks: true),
        CommandKind.RenameAccount or CommandKind.ShareAccount or CommandKind.MakeTransfer => new(Right.Trader, AccountRight.Manager),
        // To leave, or to take out another: which, it looks itself.
        CommandKind.RemoveAccountMember => new(Right.Member, AccountRight.Member),
        CommandKind.ActAs => new(Right.Member, AccountRight.Member, WhenArchived: true, Looks: true),
        CommandKind.SetElevated or CommandKind.ShowLeaderboard => new(Right.Member, WhenArchived: true, Looks: true),
        // ShowRoom and ShowMarkets show a user who is in no room any more just that.
        // Entering a room looks, unless it makes a member: that it sees to itself.
        CommandKind.ShowRoom or CommandKind.ShowMarkets or CommandKind.EnterRoom => new(Right.User, WhenArchived: true, Looks: true),
        CommandKind.OpenRoom => new(Right.User, WhenArchived: true, ByExchange: true),
        CommandKind.EnterUser => new(Right.Exchange, WhenArchived: true, ByExchange: true, Looks: true),
        CommandKind.RememberOrders or CommandKind.Tick or CommandKind.SampleEquity
            or CommandKind.Disconnect => new(Right.Exchange, WhenArchived: true, ByExchange: true),
        _ => throw new InvalidOperationException($"{kind} has no declared right."),
    };
}
