using Exchange.Protocol.V1;
using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>What a press of a button does to orders: once what was meant, and nothing more.</summary>
public class TicketJourneyTests
{
    [Fact]
    public async Task A_double_click_and_two_enters_place_one_order_and_cancel_one()
    {
        await using Journey journey = await Journey.StartAsync();
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        ulong market = await maker.CreateMarketAsync("Rain");
        await maker.DoAsync(new ClientMessage { Subscribe = new Subscribe { MarketIds = { market }, Channels = { Channel.Book } } });
        IPage ann = await journey.TraderAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
            ILocator ticket = ann.GetByRole(AriaRole.Form, new() { Name = "Order ticket" });
            ILocator price = ticket.GetByLabel("Price", new() { Exact = true });
            ILocator quantity = ticket.GetByLabel("Quantity", new() { Exact = true });

            await price.FillAsync("40");
            await quantity.FillAsync("1");
            await Button(ticket, "Buy 1 at 40.00").DblClickAsync();
            await Expect(price).ToHaveValueAsync("");
            await Expect(quantity).ToHaveValueAsync("1");
            await price.FillAsync("41");
            await quantity.PressAsync("Enter");
            await quantity.PressAsync("Enter");
            await Expect(price).ToHaveValueAsync("");
            await quantity.PressAsync("Enter");
            await Expect(ticket.GetByText("Enter a price.")).ToHaveCountAsync(0);

            // The next order comes after all of those presses: there are three, not more.
            await BrowserTests.PlaceAsync(ann, "Buy", "42", "1");
            await maker.UntilAsync(s => s.Books.TryGetValue(market, out BotBook? book) && book.Bids.Any(o => o.Price == 4_200));
            Assert.Equal([4_200, 4_100, 4_000], maker.Read(s => s.Books[market].Bids.Select(o => o.Price).OrderDescending().ToArray()));

            // A double click on Cancel cancels that order, not the one that comes to its place.
            ILocator orders = ann.GetByRole(AriaRole.Region, new() { Name = "Your open orders" });
            await Expect(orders.GetByRole(AriaRole.Row)).ToHaveCountAsync(4);
            await Button(orders, "Cancel").First.DblClickAsync();
            await Expect(orders.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
            await Button(orders, "Cancel").Last.ClickAsync();
            await Expect(orders.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
            await maker.UntilAsync(s => s.Books[market].Bids.Count == 1);
            Assert.Equal(4_100, maker.Read(s => s.Books[market].Bids.Single().Price));
        });
    }

