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
        await exchange.PrintedAsync("The backup failed: ");
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

        // Each is a HELP, a TYPE and its values, in this order; what `promtool check metrics` asks of their names.
        var names = new HashSet<string>();
        int at = 0;
        while (at < lines.Length - 1)
        {
            string help = lines[at++];
            Match type = TypeLine().Match(lines[at++]);
            string name = type.Groups[1].Value;
            Assert.True(names.Add(name), $"{name} stands there twice.");
            Assert.StartsWith($"# HELP {name} ", help, StringComparison.Ordinal);
            Assert.EndsWith(".", help, StringComparison.Ordinal);
            Assert.Equal(type.Groups[2].Value == "counter", name.EndsWith("_total", StringComparison.Ordinal));
            Assert.DoesNotMatch("_(count|sum|bucket|info|gauge|counter|ms|us|kb|mb|millis\\w*|micros\\w*|minutes|hours|kilo\\w*|mega\\w*)(_|$)", name);
            int first = at;
            while (lines[at].Length > 0 && lines[at][0] != '#')
                at++;
            CheckValues(name, type.Groups[2].Value, lines[first..at]);
        }
        Assert.InRange(names.Count, 15, 100);
    }

    private static void CheckValues(string name, string type, string[] lines)
    {
        string pattern = type == "histogram" ? $"^{name}(_bucket{{le=\"[^\"]+\"}}|_sum|_count)$" : $"^{name}({{[a-z]+=\"[a-z_]+\"}})?$";
        Assert.NotEmpty(lines);
        Assert.All(lines, l => Assert.Matches(pattern, l.Split(' ')[0]));
        double[] values = [.. lines.Select(l => double.Parse(l.Split(' ')[1], CultureInfo.InvariantCulture))];
        Assert.All(values, v => Assert.True(v >= 0));
        if (type != "histogram")
            return;
        // Buckets count those below too, and the last has all.
        Assert.Equal(values[..^2].Order(), values[..^2]);
        Assert.StartsWith($"{name}_bucket{{le=\"+Inf\"}}", lines[^3], StringComparison.Ordinal);
        Assert.Equal(values[^3], values[^1]);
    }

    [Fact]
    public async Task Times_sizes_refusals_and_resyncs_are_counted_as_they_happen()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(null, "--metrics", "localhost:0");
        Uri metrics = AddressOf(exchange);
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann", exchange.SetupCode));
        ulong market = await ann.CreateMarketAsync("Counted");
        Dictionary<string, double> before = await ReadAsync(metrics);
        for (int i = 0; i < 20; i++)
            await ann.PlaceAsync(market, Side.Buy, 1_000 + i, 100);
        Assert.Equal(ErrorCode.MarketNotFound, (await ann.PlaceAsync(market + 1_000, Side.Buy, 1_000, 100)).RequestFailed.Code);

        // An answer is counted once it was told, so that whoever hears it may ask too early.
        Dictionary<string, double> after = before;
        double Since(string name) => after[name] - before[name];
        await Patience.UntilAsync(
            async () =>
            {
                after = await ReadAsync(metrics);
                return Since("exchange_order_answer_seconds_count") >= 21;
            },
            "every answer is counted");
        Assert.Equal(21, Since("exchange_order_answer_seconds_count"));
        Assert.InRange(Since("exchange_order_answer_seconds_sum"), Since("exchange_commit_duration_seconds_sum"), 60);
        Assert.Equal(20, Since("exchange_commit_duration_seconds_count"));
        Assert.Equal(20, Since("exchange_batch_commands_count"));
        Assert.InRange(Since("exchange_fan_out_lag_seconds_count"), 1, 100);
        Assert.Equal(1, Since("exchange_refusals_total{code=\"market_not_found\"}"));
        Assert.Equal(0, Since("exchange_refusals_total{code=\"overloaded\"}"));
        Assert.InRange(after["exchange_log_bytes"], 1, 1e9);
        Assert.InRange(after["exchange_checkpoint_age_seconds"], 0, 600);

        // Who gains or loses powers is shown everything again.
        double shown = after["exchange_resyncs_total{reason=\"rights_changed\"}"];
        await ann.ElevateAsync();
        await Patience.UntilAsync(
            async () => (await ReadAsync(metrics))["exchange_resyncs_total{reason=\"rights_changed\"}"] > shown, "it is counted");
    }

    /// <summary>What the alert rules and the dashboard in deploy/ ask for is told.</summary>
    [Theory]
    [InlineData("deploy/prometheus/alerts.yml")]
    [InlineData("deploy/grafana/exchange.json")]
    public async Task What_alerts_and_dashboard_ask_for_is_there(string file)
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(
            null, "--metrics", "localhost:0", "--backup-to", PublishedExchange.NewDirectory());
        HashSet<string> told = [.. (await ReadAsync(AddressOf(exchange))).Keys.Select(k => k.Split('{')[0])];
        string[] asked = [.. MetricName().Matches(await File.ReadAllTextAsync(ArchitectureTests.PathOf(file))).Select(m => m.Value).Distinct()];
        Assert.InRange(asked.Length, 9, 40);
        Assert.All(asked, name => Assert.Contains(name, told));
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

    /// <summary>It is printed after where people come in, which is what a start waits for.</summary>
    private static Uri AddressOf(PublishedExchange exchange)
    {
        SpinWait.SpinUntil(() => MetricsLine().IsMatch(exchange.Output), Patience.Limit);
        return new Uri(MetricsLine().Match(exchange.Output).Groups[1].Value);
    }

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

    [GeneratedRegex("^# TYPE ([a-z][a-z0-9_]*) (counter|gauge|histogram)$")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"\b(exchange|process|dotnet)_[a-z_]+")]
    private static partial Regex MetricName();
}
