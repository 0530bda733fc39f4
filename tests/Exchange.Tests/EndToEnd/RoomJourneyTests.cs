using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>Rooms in the browser: a sandbox of one's own, others in it, its end.</summary>
public class RoomJourneyTests
{
    [Fact]
    public async Task A_sandbox_is_opened_joined_by_code_left_and_archived()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage bob = await journey.TraderAsync("Bob");
        IPage eve = await journey.TraderAsync("Eve");
        await journey.WalkAsync(async () =>
        {
            // Bob opens a room, is its admin, and gives it a join code.
            await ChooseAsync(bob, "Room: Main", "Join or open a room");
            await Button(bob, "Open a sandbox").ClickAsync();
            await Dialog(bob).GetByLabel("Name").FillAsync("Bob's lab");
            await Expect(Dialog(bob).GetByLabel("Address")).ToHaveValueAsync("bob-s-lab");
            await Dialog(bob).GetByLabel("What each member starts with").FillAsync("250");
            await Button(Dialog(bob), "Open the room").ClickAsync();
            await Expect(Button(bob, "Room: Bob's lab")).ToBeVisibleAsync();
            await Expect(bob.Locator("header")).ToContainTextAsync("250.00");
            await ElevateAsync(bob);
            await GoAsync(bob, "Admin");
            await bob.GetByRole(AriaRole.Tab, new() { Name = "Room" }).ClickAsync();
            ILocator code = bob.GetByRole(AriaRole.Form, new() { Name = "Join code" });
            await code.GetByLabel("Join code").FillAsync("LETMEIN");
            await Button(code, "Save").ClickAsync();
            await Expect(bob.GetByText("Saved.").First).ToBeVisibleAsync();

            // Eve guesses, is refused, and then gets in with the code.
            await ChooseAsync(eve, "Room: Main", "Join or open a room");
            ILocator join = eve.GetByRole(AriaRole.Form, new() { Name = "Join with a code" });
            await join.GetByLabel("The room’s address").FillAsync("bob-s-lab");
            await join.GetByLabel("Join code").FillAsync("GUESS1");
            await Button(join, "Join").ClickAsync();
            await Expect(join.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
            await join.GetByLabel("Join code").FillAsync("letmein");
            await Button(join, "Join").ClickAsync();
            await Expect(Button(eve, "Room: Bob's lab")).ToBeVisibleAsync();
            await Expect(eve.Locator("header")).ToContainTextAsync("250.00");

            // She is still there after loading the page again, and may switch.
            await eve.ReloadAsync();
            await Expect(Button(eve, "Room: Bob's lab")).ToBeVisibleAsync();
            await ChooseAsync(eve, "Room: Bob's lab", "Main");
            await Expect(eve.Locator("header")).ToContainTextAsync("10,000.00");
            await ChooseAsync(eve, "Room: Main", "Bob's lab");
            await Expect(Button(eve, "Room: Bob's lab")).ToBeVisibleAsync();

            // Archived, it says so and takes nothing; out of it again, Eve is shown the door.
            await Button(bob, "Archive the room…").ClickAsync();
            await Button(Dialog(bob), "Archive").ClickAsync();
            await Expect(eve.Locator("header")).ToContainTextAsync("archived");
            await Expect(eve.GetByRole(AriaRole.Button, new() { Name = "Create market" })).ToHaveCountAsync(0);
            await Button(bob, "Take out of the archive…").ClickAsync();
            await Button(Dialog(bob), "Open again").ClickAsync();
            await Expect(eve.Locator("header")).Not.ToContainTextAsync("archived");
            await bob.GetByRole(AriaRole.Tab, new() { Name = "Members" }).ClickAsync();
            await Button(bob, "Remove Eve").ClickAsync();
            await Button(Dialog(bob), "Remove Eve").ClickAsync();
            await Expect(eve.GetByText("You are in no room at the moment.")).ToBeVisibleAsync();
            await Button(eve, "Enter Main").ClickAsync();
            await Expect(eve.Locator("header")).ToContainTextAsync("10,000.00");
        });
    }
}
