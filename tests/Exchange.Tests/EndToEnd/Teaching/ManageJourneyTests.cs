using Exchange.Protocol.V1;
using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>A teacher runs many markets at the browser.</summary>
public class ManageJourneyTests
{
    [Fact]
    public async Task One_save_sends_what_was_changed_and_says_what_was_not()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.ElevatedAdminAsync("Ann");
        await using Bot bob = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Bob"));
        await journey.WalkAsync(async () =>
        {
            ulong rain = await bob.CreateAsync(new CreateMarket { Name = "Rain", MinPrice = 0, MaxPrice = 10_000, TickSize = 50 });
            await GoAsync(ann, "Admin");
            await Button(ann, "Manage Rain").ClickAsync();
            ILocator dialog = Dialog(ann);
            await Expect(dialog.Locator("button[type=submit]")).ToHaveCountAsync(1);
            await dialog.GetByRole(AriaRole.Radiogroup, new() { Name = "Status" }).GetByText("Halted").ClickAsync();
            foreach (string bot in (string[])["Maker", "Noise trader", "Informed trader"])
                await dialog.GetByRole(AriaRole.Radiogroup, new() { Name = bot }).GetByText("Normal").ClickAsync();
            await ann.ExpectAccessibleAsync();
            await Button(dialog, "Save").ClickAsync();
            await Expect(ann.GetByText("Saved: halted, house bots normal.")).ToBeVisibleAsync();
            await bob.UntilAsync(s => s.Markets[rain] is { Status: MarketStatus.Halted, HouseBots.Count: 3 });

            // Bots off and another range, while an order of Bob's stands there: the bots go, the range is refused and stays typed.
            await StatusOf(ann, "Rain", "Open").ClickAsync();
            await bob.UntilAsync(s => s.Markets[rain].Status == MarketStatus.Open);
            ulong order = (await bob.OrderAsync(new PlaceOrder { MarketId = rain, Side = Side.Buy, Price = 50, Quantity = 100 })).OrderId;
            await Button(ann, "Manage Rain").ClickAsync();
            foreach (string bot in (string[])["Maker", "Noise trader", "Informed trader"])
                await dialog.GetByRole(AriaRole.Radiogroup, new() { Name = bot }).GetByText("Off").ClickAsync();
            await dialog.GetByText("Range and tick size").ClickAsync();
            await dialog.GetByLabel("Highest price").FillAsync("50");
            await Button(dialog, "Save").ClickAsync();
            await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Saved: house bots off. Not saved: range 0.00 to 50.00. Live orders in this market: 1.");
            await Expect(dialog.GetByLabel("Highest price")).ToHaveValueAsync("50");
            await bob.DoAsync(new ClientMessage { CancelOrder = new CancelOrder { OrderId = order } });
            await Button(dialog, "Save").ClickAsync();
            await bob.UntilAsync(s => s.Markets[rain] is { MaxPrice: 5_000, HouseBots.Count: 0 });

            // Made by mistake, it goes for everyone.
            await Button(ann, "Manage Rain").ClickAsync();
            await Button(dialog, "Delete…").ClickAsync();
            await Button(ann, "Delete the market").ClickAsync();
            await Expect(ann.GetByText("No markets yet")).ToBeVisibleAsync();
            await bob.UntilAsync(s => s.Markets.Count == 0);
        });
    }

    [Fact]
    public async Task An_owner_sets_a_closing_time_and_the_market_halts_by_itself()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.ElevatedAdminAsync("Ann");
        IPage bob = await journey.TraderAsync("Bob");
        await journey.WalkAsync(async () =>
        {
            // Bob's own, of a template, with labels and an hour to go.
            await GoAsync(bob, "Markets");
            await bob.GetByRole(AriaRole.Button, new() { Name = "Create market" }).First.ClickAsync();
            await Expect(Dialog(bob)).ToContainTextAsync("Prices are whole per cent");
            await Dialog(bob).GetByLabel("Name", new() { Exact = true }).FillAsync("Will it rain?");
            await Dialog(bob).GetByLabel("Category").FillAsync("Weather");
            await Dialog(bob).GetByLabel("Group", new() { Exact = true }).FillAsync("Week 3");
            await Button(Dialog(bob), "1 h").ClickAsync();
            await bob.ExpectAccessibleAsync();
            await Button(Dialog(bob), "Create market").ClickAsync();
            await Expect(bob.GetByRole(AriaRole.Timer)).ToContainTextAsync("Closes in 1 h 00 min");
            await Expect(bob.GetByRole(AriaRole.Main)).ToContainTextAsync("Weather · Week 3");
            await Expect(ann.GetByRole(AriaRole.Timer)).ToContainTextAsync("Closes in 1 h 00 min");

            // An earlier one, seconds ahead: both see it run out, and the market is halted.
            await Button(bob, "Edit…").ClickAsync();
            await Dialog(bob).GetByLabel("Group", new() { Exact = true }).FillAsync("Week 4");
            await Dialog(bob).GetByLabel("Closing time").FillAsync(await InAMomentAsync(bob));
            await Button(Dialog(bob), "Save").ClickAsync();
            await Expect(bob.GetByText("Saved: closes")).ToBeVisibleAsync();
            await Expect(bob.GetByRole(AriaRole.Main)).ToContainTextAsync("Weather · Week 4");
            await Expect(bob.GetByText("its closing time.")).ToBeVisibleAsync();
            await Expect(Button(bob, "The market is not open")).ToBeDisabledAsync();

            // Opened again, it has none any more.
            await ann.GetByRole(AriaRole.Link, new() { Name = "Will it rain?" }).ClickAsync();
            await StatusOf(ann, "Will it rain?", "Open").ClickAsync();
            await Expect(bob.GetByText("its closing time.")).ToHaveCountAsync(0);
            await Expect(bob.GetByRole(AriaRole.Timer)).ToHaveCountAsync(0);
        });
    }

    [Fact]
    public async Task Many_markets_are_switched_at_once()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.ElevatedAdminAsync("Ann");
        await using Bot bob = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Bob"));
        await journey.WalkAsync(async () =>
        {
            ulong[] markets = new ulong[3];
            for (int i = 0; i < markets.Length; i++)
                markets[i] = await bob.CreateAsync(new CreateMarket { Name = $"Market {i}", MinPrice = 0, MaxPrice = 10_000 });
            MarketStatus[] Statuses(BotState state) => [.. markets.Select(m => state.Markets[m].Status)];

            // One, in one press.
            await GoAsync(ann, "Admin");
            await StatusOf(ann, "Market 1", "Cancel only").ClickAsync();
            await bob.UntilAsync(s => Statuses(s) is [MarketStatus.Open, MarketStatus.CancelOnly, MarketStatus.Open]);

            // Some: bots and labels.
            await ann.GetByLabel("Select Market 0").CheckAsync();
            await ann.GetByLabel("Select Market 2").CheckAsync();
            ILocator bar = ann.GetByRole(AriaRole.Toolbar, new() { Name = "Selected markets" });
            await Expect(bar).ToContainTextAsync("2 selected");
            await ann.ExpectAccessibleAsync();
            await bar.GetByLabel("House bots of the selected markets").SelectOptionAsync(new SelectOptionValue { Label = "All gentle" });
            await Expect(ann.GetByText("House bots gentle: 2 markets")).ToBeVisibleAsync();
            await Button(bar, "Labels…").ClickAsync();
            await Dialog(ann).GetByLabel("Category").FillAsync("Week 3");
            await ann.ExpectAccessibleAsync();
            await Button(Dialog(ann), "Save").ClickAsync();
            await bob.UntilAsync(s => markets.All(m => (s.Markets[m].Category == "Week 3") == (m != markets[1])));

            // All: halted by one press and one answer, and open again.
            await Button(ann, "Halt all…").ClickAsync();
            await ann.ExpectAccessibleAsync();
            await Button(Dialog(ann), "Halt all").ClickAsync();
            await bob.UntilAsync(s => Statuses(s).All(m => m == MarketStatus.Halted));
            await Expect(Button(ann, "Halt all…")).ToBeDisabledAsync();
            await ann.GetByLabel("Select all markets").CheckAsync();
            await Expect(bar).ToContainTextAsync("3 selected");
            await Button(bar, "Open").ClickAsync();
            await Expect(ann.GetByText("Open: 3 markets")).ToBeVisibleAsync();
            await bob.UntilAsync(s => Statuses(s).All(m => m == MarketStatus.Open));
        });
    }

    [Fact]
    public async Task A_settlement_is_seen_before_it_is_made_and_its_undoing_opens_what_depends()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.ElevatedAdminAsync("Ann");
        IPage bob = await journey.TraderAsync("Bob");
        await using Bot cyn = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Cyn"));
        await journey.WalkAsync(async () =>
        {
            await GoAsync(bob, "Markets");
            await bob.GetByRole(AriaRole.Button, new() { Name = "Create market" }).First.ClickAsync();
            await Dialog(bob).GetByText("Number", new() { Exact = true }).ClickAsync();
            await Dialog(bob).GetByLabel("Name", new() { Exact = true }).FillAsync("Rain");
            await Button(Dialog(bob), "Create market").ClickAsync();
            await Expect(bob.GetByRole(AriaRole.Heading, new() { Name = "Rain", Exact = true })).ToBeVisibleAsync();
            ulong call = await cyn.CreateAsync(new CreateMarket
            {
                Name = "Rain call", Option = new Option { UnderlyingMarketId = 1, Kind = OptionKind.Call, Style = OptionStyle.European, Strike = 6_000 },
            });
            await cyn.PlaceAsync(1, Side.Sell, 4_000, 500);
            await BrowserTests.PlaceAsync(bob, "Buy", "40", "2");

            // Its owner sees sums and their own payment; an admin, everyone's, and what settles with it.
            await Button(bob, "Settle…").ClickAsync();
            await bob.GetByLabel("Settlement price").FillAsync("75");
            ILocator mine = bob.GetByRole(AriaRole.Region, new() { Name = "Payouts in Rain", Exact = true });
            await Expect(mine).ToContainTextAsync("In total, 150.00 is paid between 2 accounts. 1 open order is cancelled.");
            await Expect(mine.GetByRole(AriaRole.Row, new() { Name = "Bob" })).ToContainTextAsync("+70.00");
            await Expect(mine.GetByRole(AriaRole.Row, new() { Name = "Cyn" })).ToHaveCountAsync(0);
            await bob.ExpectAccessibleAsync();
            await Button(bob, "Go back").ClickAsync();
            await GoAsync(ann, "Admin");
            await Button(ann, "Settle Rain").ClickAsync();
            await ann.GetByLabel("Settlement price").FillAsync("75");
            await Expect(Dialog(ann).GetByRole(AriaRole.Row, new() { Name = "Cyn" })).ToContainTextAsync("−70.00");
            await Expect(Dialog(ann)).ToContainTextAsync("“Rain call” also settles, at 15.00");
            await ann.ExpectAccessibleAsync();
            await Button(ann, "Settle at 75.00").ClickAsync();
            await cyn.UntilAsync(s => s.Markets[call].Status == MarketStatus.Settled);

            // Taken back, both are halted, and opened together.
            await Button(ann, "Undo the settlement of Rain").ClickAsync();
            await Button(Dialog(ann), "Undo the settlement").ClickAsync();
            await cyn.UntilAsync(s => s.Markets[call].Status == MarketStatus.Halted);
            await StatusOf(ann, "Rain", "Open").ClickAsync();
            await Expect(Dialog(ann).GetByLabel("Also open the halted markets that depend on it: Rain call")).ToBeCheckedAsync();
            await ann.ExpectAccessibleAsync();
            await Button(Dialog(ann), "Open").ClickAsync();
            await cyn.UntilAsync(s => s.Markets[1].Status == MarketStatus.Open && s.Markets[call].Status == MarketStatus.Open);
        });
    }

    private static ILocator StatusOf(IPage page, string market, string status) =>
        page.GetByRole(AriaRole.Group, new() { Name = $"Status of {market}", Exact = true })
            .GetByRole(AriaRole.Button, new() { Name = status, Exact = true });

    /// <summary>By the browser's own clock and zone, as its field for a time takes it: long enough to press Save.</summary>
    private static Task<string> InAMomentAsync(IPage page) => page.EvaluateAsync<string>("""
        () => {
          const at = new Date(Date.now() + 4000);
          return new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString().slice(0, 19);
        }
        """);
}
