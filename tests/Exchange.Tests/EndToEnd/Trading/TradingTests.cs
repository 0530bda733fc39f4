using Exchange.Protocol.V1;
using Google.Protobuf;

namespace Exchange.Tests.EndToEnd;

/// <summary>The published executable, driven over its WebSocket.</summary>
public class TradingTests
{
    [Fact]
    public async Task Two_people_trade_and_the_market_settles()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        await using Bot bob = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Bob"));
        await ann.SubscribeAllAsync(Channel.Book, Channel.Trades, Channel.Ticker);
        await bob.SubscribeAllAsync(Channel.Book, Channel.Trades, Channel.Ticker);
        ulong rain = await ann.CreateMarketAsync("Rain tomorrow");
        await bob.UntilAsync(s => s.Markets.ContainsKey(rain));

        Order sell = (await ann.PlaceAsync(rain, Side.Sell, 6_000, 1_000)).OrderChanged.Order;
        Assert.Equal(OrderStatus.Live, sell.Status);
        await bob.UntilAsync(s => s.Books.TryGetValue(rain, out BotBook? book) && book.Offers.Count == 1);
        OrderChanged bought = (await bob.PlaceAsync(rain, Side.Buy, 6_500, 400)).OrderChanged;
        Assert.Equal(OrderStatus.Filled, bought.Order.Status);
        Fill fill = Assert.Single(bought.Fills);
        Assert.Equal((6_000, 400u), (fill.Price, fill.Quantity));

        // Ann hears of it without asking: her order, her money, the book, the trade.
        await ann.UntilAsync(s => s.Orders[sell.OrderId].Filled == 400 && s.Positions[rain].Quantity == -400 && s.Trades.Count == 1);
        Assert.Equal(100_000_000L + (6_000 * 400), ann.Read(s => s.Cash));
        Assert.Equal(100_000_000L - (6_000 * 400), bob.Read(s => s.Cash));
        Assert.Equal(600u, bob.Read(s => s.Books[rain].Offers.Single().Remaining));
        await bob.UntilAsync(s => s.Tickers[rain].LastPrice == 6_000 && s.Tickers[rain].Volume24H == 400);

