using Microsoft.Playwright;

namespace Exchange.Tests.EndToEnd;

/// <summary>People at browsers on one published exchange. When something goes wrong, their screens are kept as pictures.</summary>
internal sealed class Journey : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _chromium;
    private readonly Dictionary<string, IPage> _pages = [];
    private readonly List<string> _errors = [];

    private Journey(PublishedExchange exchange, IPlaywright playwright, IBrowser chromium)
    {
        Exchange = exchange;
        _playwright = playwright;
        _chromium = chromium;
    }

    public PublishedExchange Exchange { get; }

    public static async Task<Journey> StartAsync()
    {
        PublishedExchange exchange = await PublishedExchange.StartAsync();
        IPlaywright playwright = await Playwright.CreateAsync();
        return new Journey(exchange, playwright, await playwright.Chromium.LaunchAsync(BrowserTests.s_chromium));
    }

    /// <summary>The admin, by the link that the exchange printed, with admin powers on.</summary>
    public async Task<IPage> ElevatedAdminAsync(string name, int width = 1440, int height = 900)
    {
        IPage page = await NewPageAsync(name, width, height);
        await page.GotoAsync($"/setup?code={Exchange.SetupCode}");
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(BrowserTests.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the admin account" }).ClickAsync();
        await ElevateAsync(page);
        return page;
    }

    /// <summary>Anyone else, who signs up.</summary>
    public async Task<IPage> TraderAsync(string name)
    {
        IPage page = await NewPageAsync(name, width: 1440, height: 900);
        await page.GotoAsync("/");
        await page.GetByText("Create an account").ClickAsync();
        await page.ExpectAccessibleAsync();
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(BrowserTests.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await Assertions.Expect(page.Locator("header")).ToBeVisibleAsync();
        return page;
    }

    /// <summary>Somebody whom <see cref="PublishedExchange.SignInAsync"/> has signed up already.</summary>
    public async Task<IPage> SignInAsync(string name)
    {
        IPage page = await NewPageAsync(name, width: 1440, height: 900);
        await page.GotoAsync("/");
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(BrowserTests.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("header")).ToBeVisibleAsync();
        return page;
    }

    /// <summary>
    /// Runs it; keeps pictures if it fails. What everyone sees at its end is accessible, and no browser may have had anything to
    /// complain about but lost connections.
    /// </summary>
    public async Task WalkAsync(Func<Task> journey)
    {
        try
        {
            await journey();
            foreach (IPage page in _pages.Values)
                await page.ExpectAccessibleAsync();
        }
        catch
        {
            foreach ((string name, IPage page) in _pages)
                await BrowserTests.ShowAsync(page, name.ToLowerInvariant());
            throw;
        }
        // A lost connection is reported by the browser; anything else is ours.
        Assert.DoesNotContain(
            _errors, e => !e.Contains("WebSocket", StringComparison.Ordinal) && !e.Contains("ERR_", StringComparison.Ordinal));
    }

    public static async Task ElevateAsync(IPage page)
    {
        await ChooseAsync(page, "Account and settings", "Turn admin powers on");
        await Assertions.Expect(page.GetByText("Admin powers are on.")).ToBeVisibleAsync();
    }

    /// <summary>Opens a menu of the header and chooses from it.</summary>
    public static async Task ChooseAsync(IPage page, string menu, string item)
    {
        await page.Locator("header").GetByRole(AriaRole.Button, new() { NameRegex = new($"^{menu}") }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { NameRegex = new($"^{item}") }).ClickAsync();
    }

    /// <summary>By a link of the header; there when it returns, and accessible.</summary>
    public static async Task GoAsync(IPage page, string name)
    {
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(name);
        await page.ExpectAccessibleAsync();
    }

    public static ILocator Dialog(IPage page) => page.Locator("dialog[open]");

    public static ILocator Button(ILocator within, string name) =>
        within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Button(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private async Task<IPage> NewPageAsync(string name, int width, int height)
    {
        IBrowserContext browser = await BrowserTests.NewBrowserAsync(_chromium, Exchange, width, height);
        IPage page = await BrowserTests.NewPageAsync(browser, _errors);
        _pages.Add(name, page);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        _playwright.Dispose();
        await Exchange.DisposeAsync();
    }
}
