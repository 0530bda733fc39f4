namespace Exchange.Tests.Hosting;

/// <summary>Two clocks that move when told to: time passes on both, and the one on the wall can also be set.</summary>
internal sealed class SettableTime : TimeProvider
{
    private long _wall = new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero).Ticks, _passed = 7_777_777;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _wall), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _passed);

    /// <summary>Microseconds since 1970 by the wall clock.</summary>
    public long NowUs => (GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;

    public void Pass(double seconds)
    {
        Set(seconds);
        Interlocked.Add(ref _passed, Ticks(seconds));
    }

    /// <summary>Sets the wall clock forward, or back.</summary>
    public void Set(double bySeconds) => Interlocked.Add(ref _wall, Ticks(bySeconds));

    private static long Ticks(double seconds) => (long)Math.Round(seconds * TimeSpan.TicksPerSecond);
}
