using Exchange.Protocol.V1;
using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>Tabs of one browser share what it keeps. Each belongs to the user it showed, and no order goes out as somebody else.</summary>
public class TabJourneyTests
{
    private const string SessionKey = "exchange.session";

    [Fact]
    public async Task Signing_out_ends_every_tab_and_another_users_sign_in_ends_those_that_were_somebody_elses()
    {
        await using Journey journey = await Journey.StartAsync();
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        await journey.Exchange.SignInAsync("Bob");
        await maker.CreateMarketAsync("Rain");
        IPage first = await journey.TraderAsync("Ann");
        await first.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
        IPage second = await journey.NewTabAsync(first, "Ann's second tab");
        await Expect(second.GetByRole(AriaRole.Form, new() { Name = "Order ticket" })).ToBeVisibleAsync();
        await journey.WalkAsync(async () =>
        {
            await ChooseAsync(first, "Account and settings", "Sign out");
            await Expect(second.GetByRole(AriaRole.Alert)).ToContainTextAsync("This browser was signed out in another tab.");

            // Both are for whoever signs in; what the one does the other does not do by itself.
            await SignInHereAsync(first, "Ann");
            await SignInHereAsync(second, "Bob");
            await Expect(first.GetByRole(AriaRole.Alert)).ToContainTextAsync(
                "Bob signed in in another tab of this browser, so Ann was signed out of this tab.");
            await first.ExpectAccessibleAsync();
            await Button(first, "Continue as Bob").ClickAsync();
            await first.Locator("header").GetByRole(AriaRole.Button, new() { NameRegex = new("^Account and settings") }).ClickAsync();
            await Expect(first.GetByRole(AriaRole.Menu)).ToContainTextAsync("Bob");
            await first.Keyboard.PressAsync("Escape");
        });
    }

    [Fact]
    public async Task An_order_whose_answer_was_lost_is_sent_again_as_the_same_user_and_never_as_another()
    {
        await using Journey journey = await Journey.StartAsync();
        string bobsToken = await journey.Exchange.SignInAsync("Bob");
        await using Bot bob = await Bot.ConnectAsync(journey.Exchange, bobsToken);
        ulong market = await bob.CreateMarketAsync("Rain");
        IPage ann = await journey.TraderAsync("Ann");
        var wire = new Wire();
        await wire.PutAsync(ann);
        await ann.ReloadAsync();
        await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
        await journey.WalkAsync(async () =>
        {
            ILocator orders = ann.GetByRole(AriaRole.Region, new() { Name = "Your open orders" });
            ILocator status = ann.GetByRole(AriaRole.Status).First;

            // Lost on the way, and sent again: one order, and it is Ann's.
            await Expect(status).ToContainTextAsync("Live");
            wire.IsBroken = true;
            await BrowserTests.PlaceAsync(ann, "Buy", "41", "1");
            await Expect(Button(ann, "Placing")).ToBeVisibleAsync();
            await wire.CutAsync();
            await Expect(orders.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);

            // Lost again; and when the connection comes back, the browser's token is Bob's, under Ann's name.
            wire.IsBroken = true;
            await BrowserTests.PlaceAsync(ann, "Buy", "42", "1");
            await Expect(Button(ann, "Placing")).ToBeVisibleAsync();
            await ann.EvaluateAsync(
                "([key, token]) => localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), token }))",
                new[] { SessionKey, bobsToken });
            await wire.CutAsync();
            await Expect(ann.GetByRole(AriaRole.Alert)).ToContainTextAsync(
                "Bob signed in in another tab of this browser, so Ann was signed out of this tab.");

            // Whatever the page sent before that sentence came before this: there is Ann's first order in the book, and no other.
            Assert.Empty(bob.Read(s => s.Orders));
            await bob.DoAsync(new ClientMessage { Subscribe = new Subscribe { MarketIds = { market }, Channels = { Channel.Book } } });
            await bob.UntilAsync(s => s.Books.ContainsKey(market));
            Assert.Equal([4_100], bob.Read(s => s.Books[market].Bids.Select(o => o.Price).ToArray()));
        });
    }

    [Fact]
    public async Task A_tab_that_heard_nothing_of_the_other_user_does_not_come_back_as_them()
    {
        await using Journey journey = await Journey.StartAsync();
        string bobsToken = await journey.Exchange.SignInAsync("Bob");
        IPage ann = await journey.TraderAsync("Ann");
        var wire = new Wire();
        await wire.PutAsync(ann);
        await ann.ReloadAsync();
        await Expect(ann.GetByRole(AriaRole.Status).First).ToContainTextAsync("Live");
        await journey.WalkAsync(async () =>
        {
            // A document is not told of what it stores itself: as if it had been frozen meanwhile.
            await ann.EvaluateAsync(
                "([key, token]) => localStorage.setItem(key, JSON.stringify({ mode: 'built-in', name: 'Bob', token, expires_at_us: 4e15 }))",
                new[] { SessionKey, bobsToken });
            await wire.CutAsync();
            await Expect(ann.GetByRole(AriaRole.Alert)).ToContainTextAsync("Bob signed in in another tab");

            // Bob's sign-in is left alone: it is not this tab's to end.
            Assert.Contains("Bob", await ann.EvaluateAsync<string>("key => localStorage.getItem(key)", SessionKey), StringComparison.Ordinal);
        });
    }

    private static async Task SignInHereAsync(IPage page, string name)
    {
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(BrowserTests.Password);
        await Button(page, "Sign in").ClickAsync();
        await Expect(page.Locator("header")).ToBeVisibleAsync();
    }

    /// <summary>Stands between a page and the exchange: may swallow what the page sends, and cut it off.</summary>
    private sealed class Wire
    {
        private IWebSocketRoute? _socket;

        /// <summary>Until it is cut, nothing that the page sends arrives.</summary>
        public bool IsBroken { get; set; }

        public Task PutAsync(IPage page) => page.RouteWebSocketAsync("**/ws", socket =>
        {
            _socket = socket;
            IsBroken = false;
            IWebSocketRoute server = socket.ConnectToServer();
            socket.OnMessage(frame =>
            {
                if (IsBroken)
                    return;
                if (frame.Binary is { } bytes)
                    server.Send(bytes);
                else
                    server.Send(frame.Text!);
            });
        });

        public Task CutAsync() => _socket!.CloseAsync(new() { Code = 3_000, Reason = "Cut" });
    }
}
