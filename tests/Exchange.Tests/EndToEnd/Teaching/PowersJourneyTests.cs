using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>Admin powers: found where they are needed, kept over a reload and into another room, asked about before they are given.</summary>
public class PowersJourneyTests
{
    [Fact]
    public async Task Powers_survive_a_reload_and_a_change_of_room_and_end_when_turned_off()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.VisitorAsync("Ann", $"/setup?code={journey.Exchange.SetupCode}");
        await journey.WalkAsync(async () =>
        {
            await ann.GetByLabel("Name").FillAsync("Ann");
            await ann.GetByLabel("Password").FillAsync(BrowserTests.Password);
            await Button(ann, "Create the admin account").ClickAsync();

            // The tab is there without powers, and says how to turn them on.
            await GoAsync(ann, "Admin");
            await Expect(ann.GetByText("You are an admin of Main")).ToBeVisibleAsync();
            await Button(ann, "Turn on admin powers").ClickAsync();
            await ExpectOnAsync(ann);
            await Expect(ann.GetByRole(AriaRole.Tab, new() { Name = "Members" })).ToBeVisibleAsync();

            await ann.ReloadAsync();
            await ExpectOnAsync(ann);
            await Expect(ann.GetByRole(AriaRole.Tab, new() { Name = "Members" })).ToBeVisibleAsync();
            await ann.GotoAsync("/rooms");
            await Button(ann, "Create a room").ClickAsync();
            await Dialog(ann).GetByLabel("Name", new() { Exact = true }).FillAsync("Lab");
            await Button(Dialog(ann), "Create room").ClickAsync();
            await Expect(Button(ann, "Room: Lab")).ToBeVisibleAsync();
            await ExpectOnAsync(ann);
            await ChooseAsync(ann, "Room: Lab", "Main");
            await Expect(Button(ann, "Room: Main")).ToBeVisibleAsync();
            await ExpectOnAsync(ann);

            // Of this tab alone; and turned off, they stay off.
            IPage second = await journey.NewTabAsync(ann, "Ann's second tab");
            await Expect(Button(second, "Room: Main")).ToBeVisibleAsync();
            await Expect(second.GetByText("Admin powers are on.")).ToHaveCountAsync(0);
            await Button(ann, "Turn off").ClickAsync();
            await Expect(ann.GetByText("Admin powers are on.")).ToHaveCountAsync(0);
            await ann.ReloadAsync();
            await GoAsync(ann, "Admin");
            await Expect(Button(ann, "Turn on admin powers")).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task Making_somebody_an_admin_is_asked_about_and_they_find_their_powers()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.ElevatedAdminAsync("Ann");
        IPage bob = await journey.TraderAsync("Bob");
        await journey.WalkAsync(async () =>
        {
            await Expect(bob.GetByRole(AriaRole.Link, new() { Name = "Admin" })).ToHaveCountAsync(0);
            await GoAsync(ann, "Admin");
            await ann.GetByRole(AriaRole.Tab, new() { Name = "Members" }).ClickAsync();
            ILocator role = ann.GetByLabel("Role of Bob");
            await role.SelectOptionAsync("Admin");
            await Expect(Dialog(ann)).ToContainTextAsync("halt and settle markets, give and take money");
            await ann.ExpectAccessibleAsync();
            await Button(Dialog(ann), "Go back").ClickAsync();
            await Expect(role.Locator("option:checked")).ToHaveTextAsync("Trader");
            await role.SelectOptionAsync("Admin");
            await Button(Dialog(ann), "Make Bob an admin").ClickAsync();
            await Expect(role.Locator("option:checked")).ToHaveTextAsync("Admin");

            await GoAsync(bob, "Admin");
            await Button(bob, "Turn on admin powers").ClickAsync();
            await ExpectOnAsync(bob);

            // Taken away, they are gone at once, and do not come back with a reload.
            await role.SelectOptionAsync("Trader");
            await Button(Dialog(ann), "Make Bob a trader").ClickAsync();
            await Expect(bob.GetByText("Admin powers are on.")).ToHaveCountAsync(0);
            await bob.ReloadAsync();
            await Expect(bob.GetByText("You are not an admin of this room")).ToBeVisibleAsync();
        });
    }

    private static Task ExpectOnAsync(IPage page) => Expect(page.GetByText("Admin powers are on.")).ToBeVisibleAsync();
}
