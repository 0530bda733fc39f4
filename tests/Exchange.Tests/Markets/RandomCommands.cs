using System.Diagnostics;
using Exchange.Markets;
using Xunit.Abstractions;

namespace Exchange.Tests.Markets;

/// <summary>
/// Thousands of random commands to the venue and to the oracle. EXCHANGE_SEEDS=first:count and EXCHANGE_COMMANDS=n run
/// longer, or one failure again.
/// </summary>
public sealed class RandomCommands(ITestOutputHelper output)
{
    [Fact]
    public void The_venue_and_the_oracle_agree_after_every_command()
    {
        (int first, int count) = Seeds(Environment.GetEnvironmentVariable("EXCHANGE_SEEDS") ?? "1:100");
        int commands = int.Parse(Environment.GetEnvironmentVariable("EXCHANGE_COMMANDS") ?? "500");
        var outcomes = new SortedDictionary<RefusalCode, int>();
        long trades = 0, snapshots = 0;
        var watch = Stopwatch.StartNew();
        for (int seed = first; seed < first + count; seed++)
        {
            var duel = new Duel(seed);
            duel.Run(commands);
            trades += duel.TradeCount;
            snapshots += duel.Replica.SnapshotsSeen;
            foreach ((RefusalCode code, int times) in duel.Outcomes)
                outcomes[code] = outcomes.GetValueOrDefault(code) + times;
        }

        output.WriteLine($"{count} seeds x {commands} commands in {watch.Elapsed.TotalSeconds:0.0} s: {trades} trades, {snapshots} snapshots compared.");
        foreach ((RefusalCode code, int times) in outcomes)
            output.WriteLine($"{code}: {times}");
        RefusalCode[] unreachable = [RefusalCode.RoomNotFound];
        if (count >= 100 && commands >= 500)
            Assert.Empty(Enum.GetValues<RefusalCode>().Except(outcomes.Keys).Except(unreachable));
    }

    private static (int First, int Count) Seeds(string text)
    {
        string[] parts = text.Split(':');
        return (int.Parse(parts[0]), int.Parse(parts[1]));
    }
}
