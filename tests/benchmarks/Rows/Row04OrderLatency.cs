using Exchange.Benchmarks.Load;
using Exchange.Storage;

namespace Exchange.Benchmarks.Rows;

/// <summary>Order to durable answer, wire to wire, on an idle exchange; and what a lone commit costs in the same minute.</summary>
internal static class Row04OrderLatency
{
    public static void Run(Report report, Options options)
    {
        Latencies commit = LoneCommits(options.Brief ? 200 : 2_000);
        var plan = new LoadPlan(
            Naive: false, Bots: 1, Listeners: 0, Live: 100, options.Brief ? 1 : 20, Window: 0, PerSecond: 200);
        LoadResult result = LoadRun.Run(report, plan, options.Executable);
        var measurement = new Measurement(
            "4", "order → durable answer on loopback, one client, 200 orders/s at planned times",
            result.Answers.Describe(), "p50 ≤ 0.4 ms, p99 ≤ 1 ms",
            options.Brief ? null : result.Answers.Ms(0.5) <= 0.4 && result.Answers.Ms(0.99) <= 1)
        {
            Note = $"in the same run, the writer's transaction alone: {commit.Describe()}; "
                + $"the generator sent late by p50 {result.Lateness.Ms(0.5):0.000}, p99 {result.Lateness.Ms(0.99):0.000} ms, which counts",
        };
        result.Answers.CopyTo(measurement.Numbers);
        commit.CopyTo(measurement.Numbers, "commit_");
        result.Lateness.CopyTo(measurement.Numbers, "lateness_");
        report.Add(measurement);
    }

    /// <summary>The smallest transaction on this disk, at the same pace: what an answer can't be faster than.</summary>
    private static Latencies LoneCommits(int count)
    {
        var times = new Latencies(count);
        string directory = Temporary.NewDirectory("commit");
        using (Database database = Database.Open(directory, Synchronous.Full))
        using (var writer = new WalWriter(database))
        {
            for (int i = 0; i < count; i++)
            {
                Native.Sleep(2_000_000);
                long start = Clock.Ns;
                writer.CountStart();
                times.Add(Clock.Ns - start);
            }
        }
        Temporary.Delete(directory);
        return times;
    }
}
