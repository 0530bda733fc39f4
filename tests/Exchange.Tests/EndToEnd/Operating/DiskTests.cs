using System.Diagnostics;
using System.Net;
using Exchange.Protocol.V1;
using Microsoft.Data.Sqlite;

namespace Exchange.Tests.EndToEnd;

/// <summary>A disk that fails beneath the database, and another program that keeps it.</summary>
public class DiskTests
{
    [Theory]
    [InlineData("write", false)]
    [InlineData("flush", false)]
    [InlineData("write", true)]
    [InlineData("flush", true)]
    public async Task A_database_that_can_not_be_written_ends_it_and_loses_nothing(string what, bool isStopped)
    {
        string work = PublishedExchange.NewDirectory(), fails = Path.Combine(work, "fails");
        await using PublishedExchange exchange = await PublishedExchange.StartWithAsync(new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = await BuildAsync(work),
            ["FAIL_WHEN"] = fails,
            ["FAIL_WHAT"] = what,
        });
        string token = await exchange.SignInAsync("Ann");
        int placed = 0;
        await using (Bot ann = await Bot.ConnectAsync(exchange, token))
        {
            ulong market = await ann.CreateMarketAsync("Failing");
            await File.WriteAllTextAsync(fails, "");
            try
            {
                for (; placed < 10; placed++)
                    await ann.PlaceAsync(market, Side.Buy, 5_000, 100, $"order-{placed}");
            }
            catch (System.Net.WebSockets.WebSocketException)
            {
                // It ends as soon as it sees that the disk fails.
            }
        }
        int exitCode = isStopped ? (await exchange.TerminateAsync()).ExitCode : await exchange.ExitAsync();
        Assert.True(exitCode == 70, $"{exitCode}: {exchange.Output}");
        Assert.Contains("exchange.db-wal", exchange.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\n   at ", exchange.Output, StringComparison.Ordinal);

        File.Delete(fails);
        await exchange.RestartAsync();
        await using (Bot back = await Bot.ConnectAsync(exchange, token))
            Assert.InRange(back.Read(s => s.Portfolios.Values.Sum(p => p.Orders.Count)), placed, placed + 1);
        Assert.Equal(0, (await exchange.TerminateAsync()).ExitCode);
        (int verified, string report) = await PublishedExchange.RunAsync("verify", "--data", exchange.DataDirectory);
        Assert.True(verified == 0, report);
        Directory.Delete(work, recursive: true);
    }

    [Fact]
    public async Task Another_program_that_holds_the_database_is_named_and_waited_for()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        ulong market = await ann.CreateMarketAsync("Held");
        using var http = new HttpClient { BaseAddress = exchange.Address };
        await using var other = new SqliteConnection($"Data Source={exchange.DataDirectory}/exchange.db;Pooling=False");
        await other.OpenAsync();
        Task<ServerMessage> placing;
        await using (SqliteTransaction held = other.BeginTransaction())
        {
            placing = ann.PlaceAsync(market, Side.Buy, 5_000, 100);
            await Patience.UntilAsync(() => exchange.Output.Contains("write lock", StringComparison.Ordinal), "it says who holds the database");
            Assert.Contains($"Another program (process {Environment.ProcessId}, ", exchange.Output, StringComparison.Ordinal);
            using HttpResponseMessage notReady = await http.GetAsync("readyz");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, notReady.StatusCode);
            Assert.False(placing.IsCompleted);
        }
        Assert.Equal(OrderStatus.Live, (await placing).OrderChanged.Order.Status);
        using HttpResponseMessage ready = await http.GetAsync("readyz");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    private static async Task<string> BuildAsync(string directory)
    {
        string library = Path.Combine(directory, "failing-disk.so");
        using Process gcc = Process.Start(
            "gcc", ["-shared", "-fPIC", "-O1", "-o", library, ArchitectureTests.PathOf("tests/Exchange.Tests/EndToEnd/Operating/failing-disk.c"), "-ldl"]);
        await gcc.WaitForExitAsync().PatientlyAsync();
        Assert.Equal(0, gcc.ExitCode);
        return library;
    }
}
