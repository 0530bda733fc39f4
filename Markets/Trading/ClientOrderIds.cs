namespace Exchange.Markets;

/// <summary>
/// An account's client order ids: of its live orders and of the last
/// <see cref="Limits.RememberedClientOrderIds"/> that ended, with what became of those.
/// </summary>
internal sealed class ClientOrderIds
{
    private readonly record struct Entry(Order? Live, int Slot);

    private readonly Dictionary<string, Entry> _byId = new(StringComparer.Ordinal);
    private List<OrderState> _ended = [];
    private int _oldest;

    public void AddLive(Order order) => _byId.Add(order.ClientOrderId!, new Entry(order, -1));

    public bool Contains(string id) => _byId.ContainsKey(id);

    public Order? FindLive(string id) => _byId.TryGetValue(id, out Entry entry) ? entry.Live : null;

    public bool TryGetEnded(string id, out OrderState state)
    {
        if (_byId.TryGetValue(id, out Entry entry) && entry.Live is null)
        {
            state = _ended[entry.Slot];
            return true;
        }
        state = default;
        return false;
    }

    /// <summary>An order with a client order id has ended, or ended before the exchange was started.</summary>
    public void AddEnded(in OrderState state)
    {
        int slot = _ended.Count;
        if (slot < Limits.RememberedClientOrderIds)
        {
            _ended.Add(state);
        }
        else
        {
            slot = _oldest;
            _oldest = (_oldest + 1) % _ended.Count;
            _byId.Remove(_ended[slot].ClientOrderId!);
            _ended[slot] = state;
        }
        _byId[state.ClientOrderId!] = new Entry(null, slot);
    }

    /// <summary>Takes in orders read from disk, oldest first, all older than any that ended since the start.</summary>
    public void Remember(ReadOnlySpan<OrderState> older)
    {
        List<OrderState> since = _ended;
        int oldestSince = _oldest;
        _ended = new List<OrderState>(Math.Min(older.Length + since.Count, Limits.RememberedClientOrderIds));
        _oldest = 0;
        foreach (ref readonly OrderState state in older)
        {
            if (!_byId.ContainsKey(state.ClientOrderId!))
                AddEnded(state);
        }
        for (int i = 0; i < since.Count; i++)
            AddEnded(since[(oldestSince + i) % since.Count]);
    }
}
