namespace Exchange.Markets;

/// <summary>Cash that moves between accounts, and how much of it a room may issue.</summary>
internal sealed class Money(VenueState state)
{
    /// <summary>Moves cash and tells both sides. Whether it may is the caller's to know.</summary>
    public TransferInfo Move(CommandContext context, Account from, Account to, Cash amount, string memo, TransferKind kind, bool isAnswer = false)
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
            ++state.LastTransferId, from.Room.Info.RoomId, from.Id, to.Id, amount, memo, context.User?.Info.UserId ?? 0, kind, context.Now.TimeUs);
        Remember(transfer);
        context.Batch.AddRecord(new TransferMade(transfer), isAnswer);
        ChangeTracker.EmitCash(context, from);
        ChangeTracker.EmitCash(context, to);
        return transfer;
    }

    public void Remember(TransferInfo transfer)
    {
        foreach (long id in (ReadOnlySpan<long>)[transfer.FromAccountId, transfer.ToAccountId])
        {
            Account account = state.Accounts[id];
            if (account.IsHouse)
                continue;
            if (account.Transfers.Count == Limits.RecentTransfers)
                account.Transfers.RemoveAt(0);
            account.Transfers.Add(transfer);
        }
    }

    public static string? ProblemOf(Cash amount, string memo) =>
        amount.TenThousandths is < 1 or > Limits.MaxIssued
            ? $"amount must be 0.0001 to {new Cash(Limits.MaxIssued)}."
            : Texts.Problem("memo", memo, 0, Limits.MaxMemoLength, multiline: false);

    /// <summary>An account of the room that money may go to or come from by hand.</summary>
    public bool TryFindAccount(CommandContext context, long accountId, out Account account) =>
        state.Accounts.TryGetValue(accountId, out account!) && account.Room == context.Room && !account.IsHouse;

    /// <summary>What the house has given out, less what it got back.</summary>
    public static Int128 Issued(Room room) => -(Int128)room.House.Cash.TenThousandths;

    /// <summary>What accounts that were forced are short of: others have it, besides what was given out.</summary>
    public static Int128 Owed(Room room)
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
    public static bool MayIssue(Room room, Int128 amount) => Issued(room) + Owed(room) + amount <= Limits.MaxIssued;
}
