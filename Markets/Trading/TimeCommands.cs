namespace Exchange.Markets;

/// <summary>What happens because time passes, or because a connection ends.</summary>
internal sealed class TimeCommands(VenueState state, Deadlines deadlines, MarketCommands markets, OrderExecution execution)
{
    private bool _changedSinceSample;

    /// <summary>By elapsed time; before the first sample, long ago.</summary>
    private long _sampledUs = -Limits.SampleIntervalUs;

    /// <summary>How long until <see cref="CommandKind.SampleEquity"/> is due. An exchange where nothing happens never wakes for it.</summary>
    public long UntilSampleUs(Moment now) =>
        _changedSinceSample ? _sampledUs + Limits.SampleIntervalUs - now.ElapsedUs : long.MaxValue;

    public void NoteChange() => _changedSinceSample = true;

    public Refusal Tick(CommandContext context, ref bool changed)
    {
        changed = false;
        while (deadlines.TryTakeExpired(context.Now, out Order? order))
        {
            execution.Cancel(context, order, OrderReason.Expired, isAnswer: false);
            changed = true;
        }
        while (deadlines.TryTakeSwitch(context.Now, out Account? account))
        {
            Deadlines.Disarm(context, account);
            execution.CancelAll(context, account, OrderReason.CancelAfter);
            changed = true;
        }
        while (deadlines.TryTakeClosing(context.Now, out Market? market))
        {
            markets.SetStatus(context, market, market.Info with { Status = MarketStatus.Halted }, byUserId: 0, isAnswer: false);
            changed = true;
        }
        return Refusal.None;
    }

    public Refusal SetCancelAfter(CommandContext context, in Command command)
    {
        long timeoutUs = command.TimeoutUs;
        if (timeoutUs is not 0 and (< Limits.MinCancelAfterUs or > Limits.MaxCancelAfterUs))
            return Refusals.CancelAfterRange;
        Account account = context.Account!;
        deadlines.Arm(context.Now, account, timeoutUs, timeoutUs);
        context.Batch.AddRecord(new CancelAfterSet(account.Id, account.CancelTimeUs, timeoutUs), isAnswer: true);
        return Refusal.None;
    }

    public Refusal ClockSet(CommandContext context, ref bool changed)
    {
        changed = false;
        foreach (Account account in state.Accounts.Values)
        {
            if (account.CancelTimeoutUs == 0)
                continue;
            account.CancelTimeUs = context.Now.TimeUs + account.CancelDueUs - context.Now.ElapsedUs;
            context.Batch.AddRecord(new CancelAfterSet(account.Id, account.CancelTimeUs, account.CancelTimeoutUs), isAnswer: false);
            changed = true;
        }
        return Refusal.None;
    }

    /// <summary>Cancels the orders that were to end with the connections of before the start.</summary>
    public Refusal DisconnectAll(CommandContext context, ref bool changed)
    {
        long[] left = [.. state.Orders.Values.Where(o => o.Session < 0).Select(o => o.Id).Order()];
        foreach (long id in left)
            execution.Cancel(context, state.Orders[id], OrderReason.Disconnected, isAnswer: false);
        changed = left.Length > 0;
        return Refusal.None;
    }

    /// <summary>Cancels the orders that were to end with a connection.</summary>
    public Refusal Disconnect(CommandContext context, in Command command, Disconnection ended, ref bool changed)
    {
        int session = command.Origin.Session;
        if (session == 0)
            return DisconnectAll(context, ref changed);
        changed = false;
        foreach (long accountId in ended.AccountIds)
        {
            if (!state.Accounts.TryGetValue(accountId, out Account? account))
                continue;
            foreach (Holding holding in account.Holdings)
            {
                for (Order? order = holding.FirstOrder; order is not null;)
                {
                    Order? next = order.NextOfHolding;
                    if (order.Session == session)
                    {
                        execution.Cancel(context, order, OrderReason.Disconnected, isAnswer: false);
                        changed = true;
                    }
                    order = next;
                }
            }
        }
        return Refusal.None;
    }

    public Refusal SampleEquity(CommandContext context, ref bool changed)
    {
        _changedSinceSample = false;
        _sampledUs = context.Now.ElapsedUs;
        var samples = new List<WorthSample>();
        foreach (Room room in state.Rooms.Values)
        {
            if (room.Info.IsArchived)
                continue;
            foreach (Account account in room.Accounts)
            {
                if (account.IsHouse)
                    continue;
                Cash equity = account.Equity, publicEquity = account.PublicEquity;
                bool isPublicNew = account.SampledPublicEquity != publicEquity;
                if (account.SampledEquity == equity && !isPublicNew)
                    continue;
                account.SampledEquity = equity;
                account.SampledPublicEquity = publicEquity;
                samples.Add(new WorthSample(account.Id, equity, equity - account.NetDeposits, isPublicNew ? publicEquity : null));
            }
        }
        changed = samples.Count > 0;
        if (changed)
            context.Batch.AddRecord(new EquitySampled([.. samples]), isAnswer: false);
        return Refusal.None;
    }
}
