namespace Exchange.Protocol;

/// <summary>How the exchange does.</summary>
public interface IHealth
{
    HealthReport Report();
}

/// <summary>See <see cref="V1.Health"/>.</summary>
public sealed record HealthReport(string Version, long StartedTimeUs, int Connections, double OrdersPerSecond, double CommitsPerSecond)
{
    public TimeSpan CommitHalf { get; init; }
    public TimeSpan CommitMost { get; init; }
    public TimeSpan LongestCommit { get; init; }
    public int Waiting { get; init; }
    public long Overloaded { get; init; }
    public long Events { get; init; }
    public long DiskFree { get; init; }
    public long DiskSize { get; init; }
    public long DatabaseSize { get; init; }
    public long LogSize { get; init; }
    public long Memory { get; init; }
    public long MemorySize { get; init; }
    public bool IsReady { get; init; }
}
