using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>Exercising never lowers what any writer has available, whatever the range, the strike, and what else is open.</summary>
public sealed class AssignmentTheorem
{
    private static readonly string[] s_traders = ["A", "B", "C", "D", "E"];

    [Fact]
    public void Being_assigned_never_lowers_what_is_available()
    {
        int assignments = 0;
        for (int seed = 1; seed <= 150; seed++)
            assignments += Exercise(seed);
        Assert.True(assignments > 300, $"Only {assignments} assignments: too few to prove anything.");
    }

    private static int Exercise(int seed)
    {
        var random = new Random(seed);
        decimal min = random.Next(-100, 50), max = min + random.Next(1, 100), strike = min + (decimal)(random.NextDouble() * 1.4 - 0.2) * (max - min);
        OptionKind kind = random.Next(2) == 0 ? OptionKind.Call : OptionKind.Put;
        strike = Math.Round(kind == OptionKind.Call ? Math.Min(strike, max - 0.01m) : Math.Max(strike, min + 0.01m), 2);
        var scenario = new Scenario(cash: 1_000, min: min, max: max);
        long option = scenario.Derive("Option", new Option(scenario.MarketId, kind, OptionStyle.American, new Price((int)(strike * 100))));
        MarketInfo[] markets = [.. scenario.Directory().Markets.OrderBy(m => m.MarketId)];
        int assigned = 0;
        for (int i = 0; i < 120; i++)
        {
            MarketInfo market = markets[random.Next(2)];
            decimal price = random.Next(market.Min.Hundredths, market.Max.Hundredths + 1) / 100m;
            string trader = s_traders[random.Next(s_traders.Length)];
            scenario.Place(trader, random.Next(2) == 0 ? Side.Buy : Side.Sell, random.Next(1, 2_000) / 100m, price, marketId: market.MarketId);
            decimal held = scenario.Position(trader, option);
            if (held <= 0 || random.Next(3) != 0)
                continue;
            decimal[] before = [.. s_traders.Select(scenario.Available)];
            Refusal refusal = scenario.Apply(new Command
            {
                Kind = CommandKind.ExerciseOption, AccountId = scenario.Account(trader), MarketId = option, HasQuantity = true,
                Quantity = new Quantity(random.NextInt64(1, (long)(held * 100) + 1)),
            });
            if (refusal.IsRefused)
            {
                Assert.Equal(RefusalCode.InsufficientFunds, refusal.Code);
                continue;
            }
            assigned += scenario.Answer<OptionExercised>().Assignments.Length;
            scenario.Venue.CheckInvariants();
            for (int j = 0; j < s_traders.Length; j++)
                Assert.True(s_traders[j] == trader || scenario.Available(s_traders[j]) >= before[j], $"Seed {seed}, step {i}: {s_traders[j]} has less available.");
        }
        return assigned;
    }
}
