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
            await ChooseAsync(bob, "Room: Main", "Join or create a room");
            await Button(bob, "Create a room").ClickAsync();
            await Dialog(bob).GetByLabel("Name", new() { Exact = true }).FillAsync("Bob's lab");
            await Expect(Dialog(bob).GetByLabel("Short name")).ToHaveValueAsync("bob-s-lab");
            await Dialog(bob).GetByLabel("Opening balance for each member").FillAsync("250");
            await Button(Dialog(bob), "Create room").ClickAsync();
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
            await ChooseAsync(eve, "Room: Main", "Join or create a room");
            ILocator join = eve.GetByRole(AriaRole.Form, new() { Name = "Join a room" });
            await join.GetByLabel("Room name or short name").FillAsync("bob-s-lab");
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
            await Button(bob, "Restore the room…").ClickAsync();
            await Button(Dialog(bob), "Restore").ClickAsync();
            await Expect(eve.Locator("header")).Not.ToContainTextAsync("archived");
            await bob.GetByRole(AriaRole.Tab, new() { Name = "Members" }).ClickAsync();
            await Button(bob, "Remove Eve").ClickAsync();
            await Button(Dialog(bob), "Remove Eve").ClickAsync();
            await Expect(eve.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are no longer in Bob's lab");
            await eve.ExpectAccessibleAsync();
            await eve.GetByRole(AriaRole.Link, new() { Name = "Go to the main room" }).ClickAsync();
            await Expect(eve.Locator("header")).ToContainTextAsync("10,000.00");
        });
    }
}
