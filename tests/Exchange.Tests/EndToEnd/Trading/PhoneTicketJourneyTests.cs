using Exchange.Protocol.V1;
using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>The order ticket on a phone: a sheet, under a thumb, above a keyboard.</summary>
public class PhoneTicketJourneyTests
{
    /// <summary>How much of an 844 px high screen a phone's keyboard leaves.</summary>
    private const int AboveKeyboard = 420;

    [Fact]
    public async Task It_opens_at_the_price_its_button_names_and_going_back_closes_it()
    {
        await using Journey journey = await Journey.StartAsync();
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        ulong market = await maker.CreateMarketAsync("Rain");
        await maker.PlaceAsync(market, Side.Sell, 6_000, 500);
        await maker.PlaceAsync(market, Side.Buy, 5_001, 500);
        IPage ann = await journey.PhoneAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
            ILocator ticket = ann.GetByRole(AriaRole.Form, new() { Name = "Order ticket" });
            ILocator price = ticket.GetByLabel("Price", new() { Exact = true });
            ILocator heading = ann.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Rain" });

            await Button(ann, "Buy 60.00").ClickAsync();
            await Expect(price).ToHaveValueAsync("60.00");
            await price.FillAsync("30");
            await ann.ExpectAccessibleAsync();
            await ann.GoBackAsync();
            await Expect(Dialog(ann)).ToHaveCountAsync(0);
            await Expect(heading).ToBeVisibleAsync();

            // Whatever was typed before.
            await Button(ann, "Sell 50.01").ClickAsync();
            await Expect(price).ToHaveValueAsync("50.01");
            await Expect(ticket.GetByRole(AriaRole.Radio, new() { Name = "Sell" })).ToBeCheckedAsync();

            // Sent, the sheet is gone, and with it its step in the history: back is to the markets.
            await ticket.GetByLabel("Quantity", new() { Exact = true }).FillAsync("2");
            await Button(ticket, "Sell 2 at 50.01").ClickAsync();
            await Expect(Dialog(ann)).ToHaveCountAsync(0);
            await Expect(ann.GetByLabel("Your position")).ToContainTextAsync("−2");
            await ann.GoBackAsync();
            await Expect(ann.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Markets" })).ToBeAttachedAsync();
        });
    }

    [Fact]
    public async Task Its_button_is_in_sight_above_the_keyboard_and_a_minus_can_be_typed()
    {
        await using Journey journey = await Journey.StartAsync();
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        await maker.CreateAsync(new CreateMarket { Name = "Frost", MinPrice = -5_000, MaxPrice = 5_000, TickSize = 1 });
        IPage ann = await journey.PhoneAsync("Ann");

        // A keyboard that lies over the page: only the visual viewport tells of it.
        await ann.AddInitScriptAsync("""
            const viewport = new EventTarget();
            Object.assign(viewport, { height: innerHeight, offsetTop: 0, scale: 1 });
            Object.defineProperty(window, 'visualViewport', { value: viewport });
            """);
        await ann.ReloadAsync();
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Link, new() { Name = "Frost" }).First.ClickAsync();
            await ann.GetByRole(AriaRole.Button, new() { NameRegex = new("^Buy") }).Last.ClickAsync();
            ILocator ticket = ann.GetByRole(AriaRole.Form, new() { Name = "Order ticket" });
            ILocator price = ticket.GetByLabel("Price", new() { Exact = true });
            await price.FillAsync("12.50");
            await Button(ticket, "Other sign").ClickAsync();
            await Expect(price).ToHaveValueAsync("-12.50");
            ILocator quantity = ticket.GetByLabel("Quantity", new() { Exact = true });
            await quantity.FillAsync("2");
            ILocator buy = Button(ticket, "Buy 2 at −12.50");

            await ann.EvaluateAsync($"visualViewport.height = {AboveKeyboard}; visualViewport.dispatchEvent(new Event('resize'))");
            await ExpectAboveAsync(ann, buy);
            await ExpectAboveAsync(ann, quantity);
            await ann.EvaluateAsync("visualViewport.height = innerHeight; visualViewport.dispatchEvent(new Event('resize'))");

            // And a keyboard that the page shrinks for.
            await ann.SetViewportSizeAsync(390, AboveKeyboard);
            await quantity.FocusAsync();
            await ExpectAboveAsync(ann, buy);
            await ExpectAboveAsync(ann, quantity);
            await ann.SetViewportSizeAsync(390, 844);
            await ann.ExpectAccessibleAsync();
            await buy.ClickAsync();
            await Expect(ann.GetByRole(AriaRole.Button, new() { Name = "Bid −12.50, 2 contracts, 2 yours" })).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task Held_sideways_the_book_and_Buy_are_in_sight_and_the_ticket_works_above_a_keyboard()
    {
        // What a keyboard leaves of a screen that is 390 px high.
        const int low = 390, aboveKeyboard = 190;
        await using Journey journey = await Journey.StartAsync();
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        ulong market = await maker.CreateMarketAsync("Rain");
        await maker.PlaceAsync(market, Side.Sell, 6_000, 500);
        await maker.PlaceAsync(market, Side.Buy, 5_000, 500);
        IPage ann = await journey.PhoneAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            await ann.SetViewportSizeAsync(844, low);
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
            ILocator buy = Button(ann, "Buy 60.00");
            foreach (ILocator seen in (ILocator[])[
                buy, Button(ann, "Sell 50.00"), ann.GetByRole(AriaRole.Button, new() { Name = "Offer 60.00, 5 contracts" }),
                ann.GetByRole(AriaRole.Button, new() { Name = "Bid 50.00, 5 contracts" })])
            {
                await ExpectAboveAsync(ann, seen, low);
            }
            await BrowserTests.ExpectNoSidewaysScrollAsync(ann);
            await ann.ExpectAccessibleAsync();

            await buy.ClickAsync();
            ILocator ticket = ann.GetByRole(AriaRole.Form, new() { Name = "Order ticket" });
            ILocator quantity = ticket.GetByLabel("Quantity", new() { Exact = true });
            await ann.ExpectAccessibleAsync();
            await ann.SetViewportSizeAsync(844, aboveKeyboard);
            await quantity.FocusAsync();
            await quantity.FillAsync("2");
            await ExpectAboveAsync(ann, quantity, aboveKeyboard);
            await ExpectAboveAsync(ann, Button(ticket, "Buy 2 at 60.00"), aboveKeyboard);
            await Button(ticket, "Buy 2 at 60.00").ClickAsync();
            await ann.SetViewportSizeAsync(844, low);
            await Expect(ann.GetByLabel("Your position")).ToContainTextAsync("+2");
            await Expect(ann.GetByLabel("Your position")).ToContainTextAsync("60.00");

            // The meaning of a word at a tap, and away with the next.
            await Button(ann.GetByLabel("Your position"), "Worst case").TapAsync();
            await Expect(ann.GetByRole(AriaRole.Tooltip)).ToBeInViewportAsync();
            await ann.GetByRole(AriaRole.Heading, new() { Level = 1 }).TapAsync();
            await Expect(ann.GetByRole(AriaRole.Tooltip)).ToHaveCountAsync(0);
        });
    }

    [Fact]
    public async Task On_the_smallest_phone_nothing_is_cut_off()
    {
        await using Journey journey = await Journey.StartAsync();
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        await maker.CreateAsync(new CreateMarket { Name = "Frost", MinPrice = -5_000_000, MaxPrice = 5_000_000, TickSize = 1 });
        await maker.PlaceAsync(1, Side.Sell, 1_234_567, 10);
        IPage ann = await journey.PhoneAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            await ann.SetViewportSizeAsync(320, 568);
            await ann.GetByRole(AriaRole.Link, new() { Name = "Frost" }).First.ClickAsync();
            await BrowserTests.ExpectNoSidewaysScrollAsync(ann);
            await Button(ann, "Buy 12,345.67").ClickAsync();
            ILocator ticket = ann.GetByRole(AriaRole.Form, new() { Name = "Order ticket" });
            await ticket.GetByLabel("Quantity", new() { Exact = true }).FillAsync("0.1");
            await Expect(ticket).ToContainTextAsync("At best +3,765.43 (settles at 50,000.00), at worst −6,234.57 (at −50,000.00).");
            await Button(ticket, "More").ClickAsync();
            await ticket.GetByText("GTT", new() { Exact = true }).ClickAsync();
            await Expect(ticket.GetByLabel("Until")).ToBeVisibleAsync();
            Assert.True(await ticket.EvaluateAsync<bool>("form => form.closest('dialog').scrollWidth <= innerWidth"));
            await ann.ExpectAccessibleAsync();
            await Button(ticket, "Buy 0.10 at 12,345.67").ClickAsync();
            await Expect(ann.GetByLabel("Your position")).ToContainTextAsync("+0.10");
            await BrowserTests.ExpectNoSidewaysScrollAsync(ann);
        });
    }

    /// <summary>Whole within what a keyboard leaves of the screen, and nothing lies over it.</summary>
    private static async Task ExpectAboveAsync(IPage page, ILocator element, int height = AboveKeyboard)
    {
        IElementHandle handle = await element.ElementHandleAsync();
        await page.WaitForFunctionAsync(
            """
            ([element, height]) => {
              const { top, bottom, left, width } = element.getBoundingClientRect();
              const hit = document.elementFromPoint(left + width / 2, (top + bottom) / 2);
              return top >= 0 && bottom <= height && (hit === element || element.contains(hit));
            }
            """,
            new object[] { handle, height });
    }
}