    [Fact]
    public async Task A_slip_asks_first_and_a_number_that_can_be_read_two_ways_is_refused_while_it_is_typed()
    {
        await using Journey journey = await Journey.StartAsync();
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        ulong market = await maker.CreateMarketAsync("Rain");
        await maker.PlaceAsync(market, Side.Sell, 3_000, 1_000);
        IPage ann = await journey.TraderAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
            ILocator ticket = ann.GetByRole(AriaRole.Form, new() { Name = "Order ticket" });
            ILocator price = ticket.GetByLabel("Price", new() { Exact = true });
            ILocator quantity = ticket.GetByLabel("Quantity", new() { Exact = true });
            await Expect(ann.GetByRole(AriaRole.Button, new() { Name = "Offer 30.00, 10 contracts" })).ToBeVisibleAsync();

            // Two Enters do not answer the question that the first of them brings: going back has the focus.
            await price.FillAsync("99");
            await quantity.FillAsync("2");
            await quantity.PressAsync("Enter");
            await Expect(Dialog(ann)).ToContainTextAsync("The best offer is 30.00. Your price of 99.00 is 69.00 above it.");
            await ann.ExpectAccessibleAsync();
            await ann.Keyboard.PressAsync("Enter");
            await Expect(Dialog(ann)).ToHaveCountAsync(0);
            await Expect(price).ToHaveValueAsync("99");
            await Button(ticket, "Buy 2 at 99.00").ClickAsync();
            await Button(Dialog(ann), "Buy 2 at 99.00").ClickAsync();
            await Expect(ann.GetByText("Bought 2 @ 30.00")).ToBeVisibleAsync();

            // The decimal comma is one; what it was read as is shown.
            await price.FillAsync("28,5");
            await quantity.FillAsync("0,500");
            await Expect(ticket.GetByText("= 28.50")).ToBeVisibleAsync();
            await Expect(ticket.GetByText("= 0.50")).ToBeVisibleAsync();
            await Expect(Button(ticket, "Buy 0.50 at 28.50")).ToBeVisibleAsync();
            await ann.ExpectAccessibleAsync();
            await quantity.FillAsync("1,500");
            await Expect(ticket).ToContainTextAsync("“1,500” can be read as 1500 or as 1.5. Enter 1500 or 1.50.");

            // What cannot be paid shows while it is typed.
            await quantity.FillAsync("100000");
            await Expect(ticket).ToContainTextAsync("but only 9,940.00 is available");

            // A letter in a number is no part of it.
            await price.FillAsync("3");
            await price.PressAsync("s");
            await Expect(price).ToHaveValueAsync("3");
            await Expect(ticket.GetByRole(AriaRole.Radio, new() { Name = "Sell" })).ToBeCheckedAsync();
        });
    }

    [Fact]
    public async Task At_once_it_trades_at_no_worse_price_than_it_says_and_what_was_chosen_is_there_the_next_time()
    {
        await using Journey journey = await Journey.StartAsync();
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        ulong market = await maker.CreateMarketAsync("Rain");
        await maker.CreateMarketAsync("Snow");
        await maker.DoAsync(new ClientMessage { CreateMarket = new CreateMarket { Name = "Sun", MaxPrice = 10_000, TickSize = 100 } });
        await maker.PlaceAsync(market, Side.Sell, 4_200, 1_000);
        await maker.PlaceAsync(market, Side.Sell, 4_300, 500);
        IPage ann = await journey.TraderAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
            ILocator ticket = ann.GetByRole(AriaRole.Form, new() { Name = "Order ticket" });
            ILocator quantity = ticket.GetByLabel("Quantity", new() { Exact = true });

            // What an order wins and loses, and what its price means.
            await ticket.GetByLabel("Price", new() { Exact = true }).FillAsync("42");
            await Button(ticket, "1").ClickAsync();
            await Expect(ticket).ToContainTextAsync("At best +58.00 (settles at 100.00), at worst −42.00 (at 0.00).");
            await Expect(ticket).Not.ToContainTextAsync("42 %");
            await ann.GetByRole(AriaRole.Link, new() { Name = "All markets" }).ClickAsync();
            await ann.GetByRole(AriaRole.Link, new() { Name = "Sun" }).First.ClickAsync();
            await ticket.GetByLabel("Price", new() { Exact = true }).FillAsync("42");
            await Button(ticket, "1").ClickAsync();
            await Expect(ticket).ToContainTextAsync("42 %");
            await Expect(ticket).ToContainTextAsync("Win 58.00 if yes (100), lose 42.00 if no (0).");
            await ticket.GetByText("Sell", new() { Exact = true }).ClickAsync();
            await Expect(ticket).ToContainTextAsync("Win 42.00 if no (0), lose 58.00 if yes (100).");
            await ann.GetByRole(AriaRole.Link, new() { Name = "All markets" }).ClickAsync();
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
            await ticket.GetByLabel("Price", new() { Exact = true }).FillAsync("42");
            await ticket.GetByText("Sell", new() { Exact = true }).ClickAsync();

            // Shares of what 10,000.00 can pay for: sold at 42, each contract can lose 58.
            await Button(ticket, "Max of what you can afford").ClickAsync();
            await Expect(quantity).ToHaveValueAsync("172.41");
            await Button(ticket, "25 % of what you can afford").ClickAsync();
            await Expect(quantity).ToHaveValueAsync("43");
            await ticket.GetByText("Buy", new() { Exact = true }).ClickAsync();
            await ticket.GetByLabel("Price", new() { Exact = true }).FillAsync("40");
            await Button(ticket, "50 % of what you can afford").ClickAsync();
            await Expect(quantity).ToHaveValueAsync("125");

            // At once: 12 of the 15 that are there, two ticks beyond the last price that is needed at worst.
            await ticket.GetByText("At once", new() { Exact = true }).ClickAsync();
            ILocator worst = ticket.GetByLabel("Worst price", new() { Exact = true });
            await worst.FillAsync("");
            await Button(ticket, "Max of what you can afford").ClickAsync();
            await Expect(quantity).ToHaveValueAsync("15");
            await quantity.FillAsync("12");
            await Expect(worst).ToHaveAttributeAsync("placeholder", "43.02");
            await Expect(ticket).ToContainTextAsync("Fills 12 immediately at about 42.17, 43.02 at worst.");
            await ann.ExpectAccessibleAsync();
            await Button(ticket, "Buy 12 at 43.02 or better").ClickAsync();
            await Expect(ann.GetByLabel("Your position")).ToContainTextAsync("+12");

            // More: open it stays, and what was chosen there, in another market and after a reload.
            await Button(ticket, "More").ClickAsync();
            await Expect(ticket.GetByRole(AriaRole.Radio, new() { Name = "IOC" })).ToBeCheckedAsync();
            await ticket.GetByText("GTT", new() { Exact = true }).ClickAsync();
            await ticket.GetByLabel("Post only").CheckAsync();
            await ann.ExpectAccessibleAsync();
            await ann.Keyboard.PressAsync("Escape");
            await ann.GetByRole(AriaRole.Link, new() { Name = "All markets" }).ClickAsync();
            await ann.GetByRole(AriaRole.Link, new() { Name = "Snow" }).First.ClickAsync();
            await Expect(ann.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Snow");
            await ann.ReloadAsync();
            await Expect(ticket.GetByRole(AriaRole.Radio, new() { Name = "GTT" })).ToBeCheckedAsync();
            await Expect(ticket.GetByLabel("Post only")).ToBeCheckedAsync();
            await Expect(ticket.GetByLabel("Until")).Not.ToHaveValueAsync("");
            await Expect(quantity).ToHaveValueAsync("12");
            await Button(ticket, "More").ClickAsync();
            await Expect(ticket).ToContainTextAsync("good till time, post only");

            // Where nobody is, there is nothing to be had at once.
            await ticket.GetByText("At once", new() { Exact = true }).ClickAsync();
            await Expect(ticket).ToContainTextAsync("There are no offers now. Choose “At a price” to wait in the book.");
            await Expect(Button(ticket, "Buy")).ToBeEnabledAsync();
        });
    }

    [Fact]
    public async Task An_open_position_says_what_it_cost_what_is_made_and_where_it_breaks_even_and_its_words_what_they_mean()
    {
        await using Journey journey = await Journey.StartAsync();
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        ulong market = await maker.CreateMarketAsync("Rain");
        IPage ann = await journey.TraderAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
            ILocator position = ann.GetByLabel("Your position");
            async Task ExpectAsync(string word, string value) => await Expect(
                position.Locator("dl > div").Filter(new() { Has = ann.GetByRole(AriaRole.Button, new() { Name = word, Exact = true }) })
                    .Locator("dd")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex($"^\\s*{System.Text.RegularExpressions.Regex.Escape(value)}"));

            // 2 at 40, 2 at 50, and one of the four sold at 60.
            foreach (int price in (int[])[4_000, 5_000])
            {
                await maker.PlaceAsync(market, Side.Sell, price, 200);
                await BrowserTests.PlaceAsync(ann, "Buy", $"{price / 100}", "2");
            }
            await ExpectAsync("Average", "45.00");
            await ExpectAsync("Break-even", "45.00");
            await maker.PlaceAsync(market, Side.Buy, 6_000, 100);
            await BrowserTests.PlaceAsync(ann, "Sell", "60", "1");
            await maker.PlaceAsync(market, Side.Buy, 4_700, 100);
            await maker.PlaceAsync(market, Side.Sell, 4_900, 100);
            for (int i = 0; i < 2; i++)
            {
                await ExpectAsync("Average", "45.00");
                await ExpectAsync("Unrealised", "+9.00");
                await ExpectAsync("Realised", "+15.00");
                await ExpectAsync("Profit", "+24.00");
                await ExpectAsync("Break-even", "40.00");
                await ann.ReloadAsync();
            }

            // The meaning of a word: by the keyboard, by a click, and gone again.
            ILocator meaning = ann.GetByRole(AriaRole.Tooltip);
            ILocator word = Button(position, "Break-even");
            await word.FocusAsync();
            await ann.Keyboard.PressAsync("Shift+Tab");
            await ann.Keyboard.PressAsync("Tab");
            await Expect(meaning).ToContainTextAsync("The price at which you can close your position");
            await Expect(word).ToHaveAttributeAsync("aria-describedby", new System.Text.RegularExpressions.Regex("."));
            await ann.ExpectAccessibleAsync();
            await ann.Keyboard.PressAsync("Escape");
            await Expect(meaning).ToHaveCountAsync(0);
            await Button(position, "Realised").ClickAsync();
            await Expect(meaning).ToContainTextAsync("at average cost");
            await ann.GetByRole(AriaRole.Heading, new() { Level = 1 }).ClickAsync();
            await Expect(meaning).ToHaveCountAsync(0);

            // So much made that no price can take it: there is no break-even.
            await maker.PlaceAsync(market, Side.Buy, 9_900, 290);
            await BrowserTests.PlaceAsync(ann, "Sell", "99", "2.9");
            await Expect(position).ToContainTextAsync("you are ahead here at every price");
            await GoAsync(ann, "Portfolio");
            ILocator row = ann.GetByRole(AriaRole.Row, new() { NameRegex = new("^Rain") });
            await Expect(row).ToContainTextAsync("45.00");
            await Expect(row).ToContainTextAsync("ahead");
            await ann.ExpectAccessibleAsync();
        });
    }

    [Fact]
    public async Task Replacing_an_order_that_fills_meanwhile_keeps_its_total()
    {
        await using Journey journey = await Journey.StartAsync();
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        ulong market = await maker.CreateMarketAsync("Rain");
        IPage ann = await journey.TraderAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
            await BrowserTests.PlaceAsync(ann, "Buy", "45", "10");
            ILocator orders = ann.GetByRole(AriaRole.Region, new() { Name = "Your open orders" });
            await Button(orders, "Replace").ClickAsync();
            await orders.GetByLabel("New price").FillAsync("46");

            // Four fill while the form is open: it says so, and the order stays one over ten.
            await maker.PlaceAsync(market, Side.Sell, 4_500, 400);
            await Expect(orders).ToContainTextAsync("4 is filled, 6 remains.");
            await ann.ExpectAccessibleAsync();
            await Button(orders, "Replace").ClickAsync();
            await Expect(ann.GetByRole(AriaRole.Button, new() { Name = "Bid 46.00, 6 contracts, 6 yours" })).ToBeVisibleAsync();

            // A total that is filled already is refused while it is typed.
            await Button(orders, "Replace").ClickAsync();
            await orders.GetByLabel("New total").FillAsync("4");
            await Expect(orders.GetByRole(AriaRole.Alert)).ToContainTextAsync("4 is already filled, so the total must be higher.");
            await Expect(Button(orders, "Replace")).ToBeDisabledAsync();
            await orders.GetByLabel("New total").FillAsync("9");
            await Button(orders, "Replace").ClickAsync();
            await Expect(ann.GetByRole(AriaRole.Button, new() { Name = "Bid 46.00, 5 contracts, 5 yours" })).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task A_form_sends_what_was_changed_in_it_on_top_of_what_others_changed()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.ElevatedAdminAsync("Ann");
        await GoAsync(ann, "Admin");
        IPage other = await journey.NewTabAsync(ann, "Ann's second tab");
        await ElevateAsync(other);
        await journey.WalkAsync(async () =>
        {
            foreach (IPage page in (IPage[])[ann, other])
                await page.GetByRole(AriaRole.Tab, new() { Name = "Room" }).ClickAsync();
            ILocator mine = ann.GetByRole(AriaRole.Form, new() { Name = "Room settings" });
            ILocator theirs = other.GetByRole(AriaRole.Form, new() { Name = "Room settings" });

            // One changes the balance while another changes the name: both hold.
            await mine.GetByLabel("Opening balance for new members").FillAsync("500");
            await theirs.GetByLabel("Name").FillAsync("Econ 101");
            await Button(theirs, "Save").ClickAsync();
            await Expect(mine.GetByLabel("Name")).ToHaveValueAsync("Econ 101");
            await Button(mine, "Save").ClickAsync();
            await Expect(theirs.GetByLabel("Opening balance for new members")).ToHaveValueAsync("500.00");
            await Expect(theirs.GetByLabel("Name")).ToHaveValueAsync("Econ 101");

            // Both change the same: the later one is asked.
            await mine.GetByLabel("Name").FillAsync("Econ 102");
            await theirs.GetByLabel("Name").FillAsync("Econ 103");
            await Button(theirs, "Save").ClickAsync();
            await Expect(ann.Locator("header")).ToContainTextAsync("Econ 103");
            await Button(mine, "Save").ClickAsync();
            await Expect(mine.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody else has changed the name.");
            await Button(mine, "Save").ClickAsync();
            await Expect(theirs.GetByLabel("Name")).ToHaveValueAsync("Econ 102");
        });
    }
}
