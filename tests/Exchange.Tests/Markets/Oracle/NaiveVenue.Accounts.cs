using Exchange.Markets;

namespace Exchange.Tests.Markets;

// Accounts opened and shared.
internal sealed partial class NaiveVenue
{
    private NaiveAnswer OpenAccount(NewAccount terms)
    {
        if (!IsName(terms.Name, 1, 80) || IsExchanges(terms.Name))
            return RefusalCode.InvalidField;
        if (IsAccountName(terms.Name))
            return RefusalCode.NameTaken;
        if (_next.Accounts.Count(a => a.RoomId == _room!.RoomId && a.OwnerUserId == _user!.UserId && !a.IsPersonal) >= 20)
            return RefusalCode.LimitExceeded;
        Open(new AccountInfo(_next.Accounts.Count + 1, _room!.RoomId, terms.Name, _user!.UserId, _now.TimeUs));
        return NaiveAnswer.Done;
    }

    private bool IsAccountName(string name) => _next.Accounts.Exists(a => a.RoomId == _room!.RoomId && IsSame(a.Name, name));

    private NaiveAnswer RenameAccount(Command command, AccountName terms)
    {
        AccountInfo account = _next.Account(command.AccountId), renamed = account with { Name = terms.Name };
        bool isOther = !account.Name.Equals(terms.Name, StringComparison.OrdinalIgnoreCase);
        if (!IsName(terms.Name, 1, 80) || (isOther && IsExchanges(terms.Name)))
            return RefusalCode.InvalidField;
        if (isOther && _next.Accounts.Exists(a => a != account && a.RoomId == _room!.RoomId && IsSame(a.Name, terms.Name)))
            return RefusalCode.NameTaken;
        NaiveState.Replace(_next.Accounts, account, renamed);
        _next.Told.Add(new AccountChanged(renamed));
        return NaiveAnswer.Done;
    }

    private NaiveAnswer Share(Command command, AccountShare share)
    {
        if (_next.RoleOf(share.UserId, _room!.RoomId) is null)
            return RefusalCode.UserNotFound;
        if (_next.Account(command.AccountId).OwnerUserId == share.UserId)
            return RefusalCode.Forbidden;
        if (share.Role is not (AccountRole.Trader or AccountRole.Manager))
            return RefusalCode.InvalidField;
        if (_next.ShareOf(share.UserId, command.AccountId) is null && _next.SharesOf(command.AccountId).Length >= 100)
            return RefusalCode.LimitExceeded;
        SetShare(command.AccountId, share.UserId, share.Role);
        return NaiveAnswer.Done;
    }

    private NaiveAnswer Unshare(Command command, AccountRemoval share)
    {
        if (_next.ShareOf(share.UserId, command.AccountId) is null)
            return RefusalCode.UserNotFound;
        AccountInfo account = _next.Account(command.AccountId);
        if (account.OwnerUserId == share.UserId)
            return RefusalCode.Forbidden;
        SetShare(command.AccountId, share.UserId, null);
        CancelUntraded([account]);
        return NaiveAnswer.Done;
    }

    private void SetShare(long accountId, long userId, AccountRole? role)
    {
        _next.Shares.RemoveAll(s => s.AccountId == accountId && s.UserId == userId);
        if (role is { } given)
            _next.Shares.Add(new NaiveShare(accountId, userId, given));
        _next.Told.Add(new AccountMembersChanged(accountId, userId, role, _next.SharesOf(accountId)));
    }
}
