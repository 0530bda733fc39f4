using Exchange.Protocol.V1;
using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>Own orders, taken hold of where they are shown: in the ladder, in the chart, by the keyboard.</summary>
public class OwnOrderJourneyTests
{
    [Fact]
    public async Task Own_orders_are_moved_and_cancelled_in_ladder_and_chart_by_pointer_and_keyboard()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.TraderAsync("Ann");
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        await using Bot taker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Taker"));
        ulong market = await maker.CreateMarketAsync("Rain");
        await journey.WalkAsync(async () =>
        {
            // A range of prices for the chart, and a book.
            foreach (int price in (int[])[2_000, 8_000, 5_000])
            {
                await maker.PlaceAsync(market, Side.Sell, price, 100);
                await taker.PlaceAsync(market, Side.Buy, price, 100);
            }
            await maker.PlaceAsync(market, Side.Sell, 7_500, 400);
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
            await BrowserTests.PlaceAsync(ann, "Buy", "30", "2");
            await BrowserTests.PlaceAsync(ann, "Buy", "40", "1");
            await BrowserTests.PlaceAsync(ann, "Sell", "70", "3");
            ILocator orders = ann.GetByRole(AriaRole.Region, new() { Name = "Your open orders" });
            // Once the ticket has let go of the one at 70: the same price typed before would go with it.
            await Expect(orders.GetByRole(AriaRole.Row)).ToHaveCountAsync(4);
            await BrowserTests.PlaceAsync(ann, "Sell", "70", "1");
            await Expect(orders.GetByRole(AriaRole.Row)).ToHaveCountAsync(5);

            // A click on one's own mark in the ladder cancels; the row around it still fills the ticket.
            await Button(ann, "Your 1 at 40.00: cancel").ClickAsync();
            await Expect(ann.GetByText("Buy 1 at 40.00 cancelled.")).ToBeVisibleAsync();
            await ann.GetByRole(AriaRole.Button, new() { Name = "Offer 75.00" }).ClickAsync();
            await Expect(ann.GetByLabel("Price", new() { Exact = true })).ToHaveValueAsync("75.00");

            // Both at 70 are one there: dragged to the row of 75, they keep their totals.
            ILocator mark = Button(ann, "Your 4 at 70.00: cancel");
            await DragAsync(ann, mark, ann.Locator("[data-price='7500']"));
            await Expect(ann.GetByText("2 orders moved to 75.00.")).ToBeVisibleAsync();
            await Expect(ann.GetByRole(AriaRole.Button, new() { Name = "Offer 75.00, 8 contracts, 4 yours" })).ToBeVisibleAsync();

            // Chosen by a key, moved by arrows, sent by Enter: nothing is sent before.
            await ann.Keyboard.PressAsync("Escape");
            await ann.Keyboard.PressAsync("o");
            ILocator chosen = ann.GetByRole(AriaRole.Group, new() { NameRegex = new("^Your order") });
            await Expect(chosen).ToBeFocusedAsync();
            await Expect(chosen).ToContainTextAsync("Sell 3 at 75.00");
            await ann.ExpectAccessibleAsync();
            await ann.Keyboard.PressAsync("ArrowDown");
            await ann.Keyboard.PressAsync("Shift+ArrowDown");
            await Expect(chosen).ToContainTextAsync("to 74.89");
            await Expect(orders).Not.ToContainTextAsync("74.89");
            await ann.Keyboard.PressAsync("Enter");
            await Expect(orders).ToContainTextAsync("74.89");
            await Expect(ann.GetByText("Sell 3 at 74.89 is in the book.")).ToBeVisibleAsync();
            await Expect(chosen).ToHaveCountAsync(0);

            // One chosen order is cancelled by a key, the others stay.
            await ann.Keyboard.PressAsync("o");
            await Expect(chosen).ToContainTextAsync("Sell 1 at 75.00");
            await ann.Keyboard.PressAsync("Delete");
            await Expect(ann.GetByText("Sell 1 at 75.00 cancelled.")).ToBeVisibleAsync();
            await Expect(orders.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);

            // In the chart they are a list, which the keyboard goes through as well.
            ILocator lines = ann.GetByRole(AriaRole.List, new() { Name = "Your orders in the chart" });
            ILocator buy = Button(lines, "Buy 2 at 30.00: your order");
            await buy.FocusAsync();
            await ann.Keyboard.PressAsync("ArrowUp");
            await ann.Keyboard.PressAsync("Enter");
            await Expect(Button(lines, "Buy 2 at 30.01: your order")).ToBeVisibleAsync();

            // Dragged down, it goes to a lower price, on a tick; the cross beside it cancels it.
            LocatorBoundingBoxResult box = (await Button(lines, "Buy 2 at 30.01: your order").BoundingBoxAsync())!;
            (float x, float y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
            await ann.Mouse.MoveAsync(x, y);
            await ann.Mouse.DownAsync();
            await ann.Mouse.MoveAsync(x, y + 30, new() { Steps = 4 });
            await ann.Mouse.UpAsync();
            ILocator moved = lines.GetByRole(AriaRole.Button, new() { NameRegex = new(@"^Buy 2 at 2\d\.\d\d: your order$") });
            await Expect(moved).ToBeVisibleAsync();
            await lines.GetByRole(AriaRole.Button, new() { NameRegex = new("^Cancel Buy 2 at") }).ClickAsync();
            await Expect(orders.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);

            // All of it is on record, each step once.
            await ann.GetByRole(AriaRole.Tab, new() { Name = "Order history" }).ClickAsync();
            ILocator history = ann.GetByRole(AriaRole.Table, new() { Name = "Your orders in this market" });
            await Expect(history.GetByRole(AriaRole.Row)).ToHaveCountAsync(5);
            await Expect(history.GetByText("Cancelled")).ToHaveCountAsync(3);
        });
    }

