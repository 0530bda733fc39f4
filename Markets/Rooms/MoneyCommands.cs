namespace Exchange.Markets;

/// <summary>Transfers and grants.</summary>
internal sealed class MoneyCommands(Money money)
{
    public Refusal MakeTransfer(CommandContext context, TransferTerms terms)
    {
        Account from = context.Account!;
        if (!money.TryFindAccount(context, terms.ToAccountId, out Account to))
            return Refusals.NoSuchAccount(terms.ToAccountId);
        if (from == to)
            return Refusals.InvalidField("to_account_id is the account that the money comes from.");
        if (Money.ProblemOf(terms.Amount, terms.Memo) is { } problem)
            return Refusals.InvalidField(problem);
        if (from.Available < terms.Amount)
            return Refusals.InsufficientFunds(terms.Amount, from.Available);
        money.Move(context, from, to, terms.Amount, terms.Memo, TransferKind.Transfer, isAnswer: true);
        return Refusal.None;
    }

    public Refusal Grant(CommandContext context, GrantTerms terms)
    {
        Room room = context.Room!;
        var accounts = new List<Account>();
        foreach (long id in terms.AccountIds)
        {
            if (!money.TryFindAccount(context, id, out Account account))
                return Refusals.NoSuchAccount(id);
            accounts.Add(account);
        }
        if (terms.EveryMember == terms.AccountIds.Count > 0)
            return Refusals.InvalidField("Give either account_ids or every_member.");
        if (terms.AccountIds.Count > Limits.MaxNamedAccounts || terms.AccountIds.Distinct().Count() < terms.AccountIds.Count)
            return Refusals.InvalidField($"account_ids may name up to {Limits.MaxNamedAccounts:#,0} accounts, each once.");
        bool takes = terms.Amount < Cash.Zero;
        if (terms.Amount.TenThousandths == long.MinValue || Money.ProblemOf(takes ? -terms.Amount : terms.Amount, terms.Memo) is not null)
            return Refusals.InvalidField(Money.ProblemOf(new Cash(1), terms.Memo) ?? $"amount must not be 0, and at most {new Cash(Limits.MaxIssued)} either way.");

        if (terms.EveryMember)
            accounts.AddRange(room.Accounts.Where(a => a.Info.IsPersonal && room.Members.ContainsKey(a.Info.OwnerUserId)));

        Cash amount = takes ? -terms.Amount : terms.Amount;
        if (takes ? terms.Force && !MayForce(room, accounts, amount) : !Money.MayIssue(room, (Int128)amount.TenThousandths * accounts.Count))
            return Refusals.IssuedLimit;
        if (takes && !terms.Force && accounts.Find(a => a.Available < amount) is { } poor)
            return Refusals.ClawBackFunds(poor.Id, amount, poor.Available);

        foreach (Account account in accounts)
        {
            money.Move(context, takes ? account : room.House, takes ? room.House : account, amount, terms.Memo, TransferKind.Grant);
            if (account.Available < Cash.Zero && !account.InDeficit)
                ChangeTracker.SetDeficit(context, account, true);
        }
        context.Batch.AddRecord(new Granted(accounts.Count), isAnswer: true);
        return Refusal.None;
    }

    /// <summary>Whether this much may be taken from each, whatever they have: what is owed stays countable.</summary>
    private static bool MayForce(Room room, List<Account> accounts, Cash amount)
    {
        Int128 owed = Money.Owed(room);
        foreach (Account account in accounts)
        {
            Int128 available = account.Available.TenThousandths;
            owed += Int128.Max(0, amount.TenThousandths - available) - Int128.Max(0, -available);
        }
        return owed <= Limits.MaxIssued;
    }
}
