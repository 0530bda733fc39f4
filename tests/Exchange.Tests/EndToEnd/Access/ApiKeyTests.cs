using System.Net.WebSockets;
using Exchange.Protocol.V1;

namespace Exchange.Tests.EndToEnd;

/// <summary>API keys: what bots sign in with, no more than they were made for, and ended at once.</summary>
public class ApiKeyTests
{
    [Fact]
    public async Task A_key_signs_in_until_it_is_revoked_and_its_connections_with_it()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        ApiKeyCreated made = await CreateAsync(ann, new CreateApiKey { Name = "My bot" });
        Assert.StartsWith("exk_", made.Secret, StringComparison.Ordinal);
        await using Bot bot = await SignInAsync(exchange, made.Secret);
        Assert.Equal(ann.AccountId(), bot.AccountId());
        ulong market = await bot.CreateMarketAsync("By a bot");
        await bot.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 4_000, Quantity = 100 });
        await bot.RefusedAsync(ErrorCode.KeyForbids, new ClientMessage { CreateApiKey = new CreateApiKey { Name = "Another" } });
        ApiKey listed = Assert.Single((await ann.DoAsync(new ClientMessage { GetApiKeys = new GetApiKeys() })).ApiKeys.Keys);
        Assert.Equal("My bot", listed.Name);
        Assert.True(listed.LastUsedTimeUs >= listed.CreatedTimeUs);

        // Over a restart, and only its hash is on disk.
        await exchange.KillAsync();
        Assert.DoesNotContain(made.Secret, System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(exchange.DataDirectory, "exchange.db"))), StringComparison.Ordinal);
        await exchange.RestartAsync();
        await using Bot again = await SignInAsync(exchange, made.Secret);
        await using Bot back = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        Assert.Empty((await back.DoAsync(new ClientMessage { RevokeApiKey = new RevokeApiKey { KeyId = made.Key.KeyId } })).ApiKeys.Keys);
        await again.Ended.PatientlyAsync();
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, again.ClosedWith);
        await using Bot late = await Bot.OpenAsync(exchange);
        await late.RefusedAsync(ErrorCode.BadCredential, new ClientMessage { Authenticate = new Authenticate { ApiKey = made.Secret } });
    }

    [Fact]
    public async Task A_read_only_key_sees_and_changes_nothing()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot admin = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Admin", exchange.SetupCode));
        ulong market = await admin.CreateMarketAsync("Watched");
        await admin.OpenRoomAsync("elsewhere");
        ApiKeyCreated made = await CreateAsync(admin, new CreateApiKey { Name = "Watcher", ReadOnly = true });
        await using Bot watcher = await SignInAsync(exchange, made.Secret);
        await watcher.SubscribeAllAsync(Channel.Book, Channel.Trades, Channel.Ticker);
        PlaceOrder order = new() { MarketId = market, Side = Side.Buy, Price = 4_000, Quantity = 100 };
        await watcher.DoAsync(new ClientMessage { PreviewOrder = new PreviewOrder { Order = order } });
        await watcher.DoAsync(new ClientMessage { GetLeaderboard = new GetLeaderboard() });
        foreach (ClientMessage request in (ClientMessage[])
            [new() { PlaceOrder = order }, new() { CancelOrders = new CancelOrders() }, new() { CancelAfter = new CancelAfter { TimeoutMs = 1_000 } },
             new() { CreateMarket = new CreateMarket { Name = "No", MaxPrice = 1 } }, new() { OpenAccount = new OpenAccount { Name = "No" } },
             new() { OpenRoom = new OpenRoom { Slug = "no" } }, new() { SettleMarket = new SettleMarket { MarketId = market } },
             new() { ClaimCode = new ClaimCode { Code = "CODE" } }, new() { MakeTransfer = new MakeTransfer { ToAccountId = 1, Amount = 1 } },
             new() { SetElevated = new SetElevated { Elevated = true } }, new() { Grant = new Grant { EveryMember = true, Amount = 1 } }])
        {
            await watcher.RefusedAsync(ErrorCode.KeyForbids, request);
        }
        BatchApplied batch = (await watcher.DoAsync(new ClientMessage { OrderBatch = new OrderBatch { Items = { new BatchItem { Place = order } } } })).BatchApplied;
        Assert.Equal(ErrorCode.KeyForbids, batch.Results.Single().Failed.Code);

        // It hears what happens.
        await admin.OrderAsync(order);
        await watcher.UntilAsync(s => s.Orders.Count == 1 && s.Books[market].Bids.Count == 1);
    }

    [Fact]
    public async Task A_key_for_one_account_trades_for_that_and_hears_of_no_other()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        ulong market = await ann.CreateMarketAsync("Scoped");
        ulong personal = ann.AccountId();
        ulong robot = await ann.OpenAccountAsync("Robot");
        await ann.DoAsync(new ClientMessage { MakeTransfer = new MakeTransfer { ToAccountId = robot, Amount = 10_000_000 } });
        ApiKeyCreated made = await CreateAsync(ann, new CreateApiKey { Name = "Robot's", AccountId = robot });
        await using Bot bot = await SignInAsync(exchange, made.Secret);
        Assert.Equal(robot, bot.AccountId());
        Assert.Equal([robot], bot.Read(s => s.Portfolios.Keys.ToList()));
        Order order = await bot.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 4_000, Quantity = 100 });
        Assert.Equal(robot, order.AccountId);
        await bot.RefusedAsync(ErrorCode.KeyForbids, new ClientMessage { ActAs = new ActAs { AccountId = personal } });
        await bot.RefusedAsync(ErrorCode.KeyForbids, new ClientMessage { MakeTransfer = new MakeTransfer { ToAccountId = personal, Amount = 1 } });
        await bot.RefusedAsync(ErrorCode.KeyForbids, new ClientMessage { ShareAccount = new ShareAccount { AccountId = robot, UserId = 1, Role = AccountRole.Manager } });
        await bot.RefusedAsync(ErrorCode.KeyForbids, new ClientMessage { CreateMarket = new CreateMarket { Name = "No", MaxPrice = 1 } });
        Order other = await ann.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Sell, Price = 6_000, Quantity = 100 });
        await bot.RefusedAsync(ErrorCode.OrderNotLive, new ClientMessage { CancelOrder = new CancelOrder { OrderId = other.OrderId } });
        Assert.DoesNotContain(bot.Read(s => s.Heard), m => m.OrderChanged?.Order.OrderId == other.OrderId || m.PortfolioChanged?.AccountId == personal);

        // An account that is no longer its user's is no longer the key's.
        await bot.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 4_001, Quantity = 100 });
        await using Bot bob = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Bob"));
        await ann.DoAsync(new ClientMessage { ShareAccount = new ShareAccount { AccountId = robot, UserId = bob.UserId(), Role = AccountRole.Trader } });
        await bob.UntilAsync(s => s.Portfolios.ContainsKey(robot));
        ApiKeyCreated bobs = await CreateAsync(bob, new CreateApiKey { Name = "Bob's", AccountId = robot });
        await using Bot bobsBot = await SignInAsync(exchange, bobs.Secret);
        await ann.DoAsync(new ClientMessage { RemoveAccountMember = new RemoveAccountMember { AccountId = robot, UserId = bob.UserId() } });
        await bobsBot.UntilAsync(s => s.Portfolios.Count == 0 && s.ReadySequence is not null);
        await bobsBot.RefusedAsync(ErrorCode.KeyForbids, new ClientMessage { PlaceOrder = new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 1, Quantity = 1 } });
    }

    [Fact]
    public async Task Too_many_requests_are_refused_with_when_to_try_again()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(
            null, "--orders-per-second", "10", "--changes-per-second", "2", "--queries-per-minute", "5");
        string token = await exchange.SignInAsync("Ann");
        await using Bot ann = await Bot.ConnectAsync(exchange, token);
        await using Bot second = await Bot.ConnectAsync(exchange, token);
        ulong market = await ann.CreateMarketAsync("Limited");
        PlaceOrder order = new() { MarketId = market, Side = Side.Buy, Price = 1, Quantity = 1 };
        // Over all of the user's connections.
        RequestFailed failed = await FloodAsync([ann, second], new ClientMessage { PlaceOrder = order }, atOnce: 100, perSecond: 10);
        Assert.Contains("100 at once, then 10 a second", failed.Message, StringComparison.Ordinal);
        Assert.InRange(failed.RetryAfterMs, 1u, 1_000u);
        await FloodAsync([ann], new ClientMessage { GetLeaderboard = new GetLeaderboard() }, atOnce: 5, perSecond: 5 / 60.0);
        await FloodAsync([ann], new ClientMessage { OpenAccount = new OpenAccount { Name = "" } }, atOnce: 10, perSecond: 2);
        // Another user is not.
        await using Bot bob = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Bob"));
        await bob.OrderAsync(order);
        // And it passes.
        await Patience.UntilAsync(
            async () => (await ann.RequestAsync(new ClientMessage { PlaceOrder = order })).OrderChanged is not null, "an order taken again");
    }

    /// <summary>
    /// Sends a request 300 times without waiting. As many as may be at once are let through, and what comes free while the flood lasts, however
    /// long that is; the others are refused. The last refusal.
    /// </summary>
    private static async Task<RequestFailed> FloodAsync(Bot[] bots, ClientMessage request, int atOnce, double perSecond)
    {
        long began = Environment.TickCount64;
        var answers = new List<Task<ServerMessage>>();
        for (int i = 0; i < 300; i++)
            answers.Add(await bots[i % bots.Length].StartAsync(request.Clone()));
        ServerMessage[] all = await Task.WhenAll(answers).PatientlyAsync();
        double seconds = (Environment.TickCount64 - began) / 1_000.0;
        RequestFailed[] refused = [.. all.Select(a => a.RequestFailed).Where(f => f?.Code == ErrorCode.RateLimited)];
        // What was used before is not at once any more.
        Assert.InRange(all.Length - refused.Length, atOnce - 2, atOnce + (int)(perSecond * seconds) + 1);
        return refused[^1];
    }

    private static async Task<ApiKeyCreated> CreateAsync(Bot bot, CreateApiKey request) =>
        (await bot.DoAsync(new ClientMessage { CreateApiKey = request })).ApiKeyCreated;

    internal static async Task<Bot> SignInAsync(PublishedExchange exchange, string secret)
    {
        Bot bot = await Bot.OpenAsync(exchange);
        await bot.DoAsync(new ClientMessage { Authenticate = new Authenticate { ApiKey = secret } });
        await bot.SettledAsync();
        return bot;
    }
}
