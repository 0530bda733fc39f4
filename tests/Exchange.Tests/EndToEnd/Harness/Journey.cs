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

    public static async Task<Journey> StartAsync(params string[] flags)
    {
        PublishedExchange exchange = await PublishedExchange.StartAsync(null, flags);
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
    public async Task<IPage> TraderAsync(string name) => await SignUpAsync(name, await NewPageAsync(name, width: 1440, height: 900));

    /// <summary>Anyone else, on a phone: a small screen that is touched.</summary>
    public async Task<IPage> PhoneAsync(string name) =>
        await SignUpAsync(name, await NewPageAsync(name, width: 390, height: 844, isPhone: true));

    /// <summary>Anyone who follows a link, and is not signed in.</summary>
    public async Task<IPage> VisitorAsync(string name, string link, bool isPhone = false)
    {
        IPage page = isPhone
            ? await NewPageAsync(name, width: 390, height: 844, isPhone: true)
            : await NewPageAsync(name, width: 1440, height: 900);
        await page.GotoAsync(link);
        return page;
    }

    /// <summary>Fills in the form that a visitor is shown, and sends it.</summary>
    public static async Task CreateAccountAsync(IPage page, string name)
    {
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(BrowserTests.Password);
        await Button(page, "Create account").ClickAsync();
    }

    /// <summary>Another tab of somebody's browser, at the same address.</summary>
    public async Task<IPage> NewTabAsync(IPage of, string name)
    {
        IPage tab = await BrowserTests.NewPageAsync(of.Context, _errors);
        _pages.Add(name, tab);
        await tab.GotoAsync(of.Url);
        await Assertions.Expect(tab.Locator("header")).ToBeVisibleAsync();
        return tab;
    }

    private static async Task<IPage> SignUpAsync(string name, IPage page)
    {
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
    public async Task<IPage> SignInAsync(string name, string? zone = null)
    {
        IPage page = await NewPageAsync(name, width: 1440, height: 900, zone: zone);
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
        // A lost connection is reported by the browser, and a refusal that the page has shown; anything else is ours.
        Assert.DoesNotContain(
            _errors, e => !e.Contains("WebSocket", StringComparison.Ordinal) && !e.Contains("ERR_", StringComparison.Ordinal) && !IsRefusedSignUp(e));
    }

    /// <summary>A wrong join code, or told to come later.</summary>
    private static bool IsRefusedSignUp(string error) =>
        error.Contains("status of 403", StringComparison.Ordinal) || error.Contains("status of 429", StringComparison.Ordinal);

    public static async Task ElevateAsync(IPage page)
    {
        await ChooseAsync(page, "Account and settings", "Turn on admin powers");
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

    private async Task<IPage> NewPageAsync(string name, int width, int height, bool isPhone = false, string? zone = null)
    {
        IBrowserContext browser = await BrowserTests.NewBrowserAsync(_chromium, Exchange, width, height, isPhone, zone: zone);
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
