using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;

namespace Exchange.Tests.EndToEnd;

/// <summary>What holds for every answer of the published executable.</summary>
public class HttpTests
{
    [Theory]
    [InlineData("GET", "/", 200)]
    [InlineData("GET", "/markets/1", 200)]
    [InlineData("GET", "/healthz", 200)]
    [InlineData("GET", "/auth/config", 200)]
    [InlineData("GET", "/nowhere.js", 404)]
    [InlineData("GET", "/auth/nothing", 404)]
    [InlineData("GET", "/api/nothing", 404)]
    [InlineData("POST", "/api/rooms/1.csv", 404)]
    [InlineData("POST", "/", 404)]
    [InlineData("DELETE", "/healthz", 404)]
    [InlineData("GET", "/auth/sign-in", 404)]
    [InlineData("POST", "/auth/sign-in", 415)]
    [InlineData("GET", "/auth/join-code", 401)]
    [InlineData("GET", "/ws", 426)]
    [InlineData("GET", "/metrics", 404)]
    public async Task Every_answer_has_the_headers_and_every_error_is_problem_details(string method, string path, int status)
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        using var http = new HttpClient { BaseAddress = exchange.Address };
        using HttpResponseMessage response = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(status, (int)response.StatusCode);
        CheckHeaders(response);
        if (status >= 400)
            await CheckProblemAsync(response);
        else if (response.Content.Headers.ContentType?.MediaType == "text/html")
            await CheckPageAsync(response);
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_wrong_host_and_a_body_without_end_are_refused_the_same_way()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        using var http = new HttpClient { BaseAddress = exchange.Address };
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "evil.example" } };
        using HttpResponseMessage refused = await http.SendAsync(elsewhere);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        CheckHeaders(refused);
        await CheckProblemAsync(refused);

        using HttpResponseMessage large = await http.PostAsync("auth/sign-in", JsonContent.Create(new { name = new string('a', 1 << 20) }));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        await CheckProblemAsync(large);
    }

    [Fact]
    public async Task A_proxy_is_believed_only_if_it_is_named()
    {
        // Unnamed, whatever it says: one address, two sign-ins a minute, and no HTTPS.
        await using PublishedExchange alone = await PublishedExchange.StartAsync(null, "--sign-ins-per-address", "2");
        Assert.Equal("401 401 429 429", await SignInsAsync(alone, "X-Forwarded-For", "192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2"));

        await using PublishedExchange behind = await PublishedExchange.StartAsync(
            null, "--sign-ins-per-address", "2", "--trusted-proxies", "127.0.0.0/8, ::1");
        Assert.Equal(
            "401 401 429 401 429",
            // The client can put anything in front of what the proxy adds.
            await SignInsAsync(behind, "X-Forwarded-For", "192.0.2.1", "198.51.100.1, 192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.9, 192.0.2.1"));
        using HttpResponseMessage secure = await GetAsync(behind, "X-Forwarded-Proto", "https");
        Assert.Equal("max-age=31536000", Assert.Single(secure.Headers.GetValues("Strict-Transport-Security")));
        using HttpResponseMessage unproven = await GetAsync(alone, "X-Forwarded-Proto", "https");
        Assert.False(unproven.Headers.Contains("Strict-Transport-Security"));

        await using PublishedExchange fly = await PublishedExchange.StartAsync(
            null, "--sign-ins-per-address", "2", "--trusted-proxies", "127.0.0.1", "--client-address-header", "Fly-Client-IP");
        Assert.Equal("401 401 429 401", await SignInsAsync(fly, "Fly-Client-IP", "192.0.2.1", "192.0.2.1", "192.0.2.1", "2001:db8::1"));
    }

    [Fact]
    public async Task Connections_are_limited_by_address_and_told_when_to_come_again()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(null, "--unauthenticated-per-address", "2");
        string token = await exchange.SignInAsync("Ann");
        await using Bot first = await Bot.OpenAsync(exchange);
        await using (Bot second = await Bot.OpenAsync(exchange))
        {
            WebSocketException e = await Assert.ThrowsAsync<WebSocketException>(() => Bot.OpenAsync(exchange));
            Assert.Contains("429", e.Message, StringComparison.Ordinal);
            using HttpResponseMessage refused = await HandshakeAsync(exchange);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(5), refused.Headers.RetryAfter!.Delta);
            await CheckProblemAsync(refused);
        }

        // The second is gone, which the exchange notices soon; and who has said who it is takes no place.
        var here = new List<Bot>();
        await Patience.UntilAsync(
            async () =>
            {
                try
                {
                    here.Add(await Bot.ConnectAsync(exchange, token));
                    return true;
                }
                catch (WebSocketException)
                {
                    return false;
                }
            },
            "a place free", TimeSpan.FromMilliseconds(100));
        while (here.Count < 5)
            here.Add(await Bot.ConnectAsync(exchange, token));
        foreach (Bot bot in here)
            await bot.DisposeAsync();
    }

    private static async Task<string> SignInsAsync(PublishedExchange exchange, string header, params string[] from)
    {
        using var http = new HttpClient { BaseAddress = exchange.Address };
        var statuses = new List<int>();
        foreach (string address in from)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "auth/sign-in")
            {
                Content = JsonContent.Create(new { name = $"user {statuses.Count}", password = "no such password" }),
            };
            request.Headers.Add(header, address);
            using HttpResponseMessage response = await http.SendAsync(request);
            statuses.Add((int)response.StatusCode);
            Assert.Equal(response.StatusCode == HttpStatusCode.TooManyRequests, response.Headers.RetryAfter is not null);
        }
        return string.Join(' ', statuses);
    }

    private static async Task<HttpResponseMessage> GetAsync(PublishedExchange exchange, string header, string value, string path = "/")
    {
        using var http = new HttpClient { BaseAddress = exchange.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add(header, value);
        return await http.SendAsync(request);
    }

    /// <summary>A handshake whose answer is read as any other.</summary>
    private static async Task<HttpResponseMessage> HandshakeAsync(PublishedExchange exchange)
    {
        using var http = new HttpClient { BaseAddress = exchange.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "ws");
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new("websocket"));
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    [Fact]
    public async Task Admins_are_told_at_which_addresses_others_can_open_the_exchange()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string chief = await exchange.SignInAsync("Chief", exchange.SetupCode), ann = await exchange.SignInAsync("Ann");
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(null)).StatusCode);
        HttpResponseMessage refused = await AskAsync(ann);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        await CheckProblemAsync(refused);
        Assert.Empty(await AddressesAsync());

        await exchange.TerminateAsync();
        await exchange.RestartAsync("--host", "0.0.0.0", "--allow-remote-sign-in", "true", "--allowed-origins", "https://school.edu,http://localhost:1", "--base-path", "/x");
        string[] told = await AddressesAsync();
        Assert.Equal("https://school.edu/x", told[0]);
        Assert.All(told[1..], a => Assert.Matches($"^http://[0-9.]+:{exchange.Port}/x$", a));
        Assert.DoesNotContain(told, a => a.Contains("localhost", StringComparison.Ordinal) || a.Contains("127.", StringComparison.Ordinal));

        async Task<string[]> AddressesAsync() =>
            [.. (await (await AskAsync(chief)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("addresses").EnumerateArray().Select(a => a.GetString()!)];

        async Task<HttpResponseMessage> AskAsync(string? token)
        {
            using var http = new HttpClient { BaseAddress = exchange.Address };
            using var request = new HttpRequestMessage(HttpMethod.Get, "api/addresses");
            if (token is not null)
                request.Headers.Authorization = new("Bearer", token);
            return await http.SendAsync(request);
        }
    }

    private static void CheckHeaders(HttpResponseMessage response)
    {
        string Header(string name) => Assert.Single(response.Headers.GetValues(name));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Resource-Policy"));
        Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"));
    }

    /// <summary>No script of the page stands in it.</summary>
    private static async Task CheckPageAsync(HttpResponseMessage response)
    {
        Assert.Contains("script-src 'self';", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        string page = await response.Content.ReadAsStringAsync();
        Assert.DoesNotMatch(@"<script(?![^>]*\ssrc=)", page);
        Assert.DoesNotMatch(@"\son\w+=", page);
    }

    private static async Task CheckProblemAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.EndsWith(".", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
