namespace Exchange.Auth;

/// <summary>Token buckets by key: a number of tries at once, then one more each time an interval has passed. Thread-safe.</summary>
internal sealed class Buckets
{
    private readonly int _burst;
    private readonly long _each;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();

    // For each key, the timestamp at which its bucket will be full again.
    private readonly Sweeping<long> _fullAt;

    public Buckets(int burst, TimeSpan each, TimeProvider time)
    {
        (_burst, _time) = (burst, time);
        _each = Math.Max(1, (long)(each.TotalSeconds * time.TimestampFrequency));
        _fullAt = new(fullAt => fullAt <= time.GetTimestamp());
    }

    /// <summary>A burst of as many as there are in a minute.</summary>
    public static Buckets PerMinute(int times, TimeProvider time) => new(times, TimeSpan.FromMinutes(1) / times, time);

    /// <summary>Null when there is one to take, else how long until there is.</summary>
    public TimeSpan? Wait(string key)
    {
        lock (_lock)
        {
            if (!_fullAt.TryGet(key, out long fullAt))
                return null;
            long wait = fullAt - _time.GetTimestamp() - ((_burst - 1) * _each);
            return wait > 0 ? TimeSpan.FromSeconds((double)wait / _time.TimestampFrequency) : null;
        }
    }

    /// <summary>Takes one, there or not.</summary>
    public void Take(string key)
    {
        lock (_lock)
            _fullAt.Set(key, (_fullAt.TryGet(key, out long fullAt) ? fullAt : _time.GetTimestamp()) + _each);
    }

    /// <summary>Takes one if it is there: null. Else how long until it is.</summary>
    public TimeSpan? TryTake(string key)
    {
        lock (_lock)
        {
            if (Wait(key) is { } wait)
                return wait;
            Take(key);
            return null;
        }
    }
}
