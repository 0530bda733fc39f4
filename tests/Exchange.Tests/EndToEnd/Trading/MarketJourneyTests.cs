using Exchange.Protocol.V1;
using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>An admin runs markets in the browser; a trader's browser shows what that does.</summary>
public class MarketJourneyTests
{
    [Fact]
    public async Task An_admin_creates_derived_markets_halts_settles_and_undoes()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.ElevatedAdminAsync("Ann");
        IPage bob = await journey.TraderAsync("Bob");
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        await journey.WalkAsync(async () =>
        {
            // A plain market, an option on it, and a basket of two of it less one of the option.
            await CreateAsync(ann, "Rain", "Number", _ => Task.CompletedTask);
            await CreateAsync(ann, "Rain call 60", "Option", async dialog =>
            {
                await dialog.GetByLabel("Underlying market").SelectOptionAsync(new SelectOptionValue { Label = "Rain" });
                await dialog.GetByText("American", new() { Exact = true }).ClickAsync();
                await dialog.GetByLabel("Strike").FillAsync("60");
                await Expect(dialog).ToContainTextAsync("Its price can be from 0.00 to 40.00.");
            });
            await CreateAsync(ann, "Spread", "Basket", async dialog =>
            {
                await dialog.GetByLabel("Constituent 1", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Rain" });
                await dialog.GetByLabel("Weight, constituent 1").FillAsync("2");
                await dialog.GetByLabel("Constituent 2", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Rain call 60" });
                await dialog.GetByLabel("Weight, constituent 2").FillAsync("-1");
                await dialog.GetByLabel("Conversion fee").FillAsync("1.50");
            });

            // Bob reads what a basket is made of, and turns constituents into baskets for the fee.
            await bob.GetByRole(AriaRole.Link, new() { Name = "Spread" }).ClickAsync();
            ILocator basket = bob.GetByRole(AriaRole.Region, new() { Name = "Basket" });
            await Expect(basket.GetByRole(AriaRole.Row, new() { Name = "Rain call 60" })).ToContainTextAsync("× −1");
            await bob.ExpectAccessibleAsync();
            await basket.GetByLabel("Baskets", new() { Exact = true }).FillAsync("3");
            await Button(basket, "Create").ClickAsync();
            await Expect(bob.GetByText("Created 3. Fee 1.50.")).ToBeVisibleAsync();
            await Expect(bob.GetByLabel("Your position")).ToContainTextAsync("+3");

            // He buys a call of a bot, and exercises it.
            await maker.PlaceAsync(2, Side.Sell, 500, 200);
            await basket.GetByRole(AriaRole.Link, new() { Name = "Rain call 60" }).ClickAsync();
            await BrowserTests.PlaceAsync(bob, "Buy", "5", "2");
            ILocator option = bob.GetByRole(AriaRole.Region, new() { Name = "Option" });
            await Expect(option).ToContainTextAsync("American call at 60.00");
            await Expect(option).ToContainTextAsync("You hold 5");
            await bob.ExpectAccessibleAsync();
            await Button(option, "Exercise…").ClickAsync();
            await Dialog(bob).GetByLabel("Quantity (up to").FillAsync("2");
            await Button(Dialog(bob), "Exercise 2").ClickAsync();
            await Expect(option).ToContainTextAsync("You hold 3");

            // Halted: nobody trades, and everyone sees why. Then open again.
            await GoAsync(ann, "Admin");
            await SetStatusAsync(ann, "Rain call 60", "Halted");
            await Expect(bob.GetByText("You can neither place nor cancel orders")).ToBeVisibleAsync();
            await bob.ExpectAccessibleAsync();
            await Expect(Button(bob, "The market is not open")).ToBeDisabledAsync();
            await SetStatusAsync(ann, "Rain call 60", "Open");
            await Expect(bob.GetByText("You can neither place nor cancel orders")).ToHaveCountAsync(0);

            // Settled by mistake: the option follows, and both are undone.
            await Button(ann, "Settle Rain").ClickAsync();
            await ann.GetByLabel("Settlement price").FillAsync("75");
            await ann.ExpectAccessibleAsync();
            await Button(ann, "Settle at 75.00").ClickAsync();
            await Expect(bob.GetByText("This market settled at")).ToBeVisibleAsync();
            await bob.ExpectAccessibleAsync();
            await Expect(bob.GetByRole(AriaRole.Main)).ToContainTextAsync("15.00");
            await Button(ann, "Undo the settlement of Rain").ClickAsync();
            await Button(Dialog(ann), "Undo the settlement").ClickAsync();
            await Expect(bob.GetByText("You can neither place nor cancel orders")).ToBeVisibleAsync();
            await Expect(bob.GetByText("This market settled at")).ToHaveCountAsync(0);
        });
    }

    [Fact]
    public async Task Labels_pins_and_hidden_markets_reach_the_list()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.ElevatedAdminAsync("Ann");
        IPage bob = await journey.TraderAsync("Bob");
        await journey.WalkAsync(async () =>
        {
            await CreateAsync(ann, "Snow", "Number", dialog => dialog.GetByLabel("Category").FillAsync("Weather"));
            await CreateAsync(ann, "Derby", "Number", dialog => dialog.GetByLabel("Category").FillAsync("Sport"));
            await Expect(bob.GetByRole(AriaRole.Link, new() { Name = "Snow" })).ToBeVisibleAsync();

            // Pinned, it comes first; of another category, it is filtered out.
            await GoAsync(ann, "Admin");
            await Button(ann, "Manage Snow").ClickAsync();
            await Dialog(ann).GetByText("Pinned: shown first").ClickAsync();
            await ann.ExpectAccessibleAsync();
            await Dialog(ann).GetByLabel("Largest order").FillAsync("5");
            await Button(Dialog(ann), "Save").ClickAsync();
            await Expect(bob.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("Snow");
            await Button(bob.GetByRole(AriaRole.Group, new() { Name = "Category" }), "Sport").ClickAsync();
            await Expect(bob.GetByRole(AriaRole.Link, new() { Name = "Snow" })).ToHaveCountAsync(0);
            await Button(bob.GetByRole(AriaRole.Group, new() { Name = "Category" }), "All").ClickAsync();

            // The exchange says before sending that an order is too large.
            await bob.GetByRole(AriaRole.Link, new() { Name = "Snow" }).ClickAsync();
            await bob.GetByLabel("Price", new() { Exact = true }).FillAsync("40");
            await bob.GetByLabel("Quantity", new() { Exact = true }).FillAsync("6");
            await Expect(bob.GetByRole(AriaRole.Form, new() { Name = "Order ticket" })).ToContainTextAsync("the largest allowed in this market is 5.00");

            // Hidden from Bob, it is gone from his screen at once.
            await Button(ann, "Manage Snow").ClickAsync();
            await Dialog(ann).GetByText("Hidden: only selected accounts can see it").ClickAsync();
            await Dialog(ann).GetByRole(AriaRole.List, new() { Name = "Accounts" }).GetByText("Ann").ClickAsync();
            await Button(Dialog(ann), "Save").ClickAsync();
            await Expect(bob.GetByText("This market does not exist in this room")).ToBeVisibleAsync();
        });
    }

    private static async Task CreateAsync(IPage page, string name, string kind, Func<ILocator, Task> fillAsync)
    {
        await GoAsync(page, "Markets");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create market" }).First.ClickAsync();
        ILocator dialog = Dialog(page);
        await dialog.GetByRole(AriaRole.Radiogroup, new() { Name = "Template" }).GetByText(kind, new() { Exact = true }).ClickAsync();
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await fillAsync(dialog);
        await page.ExpectAccessibleAsync();
        await Button(dialog, "Create market").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true })).ToBeVisibleAsync();
    }

    private static async Task SetStatusAsync(IPage page, string market, string status)
    {
        await Button(page, $"Manage {market}").ClickAsync();
        await Dialog(page).GetByRole(AriaRole.Radiogroup, new() { Name = "Status" }).GetByText(status).ClickAsync();
        await Button(Dialog(page), "Save").ClickAsync();
    }
}
