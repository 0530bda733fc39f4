using Exchange.Protocol.V1;
using Microsoft.Data.Sqlite;

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
        // Those of another room, where somebody stays, tell how long it is: in a time in which they act many times, others would have acted too.
        await using Bot ben = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ben"));
        await ben.OpenRoomAsync("side");
        await ben.EnterAsync("side");
        ulong besides = await CreateLivelyAsync(ben);
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

            // A market order finds the maker on the other side, behind what the noise trader may offer for less.
            await root.UntilAsync(s => s.Books[market].Offers.Any(o => o.AccountId == maker.AccountId));
            bool MakerSold() => root.Read(s => s.Trades.Any(t => t.SellerAccountId == maker.AccountId && t.BuyerAccountId == s.AccountId));
            for (int i = 0; i < 4 && !MakerSold(); i++)
            {
                await root.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Buy, Quantity = 4_000, TimeInForce = TimeInForce.ImmediateOrCancel });
                await root.CaughtUpAsync();
            }
            Assert.True(MakerSold());

            // Halted, they pause: the book stands still. Open again, they go on.
            await SetStatusAsync(root, market, MarketStatus.Halted);
            int halted = root.Read(s => s.Heard.Count);
            await ActsAsync(ben, besides);
            await root.CaughtUpAsync();
            Assert.DoesNotContain(root.Read(s => s.Heard.Skip(halted).ToList()), m => m.BookChanged is not null);
            await SetStatusAsync(root, market, MarketStatus.Open);
            await ActsAsync(root, market);
        }

        // Nobody is there: once the exchange has noticed, nothing is written of them any more.
        await Patience.UntilAsync(
            async () =>
            {
                long before = await LastChangeAsync(exchange, market);
                await ActsAsync(ben, besides);
                return before == await LastChangeAsync(exchange, market);
            },
            "the house bots at rest");

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
            await root.UntilAsync(s => s.LastSequence > sequence + 5);

            await root.ElevateAsync();
            await root.DoAsync(SetBots(market, HouseBotStrength.Lively));
            ulong bots = root.Read(s => s.Accounts.Values.Single(a => a.Name == "House maker").AccountId);
            await root.UntilAsync(s => s.Markets[market].HouseBots.Count == 0);
            await root.UntilAsync(s => !s.Books[market].Bids.Concat(s.Books[market].Offers).Any(o => o.AccountId == bots));
        }
    }

    /// <summary>A market with lively bots, by an admin of the room, who listens to its book.</summary>
    private static async Task<ulong> CreateLivelyAsync(Bot admin)
    {
        ulong market = await admin.CreateAsync(new CreateMarket { Name = "Besides", MinPrice = 0, MaxPrice = 10_000, TickSize = 50 });
        await admin.ElevateAsync();
        await admin.DoAsync(SetBots(market, HouseBotStrength.Lively, HouseBotKind.Maker, HouseBotKind.Noise));
        await admin.DoAsync(new ClientMessage { Subscribe = new Subscribe { MarketIds = { market }, Channels = { Channel.Book } } });
        return market;
    }

    /// <summary>Waits until a market's bots have changed its book ten times from now on.</summary>
    private static async Task ActsAsync(Bot bot, ulong market)
    {
        int heard = bot.Read(s => s.Heard.Count);
        await bot.UntilAsync(s => s.Heard.Skip(heard).Count(m => m.BookChanged?.MarketId == market) >= 10);
    }

    /// <summary>The sequence of the last change of an order in a market, on disk.</summary>
    private static async Task<long> LastChangeAsync(PublishedExchange exchange, ulong market)
    {
        await using var connection = new SqliteConnection($"Data Source={exchange.DataDirectory}/exchange.db;Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT max(sequence) FROM order_change WHERE market_id = {market}";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static Task<ServerMessage> SetStatusAsync(Bot bot, ulong market, MarketStatus status) =>
        bot.DoAsync(new ClientMessage { SetMarketStatus = new SetMarketStatus { MarketId = market, Status = status } });
}
