using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>What somebody finds who has never been here.</summary>
public class FirstVisitJourneyTests
{
    [Fact]
    public async Task A_newcomer_is_led_through_a_first_trade_from_buying_to_being_paid()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage nora = await journey.TraderAsync("Nora");
        await journey.WalkAsync(async () =>
        {
            await Button(nora, "Start practice").ClickAsync();
            ILocator guide = nora.GetByRole(AriaRole.Region, new() { Name = "Your first trade" });
            await Expect(guide.GetByRole(AriaRole.Status)).ToContainTextAsync("enter price 55");
            await Expect(nora.Locator("header")).ToContainTextAsync("5,000.00");
            await nora.ExpectAccessibleAsync();

            // Bought, and the next step says so by itself; loaded anew, it is still there.
            await BrowserTests.PlaceAsync(nora, "Buy", "55", "1");
            await Expect(guide.GetByRole(AriaRole.Status)).ToContainTextAsync("Now sell it at 70");
            await Expect(nora.GetByLabel("Your position")).ToContainTextAsync("+1");
            await nora.ReloadAsync();
            await Expect(guide.GetByRole(AriaRole.Status)).ToContainTextAsync("Now sell it at 70");

            // Offered for more, and cancelled.
            await BrowserTests.PlaceAsync(nora, "Sell", "70", "1");
            await Expect(guide.GetByRole(AriaRole.Status)).ToContainTextAsync("press Cancel");
            await nora.GetByRole(AriaRole.Region, new() { Name = "Your open orders" }).GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true }).ClickAsync();
            await Expect(guide.GetByRole(AriaRole.Status)).ToContainTextAsync("Press Settle");

            // Settled at 100: one contract bought at 55 has made 45.
            await Button(nora, "Settle…").ClickAsync();
            await nora.GetByLabel("Settlement price").FillAsync("100");
            await Button(nora, "Settle at 100").ClickAsync();
            await Expect(guide.GetByRole(AriaRole.Status)).ToContainTextAsync("You made +45.00");
            await nora.ExpectAccessibleAsync();

            // Back where she was, with what she had; it is not offered again, and the room counts no more.
            await Button(guide, "Go to the real markets").ClickAsync();
            await Expect(Button(nora, "Room: Main")).ToBeVisibleAsync();
            await Expect(nora.Locator("header")).ToContainTextAsync("10,000.00");
            await Expect(nora).ToHaveURLAsync(journey.Exchange.Address + "r/main/markets");
            await nora.ReloadAsync();
            await Expect(nora.GetByText("No markets yet")).ToBeVisibleAsync();
            await Expect(Button(nora, "Start practice")).ToHaveCountAsync(0);
            await ChooseAsync(nora, "Room: Main", "Join or create a room");
            await Expect(nora.GetByRole(AriaRole.Row, new() { Name = "Practice" })).ToContainTextAsync("Archived");
            await Expect(Button(nora, "Create a room")).ToHaveAttributeAsync("title", "You can create 3 more rooms");
        });
    }

    [Fact]
    public async Task Said_no_to_it_does_not_come_back()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage nora = await journey.TraderAsync("Nora");
        await journey.WalkAsync(async () =>
        {
            await Button(nora, "No, thanks").ClickAsync();
            await Expect(Button(nora, "Start practice")).ToHaveCountAsync(0);
            await nora.ReloadAsync();
            await Expect(nora.GetByText("No markets yet")).ToBeVisibleAsync();
            await Expect(Button(nora, "Start practice")).ToHaveCountAsync(0);
        });
    }

    [Fact]
    public async Task An_empty_exchange_tells_its_admin_what_to_do()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.ElevatedAdminAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            ILocator steps = ann.GetByRole(AriaRole.Region, new() { Name = "Get started in three steps" });
            await Expect(steps.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
            await Expect(steps.GetByRole(AriaRole.Link, new() { Name = "Link and who can join" })).ToHaveAttributeAsync("href", "/r/main/admin?part=room");
            await steps.GetByText("Admins only").ClickAsync();
            await Expect(ann.GetByText("Saved.").First).ToBeVisibleAsync();
            await ann.ExpectAccessibleAsync();
            await Button(steps, "Create market…").ClickAsync();
            await Dialog(ann).GetByLabel("Name", new() { Exact = true }).FillAsync("Rain");
            await Button(Dialog(ann), "Create market").ClickAsync();
            await GoAsync(ann, "Markets");
            await Expect(steps.GetByRole(AriaRole.Listitem).First).ToContainTextAsync("Done:");

            // Somebody came: there is nothing more to tell.
            await journey.Exchange.SignInAsync("Bob");
            await using Bot bob = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Bob"));
            await Expect(steps).ToHaveCountAsync(0);
        });
    }
}
