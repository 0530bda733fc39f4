
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Exchange.Protocol.V1;
using Microsoft.Data.Sqlite;

namespace Exchange.Tests.EndToEnd;

/// <summary>The files of a room, by everyone who may ask for them.</summary>
public class ResultsTests
{
    private const string ForOwner = "owner", ForMember = "member", ForAdmin = "admin";

    /// <summary>Every file there is, what to ask it with, and the least that may have it. {0} is a market, {1} Bob's account, {2} Bob's order.</summary>
    private static readonly (string File, string Least)[] s_files =
    [
        ("leaderboard.csv", ForMember), ("markets.csv", ForMember), ("trades.csv", ForMember), ("trades.csv?market={0}", ForMember),
        ("status-changes.csv?market={0}", ForMember), ("settlements.csv", ForMember), ("payouts.csv", ForMember),
        ("candles.csv?market={0}&interval=1d", ForMember), ("book.csv?market={0}&sequence=1", ForMember),
        ("trades.csv?account={1}", ForOwner), ("orders.csv?account={1}", ForOwner), ("order-changes.csv?order={2}", ForOwner),
        ("transfers.csv?account={1}", ForOwner), ("conversions.csv?account={1}", ForOwner), ("exercises.csv?account={1}", ForOwner),
        ("equity.csv?account={1}", ForOwner), ("positions.csv?account={1}", ForOwner),
        ("orders.csv", ForAdmin), ("transfers.csv", ForAdmin), ("conversions.csv", ForAdmin), ("exercises.csv", ForAdmin),
        ("positions.csv", ForAdmin), ("members.csv", ForAdmin), ("audit.csv", ForAdmin), ("results.zip", ForAdmin),
    ];

