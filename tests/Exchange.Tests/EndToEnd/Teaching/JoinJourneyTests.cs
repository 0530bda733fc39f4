using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>One link per room: made and shown by its admin, followed by who has no account yet and by who has one.</summary>
public class JoinJourneyTests
{
    [Fact]
    public async Task One_link_signs_up_and_leads_into_its_room()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.ElevatedAdminAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            // The main room is open: its link carries the code that signing up needs, once it needs one.
            Assert.Equal($"{journey.Exchange.Address}join/main", await LinkAsync(ann, "main"));
            await Expect(ann.GetByText("Nobody else can open this link.")).ToBeVisibleAsync();
            await ann.GotoAsync("/setup");
            await Button(ann, "Require a join code").ClickAsync();
            string code = (await ann.GetByLabel("Join code", new() { Exact = true }).TextContentAsync())!;
            string mainLink = await LinkAsync(ann, "main");
            Assert.Equal($"{journey.Exchange.Address}join/main/{code}", mainLink);
            await Expect(ann.GetByRole(AriaRole.Img, new() { Name = $"QR code of {mainLink}" })).ToBeVisibleAsync();

            // A room by invitation, with a code of its own, shown on the wall.
            await ann.GotoAsync("/rooms");
            await Button(ann, "Create a room").ClickAsync();
            await Dialog(ann).GetByLabel("Name", new() { Exact = true }).FillAsync("Class 7b, Monday");
            await Button(Dialog(ann), "Create room").ClickAsync();
            await Expect(Button(ann, "Room: Class 7b, Monday")).ToBeVisibleAsync();
            await ann.GotoAsync("/r/class-7b-monday/admin?part=room");
            await Button(ann, "Create a join code").ClickAsync();
            string roomLink = await LinkAsync(ann, "class-7b-monday");
            string roomCode = roomLink[(roomLink.LastIndexOf('/') + 1)..];
            await Button(ann, "Projector view…").ClickAsync();
            await Expect(Dialog(ann).GetByLabel("Address")).ToHaveTextAsync($"{journey.Exchange.Address.Authority}/join/class-7b-monday");
            await Expect(Dialog(ann).GetByLabel("Join code")).ToHaveTextAsync(roomCode.Insert(5, "-"));
            await ann.ExpectAccessibleAsync();
            await ann.Keyboard.PressAsync("Escape");
            await Expect(Dialog(ann)).ToHaveCountAsync(0);

