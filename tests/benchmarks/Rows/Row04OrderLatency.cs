using Exchange.Benchmarks.Load;
using Exchange.Markets;
using Exchange.Storage;

namespace Exchange.Benchmarks.Rows;

/// <summary>Order to durable answer, wire to wire, on an idle exchange; and what a lone commit costs in the same minute.</summary>
internal static class Row04OrderLatency
{
    public static void Run(Report report, Options options)
    {
        Latencies commit = LoneCommits(options.Brief ? 100 : 1_000);
        var plan = new LoadPlan(
            Naive: false, Bots: 1, Listeners: 0, Live: 100, options.Brief ? 1 : 20, Window: 0, PerSecond: 200);
        LoadResult result = LoadRun.Run(report, plan, options.Executable);
        var measurement = new Measurement(
            "4", "order → durable answer on loopback, one client, 200 orders/s at planned times",
            result.Answers.Describe(), "p50 ≤ 0.4 ms, p99 ≤ 1 ms",
            options.Brief ? null : result.Answers.Ms(0.5) <= 0.4 && result.Answers.Ms(0.99) <= 1)
        {
            Note = $"in the same run, WalWriter.Write of one order alone: {commit.Describe()}; "
                + $"the generator sent late by p50 {result.Lateness.Ms(0.5):0.000}, p99 {result.Lateness.Ms(0.99):0.000} ms, which counts; "
                + $"server {result.ServerCpu:0.00} cores, other processes {result.OthersCpu:0.00}",
        };
        measurement.Numbers["server_cores"] = result.ServerCpu;
        measurement.Numbers["others_cores"] = result.OthersCpu;
        result.Answers.CopyTo(measurement.Numbers);
        commit.CopyTo(measurement.Numbers, "commit_");
        result.Lateness.CopyTo(measurement.Numbers, "lateness_");
        report.Add(measurement);
    }

    /// <summary>One order a transaction, written at the same pace and told to nobody: what an answer can't be faster than.</summary>
    private static Latencies LoneCommits(int count)
    {
        MarketWorkload workload = MarketWorkload.Generate(count, accounts: 10, liveOrders: 100, seed: 4);
        var times = new Latencies(count);
        string directory = Temporary.NewDirectory("commit");
        using (Database database = Database.Open(directory, Synchronous.Full))
        using (var writer = new WalWriter(database))
        {
            var venue = new Venue();
            var batch = new CommitBatch();
            long number = 0;
            Write(workload.Setup);
            foreach (Command command in workload.Commands)
            {
                Native.Sleep(5_000_000);
                times.Add(Write([command]));
            }

            long Write(ReadOnlySpan<Command> commands)
            {
                batch.Begin(++number);
                foreach (ref readonly Command command in commands)
                    venue.Apply(in command, Moment.At(MarketWorkload.TimeUs), batch);
                venue.Seal(batch);
                long start = Clock.Ns;
                writer.Write(batch);
                return Clock.Ns - start;
            }
        }
        Temporary.Delete(directory);
        return times;
    }
}
