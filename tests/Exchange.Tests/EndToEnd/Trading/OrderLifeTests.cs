using Exchange.Protocol.V1;

namespace Exchange.Tests.EndToEnd;

/// <summary>How orders live and end: by time, by a lost connection, by a switch that was not renewed, together in a batch.</summary>
public class OrderLifeTests
{
    [Fact]
    public async Task A_good_till_time_order_and_a_dead_mans_switch_go_off_by_themselves_over_a_restart_too()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string token = await exchange.SignInAsync("Ann");
        await using Bot ann = await Bot.ConnectAsync(exchange, token);
        ulong market = await ann.CreateMarketAsync("Timed");
        Order soon = await ExpiringSoonAsync(ann, market);
        await ann.UntilAsync(s => s.Orders[soon.OrderId].Reason == OrderReason.Expired && s.Available == s.Cash);

        // What is due in an hour is there after a restart, as it was.
        Order later = await ann.OrderAsync(Timed(market, 3_001, Soon(3_600)));
        Order standing = await ann.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 3_002, Quantity = 100 });
        CancelAfterChanged armed = await ArmAsync(ann, AnHour);
        Assert.True(armed.CancelTimeUs > Soon(0));
        await exchange.KillAsync();
        await exchange.RestartAsync();
        await using (Bot back = await Bot.ConnectAsync(exchange, token))
        {
            Assert.Equal(armed.CancelTimeUs, back.Read(s => s.Own.CancelTimeUs));
            Assert.Equal(later.ExpiresTimeUs, back.Read(s => s.Orders[later.OrderId].ExpiresTimeUs));

            // What comes due while it does not run goes off when it does.
            soon = await ExpiringSoonAsync(back, market);
            // The order first, then the switch.
            await ArmAsync(back, (uint)Math.Max(0, (soon.ExpiresTimeUs - Soon(0)) / 1_000) + 1_000);
        }
        await exchange.KillAsync();
        await exchange.RestartAsync();
        await using Bot again = await Bot.ConnectAsync(exchange, token);
        await again.UntilAsync(s => s.Own.CancelTimeUs == 0 && !s.Orders.Values.Any(o => o.Status == OrderStatus.Live));
        Assert.Equal(OrderReason.Expired, await LastReasonAsync(again, soon));
        Assert.Equal(OrderReason.CancelAfter, await LastReasonAsync(again, later));
        Assert.Equal(OrderReason.CancelAfter, await LastReasonAsync(again, standing));
    }

    [Fact]
    public async Task A_dead_mans_switch_that_is_renewed_in_time_or_disarmed_does_not_go_off()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        await using Bot bob = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Bob"));
        ulong market = await ann.CreateMarketAsync("Renewed");
        foreach (uint renewal in (uint[])[AnHour, 0])
        {
            // On a slow machine it may go off before the renewal comes, as it should: then again, with more time.
            Order kept;
            uint timeoutMs = 1_000;
            while (true)
            {
                kept = await ann.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 3_000, Quantity = 100 });
                await ArmAsync(ann, timeoutMs);
                await ArmAsync(ann, renewal);
                if (ann.Read(s => s.Orders[kept.OrderId].Status) == OrderStatus.Live)
                    break;
                timeoutMs *= 2;
            }

            // Bob's is due after hers was, and they go off in order: when his has, hers would have.
            Order lost = await bob.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 3_000, Quantity = 100 });
            await ArmAsync(bob, timeoutMs);
            await bob.UntilAsync(s => s.Orders[lost.OrderId].Reason == OrderReason.CancelAfter);
            await ann.CaughtUpAsync();
            Assert.Equal(OrderStatus.Live, ann.Read(s => s.Orders[kept.OrderId].Status));
        }
    }

    [Fact]
    public async Task Orders_placed_with_cancel_on_disconnect_end_with_the_connection_or_the_process()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string token = await exchange.SignInAsync("Ann");
        await using Bot watcher = await Bot.ConnectAsync(exchange, token);
        ulong market = await watcher.CreateMarketAsync("Dropped");
        Bot ann = await Bot.ConnectAsync(exchange, token);
        Order staying = await ann.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 3_000, Quantity = 100 });
        await ann.DoAsync(new ClientMessage { SetCancelOnDisconnect = new SetCancelOnDisconnect { Enabled = true } });
        Order ending = await ann.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 3_001, Quantity = 100 });
        Assert.True(ending.CancelOnDisconnect);
        Order ofWatcher = await watcher.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 3_002, Quantity = 100 });
        await ann.DisposeAsync();
        await watcher.UntilAsync(s => s.Orders[ending.OrderId].Reason == OrderReason.Disconnected);
        Assert.Equal(OrderStatus.Live, watcher.Read(s => s.Orders[staying.OrderId].Status));
        Assert.Equal(OrderStatus.Live, watcher.Read(s => s.Orders[ofWatcher.OrderId].Status));

        // The power goes: every connection is gone.
        await watcher.DoAsync(new ClientMessage { SetCancelOnDisconnect = new SetCancelOnDisconnect { Enabled = true } });
        Order lost = await watcher.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 3_003, Quantity = 100 });
        await exchange.KillAsync();
        await exchange.RestartAsync();
        await using Bot back = await Bot.ConnectAsync(exchange, token);
        await back.UntilAsync(s => !s.Orders.TryGetValue(lost.OrderId, out Order? o) || o.Reason == OrderReason.Disconnected);
        Assert.Equal(OrderStatus.Live, back.Read(s => s.Orders[staying.OrderId].Status));
    }

    [Fact]
    public async Task A_batch_is_carried_out_in_order_and_each_item_has_its_own_result()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string token = await exchange.SignInAsync("Ann");
        await using Bot ann = await Bot.ConnectAsync(exchange, token);
        ulong market = await ann.CreateMarketAsync("Quoted");
        await ann.SubscribeAllAsync(Channel.Book);
        ServerMessage answer = await ann.DoAsync(new ClientMessage
        {
            OrderBatch = new OrderBatch
            {
                Items =
                {
                    Place(market, Side.Buy, 4_900, "bid"),
                    Place(market, Side.Sell, 5_100, "offer"),
                    Place(market, Side.Buy, 20_000, "no such price"),
                    new BatchItem { Replace = new ReplaceOrder { ClientOrderId = "bid", Price = 4_950 } },
                    new BatchItem { Cancel = new CancelOrder { ClientOrderId = "offer" } },
                    new BatchItem { Cancel = new CancelOrder() },
                    new BatchItem(),
                    Place(market, Side.Buy, 4_900, "bid"),
                    Place(market, Side.Buy, 1, "bid"),
                    Place(market, Side.Sell, 5_100, "offer"),
                },
            },
        });
        BatchResult[] results = [.. answer.BatchApplied.Results];
        Assert.Equal(10, results.Length);
        Assert.Equal((4_900, OrderStatus.Live), (results[0].Order.Price, results[0].Order.Status));
        Assert.Equal(ErrorCode.InvalidPrice, results[2].Failed.Code);
        Assert.Equal(4_950, results[3].Order.Price);
        Assert.Equal(OrderStatus.Cancelled, results[4].Order.Status);
        Assert.Equal(ErrorCode.InvalidField, results[5].Failed.Code);
        Assert.Equal(ErrorCode.InvalidField, results[6].Failed.Code);
        Assert.True(results[7].Existing);
        Assert.Equal(results[0].Order.OrderId, results[7].Order.OrderId);
        Assert.Equal(ErrorCode.ClientOrderIdReused, results[8].Failed.Code);
        Assert.Equal(ErrorCode.ClientOrderIdReused, results[9].Failed.Code);
        await ann.UntilAsync(s => s.Books[market].Bids.Count == 1 && s.Books[market].Bids[0].Price == 4_950 && s.Books[market].Offers.Count == 0);

        // On disk, all of it.
        await exchange.KillAsync();
        (int verified, string output) = await PublishedExchange.RunAsync("verify", "--data", exchange.DataDirectory);
        Assert.True(verified == 0, output);
        await exchange.RestartAsync();
        await using Bot back = await Bot.ConnectAsync(exchange, token);
        Assert.Equal(4_950, back.Read(s => s.Orders.Values.Single().Price));
    }

    [Fact]
    public async Task A_preview_says_what_an_order_would_do_and_does_nothing()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        await using Bot bob = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Bob"));
        ulong market = await ann.CreateMarketAsync("Previewed");
        await ann.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Sell, Price = 5_000, Quantity = 300 });
        await ann.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Sell, Price = 6_000, Quantity = 300 });
        PlaceOrder order = new() { MarketId = market, Side = Side.Buy, Price = 6_000, Quantity = 1_000 };
        OrderPreviewed p = (await bob.DoAsync(new ClientMessage { PreviewOrder = new PreviewOrder { Order = order } })).OrderPreviewed;
        Assert.Equal((600u, 400u, 600L), (p.Filled, p.Resting, p.PositionAfter));
        Assert.Equal((300 * 5_000L) + (300 * 6_000L), p.FilledValue);
        Assert.Equal((100_000_000L, 100_000_000L - (300 * 5_000L) - (700 * 6_000L)), (p.Available, p.AvailableAfter));
        Assert.Equal(0, bob.Position(market));
        await bob.OrderAsync(order);
        Assert.Equal(p.AvailableAfter, bob.Read(s => s.Available));
        Assert.Equal(p.PositionAfter, bob.Position(market));

        order.Quantity = 100_000_000;
        RequestFailed poor = await bob.RefusedAsync(ErrorCode.InsufficientFunds, new ClientMessage { PreviewOrder = new PreviewOrder { Order = order } });
        Assert.True(poor.Needed > poor.Available);
    }

    private const uint AnHour = 3_600_000;

    private static async Task<CancelAfterChanged> ArmAsync(Bot bot, uint timeoutMs) =>
        (await bot.DoAsync(new ClientMessage { CancelAfter = new CancelAfter { TimeoutMs = timeoutMs } })).CancelAfterChanged;

    /// <summary>An order that expires soon after it was placed. If its time has passed when it comes, on a slow machine, another with more.</summary>
    private static async Task<Order> ExpiringSoonAsync(Bot bot, ulong market)
    {
        for (double seconds = 0.4; ; seconds *= 2)
        {
            ServerMessage answer = await bot.RequestAsync(new ClientMessage { PlaceOrder = Timed(market, 3_000, Soon(seconds)) });
            if (answer.OrderChanged is { } changed)
                return changed.Order;
            Assert.Equal(ErrorCode.Expired, answer.RequestFailed?.Code);
        }
    }

    /// <summary>Why an order is as it is, by the record.</summary>
    private static async Task<OrderReason> LastReasonAsync(Bot bot, Order order) =>
        (await bot.DoAsync(new ClientMessage { GetOrderChanges = new GetOrderChanges { OrderId = order.OrderId } })).OrderChangesPage.Changes[^1].Reason;

    private static PlaceOrder Timed(ulong market, int price, long expires) => new()
    {
        MarketId = market, Side = Side.Buy, Price = price, Quantity = 100, TimeInForce = TimeInForce.GoodTillTime, ExpiresTimeUs = expires,
    };

    private static BatchItem Place(ulong market, Side side, int price, string id) => new()
    {
        Place = new PlaceOrder { MarketId = market, Side = side, Price = price, Quantity = 100, ClientOrderId = id },
    };

    private static long Soon(double seconds) => (long)((DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalMicroseconds + (seconds * 1e6));
}