        ServerMessage refused = await bob.RequestAsync(new ClientMessage { SettleMarket = new SettleMarket { MarketId = rain, Price = 10_000 } });
        Assert.Equal(ErrorCode.Forbidden, refused.RequestFailed.Code);
        ServerMessage settled = await ann.RequestAsync(new ClientMessage { SettleMarket = new SettleMarket { MarketId = rain, Price = 10_000 } });
        Assert.Equal(MarketStatus.Settled, settled.MarketChanged.Market.Status);
        await bob.UntilAsync(s => s.Markets[rain].Status == MarketStatus.Settled && s.Cash == 100_000_000L + (4_000 * 400));
        await ann.UntilAsync(s => s.Cash == 100_000_000L - (4_000 * 400) && s.Orders[sell.OrderId].Status == OrderStatus.Cancelled);
        Assert.Equal(OrderReason.MarketSettled, ann.Read(s => s.Orders[sell.OrderId].Reason));
        Assert.Equal(4_000 * 400, bob.Read(s => s.Positions[rain].SettledProfit));
    }

    [Fact]
    public async Task A_late_joiner_sees_what_everyone_sees()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        string bobToken = await exchange.SignInAsync("Bob");
        await using Bot bob = await Bot.ConnectAsync(exchange, bobToken);
        await ann.SubscribeAllAsync(Channel.Book, Channel.Trades);
        ulong market = await ann.CreateMarketAsync("Late");
        var random = new Random(7);
        var late = new List<Bot>();
        var placed = new List<Task<ServerMessage>>();
        try
        {
            for (int i = 0; i < 400; i++)
            {
                Bot who = i % 2 == 0 ? ann : bob;
                placed.Add(await who.StartAsync(new ClientMessage
                {
                    PlaceOrder = new PlaceOrder
                    {
                        MarketId = market,
                        Side = random.Next(2) == 0 ? Side.Buy : Side.Sell,
                        Price = 4_000 + random.Next(2_000),
                        Quantity = (uint)random.Next(1, 300),
                    },
                }));
                if (i % 80 == 40)
                {
                    Bot joiner = await Bot.ConnectAsync(exchange, bobToken);
                    late.Add(joiner);
                    await joiner.SubscribeAllAsync(Channel.Book, Channel.Trades);
                }
            }
            await Task.WhenAll(placed).PatientlyAsync();
            ServerMessage last = await ann.PlaceAsync(market, Side.Buy, 1, 1);
            await bob.CaughtUpAsync();
            foreach (Bot joiner in late)
                await joiner.UntilAsync(s => s.Books[market].Bids.Any(o => o.OrderId == last.OrderChanged.Order.OrderId));
            string book = ann.Read(s => s.Books[market].Describe());
            Assert.All(late, j => Assert.Equal(book, j.Read(s => s.Books[market].Describe())));
            Assert.All(late, j => Assert.Equal(
                ann.Read(s => s.Trades.TakeLast(50).Select(t => t.TradeId).ToArray()),
                j.Read(s => s.Trades.TakeLast(50).Select(t => t.TradeId).ToArray())));
            Assert.All(late, j => Assert.Equal(bob.Read(s => (s.Cash, s.Available)), j.Read(s => (s.Cash, s.Available))));
        }
        finally
        {
            foreach (Bot joiner in late)
                await joiner.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_lost_connection_resumes_with_exactly_what_was_missed()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        string bobToken = await exchange.SignInAsync("Bob");
        await using Bot bob = await Bot.ConnectAsync(exchange, bobToken);
        ulong market = await ann.CreateMarketAsync("Gap");
        var everything = new Subscribe { All = true, Channels = { Channel.Book, Channel.Trades } };
        await bob.RequestAsync(new ClientMessage { Subscribe = everything });
        Order resting = (await bob.PlaceAsync(market, Side.Buy, 5_000, 500)).OrderChanged.Order;
        Authenticated before = bob.Read(s => s.Authenticated!);
        ulong sequence = bob.Read(s => s.LastSequence);
        bob.Drop();

        await ann.PlaceAsync(market, Side.Sell, 5_000, 200);
        await ann.PlaceAsync(market, Side.Sell, 5_100, 300);
        await using Bot back = await Bot.ConnectAsync(exchange, bobToken, new Resume
        {
            Epoch = before.Epoch,
            Sequence = sequence,
            RoomId = before.RoomId,
            Subscriptions = { everything },
        });
        Assert.True(back.Read(s => s.Authenticated!.Resumed));
        // Cut off right after that, it would come back from the same place and miss nothing.
        Assert.Equal(sequence, back.Read(s => s.Heard[0].Sequence));
        Assert.Equal(200u, back.Read(s => s.Orders[resting.OrderId].Filled));
        Assert.Equal(200, back.Read(s => s.Positions[market].Quantity));
        Trade missed = Assert.Single(back.Read(s => s.Trades.ToArray()));
        Assert.Equal(200u, missed.Quantity);
        Assert.Empty(back.Read(s => s.Markets)); // No snapshots came.
        await ann.PlaceAsync(market, Side.Sell, 5_200, 100);
        await back.UntilAsync(s => s.Books[market].Offers.Count == 2);

        // What the exchange can't honour gets everything anew, and is told so.
        foreach (Resume impossible in (Resume[])[
            new Resume { Epoch = before.Epoch + 1, Sequence = sequence, RoomId = before.RoomId },
            new Resume { Epoch = before.Epoch, Sequence = sequence + 1_000_000, RoomId = before.RoomId },
            new Resume { Epoch = before.Epoch, Sequence = sequence, RoomId = before.RoomId + 1 }])
        {
            await using Bot anew = await Bot.ConnectAsync(exchange, bobToken, impossible);
            Assert.False(anew.Read(s => s.Authenticated!.Resumed));
            Assert.Single(anew.Read(s => s.Markets));
        }
    }

    [Fact]
    public async Task A_listener_that_stops_reading_is_shown_everything_anew_and_nobody_else_notices()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string token = await exchange.SignInAsync("Ann");
        await using Bot ann = await Bot.ConnectAsync(exchange, token);
        // The same user: it hears of the account's orders too, more than the sockets between hold.
        await using Bot slow = await Bot.ConnectAsync(exchange, token, receiveBuffer: 4096);
        ulong market = await ann.CreateMarketAsync("Busy");
        await ann.SubscribeAllAsync(Channel.Book);
        await slow.SubscribeAllAsync(Channel.Book, Channel.Trades);
        ulong order = (await ann.PlaceAsync(market, Side.Buy, 5_000, 100)).OrderChanged.Order.OrderId;
        await slow.StopReadingAsync();

        // More events than the ring holds. A reader that takes nothing for five seconds is closed, so on a slow machine it takes a little now
        // and then, and so much more is sent.
        long tookAt = Environment.TickCount64;
        int events = 75_000;
        for (int i = 0; i < events; i += 400)
        {
            if (Environment.TickCount64 - tookAt > 1_000)
            {
                events += 2_500;
                for (int parts = 0; parts < 20; parts++)
                    await slow.ReadALittleAsync();
                tookAt = Environment.TickCount64;
            }
            var frame = new ClientFrame();
            for (int n = 0; n < 399; n++)
            {
                frame.Messages.Add(new ClientMessage
                {
                    ReplaceOrder = new ReplaceOrder { OrderId = order, Price = 4_000 + ((i + n) % 900) },
                });
            }
            await ann.SendAsync(frame.ToByteArray());
            await ann.PlaceAsync(market, Side.Sell, 9_000, 1); // Its answer comes after all of those.
        }
        slow.ReadOn();
        ServerMessage last = await ann.PlaceAsync(market, Side.Sell, 9_999, 1);
        await slow.UntilAsync(s => s.ReadySequence is not null && s.Resynchronizations > 0
            && s.Books.TryGetValue(market, out BotBook? book) && book.Offers.Any(o => o.OrderId == last.OrderChanged.Order.OrderId));
        Assert.Equal(ann.Read(s => s.Books[market].Describe()), slow.Read(s => s.Books[market].Describe()));
        Assert.Equal(0, ann.Read(s => s.Resynchronizations));
    }

    [Fact]
    public async Task A_client_order_id_sent_again_places_nothing_even_after_a_restart()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string token = await exchange.SignInAsync("Ann");
        ulong market;
        Order live, cancelled;
        await using (Bot ann = await Bot.ConnectAsync(exchange, token))
        {
            market = await ann.CreateMarketAsync("Twice");
            live = (await ann.PlaceAsync(market, Side.Buy, 4_000, 100, "live-one")).OrderChanged.Order;
            cancelled = (await ann.PlaceAsync(market, Side.Buy, 4_100, 100, "cancelled-one")).OrderChanged.Order;
            await ann.RequestAsync(new ClientMessage { CancelOrder = new CancelOrder { ClientOrderId = "cancelled-one" } });
            OrderChanged again = (await ann.PlaceAsync(market, Side.Buy, 4_000, 100, "live-one")).OrderChanged;
            Assert.True(again.Existing);
            Assert.Equal(live.OrderId, again.Order.OrderId);
        }
        await exchange.KillAsync();
        await exchange.RestartAsync();
        await using Bot back = await Bot.ConnectAsync(exchange, token);
        OrderChanged afterRestart = (await back.PlaceAsync(market, Side.Buy, 4_000, 100, "live-one")).OrderChanged;
        Assert.True(afterRestart.Existing);
        Assert.Equal((live.OrderId, OrderStatus.Live), (afterRestart.Order.OrderId, afterRestart.Order.Status));
        OrderChanged ended = (await back.PlaceAsync(market, Side.Buy, 4_100, 100, "cancelled-one")).OrderChanged;
        Assert.True(ended.Existing);
        Assert.Equal((cancelled.OrderId, OrderStatus.Cancelled), (ended.Order.OrderId, ended.Order.Status));
        // Other orders under these ids are others.
        RequestFailed reused = (await back.PlaceAsync(market, Side.Sell, 4_000, 100, "live-one")).RequestFailed;
        Assert.Equal(ErrorCode.ClientOrderIdReused, reused.Code);
        Assert.Contains($"order {live.OrderId}: buy 1.00 at 40.00 in market {market}; it is live", reused.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.ClientOrderIdReused, (await back.PlaceAsync(market, Side.Buy, 4_100, 101, "cancelled-one")).RequestFailed.Code);
        Assert.False((await back.PlaceAsync(market, Side.Buy, 4_000, 100, "new-one")).OrderChanged.Existing);
    }

    [Fact]
    public async Task Cancelling_many_answers_with_the_count_after_each()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        ulong market = await ann.CreateMarketAsync("Many");
        for (int i = 0; i < 5; i++)
            await ann.PlaceAsync(market, i % 2 == 0 ? Side.Buy : Side.Sell, i % 2 == 0 ? 4_000 : 6_000, 100);
        ServerMessage buys = await ann.RequestAsync(new ClientMessage { CancelOrders = new CancelOrders { Side = Side.Buy } });
        Assert.Equal(3u, buys.OrdersCancelled.Count);
        Assert.Equal(2, ann.Read(s => s.Orders.Values.Count(o => o.Status == OrderStatus.Live)));
        ServerMessage rest = await ann.RequestAsync(new ClientMessage { CancelOrders = new CancelOrders { MarketId = market } });
        Assert.Equal(2u, rest.OrdersCancelled.Count);
        Assert.Equal(100_000_000, ann.Read(s => s.Available));
    }
}