    [Fact]
    public async Task Who_wants_to_be_asked_is_asked_before_orders_and_cancels_here_and_after_a_reload()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.TraderAsync("Ann");
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        ulong market = await maker.CreateMarketAsync("Rain");
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
            await ann.Locator("header").GetByRole(AriaRole.Button, new() { NameRegex = new("^Account and settings") }).ClickAsync();
            await ann.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = "Ask before orders and cancels" }).ClickAsync();
            await ann.Keyboard.PressAsync("Escape");
            await ann.ReloadAsync();

            await BrowserTests.PlaceAsync(ann, "Buy", "30", "2");
            await Expect(Dialog(ann)).ToContainTextAsync("Buy 2 at 30.00?");
            await ann.ExpectAccessibleAsync();
            await Button(Dialog(ann), "Buy 2 at 30.00").ClickAsync();
            ILocator mark = Button(ann, "Your 2 at 30.00: cancel");
            await mark.ClickAsync();
            await Expect(Dialog(ann)).ToContainTextAsync("Cancel Buy 2 at 30.00?");
            await Button(Dialog(ann), "Go back").ClickAsync();
            await Expect(mark).ToBeVisibleAsync();

            // Moved: asked with both prices. In the list of orders as well.
            await ann.Keyboard.PressAsync("o");
            await ann.Keyboard.PressAsync("ArrowUp");
            await ann.Keyboard.PressAsync("Enter");
            await Expect(Dialog(ann)).ToContainTextAsync("Move Buy 2 at 30.00 to 30.01?");
            await Button(Dialog(ann), "Move to 30.01").ClickAsync();
            ILocator orders = ann.GetByRole(AriaRole.Region, new() { Name = "Your open orders" });
            await Expect(orders).ToContainTextAsync("30.01");
            await Button(orders, "Cancel").ClickAsync();
            await Button(Dialog(ann), "Cancel Buy 2 at 30.01").ClickAsync();
            await Expect(orders).ToContainTextAsync("No open orders");

            // No more, by its name.
            await ann.Keyboard.PressAsync("Control+k");
            await Expect(Dialog(ann).GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
            await ann.Keyboard.TypeAsync("stop asking");
            await ann.Keyboard.PressAsync("Enter");
            await BrowserTests.PlaceAsync(ann, "Buy", "20", "3");
            await Expect(Button(ann, "Your 3 at 20.00: cancel")).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task A_finger_chooses_an_order_in_the_ladder_and_then_moves_or_cancels_it()
    {
        await using Journey journey = await Journey.StartAsync();
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        ulong market = await maker.CreateMarketAsync("Rain");
        IPage ann = await journey.PhoneAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.TapAsync();
            await Button(ann, "Buy").TapAsync();
            await Dialog(ann).GetByLabel("Price", new() { Exact = true }).FillAsync("30");
            await Dialog(ann).GetByLabel("Quantity", new() { Exact = true }).FillAsync("2");
            await Button(Dialog(ann), "Buy 2 at 30.00").TapAsync();
            await Button(ann, "Your 2 at 30.00: cancel").TapAsync();
            ILocator chosen = ann.GetByRole(AriaRole.Group, new() { Name = "Your order Buy 2 at 30.00" });
            await Expect(chosen).ToBeVisibleAsync();
            await ann.ExpectAccessibleAsync();
            await Button(chosen, "A tick higher").TapAsync();
            await Button(chosen, "Move").TapAsync();
            await Button(ann, "Your 2 at 30.01: cancel").TapAsync();
            await Button(ann, "Cancel order").TapAsync();
            await Expect(ann.GetByText("Buy 2 at 30.01 cancelled.")).ToBeVisibleAsync();
        });
    }

    private static async Task DragAsync(IPage page, ILocator from, ILocator to)
    {
        await Expect(from).ToBeVisibleAsync();
        LocatorBoundingBoxResult a = (await from.BoundingBoxAsync())!, b = (await to.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(a.X + (a.Width / 2), a.Y + (a.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(b.X + (b.Width / 2), b.Y + (b.Height / 2), new() { Steps = 5 });
        await page.Mouse.UpAsync();
    }
}
