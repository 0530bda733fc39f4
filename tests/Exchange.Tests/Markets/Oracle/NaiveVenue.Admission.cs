using Exchange.Markets;

namespace Exchange.Tests.Markets;

// Who may give which command.
internal sealed partial class NaiveVenue
{
    private static readonly CommandKind[] s_ofTheExchange =
        [CommandKind.EnterUser, CommandKind.RememberOrders, CommandKind.Tick, CommandKind.ClockSet, CommandKind.SampleEquity, CommandKind.Disconnect];

    private static readonly CommandKind[] s_trading =
    [
        CommandKind.PlaceOrder, CommandKind.ReplaceOrder, CommandKind.CancelOrder, CommandKind.CancelOrders, CommandKind.PreviewOrder,
        CommandKind.SetCancelAfter, CommandKind.ConvertBasket, CommandKind.ExerciseOption,
    ];

    private static readonly CommandKind[] s_byTraders =
    [
        .. s_trading, CommandKind.ClaimCode, CommandKind.CreateMarket, CommandKind.UpdateMarket, CommandKind.SettleMarket,
        CommandKind.DeleteMarket, CommandKind.PreviewSettlement,
        CommandKind.OpenAccount, CommandKind.RenameAccount, CommandKind.ShareAccount, CommandKind.MakeTransfer,
    ];

    private static readonly CommandKind[] s_byAdmins =
    [
        CommandKind.SetMarketStatus, CommandKind.UndoSettlement, CommandKind.SetHouseBots, CommandKind.UpdateRoom, CommandKind.InviteToRoom, CommandKind.SetRole,
        CommandKind.Grant, CommandKind.CreateCode, CommandKind.RevokeCode, CommandKind.GetRoomSettings, CommandKind.GetCodes,
        CommandKind.GetMembersOverview, CommandKind.GetPerson,
    ];

    private static readonly CommandKind[] s_harmless =
    [
        CommandKind.GetRoom, CommandKind.Subscribe, CommandKind.GetLeaderboard, CommandKind.GetRoomSettings, CommandKind.GetCodes,
        CommandKind.ActAs, CommandKind.SetElevated, CommandKind.UpdateRoom, CommandKind.GetMembersOverview, CommandKind.GetPerson,
    ];

    private static readonly CommandKind[] s_looks =
    [
        CommandKind.GetRoom, CommandKind.Subscribe, CommandKind.GetLeaderboard, CommandKind.PreviewOrder, CommandKind.ActAs,
        CommandKind.SetElevated, CommandKind.EnterRoom, CommandKind.EnterUser, CommandKind.PreviewSettlement,
    ];

    private static readonly CommandKind[] s_asAccount =
    [
        .. s_trading, CommandKind.ActAs, CommandKind.ClaimCode, CommandKind.RenameAccount, CommandKind.ShareAccount,
        CommandKind.RemoveAccountMember, CommandKind.MakeTransfer,
    ];

    private static readonly CommandKind[] s_byManagers =
        [CommandKind.RenameAccount, CommandKind.ShareAccount, CommandKind.MakeTransfer];

