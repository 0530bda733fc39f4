namespace Exchange.Markets;

// Who gives a command, and may they? What is found on the way is kept for carrying it out.
public sealed partial class Venue
{
    // Of the command being applied; set as far as its kind needs them.
    private User? _user;
    private Room? _room;
    private RoomMember? _member;
    private Account? _account;

    /// <summary>The command is given with admin powers by someone who has them in the room.</summary>
    private bool _asAdmin;

    /// <summary>The one account that the command's key is for; 0: all of the user's.</summary>
    private long _onlyAccountId;

    private Refusal Admit(in Command command)
    {
        ref readonly CommandPolicy policy = ref CommandPolicy.Of(command.Kind);
        _user = null;
        _room = null;
        _member = null;
        _account = null;
        _asAdmin = false;
        _onlyAccountId = command.OnlyAccountId;
        if (command.ByKey)
        {
            Refusal forbidden = AdmitKey(in command, in policy);
            if (forbidden.IsRefused)
                return forbidden;
        }
        if (command.UserId == 0 && policy.ByExchange)
            return policy.Account == AccountRight.None ? Refusal.None : AdmitExchange(in command, in policy);

        // The short way, which orders take: the account knows its members, and they their place in the room.
        if (policy.Account == AccountRight.Member && _accounts.TryGetValue(command.AccountId, out Account? account)
            && account.TryGetMember(command.UserId, out AccountMember? member) && member.InRoom.MayTrade
            && IsIn(account.Room, in command) && !account.Room.Info.IsArchived)
        {
            _user = member.User;
            _room = account.Room;
            _member = member.InRoom;
            _account = account;
            _asAdmin = command.Elevated && _member.Role == Role.Admin;
            return Refusal.None;
        }
        return AdmitUser(in command, in policy);
    }

    /// <summary>A key may do no more than it was made for, whatever its user may.</summary>
    private static Refusal AdmitKey(in Command command, in CommandPolicy policy)
    {
        if (policy.Right == Right.Admin || (command.Kind == CommandKind.SetElevated && command.Elevated))
            return Refusals.KeyIsNoAdmin;
        if (command.ReadOnly && !policy.Looks)
            return Refusals.KeyIsReadOnly;
        bool isForIt = command.OnlyAccountId == 0
            || (policy.ByKeyForOneAccount && (policy.Account == AccountRight.None || command.AccountId == command.OnlyAccountId));
        return isForIt ? Refusal.None : Refusals.KeyIsForOneAccount with { A = command.OnlyAccountId };
    }

    private Refusal AdmitExchange(in Command command, in CommandPolicy policy)
    {
        if (!_accounts.TryGetValue(command.AccountId, out Account? account) || account.IsHouse)
            return Refusals.AccountNotFound;
        _account = account;
        _room = account.Room;
        return _room.Info.IsArchived && !policy.WhenArchived ? Refusals.RoomArchived : Refusal.None;
    }

    private Refusal AdmitUser(in Command command, in CommandPolicy policy)
    {
        if (!_users.TryGetValue(command.UserId, out _user))
            return Refusals.UnknownUser;
        _room = command.RoomId == 0 ? _main : _rooms.GetValueOrDefault(command.RoomId);
        _member = _room is null ? null : _user.Rooms.GetValueOrDefault(_room.Info.RoomId);
        _asAdmin = command.Elevated && _member?.Role == Role.Admin;
        if (policy.Right == Right.User)
            return Refusal.None;
        if (_room is null || _member is null)
            return Refusals.RoomNotFound;
        if (policy.Right == Right.Trader && !_member.MayTrade)
            return Refusals.Spectator;
        if (policy.Right == Right.Admin && !_asAdmin)
            return _member.Role == Role.Admin ? Refusals.NotElevated : Refusals.OnlyAdminsMay;
        if (_room.Info.IsArchived && !policy.WhenArchived)
            return Refusals.RoomArchived;
        if (policy.Account == AccountRight.None)
            return Refusal.None;

        if (!_accounts.TryGetValue(command.AccountId, out _account) || _account.Room != _room
            || !_account.Members.TryGetValue(command.UserId, out AccountMember? member))
        {
            return Refusals.AccountNotFound;
        }
        return policy.Account == AccountRight.Manager && member.Role < AccountRole.Manager ? Refusals.NotAManager : Refusal.None;
    }

    private bool IsIn(Room room, in Command command) =>
        command.RoomId == 0 ? room == _main : room.Info.RoomId == command.RoomId;

    /// <summary>The market a command names, if the one who gives it may know of it.</summary>
    private Refusal FindMarket(long marketId, out Market market)
    {
        if (_markets.TryGetValue(marketId, out Market? found) && found.Room == _room && Sees(found))
        {
            market = found;
            return Refusal.None;
        }
        market = null!;
        return Refusals.MarketNotFound(marketId);
    }

    /// <summary>The same for one that the account acted as is to trade in.</summary>
    private Refusal FindTradable(long marketId, out Market market)
    {
        Refusal refusal = FindMarket(marketId, out market);
        if (!refusal.IsRefused && market.VisibleTo is { } some && !some.Contains(_account!.Id))
            return Refusals.NotVisibleToAccount;
        return refusal;
    }

    private bool Sees(Market market) =>
        market.VisibleTo is not { } some || (_user is null ? some.Contains(_account!.Id) : Sees(market, _user, _asAdmin));

    private bool Sees(Market market, User user, bool asAdmin)
    {
        if (market.VisibleTo is not { } some || asAdmin)
            return true;
        foreach (Account account in user.Accounts)
        {
            if (account.Room == market.Room && some.Contains(account.Id) && IsWithinKey(account) && user.Rooms.ContainsKey(market.Room.Info.RoomId))
                return true;
        }
        return false;
    }

    private bool IsWithinKey(Account account) => _onlyAccountId == 0 || account.Id == _onlyAccountId;
}
