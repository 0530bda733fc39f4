namespace Exchange.Protocol;

/// <summary>
/// Counts values by their size, as a histogram of Prometheus. Adding a value allocates nothing and takes no lock.
/// </summary>
/// <param name="bounds">The largest value of each bucket, rising; what is larger is counted in one more.</param>
/// <param name="unit">The reported unit, in the unit of the added values: 1,000,000 if microseconds are reported as seconds.</param>
public sealed class Histogram(long[] bounds, double unit)
{
    /// <summary>From 50 µs to 10 s, in microseconds.</summary>
    private static readonly long[] s_times =
        [50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 10_000_000];

    private readonly long[] _counts = new long[bounds.Length + 1];
    private long _sum;

    /// <summary>A histogram of times, which are added in microseconds and reported in seconds.</summary>
    public static Histogram OfTimes() => new(s_times, 1e6);

    /// <summary>A histogram of counts, with powers of two up to 4,096 as bounds.</summary>
    public static Histogram OfCounts() => new([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096], 1);

    /// <summary>Adds one value; below 0 counts as 0.</summary>
    public void Add(long value)
    {
        value = Math.Max(0, value);
        int bucket = 0;
        while (bucket < bounds.Length && value > bounds[bucket])
            bucket++;
        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Add(ref _sum, value);
    }

    /// <summary>Adds a time that has passed.</summary>
    public void Add(TimeSpan took) => Add(took.Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>The count of values up to each bound (the last has none), and the sum of all values, in the reported unit.</summary>
    public (IReadOnlyList<(double UpTo, long Count)> Buckets, double Sum) Read()
    {
        var buckets = new (double, long)[_counts.Length];
        long count = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            count += Interlocked.Read(ref _counts[i]);
            buckets[i] = (i < bounds.Length ? bounds[i] / unit : double.PositiveInfinity, count);
        }
        return (buckets, Interlocked.Read(ref _sum) / unit);
    }
}
