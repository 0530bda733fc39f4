using System.Diagnostics.CodeAnalysis;

namespace Exchange.Markets;

/// <summary>What has ids that are handed out one after the other from 1: an id is its place in an array.</summary>
internal sealed class ById<T> where T : class
{
    private T?[] _items = new T?[16];

    public int Count { get; private set; }

    /// <summary>All there are, in the order of their ids.</summary>
    public IEnumerable<T> Values => _items.OfType<T>();

    /// <exception cref="KeyNotFoundException">There is none of that id.</exception>
    public T this[long id] => TryGetValue(id, out T? item) ? item : throw new KeyNotFoundException($"There is no {typeof(T).Name} {id}.");

    public bool TryGetValue(long id, [NotNullWhen(true)] out T? item)
    {
        T?[] items = _items;
        item = (ulong)id < (ulong)items.Length ? items[id] : null;
        return item is not null;
    }

    public T? GetValueOrDefault(long id) => TryGetValue(id, out T? item) ? item : null;

    public void Add(long id, T item)
    {
        if (id >= _items.Length)
            Array.Resize(ref _items, (int)Math.Max(id + 1, _items.Length * 2L));
        if (_items[id] is not null)
            throw new InvalidOperationException($"There is a {typeof(T).Name} {id} already.");
        _items[id] = item;
        Count++;
    }

    /// <summary>Takes one out; nothing gets its id again.</summary>
    public void Remove(long id)
    {
        if (!TryGetValue(id, out _))
            return;
        _items[id] = null;
        Count--;
    }
}
