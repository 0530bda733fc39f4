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
        Order soon = await ann.OrderAsync(Timed(market, 3_000, Soon(0.4)));
        await ann.UntilAsync(s => s.Orders[soon.OrderId].Reason == OrderReason.Expired && s.Available == s.Cash);

        Order later = await ann.OrderAsync(Timed(market, 3_001, Soon(2.5)));
        Order standing = await ann.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 3_002, Quantity = 100 });
        CancelAfterChanged armed = (await ann.DoAsync(new ClientMessage { CancelAfter = new CancelAfter { TimeoutMs = 2_500 } })).CancelAfterChanged;
        Assert.True(armed.CancelTimeUs > Soon(0));
        await exchange.KillAsync();
        await exchange.RestartAsync();
        await using Bot back = await Bot.ConnectAsync(exchange, token);
        Assert.Equal(armed.CancelTimeUs, back.Read(s => s.Own.CancelTimeUs));
        await back.UntilAsync(s => s.Orders[later.OrderId].Reason == OrderReason.Expired);
        await back.UntilAsync(s => s.Orders[standing.OrderId].Reason == OrderReason.CancelAfter && s.Own.CancelTimeUs == 0);

        // Renewed in time it does not go off; disarmed, never.
        Order kept = await back.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 3_003, Quantity = 100 });
        for (int i = 0; i < 3; i++)
        {
            await back.DoAsync(new ClientMessage { CancelAfter = new CancelAfter { TimeoutMs = 1_000 } });
            await Task.Delay(600);
        }
        await back.DoAsync(new ClientMessage { CancelAfter = new CancelAfter { TimeoutMs = 0 } });
        await Task.Delay(1_100);
        Assert.Equal(OrderStatus.Live, back.Read(s => s.Orders[kept.OrderId].Status));
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
                    Place(market, Side.Buy, 1, "bid"),
                },
            },
        });
        BatchResult[] results = [.. answer.BatchApplied.Results];
        Assert.Equal(8, results.Length);
        Assert.Equal((4_900, OrderStatus.Live), (results[0].Order.Price, results[0].Order.Status));
        Assert.Equal(ErrorCode.InvalidPrice, results[2].Failed.Code);
        Assert.Equal(4_950, results[3].Order.Price);
        Assert.Equal(OrderStatus.Cancelled, results[4].Order.Status);
        Assert.Equal(ErrorCode.InvalidField, results[5].Failed.Code);
        Assert.Equal(ErrorCode.InvalidField, results[6].Failed.Code);
        Assert.True(results[7].Existing);
        Assert.Equal(results[0].Order.OrderId, results[7].Order.OrderId);
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
