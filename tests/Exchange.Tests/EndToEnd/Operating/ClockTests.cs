using Exchange.Protocol.V1;

namespace Exchange.Tests.EndToEnd;

/// <summary>The machine's clock is wrong for a while: what is counted in durations does not care, and all else is right when it is.</summary>
public sealed class ClockTests
{
    private static long NowUs => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks / 10;

    private static PlaceOrder Buy(ulong market, int price, long expiresUs = 0) => new()
    {
        MarketId = market, Side = Side.Buy, Price = price, Quantity = 100, ExpiresTimeUs = expiresUs,
        TimeInForce = expiresUs == 0 ? TimeInForce.GoodTillCancelled : TimeInForce.GoodTillTime,
    };

    private static ClientMessage Switch(uint milliseconds) => new() { CancelAfter = new CancelAfter { TimeoutMs = milliseconds } };

    [Fact]
    public async Task After_an_hour_ahead_switches_and_orders_are_as_if_it_had_never_been()
    {
        using var clock = new ShiftedClock();
        await using PublishedExchange exchange = await PublishedExchange.StartWithAsync(clock.Environment);
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        ulong market = await ann.CreateMarketAsync("Wrong clock");
        Order patient = await ann.OrderAsync(Buy(market, 3_000));
        await ann.DoAsync(Switch(600_000));

        // Ahead: the switch of ten minutes is told with its new time, and has not gone off.
        clock.Set(3_600);
        await ann.OrderAsync(Buy(market, 2_000));
        await ann.UntilAsync(s => s.Own.CancelTimeUs > NowUs + 3_600_000_000);
        Assert.Equal(OrderStatus.Live, ann.Read(s => s.Orders[patient.OrderId].Status));
        await ann.DoAsync(Switch(3_000));

        // Right again: it goes off after its three seconds, not in an hour.
        clock.Set(0);
        await ann.UntilAsync(s => s.Orders[patient.OrderId].Reason == OrderReason.CancelAfter && s.Own.CancelTimeUs == 0);
        Order timed = await ShortLivedAsync(ann, market);
        Assert.InRange(timed.PlacedTimeUs, NowUs - 60_000_000, NowUs + 1_000_000);
        await ann.UntilAsync(s => s.Orders[timed.OrderId].Reason == OrderReason.Expired);
        Assert.Contains("clock was set forward by 3600", exchange.Output, StringComparison.Ordinal);
        Assert.Contains("clock was set back by 3600", exchange.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_after_an_hour_ahead_is_right_and_says_so()
    {
        using var clock = new ShiftedClock();
        clock.Set(3_600);
        await using PublishedExchange exchange = await PublishedExchange.StartWithAsync(clock.Environment);
        string token = await exchange.SignInAsync("Ann");
        await using (Bot ann = await Bot.ConnectAsync(exchange, token))
        {
            ulong before = await ann.CreateMarketAsync("Ahead");
            await ann.OrderAsync(Buy(before, 3_000));
            await ann.DoAsync(Switch(3_000));
        }
        await exchange.KillAsync();
        clock.Set(0);
        await exchange.RestartAsync();
        Assert.Contains("later than now", exchange.Output, StringComparison.Ordinal);
        // A token that the clock ahead dated is not good before its time: she signs in anew.
        await using Bot back = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        ulong market = back.Read(s => s.Markets.Single().Key);
        await back.UntilAsync(s => s.Own.CancelTimeUs == 0 && !s.Orders.Values.Any(o => o.Status == OrderStatus.Live));
        Order timed = await back.OrderAsync(Buy(market, 3_001, NowUs + 600_000_000));
        Assert.InRange(timed.PlacedTimeUs, NowUs - 60_000_000, NowUs + 1_000_000);
    }

    /// <summary>An order that soon expires, but not before it has arrived, however slow the machine.</summary>
    private static async Task<Order> ShortLivedAsync(Bot bot, ulong market)
    {
        for (long us = 1_500_000; ; us *= 2)
        {
            ServerMessage answer = await bot.RequestAsync(new ClientMessage { PlaceOrder = Buy(market, 3_001, NowUs + us) });
            if (answer.OrderChanged is { } placed)
                return placed.Order;
            Assert.Equal(ErrorCode.Expired, answer.RequestFailed.Code);
        }
    }
}
