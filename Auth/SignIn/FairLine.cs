namespace Exchange.Auth;

/// <summary>
/// Does one piece of expensive work at a time. Parties (addresses) are served in turn, so that one party that asks for very much
/// makes the others wait for one piece of its work each, and not for all of it. Thread-safe.
/// </summary>
/// <param name="limit">How many may wait. When they do, the party with the most gives up its last place to one that has fewer.</param>
internal sealed class FairLine(int limit)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Party> _parties = new(StringComparer.Ordinal);
    private readonly LinkedList<Party> _turns = new();
    private bool _isBusy;
    private int _waiting;

    private sealed record Party(string Name, LinkedList<TaskCompletionSource<bool>> Waiting);

    /// <summary>Does the work when its turn has come; gives back <paramref name="refused"/> when there is no place in line.</summary>
    /// <param name="party">The party whose turn it uses.</param>
    /// <param name="work">Done off the caller's thread, which may be one that serves sockets.</param>
    /// <param name="refused">The answer if the work is not done.</param>
    /// <param name="cancellation">Gives up while waiting.</param>
    public async Task<T> RunAsync<T>(string party, Func<T> work, T refused, CancellationToken cancellation)
    {
        if (!await EnterAsync(party, cancellation))
            return refused;
        try
        {
            return await Task.Run(work, CancellationToken.None);
        }
        finally
        {
            Leave();
        }
    }

    private async Task<bool> EnterAsync(string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var place = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (!_isBusy)
                return _isBusy = true;
            Party? party = _parties.GetValueOrDefault(name);
            if (_waiting >= limit && !TakePlaceOfAnother(party?.Waiting.Count ?? 0))
                return false;
            if (party is null)
            {
                _parties.Add(name, party = new Party(name, new()));
                _turns.AddLast(party);
            }
            party.Waiting.AddLast(place);
            _waiting++;
        }
        using CancellationTokenRegistration _ = cancellation.Register(() => GiveUp(name, place, cancellation));
        return await place.Task;
    }

    /// <summary>The last of the longest party goes, if that leaves it with no fewer than the newcomer's then has.</summary>
    private bool TakePlaceOfAnother(int newcomers)
    {
        Party? longest = _turns.MaxBy(p => p.Waiting.Count);
        if (longest is null || longest.Waiting.Count < newcomers + 2)
            return false;
        longest.Waiting.Last!.Value.SetResult(false);
        longest.Waiting.RemoveLast();
        _waiting--;
        return true;
    }

    private void GiveUp(string name, TaskCompletionSource<bool> place, CancellationToken cancellation)
    {
        lock (_lock)
        {
            // Its turn may have come at the same moment.
            if (!_parties.TryGetValue(name, out Party? party) || !party.Waiting.Remove(place))
                return;
            _waiting--;
            if (party.Waiting.Count == 0)
                Drop(party);
            place.SetCanceled(cancellation);
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (_turns.First?.Value is not { } party)
            {
                _isBusy = false;
                return;
            }
            _turns.RemoveFirst();
            TaskCompletionSource<bool> next = party.Waiting.First!.Value;
            party.Waiting.RemoveFirst();
            _waiting--;
            if (party.Waiting.Count > 0)
                _turns.AddLast(party);
            else
                _parties.Remove(party.Name);
            next.SetResult(true);
        }
    }

    private void Drop(Party party)
    {
        _turns.Remove(party);
        _parties.Remove(party.Name);
    }
}
