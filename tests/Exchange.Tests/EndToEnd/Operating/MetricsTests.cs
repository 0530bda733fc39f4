using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using Exchange.Protocol.V1;

namespace Exchange.Tests.EndToEnd;

/// <summary>Counts for whoever operates it, where they are told and nowhere else.</summary>
public partial class MetricsTests
{
    [Fact]
    public async Task They_are_told_on_their_own_port_and_nothing_else_is_told_there()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(null, "--metrics", "localhost:0");
        Uri metrics = AddressOf(exchange);
        Assert.NotEqual(exchange.Port, metrics.Port);
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        ulong market = await ann.CreateMarketAsync("Counted");
        Dictionary<string, double> before = await ReadAsync(metrics);
        for (int i = 0; i < 20; i++)
            await ann.PlaceAsync(market, Side.Buy, 1_000 + i, 100);
        foreach (string origin in (string[])["http://evil.example", "null", "http://localhost.evil.example"])
            await Assert.ThrowsAsync<WebSocketException>(() => Bot.OpenAsync(exchange, origin));

        Dictionary<string, double> after = await ReadAsync(metrics);
        double Since(string name) => after[name] - before[name];
        Assert.Equal(20, Since("exchange_sequence_total"));
        // Each order is told to its account and to who listens to the book, whether or not the ring has come round.
        Assert.InRange(Since("exchange_events_total"), 20, 100);
        Assert.InRange(Since("exchange_commands_total"), 20, 30);
        Assert.Equal(20, Since("exchange_commits_total"));
        Assert.Equal(3, Since("exchange_handshakes_refused_foreign_origin_total"));
        Assert.Equal((1, 1), (after["exchange_ready"], after["exchange_connections"]));
        Assert.InRange(after["exchange_commit_seconds_total"], after["exchange_commit_seconds_max"], 10);
        Assert.InRange(after["process_resident_memory_bytes"], 1e7, 1e9);

        foreach (string path in (string[])["/", "/ws", "/auth/config", "/api/rooms/main/trades.csv", "/healthz", "/metrics/more"])
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(new Uri(metrics, path)));
        // A page whose name was made to point at this machine reads nothing.
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(metrics, host: "evil.example"));
    }

    [Fact]
    public async Task Copies_that_are_made_and_that_can_not_be_are_counted()
    {
        string folder = PublishedExchange.NewDirectory();
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(null, "--metrics", "localhost:0", "--backup-to", folder, "--backup-every", "1s");
        Uri metrics = AddressOf(exchange);
        await Patience.UntilAsync(async () => (await ReadAsync(metrics))["exchange_backups_total"] >= 1, "a copy is made");
        Assert.InRange((await ReadAsync(metrics))["exchange_backup_time_seconds"], 1.7e9, 1e10);
        Assert.Equal(0, (await ReadAsync(metrics))["exchange_backup_failures_total"]);

        Directory.Delete(folder, recursive: true);
        await exchange.SignInAsync("Ann");
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        await Patience.UntilAsync(async () => (await ReadAsync(metrics))["exchange_backup_failures_total"] >= 1, "a copy can't be made");
        await exchange.PrintedAsync("No backup was made");
        Directory.CreateDirectory(folder);
        await Patience.UntilAsync(() => Directory.GetFiles(folder).Length > 0, "the next one is made");
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost:0")]
    public async Task Where_people_and_proxies_come_in_there_are_none(string setting)
    {
        // As a proxy on the same machine asks that sends no header of its own: it looks like this machine.
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(null, "--metrics", setting);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(new Uri(exchange.Address, "/metrics")));
    }

    [Fact]
    public async Task Names_and_types_are_as_Prometheus_wants_them()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(null, "--metrics", "127.0.0.1:0");
        using var http = new HttpClient();
        using HttpResponseMessage response = await http.GetAsync(AddressOf(exchange));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        string[] lines = (await response.Content.ReadAsStringAsync()).Split('\n');
        Assert.Equal("", lines[^1]);

        // Each is a HELP, a TYPE and a value, in this order; what `promtool check metrics` asks of their names.
        Assert.Equal(0, (lines.Length - 1) % 3);
        var names = new HashSet<string>();
        foreach (string[] metric in lines.SkipLast(1).Chunk(3))
        {
            Match type = TypeLine().Match(metric[1]);
            string name = type.Groups[1].Value;
            Assert.True(names.Add(name), $"{name} stands there twice.");
            Assert.StartsWith($"# HELP {name} ", metric[0], StringComparison.Ordinal);
            Assert.EndsWith(".", metric[0], StringComparison.Ordinal);
            Assert.Equal(type.Groups[2].Value == "counter", name.EndsWith("_total", StringComparison.Ordinal));
            Assert.DoesNotMatch("_(count|sum|bucket|info|gauge|counter|ms|us|kb|mb|millis\\w*|micros\\w*|minutes|hours|kilo\\w*|mega\\w*)(_|$)", name);
            Assert.StartsWith($"{name} ", metric[2], StringComparison.Ordinal);
            Assert.True(double.Parse(metric[2][(name.Length + 1)..], CultureInfo.InvariantCulture) >= 0);
        }
        Assert.InRange(names.Count, 15, 100);
    }

    [Theory]
    [InlineData("9091")]
    [InlineData("localhost")]
    [InlineData("somewhere:9091")]
    [InlineData("localhost:99999")]
    [InlineData("::1")]
    public async Task An_address_that_is_none_stops_the_start(string address)
    {
        (int exitCode, string output) = await PublishedExchange.RunAsync("--metrics", address);
        Assert.Equal(2, exitCode);
        Assert.Contains($"metrics is '{address}'; it must be an address and a port", output, StringComparison.Ordinal);
    }

    private static Uri AddressOf(PublishedExchange exchange) => new(MetricsLine().Match(exchange.Output).Groups[1].Value);

    private static async Task<Dictionary<string, double>> ReadAsync(Uri address)
    {
        using var http = new HttpClient();
        string text = await http.GetStringAsync(address);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#').Select(l => l.Split(' '))
            .ToDictionary(l => l[0], l => double.Parse(l[1], CultureInfo.InvariantCulture));
    }

    private static async Task<HttpStatusCode> StatusAsync(Uri address, string? host = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Host = host;
        using HttpResponseMessage response = await http.SendAsync(request);
        return response.StatusCode;
    }

    [GeneratedRegex(@"^Metrics at +(\S+)$", RegexOptions.Multiline)]
    private static partial Regex MetricsLine();

    [GeneratedRegex("^# TYPE ([a-z][a-z0-9_]*) (counter|gauge)$")]
    private static partial Regex TypeLine();
}
