using System.Text.Json;
using System.Text.RegularExpressions;
using Exchange.Protocol.V1;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>Times on the page: where clocks are put back, where nobody looked, and where a number is no time at all.</summary>
public partial class TimeJourneyTests
{
    [Fact]
    public async Task A_chart_shows_every_candle_of_the_night_in_which_the_clocks_are_put_back()
    {
        await using Journey journey = await Journey.StartAsync();
        await using (Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker")))
        await using (Bot taker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Taker")))
        {
            ulong market = await maker.CreateMarketAsync("Rain");
            for (int price = 4_000; price < 5_000; price += 100)
            {
                await maker.PlaceAsync(market, Side.Sell, price, 100);
                await taker.PlaceAsync(market, Side.Buy, price, 100);
            }
        }
        await journey.Exchange.SignInAsync("Ann");
        // Ten trades, one each quarter of an hour; in Berlin 02:00 to 03:00 came twice.
        long first = new DateTimeOffset(2025, 10, 26, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds() * 1_000_000;
        await ChangeStoredAsync(journey.Exchange, $"""
            UPDATE market SET created_us = {first};
            UPDATE trade SET time_us = {first} + 900000000 * (id - (SELECT min(id) FROM trade));
            """);
        IPage ann = await journey.SignInAsync("Ann", "Europe/Berlin");
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
            ILocator chart = ann.GetByRole(AriaRole.Application);
            await Button(ann, "15m").ClickAsync();
            await Expect(chart).ToHaveAttributeAsync("aria-label", new Regex("15m candles.* close 49.00"));
            Assert.Equal(
                ["40.00", "41.00", "42.00", "43.00", "44.00", "45.00", "46.00", "47.00", "48.00", "49.00"],
                await DrawnClosesAsync(ann));
            await Button(ann, "1h").ClickAsync();
            await Expect(chart).ToHaveAttributeAsync("aria-label", new Regex("1h candles.* close 49.00"));
            Assert.Equal(["43.00", "47.00", "49.00"], await DrawnClosesAsync(ann));
        });
    }

    [Fact]
    public async Task Candles_that_came_while_the_page_was_hidden_are_there_when_it_is_seen_again()
    {
        await using Journey journey = await Journey.StartAsync();
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        await using Bot taker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Taker"));
        ulong market = await maker.CreateMarketAsync("Rain");
        async Task TradeAsync(int price)
        {
            await maker.PlaceAsync(market, Side.Sell, price, 100);
            await taker.PlaceAsync(market, Side.Buy, price, 100);
        }
        await TradeAsync(4_000);
        IPage ann = await journey.TraderAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
            ILocator chart = ann.GetByRole(AriaRole.Application);
            await Button(ann, "1s").ClickAsync();
            await Expect(chart).ToHaveAttributeAsync("aria-label", new Regex("close 40.00"));
            await SetVisibilityAsync(ann, "hidden");
            for (int price = 4_100; price <= 4_300; price += 100)
            {
                await NextSecondAsync(); // So that each is a candle of its own.
                await TradeAsync(price);
                await Expect(chart).ToHaveAttributeAsync("aria-label", new Regex($"close {price / 100}.00"));
            }
            await SetVisibilityAsync(ann, "visible");
            for (int i = 0; i < 8; i++)
                await chart.PressAsync("-"); // Out, so that all of them are in view.
            Assert.Equal(["40.00", "41.00", "42.00", "43.00"], await DrawnClosesAsync(ann));
        });
    }

    [Fact]
    public async Task Numbers_that_are_no_times_keep_no_page_from_drawing()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.ElevatedAdminAsync("Ann");
        await using (Bot annsBot = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Ann")))
        {
            ulong market = await annsBot.CreateMarketAsync("Rain");
            for (int price = 1_000; price <= 3_000; price += 1_000)
            {
                await annsBot.OrderAsync(new PlaceOrder
                {
                    MarketId = market,
                    Side = Side.Buy,
                    Price = price,
                    Quantity = 100,
                    TimeInForce = TimeInForce.GoodTillTime,
                    ExpiresTimeUs = TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds() * 1_000,
                });
            }
            await annsBot.DoAsync(new ClientMessage { CreateApiKey = new CreateApiKey { Name = "Bot" } });
            await annsBot.ElevateAsync();
            await annsBot.DoAsync(new ClientMessage { CreateCode = new CreateCode { Code = "SUMMER2026", Amount = 10_000, Uses = 5 } });
        }
        await journey.WalkAsync(async () =>
        {
            // 2^63 - 1, nanoseconds, and a day of the year 10000.
            await ChangeStoredAsync(journey.Exchange, """
                UPDATE "order" SET expires_us = CASE price WHEN 1000 THEN 9223372036854775807
                  WHEN 2000 THEN 1793000000000000000 ELSE 253402400000000000 END;
                UPDATE api_key SET expires_us = 9223372036854775807, last_used_us = 9223372036854775807;
                UPDATE code SET expires_us = 9223372036854775807;
                """);
            await ann.GotoAsync("/");
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
            ILocator orders = ann.GetByRole(AriaRole.Region, new() { Name = "Your open orders" });
            await Expect(orders.GetByTitle("Until after the year 9999")).ToHaveCountAsync(3);
            await GoAsync(ann, "Portfolio");
            await Expect(ann.GetByTitle("Until after the year 9999")).ToHaveCountAsync(3);
            await ann.GotoAsync("/accounts");
            await Expect(ann.GetByText("expires after the year 9999")).ToBeVisibleAsync();
            await ann.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Admin" }).ClickAsync();
            await ann.GetByRole(AriaRole.Tab, new() { Name = "Money" }).ClickAsync();
            await Expect(ann.GetByText("after the year 9999")).ToBeVisibleAsync();
        });
    }

    /// <summary>Changes the database of an exchange that is stopped meanwhile.</summary>
    private static async Task ChangeStoredAsync(PublishedExchange exchange, string sql)
    {
        await exchange.TerminateAsync();
        await using (var connection = new SqliteConnection($"Data Source={exchange.DataDirectory}/exchange.db;Pooling=False"))
        {
            await connection.OpenAsync();
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
        await exchange.RestartAsync();
    }

    private static Task NextSecondAsync()
    {
        long second = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return Patience.UntilAsync(() => DateTimeOffset.UtcNow.ToUnixTimeSeconds() > second, "the next second");
    }

    private static Task<JsonElement?> SetVisibilityAsync(IPage page, string state) => page.EvaluateAsync(
        """
        state => {
          Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
          document.dispatchEvent(new Event('visibilitychange'));
        }
        """,
        state);

    /// <summary>The closes of the candles on the screen, each pointed at from left to right.</summary>
    private static async Task<List<string>> DrawnClosesAsync(IPage page)
    {
        LocatorBoundingBoxResult box = (await page.GetByRole(AriaRole.Application).BoundingBoxAsync())!;
        ILocator legend = page.GetByRole(AriaRole.Region, new() { Name = "Chart" }).Locator("p").First;
        var closes = new List<string>();
        for (float x = 2; x < box.Width - 60; x += 3)
        {
            await page.Mouse.MoveAsync(box.X + x, box.Y + box.Height / 2);
            string close = ClosePattern().Match(await legend.TextContentAsync() ?? "").Groups[1].Value;
            if (closes.Count == 0 || closes[^1] != close)
                closes.Add(close);
        }
        await page.Mouse.MoveAsync(0, 0);
        // To the left of the first candle, where nothing is pointed at, the legend is of the last one.
        if (closes.Count > 1 && closes[0] == closes[^1])
            closes.RemoveAt(0);
        return closes;
    }

    [GeneratedRegex(@"C\s*([\d.]+)")]
    private static partial Regex ClosePattern();
}
