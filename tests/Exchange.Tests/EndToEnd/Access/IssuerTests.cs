using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Exchange.Protocol.V1;
using Microsoft.Playwright;

namespace Exchange.Tests.EndToEnd;

/// <summary>
/// The published executable with a certified OpenID Connect provider, run as a real server and set up to issue what
/// Kinde issues; see tests/oidc-provider.
/// </summary>
public class IssuerTests
{
    private const string Audience = "https://exchange.test/api";

    [Fact]
    public async Task Two_people_and_a_program_sign_in_at_the_issuer()
    {
        await using Deployment deployment = await Deployment.StartAsync(tokenSeconds: 600);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser chromium = await playwright.Chromium.LaunchAsync(BrowserTests.s_chromium);
        var errors = new List<string>();
        await using IBrowserContext annsBrowser = await BrowserTests.NewBrowserAsync(chromium, deployment.Exchange, address: deployment.Address);
        await using IBrowserContext adminsBrowser = await BrowserTests.NewBrowserAsync(chromium, deployment.Exchange, address: deployment.Address);
        IPage ann = await NewPageAsync(annsBrowser, deployment, errors), admin = await NewPageAsync(adminsBrowser, deployment, errors);
        try
        {
            // Back where they wanted to go, under the name in the ID token.
            await SignInAsync(ann, "/portfolio", "ann");
            await Assertions.Expect(ann).ToHaveURLAsync(deployment.Address + "/r/main/portfolio");
            await Assertions.Expect(await MenuAsync(ann)).ToContainTextAsync("ann Lovelace");
            await Assertions.Expect(ann.GetByText("Turn on admin powers")).ToHaveCountAsync(0);

            // Who has the role at the issuer is an admin here.
            await SignInAsync(admin, "/", "admin");
            await Assertions.Expect(await MenuAsync(admin)).ToContainTextAsync("Turn on admin powers");

            // A program has no user and no ID token.
            await using (Bot bot = await Bot.ConnectAsync(deployment.Exchange, await deployment.ProgramTokenAsync()))
            {
                Assert.StartsWith("user-", bot.Read(s => s.Authenticated!.User.Name), StringComparison.Ordinal);
                Assert.False(bot.Read(s => s.Authenticated!.User.IsServerAdmin));
            }

            // The issuer takes its keys away and makes others: the next login works, with the interval of fetches over.
            await deployment.RotateKeysAsync();
            string token = await deployment.ProgramTokenAsync();
            await Patience.UntilAsync(() => IsGoodAsync(deployment, token), "the new key known", TimeSpan.FromSeconds(1));
        }
        catch
        {
            await ShowAsync(ann, "ann");
            await ShowAsync(admin, "admin");
            throw;
        }
        Assert.Empty(errors);
    }

    [Fact]
    public async Task The_page_renews_its_sign_in_silently_and_signs_out_at_the_issuer_too()
    {
        await using Deployment deployment = await Deployment.StartAsync(tokenSeconds: 5);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser chromium = await playwright.Chromium.LaunchAsync(BrowserTests.s_chromium);
        var errors = new List<string>();
        await using IBrowserContext browser = await BrowserTests.NewBrowserAsync(chromium, deployment.Exchange, address: deployment.Address);
        IPage page = await NewPageAsync(browser, deployment, errors);
        int renewals = 0, loads = 0;
        page.Request += (_, request) => renewals += request.PostData?.Contains("refresh_token", StringComparison.Ordinal) == true ? 1 : 0;
        page.FrameNavigated += (_, _) => loads++;
        try
        {
            await SignInAsync(page, "/", "ann");
            ILocator status = page.GetByRole(AriaRole.Status).First;
            await Assertions.Expect(status).ToContainTextAsync("Live");
            await Assertions.Expect(page).ToHaveURLAsync(deployment.Address + "/r/main/markets");
            int loadsBefore = loads, renewalsBefore = renewals;

            // The token runs out, the exchange closes the connection, and the page comes back with another by itself.
            await Patience.UntilAsync(() => Volatile.Read(ref renewals) >= renewalsBefore + 2, "two silent renewals");
            await Assertions.Expect(status).ToContainTextAsync("Live");
            await Assertions.Expect(await MenuAsync(page)).ToContainTextAsync("ann Lovelace");
            Assert.Equal(loadsBefore, loads);

            // Signed out here and there: the issuer asks for a name and a password again.
            await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Yes") }).ClickAsync();
            await Assertions.Expect(page).ToHaveURLAsync(deployment.Address + "/");
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await Assertions.Expect(page.Locator("input[name=login]")).ToBeVisibleAsync();
        }
        catch
        {
            await ShowAsync(page, "renewal");
            throw;
        }
        Assert.Empty(errors);
    }

