using Exchange.Demo;
using Exchange.Markets;
using Exchange.Storage;

namespace Exchange.Tests.Demo;

/// <summary>The made-up week of `exchange demo`.</summary>
public class DemoWeekTests
{
    private const long EndUs = 1_800_000_000_000_000, DayUs = 86_400_000_000;

    private static readonly DemoIdentity[] s_identities = [new("Ann", "exchange", "1", true), new("Ben", "exchange", "2", false)];

    private static (Venue Venue, List<Trade> Trades) Make(ulong seed, Action<CommitBatch>? write = null)
    {
        var venue = new Venue();
        var trades = new List<Trade>();
        var week = new DemoWeek(venue, seed, EndUs, batch =>
        {
            trades.AddRange(batch.Trades);
            write?.Invoke(batch);
        });
        week.Make(s_identities);
        venue.CheckInvariants();
        Assert.Equal(trades.Count, week.Trades);
        return (venue, trades);
    }

    [Fact]
    public void The_same_seed_makes_the_same_week_and_another_one_another()
    {
        string first = Make(seed: 5).Venue.StateHash();
        Assert.Equal(first, Make(seed: 5).Venue.StateHash());
        Assert.NotEqual(first, Make(seed: 6).Venue.StateHash());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_week_is_alive_in_every_market_on_every_day(ulong seed)
    {
        long annsUserId = 0;
        (Venue venue, List<Trade> trades) = Make(
            seed, batch => annsUserId = batch.Records.OfType<UserChanged>().FirstOrDefault(u => u.User.Name == "Ann")?.User.UserId ?? annsUserId);

        Assert.InRange(trades.Count, 20_000, 90_000);
        MarketInfo[] markets = [.. venue.Markets];
        Assert.InRange(markets.Length, 12, 30);
        Assert.Contains(markets, m => m.Derivation is Basket);
        Assert.Contains(markets, m => m.Derivation is Option { Style: OptionStyle.American });
        Assert.Contains(markets, m => m.Status == MarketStatus.Settled);
        Assert.Contains(markets, m => m.Status == MarketStatus.Halted);
        Assert.Contains(markets, m => m.IsAnonymous);
        Assert.Contains(markets, m => m.IsHidden);
        Assert.All(markets, m => Assert.True(m.Description.Length > 0 && m.Category.Length > 0 && m.Group.Length > 0));
        Assert.True(markets.Count(m => m.Status == MarketStatus.Open && m.HouseBots.Count == 3) >= 10);
        foreach (MarketInfo market in markets)
        {
            Trade[] its = [.. trades.Where(t => t.MarketId == market.MarketId)];
            Assert.True(its.Length > (market.IsHidden ? 0 : 300), $"{market.Name}: {its.Length} trades");
            Assert.True(its.Max(t => t.Price) > its.Min(t => t.Price));
        }
        for (int day = 0; day < 7; day++)
        {
            long fromUs = EndUs - ((7 - day) * DayUs);
            Assert.True(trades.Count(t => t.TimeUs >= fromUs && t.TimeUs < fromUs + DayUs) > 1_000);
        }
        Assert.InRange(trades[^1].TimeUs, EndUs - (DayUs / 24), EndUs);
        Assert.True(trades.Zip(trades.Skip(1)).All(pair => pair.First.TimeUs <= pair.Second.TimeUs));

        // Seed and end are fixed here, so this is no chance.
        var batch = new CommitBatch();
        batch.Begin(1);
        venue.Apply(new Command { Kind = CommandKind.GetLeaderboard, UserId = annsUserId }, Moment.At(EndUs), batch);
        EquitySample[] entries = batch.Records.OfType<Leaderboard>().Single().Entries;
        Assert.True(entries.Count(e => e.Profit > Cash.Zero) > 5);
        Assert.True(entries.Count(e => e.Profit < Cash.Zero) > 5);
    }

    [Fact]
    public void What_is_on_disk_is_what_was_made_and_verifies()
    {
        string directory = Directory.CreateTempSubdirectory("exchange-demo-").FullName;
        string made;
        using (Database database = Database.Open(directory, Synchronous.Normal))
        {
            using (var writer = new WalWriter(database))
                made = Make(seed: 1, writer.Write).Venue.StateHash();
            Assert.Empty(Verifier.Verify(database));
            Assert.Equal(made, Loader.Load(database, default).StateHash());
        }
        Directory.Delete(directory, recursive: true);
    }
}
