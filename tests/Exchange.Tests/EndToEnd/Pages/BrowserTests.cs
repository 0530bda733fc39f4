using Exchange.Protocol.V1;
using Microsoft.Playwright;

namespace Exchange.Tests.EndToEnd;

/// <summary>Two people in two browsers, and a bot beside them, on the published executable.</summary>
public class BrowserTests
{
    internal const string Password = "correct horse battery";

    internal static readonly BrowserTypeLaunchOptions s_chromium = new()
    {
        ExecutablePath = "/usr/bin/chromium",
        Timeout = Patience.Milliseconds,
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
        ],
    };

    [Fact]
    public async Task Two_people_and_a_bot_trade_settle_and_survive_a_power_cut()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser chromium = await playwright.Chromium.LaunchAsync(s_chromium);
        var errors = new List<string>();
        await using IBrowserContext annsBrowser = await NewBrowserAsync(chromium, exchange);
        await using IBrowserContext bobsBrowser = await NewBrowserAsync(chromium, exchange);
        IPage ann = await NewPageAsync(annsBrowser, errors), bob = await NewPageAsync(bobsBrowser, errors);
        try
        {
            // The first visitor of the printed link is the admin; the second signs up.
            await ann.GotoAsync($"/setup?code={exchange.SetupCode}");
            await ann.GetByLabel("Name").FillAsync("Ann");
            await ann.GetByLabel("Password").FillAsync(Password);
            await ann.GetByRole(AriaRole.Button, new() { Name = "Create the admin account" }).ClickAsync();
            await bob.GotoAsync("/");
            await bob.GetByText("Create an account").ClickAsync();
            await bob.GetByLabel("Name").FillAsync("Bob");
            await bob.GetByLabel("Password").FillAsync(Password);
            await bob.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();

            // Ann opens a market; Bob sees it appear and goes there.
            await ann.GetByRole(AriaRole.Button, new() { Name = "Create market" }).First.ClickAsync();
            await ann.GetByLabel("Name", new() { Exact = true }).FillAsync("Rain tomorrow");
            await ann.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Create market" }).ClickAsync();
            await bob.GetByRole(AriaRole.Link, new() { Name = "Rain tomorrow" }).First.ClickAsync();
            await Assertions.Expect(ann.GetByRole(AriaRole.Heading, new() { Name = "Rain tomorrow" })).ToBeVisibleAsync();

            // They trade: Ann offers 10 at 60, Bob takes 4; both screens say so.
            await PlaceAsync(ann, "Sell", "60", "10");
            await Assertions.Expect(bob.GetByRole(AriaRole.Button, new() { Name = "Offer 60, 10 contracts" })).ToBeVisibleAsync();
            await PlaceAsync(bob, "Buy", "65", "4");
            ILocator annsPosition = ann.GetByLabel("Your position"), bobsPosition = bob.GetByLabel("Your position");
            await Assertions.Expect(bobsPosition).ToContainTextAsync("+4");
            await Assertions.Expect(annsPosition).ToContainTextAsync("−4");
            await ann.ExpectAccessibleAsync();
            await Assertions.Expect(ann.GetByRole(AriaRole.Button, new() { Name = "Offer 60, 6 contracts, 6 yours" })).ToBeVisibleAsync();
            await Assertions.Expect(bob.Locator("header")).ToContainTextAsync("9,760.00");

            // A bot beside them takes one too, and Ann cancels the rest.
            await using (Bot robot = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Robot")))
            {
                OrderChanged taken = (await robot.PlaceAsync(1, Side.Buy, 6_000, 100)).OrderChanged;
                Assert.Equal(OrderStatus.Filled, taken.Order.Status);
            }
            await Assertions.Expect(annsPosition).ToContainTextAsync("−5");
            await ann.GetByRole(AriaRole.Region, new() { Name = "Your open orders" }).GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true }).ClickAsync();
            await Assertions.Expect(bob.GetByRole(AriaRole.Button, new() { Name = "Offer 60," })).ToHaveCountAsync(0);

            // What can't be paid is refused with the numbers, and what was typed stays.
            await PlaceAsync(bob, "Buy", "90", "1000000");
            await Assertions.Expect(bob.GetByLabel("Order ticket").First.GetByRole(AriaRole.Alert)).ToContainTextAsync("available");

            // The power goes. The pages say so, come back by themselves, and nothing is lost.
            await exchange.KillAsync();
            await Assertions.Expect(bob.GetByRole(AriaRole.Status).First).ToContainTextAsync("Reconnecting");
            await exchange.RestartAsync();
            await Assertions.Expect(bob.GetByRole(AriaRole.Status).First).ToContainTextAsync("Live");
            await Assertions.Expect(ann.GetByRole(AriaRole.Status).First).ToContainTextAsync("Live");
            await Assertions.Expect(bobsPosition).ToContainTextAsync("+4");
            await PlaceAsync(bob, "Buy", "40", "2");
            await Assertions.Expect(ann.GetByRole(AriaRole.Button, new() { Name = "Bid 40, 2 contracts" })).ToBeVisibleAsync();

            // Ann settles at 100: Bob's four are worth 400, and his order is gone.
            await ann.GetByRole(AriaRole.Button, new() { Name = "Settle…" }).ClickAsync();
            await ann.GetByLabel("Settlement price").FillAsync("100");
            await ann.GetByRole(AriaRole.Button, new() { Name = "Settle at 100" }).ClickAsync();
            await Assertions.Expect(bob.Locator("header")).ToContainTextAsync("10,160.00");
            await Assertions.Expect(ann.Locator("header")).ToContainTextAsync("9,800.00");
            await bob.GetByRole(AriaRole.Link, new() { Name = "Portfolio" }).ClickAsync();
            await Assertions.Expect(bob.GetByRole(AriaRole.Heading, new() { Name = "Portfolio" })).ToBeAttachedAsync();
            await Assertions.Expect(bob.GetByText("No open orders")).ToBeVisibleAsync();
            await Assertions.Expect(bob.GetByRole(AriaRole.Region, new() { Name = "Fills" })).ToContainTextAsync("Bought");
            await bob.ExpectAccessibleAsync();
            await ann.ExpectAccessibleAsync();
        }
        catch
        {
            await ShowAsync(ann, "ann");
            await ShowAsync(bob, "bob");
            throw;
        }

        // A lost connection is reported by the browser; anything else, a violation of the content policy above all, is ours.
        Assert.DoesNotContain(
            errors, e => !e.Contains("WebSocket", StringComparison.Ordinal) && !e.Contains("ERR_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task On_a_phone_nothing_scrolls_sideways_and_an_order_is_placed()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot bot = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Bot"));
        ulong market = await bot.CreateMarketAsync("On a phone");
        await bot.PlaceAsync(market, Side.Sell, 6_000, 500);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser chromium = await playwright.Chromium.LaunchAsync(s_chromium);
        var errors = new List<string>();
        await using IBrowserContext browser = await NewBrowserAsync(chromium, exchange, width: 360, height: 740);
        IPage page = await NewPageAsync(browser, errors);
        await page.GotoAsync("/");
        await page.GetByText("Create an account").ClickAsync();
        await page.GetByLabel("Name").FillAsync("Thumb");
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "On a phone" }).First).ToBeVisibleAsync();
        await ExpectNoSidewaysScrollAsync(page);
        await page.ExpectAccessibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "On a phone" }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "On a phone" })).ToBeVisibleAsync();
        await ExpectNoSidewaysScrollAsync(page);
        await page.ExpectAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Buy") }).Last.ClickAsync();
        await page.GetByLabel("Price", new() { Exact = true }).FillAsync("60");
        await page.GetByLabel("Quantity", new() { Exact = true }).FillAsync("3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Buy 3 at 60" }).ClickAsync();
        await bot.UntilAsync(s => s.Positions.TryGetValue(market, out var position) && position.Quantity == -300);
        Assert.Empty(errors);
    }

    internal static async Task ExpectNoSidewaysScrollAsync(IPage page) =>
        Assert.Equal("", await page.EvaluateAsync<string>("""
            () => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? '' :
              [...document.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
                .map(e => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`).slice(0, 8).join('\n')
            """));

    /// <param name="chromium">Running.</param>
    /// <param name="exchange">Where it goes.</param>
    /// <param name="width">Of the window, pixels.</param>
    /// <param name="height">Of the window, pixels.</param>
    /// <param name="address">Of the exchange, if it is to be called by another.</param>
    internal static async Task<IBrowserContext> NewBrowserAsync(
        IBrowser chromium, PublishedExchange exchange, int width = 1440, int height = 900, bool isPhone = false, string? address = null,
        string? zone = null)
    {
        Assertions.SetDefaultExpectTimeout(Patience.Milliseconds);
        IBrowserContext browser = await chromium.NewContextAsync(new()
        {
            BaseURL = address ?? exchange.Address.ToString(),
            ViewportSize = new() { Width = width, Height = height },
            IsMobile = isPhone,
            HasTouch = isPhone,
            // What moves can be missed, or caught halfway.
            ReducedMotion = ReducedMotion.Reduce,
            TimezoneId = zone,
        });
        await Accessibility.AddToAsync(browser);
        return browser;
    }

    internal static async Task<IPage> NewPageAsync(IBrowserContext browser, List<string> errors)
    {
        IPage page = await browser.NewPageAsync();
        page.SetDefaultTimeout(Patience.Milliseconds);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Add(message.Text);
        };
        page.PageError += (_, error) => errors.Add(error);
        return page;
    }

    internal static async Task PlaceAsync(IPage page, string side, string price, string quantity)
    {
        ILocator ticket = page.GetByRole(AriaRole.Form, new() { Name = "Order ticket" });
        await ticket.GetByRole(AriaRole.Radiogroup, new() { Name = "Side" }).GetByText(side, new() { Exact = true }).ClickAsync();
        await ticket.GetByLabel("Price", new() { Exact = true }).FillAsync(price);
        await ticket.GetByLabel("Quantity", new() { Exact = true }).FillAsync(quantity);
        await ticket.GetByRole(AriaRole.Button, new() { NameRegex = new($"^{side} .* at ") }).ClickAsync();
    }

    internal static async Task ShowAsync(IPage page, string name) =>
        await page.ScreenshotAsync(new() { Path = Path.Combine(Path.GetTempPath(), $"exchange-browser-test-{name}.png") });
}
