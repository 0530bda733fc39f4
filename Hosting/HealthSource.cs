using System.Reflection;
using Exchange.Protocol;

namespace Exchange.Hosting;

/// <summary>How the exchange does, for its admins: what `/metrics` counts, and what is left of disk and memory.</summary>
internal sealed class HealthSource(RunningExchange exchange, Settings settings, TimeProvider time) : IHealth
{
    private readonly DateTimeOffset _started = time.GetUtcNow();

    public HealthReport Report()
    {
        PipelineCounts counts = exchange.Pipeline.Counts;
        (double orders, double commits, TimeSpan half, TimeSpan most) = exchange.Pipeline.RecentCommits.Summarize();
        (long free, long size) = Disk();
        string version = typeof(HealthSource).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        return new HealthReport(version.Split('+')[0], (_started - DateTimeOffset.UnixEpoch).Ticks / 10, exchange.Sessions.Count, orders, commits)
        {
            CommitHalf = half,
            CommitMost = most,
            LongestCommit = counts.LongestCommit,
            Waiting = counts.Waiting,
            Overloaded = counts.Overloaded,
            Events = exchange.Outbox.Tail,
            DiskFree = free,
            DiskSize = size,
            DatabaseSize = SizeOf(exchange.DatabasePath),
            LogSize = SizeOf(exchange.DatabasePath + "-wal"),
            Memory = Environment.WorkingSet,
            MemorySize = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            IsReady = exchange.IsReady,
        };
    }

    private (long Free, long Size) Disk()
    {
        try
        {
            var drive = new DriveInfo(Path.GetFullPath(settings.DataDirectory));
            return (drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (0, 0);
        }
    }

    /// <summary>A file's size in bytes; 0: it is not there.</summary>
    public static long SizeOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }
}

/// <summary>Keeps how far users have read, on the one writing connection.</summary>
internal sealed class NoticeMarks(Pipeline pipeline) : INoticeMarks
{
    public async ValueTask<long> MarkAsync(long userId, long roomId, long sequence)
    {
        long read = 0;
        await pipeline.WriteAsync(connection => read = Storage.People.MarkRead(connection, userId, roomId, sequence));
        return read;
    }
}
