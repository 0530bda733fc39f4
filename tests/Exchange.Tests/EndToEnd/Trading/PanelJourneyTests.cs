using Exchange.Protocol.V1;
using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>What stands under the chart, and what may lie over it.</summary>
public class PanelJourneyTests
{
    [Fact]
    public async Task Orders_fills_and_lots_stand_under_the_chart_and_are_saved_as_files()
    {
        await using Journey journey = await Journey.StartAsync();
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        ulong market = await maker.CreateMarketAsync("Rain");
        await maker.PlaceAsync(market, Side.Sell, 4_000, 300);
        await maker.PlaceAsync(market, Side.Sell, 5_000, 200);
        IPage ann = await journey.TraderAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
            await BrowserTests.PlaceAsync(ann, "Buy", "40", "3");
            await BrowserTests.PlaceAsync(ann, "Buy", "50", "2");
            await maker.PlaceAsync(market, Side.Buy, 4_500, 100);
            await BrowserTests.PlaceAsync(ann, "Sell", "45", "1");
            await BrowserTests.PlaceAsync(ann, "Buy", "30", "1");
            ILocator panels = ann.GetByRole(AriaRole.Region, new() { Name = "Your orders and fills in this market" });
            Assert.Contains(",30.00,", await SaveAsync("CSV of your open orders"), StringComparison.Ordinal);

            await panels.GetByRole(AriaRole.Tab, new() { Name = "Order history" }).ClickAsync();
            ILocator history = panels.GetByRole(AriaRole.Table, new() { Name = "Your orders in this market" });
            await Expect(history.GetByRole(AriaRole.Cell, new() { Name = "Filled", Exact = true })).ToHaveCountAsync(3);
            Assert.Equal(6, (await SaveAsync("CSV of all your orders here")).Split("\r\n").Length);
            await ann.ExpectAccessibleAsync();

            await panels.GetByRole(AriaRole.Tab, new() { Name = "Fills" }).ClickAsync();
            await Expect(panels.GetByRole(AriaRole.Row)).ToHaveCountAsync(4);
            await Expect(panels.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("Sold");
            Assert.Equal(5, (await SaveAsync("CSV of your fills here")).Split("\r\n").Length);

            // First in, first out: one of the three at 40 is sold.
            await panels.GetByRole(AriaRole.Tab, new() { Name = "Lots" }).ClickAsync();
            await Expect(panels).ToContainTextAsync("first in, first out");
            await Expect(panels.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("+2.00");
            await Expect(panels.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("50.00");
            await Expect(panels.GetByRole(AriaRole.Row).Nth(2)).ToContainTextAsync("+2.00");
            await Expect(panels.GetByRole(AriaRole.Row).Nth(2)).ToContainTextAsync("40.00");
            await Expect(panels.GetByRole(AriaRole.Row).Nth(3)).ToContainTextAsync("+4.00");
            Assert.Contains(",2.00,50.00,100.00\r\n", await SaveAsync("CSV of your lots here"), StringComparison.Ordinal);
            await ann.ExpectAccessibleAsync();

            Assert.Equal(5, (await SaveAsync("CSV of all trades here")).Split("\r\n").Length);
        });

        async Task<string> SaveAsync(string button)
        {
            IDownload file = await ann.RunAndWaitForDownloadAsync(() => Button(ann, button).ClickAsync());
            return await File.ReadAllTextAsync(await file.PathAsync());
        }
    }

    [Fact]
    public async Task A_message_never_lies_over_ladder_ticket_or_a_price_that_is_typed()
    {
        await using Journey journey = await Journey.StartAsync();
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        ulong market = await maker.CreateMarketAsync("Rain");
        for (int i = 0; i < 30; i++)
        {
            await maker.PlaceAsync(market, Side.Sell, 7_000 + i, 100);
            await maker.PlaceAsync(market, Side.Buy, 3_000 - i, 100);
        }
        IPage ann = await journey.TraderAsync("Ann");
        IPage bea = await journey.PhoneAsync("Bea");
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
            foreach ((int width, int height) in (IEnumerable<(int, int)>)[(1440, 900), (1024, 768), (1280, 672)])
            {
                await ann.SetViewportSizeAsync(width, height);
                ILocator orders = ann.GetByRole(AriaRole.Region, new() { Name = "Your open orders" });
                foreach (string price in (string[])["31", "32", "33"])
                    await BrowserTests.PlaceAsync(ann, "Buy", price, "1");
                await Expect(ann.Locator("ol[aria-live] > li")).ToHaveCountAsync(3);
                await Button(orders, "Replace").First.ClickAsync();
                await ExpectFreeAsync(
                    ann, ann.GetByRole(AriaRole.Group, new() { Name = "Order book" }), ann.GetByRole(AriaRole.Form, new() { Name = "Order ticket" }),
                    orders.GetByLabel("New price"));
                await Button(orders, "Keep").ClickAsync();
            }

            await bea.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.TapAsync();
            foreach (string price in (string[])["31", "32"])
            {
                await Button(bea, "Buy 70.00").TapAsync();
                await Dialog(bea).GetByLabel("Price", new() { Exact = true }).FillAsync(price);
                await Dialog(bea).GetByLabel("Quantity", new() { Exact = true }).FillAsync("1");
                await Button(Dialog(bea), $"Buy 1 at {price}.00").TapAsync();
                await Expect(Dialog(bea)).ToHaveCountAsync(0);
            }
            await Expect(bea.Locator("ol[aria-live] > li")).ToHaveCountAsync(2);
            await bea.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight)");
            await ExpectFreeAsync(bea, bea.GetByRole(AriaRole.Group, new() { Name = "Order book" }), Button(bea, "Buy 70.00"));
        });
    }

    /// <summary>Of every message that is shown, none touches any of these, but where those are behind the header.</summary>
    private static async Task ExpectFreeAsync(IPage page, params ILocator[] free)
    {
        LocatorBoundingBoxResult header = (await page.Locator("header").BoundingBoxAsync())!;
        foreach (ILocator each in free)
        {
            LocatorBoundingBoxResult box = (await each.BoundingBoxAsync())!;
            float top = Math.Max(box.Y, header.Y + header.Height);
            foreach (ILocator message in await page.Locator("ol[aria-live] > li").AllAsync())
            {
                if (await message.BoundingBoxAsync() is not { } over)
                    continue;
                bool isApart = over.X + over.Width <= box.X || over.X >= box.X + box.Width || over.Y + over.Height <= top || over.Y >= box.Y + box.Height;
                Assert.True(isApart, $"A message at {over.X:0} {over.Y:0}, {over.Width:0} × {over.Height:0}, lies over {each}.");
            }
        }
    }
}
