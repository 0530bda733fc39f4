namespace Exchange.Markets;

// What happens because time passes, or because a connection ends.
public sealed partial class Venue
{
    // By when they are due. Entries of orders that ended, or of switches set anew, stay until they come up: what is due is
    // looked at again then. Rebuilt when most of it is such.
    private readonly PriorityQueue<long, (long DueUs, long Id)> _expiries = new();
    private readonly PriorityQueue<long, (long DueUs, long Id)> _cancelAfters = new();
    private readonly List<long> _due = [];
    private int _expiringOrders;
    private bool _changedSinceSample;
    private long _sampledTimeUs;

    /// <summary>When <see cref="CommandKind.Tick"/> is due, microseconds since 1970; <see cref="long.MaxValue"/>: not at all.</summary>
    public long NextTickUs => Math.Min(
        _expiries.TryPeek(out _, out var order) ? order.DueUs : long.MaxValue,
        _cancelAfters.TryPeek(out _, out var account) ? account.DueUs : long.MaxValue);

    /// <summary>When <see cref="CommandKind.SampleEquity"/> is due. An exchange where nothing happens never wakes for it.</summary>
    public long NextSampleUs => _changedSinceSample ? _sampledTimeUs + Limits.SampleIntervalUs : long.MaxValue;

    /// <summary>When one of the two is due.</summary>
    public long NextDueUs => Math.Min(NextTickUs, NextSampleUs);

    private void AwaitExpiry(Order order)
    {
        _expiringOrders++;
        _expiries.Enqueue(order.Id, (order.ExpiresTimeUs, order.Id));
        if (_expiries.Count <= 2 * _expiringOrders + 1024)
            return;
        _expiries.Clear();
        foreach (Order live in _orders.Values)
        {
            if (live.ExpiresTimeUs != 0)
                _expiries.Enqueue(live.Id, (live.ExpiresTimeUs, live.Id));
        }
    }

    private void AwaitCancelAfter(Account account)
    {
        _cancelAfters.Enqueue(account.Id, (account.CancelTimeUs, account.Id));
        if (_cancelAfters.Count <= 2 * _accounts.Count + 1024)
            return;
        _cancelAfters.Clear();
        foreach (Account armed in _accounts.Values)
        {
            if (armed.CancelTimeUs != 0)
                _cancelAfters.Enqueue(armed.Id, (armed.CancelTimeUs, armed.Id));
        }
    }

    private Refusal Tick(ref bool changed)
    {
        changed = false;
        while (_expiries.TryPeek(out long orderId, out var due) && due.DueUs <= _timeUs)
        {
            _expiries.Dequeue();
            if (!_orders.TryGetValue(orderId, out Order? order) || order.ExpiresTimeUs != due.DueUs)
                continue;
            Cancel(order, OrderReason.Expired, isAnswer: false);
            changed = true;
        }
        while (_cancelAfters.TryPeek(out long accountId, out var due) && due.DueUs <= _timeUs)
        {
            _cancelAfters.Dequeue();
            Account account = _accounts[accountId];
            if (account.CancelTimeUs != due.DueUs)
                continue;
            Disarm(account);
            CancelAll(account, OrderReason.CancelAfter);
            changed = true;
        }
        return Refusal.None;
    }

    private Refusal SetCancelAfter(in Command command)
    {
        long timeoutUs = command.TimeoutUs;
        if (timeoutUs is not 0 and (< Limits.MinCancelAfterUs or > Limits.MaxCancelAfterUs))
            return Refusals.CancelAfterRange;
        long dueUs = timeoutUs == 0 ? 0 : _timeUs + timeoutUs;
        Account account = _account!;
        account.CancelTimeUs = dueUs;
        if (dueUs != 0)
            AwaitCancelAfter(account);
        _batch.AddOther(new CancelAfterSet(account.Id, dueUs), isAnswer: true);
        return Refusal.None;
    }

    private void Disarm(Account account)
    {
        if (account.CancelTimeUs == 0)
            return;
        account.CancelTimeUs = 0;
        _batch.AddOther(new CancelAfterSet(account.Id, 0), isAnswer: false);
    }

    private Refusal Disconnect(in Command command, ref bool changed)
    {
        changed = false;
        int session = command.Origin.Session;
        if (session == 0)
        {
            // Those of connections from before the start.
            _due.Clear();
            _due.AddRange(_orders.Values.Where(o => o.Session < 0).Select(o => o.Id).Order());
            foreach (long id in _due)
                Cancel(_orders[id], OrderReason.Disconnected, isAnswer: false);
            changed = _due.Count > 0;
            return Refusal.None;
        }
        foreach (long accountId in (long[])command.Details!)
        {
            if (!_accounts.TryGetValue(accountId, out Account? account))
                continue;
            foreach (Holding holding in account.Holdings)
            {
                for (Order? order = holding.FirstOrder; order is not null;)
                {
                    Order? next = order.NextOfHolding;
                    if (order.Session == session)
                    {
                        Cancel(order, OrderReason.Disconnected, isAnswer: false);
                        changed = true;
                    }
                    order = next;
                }
            }
        }
        return Refusal.None;
    }

    /// <summary>Cancels all of an account's orders, in halted markets too.</summary>
    private void CancelAll(Account account, OrderReason reason)
    {
        foreach (Holding holding in account.Holdings)
            CancelAll(holding, side: 0, reason);
    }

    private Refusal SampleEquity(ref bool changed)
    {
        _changedSinceSample = false;
        _sampledTimeUs = _timeUs;
        var samples = new List<EquitySample>();
        foreach (Room room in _rooms.Values)
        {
            if (room.Info.IsArchived)
                continue;
            foreach (Account account in room.Accounts)
            {
                if (account.IsHouse)
                    continue;
                Cash equity = account.Equity;
                if (account.SampledEquity == equity)
                    continue;
                account.SampledEquity = equity;
                samples.Add(new EquitySample(account.Id, equity, equity - account.Received));
            }
        }
        changed = samples.Count > 0;
        if (changed)
            _batch.AddOther(new EquitySampled([.. samples]), isAnswer: false);
        return Refusal.None;
    }
}
