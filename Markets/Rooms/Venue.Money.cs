using Exchange.Spelling;

namespace Exchange.Markets;

// Money that moves without a trade.
public sealed partial class Venue
{
    /// <summary>Moves cash and tells both sides. Whether it may is the caller's to know.</summary>
    private TransferInfo Move(Account from, Account to, Cash amount, string memo, TransferKind kind, bool isAnswer = false)
    {
        from.Cash -= amount;
        to.Cash += amount;
        // A fee is a cost of trading: it lowers the profit, as money given away does not.
        if (kind != TransferKind.Fee)
        {
            from.NetDeposits -= amount;
            to.NetDeposits += amount;
        }
        var transfer = new TransferInfo(
            ++_lastTransferId, from.Room.Info.RoomId, from.Id, to.Id, amount, memo, _user?.Info.UserId ?? 0, kind, _now.TimeUs);
        Remember(transfer);
        _batch.AddRecord(new TransferMade(transfer), isAnswer);
        EmitCash(from);
        EmitCash(to);
        return transfer;
    }

    private void Remember(TransferInfo transfer)
    {
        foreach (long id in (ReadOnlySpan<long>)[transfer.FromAccountId, transfer.ToAccountId])
        {
            Account account = _accounts[id];
            if (account.IsHouse)
                continue;
            if (account.Transfers.Count == Limits.RecentTransfers)
                account.Transfers.RemoveAt(0);
            account.Transfers.Add(transfer);
        }
    }

    private static string? ProblemOf(Cash amount, string memo) =>
        amount.TenThousandths is < 1 or > Limits.MaxIssued
            ? $"amount must be 0.0001 to {new Cash(Limits.MaxIssued)}."
            : Texts.Problem("memo", memo, 0, Limits.MaxMemoLength, multiline: false);

    /// <summary>An account of the room that money may go to or come from by hand.</summary>
    private bool TryFindAccount(long accountId, out Account account) =>
        _accounts.TryGetValue(accountId, out account!) && account.Room == _room && !account.IsHouse;

    private Refusal MakeTransfer(in Command command)
    {
        Account from = _account!;
        var terms = (TransferTerms)command.Details!;
        if (!TryFindAccount(terms.ToAccountId, out Account to))
            return Refusals.NoSuchAccount(terms.ToAccountId);
        if (from == to)
            return Refusals.InvalidField("to_account_id is the account that the money comes from.");
        if (ProblemOf(terms.Amount, terms.Memo) is { } problem)
            return Refusals.InvalidField(problem);
        if (from.Available < terms.Amount)
            return Refusals.InsufficientFunds(terms.Amount, from.Available);
        Move(from, to, terms.Amount, terms.Memo, TransferKind.Transfer, isAnswer: true);
        return Refusal.None;
    }

    private Refusal Grant(in Command command)
    {
        Room room = _room!;
        var terms = (GrantTerms)command.Details!;
        var accounts = new List<Account>();
        foreach (long id in terms.AccountIds)
        {
            if (!TryFindAccount(id, out Account account))
                return Refusals.NoSuchAccount(id);
            accounts.Add(account);
        }
        if (terms.EveryMember == terms.AccountIds.Count > 0)
            return Refusals.InvalidField("Give either account_ids or every_member.");
        if (terms.AccountIds.Count > Limits.MaxNamedAccounts || terms.AccountIds.Distinct().Count() < terms.AccountIds.Count)
            return Refusals.InvalidField($"account_ids may name up to {Limits.MaxNamedAccounts:#,0} accounts, each once.");
        bool takes = terms.Amount < Cash.Zero;
        if (terms.Amount.TenThousandths == long.MinValue || ProblemOf(takes ? -terms.Amount : terms.Amount, terms.Memo) is not null)
            return Refusals.InvalidField(ProblemOf(new Cash(1), terms.Memo) ?? $"amount must not be 0, and at most {new Cash(Limits.MaxIssued)} either way.");

        if (terms.EveryMember)
            accounts.AddRange(room.Accounts.Where(a => a.Info.IsPersonal && room.Members.ContainsKey(a.Info.OwnerUserId)));

        Cash amount = takes ? -terms.Amount : terms.Amount;
        if (takes ? terms.Force && !MayForce(room, accounts, amount) : !MayIssue(room, (Int128)amount.TenThousandths * accounts.Count))
            return Refusals.IssuedLimit;
        if (takes && !terms.Force && accounts.Find(a => a.Available < amount) is { } poor)
            return Refusals.ClawBackFunds(poor.Id, amount, poor.Available);

        foreach (Account account in accounts)
        {
            Move(takes ? account : room.House, takes ? room.House : account, amount, terms.Memo, TransferKind.Grant);
            if (account.Available < Cash.Zero && !account.InDeficit)
                SetDeficit(account, true);
        }
        _batch.AddRecord(new Granted(accounts.Count), isAnswer: true);
        return Refusal.None;
    }

