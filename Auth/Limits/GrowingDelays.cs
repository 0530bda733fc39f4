namespace Exchange.Auth;

/// <summary>Delays by key: some failures are free, and each further one doubles the wait before the next try. Thread-safe.</summary>
/// <param name="free">Failures without a wait.</param>
/// <param name="first">The wait after the first that is not free.</param>
/// <param name="most">The longest wait.</param>
/// <param name="forgottenAfter">After this time without a failure, all failures are forgotten. It is longer than the longest wait.</param>
/// <param name="time">The clock for the waits.</param>
internal sealed class GrowingDelays(int free, TimeSpan first, TimeSpan most, TimeSpan forgottenAfter, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Sweeping<Failures> _failures = new(f => time.GetElapsedTime(f.LastAt) >= forgottenAfter);

    private readonly record struct Failures(int Count, long LastAt);

    /// <summary>Null when it may be tried, else how long to wait.</summary>
    public TimeSpan? Wait(string key)
    {
        lock (_lock)
        {
            if (!_failures.TryGet(key, out Failures failures) || failures.Count <= free)
                return null;
            TimeSpan wait = Delay(failures.Count - free) - time.GetElapsedTime(failures.LastAt);
            return wait > TimeSpan.Zero ? wait : null;
        }
    }

    /// <summary>Whether there is any failure that is not forgotten.</summary>
    public bool Any(string key)
    {
        lock (_lock)
            return _failures.TryGet(key, out _);
    }

    /// <summary>Counts a failure.</summary>
    public void Count(string key)
    {
        lock (_lock)
            _failures.Set(key, new Failures((_failures.TryGet(key, out Failures before) ? before.Count : 0) + 1, time.GetTimestamp()));
    }

    /// <summary>Takes back the last failure: it was not one.</summary>
    public void TakeBack(string key)
    {
        lock (_lock)
        {
            if (!_failures.TryGet(key, out Failures failures))
                return;
            if (failures.Count > 1)
                _failures.Set(key, failures with { Count = failures.Count - 1 });
            else
                _failures.Remove(key);
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear(string key)
    {
        lock (_lock)
            _failures.Remove(key);
    }

    private TimeSpan Delay(int counted)
    {
        double times = Math.Pow(2, Math.Min(counted - 1, 40));
        return first * times < most ? first * times : most;
    }
}
