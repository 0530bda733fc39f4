using System.Diagnostics.CodeAnalysis;

namespace Exchange.Markets;

/// <summary>What is due at a time: orders that expire, markets that close, dead man's switches.</summary>
internal sealed class Deadlines(VenueState state)
{
    // By when they are due. Entries of orders that ended, or of switches set anew, stay until they come up: what is due is
    // looked at again then. Rebuilt when most of it is such.
    // A user gives an order's expiry and a market's closing as times, so the wall clock is what brings them; all else here is a duration.
    private readonly PriorityQueue<long, (long TimeUs, long Id)> _expiries = new();
    private readonly PriorityQueue<long, (long TimeUs, long Id)> _closings = new();
    private readonly PriorityQueue<long, (long DueUs, long Id)> _cancelAfters = new();
    private int _expiringOrders;

    /// <summary>How long until <see cref="CommandKind.Tick"/> is due, microseconds; not positive: now; <see cref="long.MaxValue"/>: not at all.</summary>
    public long UntilTickUs(Moment now) => Math.Min(
        Math.Min(
            _expiries.TryPeek(out _, out var order) ? order.TimeUs - now.TimeUs : long.MaxValue,
            _closings.TryPeek(out _, out var market) ? market.TimeUs - now.TimeUs : long.MaxValue),
        _cancelAfters.TryPeek(out _, out var account) ? account.DueUs - now.ElapsedUs : long.MaxValue);

    /// <summary>An order that was to expire has ended.</summary>
    public void ForgetExpiry() => _expiringOrders--;

    public void AwaitExpiry(Order order)
    {
        _expiringOrders++;
        _expiries.Enqueue(order.Id, (order.ExpiresTimeUs, order.Id));
        if (_expiries.Count <= 2 * _expiringOrders + 1024)
            return;
        _expiries.Clear();
        foreach (Order live in state.Orders.Values)
        {
            if (live.ExpiresTimeUs != 0)
                _expiries.Enqueue(live.Id, (live.ExpiresTimeUs, live.Id));
        }
    }

    private void AwaitCancelAfter(Account account)
    {
        _cancelAfters.Enqueue(account.Id, (account.CancelDueUs, account.Id));
        if (_cancelAfters.Count <= 2 * state.Accounts.Count + 1024)
            return;
        _cancelAfters.Clear();
        foreach (Account armed in state.Accounts.Values)
        {
            if (armed.CancelTimeoutUs != 0)
                _cancelAfters.Enqueue(armed.Id, (armed.CancelDueUs, armed.Id));
        }
    }

    /// <summary>The next order whose time to expire has come.</summary>
    public bool TryTakeExpired(Moment now, [NotNullWhen(true)] out Order? order)
    {
        while (_expiries.TryPeek(out long id, out var due) && due.TimeUs <= now.TimeUs)
        {
            _expiries.Dequeue();
            if (state.Orders.TryGetValue(id, out order) && order.ExpiresTimeUs == due.TimeUs)
                return true;
        }
        order = null;
        return false;
    }

    /// <summary>The next account whose dead man's switch goes off.</summary>
    public bool TryTakeSwitch(Moment now, [NotNullWhen(true)] out Account? account)
    {
        while (_cancelAfters.TryPeek(out long id, out var due) && due.DueUs <= now.ElapsedUs)
        {
            _cancelAfters.Dequeue();
            account = state.Accounts[id];
            if (account.CancelTimeoutUs != 0 && account.CancelDueUs == due.DueUs)
                return true;
        }
        account = null;
        return false;
    }

    /// <summary>The next market that is to halt.</summary>
    public bool TryTakeClosing(Moment now, [NotNullWhen(true)] out Market? market)
    {
        while (_closings.TryPeek(out long id, out var due) && due.TimeUs <= now.TimeUs)
        {
            _closings.Dequeue();
            if (state.Markets.TryGetValue(id, out market) && AwaitsClosing(market) && market.Info.CloseTimeUs == due.TimeUs)
                return true;
        }
        market = null;
        return false;
    }

    private static bool AwaitsClosing(Market market) =>
        market.Info.CloseTimeUs != 0 && market.Status is MarketStatus.Open or MarketStatus.CancelOnly;

    public void AwaitClosing(Market market)
    {
        if (!AwaitsClosing(market))
            return;
        _closings.Enqueue(market.Id, (market.Info.CloseTimeUs, market.Id));
        if (_closings.Count <= 2 * state.Markets.Count + 1024)
            return;
        _closings.Clear();
        foreach (Market waiting in state.Markets.Values.Where(AwaitsClosing))
            _closings.Enqueue(waiting.Id, (waiting.Info.CloseTimeUs, waiting.Id));
    }

    /// <param name="timeoutUs">What it was set to; 0 disarms it.</param>
    /// <param name="leftUs">How much of that is left.</param>
    public void Arm(Moment now, Account account, long timeoutUs, long leftUs)
    {
        account.CancelTimeoutUs = timeoutUs;
        account.CancelDueUs = now.ElapsedUs + leftUs;
        account.CancelTimeUs = timeoutUs == 0 ? 0 : now.TimeUs + leftUs;
        if (timeoutUs != 0)
            AwaitCancelAfter(account);
    }

    public static void Disarm(CommandContext context, Account account)
    {
        if (account.CancelTimeoutUs == 0)
            return;
        account.CancelTimeoutUs = account.CancelDueUs = account.CancelTimeUs = 0;
        context.Batch.AddRecord(new CancelAfterSet(account.Id, 0, 0), isAnswer: false);
    }

    /// <summary>An order or a market waits for its time by the wall clock: whoever sleeps until it is due must look at that clock meanwhile.</summary>
    public bool AwaitsWallClock => _expiringOrders > 0 || _closings.Count > 0;
}
