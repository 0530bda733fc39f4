using Exchange.Markets;

namespace Exchange.Tests.Markets;

// Money that moves without a trade.
internal sealed partial class NaiveVenue
{
    private NaiveAnswer MakeTransfer(Command command, TransferTerms terms)
    {
        if (!IsAccountOfRoom(terms.ToAccountId))
            return RefusalCode.AccountNotFound;
        Int128 amount = terms.Amount.TenThousandths;
        if (terms.ToAccountId == command.AccountId || amount < 1 || amount > s_maxIssued || !IsText(terms.Memo, 0, 200))
            return RefusalCode.InvalidField;
        if (_next.Available(command.AccountId) is var available && available < amount)
            return NaiveAnswer.Short(amount, available);
        _next.Transfer(_room!.RoomId, command.AccountId, terms.ToAccountId, amount, terms.Memo, command.UserId, TransferKind.Transfer, _now.TimeUs);
        return NaiveAnswer.Done;
    }

    private NaiveAnswer Grant(GrantTerms terms)
    {
        if (!terms.AccountIds.All(IsAccountOfRoom))
            return RefusalCode.AccountNotFound;
        Int128 amount = terms.Amount.TenThousandths;
        if (terms.EveryMember == terms.AccountIds.Count > 0 || !AreDistinct(terms.AccountIds) || amount == 0 || Int128.Abs(amount) > s_maxIssued
            || !IsText(terms.Memo, 0, 200))
        {
            return RefusalCode.InvalidField;
        }
        List<long> accounts = [.. terms.AccountIds];
        if (terms.EveryMember)
        {
            accounts =
            [
                .. _next.Accounts.Where(a => a.IsPersonal && a.RoomId == _room!.RoomId && _next.RoleOf(a.OwnerUserId, a.RoomId) is not null)
                    .Select(a => a.AccountId),
            ];
        }
        long house = _room!.HouseAccountId;
        foreach (long accountId in accounts)
        {
            if (amount < 0 && !terms.Force && _next.Available(accountId) is var available && available < -amount)
                return NaiveAnswer.Short(-amount, available);
        }
        foreach (long accountId in accounts)
        {
            (long from, long to) = amount > 0 ? (house, accountId) : (accountId, house);
            _next.Transfer(_room.RoomId, from, to, Int128.Abs(amount), terms.Memo, _user!.UserId, TransferKind.Grant, _now.TimeUs);
            if (amount < 0)
                ForceIfShort(accountId);
        }
        if (Owed(_room.RoomId) > s_maxIssued || (amount > 0 && Most(_room.RoomId) > s_maxIssued))
            return RefusalCode.LimitExceeded;
        _next.Told.Add(new Granted(accounts.Count));
        return NaiveAnswer.Done;
    }

    /// <summary>What accounts that were forced are short of.</summary>
    private Int128 Owed(long roomId) =>
        _next.Accounts.Where(a => a.RoomId == roomId && !a.IsHouse)
            .Aggregate(Int128.Zero, (sum, a) => sum + Int128.Max(0, -_next.Available(a.AccountId)));

    /// <summary>All that those who are not short can have: what was given out, and what the others owe.</summary>
    private Int128 Most(long roomId) => Owed(roomId) - _next.Cash[_next.House(roomId).AccountId];

    private NaiveAnswer CreateCode(CodeTerms terms)
    {
        string code = Normalized(terms.Code);
        if (!IsCode(code) || terms.Amount.TenThousandths < 1 || terms.Amount.TenThousandths > s_maxIssued || terms.Uses is < 1 or > 1_000_000
            || (terms.ExpiresTimeUs != 0 && (terms.ExpiresTimeUs <= _now.TimeUs || IsAbsurd(terms.ExpiresTimeUs))))
        {
            return RefusalCode.InvalidField;
        }
        if (_next.Codes.Exists(c => c.RoomId == _room!.RoomId && c.Code == code))
            return RefusalCode.NameTaken;
        if (_next.Codes.Count(c => c.RoomId == _room!.RoomId && IsUsable(c)) >= 1_000)
            return RefusalCode.LimitExceeded;
        var made = new CodeInfo(
            _next.Codes.Count + 1, _room!.RoomId, code, terms.Amount, (int)terms.Uses, 0, terms.ExpiresTimeUs, IsRevoked: false, _now.TimeUs);
        _next.Codes.Add(made);
        _next.Told.Add(new CodeChanged(made, IsNew: true));
        return NaiveAnswer.Done;
    }

    private bool IsUsable(CodeInfo code) =>
        !code.IsRevoked && code.Used < code.Uses && (code.ExpiresTimeUs == 0 || code.ExpiresTimeUs > _now.TimeUs);

    private NaiveAnswer RevokeCode(CodeRevocation name)
    {
        if (_next.Codes.FirstOrDefault(c => c.RoomId == _room!.RoomId && c.Code == Normalized(name.Code)) is not { } code)
            return RefusalCode.CodeNotFound;
        CodeInfo revoked = code with { IsRevoked = true };
        NaiveState.Replace(_next.Codes, code, revoked);
        _next.Told.Add(new CodeChanged(revoked, IsNew: false));
        return NaiveAnswer.Done;
    }

    private NaiveAnswer ClaimCode(Command command, CodeClaim name)
    {
        CodeInfo? code = _next.Codes.FirstOrDefault(c => c.RoomId == _room!.RoomId && c.Code == Normalized(name.Code));
        if (code is null || !IsUsable(code) || _next.Claims.Contains((code.CodeId, command.UserId)))
            return RefusalCode.CodeNotFound;
        Int128 amount = code.Amount.TenThousandths;
        long house = _room!.HouseAccountId;
        if (Most(_room.RoomId) + amount > s_maxIssued)
            return RefusalCode.LimitExceeded;
        CodeInfo used = code with { Used = code.Used + 1 };
        NaiveState.Replace(_next.Codes, code, used);
        _next.Claims.Add((code.CodeId, command.UserId));
        _next.Told.Add(new CodeChanged(used, IsNew: false));
        TransferInfo transfer = _next.Transfer(
            _room.RoomId, house, command.AccountId, amount, $"Code {code.Code}", command.UserId, TransferKind.Code, _now.TimeUs);
        _next.Told.Add(new CodeClaimed(code.CodeId, command.UserId, command.AccountId, transfer.TransferId));
        return NaiveAnswer.Done;
    }
}
