using Exchange.Spelling;

namespace Exchange.Markets;

// Accounts, and who may act as them.
public sealed partial class Venue
{
    private Refusal OpenAccount(in Command command)
    {
        var terms = (AccountTerms)command.Details!;
        if ((ProblemOfName("name", terms.Name, Limits.MaxAccountNameLength) ?? ReservedNames.Problem("name", terms.Name)) is { } problem)
            return Refusals.InvalidField(problem);
        if (HasAccountNamed(_room!, terms.Name, except: null))
            return Refusals.AccountNameTaken;
        int opened = _user!.Accounts.Count(a => a.Room == _room && a.Info.OwnerUserId == _user.Info.UserId && !a.Info.IsPersonal);
        if (opened >= Limits.MaxAccountsPerUser)
            return Refusals.AccountsLimit;
        OpenAccount(_room!, _user, terms.Name, isPersonal: false, isAnswer: true);
        EmitRights(_member!);
        return Refusal.None;
    }

    private Account OpenAccount(Room room, User owner, string name, bool isPersonal, bool isAnswer = false, HouseBotKind? botKind = null)
    {
        Account account = AddAccount(
            new AccountInfo(++_lastAccountId, room.Info.RoomId, name, owner.Info.UserId, _now.TimeUs) { IsPersonal = isPersonal, BotKind = botKind });
        _batch.AddRecord(new AccountOpened(account.Info), isAnswer);
        AddAccountMember(account, owner, AccountRole.Owner);
        EmitAccountMembers(account, owner.Info.UserId, AccountRole.Owner, isAnswer: false);
        EmitCash(account);
        return account;
    }

    /// <summary>Whether another account has the name, or one that could be mistaken for it.</summary>
    private static bool HasAccountNamed(Room room, string name, Account? except) =>
        room.AccountNames.Like(name).Any(a => a != except);

    private Refusal RenameAccount(in Command command)
    {
        Account account = _account!;
        var terms = (AccountTerms)command.Details!;
        // A name from before there were these rules may stay, in other capitals too.
        bool isOwn = string.Equals(account.Info.Name, terms.Name, StringComparison.OrdinalIgnoreCase);
        string? problem = ProblemOfName("name", terms.Name, Limits.MaxAccountNameLength)
            ?? (isOwn ? null : ReservedNames.Problem("name", terms.Name));
        if (problem is not null)
            return Refusals.InvalidField(problem);
        if (!isOwn && HasAccountNamed(_room!, terms.Name, except: account))
            return Refusals.AccountNameTaken;
        account.Room.AccountNames.Rename(account, account.Info.Name, terms.Name);
        account.Info = account.Info with { Name = terms.Name };
        account.Room.Directory = null;
        _batch.AddRecord(new AccountChanged(account.Info), isAnswer: true);
        return Refusal.None;
    }

    private Refusal ShareAccount(in Command command)
    {
        Account account = _account!;
        var share = (AccountShare)command.Details!;
        if (!_room!.Members.TryGetValue(share.UserId, out RoomMember? member))
            return Refusals.NotAMember;
        bool isMember = account.Members.TryGetValue(share.UserId, out AccountMember? known);
        if (isMember && known!.Role == AccountRole.Owner)
            return Refusals.OwnerStays;
        if (share.Role is not (AccountRole.Trader or AccountRole.Manager))
            return Refusals.InvalidField("role must be TRADER or MANAGER.");
        if (!isMember && account.Members.Count >= Limits.MaxAccountMembers)
            return Refusals.AccountMembersLimit;

        if (isMember)
            known!.Role = share.Role;
        else
            AddAccountMember(account, member.User, share.Role);
        EmitAccountMembers(account, share.UserId, share.Role, isAnswer: true);
        if (!isMember)
            EmitRights(member);
        return Refusal.None;
    }

    private Refusal RemoveAccountMember(in Command command)
    {
        Account account = _account!;
        var share = (AccountShare)command.Details!;
        if (share.UserId != command.UserId)
        {
            if (!_member!.MayTrade)
                return Refusals.Spectator;
            if (account.Members[command.UserId].Role < AccountRole.Manager)
                return Refusals.NotAManager;
        }
        if (!account.Members.TryGetValue(share.UserId, out AccountMember? member))
            return Refusals.NotAnAccountMember;
        if (member.Role == AccountRole.Owner)
            return Refusals.OwnerStays;
        RemoveMember(account, member.User, isAnswer: true);
        EmitRights(member.InRoom);
        return Refusal.None;
    }

    private void RemoveMember(Account account, User user, bool isAnswer = false)
    {
        account.RemoveMember(user.Info.UserId);
        user.Accounts.Remove(account);
        EmitAccountMembers(account, user.Info.UserId, role: null, isAnswer);
        CancelIfNoTrader(account);
    }

    /// <summary>Orders that nobody could cancel any more do not stay.</summary>
    private void CancelIfNoTrader(Account account)
    {
        foreach (AccountMember member in account.Members.Values)
        {
            if (member.InRoom.MayTrade)
                return;
        }
        Disarm(account);
        CancelAll(account, OrderReason.NoTrader);
    }

    private void EmitAccountMembers(Account account, long userId, AccountRole? role, bool isAnswer) =>
        _batch.AddRecord(new AccountMembersChanged(account.Id, userId, role, account.MemberInfos), isAnswer);

    private Account AddAccount(AccountInfo info)
    {
        Room room = _rooms[info.RoomId];
        var account = new Account(info, room);
        _accounts.Add(info.AccountId, account);
        room.Accounts.Add(account);
        room.AccountNames.Add(account, info.Name);
        room.Directory = null;
        return account;
    }

    private static void AddAccountMember(Account account, User user, AccountRole role)
    {
        // Who owns an account in a room they were taken out of stands nowhere in it.
        RoomMember inRoom = user.Rooms.GetValueOrDefault(account.Room.Info.RoomId) ?? new RoomMember(user, account.Room, 0);
        account.SetMember(new AccountMember(user, inRoom, role));
        int at = user.Accounts.FindIndex(a => a.Id > account.Id);
        user.Accounts.Insert(at < 0 ? user.Accounts.Count : at, account);
    }

    private Refusal ActAs()
    {
        _batch.AddRecord(new ActingAs(_account!.Id), isAnswer: true);
        return Refusal.None;
    }

    private Refusal SetElevated(in Command command)
    {
        if (command.Elevated && _member!.Role != Role.Admin)
            return Refusals.NotAnAdmin;
        _batch.AddRecord(new ElevationSet(command.Elevated), isAnswer: true);
        return Refusal.None;
    }
}