    [Fact]
    public async Task Everyone_gets_the_files_that_are_declared_and_no_other()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string chiefToken = await exchange.SignInAsync("Chief", exchange.SetupCode), bobToken = await exchange.SignInAsync("Bob");
        string annToken = await exchange.SignInAsync("Ann"), teacherToken = await exchange.SignInAsync("Teacher");
        string eveToken = await exchange.SignInAsync("Eve"), samToken = await exchange.SignInAsync("Sam");
        await using Bot chief = await Bot.ConnectAsync(exchange, chiefToken);
        await using Bot bob = await Bot.ConnectAsync(exchange, bobToken);
        await using Bot ann = await Bot.ConnectAsync(exchange, annToken);
        await using Bot teacher = await Bot.ConnectAsync(exchange, teacherToken);
        await using Bot sam = await Bot.ConnectAsync(exchange, samToken);
        await chief.ElevateAsync();
        await chief.DoAsync(new ClientMessage { SetRole = new SetRole { UserId = teacher.UserId(), Role = Role.Admin } });
        await chief.DoAsync(new ClientMessage { SetRole = new SetRole { UserId = sam.UserId(), Role = Role.Spectator } });
        ulong market = await bob.CreateMarketAsync("Rain");
        ulong order = (await bob.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 4_000, Quantity = 100 })).OrderId;
        string key = (await teacher.DoAsync(new ClientMessage { CreateApiKey = new CreateApiKey { Name = "grades", ReadOnly = true } })).ApiKeyCreated.Secret;
        string bobsKey = (await bob.DoAsync(new ClientMessage { CreateApiKey = new CreateApiKey { Name = "bot", ReadOnly = true } })).ApiKeyCreated.Secret;

        using var http = new HttpClient { BaseAddress = exchange.Address };
        var wrong = new List<string>();
        foreach ((string pattern, string least) in s_files)
        {
            string file = string.Format(null, pattern, market, bob.AccountId(), order);
            foreach ((string who, string? token, bool elevated, bool may) in (IEnumerable<(string, string?, bool, bool)>)[
                ("a stranger", null, false, false), ("somebody who never entered", eveToken, false, false),
                ("a spectator", samToken, false, least is ForMember), ("a spectator who says elevated", samToken, true, false),
                ("another trader", annToken, false, least is ForMember), ("another trader who says elevated", annToken, true, false),
                ("its owner", bobToken, false, least is ForMember or ForOwner), ("its owner's key", bobsKey, false, least is ForMember or ForOwner),
                ("its owner who says elevated", bobToken, true, false),
                ("an admin", teacherToken, false, least is ForMember), ("an elevated admin", teacherToken, true, true),
                ("an admin's key", key, false, least is ForMember), ("an admin's key that says elevated", key, true, false),
                ("the server's admin", chiefToken, false, least is ForMember), ("the server's elevated admin", chiefToken, true, true)])
            {
                string path = elevated ? file + (file.Contains('?', StringComparison.Ordinal) ? '&' : '?') + "elevated=true" : file;
                HttpResponseMessage response = await GetAsync(http, $"/api/rooms/main/{path}", token);
                byte[] body = await response.Content.ReadAsByteArrayAsync();
                string sentence = response.IsSuccessStatusCode ? "" : JsonDocument.Parse(body).RootElement.GetProperty("detail").GetString()!;
                bool asItShould = may
                    ? response.StatusCode == HttpStatusCode.OK
                    : (int)response.StatusCode is 400 or 401 or 403 or 404 && sentence.Length > 0;
                if (!asItShould)
                    wrong.Add($"{path} by {who}: {response.StatusCode} {sentence}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));

        // All that there are.
        HttpResponseMessage none = await GetAsync(http, "/api/rooms/main/none.csv", bobToken);
        string there = JsonDocument.Parse(await none.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString()!;
        string[] names = [.. there[(there.IndexOf("are ", StringComparison.Ordinal) + 4)..].TrimEnd('.').Split(", ")];
        Assert.Equal(names.Order(), s_files.Where(f => f.File != "results.zip").Select(f => f.File[..f.File.IndexOf(".csv", StringComparison.Ordinal)]).Distinct().Order());
    }

    [Fact]
    public async Task A_rooms_results_are_one_zip_of_one_moment()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string chiefToken = await exchange.SignInAsync("Chief", exchange.SetupCode);
        await using Bot chief = await Bot.ConnectAsync(exchange, chiefToken);
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Jürgen Müller"));
        await using Bot bob = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Bob"));
        ulong rain = await ann.CreateMarketAsync("＝1+1"), snow = await ann.CreateMarketAsync("Snow");
        await ann.PlaceAsync(rain, Side.Sell, 6_000, 1_500);
        for (int i = 0; i < 1_199; i++)
            await bob.StartAsync(new ClientMessage { PlaceOrder = new PlaceOrder { MarketId = rain, Side = Side.Buy, Price = 6_000, Quantity = 1 } });
        await bob.PlaceAsync(rain, Side.Buy, 6_000, 1);
        await ann.PlaceAsync(snow, Side.Buy, 1_000, 100);
        await bob.PlaceAsync(snow, Side.Buy, 500, 100);
        await ann.DoAsync(new ClientMessage { SettleMarket = new SettleMarket { MarketId = rain, Price = 7_000 } });
        await chief.ElevateAsync();
        await chief.DoAsync(new ClientMessage
        {
            SetHouseBots = new SetHouseBots
            {
                MarketId = snow, Bots = { new HouseBot { Kind = HouseBotKind.Maker, Strength = HouseBotStrength.Gentle } },
            }
        });
        await chief.DoAsync(new ClientMessage { SetHouseBots = new SetHouseBots { MarketId = snow } });
        await chief.DoAsync(new ClientMessage { CancelOrders = new CancelOrders() });
        // As an exchange kept it that took an expiry in nanoseconds.
        using (var database = new SqliteConnection($"Data Source={Path.Combine(exchange.DataDirectory, "exchange.db")};Pooling=False"))
        {
            database.Open();
            using SqliteCommand update = database.CreateCommand();
            update.CommandText = """UPDATE "order" SET expires_us = 253402300800000000 WHERE id = 1; UPDATE "order" SET expires_us = 9223372036854775807 WHERE id = 2""";
            Assert.Equal(2, update.ExecuteNonQuery());
        }

        using var http = new HttpClient { BaseAddress = exchange.Address };
        HttpResponseMessage response = await GetAsync(http, "/api/rooms/main/results.zip?elevated=true&bom=1", chiefToken);
        Assert.Equal((HttpStatusCode.OK, "application/zip"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal("main-results.zip", response.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        using var zip = new ZipArchive(new MemoryStream(await response.Content.ReadAsByteArrayAsync()), ZipArchiveMode.Read);
        Dictionary<string, string> files = zip.Entries.ToDictionary(e => e.Name, e => Read(e));
        Assert.Equal(
            ["about.txt", "leaderboard.csv", "members.csv", "positions.csv", "markets.csv", "trades.csv", "orders.csv", "transfers.csv", "settlements.csv",
                "payouts.csv", "conversions.csv", "exercises.csv", "audit.csv"],
            zip.Entries.Select(e => e.FullName));
        Assert.Contains("all as of one moment: sequence ", files["about.txt"], StringComparison.Ordinal);
        foreach ((string name, string text) in files.Where(f => f.Key != "about.txt"))
        {
            Assert.StartsWith("\uFEFF", text, StringComparison.Ordinal);
            Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
            // Each alone, a moment later, holds the same: nothing happened since.
            HttpResponseMessage alone = await GetAsync(http, $"/api/rooms/main/{name}?elevated=true&bom=1", chiefToken);
            Assert.Equal(text, Encoding.UTF8.GetString(await alone.Content.ReadAsByteArrayAsync()));
        }
        string[] Rows(string name) => [.. files[name].Split("\r\n")[1..^1]];
        Assert.Equal(1_200, Rows("trades.csv").Length);
        Assert.All(Rows("trades.csv"), r => Assert.Contains(",'＝1+1,60.00,0.01,BUY,", r, StringComparison.Ordinal));
        Assert.Equal(1_203, Rows("orders.csv").Length);
        Assert.Contains(",9999-12-31T00:00:00.000000Z,", Rows("orders.csv")[0], StringComparison.Ordinal);
        Assert.Contains(",9999-12-31T00:00:00.000000Z,", Rows("orders.csv")[1], StringComparison.Ordinal);
        Assert.Equal(
            [$"{ann.UserId()},Jürgen Müller,,TRADER,{ann.AccountId()},Jürgen Müller,1,9880.00,10000.00,2,1200",
                $"{bob.UserId()},Bob,,TRADER,{bob.AccountId()},Bob,1,10120.00,10000.00,1201,1200"],
            Rows("members.csv").Where(r => !r.Contains("Chief", StringComparison.Ordinal) && !r.Contains(",House", StringComparison.Ordinal))
                .Select(r => string.Join(',', r.Split(',').Where((_, i) => i != 4))));
        Assert.Equal(2, Rows("payouts.csv").Length);
        Assert.Contains(Rows("audit.csv"), r => r.Contains("SETTLE_MARKET", StringComparison.Ordinal));

        // The leaderboard is the page's: who made most first, house bots among them without a rank.
        Leaderboard live = (await chief.DoAsync(new ClientMessage { GetLeaderboard = new GetLeaderboard() })).Leaderboard;
        string[][] standings = [.. Rows("leaderboard.csv").Select(r => r.Split(','))];
        Assert.Equal(
            live.Entries.Select(e => (e.AccountId, e.Equity, e.Profit)),
            standings.Select(s => (ulong.Parse(s[1], null), ToCash(s[7]), ToCash(s[8]))));
        Assert.Equal(["1", $"{bob.AccountId()}", "Bob", $"{bob.UserId()}", "Bob", "", "10000.00", "10120.00", "120.00"], standings[0]);
        Assert.All(standings, s => Assert.Equal(s[5] == "", s[0] != ""));
        Assert.Contains(standings, s => s[5] == "MAKER");
    }

    [Fact]
    public async Task A_byte_order_mark_comes_when_it_is_asked_for()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string token = await exchange.SignInAsync("Ann");
        await using Bot ann = await Bot.ConnectAsync(exchange, token);
        using var http = new HttpClient { BaseAddress = exchange.Address };
        foreach ((string query, bool has) in (IEnumerable<(string, bool)>)[("", false), ("?bom=0", false), ("?bom=1", true), ("?bom=true", true)])
        {
            byte[] file = await (await GetAsync(http, $"/api/rooms/main/markets.csv{query}", token)).Content.ReadAsByteArrayAsync();
            Assert.Equal(has, file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]));
            Assert.StartsWith("market_id,", Encoding.UTF8.GetString(file.AsSpan(has ? 3 : 0)), StringComparison.Ordinal);
        }
        HttpResponseMessage misspelt = await GetAsync(http, "/api/rooms/main/trades.csv?makret=1", token);
        Assert.Equal((HttpStatusCode.BadRequest, true), (misspelt.StatusCode, (await misspelt.Content.ReadAsStringAsync()).Contains("makret is not a parameter of this file; its parameters are account, bom, elevated, market.", StringComparison.Ordinal)));
        foreach (string file in (string[])["markets.csv?bom=2", "results.zip?elevated=true&bom=x"])
            Assert.Equal(HttpStatusCode.BadRequest, (await GetAsync(http, $"/api/rooms/main/{file}", token)).StatusCode);
    }

    private static long ToCash(string text) => (long)(decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture) * 10_000);

    private static string Read(ZipArchiveEntry entry)
    {
        using var bytes = new MemoryStream();
        using (Stream from = entry.Open())
            from.CopyTo(bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient http, string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request);
    }
}
