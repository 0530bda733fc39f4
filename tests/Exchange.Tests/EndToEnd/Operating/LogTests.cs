using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Exchange.Protocol.V1;

namespace Exchange.Tests.EndToEnd;

/// <summary>What is logged, as programs that gather logs read it.</summary>
public class LogTests
{
    [Fact]
    public async Task Every_line_is_JSON_a_request_that_failed_has_one_and_nothing_in_it_is_secret()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(null, "--log", "json");
        const string Password = "correct horse battery staple", Mail = "ann@school.example";
        string token = await exchange.SignInAsync("Ann");
        await using Bot ann = await Bot.ConnectAsync(exchange, token);
        ulong market = await ann.CreateMarketAsync("Logged");
        Assert.Equal(ErrorCode.MarketNotFound, (await ann.PlaceAsync(market + 1_000, Side.Buy, 1_000, 100)).RequestFailed.Code);
        using var http = new HttpClient { BaseAddress = exchange.Address };
        using HttpResponseMessage refused = await http.PostAsJsonAsync(
            "/auth/sign-in?token=" + token, new { name = Mail, password = Password });
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using HttpResponseMessage missing = await http.GetAsync($"/api/rooms/{Mail}/{token}?password={Password}");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        await exchange.PrintedAsync("\"path\":\"/api\"");

        // What is greeted with on standard output is for people, and holds the setup link.
        string[] lines = [.. exchange.Output.Split('\n').Where(l => l.StartsWith('{'))];
        JsonElement[] events = [.. lines.Select(l => JsonDocument.Parse(l).RootElement)];
        Assert.All(events, e => Assert.True(e.GetProperty("time").TryGetDateTimeOffset(out _)));
        Assert.All(events, e => Assert.Contains(e.GetProperty("level").GetString(), (string?[])["info", "warning", "error"]));
        Assert.Single(events, e => Name(e) == "started");
        JsonElement failed = Assert.Single(events, e => Name(e) == "request_refused");
        Assert.Equal("market_not_found", failed.GetProperty("code").GetString());
        Assert.Equal([401, 404], events.Where(e => Name(e) == "http_refused").Select(e => e.GetProperty("status").GetInt32()));
        foreach (string secret in (string[])[token, Password, Mail, "Ann", "Logged"])
            Assert.All(lines, l => Assert.DoesNotContain(secret, l, StringComparison.Ordinal));

        static string? Name(JsonElement e) => e.GetProperty("event").GetString();
    }
}
