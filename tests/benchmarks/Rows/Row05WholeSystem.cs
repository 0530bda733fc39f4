using Exchange.Benchmarks.Load;

namespace Exchange.Benchmarks.Rows;

/// <summary>The whole system under load, beside the same made the naive way; and its answers' times at a planned rate.</summary>
internal static class Row05WholeSystem
{
    private const int Bots = 8;
    private const int Live = 400;
    private const int Window = 128;

    public static void Run(Report report, Options options)
    {
        foreach (int listeners in options.Brief ? (int[])[0, 20] : [0, 50, 200])
            Compare(report, options, listeners);
        Planned(report, options);
    }

    private static void Compare(Report report, Options options, int listeners)
    {
        var plan = new LoadPlan(Naive: true, Bots, listeners, Live, options.Brief ? 0.5 : 4, Window, PerSecond: 0);
        LoadResult naive = LoadRun.Run(report, plan, options.Executable);
        LoadResult exchange = LoadRun.Run(report, plan with { Naive = false }, options.Executable);
        double ratio = exchange.DurablePerSecond / naive.DurablePerSecond;
        var measurement = new Measurement(
            "5", $"whole system, {Bots} pipelining bots ({Window} in flight each), {listeners} listeners, {OrderMix.Description}",
            $"{exchange.DurablePerSecond:#,0} orders/s durable; naive {naive.DurablePerSecond:#,0}; ratio {ratio:0.0}",
            "≥ 20 × naive", options.Brief ? null : ratio >= 20)
        {
            Note = $"server CPU {exchange.ServerCpuPerOrderUs:0.0} µs an order ({exchange.ServerCpu:0.00} cores), naive "
                + $"{naive.ServerCpuPerOrderUs:0} ({naive.ServerCpu:0.00}); deliveries/s {exchange.DeliveriesPerSecond:#,0}, naive "
                + $"{naive.DeliveriesPerSecond:#,0}; refused/s {exchange.RefusedPerSecond:#,0}; answers p50 {exchange.Answers.Ms(0.5):0.0}, "
                + $"p99 {exchange.Answers.Ms(0.99):0.0} ms; other processes {exchange.OthersCpu:0.00} cores, naive {naive.OthersCpu:0.00}"
                + Resynchronized(exchange),
        };
        Copy(exchange, measurement, "");
        Copy(naive, measurement, "naive_");
        measurement.Numbers["ratio"] = ratio;
        report.Add(measurement);
    }

    /// <summary>Answers' times at a planned rate, with many listening.</summary>
    public static void Planned(Report report, Options options)
    {
        int listeners = options.Brief ? 20 : 200, rate = options.Brief ? 1_000 : 5_000;
        var plan = new LoadPlan(Naive: false, Bots, listeners, Live, options.Brief ? 1 : 10, Window: 0, rate);
        LoadResult result = LoadRun.Run(report, plan, options.Executable);
        var measurement = new Measurement(
            "5", $"whole system, answers at {rate:#,0} orders/s planned, {Bots} bots, {listeners} listeners",
            result.Answers.Describe(), "p99 ≤ 15 ms", options.Brief ? null : result.Answers.Ms(0.99) <= 15)
        {
            Note = $"{result.Deliveries:#,0} deliveries counted at the receivers ({result.DeliveriesPerSecond:#,0}/s in "
                + $"{result.FramesPerListenerSecond:0} frames/s each); server {result.ServerCpu:0.00} cores, other processes {result.OthersCpu:0.00}; generator late by "
                + $"p50 {result.Lateness.Ms(0.5):0.000}, p99 {result.Lateness.Ms(0.99):0.000} ms, which counts{Resynchronized(result)}",
        };
        Copy(result, measurement, "");
        result.Answers.CopyTo(measurement.Numbers);
        result.Lateness.CopyTo(measurement.Numbers, "lateness_");
        report.Add(measurement);
    }

    private static string Resynchronized(LoadResult result) => result.Resynchronizations == 0
        ? ""
        : $"; {result.Resynchronizations} times a listener was overtaken and resynchronised";

    private static void Copy(LoadResult result, Measurement measurement, string prefix)
    {
        measurement.Numbers[prefix + "orders_per_second"] = result.DurablePerSecond;
        measurement.Numbers[prefix + "refused_per_second"] = result.RefusedPerSecond;
        measurement.Numbers[prefix + "deliveries_per_second"] = result.DeliveriesPerSecond;
        measurement.Numbers[prefix + "server_cpu_us_per_order"] = result.ServerCpuPerOrderUs;
        measurement.Numbers[prefix + "server_cores"] = result.ServerCpu;
        measurement.Numbers[prefix + "others_cores"] = result.OthersCpu;
        measurement.Numbers[prefix + "server_rss_mb"] = result.MemoryMb;
        measurement.Numbers[prefix + "stop_seconds"] = result.StopSeconds;
    }
}
