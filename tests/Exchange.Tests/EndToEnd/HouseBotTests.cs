using Exchange.Protocol.V1;

namespace Exchange.Tests.EndToEnd;

/// <summary>House bots of the published executable: set by an admin, seen by everyone, resting with the room.</summary>
public class HouseBotTests
{
    private static ClientMessage SetBots(ulong market, HouseBotStrength strength, params HouseBotKind[] kinds) => new()
    {
        SetHouseBots = new SetHouseBots { MarketId = market, Bots = { kinds.Select(k => new HouseBot { Kind = k, Strength = strength }) } },
    };

    [Fact]
    public async Task A_class_of_one_trades_with_house_bots_that_rest_when_it_is_gone()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string token = await exchange.SignInAsync("root", exchange.SetupCode);
        ulong market, sequence;
        await using (Bot root = await Bot.ConnectAsync(exchange, token))
        {
            market = await root.CreateAsync(new CreateMarket { Name = "Rain", MinPrice = 0, MaxPrice = 10_000, TickSize = 50 });
            await root.RefusedAsync(ErrorCode.NotElevated, SetBots(market, HouseBotStrength.Lively, HouseBotKind.Maker));
            await root.ElevateAsync();
            await root.DoAsync(SetBots(market, HouseBotStrength.Lively, HouseBotKind.Maker, HouseBotKind.Noise));
            await root.DoAsync(new ClientMessage
            {
                Subscribe = new Subscribe { MarketIds = { market }, Channels = { Channel.Book, Channel.Trades } },
            });

            // Everyone sees that there are bots, and whose accounts they are.
            Assert.Equal([HouseBotKind.Noise, HouseBotKind.Maker], root.Read(s => s.Markets[market].HouseBots.Select(b => b.Kind).ToArray()));
            Account maker = root.Read(s => s.Accounts.Values.Single(a => a.Name == "House maker"));
            Assert.True(maker.HouseBot);
            Assert.False(root.Read(s => s.Accounts[root.AccountId()]).HouseBot);

            // A market order finds the maker on the other side: more than the noise trader might offer for less.
            await root.UntilAsync(s => s.Books[market].Offers.Count >= 5, seconds: 15);
            Order bought = await root.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Buy, Quantity = 4_000, TimeInForce = TimeInForce.ImmediateOrCancel });
            Assert.Equal(4_000u, bought.Filled);
            await root.UntilAsync(s => s.Trades.Any(t => t.SellerAccountId == maker.AccountId && t.BuyerAccountId == s.AccountId));

            // Halted, they pause: the book stands still. Open again, they go on.
            await SetStatusAsync(root, market, MarketStatus.Halted);
            ulong halted = root.Read(s => s.LastSequence);
            await Task.Delay(3_000);
            Assert.Equal(halted, root.Read(s => s.LastSequence));
            await SetStatusAsync(root, market, MarketStatus.Open);
            await root.UntilAsync(s => s.LastSequence > halted + 6, seconds: 20);
            await root.DoAsync(new ClientMessage { Ping = new Ping() });
        }

        // Nobody is there: nothing is written any more. While they trade, no bot of this strength is still for 2 s.
        string log = Path.Combine(exchange.DataDirectory, "exchange.db-wal");
        DateTime quietSince = DateTime.UtcNow, writtenAt = File.GetLastWriteTimeUtc(log), giveUp = quietSince.AddSeconds(20);
        while (DateTime.UtcNow - quietSince < TimeSpan.FromSeconds(5))
        {
            Assert.True(DateTime.UtcNow < giveUp, "They go on although nobody is there.");
            await Task.Delay(100);
            if (File.GetLastWriteTimeUtc(log) is var at && at != writtenAt)
                (writtenAt, quietSince) = (at, DateTime.UtcNow);
        }

        // They are there after a crash, and go on once somebody comes.
        await exchange.KillAsync();
        (int exitCode, string output) = await PublishedExchange.RunAsync("verify", "--data", exchange.DataDirectory);
        Assert.True(exitCode == 0, output);
        await exchange.RestartAsync();
        await using (Bot root = await Bot.ConnectAsync(exchange, token))
        {
            Assert.Equal(2, root.Read(s => s.Markets[market].HouseBots.Count));
            sequence = root.Read(s => s.LastSequence);
            await root.DoAsync(new ClientMessage { Subscribe = new Subscribe { MarketIds = { market }, Channels = { Channel.Book } } });
            await root.UntilAsync(s => s.LastSequence > sequence + 5, seconds: 20);

            await root.ElevateAsync();
            await root.DoAsync(SetBots(market, HouseBotStrength.Lively));
            ulong bots = root.Read(s => s.Accounts.Values.Single(a => a.Name == "House maker").AccountId);
            await root.UntilAsync(s => s.Markets[market].HouseBots.Count == 0);
            await root.UntilAsync(s => !s.Books[market].Bids.Concat(s.Books[market].Offers).Any(o => o.AccountId == bots));
        }
    }

    private static Task<ServerMessage> SetStatusAsync(Bot bot, ulong market, MarketStatus status) =>
        bot.DoAsync(new ClientMessage { SetMarketStatus = new SetMarketStatus { MarketId = market, Status = status } });
}
