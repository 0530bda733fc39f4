
using System.Diagnostics;
using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;

namespace Exchange.Tests.EndToEnd;

/// <summary>Whatever keeps it from starting is said in a sentence, without a place in the code, with an exit code that tells whose it is.</summary>
[UnsupportedOSPlatform("windows")]
public class StartFailureTests
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    [Fact]
    public async Task No_directory_is_a_setting_that_can_not_be_used() =>
        AssertSentence(2, "data is empty", await PublishedExchange.RunAsync("--data", ""));

    [Theory]
    [InlineData("exchange.db", "exchange.db is a directory")]
    [InlineData("exchange.db-wal", "exchange.db-wal is a directory")]
    [InlineData("exchange.mark", "exchange.mark is a directory")]
    [InlineData("exchange.lock", "exchange.lock")]
    [InlineData("signing-key.pem", "signing-key.pem")]
    public async Task A_directory_where_a_file_should_be(string name, string sentence)
    {
        string directory = PublishedExchange.NewDirectory();
        Directory.CreateDirectory(Path.Combine(directory, name));
        AssertSentence(3, sentence, await PublishedExchange.RunAsync("--data", directory, "--port", "0"));
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_file_where_the_directory_should_be()
    {
        string directory = PublishedExchange.NewDirectory(), file = Path.Combine(directory, "file");
        await File.WriteAllTextAsync(file, "");
        AssertSentence(3, "is a file", await PublishedExchange.RunAsync("--data", file, "--port", "0"));
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_directory_in_the_place_of_the_socket_only_takes_the_socket()
    {
        string directory = PublishedExchange.NewDirectory();
        Directory.CreateDirectory(Path.Combine(directory, "admin.sock"));
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(directory);
        Assert.Contains("`exchange admin` can't reach this exchange while it runs", exchange.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await exchange.TerminateAsync()).ExitCode);
    }

    [Fact]
    public async Task A_port_that_is_taken()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string directory = PublishedExchange.NewDirectory();
        (int exitCode, string output) = await PublishedExchange.RunAsync("--data", directory, "--port", exchange.Port.ToString());
        AssertSentence(2, $"Port {exchange.Port} on localhost can't be used", (exitCode, output));
        Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        // It was made, and starts elsewhere.
        await using PublishedExchange elsewhere = await PublishedExchange.StartAsync(directory);
        Assert.NotEmpty(elsewhere.SetupCode);
    }

    [Fact]
    public async Task A_database_that_may_only_be_read()
    {
        string directory = await StoppedAsync();
        File.SetUnixFileMode(Path.Combine(directory, "exchange.db"), UnixFileMode.UserRead);
        // Root may write what it owns whatever the mode says, unless that power is taken from it.
        AssertSentence(3, "read-only", await RunWithoutPowersAsync("--data", directory, "--port", "0"));
        Directory.Delete(directory, recursive: true);
    }

    [Theory]
    [InlineData("market", "name TEXT NOT NULL", "name TEXT", "UPDATE market SET name = NULL")]
    [InlineData("state", "sequence INTEGER NOT NULL", "sequence INTEGER", "UPDATE state SET sequence = NULL")]
    [InlineData("identity", "exchange_id TEXT NOT NULL", "exchange_id TEXT", "UPDATE identity SET exchange_id = NULL")]
    [InlineData("state", "", "", "DELETE FROM state")]
    public async Task A_value_that_can_not_be(string table, string column, string loose, string sql)
    {
        string directory = await StoppedAsync();
        Run(directory, $"PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, '{column}', '{loose}') WHERE name = '{table}'");
        Run(directory, sql);
        AssertSentence(3, "is damaged", await PublishedExchange.RunAsync("--data", directory, "--port", "0"));
        (int exitCode, string output) = await PublishedExchange.RunAsync("verify", "--data", directory);
        Assert.True(exitCode is 1 or 3, output);
        Assert.DoesNotContain("\n   at ", output, StringComparison.Ordinal);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task What_is_made_is_the_owners_alone_whatever_the_directory()
    {
        string directory = PublishedExchange.NewDirectory();
        File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(directory);
        await exchange.SignInAsync("Ann");
        string[] expected = ["admin.sock", "exchange.db", "exchange.db-shm", "exchange.db-wal", "exchange.lock", "exchange.mark", "signing-key.pem"];
        Assert.Equal(expected, Closed());
        await exchange.TerminateAsync();

        // What was open before is closed.
        File.SetUnixFileMode(Path.Combine(directory, "exchange.db"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        await exchange.RestartAsync();
        Assert.Contains("could be read by other users", exchange.Output, StringComparison.Ordinal);
        Assert.Equal(expected, Closed());

        // A new mark is there for a moment, before it takes the place and the name of the old one: it is looked at under that name.
        string[] Closed() =>
        [
            .. new DirectoryInfo(directory).EnumerateFileSystemInfos().Where(f => f.Name != "exchange.mark.new" && (f.UnixFileMode & Others) == 0)
                .Select(f => f.Name).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>What a settings' refusal leaves behind: nothing.</summary>
    [Fact]
    public async Task A_start_that_the_settings_refuse_leaves_no_data_directory()
    {
        string directory = Path.Combine(PublishedExchange.NewDirectory(), "data");
        AssertSentence(2, "host is 0.0.0.0, so people on the network can reach the exchange. Set authority", await PublishedExchange.RunAsync("--host", "0.0.0.0", "--port", "0", "--data", directory));
        Assert.False(Path.Exists(directory));
    }

    [Fact]
    public async Task A_port_for_metrics_that_is_taken_is_named()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        AssertSentence(
            2, $"metrics is 127.0.0.1:{exchange.Port}, which can't be used",
            await PublishedExchange.RunAsync("--port", "0", "--metrics", $"localhost:{exchange.Port}", "--data", PublishedExchange.NewDirectory()));
    }

    [Theory]
    [InlineData("HUP")]
    [InlineData("INT")]
    public async Task A_closed_terminal_and_control_c_stop_it_as_planned(string signal)
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string token = await exchange.SignInAsync("Ann");
        Assert.Equal(0, (await exchange.TerminateAsync(signal)).ExitCode);
        await exchange.RestartAsync();
        await using Bot bot = await Bot.ConnectAsync(exchange, token);
    }

    private static void AssertSentence(int exitCode, string sentence, (int ExitCode, string Output) ran)
    {
        Assert.True(exitCode == ran.ExitCode, $"{ran.ExitCode}: {ran.Output}");
        Assert.Contains(sentence, ran.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ran.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", ran.Output, StringComparison.Ordinal);
    }

    /// <summary>The directory of an exchange with a market, that was stopped.</summary>
    private static async Task<string> StoppedAsync()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using (Bot bot = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann")))
            await bot.CreateMarketAsync("There");
        await exchange.TerminateAsync();
        return Snapshot.Copy(exchange.DataDirectory);
    }

    private static async Task<(int ExitCode, string Output)> RunWithoutPowersAsync(params string[] args)
    {
        string[] command = Environment.IsPrivilegedProcess
            ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search", PublishedExchange.Executable, .. args]
            : [PublishedExchange.Executable, .. args];
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().PatientlyAsync();
        return (process.ExitCode, await output + await error);
    }

    private static void Run(string directory, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={directory}/exchange.db;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
