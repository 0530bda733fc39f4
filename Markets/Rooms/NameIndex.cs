using Exchange.Spelling;

namespace Exchange.Markets;

/// <summary>Finds what has a name, or one that could be mistaken for it.</summary>
/// <remarks>Names that came when an exchange was loaded are looked at when first asked for, so that a start does not wait for them.</remarks>
internal sealed class NameIndex<T> where T : class
{
    private readonly Dictionary<string, List<T>> _byKey = new(StringComparer.Ordinal);
    private readonly List<(T Item, string Name)> _new = [];

    public void Add(T item, string name) => _new.Add((item, name));

    public void Rename(T item, string before, string after)
    {
        if (before == after)
            return;
        Remove(item, before);
        Add(item, after);
    }

    public void Remove(T item, string name)
    {
        TakeIn();
        foreach (string key in Names.Keys(name))
        {
            List<T> named = _byKey[key];
            named.Remove(item);
            if (named.Count == 0)
                _byKey.Remove(key);
        }
    }

    /// <summary>All whose names are the same or could be mistaken for it, some maybe twice.</summary>
    public IEnumerable<T> Like(string name)
    {
        TakeIn();
        foreach (string key in Names.Keys(name))
        {
            foreach (T item in _byKey.GetValueOrDefault(key, []))
                yield return item;
        }
    }

    private void TakeIn()
    {
        foreach ((T item, string name) in _new)
        {
            foreach (string key in Names.Keys(name))
            {
                if (!_byKey.TryGetValue(key, out List<T>? named))
                    _byKey.Add(key, named = []);
                named.Add(item);
            }
        }
        _new.Clear();
    }
}
