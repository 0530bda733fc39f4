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
        var events = new SortedDictionary<string, int>(StringComparer.Ordinal);
        long trades = 0, snapshots = 0;
        var kinds = new HashSet<CommandKind>();
        var watch = Stopwatch.StartNew();
        for (int seed = first; seed < first + count; seed++)
        {
            var duel = new Duel(seed);
            duel.Run(commands);
            trades += duel.TradeCount;
            kinds.UnionWith(duel.Kinds);
            snapshots += duel.Replica.SnapshotsSeen;
            foreach ((RefusalCode code, int times) in duel.Outcomes)
                outcomes[code] = outcomes.GetValueOrDefault(code) + times;
            foreach ((string name, int times) in duel.Events)
                events[name] = events.GetValueOrDefault(name) + times;
        }

        output.WriteLine($"{count} seeds x {commands} commands in {watch.Elapsed.TotalSeconds:0.0} s: {trades} trades, {snapshots} snapshots compared.");
        foreach ((RefusalCode code, int times) in outcomes)
            output.WriteLine($"{code}: {times}");
        foreach ((string name, int times) in events)
            output.WriteLine($"{name}: {times}");
        if (count < 100 || commands < 500)
            return;
        Assert.Empty(Enum.GetValues<RefusalCode>().Except(outcomes.Keys));
        // Orders are remembered from disk: see ReloadTests and CommandCodecTests.
        Assert.Empty(Enum.GetValues<CommandKind>().Except(kinds).Except([CommandKind.RememberOrders]));
        Assert.Empty(s_records.Concat(Enum.GetNames<OrderReason>().Select(r => $"OrderChanged {r}")).Except(events.Keys));
    }

    /// <summary>Every record that a batch may hold.</summary>
    private static readonly string[] s_records =
    [
        .. typeof(UserChanged).Assembly.GetTypes()
            .Where(t => t is { Namespace: "Exchange.Markets", IsPublic: true, IsClass: true, IsSealed: true } && (t.Name.EndsWith("Changed", StringComparison.Ordinal)
                || t.Name.EndsWith("Shown", StringComparison.Ordinal)))
            .Select(t => t.Name),
        nameof(RoomOpened), nameof(AccountOpened), nameof(CancelAfterSet), nameof(DeficitChanged), nameof(TransferMade), nameof(Granted),
        nameof(CodeClaimed), nameof(MarketSettled), nameof(SettlementUndone), nameof(MarketDeleted), nameof(SettlementPreviewed), nameof(BasketConverted), nameof(OptionExercised),
        nameof(EquitySampled), nameof(Audited), nameof(ActingAs), nameof(ElevationSet), nameof(OrderPreviewed), nameof(BatchApplied),
    ];

    private static (int First, int Count) Seeds(string text)
    {
        string[] parts = text.Split(':');
        return (int.Parse(parts[0]), int.Parse(parts[1]));
    }
}