    /// <summary>What the house has given out, less what it got back.</summary>
    private static Int128 Issued(Room room) => -(Int128)room.House.Cash.TenThousandths;

    /// <summary>What accounts that were forced are short of: others have it, besides what was given out.</summary>
    private static Int128 Owed(Room room)
    {
        Int128 owed = 0;
        foreach (Account account in room.Accounts)
        {
            if (!account.IsHouse && account.Available < Cash.Zero)
                owed -= account.Available.TenThousandths;
        }
        return owed;
    }

    /// <summary>Whether the house may give this much more: all that accounts have together stays countable.</summary>
    private static bool MayIssue(Room room, Int128 amount) => Issued(room) + Owed(room) + amount <= Limits.MaxIssued;

    /// <summary>Whether this much may be taken from each, whatever they have: what is owed stays countable.</summary>
    private static bool MayForce(Room room, List<Account> accounts, Cash amount)
    {
        Int128 owed = Owed(room);
        foreach (Account account in accounts)
        {
            Int128 available = account.Available.TenThousandths;
            owed += Int128.Max(0, amount.TenThousandths - available) - Int128.Max(0, -available);
        }
        return owed <= Limits.MaxIssued;
    }

    private Refusal CreateCode(in Command command)
    {
        Room room = _room!;
        var terms = (CodeTerms)command.Details!;
        string text = Codes.Normalize(terms.Code);
        if ((Codes.Problem("code", text) ?? ProblemOf(terms.Amount, memo: "")) is { } problem)
            return Refusals.InvalidField(problem);
        if (terms.Uses is < 1 or > Limits.MaxCodeUses)
            return Refusals.InvalidField($"uses must be 1 to {Limits.MaxCodeUses:#,0}.");
        if (terms.ExpiresTimeUs != 0 && Times.Problem("expires_time_us", terms.ExpiresTimeUs, _now.TimeUs) is { } wrong)
            return Refusals.InvalidField($"{wrong} 0 is for never.");
        if (room.Codes.ContainsKey(text))
            return Refusals.CodeTaken;
        if (room.Codes.Values.Count(IsUsable) >= Limits.MaxCodes)
            return Refusals.CodesLimit;

        var code = new Code(new CodeInfo(
            ++_lastCodeId, room.Info.RoomId, text, terms.Amount, (int)terms.Uses, 0, terms.ExpiresTimeUs, IsRevoked: false, _now.TimeUs));
        room.Codes.Add(text, code);
        _batch.AddRecord(new CodeChanged(code.Info, IsNew: true), isAnswer: true);
        return Refusal.None;
    }

    private Refusal RevokeCode(in Command command)
    {
        if (!_room!.Codes.TryGetValue(Codes.Normalize(((CodeName)command.Details!).Code), out Code? code))
            return Refusals.CodeNotFound;
        code.Info = code.Info with { IsRevoked = true };
        _batch.AddRecord(new CodeChanged(code.Info, IsNew: false), isAnswer: true);
        return Refusal.None;
    }

    private Refusal ClaimCode(in Command command)
    {
        Room room = _room!;
        string text = Codes.Normalize(((CodeName)command.Details!).Code);
        if (!room.Codes.TryGetValue(text, out Code? code) || !IsUsable(code) || code.UsedBy.Contains(command.UserId))
            return Refusals.CodeNotFound;
        if (!MayIssue(room, code.Info.Amount.TenThousandths))
            return Refusals.IssuedLimit;
        code.UsedBy.Add(command.UserId);
        code.Info = code.Info with { Used = code.Info.Used + 1 };
        TransferInfo transfer = Move(room.House, _account!, code.Info.Amount, $"Code {text}", TransferKind.Code, isAnswer: true);
        _batch.AddRecord(new CodeChanged(code.Info, IsNew: false), isAnswer: false);
        _batch.AddRecord(new CodeClaimed(code.Info.CodeId, command.UserId, _account!.Id, transfer.TransferId), isAnswer: false);
        return Refusal.None;
    }

    private bool IsUsable(Code code) => !code.Info.IsRevoked && code.Info.Used < code.Info.Uses
        && (code.Info.ExpiresTimeUs == 0 || code.Info.ExpiresTimeUs > _now.TimeUs);

    private Refusal GetCodes()
    {
        _batch.AddRecord(
            new CodeList([.. _room!.Codes.Values.Where(IsUsable).Select(c => c.Info).OrderBy(c => c.CodeId)]), isAnswer: true);
        return Refusal.None;
    }
}
