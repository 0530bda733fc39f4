using Exchange.Hosting;
using Exchange.Markets;
using Exchange.Storage;

namespace Exchange.Benchmarks.Rows;

/// <summary>Market thread and WAL writer together, every commit flushed; then everything read back from disk.</summary>
internal static class Row03DurableOrders
{
    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(MarketWorkload.TimeUs * 10);
    }

    public static void Run(Report report, bool brief)
    {
        int count = brief ? 50_000 : 1_000_000;
        MarketWorkload workload = MarketWorkload.Generate(count, seed: 3);
        string directory = Temporary.NewDirectory("durable");
        using (Database database = Database.Open(directory, Synchronous.Full))
        {
            Measure(report, brief, workload, database);
            CheckDisk(report, workload, database);
        }
        Temporary.Delete(directory);
    }

    private static void Measure(Report report, bool brief, MarketWorkload workload, Database database)
    {
        var venue = new Venue();
        using var writer = new WalWriter(database);
        long told = 0;
        var pipeline = new Pipeline(
            venue, writer, batch => Interlocked.Add(ref told, CountGiven(batch)),
            e => report.Problem($"Row 3: the pipeline failed: {e.Message}"), new ExchangeClock(new FixedTime()));
        pipeline.Start();
        Submit(workload.Setup);
        AwaitTold(workload.Setup.Length);
        long commits = writer.Commits, rows = writer.Rows;

        long start = Clock.Ns;
        long overloads = Submit(workload.Commands);
        AwaitTold(workload.Setup.Length + workload.Commands.Length);
        double seconds = (Clock.Ns - start) / 1e9;
        pipeline.Stop();
        commits = writer.Commits - commits;
        rows = writer.Rows - rows;
        if (venue.StateHash() != workload.FinalHash)
            report.Problem("Row 3: the venue's final state is not the generator's.");

        double perSecond = workload.Commands.Length / seconds, commitsEach = (double)commits / workload.Commands.Length;
        var measurement = new Measurement(
            "3", $"durable orders through market thread and WAL writer, synchronous=FULL, {OrderMix.Description}",
            $"{perSecond / 1e3:0} K orders/s, {rows / seconds / 1e3:0} K rows/s, {commitsEach:0.0000} commits an order "
            + $"({commits / seconds:#,0} commits/s)",
            "≥ 100 K orders/s; ≤ 0.05 commits an order", brief ? null : perSecond >= 100_000 && commitsEach <= 0.05);
        measurement.Numbers["orders_per_second"] = perSecond;
        measurement.Numbers["rows_per_second"] = rows / seconds;
        measurement.Numbers["commits_per_order"] = commitsEach;
        measurement.Numbers["commits_per_second"] = commits / seconds;
        measurement.Numbers["inbox_full"] = overloads;
        report.Add(measurement);

        long Submit(Command[] commands)
        {
            long full = 0;
            foreach (ref readonly Command command in commands.AsSpan())
            {
                while (!pipeline.TrySubmit(in command))
                {
                    full++;
                    Thread.Sleep(1);
                }
            }
            return full;
        }

        void AwaitTold(long number)
        {
            long giveUp = Clock.Ns + 60_000_000_000;
            while (Interlocked.Read(ref told) < number && pipeline.IsHealthy && Clock.Ns < giveUp)
                Thread.Sleep(1);
            if (Interlocked.Read(ref told) != number)
                report.Problem($"Row 3: {told:#,0} commands were told of {number:#,0}.");
        }
    }

    private static void CheckDisk(Report report, MarketWorkload workload, Database database)
    {
        if (Loader.Load(database, default).StateHash() != workload.FinalHash)
            report.Problem("Row 3: what was read back from disk is not the generator's state.");
        foreach (string problem in Verifier.Verify(database))
            report.Problem($"Row 3: {problem}");
    }

    /// <summary>The exchange's own commands are none of the generator's.</summary>
    private static int CountGiven(CommitBatch batch)
    {
        int count = 0;
        foreach (ref readonly AppliedCommand command in batch.Commands)
        {
            if (command.Kind is not (CommandKind.Tick or CommandKind.SampleEquity))
                count++;
        }
        return count;
    }
}