            // A phone that read it: the room's code signs up, too, and leads into that room and no other.
            IPage bob = await journey.VisitorAsync("Bob", roomLink, isPhone: true);
            await Expect(RoomAddressJourneyTests.Heading(bob)).ToHaveTextAsync("Join class-7b-monday");
            await Expect(bob.GetByLabel("Join code")).ToHaveValueAsync(roomCode);
            await bob.ExpectAccessibleAsync();
            await CreateAccountAsync(bob, "Bob");
            await Expect(bob).ToHaveURLAsync(RoomAddressJourneyTests.At(journey, "r/class-7b-monday/markets"));
            await Expect(bob.GetByText("No markets yet")).ToBeVisibleAsync();
            await bob.GotoAsync("/rooms");
            await Expect(bob.GetByRole(AriaRole.Table, new() { Name = "Your rooms" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(2);

            // Who typed the address from the wall types the code as well; a wrong one signs nobody up.
            IPage cyd = await journey.VisitorAsync("Cyd", "/join/Class-7b-Monday");
            await cyd.GetByLabel("Join code").FillAsync("WRONG-12345");
            await CreateAccountAsync(cyd, "Cyd");
            await Expect(cyd.GetByRole(AriaRole.Alert)).ToContainTextAsync("join code isn't right");
            await cyd.GetByLabel("Join code").FillAsync(roomCode.Insert(5, " ").ToLowerInvariant());
            await Button(cyd, "Create account").ClickAsync();
            await Expect(cyd).ToHaveURLAsync(RoomAddressJourneyTests.At(journey, "r/class-7b-monday/markets"));

            // Signed in already, the link of another room leads straight into it.
            await cyd.GotoAsync(mainLink);
            await Expect(cyd).ToHaveURLAsync(RoomAddressJourneyTests.At(journey, "r/main/markets"));
            await Expect(Button(cyd, "Room: Main")).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task A_link_to_a_room_that_does_not_exist_says_so_before_and_after_signing_up()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage bob = await journey.VisitorAsync("Bob", "/join/no-such-room/ABCDEFGH", isPhone: true);
        await journey.WalkAsync(async () =>
        {
            await Expect(RoomAddressJourneyTests.Heading(bob)).ToHaveTextAsync("This room does not exist");
            await Expect(bob.GetByText("No room has the short name no-such-room.")).ToBeVisibleAsync();
            await bob.ExpectAccessibleAsync();
            await CreateAccountAsync(bob, "Bob");
            await Expect(RoomAddressJourneyTests.Heading(bob)).ToHaveTextAsync("This room does not exist");
            await bob.GetByRole(AriaRole.Link, new() { Name = "Go to the main room" }).ClickAsync();
            await Expect(bob).ToHaveURLAsync(RoomAddressJourneyTests.At(journey, "r/main/markets"));
        });
    }

    [Fact]
    public async Task Told_to_wait_the_page_says_so_and_tries_again_with_what_was_typed()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.VisitorAsync("Ann", "/join/main");
        int refusals = 0;
        await ann.RouteAsync("**/auth/sign-up", async route =>
        {
            if (++refusals > 2)
                await route.ContinueAsync();
            else
                await RefuseAsync(route, "Many are signing up. Try again in 1 second.");
        });
        await journey.WalkAsync(async () =>
        {
            await CreateAccountAsync(ann, "Ann");
            await Expect(ann.GetByText("Many are signing up.")).ToBeVisibleAsync();
            await Expect(ann.GetByText("The page tries again in")).ToBeVisibleAsync();
            await ann.ExpectAccessibleAsync();
            await Expect(Button(ann, "Room: Main")).ToBeVisibleAsync();
            Assert.Equal(3, refusals);

            // Signing in is the same; and who has enough of it stops, with everything still typed.
            await ChooseAsync(ann, "Account and settings", "Sign out");
            await ann.RouteAsync("**/auth/sign-in", route => RefuseAsync(route, "Many are signing in. Try again in 5 seconds.", retryAfter: "5"));
            await ann.GetByRole(AriaRole.Radio, new() { Name = "Sign in" }).CheckAsync(new() { Force = true });
            await ann.GetByLabel("Name").FillAsync("Ann");
            await ann.GetByLabel("Password").FillAsync(BrowserTests.Password);
            await Button(ann, "Sign in").ClickAsync();
            await Expect(ann.GetByText("Many are signing in.")).ToBeVisibleAsync();
            await Button(ann, "Stop trying").ClickAsync();
            await Expect(ann.GetByLabel("Password")).ToHaveValueAsync(BrowserTests.Password);
            await ann.UnrouteAsync("**/auth/sign-in");
            await Button(ann, "Sign in").ClickAsync();
            await Expect(Button(ann, "Room: Main")).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task A_page_that_has_to_wait_for_another_to_close_says_so()
    {
        await using Journey journey = await Journey.StartAsync("--connections-per-user", "1");
        IPage ann = await journey.TraderAsync("Ann");
        await Expect(Button(ann, "Room: Main")).ToBeVisibleAsync();
        IPage second = await journey.NewTabAsync(ann, "Ann's second tab");
        await journey.WalkAsync(async () =>
        {
            await Expect(second.GetByRole(AriaRole.Alert)).ToContainTextAsync("the most allowed. Close one first (a tab or a program).");
            await Expect(second.GetByText("The page continues automatically.")).ToBeVisibleAsync();
            await second.ExpectAccessibleAsync();
            await ann.GotoAsync("about:blank");
            await Expect(Button(second, "Room: Main")).ToBeVisibleAsync();
            // Now it is the other's turn to wait.
            await ann.GotoAsync("/docs");
            await Expect(ann.GetByText("The page continues automatically.")).ToBeVisibleAsync();
        });
    }

    private static Task RefuseAsync(IRoute route, string sentence, string retryAfter = "1") => route.FulfillAsync(new()
    {
        Status = 429,
        ContentType = "application/problem+json",
        Headers = new Dictionary<string, string> { ["Retry-After"] = retryAfter },
        Body = $$"""{"type":"about:blank","title":"Too Many Requests","status":429,"detail":"{{sentence}}"}""",
    });

    /// <summary>The link that the room's admin page shows.</summary>
    private static async Task<string> LinkAsync(IPage admin, string slug)
    {
        await admin.GotoAsync($"/r/{slug}/admin?part=room");
        ILocator link = admin.GetByLabel("Link to join", new() { Exact = true });
        await Expect(link).ToContainTextAsync($"/join/{slug}");
        return (await link.TextContentAsync())!.Trim();
    }
}
