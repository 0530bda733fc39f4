using Exchange.Protocol.V1;
using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>The room is part of the address: of tabs, of links that are sent to somebody, of the same page in another room.</summary>
public class RoomAddressJourneyTests
{
    [Fact]
    public async Task Two_tabs_stay_in_their_rooms_and_old_addresses_lead_to_the_last_one()
    {
        await using Journey journey = await Journey.StartAsync();
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        ulong rain = await maker.CreateMarketAsync("Rain");
        ulong quiz = await OpenRoomAsync(maker, "class-7", "Class 7", JoinPolicy.Open, "Quiz");
        IPage ann = await journey.TraderAsync("Ann");
        await Expect(ann).ToHaveURLAsync(At(journey, "r/main/markets"));
        IPage second = await journey.NewTabAsync(ann, "Ann's second tab");
        await journey.WalkAsync(async () =>
        {
            // A link into an open room is all it takes; each tab is loaded again where it was.
            await second.GotoAsync($"/r/class-7/markets/{quiz}");
            await Expect(Heading(second)).ToHaveTextAsync("Quiz");
            await ann.ReloadAsync();
            await Expect(Button(ann, "Room: Main")).ToBeVisibleAsync();
            await second.ReloadAsync();
            await Expect(Button(second, "Room: Class 7")).ToBeVisibleAsync();
            await Expect(Heading(second)).ToHaveTextAsync("Quiz");

            // Addresses without a room lead into the last one of the tab.
            await ann.GotoAsync("/portfolio");
            await Expect(ann).ToHaveURLAsync(At(journey, "r/main/portfolio"));
            await ann.GotoAsync($"/markets/{rain}");
            await Expect(ann).ToHaveURLAsync(At(journey, $"r/main/markets/{rain}"));
            await Expect(Heading(ann)).ToHaveTextAsync("Rain");
            await second.GotoAsync("/");
            await Expect(second).ToHaveURLAsync(At(journey, "r/class-7/markets"));

            // The switcher keeps the kind of page, and Back goes back into the room it was in.
            await GoAsync(ann, "Leaderboard");
            await ChooseAsync(ann, "Room: Main", "Class 7");
            await Expect(ann).ToHaveURLAsync(At(journey, "r/class-7/leaderboard"));
            await Expect(Button(ann, "Room: Class 7")).ToBeVisibleAsync();
            await ann.GoBackAsync();
            await Expect(ann).ToHaveURLAsync(At(journey, "r/main/leaderboard"));
            await Expect(Button(ann, "Room: Main")).ToBeVisibleAsync();

            // Signed out and in again, it is the same page.
            await second.GotoAsync($"/r/class-7/markets/{quiz}");
            await Expect(Heading(second)).ToHaveTextAsync("Quiz");
            await ChooseAsync(second, "Account and settings", "Sign out");
            await second.GetByLabel("Name").FillAsync("Ann");
            await second.GetByLabel("Password").FillAsync(BrowserTests.Password);
            await Button(second, "Sign in").ClickAsync();
            await Expect(Heading(second)).ToHaveTextAsync("Quiz");
            await Expect(second).ToHaveURLAsync(At(journey, $"r/class-7/markets/{quiz}"));
        });
    }

    [Fact]
    public async Task A_link_to_a_market_asks_a_classmate_for_what_is_needed_and_leads_to_that_market()
    {
        await using Journey journey = await Journey.StartAsync();
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        ulong quiz = await OpenRoomAsync(maker, "class-7", "Class 7", JoinPolicy.Invite, "Quiz");
        await maker.ElevateAsync();
        await maker.DoAsync(new ClientMessage { UpdateRoom = new UpdateRoom { JoinCode = "LETMEIN7" } });
        IPage bob = await journey.VisitorAsync("Bob", $"/r/class-7/markets/{quiz}", isPhone: true);
        await journey.WalkAsync(async () =>
        {
            await Expect(bob.GetByText("Sign in to open this page of the room class-7.")).ToBeVisibleAsync();
            await bob.GetByText("Create an account").ClickAsync();
            await CreateAccountAsync(bob, "Bob");
            await Expect(bob.GetByRole(AriaRole.Alert)).ToContainTextAsync("by invitation");
            await bob.ExpectAccessibleAsync();

            ILocator form = bob.GetByRole(AriaRole.Form, new() { Name = "Join code" });
            await form.GetByLabel("Join code").FillAsync("GUESS123");
            await Button(form, "Enter the room").ClickAsync();
            await Expect(bob.GetByRole(AriaRole.Alert)).ToContainTextAsync("not the room's join code");
            await form.GetByLabel("Join code").FillAsync("let-me in 7");
            await Button(form, "Enter the room").ClickAsync();
            await Expect(Heading(bob)).ToHaveTextAsync("Quiz");
            await Expect(bob).ToHaveURLAsync(At(journey, $"r/class-7/markets/{quiz}"));

            // What is not there says so, and what takes nobody.
            await bob.GotoAsync("/r/nowhere/portfolio");
            await Expect(Heading(bob)).ToHaveTextAsync("This room does not exist");
            await maker.DoAsync(new ClientMessage
            {
                OpenRoom = new OpenRoom { Slug = "shut", Name = "Shut", JoinPolicy = JoinPolicy.Closed, WhoMayCreateMarkets = WhoMayCreateMarkets.Admins },
            });
            await bob.GotoAsync("/r/shut");
            await Expect(bob).ToHaveURLAsync(At(journey, "r/shut/markets"));
            await Expect(bob.GetByRole(AriaRole.Alert)).ToContainTextAsync("closed to new members");
            await bob.GetByRole(AriaRole.Link, new() { Name = "All rooms" }).ClickAsync();

            // By its name, in whatever capitals.
            ILocator join = bob.GetByRole(AriaRole.Form, new() { Name = "Join a room" });
            await join.GetByLabel("Room name or short name").FillAsync("CLASS 7");
            await Button(join, "Join").ClickAsync();
            await Expect(bob).ToHaveURLAsync(At(journey, "r/class-7/markets"));
            await Expect(bob.GetByRole(AriaRole.Link, new() { Name = "Quiz" }).First).ToBeVisibleAsync();
        });
    }

    internal static string At(Journey journey, string path) => $"{journey.Exchange.Address}{path}";

    internal static ILocator Heading(IPage page) => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    /// <summary>A room of the bot's own with a market in it, which it stays in; the market.</summary>
    private static async Task<ulong> OpenRoomAsync(Bot bot, string slug, string name, JoinPolicy policy, string market)
    {
        await bot.DoAsync(new ClientMessage
        {
            OpenRoom = new OpenRoom { Slug = slug, Name = name, JoinPolicy = policy, OpeningBalance = 100_0000, WhoMayCreateMarkets = WhoMayCreateMarkets.Anyone },
        });
        await bot.DoAsync(new ClientMessage { EnterRoom = new EnterRoom { Slug = slug } });
        await bot.SettledAsync();
        return await bot.CreateMarketAsync(market);
    }
}
