using Exchange.Protocol.V1;

namespace Exchange.Tests.EndToEnd;

/// <summary>Closing times and deleted markets of the published executable, across a power cut.</summary>
public class ClosingTests
{
    [Fact]
    public async Task A_market_whose_closing_time_passed_while_the_exchange_was_gone_is_halted_at_the_start()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string token = await exchange.SignInAsync("Ann");
        long closeUs = NowUs + 2_000_000;
        ulong market, mistake, later;
        await using (Bot ann = await Bot.ConnectAsync(exchange, token))
        {
            market = await ann.CreateAsync(new CreateMarket { Name = "Closes", MinPrice = 0, MaxPrice = 10_000, CloseTimeUs = closeUs });
            later = await ann.CreateAsync(new CreateMarket { Name = "Closes later", MinPrice = 0, MaxPrice = 10_000, CloseTimeUs = closeUs + 3_600_000_000 });
            mistake = await ann.CreateMarketAsync("Mistake");
            ServerMessage deleted = await ann.DoAsync(new ClientMessage { DeleteMarket = new DeleteMarket { MarketId = mistake } });
            Assert.Equal(mistake, deleted.MarketDeleted.MarketId);
        }
        await exchange.KillAsync();
        await Patience.UntilAsync(() => NowUs > closeUs, "past the closing time");
        await exchange.RestartAsync();

        await using Bot back = await Bot.ConnectAsync(exchange, token);
        await back.UntilAsync(s => s.Markets[market].Status == MarketStatus.Halted);
        Assert.Equal((MarketStatus.Open, closeUs + 3_600_000_000), back.Read(s => (s.Markets[later].Status, s.Markets[later].CloseTimeUs)));
        Assert.False(back.Read(s => s.Markets.ContainsKey(mistake)));
        ServerMessage steps = await back.DoAsync(new ClientMessage { GetStatusChanges = new GetStatusChanges { MarketId = market } });
        Assert.Equal(
            [(MarketStatus.Open, back.UserId()), (MarketStatus.Halted, 0ul)],
            steps.StatusChangesPage.Changes.Select(c => (c.Status, c.ByUserId)));
        // Its name is free, its number is not given again.
        Assert.Equal(mistake + 1, await back.CreateMarketAsync("Mistake"));
        (int exitCode, _) = await exchange.TerminateAsync();
        Assert.Equal(0, exitCode);
        (int verified, string report) = await PublishedExchange.RunAsync("verify", "--data", exchange.DataDirectory);
        Assert.True(verified == 0, report);
    }

    private static long NowUs => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000;
}