    /// <summary>Collects what goes wrong on our page; the issuer's asks for fonts on the internet.</summary>
    private static async Task<IPage> NewPageAsync(IBrowserContext browser, Deployment deployment, List<string> errors)
    {
        IPage page = await BrowserTests.NewPageAsync(browser, []);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && message.Location.StartsWith(deployment.Address, StringComparison.Ordinal))
                errors.Add(message.Text);
        };
        return page;
    }

    private static async Task<bool> IsGoodAsync(Deployment deployment, string token)
    {
        await using Bot bot = await Bot.OpenAsync(deployment.Exchange);
        ServerMessage answer = await bot.RequestAsync(new ClientMessage { Authenticate = new Authenticate { AccessToken = token } });
        return answer.Authenticated is not null;
    }

    private static async Task SignInAsync(IPage page, string path, string name)
    {
        await page.GotoAsync(path);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.Locator("input[name=login]").FillAsync(name);
        await page.Locator("input[name=password]").FillAsync("whatever");
        await page.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(page.GetByLabel("Account and settings")).ToBeVisibleAsync();
    }

    private static async Task<ILocator> MenuAsync(IPage page)
    {
        await page.GetByLabel("Account and settings").ClickAsync();
        return page.GetByRole(AriaRole.Menu);
    }

    private static async Task ShowAsync(IPage page, string name) =>
        await page.ScreenshotAsync(new() { Path = Path.Combine(Path.GetTempPath(), $"exchange-issuer-test-{name}.png") });

    /// <summary>An issuer and an exchange that trusts it, each a process of its own.</summary>
    private sealed class Deployment : IAsyncDisposable
    {
        private readonly Process _issuer;
        private readonly HttpClient _http;

        private Deployment(Process issuer, Uri address, PublishedExchange exchange)
        {
            _issuer = issuer;
            _http = new HttpClient { BaseAddress = address };
            Exchange = exchange;
        }

        public PublishedExchange Exchange { get; }

        /// <summary>Where the page is.</summary>
        public string Address => $"http://localhost:{Exchange.Port}";

        public static async Task<Deployment> StartAsync(int tokenSeconds)
        {
            // The issuer has to know where the page is, and the exchange where the issuer is.
            int issuersPort = Ports.Take(), exchangesPort = Ports.Take();
            string issuer = $"http://localhost:{issuersPort}";
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var process = new Process
            {
                StartInfo = new ProcessStartInfo(
                    "node", [ArchitectureTests.PathOf("tests/oidc-provider/provider.mjs"), $"{issuersPort}", $"http://localhost:{exchangesPort}", $"{tokenSeconds}"])
                {
                    RedirectStandardOutput = true,
                },
            };
            process.OutputDataReceived += (_, e) =>
            {
                if (e.Data?.StartsWith("Issuer is at", StringComparison.Ordinal) == true)
                    started.TrySetResult();
            };
            process.Start();
            process.BeginOutputReadLine();
            try
            {
                await started.Task.PatientlyAsync();
                PublishedExchange exchange = await PublishedExchange.StartAsync(
                    null, "--port", $"{exchangesPort}", "--authority", issuer, "--audience", Audience, "--client-id", "page",
                    "--scope", "openid profile email offline", "--admin-role", "exchange-admin");
                return new Deployment(process, new Uri(issuer), exchange);
            }
            catch
            {
                process.Kill();
                throw;
            }
        }

        public async Task<string> ProgramTokenAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "token")
            {
                Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("audience", Audience)]),
            };
            string secret = Convert.ToBase64String(Encoding.UTF8.GetBytes("bot:the+bot+keeps+this+to+itself"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", secret);
            using HttpResponseMessage response = await _http.SendAsync(request);
            JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();
            return answer.GetProperty("access_token").GetString()!;
        }

        public async Task RotateKeysAsync() => (await _http.PostAsync("rotate", null)).EnsureSuccessStatusCode();

        public async ValueTask DisposeAsync()
        {
            await Exchange.DisposeAsync();
            _issuer.Kill();
            await _issuer.WaitForExitAsync();
            _issuer.Dispose();
            _http.Dispose();
        }
    }
}
