namespace Exchange.Protocol;

/// <summary>
/// Spaces out what may not come faster than at a rate: so many at once, then each in its turn. Unlike a limit it refuses
/// nothing; whoever is early waits. Safe for many threads.
/// </summary>
/// <param name="perSecond">Turns a second.</param>
/// <param name="burst">Turns at once, after a rest.</param>
internal sealed class Pace(int perSecond, int burst, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _interval = Math.Max(1, time.TimestampFrequency / perSecond);
    private long _nextTurn = long.MinValue;

    /// <summary>Takes the next turn, and says how long it is until then.</summary>
    public TimeSpan Take()
    {
        lock (_lock)
        {
            long now = time.GetTimestamp();
            // A rest saves up turns, but no more than a burst.
            _nextTurn = Math.Max(_nextTurn, now - _interval * (burst - 1));
            long turn = _nextTurn;
            _nextTurn += _interval;
            return turn <= now ? TimeSpan.Zero : time.GetElapsedTime(now, turn);
        }
    }

    /// <summary>Whether all turns are saved up: then it may as well be a new one.</summary>
    public bool IsRested
    {
        get
        {
            lock (_lock)
                return _nextTurn <= time.GetTimestamp() - _interval * (burst - 1);
        }
    }
}
