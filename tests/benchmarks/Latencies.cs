using System.Diagnostics;

namespace Exchange.Benchmarks;

/// <summary>Times that were measured, kept whole, so that percentiles are exact up to the worst.</summary>
internal sealed class Latencies(int capacity)
{
    private long[] _ns = new long[capacity];
    private bool _sorted;

    public int Count { get; private set; }

    public void Add(long ns)
    {
        if (Count == _ns.Length)
            Array.Resize(ref _ns, Math.Max(1024, Count * 2));
        _ns[Count++] = ns;
        _sorted = false;
    }

    /// <summary>The smallest time that this part of all did not exceed, milliseconds.</summary>
    public double Ms(double part)
    {
        if (Count == 0)
            return double.NaN;
        if (!_sorted)
            Array.Sort(_ns, 0, Count);
        _sorted = true;
        return _ns[Math.Clamp((int)Math.Ceiling(part * Count) - 1, 0, Count - 1)] / 1e6;
    }

    public string Describe() =>
        $"p50 {Ms(0.5):0.000}, p90 {Ms(0.9):0.000}, p99 {Ms(0.99):0.000}, p99.9 {Ms(0.999):0.000}, worst {Ms(1):0.000} ms ({Count:#,0})";

    public void CopyTo(Dictionary<string, double> numbers, string prefix = "")
    {
        foreach ((string name, double part) in ((string, double)[])
            [("min_ms", 0), ("p50_ms", 0.5), ("p90_ms", 0.9), ("p95_ms", 0.95), ("p99_ms", 0.99), ("p999_ms", 0.999), ("max_ms", 1)])
        {
            numbers[prefix + name] = Ms(part);
        }
        numbers[prefix + "count"] = Count;
    }
}

/// <summary>The monotonic clock, nanoseconds.</summary>
internal static class Clock
{
    private static readonly double s_nsPerTick = 1e9 / Stopwatch.Frequency;

    public static long Ns => (long)(Stopwatch.GetTimestamp() * s_nsPerTick);
}
