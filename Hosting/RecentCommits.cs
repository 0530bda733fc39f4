using Exchange.Markets;

namespace Exchange.Hosting;

/// <summary>The last batches that were put on disk: how long that took, and how many orders were in them.</summary>
internal sealed class RecentCommits(TimeProvider time)
{
    private const int Capacity = 1024;
    private static readonly TimeSpan s_rateOver = TimeSpan.FromSeconds(10), s_timesOver = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly (long At, TimeSpan Took)[] _commits = new (long, TimeSpan)[Capacity];
    private long _count;

    // The counts of each second.
    private readonly (long Second, int Orders, int Commits)[] _seconds = new (long, int, int)[16];

    /// <summary>Whether a command is about orders.</summary>
    public static bool IsOrder(CommandKind kind) =>
        kind is CommandKind.PlaceOrder or CommandKind.ReplaceOrder or CommandKind.CancelOrder or CommandKind.CancelOrders;

    /// <summary>Counts a batch. Of the writer thread.</summary>
    public void Count(CommitBatch written, TimeSpan took)
    {
        int orders = 0;
        foreach (ref readonly AppliedCommand command in written.Commands)
        {
            if (IsOrder(command.Kind))
                orders++;
        }
        long at = time.GetTimestamp(), second = at / time.TimestampFrequency;
        lock (_lock)
        {
            ref (long Second, int Orders, int Commits) slot = ref _seconds[second % _seconds.Length];
            if (slot.Second != second)
                slot = (second, 0, 0);
            slot.Orders += orders;
            if (!written.Changed)
                return;
            slot.Commits++;
            _commits[_count++ % Capacity] = (at, took);
        }
    }

    /// <summary>The averages per second of the last seconds, and the median and 99th percentile of the commit time.</summary>
    public (double OrdersPerSecond, double CommitsPerSecond, TimeSpan Half, TimeSpan Most) Summarize()
    {
        lock (_lock)
        {
            long now = time.GetTimestamp(), second = now / time.TimestampFrequency;
            // The second that has just begun does not count.
            double seconds = s_rateOver.TotalSeconds;
            double orders = 0, commits = 0;
            foreach ((long at, int ordersIn, int commitsIn) in _seconds)
            {
                if (at >= second || at < second - seconds)
                    continue;
                orders += ordersIn;
                commits += commitsIn;
            }
            TimeSpan[] times =
            [
                .. _commits.Take((int)Math.Min(_count, Capacity)).Where(c => time.GetElapsedTime(c.At, now) <= s_timesOver).Select(c => c.Took).Order(),
            ];
            return (orders / seconds, commits / seconds, At(times, 0.5), At(times, 0.99));
        }
    }

    private static TimeSpan At(TimeSpan[] sorted, double part) =>
        sorted.Length == 0 ? TimeSpan.Zero : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
}
