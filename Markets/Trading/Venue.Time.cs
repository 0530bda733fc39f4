namespace Exchange.Markets;

// What happens because time passes, or because a connection ends.
public sealed partial class Venue
{
    // By when they are due. Entries of orders that ended, or of switches set anew, stay until they come up: what is due is
    // looked at again then. Rebuilt when most of it is such.
    // A user gives an order's expiry and a market's closing as times, so the wall clock is what brings them; all else here is a duration.
    private readonly PriorityQueue<long, (long TimeUs, long Id)> _expiries = new();
    private readonly PriorityQueue<long, (long TimeUs, long Id)> _closings = new();
    private readonly PriorityQueue<long, (long DueUs, long Id)> _cancelAfters = new();
    private readonly List<long> _due = [];
    private int _expiringOrders;
    private bool _changedSinceSample;

    /// <summary>By elapsed time; before the first sample, long ago.</summary>
    private long _sampledUs = -Limits.SampleIntervalUs;

    /// <summary>How long until <see cref="CommandKind.Tick"/> is due, microseconds; not positive: now; <see cref="long.MaxValue"/>: not at all.</summary>
    public long UntilTickUs(Moment now) => Math.Min(
        Math.Min(
            _expiries.TryPeek(out _, out var order) ? order.TimeUs - now.TimeUs : long.MaxValue,
            _closings.TryPeek(out _, out var market) ? market.TimeUs - now.TimeUs : long.MaxValue),
        _cancelAfters.TryPeek(out _, out var account) ? account.DueUs - now.ElapsedUs : long.MaxValue);

    /// <summary>How long until <see cref="CommandKind.SampleEquity"/> is due. An exchange where nothing happens never wakes for it.</summary>
    public long UntilSampleUs(Moment now) =>
        _changedSinceSample ? _sampledUs + Limits.SampleIntervalUs - now.ElapsedUs : long.MaxValue;

    /// <summary>An order or a market waits for its time by the wall clock: whoever sleeps until it is due must look at that clock meanwhile.</summary>
    public bool AwaitsWallClock => _expiringOrders > 0 || _closings.Count > 0;

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
        _cancelAfters.Enqueue(account.Id, (account.CancelDueUs, account.Id));
        if (_cancelAfters.Count <= 2 * _accounts.Count + 1024)
            return;
        _cancelAfters.Clear();
        foreach (Account armed in _accounts.Values)
        {
            if (armed.CancelTimeoutUs != 0)
                _cancelAfters.Enqueue(armed.Id, (armed.CancelDueUs, armed.Id));
        }
    }

    private Refusal Tick(ref bool changed)
    {
        changed = false;
        while (_expiries.TryPeek(out long orderId, out var due) && due.TimeUs <= _now.TimeUs)
        {
            _expiries.Dequeue();
            if (!_orders.TryGetValue(orderId, out Order? order) || order.ExpiresTimeUs != due.TimeUs)
                continue;
            Cancel(order, OrderReason.Expired, isAnswer: false);
            changed = true;
        }
        while (_cancelAfters.TryPeek(out long accountId, out var due) && due.DueUs <= _now.ElapsedUs)
        {
            _cancelAfters.Dequeue();
            Account account = _accounts[accountId];
            if (account.CancelTimeoutUs == 0 || account.CancelDueUs != due.DueUs)
                continue;
            Disarm(account);
            CancelAll(account, OrderReason.CancelAfter);
            changed = true;
        }
        while (_closings.TryPeek(out long marketId, out var due) && due.TimeUs <= _now.TimeUs)
        {
            _closings.Dequeue();
            if (!_markets.TryGetValue(marketId, out Market? market) || !AwaitsClosing(market) || market.Info.CloseTimeUs != due.TimeUs)
                continue;
            SetStatus(market, market.Info with { Status = MarketStatus.Halted }, byUserId: 0, isAnswer: false);
            changed = true;
        }
        return Refusal.None;
    }

    private static bool AwaitsClosing(Market market) =>
        market.Info.CloseTimeUs != 0 && market.Status is MarketStatus.Open or MarketStatus.CancelOnly;

    private void AwaitClosing(Market market)
    {
        if (!AwaitsClosing(market))
            return;
        _closings.Enqueue(market.Id, (market.Info.CloseTimeUs, market.Id));
        if (_closings.Count <= 2 * _markets.Count + 1024)
            return;
        _closings.Clear();
        foreach (Market waiting in _markets.Values.Where(AwaitsClosing))
            _closings.Enqueue(waiting.Id, (waiting.Info.CloseTimeUs, waiting.Id));
    }

    private Refusal SetCancelAfter(in Command command)
    {
        long timeoutUs = command.TimeoutUs;
        if (timeoutUs is not 0 and (< Limits.MinCancelAfterUs or > Limits.MaxCancelAfterUs))
            return Refusals.CancelAfterRange;
        Account account = _account!;
        Arm(account, timeoutUs, timeoutUs);
        _batch.AddRecord(new CancelAfterSet(account.Id, account.CancelTimeUs, timeoutUs), isAnswer: true);
        return Refusal.None;
    }

    /// <param name="timeoutUs">What it was set to; 0 disarms it.</param>
    /// <param name="leftUs">How much of that is left.</param>
    private void Arm(Account account, long timeoutUs, long leftUs)
    {
        account.CancelTimeoutUs = timeoutUs;
        account.CancelDueUs = _now.ElapsedUs + leftUs;
        account.CancelTimeUs = timeoutUs == 0 ? 0 : _now.TimeUs + leftUs;
        if (timeoutUs != 0)
            AwaitCancelAfter(account);
    }

    private void Disarm(Account account)
    {
        if (account.CancelTimeoutUs == 0)
            return;
        account.CancelTimeoutUs = account.CancelDueUs = account.CancelTimeUs = 0;
        _batch.AddRecord(new CancelAfterSet(account.Id, 0, 0), isAnswer: false);
    }

    private Refusal ClockSet(ref bool changed)
    {
        changed = false;
        foreach (Account account in _accounts.Values)
        {
            if (account.CancelTimeoutUs == 0)
                continue;
            account.CancelTimeUs = _now.TimeUs + account.CancelDueUs - _now.ElapsedUs;
            _batch.AddRecord(new CancelAfterSet(account.Id, account.CancelTimeUs, account.CancelTimeoutUs), isAnswer: false);
            changed = true;
        }
        return Refusal.None;
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
        _sampledUs = _now.ElapsedUs;
        var samples = new List<WorthSample>();
        foreach (Room room in _rooms.Values)
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
            _batch.AddRecord(new EquitySampled([.. samples]), isAnswer: false);
        return Refusal.None;
    }
}
