using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Exchange.Protocol.V1;
using Google.Protobuf;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>Behind nginx on the same machine: the recipe of docs/deploy.md, in the ways in which operators write it.</summary>
public partial class ProxyTests
{
    private const string Name = "exchange.test";

    [Theory]
    // What Host nginx passes on; under which path; whether it takes the path off; what base-path is.
    [InlineData(null, "/", false, "")]
    [InlineData("$host", "/", false, "")]
    [InlineData("$http_host", "/", false, "")]
    [InlineData(null, "/school/exchange/", true, "/school/exchange")]
    [InlineData("$host", "/school/exchange/", true, "/school/exchange")]
    [InlineData("$http_host", "/school/exchange/", true, "/school/exchange/")]
    [InlineData("$http_host", "/school/exchange/", false, "/school/exchange")]
    [InlineData("$host", "/school/exchange/", false, "/school/exchange")]
    [InlineData("$http_host", "/school/exchange/", true, "")]
    public async Task The_page_the_sign_in_the_files_and_the_web_socket_work(string? hostHeader, string location, bool takesPathOff, string basePath)
    {
        int port = Nginx.FreePort();
        await using PublishedExchange exchange = await StartAsync(port, basePath);
        await using Nginx nginx = await Nginx.StartAsync(
            port, location, $"http://127.0.0.1:{exchange.Port}{(takesPathOff ? "/" : "")}", hostHeader);
        using SocketsHttpHandler handler = ToLoopback();
        using var http = new HttpClient(handler) { BaseAddress = new Uri($"http://{Name}:{port}{location}") };

        // The page, at whatever depth, finds its files and where it is.
        foreach (string address in (string[])["", "portfolio", "markets/1", "r/econ-101/markets/4"])
        {
            using HttpResponseMessage page = await http.GetAsync(address);
            string html = await page.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            MatchCollection files = FileInPage().Matches(html);
            Assert.InRange(files.Count, 5, 100);
            foreach (Match file in files)
                Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(page.RequestMessage!.RequestUri!, file.Groups[1].Value))).StatusCode);
            using var again = new HttpRequestMessage(HttpMethod.Get, address);
            again.Headers.IfNoneMatch.Add(page.Headers.ETag!);
            Assert.Equal(HttpStatusCode.NotModified, (await http.SendAsync(again)).StatusCode);
        }

        // As the page does it.
        string origin = $"http://{Name}:{port}";
        using var signUp = new HttpRequestMessage(HttpMethod.Post, "auth/sign-up")
        {
            Content = JsonContent.Create(new { name = "Ann", password = "correct horse battery" }),
        };
        signUp.Headers.Add("Origin", origin);
        using HttpResponseMessage signedUp = await http.SendAsync(signUp);
        Assert.True(signedUp.IsSuccessStatusCode, await signedUp.Content.ReadAsStringAsync());
        string token = (await signedUp.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
        await ConnectAsync(handler, new Uri($"ws://{Name}:{port}{location}ws"), origin, token);
        using var csv = new HttpRequestMessage(HttpMethod.Get, "api/rooms/main/settlements.csv");
        csv.Headers.Authorization = new("Bearer", token);
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(csv)).StatusCode);

        // What is not the operator's is not let in by the way.
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("metrics")).StatusCode);
        WebSocketException foreign = await Assert.ThrowsAsync<WebSocketException>(
            () => ConnectAsync(handler, new Uri($"ws://{Name}:{port}{location}ws"), "http://evil.example", token));
        Assert.Contains("403", foreign.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_nobody_allowed_is_refused_with_what_to_do()
    {
        int port = Nginx.FreePort();
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Nginx nginx = await Nginx.StartAsync(port, "/", $"http://127.0.0.1:{exchange.Port}", "$http_host");
        using SocketsHttpHandler handler = ToLoopback();
        using var http = new HttpClient(handler) { BaseAddress = new Uri($"http://{Name}:{port}/") };
        using HttpResponseMessage refused = await http.GetAsync("");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("allowed-origins", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // A proxy that passes on no Host of its own: the page loads, and is told why it can't sign in.
        using var signIn = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{exchange.Port}/auth/sign-in");
        signIn.Headers.Add("Origin", $"http://{Name}:{port}");
        using HttpResponseMessage foreign = await http.SendAsync(signIn);
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        string detail = (await foreign.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!;
        Assert.StartsWith($"A web page from http://{Name}:{port} may not connect, because Host is 127.0.0.1:{exchange.Port}.", detail, StringComparison.Ordinal);
        Assert.Contains("allowed-origins", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_is_not_believed_is_named_in_the_log_once()
    {
        int port = Nginx.FreePort();
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        using var http = new HttpClient { BaseAddress = exchange.Address };
        for (int i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "healthz");
            request.Headers.Add("X-Forwarded-For", "192.0.2.7");
            request.Headers.Add("X-Forwarded-Prefix", "/school/exchange/");
            using HttpResponseMessage _ = await http.SendAsync(request);
        }
        (int exitCode, _) = await exchange.TerminateAsync();
        Assert.Equal(0, exitCode);
        Assert.Single(Regex.Matches(exchange.Output, "add .* to trusted-proxies"));
        Assert.Single(Regex.Matches(exchange.Output, "Set base-path to /school/exchange\\."));
    }

    [Fact]
    public async Task Links_are_printed_as_people_can_open_them()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(null, "--base-path", "/school/exchange/");
        Assert.StartsWith($"http://127.0.0.1:{exchange.Port}/school/exchange", exchange.Address.ToString(), StringComparison.Ordinal);
        string setupCode = await SetupCodeAsync(exchange);
        Assert.Contains($"http://localhost:{exchange.Port}/school/exchange/setup?code={setupCode}", exchange.Output, StringComparison.Ordinal);
        Assert.Contains("only this machine can connect", exchange.Output, StringComparison.Ordinal);
        (_, string code) = await PublishedExchange.RunAsync(
            "admin", "join-code", "new", "--data", exchange.DataDirectory, "--port", $"{exchange.Port}", "--base-path", "/school/exchange");
        Assert.Contains("/school/exchange/join/main/", code, StringComparison.Ordinal);

        // Without the slash at its end, what the page names relative to itself would not be found.
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using HttpResponseMessage bare = await http.GetAsync($"http://127.0.0.1:{exchange.Port}/school/exchange?a=b");
        Assert.Equal((HttpStatusCode.Found, "/school/exchange/?a=b"), (bare.StatusCode, bare.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task On_all_addresses_it_names_those_that_can_be_opened()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await exchange.SignInAsync("Teacher", await SetupCodeAsync(exchange));
        await exchange.TerminateAsync();
        await exchange.RestartAsync("--host", "0.0.0.0", "--allow-remote-sign-in", "true");
        Assert.DoesNotContain("0.0.0.0:", exchange.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("only this machine", exchange.Output, StringComparison.Ordinal);
        string[] addresses = [.. PrintedAddress().Matches(exchange.Output).Select(m => m.Groups[1].Value)];
        Assert.Equal($"http://localhost:{exchange.Port}", addresses[0]);
        using var http = new HttpClient();
        foreach (string address in addresses)
            Assert.Equal("ok", await http.GetStringAsync($"{address}/healthz"));
    }

    [Theory]
    [InlineData("exchange")]
    [InlineData("/a b")]
    [InlineData("/a/../b")]
    [InlineData("//a")]
    [InlineData("/a?b")]
    [InlineData("https://school.edu/exchange")]
    public async Task A_base_path_that_is_none_stops_the_start(string path)
    {
        (int exitCode, string output) = await PublishedExchange.RunAsync("--base-path", path);
        Assert.Equal(2, exitCode);
        Assert.Contains($"base-path is '{path}'; it must be a path such as /exchange", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_others_reach_by_a_proxy_signs_people_in_as_on_the_network()
    {
        string directory = PublishedExchange.NewDirectory();
        (int exitCode, string output) = await PublishedExchange.RunAsync("--data", directory, "--allowed-origins", "https://exchange.school.edu");
        Directory.Delete(directory, recursive: true);
        Assert.Equal(2, exitCode);
        Assert.Contains("allowed-origins has https://exchange.school.edu, so people on the network", output, StringComparison.Ordinal);
        (exitCode, output) = await PublishedExchange.RunAsync("demo", "--allowed-origins", "https://exchange.school.edu");
        Assert.Equal(2, exitCode);
        Assert.Contains("a demo must stay on this machine", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_browser_one_signs_up_trades_and_comes_back_under_the_path()
    {
        int port = Nginx.FreePort();
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(null, "--base-path", "/exchange", "--allowed-origins", $"http://localhost:{port}");
        await using Nginx nginx = await Nginx.StartAsync(port, "/exchange/", $"http://127.0.0.1:{exchange.Port}/", "$host");
        await using Bot maker = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Maker"));
        ulong market = await maker.CreateMarketAsync("Under a path");
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser chromium = await playwright.Chromium.LaunchAsync(BrowserTests.s_chromium);
        await using IBrowserContext browser = await BrowserTests.NewBrowserAsync(chromium, exchange);
        IPage page = await browser.NewPageAsync();
        string start = $"http://localhost:{port}/exchange/";
        await page.GotoAsync(start);
        await page.GetByText("Create an account").ClickAsync();
        await page.GetByLabel("Name").FillAsync("Ann");
        await page.GetByLabel("Password").FillAsync(BrowserTests.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Under a path" }).First.ClickAsync();
        await Expect(page).ToHaveURLAsync($"{start}r/main/markets/{market}");
        await BrowserTests.PlaceAsync(page, "Buy", "40", "1");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Your open orders" })).ToContainTextAsync("40");
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Your open orders" })).ToContainTextAsync("40");
        await Expect(page.Locator("#not-started")).ToHaveCountAsync(0);
        await Journey.GoAsync(page, "Portfolio");
        await Expect(page).ToHaveURLAsync($"{start}r/main/portfolio");
        await page.GetByRole(AriaRole.Link, new() { Name = "Markets" }).First.ClickAsync();
        await Expect(page).ToHaveURLAsync($"{start}r/main/markets");
    }

    [Fact]
    public async Task In_a_browser_a_path_that_nobody_told_the_exchange_of_is_said_on_the_page()
    {
        // The proxy passes the path on: the page is there, and its files are looked for where the exchange is not.
        int port = Nginx.FreePort();
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Nginx nginx = await Nginx.StartAsync(port, "/exchange/", $"http://127.0.0.1:{exchange.Port}", null);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser chromium = await playwright.Chromium.LaunchAsync(BrowserTests.s_chromium);
        await using IBrowserContext browser = await BrowserTests.NewBrowserAsync(chromium, exchange);
        IPage page = await browser.NewPageAsync();
        await page.GotoAsync($"http://localhost:{port}/exchange/");
        await Expect(page.GetByText("This page has not started")).ToBeVisibleAsync();
        await Expect(page.Locator("body")).ToContainTextAsync("--base-path /exchange");
    }

    /// <summary>With an admin, which it needs where others reach it.</summary>
    private static async Task<PublishedExchange> StartAsync(int proxyPort, string basePath)
    {
        PublishedExchange exchange = await PublishedExchange.StartAsync();
        await exchange.SignInAsync("Teacher", await SetupCodeAsync(exchange));
        await exchange.TerminateAsync();
        await exchange.RestartAsync(
            "--allowed-origins", $"http://{Name}:{proxyPort}", "--allow-remote-sign-in", "true", "--base-path", basePath);
        return exchange;
    }

    /// <summary>Once it is printed, which is the last that is.</summary>
    private static async Task<string> SetupCodeAsync(PublishedExchange exchange)
    {
        await Patience.UntilAsync(() => exchange.SetupCode.Length > 0, "a link is printed");
        return exchange.SetupCode;
    }

    /// <summary>Whatever the name, it is this machine.</summary>
    private static SocketsHttpHandler ToLoopback() => new()
    {
        ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    private static async Task ConnectAsync(SocketsHttpHandler handler, Uri address, string origin, string token)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", origin);
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        await socket.ConnectAsync(address, invoker, CancellationToken.None).PatientlyAsync();
        var hello = new ClientFrame { Messages = { new ClientMessage { RequestId = 1, Authenticate = new Authenticate { AccessToken = token } } } };
        await socket.SendAsync(hello.ToByteArray(), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        var buffer = new byte[64 * 1024];
        ValueWebSocketReceiveResult received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).AsTask().PatientlyAsync();
        ServerFrame answer = ServerFrame.Parser.ParseFrom(buffer.AsSpan(0, received.Count));
        Assert.Equal(ServerMessage.EventOneofCase.Authenticated, answer.Messages[0].EventCase);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None).PatientlyAsync();
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [GeneratedRegex(@"^(?:Exchange is at| {14}) (http://\S+)$", RegexOptions.Multiline)]
    private static partial Regex PrintedAddress();

    [GeneratedRegex("(?:href|src)=\"([^\"]+)\"")]
    private static partial Regex FileInPage();
}
