using System.Text.RegularExpressions;
using Exchange.Protocol.V1;
using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>A trader's desk: charts, the past, the keyboard, and nothing that was typed is lost.</summary>
public class DeskJourneyTests
{
    [Fact]
    public async Task Charts_show_what_was_traded_and_the_past_shows_the_book_that_was()
    {
        await Patience.NotAtMidnightAsync();
        await using Journey journey = await Journey.StartAsync();
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        await using Bot taker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Taker"));
        ulong market = await maker.CreateMarketAsync("Rain");
        await maker.PlaceAsync(market, Side.Sell, 6_000, 500);
        await taker.PlaceAsync(market, Side.Buy, 6_000, 200);
        await maker.PlaceAsync(market, Side.Buy, 4_000, 700);
        await taker.PlaceAsync(market, Side.Sell, 4_000, 100);
        // What rested is gone again: only the past still has it.
        await maker.RequestAsync(new ClientMessage { CancelOrders = new CancelOrders { MarketId = market } });
        await maker.PlaceAsync(market, Side.Buy, 1_000, 900);
        IPage ann = await journey.TraderAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();

            // The chart says what was traded before the page was opened, and what is traded now.
            ILocator chart = ann.GetByRole(AriaRole.Application);
            await Expect(chart).ToHaveAttributeAsync("aria-label", new Regex("low 40.00, close 40.00, volume"));
            await taker.PlaceAsync(market, Side.Sell, 1_000, 300);
            await Expect(chart).ToHaveAttributeAsync("aria-label", new Regex("close 10.00, volume"));
            await Button(ann, "1d").ClickAsync();
            await Expect(chart).ToHaveAttributeAsync("aria-label", new Regex("open 60.00, high 60.00, low 10.00, close 10.00, volume 6"));

            // The depth beside it, in words too.
            await ann.Keyboard.PressAsync("c");
            await Expect(ann.GetByRole(AriaRole.Img, new() { NameRegex = new("Bids: 6 contracts from 10.00 .* No offers") })).ToBeVisibleAsync();
            await ann.Keyboard.PressAsync("c");
            await Expect(chart).ToBeVisibleAsync();

            // Back to before the last trades: a book that is no more, on which nobody can trade.
            await Expect(ann.GetByRole(AriaRole.Button, new() { Name = "Bid 10.00, 6 contracts" })).ToBeEnabledAsync();
            await ann.Keyboard.PressAsync("h");
            ILocator past = ann.GetByRole(AriaRole.Region, new() { Name = "History" });
            ILocator book = ann.GetByRole(AriaRole.Group, new() { Name = "Past order book" });
            await Expect(book.GetByRole(AriaRole.Button, new() { Name = "Bid 10.00, 9 contracts" })).ToBeDisabledAsync();
            await Button(past, "Previous trade").ClickAsync();
            await Expect(book.GetByRole(AriaRole.Button, new() { Name = "Bid 40.00, 6 contracts" })).ToBeVisibleAsync();
            await Expect(book.GetByRole(AriaRole.Button, new() { Name = "Offer 60.00, 3 contracts" })).ToBeVisibleAsync();
            await past.GetByLabel("Sequence").PressAsync("[");
            await Expect(book.GetByRole(AriaRole.Button, new() { Name = "Bid 40.00, 7 contracts" })).ToBeVisibleAsync();
            await past.GetByLabel("Sequence").PressAsync("Home");
            await Expect(book.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
            await Expect(Button(ann, "Back to live to trade")).ToBeVisibleAsync();

            // One key, and it is now again.
            await ann.Keyboard.PressAsync("Escape");
            await Expect(past).ToHaveCountAsync(0);
            await Expect(ann.GetByRole(AriaRole.Button, new() { Name = "Bid 10.00, 6 contracts" })).ToBeEnabledAsync();
        });
    }

    [Fact]
    public async Task A_trader_buys_sells_cancels_and_changes_market_and_account_by_the_keyboard_alone()
    {
        await using Journey journey = await Journey.StartAsync();
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        await maker.CreateMarketAsync("Rain");
        await maker.CreateMarketAsync("Snow");
        IPage ann = await journey.TraderAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Link, new() { Name = "Snow" }).First.ClickAsync();
            ILocator heading = ann.GetByRole(AriaRole.Heading, new() { Level = 1 });
            await Expect(heading).ToHaveTextAsync("Snow");
            await ann.Keyboard.PressAsync("n");
            await Expect(heading).ToHaveTextAsync("Rain");

            // Bought and sold: the field that is missing has the focus, Enter places.
            ILocator orders = ann.GetByRole(AriaRole.Region, new() { Name = "Your open orders" });
            ILocator ticket = ann.GetByRole(AriaRole.Form, new() { Name = "Order ticket" });
            ILocator price = ticket.GetByLabel("Price", new() { Exact = true }), quantity = ticket.GetByLabel("Quantity", new() { Exact = true });
            await Expect(price).ToBeVisibleAsync();
            await ann.Keyboard.PressAsync("b");
            await Expect(price).ToBeFocusedAsync();
            await ann.Keyboard.TypeAsync("30");
            await ann.Keyboard.PressAsync("Tab");
            await Expect(quantity).ToBeFocusedAsync();
            await ann.Keyboard.TypeAsync("2");
            await ann.Keyboard.PressAsync("Enter");
            await Expect(orders.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
            // In a number a letter is the key that it is elsewhere.
            await ann.Keyboard.PressAsync("s");
            await ann.Keyboard.TypeAsync("70");
            await ann.Keyboard.PressAsync("Tab");
            await ann.Keyboard.TypeAsync("3");
            await ann.Keyboard.PressAsync("Enter");
            await Expect(ann.GetByRole(AriaRole.Button, new() { Name = "Offer 70.00, 3 contracts, 3 yours" })).ToBeVisibleAsync();

            // All cancelled: it asks first, and the same key means yes.
            await ann.Keyboard.PressAsync("Escape");
            await ann.Keyboard.PressAsync("x");
            await Expect(Dialog(ann)).ToContainTextAsync("2 orders of yours");
            await ann.Keyboard.PressAsync("x");
            await Expect(ann.GetByText("2 orders cancelled.")).ToBeVisibleAsync();
            await Expect(orders).ToContainTextAsync("No open orders");

            // Another account of hers, by its figure.
            await ann.Keyboard.PressAsync("a");
            await Expect(Dialog(ann)).ToContainTextAsync("Act as");
            await ann.Keyboard.PressAsync("Escape");
            await GoAsync(ann, "Accounts");
            await ann.GetByRole(AriaRole.Button, new() { Name = "Open account" }).First.ClickAsync();
            await Dialog(ann).GetByLabel("Name").FillAsync("Desk");
            await Dialog(ann).GetByRole(AriaRole.Button, new() { NameRegex = new("^Open") }).Last.ClickAsync();
            await Expect(Dialog(ann)).ToHaveCountAsync(0);
            await ann.Keyboard.PressAsync("a");
            await Expect(Dialog(ann)).ToContainTextAsync("Desk");
            await ann.Keyboard.PressAsync("2");
            await Expect(ann.GetByText("You are now trading for this account.")).ToBeVisibleAsync();

            await ann.Keyboard.PressAsync("?");
            await Expect(Dialog(ann)).ToContainTextAsync("Cancel all orders in this market");
        });
    }

    [Fact]
    public async Task What_was_typed_outlives_a_lost_connection_another_market_and_a_reload()
    {
        await using Journey journey = await Journey.StartAsync();
        await using (Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker")))
        {
            await maker.CreateMarketAsync("Rain");
            await maker.CreateMarketAsync("Snow");
        }
        IPage ann = await journey.TraderAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
            ILocator ticket = ann.GetByRole(AriaRole.Form, new() { Name = "Order ticket" });
            await ticket.GetByText("Sell", new() { Exact = true }).First.ClickAsync();
            await ticket.GetByLabel("Price", new() { Exact = true }).FillAsync("61.5");
            await ticket.GetByLabel("Quantity", new() { Exact = true }).FillAsync("12");
            async Task ExpectDraftAsync()
            {
                await Expect(ticket.GetByLabel("Price", new() { Exact = true })).ToHaveValueAsync("61.5");
                await Expect(ticket.GetByLabel("Quantity", new() { Exact = true })).ToHaveValueAsync("12");
                await Expect(ticket.GetByRole(AriaRole.Radio, new() { Name = "Sell" })).ToBeCheckedAsync();
            }

            // The exchange is gone: the page says so and takes no order, and keeps what was typed.
            await journey.Exchange.KillAsync();
            ILocator state = ann.Locator("header").GetByRole(AriaRole.Status);
            await Expect(state).ToContainTextAsync("Reconnecting");
            await Expect(Button(ticket, "Waiting for the connection")).ToBeDisabledAsync();
            await ExpectDraftAsync();
            await journey.Exchange.RestartAsync();
            await Expect(state).ToContainTextAsync("Live");
            await ExpectDraftAsync();

            // Another market has a ticket of its own; coming back, this one is as it was.
            await ann.Keyboard.PressAsync("Escape");
            await ann.Keyboard.PressAsync("N");
            await Expect(ann.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Snow");
            await Expect(ticket.GetByLabel("Price", new() { Exact = true })).ToHaveValueAsync("");
            await ann.Keyboard.PressAsync("n");
            await ExpectDraftAsync();
            await ann.ReloadAsync();
            await ExpectDraftAsync();
            await Button(ticket, "Sell 12 at 61.50").ClickAsync();
            await Expect(ann.GetByRole(AriaRole.Button, new() { Name = "Offer 61.50, 12 contracts, 12 yours" })).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task Trades_go_back_to_the_first_and_own_ones_are_marked_even_where_nobody_has_a_name()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.ElevatedAdminAsync("Ann");
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Button, new() { Name = "Create market" }).First.ClickAsync();
            await Dialog(ann).GetByText("Number", new() { Exact = true }).ClickAsync();
            await Dialog(ann).GetByLabel("Name", new() { Exact = true }).FillAsync("Masked");
            await Dialog(ann).GetByText("Anonymous").ClickAsync();
            await Button(Dialog(ann), "Create market").ClickAsync();
            await Expect(ann.GetByRole(AriaRole.Heading, new() { Name = "Masked" })).ToBeVisibleAsync();
            await ChooseAsync(ann, "Account and settings", "Turn off admin powers");

            // Her trade is the first of all; 150 of others follow.
            await maker.PlaceAsync(1, Side.Sell, 5_000, 100);
            await BrowserTests.PlaceAsync(ann, "Buy", "50", "1");
            await Expect(ann.GetByLabel("Your position")).ToContainTextAsync("+1");
            await using Bot taker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Taker"));
            for (int i = 0; i < 150; i++)
            {
                await maker.PlaceAsync(1, Side.Sell, 5_001 + i, 100);
                await taker.PlaceAsync(1, Side.Buy, 5_001 + i, 100);
            }

            await ann.ReloadAsync();
            ILocator trades = ann.GetByRole(AriaRole.Region, new() { Name = "Trades" });
            await Expect(trades.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("51.50");
            await Expect(trades.GetByRole(AriaRole.Row)).ToHaveCountAsync(41);
            await Button(trades, "Show earlier").ClickAsync();
            await Expect(trades.GetByRole(AriaRole.Row)).ToHaveCountAsync(152);
            await Expect(trades.GetByRole(AriaRole.Row).Last).ToContainTextAsync("bought");
            await Expect(trades.GetByText("bought")).ToHaveCountAsync(1);
            await Expect(Button(trades, "Show earlier")).ToHaveCountAsync(0);
        });
    }
}