    private RefusalCode Admit(Command command)
    {
        CommandKind kind = command.Kind;
        (_user, _room, _role, _asAdmin, _onlyAccountId) = (null, null, null, false, command.OnlyAccountId);
        if (command.ByKey && !MayKey(command))
            return RefusalCode.KeyForbids;
        if (s_ofTheExchange.Contains(kind) || (kind == CommandKind.OpenRoom && command.UserId == 0))
            return RefusalCode.None;
        AccountInfo? account = _next.Accounts.FirstOrDefault(a => a.AccountId == command.AccountId && !a.IsHouse);
        if (command.UserId == 0 && s_trading.Contains(kind))
        {
            if (account is null)
                return RefusalCode.AccountNotFound;
            _room = _next.Room(account.RoomId);
            return _room.IsArchived ? RefusalCode.RoomArchived : RefusalCode.None;
        }

        _user = _next.Users.FirstOrDefault(u => u.UserId == command.UserId);
        if (_user is null)
            return RefusalCode.Forbidden;
        if (kind == CommandKind.OpenRoom)
            _asAdmin = command.Elevated && _user.IsServerAdmin;
        if (kind is CommandKind.OpenRoom or CommandKind.EnterRoom)
            return RefusalCode.None;
        _room = _next.Rooms.FirstOrDefault(r => command.RoomId == 0 ? r.Slug == "main" : r.RoomId == command.RoomId);
        _role = _room is null ? null : _next.RoleOf(_user.UserId, _room.RoomId);
        if (_role is null)
            return MayBeNowhere(command) ? RefusalCode.None : RefusalCode.RoomNotFound;
        _asAdmin = command.Elevated && _role == Role.Admin;
        if (kind == CommandKind.SetElevated && command.Elevated && _role != Role.Admin)
            return RefusalCode.Forbidden;
        if (s_byTraders.Contains(kind) && _role < Role.Trader)
            return RefusalCode.Forbidden;
        if (s_byAdmins.Contains(kind) && _role != Role.Admin)
            return RefusalCode.Forbidden;
        if (s_byAdmins.Contains(kind) && !_asAdmin)
            return RefusalCode.NotElevated;
        if (_room!.IsArchived && !s_harmless.Contains(kind))
            return RefusalCode.RoomArchived;
        if (!s_asAccount.Contains(kind))
            return RefusalCode.None;
        if (account is null || account.RoomId != _room.RoomId || _next.ShareOf(_user.UserId, account.AccountId) is not { } share)
            return RefusalCode.AccountNotFound;
        // Anyone may leave an account; sending others away takes more.
        if (command.Details is AccountRemoval named)
            return named.UserId == _user.UserId || (_role >= Role.Trader && share >= AccountRole.Manager) ? RefusalCode.None : RefusalCode.Forbidden;
        return s_byManagers.Contains(kind) && share < AccountRole.Manager ? RefusalCode.Forbidden : RefusalCode.None;
    }

    /// <summary>A key is never for admins; a read-only one only looks; one for an account looks, and trades for that.</summary>
    private static bool MayKey(Command command)
    {
        CommandKind kind = command.Kind;
        if ((s_byAdmins.Contains(kind)) || (kind == CommandKind.SetElevated && command.Elevated))
            return false;
        if (command.ReadOnly && !s_looks.Contains(kind))
            return false;
        return command.OnlyAccountId == 0
            || (s_looks.Contains(kind) && !s_asAccount.Contains(kind))
            || ((s_trading.Contains(kind) || kind is CommandKind.ClaimCode or CommandKind.ActAs) && command.AccountId == command.OnlyAccountId);
    }

    private bool IsWithinKey(long accountId) => _onlyAccountId == 0 || accountId == _onlyAccountId;

    private static bool MayBeNowhere(Command command) =>
        command.Kind == CommandKind.GetRoom || command is { Kind: CommandKind.Subscribe, Details: MarketsWanted { SkipUnknown: true } };

    /// <summary>Whether who gives the command sees a market.</summary>
    private bool Sees(MarketInfo market, long asAccountId = 0) =>
        market.RoomId == _room?.RoomId && (!market.IsHidden || _asAdmin || (_user is null
            ? market.VisibleTo.Contains(asAccountId)
            : market.VisibleTo.Any(id => IsWithinKey(id) && _next.ShareOf(_user.UserId, id) is not null)));

    /// <summary>The market a command is about, if who gives it sees it.</summary>
    private MarketInfo? MarketOf(Command command) =>
        _next.Markets.FirstOrDefault(m => m.MarketId == command.MarketId && Sees(m, command.AccountId));

    /// <summary>A market that the user sees may be hidden from the account acted as, which then can't trade it.</summary>
    private static bool MayTrade(MarketInfo market, long accountId) => !market.IsHidden || market.VisibleTo.Contains(accountId);
}
