using Exchange.Markets;

namespace Exchange.Benchmarks.Rows;

/// <summary>The market thread alone: commands a second into reused batches, and the bytes it allocates.</summary>
internal static class Row01MarketThread
{
    /// <summary>Commands in a batch: about what arrives during one commit at 200,000 a second.</summary>
    private const int BatchLength = 64;

    public static void Run(Report report, bool brief)
    {
        int count = brief ? 200_000 : 3_000_000, rounds = brief ? 1 : 7;
        MarketWorkload workload = MarketWorkload.Generate(count);
        var perSecond = new List<double>();
        long allocated = 0;
        for (int round = 0; round < rounds; round++)
        {
            Result result = Replay(workload);
            perSecond.Add(result.PerSecond);
            allocated = Math.Max(allocated, result.Allocated);
            if (result.FinalHash != workload.FinalHash)
                report.Problem("Row 1: the venue's final state is not the generator's.");
            if (result.Refusals != workload.Refusals)
                report.Problem($"Row 1: {result.Refusals} commands were refused, {workload.Refusals} in the generator.");
        }
        perSecond.Sort();
        double median = perSecond[perSecond.Count / 2];
        double perCommand = (double)allocated / (count - WarmUp(count));
        var measurement = new Measurement(
            "1", $"market thread alone, {OrderMix.Description}, 1,000 live orders, 1,000 accounts, one market",
            $"{median / 1e6:0.00} M commands/s (worst {perSecond[0] / 1e6:0.00}, best {perSecond[^1] / 1e6:0.00} of {rounds} rounds); "
            + $"{perCommand:0.####} bytes allocated a command",
            "≥ 3 M/s; 0 bytes", brief ? null : median >= 3e6 && allocated == 0)
        {
            Note = $"{workload.Trades:#,0} trades, {workload.LiveAtEnd:#,0} live orders at the end",
        };
        measurement.Numbers["commands_per_second"] = median;
        measurement.Numbers["commands_per_second_worst"] = perSecond[0];
        measurement.Numbers["commands_per_second_best"] = perSecond[^1];
        measurement.Numbers["allocated_bytes"] = allocated;
        measurement.Numbers["trades_per_command"] = (double)workload.Trades / count;
        report.Add(measurement);
    }

    private readonly record struct Result(double PerSecond, long Allocated, string FinalHash, long Refusals);

    /// <summary>The first third warms the pools and the batches.</summary>
    private static int WarmUp(int count) => count / 3;

    private static Result Replay(MarketWorkload workload)
    {
        var venue = new Venue();
        CommitBatch batch = new(), spare = new();
        long number = 0, refusals = 0;
        Apply(workload.Setup);
        refusals = 0;
        int warmUp = WarmUp(workload.Commands.Length);
        Apply(workload.Commands.AsSpan(0, warmUp));

        GC.Collect();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long start = Clock.Ns;
        Apply(workload.Commands.AsSpan(warmUp));
        long elapsed = Clock.Ns - start;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        venue.CheckInvariants();
        return new Result((workload.Commands.Length - warmUp) * 1e9 / elapsed, allocated, venue.StateHash(), refusals);

        void Apply(ReadOnlySpan<Command> commands)
        {
            for (int i = 0; i < commands.Length; i += BatchLength)
            {
                batch.Begin(++number);
                foreach (ref readonly Command command in commands[i..Math.Min(i + BatchLength, commands.Length)])
                    venue.Apply(in command, Moment.At(MarketWorkload.TimeUs), batch);
                venue.Seal(batch);
                refusals += batch.Refusals.Length;
                (batch, spare) = (spare, batch);
            }
        }
    }
}
