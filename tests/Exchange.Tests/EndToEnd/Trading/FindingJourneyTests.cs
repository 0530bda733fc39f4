using System.Text.RegularExpressions;
using Exchange.Protocol.V1;
using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>Finding things: the list of markets, the search, commands by their names, and prices that one waits for.</summary>
public class FindingJourneyTests
{
    [Fact]
    public async Task The_list_is_sorted_filtered_and_searched_and_remembers_how()
    {
        await using Journey journey = await Journey.StartAsync();
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        ulong rain = await maker.CreateMarketAsync("Rain"), snow = await maker.CreateMarketAsync("Snow");
        await maker.CreateMarketAsync("Sun");
        await maker.PlaceAsync(rain, Side.Sell, 3_000, 500);
        await maker.PlaceAsync(snow, Side.Sell, 6_000, 500);
        IPage ann = await journey.TraderAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Link, new() { Name = "Snow" }).First.ClickAsync();
            await BrowserTests.PlaceAsync(ann, "Buy", "60", "2");
            await Expect(ann.GetByLabel("Your position")).ToContainTextAsync("+2");
            await GoAsync(ann, "Markets");
            ILocator table = ann.GetByRole(AriaRole.Table, new() { Name = "Running markets" });
            Task ExpectOrderAsync(params string[] names) => Expect(table.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync(
                names.Select(n => new Regex(n)), new() { UseInnerText = true });
            await ExpectOrderAsync("Sun", "Snow", "Rain");

            // By a column: the greatest first, then the least, then as before.
            ILocator offer = table.GetByRole(AriaRole.Columnheader, new() { Name = "Offer" });
            await offer.GetByRole(AriaRole.Button).ClickAsync();
            await ExpectOrderAsync("Snow", "Rain", "Sun");
            await Expect(offer).ToHaveAttributeAsync("aria-sort", "descending");
            await offer.GetByRole(AriaRole.Button).ClickAsync();
            await ExpectOrderAsync("Rain", "Snow", "Sun");
            await ann.ExpectAccessibleAsync();
            await ann.ReloadAsync();
            await ExpectOrderAsync("Rain", "Snow", "Sun");
            await offer.GetByRole(AriaRole.Button).ClickAsync();
            await ExpectOrderAsync("Sun", "Snow", "Rain");

            // What it made stands beside the position, and the picture of the day is drawn.
            await Expect(table.GetByRole(AriaRole.Row, new() { Name = "Snow" })).ToContainTextAsync("+2.00");
            await Expect(table.GetByRole(AriaRole.Row, new() { Name = "Snow" }).Locator("svg path[d^=M][d*=H80]")).ToHaveCountAsync(1);
            await Button(ann.GetByRole(AriaRole.Group, new() { Name = "Yours" }), "With a position").ClickAsync();
            await ExpectOrderAsync("Snow");
            await ann.GetByLabel("Status").SelectOptionAsync(new SelectOptionValue { Label = "Settled" });
            await Button(ann, "Show all markets").ClickAsync();
            await ExpectOrderAsync("Sun", "Snow", "Rain");

            // The search takes the one that the arrows have come to.
            await ann.Keyboard.PressAsync("/");
            await ann.Keyboard.TypeAsync("s");
            await ExpectOrderAsync("Sun", "Snow");
            await Expect(ann.GetByText("Sun, 1 of 2. Enter opens it.")).ToHaveCountAsync(1);
            await ann.Keyboard.PressAsync("ArrowDown");
            await Expect(ann.GetByText("Snow, 2 of 2. Enter opens it.")).ToHaveCountAsync(1);
            await ann.Keyboard.PressAsync("Enter");
            await Expect(ann.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Snow");
        });
    }

    [Fact]
    public async Task Anything_is_done_by_its_name()
    {
        await using Journey journey = await Journey.StartAsync();
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        await maker.CreateMarketAsync("Rain");
        await maker.CreateMarketAsync("Snow");
        IPage ann = await journey.TraderAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            ILocator field = ann.GetByRole(AriaRole.Combobox, new() { Name = "Command" });
            async Task CommandAsync(string typed, string option)
            {
                await ann.Keyboard.PressAsync("Control+k");
                await Expect(field).ToBeFocusedAsync();
                await field.FillAsync(typed);
                await Expect(Dialog(ann).GetByRole(AriaRole.Option, new() { Selected = true })).ToContainTextAsync(option);
                await field.PressAsync("Enter");
                await Expect(Dialog(ann)).ToHaveCountAsync(0);
            }
            await CommandAsync("rai", "Rain");
            await Expect(ann.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Rain");

            // From a field that is being typed into, too; and what it does has the keyboard afterwards.
            await CommandAsync("sell", "Sell");
            ILocator price = ann.GetByLabel("Price", new() { Exact = true });
            await Expect(price).ToBeFocusedAsync();
            await Expect(ann.GetByRole(AriaRole.Radio, new() { Name = "Sell" })).ToBeCheckedAsync();
            await ann.Keyboard.TypeAsync("70");
            await ann.Keyboard.PressAsync("Control+k");
            await ann.ExpectAccessibleAsync();
            await field.PressAsync("ArrowDown");
            await Expect(Dialog(ann).GetByRole(AriaRole.Option, new() { Selected = true })).ToContainTextAsync("Sell");
            await field.FillAsync("no such thing");
            await Expect(Dialog(ann)).ToContainTextAsync("Nothing matches “no such thing”");
            await field.PressAsync("Escape");
            await Expect(price).ToHaveValueAsync("70");

            bool wasDark = await ann.EvaluateAsync<bool>("document.documentElement.classList.contains('dark')");
            await CommandAsync("theme", wasDark ? "Light theme" : "Dark theme");
            await Expect(ann.Locator(wasDark ? "html:not(.dark)" : "html.dark")).ToHaveCountAsync(1);
            // The system's again, as another tab would tell it: the look at accessibility chooses by the system.
            await ann.EvaluateAsync("localStorage.removeItem('exchange.theme'); dispatchEvent(new StorageEvent('storage', { key: 'exchange.theme' }))");
            await CommandAsync("leader", "Leaderboard");
            await Expect(ann.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Leaderboard");
            await ann.Keyboard.PressAsync("?");
            await Expect(Dialog(ann)).ToContainTextAsync("Ctrl K");
            await ann.Keyboard.PressAsync("Escape");
            await CommandAsync("sign out", "Sign out");
            await Expect(Button(ann, "Sign in")).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task A_price_that_one_waits_for_is_told_once_by_one_tab_even_after_a_reload()
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
        await TradeAsync(5_000);
        IPage ann = await journey.TraderAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
            await Button(ann, "Price alerts").ClickAsync();
            ILocator form = ann.GetByRole(AriaRole.Form, new() { Name = "Set a price alert" });
            await Expect(Dialog(ann)).ToContainTextAsync("Alerts work while this page is open");
            await form.GetByLabel("Price", new() { Exact = true }).FillAsync("60");
            await Button(form, "Set alert").ClickAsync();
            await form.GetByLabel("Price", new() { Exact = true }).FillAsync("45");
            await Expect(form.GetByRole(AriaRole.Radio, new() { Name = "At or below it" })).ToBeCheckedAsync();
            await Button(form, "Set alert").ClickAsync();
            ILocator set = ann.GetByRole(AriaRole.List, new() { Name = "Alerts that are set" });
            await Expect(set.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
            await ann.ExpectAccessibleAsync();

            // What is so already is no price to wait for.
            await form.GetByLabel("Price", new() { Exact = true }).FillAsync("50");
            await Expect(form).ToContainTextAsync("The last price is 50.00. That is already at or above 50.00.");
            await ann.Keyboard.PressAsync("Escape");

            // Elsewhere in the page, loaded anew, with a second tab open: told once.
            await GoAsync(ann, "Portfolio");
            await ann.ReloadAsync();
            IPage other = await journey.NewTabAsync(ann, "Ann's other");
            await ann.BringToFrontAsync();
            ILocator told = ann.GetByText("The last price is 61.00, at or above 60.00."), toldThere = other.GetByText("The last price is 61.00, at or above 60.00.");
            await Expect(ann.GetByRole(AriaRole.Heading, new() { Name = "Positions" })).ToBeVisibleAsync();
            await TradeAsync(6_100);
            await Patience.UntilAsync(async () => await told.CountAsync() + await toldThere.CountAsync() > 0, "one tab tells of it");
            await TradeAsync(6_200);
            await Expect(ann.Locator("header")).ToContainTextAsync("Live");
            Assert.Equal(1, await told.CountAsync() + await toldThere.CountAsync());
        });
    }
}
