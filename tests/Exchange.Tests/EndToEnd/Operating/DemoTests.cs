using System.Net.Http.Json;
using System.Text.Json;
using Exchange.Protocol.V1;

namespace Exchange.Tests.EndToEnd;

/// <summary>`exchange demo`, as somebody finds it who looks for the first time.</summary>
public class DemoTests
{
    private const long DayUs = 86_400_000_000;

    private static async Task<string> SignInAsync(PublishedExchange exchange, string name)
    {
        using var http = new HttpClient { BaseAddress = exchange.Address };
        using HttpResponseMessage response = await http.PostAsJsonAsync("auth/sign-in", new { name, password = "exchange-demo" });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    [Fact]
    public async Task A_demo_is_alive_survives_the_power_switch_and_verifies()
    {
        string directory = PublishedExchange.NewDirectory();
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(directory, "demo");
        await exchange.PrintedAsync("Sign in as     Ann (admin) or Ben, password exchange-demo");

        ulong sequence;
        int markets;
        await using (Bot ann = await Bot.ConnectAsync(exchange, await SignInAsync(exchange, "ann")))
        {
            markets = ann.Read(s => s.Markets.Count);
            Assert.True(markets >= 12, $"{markets} markets");
            Assert.True(ann.Read(s => s.Positions.Values.Count(p => p.Quantity != 0)) > 5);
            Assert.True(ann.Read(s => s.Orders.Count) > 5);
            Market watched = ann.Read(s => s.Markets.Values.First(m => m.Status == MarketStatus.Open && m.HouseBots.Count == 3));
            Assert.True(ann.Read(s => s.Accounts.Values.Count(a => a.HouseBot)) == 3);

            await ATradeOfEveryDayAsync(ann, watched.MarketId);
            Leaderboard leaderboard = (await ann.DoAsync(new ClientMessage { GetLeaderboard = new GetLeaderboard() })).Leaderboard;
            // The week ends now, so each run is another week: how many won is chance. That what some won others lost is not.
            Assert.Contains(leaderboard.Entries, e => e.Profit > 0);
            Assert.Contains(leaderboard.Entries, e => e.Profit < 0);

            // House bots trade while somebody is there.
            long beforeUs = ann.Read(s => s.Heard.Max(m => m.TimeUs));
            await ann.DoAsync(new ClientMessage
            {
                Subscribe = new Subscribe { All = true, Channels = { Channel.Trades } },
            });
            HashSet<ulong> bots = [.. ann.Read(s => s.Accounts.Values.Where(a => a.HouseBot).Select(a => a.AccountId).ToArray())];
            await ann.UntilAsync(
                s => s.Trades.Any(t => t.TimeUs > beforeUs && bots.Contains(t.BuyerAccountId) && bots.Contains(t.SellerAccountId)));
            sequence = ann.Read(s => s.LastSequence);
        }

        await exchange.KillAsync();
        (int exitCode, string output) = await PublishedExchange.RunAsync("verify", "--data", directory);
        Assert.True(exitCode == 0, output);

        await exchange.RestartAsync();
        Assert.DoesNotContain("Making", exchange.Output);
        await using (Bot ben = await Bot.ConnectAsync(exchange, await SignInAsync(exchange, "Ben")))
        {
            Assert.True(ben.Read(s => s.LastSequence) >= sequence);
            Assert.Equal(markets, ben.Read(s => s.Markets.Count));
            ulong before = ben.Read(s => s.LastSequence);
            await ben.DoAsync(new ClientMessage { Subscribe = new Subscribe { All = true, Channels = { Channel.Trades } } });
            await ben.UntilAsync(s => s.LastSequence > before + 20);
        }
    }

    private static async Task ATradeOfEveryDayAsync(Bot bot, ulong market)
    {
        var days = new HashSet<long>();
        ulong after = 0;
        int count = 0;
        do
        {
            TradesPage page = (await bot.DoAsync(new ClientMessage
            {
                GetTrades = new GetTrades { MarketId = market, Page = new Page { After = after, Limit = 1_000 } },
            })).TradesPage;
            count += page.Trades.Count;
            days.UnionWith(page.Trades.Select(t => t.Trade.TimeUs / DayUs));
            after = page.NextAfter;
        }
        while (after != 0);
        Assert.True(count > 500, $"{count} trades");
        Assert.InRange(days.Count, 7, 8);
    }

    [Fact]
    public async Task A_demo_never_touches_an_exchange_that_is_none_and_is_made_anew_when_asked()
    {
        string directory = PublishedExchange.NewDirectory();
        await using (PublishedExchange real = await PublishedExchange.StartAsync(directory))
        {
            (int inUse, _) = await PublishedExchange.RunAsync("demo", "--data", directory, "--port", "0");
            Assert.Equal(3, inUse);
            await real.TerminateAsync();
            byte[] before = await File.ReadAllBytesAsync(Path.Combine(directory, "exchange.db"));
            foreach (string[] flags in (string[][])[[], ["--fresh"]])
            {
                (int exitCode, string output) = await PublishedExchange.RunAsync(["demo", "--data", directory, "--port", "0", .. flags]);
                Assert.Equal(3, exitCode);
                Assert.Contains("not a demo.", output);
            }
            Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(directory, "exchange.db")));
        }

        (int remote, string refused) = await PublishedExchange.RunAsync("demo", "--data", PublishedExchange.NewDirectory(), "--host", "0.0.0.0");
        Assert.Equal(2, remote);
        Assert.Contains("must listen on localhost", refused);

        string demo = PublishedExchange.NewDirectory();
        await using PublishedExchange first = await PublishedExchange.StartAsync(demo, "demo", "--seed", "9", "--fresh");
        Assert.Contains("seed 9", first.Output);
        await first.TerminateAsync();
        // Again with --fresh: there is a week already, and it is made anew.
        await first.RestartAsync();
        Assert.Contains("Making a week", first.Output);
    }
}
