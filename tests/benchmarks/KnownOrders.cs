namespace Exchange.Benchmarks;

/// <summary>Live orders as a generator knows them: found by id, or taken at random.</summary>
internal sealed class KnownOrders
{
    private readonly List<KnownOrder> _orders = [];
    private readonly Dictionary<long, int> _indexById = [];

    public int Count => _orders.Count;

    public IEnumerable<KnownOrder> All => _orders;

    public KnownOrder Pick(Random random) => _orders[random.Next(_orders.Count)];

    /// <summary>Takes in how an order now is.</summary>
    public void Update(in KnownOrder order, bool isLive)
    {
        bool known = _indexById.TryGetValue(order.Id, out int index);
        if (isLive && known)
        {
            _orders[index] = order;
        }
        else if (isLive)
        {
            _indexById.Add(order.Id, _orders.Count);
            _orders.Add(order);
        }
        else if (known)
        {
            _indexById.Remove(order.Id);
            KnownOrder last = _orders[^1];
            _orders.RemoveAt(_orders.Count - 1);
            if (index < _orders.Count)
            {
                _orders[index] = last;
                _indexById[last.Id] = index;
            }
        }
    }
}
