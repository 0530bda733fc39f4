using Exchange.Benchmarks.Load;

namespace Exchange.Benchmarks.Rows;

/// <summary>From starting the published executable to its first "ready": on an empty directory, and on years of history.</summary>
internal static class Row10Start
{
    public static void Run(Report report, Options options)
    {
        Native.SleepExactly();
        int starts = options.Brief ? 3 : 20;
        string empty = Temporary.NewDirectory("start");
        Measure(report, options, starts, "empty", empty, targetMs: 60);
        Temporary.Delete(empty);

        HistorySize size = options.Brief ? new(1_000, 20_000) : new(100_000, 5_000_000);
        string full = History.Prepare(report, size, verify: options.Brief);
        Measure(report, options, starts, size.ToString(), full, targetMs: 250);
    }

    private static void Measure(Report report, Options options, int starts, string what, string data, double targetMs)
    {
        var times = new Latencies(starts);
        // The first start makes what is missing, and brings the file into the page cache.
        StartProbe.Measure(options.Executable, data);
        for (int i = 0; i < starts; i++)
            times.Add(StartProbe.Measure(options.Executable, data));
        double median = times.Ms(0.5);
        var measurement = new Measurement(
            "10", $"start, exec → /readyz 200, {what}",
            $"min {times.Ms(0):0.0}, p50 {median:0.0}, p95 {times.Ms(0.95):0.0}, worst {times.Ms(1):0.0} ms ({starts} starts)",
            $"≤ {targetMs:0} ms", options.Brief ? null : median <= targetMs);
        times.CopyTo(measurement.Numbers);
        report.Add(measurement);
    }
}
