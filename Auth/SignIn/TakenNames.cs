using Exchange.Spelling;

namespace Exchange.Auth;

/// <summary>
/// Says which names are taken, with all names that look like them. Older look-alikes stay: this only checks new names.
/// Thread-safe.
/// </summary>
/// <remarks>Read from the store when first asked; from then on every new name comes by here.</remarks>
internal sealed class TakenNames(ICredentialStore credentials)
{
    private readonly Lock _lock = new();
    private HashSet<string>? _keys;

    /// <summary>Takes a name for somebody who is about to have it; false: it, or one that looks like it, is somebody's.</summary>
    public async ValueTask<bool> TryTakeAsync(string name)
    {
        // Two may read at once: until one of them has, nobody new can come to the store.
        HashSet<string>? read = _keys is null ? [.. (await credentials.AllAsync()).SelectMany(c => Names.Keys(c.Name))] : null;
        string[] own = Names.Keys(name);
        lock (_lock)
        {
            _keys ??= read!;
            if (own.Any(_keys.Contains))
                return false;
            _keys.UnionWith(own);
            return true;
        }
    }

    /// <summary>Gives back a name that was taken and did not come to be.</summary>
    public void GiveBack(string name)
    {
        lock (_lock)
            _keys!.ExceptWith(Names.Keys(name));
    }
}
