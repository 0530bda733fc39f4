using Exchange.Markets;

namespace Exchange.Hosting;

/// <summary>
/// The wall clock and the one that only goes forward, read together. Small steps back of the wall clock, as clocks are corrected, are waited
/// out; when it was set it is followed, and the jump is known.
/// </summary>
/// <remarks>For one thread at a time.</remarks>
public sealed class ExchangeClock
{
    /// <summary>How far the two clocks may differ between two readings, and how far the wall clock may go back without being followed: 1 s.</summary>
    private const long ToleratedUs = 1_000_000;

    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private Moment _last;
    private long _jumpUs;

    public ExchangeClock(TimeProvider time)
    {
        _time = time;
        _startedAt = time.GetTimestamp();
        _last = Read();
    }

    /// <summary>The wall clock was set, or the machine slept, and nobody has taken note of it yet.</summary>
    public bool HasJumped => _jumpUs != 0;

    /// <summary>The source of the readings.</summary>
    internal TimeProvider Time => _time;

    public Moment Now()
    {
        Moment now = Read();
        long passedUs = now.ElapsedUs - _last.ElapsedUs;
        long aheadUs = now.TimeUs - _last.TimeUs - passedUs;
        // Over a long time the two drift apart, by much less than a thousandth.
        if (Math.Abs(aheadUs) > ToleratedUs + (passedUs / 1000))
            _jumpUs += aheadUs;
        else if (now.TimeUs < _last.TimeUs)
            now = now with { TimeUs = _last.TimeUs };
        return _last = now;
    }

    /// <summary>Whether the wall clock jumped since this was last asked.</summary>
    /// <param name="byUs">How far; negative: back.</param>
    public bool TakeJump(out long byUs)
    {
        byUs = _jumpUs;
        _jumpUs = 0;
        return byUs != 0;
    }

    // A clock before 1970 is as wrong as one that stands there.
    private Moment Read() => new(
        Math.Max(0, (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10), _time.GetElapsedTime(_startedAt).Ticks / 10);
}
