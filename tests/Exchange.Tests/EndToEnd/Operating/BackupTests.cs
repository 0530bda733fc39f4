using System.IO.Compression;
using System.Net;
using Exchange.Protocol.V1;
using Microsoft.Data.Sqlite;

namespace Exchange.Tests.EndToEnd;

/// <summary>`exchange backup`, `restore` and `export`, as an operator types them, and the copies that a running exchange makes by itself.</summary>
public class BackupTests
{
    [Fact]
    public async Task A_copy_of_a_running_exchange_is_restored_elsewhere_with_all_that_was_told_before_it()
    {
        string folder = PublishedExchange.NewDirectory();
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string token = await exchange.SignInAsync("Ann");
        await using Bot ann = await Bot.ConnectAsync(exchange, token);
        ulong market = await ann.CreateMarketAsync("Rain");
        const int Before = 30;
        int placed = 0;
        for (; placed < Before; placed++)
            await ann.PlaceAsync(market, Side.Buy, 1_000 + placed, 100, $"order-{placed}");

        Task<(int ExitCode, string Output)> copying = PublishedExchange.RunAsync("backup", folder, "--data", exchange.DataDirectory);
        while (!copying.IsCompleted)
        {
            await ann.PlaceAsync(market, Side.Buy, 1_000 + placed, 100, $"order-{placed}");
            placed++;
        }
        (int exitCode, string output) = await copying;
        Assert.True(exitCode == 0, output);
        string copy = Assert.Single(Directory.GetFiles(folder));
        Assert.Contains($"{copy}: ", output, StringComparison.Ordinal);
        Assert.Contains("The backup was read from end to end. It is complete", output, StringComparison.Ordinal);
        Assert.DoesNotContain("[", output, StringComparison.Ordinal); // No bar where there is no terminal.
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));

        (int refused, string sentence) = await PublishedExchange.RunAsync("restore", copy, "--data", exchange.DataDirectory, "--replace");
        Assert.Equal(3, refused);
        Assert.Contains("in use by another exchange", sentence, StringComparison.Ordinal);

        string elsewhere = Path.Combine(PublishedExchange.NewDirectory(), "data");
        (exitCode, output) = await PublishedExchange.RunAsync("restore", copy, "--data", elsewhere);
        Assert.True(exitCode == 0, output);
        await using (PublishedExchange restored = await PublishedExchange.StartAsync(elsewhere))
        {
            // Nobody is signed in there, and the password is the same.
            await Assert.ThrowsAnyAsync<Exception>(() => Bot.ConnectAsync(restored, token));
            await using Bot back = await Bot.ConnectAsync(restored, await restored.SignInAsync("Ann"));
            int orders = back.Read(s => s.Portfolios.Values.Sum(p => p.Orders.Count));
            Assert.InRange(orders, Before, placed);
            await back.PlaceAsync(market, Side.Buy, 900, 100);
            Assert.Equal(0, (await restored.TerminateAsync()).ExitCode);
            (int verified, string report) = await PublishedExchange.RunAsync("verify", "--data", elsewhere);
            Assert.True(verified == 0, report);
        }
        Assert.Equal(placed, ann.Read(s => s.Portfolios.Values.Sum(p => p.Orders.Count)));
    }

    [Fact]
    public async Task A_running_exchange_copies_itself_keeps_the_newest_and_stops_in_the_midst_of_it()
    {
        string folder = Path.Combine(PublishedExchange.NewDirectory(), "copies");
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(null, "--backup-to", folder, "--backup-every", "1s", "--backup-keep", "2");
        await using (Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann")))
        {
            ulong market = await ann.CreateMarketAsync("Rain");
            string[] seen = [];
            int orders = 0;
            // Each with something new in it: an exchange in which nothing happens is not copied again.
            await Patience.UntilAsync(async () =>
            {
                await ann.PlaceAsync(market, Side.Buy, 1_000 + orders++, 100);
                seen = [.. seen.Union(Directory.GetFiles(folder, "*.db"))];
                return seen.Length >= 4;
            }, "four copies are made");
            await Patience.UntilAsync(() => Directory.GetFiles(folder, "*.db").Length <= 2, "two are kept");
        }
        Assert.Equal(0, (await exchange.TerminateAsync()).ExitCode);
        Assert.Empty(Directory.GetFiles(folder, "*.part"));
        string newest = Directory.GetFiles(folder).Order(StringComparer.Ordinal).Last();
        (int exitCode, string output) = await PublishedExchange.RunAsync("restore", newest, "--data", exchange.DataDirectory, "--replace");
        Assert.True(exitCode == 0, output);
        Assert.Contains("The files that were there before are in ", output, StringComparison.Ordinal);
        await exchange.RestartAsync([]);
        await using Bot back = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        Assert.NotEqual(0, back.Read(s => s.Portfolios.Values.Sum(p => p.Orders.Count)));
    }

    [Fact]
    public async Task What_is_exported_can_be_given_away_and_opened()
    {
        string folder = Path.Combine(PublishedExchange.NewDirectory(), "export");
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using (Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann")))
        {
            ulong market = await ann.CreateMarketAsync("=HYPERLINK(\"x\")");
            await ann.PlaceAsync(market, Side.Buy, 1_000, 100);
        }
        (int exitCode, string output) = await PublishedExchange.RunAsync("export", folder, "--data", exchange.DataDirectory);
        Assert.True(exitCode == 0, output);
        Assert.StartsWith("id,", (await File.ReadAllLinesAsync(Path.Combine(folder, "order.csv")))[0], StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK(\"\"x\"\")\"", await File.ReadAllTextAsync(Path.Combine(folder, "market.csv")), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "credential.csv")));
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "exchange.sqlite")};Mode=ReadOnly;Pooling=False"))
        {
            await connection.OpenAsync();
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "SELECT account || ' ' || side || ' ' || price FROM order_view";
            Assert.Equal("Ann BUY 10.0", await command.ExecuteScalarAsync());
        }
        (int again, string sentence) = await PublishedExchange.RunAsync("export", folder, "--data", exchange.DataDirectory);
        Assert.Equal(3, again);
        Assert.Contains("is not empty; name a folder that is empty or does not exist yet", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_admin_of_the_server_downloads_both_and_nobody_else()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string chief = await exchange.SignInAsync("Chief", exchange.SetupCode), ann = await exchange.SignInAsync("Ann");
        await using (Bot bot = await Bot.ConnectAsync(exchange, ann))
            await bot.PlaceAsync(await bot.CreateMarketAsync("Rain"), Side.Buy, 1_000, 100);
        using var http = new HttpClient { BaseAddress = exchange.Address };
        foreach (string file in (string[])["/api/backup.db", "/api/export.zip"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(http, file + "?elevated=true", null)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(http, file + "?elevated=true", ann)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(http, file, chief)).StatusCode);
        }
        string folder = PublishedExchange.NewDirectory(), copy = Path.Combine(folder, "copy.db");
        await File.WriteAllBytesAsync(copy, await (await GetAsync(http, "/api/backup.db?elevated=true", chief)).Content.ReadAsByteArrayAsync());
        (int exitCode, string output) = await PublishedExchange.RunAsync("restore", copy, "--data", Path.Combine(folder, "data"));
        Assert.True(exitCode == 0, output);

        using var zip = new ZipArchive(await (await GetAsync(http, "/api/export.zip?elevated=true", chief)).Content.ReadAsStreamAsync());
        Assert.Equal(["about.txt", "exchange.sqlite", "trade.csv"], zip.Entries.Select(e => e.FullName).Intersect(["exchange.sqlite", "trade.csv", "about.txt", "credential.csv"]).Order(StringComparer.Ordinal));
        await Patience.UntilAsync(() => !Directory.Exists(Path.Combine(exchange.DataDirectory, "downloads")), "what was sent is gone");
        await exchange.PrintedAsync("Chief, an admin, downloaded exchange.db");
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient http, string path, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        return http.SendAsync(request);
    }

    [Theory]
    [InlineData("`exchange backup` needs a path: exchange backup FILE|FOLDER.", "backup")]
    [InlineData("`exchange restore` needs a path: exchange restore FILE.", "restore")]
    [InlineData("'b' can't follow `exchange export`.", "export", "a", "b")]
    [InlineData("`exchange backup` does not take --replace.", "backup", "a", "--replace")]
    [InlineData("backup-every is '10'; it must be a time such as 90s, 10m, 6h or 1d, a year at most.", "--backup-every", "10")]
    [InlineData("backup-keep is '0'; it must be a whole number from 1", "--backup-keep", "0")]
    public async Task A_path_too_few_or_a_word_too_many_is_named(string sentence, params string[] args)
    {
        (int exitCode, string output) = await PublishedExchange.RunAsync(args);
        Assert.Equal(2, exitCode);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
    }
}
