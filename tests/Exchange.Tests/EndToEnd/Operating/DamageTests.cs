
using System.Text.RegularExpressions;
using Exchange.Protocol.V1;
using Microsoft.Data.Sqlite;

namespace Exchange.Tests.EndToEnd;

/// <summary>An exchange with an admin and sixty acknowledged orders, killed: what the tests damage copies of.</summary>
public sealed class KilledExchange : IAsyncLifetime
{
    public const int Orders = 60;

    public string Directory { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string token = await exchange.SignInAsync("Teacher", exchange.SetupCode);
        await using Bot bot = await Bot.ConnectAsync(exchange, token);
        ulong market = await bot.CreateMarketAsync("Damaged");
        // Whoever reads keeps the log from being moved and from starting over: all sixty are in it, one after another.
        await using var reader = new SqliteConnection($"Data Source={exchange.DataDirectory}/exchange.db;Mode=ReadOnly;Pooling=False");
        await reader.OpenAsync();
        await using System.Data.Common.DbTransaction reading = reader.BeginTransaction(deferred: true);
        await using (SqliteCommand command = reader.CreateCommand())
        {
            command.CommandText = "SELECT count(*) FROM \"order\"";
            command.Transaction = (SqliteTransaction)reading;
            Assert.Equal(0L, await command.ExecuteScalarAsync());
        }
        // What the reader sees is moved whole before the trading begins, and nothing after it: so the database is never half moved.
        await Patience.UntilAsync(() => IsAllMoved(exchange.DataDirectory), "all of the log that the reader sees is in the database");
        for (int i = 0; i < Orders; i++)
            await bot.PlaceAsync(market, Side.Buy, 1_000 + i, 100, $"order-{i}");
        await exchange.KillAsync();
        Directory = Snapshot.Copy(exchange.DataDirectory);
    }

    private static bool IsAllMoved(string directory)
    {
        using var mover = new SqliteConnection($"Data Source={directory}/exchange.db;Pooling=False");
        mover.Open();
        using SqliteCommand command = mover.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        using SqliteDataReader moved = command.ExecuteReader();
        return moved.Read() && moved.GetInt32(0) == 0 && moved.GetInt32(1) == moved.GetInt32(2);
    }

    public Task DisposeAsync()
    {
        System.IO.Directory.Delete(Directory, recursive: true);
        return Task.CompletedTask;
    }
}

/// <summary>A damaged or missing file is never taken for a new exchange or for a shorter one.</summary>
public sealed partial class DamageTests(KilledExchange killed) : IClassFixture<KilledExchange>
{
    private const string Database = "exchange.db", Log = "exchange.db-wal", Index = "exchange.db-shm", Mark = "exchange.mark";

    [Theory]
    [InlineData("log flipped", 2)]
    [InlineData("log flipped", 25)]
    [InlineData("log flipped", 50)]
    [InlineData("log flipped", 75)]
    [InlineData("log flipped", 98)]
    [InlineData("log header flipped", 0)]
    [InlineData("log removed", 0)]
    [InlineData("log emptied", 0)]
    [InlineData("log and mark removed", 0)]
    [InlineData("database removed", 0)]
    [InlineData("database emptied", 0)]
    [InlineData("database and log removed", 0)]
    [InlineData("all but the key removed", 0)]
    [InlineData("all but the mark removed", 0)]
    [InlineData("another exchange's database", 0)]
    public async Task What_does_not_add_up_stops_the_start_and_is_gone_on_with_only_when_asked(string damage, int percent)
    {
        string directory = Snapshot.Copy(killed.Directory);
        await DamageAsync(directory, damage, percent);
        string before = Snapshot.Of(directory);

        (int exitCode, string output) = await PublishedExchange.RunAsync("--data", directory, "--port", "0");
        Assert.True(exitCode == 3, output);
        Assert.Contains("--accept-damage", output, StringComparison.Ordinal);
        Assert.DoesNotContain("setup?code", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\n   at ", output, StringComparison.Ordinal);
        int atStake = damage == "log flipped" ? int.Parse(AtStakePattern().Match(output).Groups[1].Value) : 0;
        if (damage == "log flipped")
            Assert.InRange(atStake, 1, KilledExchange.Orders + 20);
        Assert.Equal(before, Snapshot.Of(directory));

        (int verified, string report) = await PublishedExchange.RunAsync("verify", "--data", directory);
        Assert.True(verified is 1 or 3, report);
        Assert.Equal(before, Snapshot.Of(directory));

        (int admin, string refused) = await PublishedExchange.RunAsync("admin", "users", "--data", directory);
        Assert.True(admin == 3, refused);
        Assert.Equal(before, Snapshot.Of(directory));

        await using (PublishedExchange accepted = await PublishedExchange.StartAsync(directory, "--accept-damage"))
        {
            string aside = Assert.Single(Directory.GetDirectories(directory, "damaged-*"));
            Assert.Contains(aside, accepted.Output, StringComparison.Ordinal);
            foreach (string file in Directory.GetFiles(aside))
                Assert.Contains($"{Path.GetFileName(file)} {new FileInfo(file).Length} ", before, StringComparison.Ordinal);
            // Tokens signed before are no good: ids that were lost are given again.
            if (File.Exists(Path.Combine(aside, "signing-key.pem")))
                Assert.NotEqual(await File.ReadAllTextAsync(Path.Combine(aside, "signing-key.pem")), await File.ReadAllTextAsync(Path.Combine(directory, "signing-key.pem")));
            if (atStake > 0)
                Assert.InRange(Count(directory), KilledExchange.Orders - atStake, KilledExchange.Orders - 1);
            Assert.Equal(0, (await accepted.TerminateAsync()).ExitCode);
            (verified, report) = await PublishedExchange.RunAsync("verify", "--data", directory);
            Assert.True(verified == 0, report);
        }
    }

    [Theory]
    [InlineData("its name in the header", 0, 1)]
    [InlineData("the schema", 100, 2_000)]
    [InlineData("all but the first page", 4_096, 1 << 20)]
    public async Task A_database_of_which_nothing_can_be_read_is_refused_with_what_to_do(string what, int from, int bytes)
    {
        string directory = Snapshot.Copy(killed.Directory), database = Path.Combine(directory, Database);
        byte[] content = await File.ReadAllBytesAsync(database);
        content.AsSpan(from, Math.Min(bytes, content.Length - from)).Clear();
        await File.WriteAllBytesAsync(database, content);
        File.Delete(Path.Combine(directory, Log));
        string before = Snapshot.Of(directory);

        (int exitCode, string output) = await PublishedExchange.RunAsync("--data", directory, "--port", "0");
        Assert.True(exitCode == 3, $"{what}: {output}");
        Assert.Contains("exchange.db can't be read: ", output, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot.Of(directory));

        (exitCode, output) = await PublishedExchange.RunAsync("--data", directory, "--port", "0", "--accept-damage");
        Assert.True(exitCode == 3, $"{what}: {output}");
        Assert.Contains("so damaged that it can't be read", output, StringComparison.Ordinal);
        Assert.Contains("Restore a copy", output, StringComparison.Ordinal);
        Assert.Contains(Assert.Single(Directory.GetDirectories(directory, "damaged-*")), output, StringComparison.Ordinal);
        Assert.DoesNotContain("\n   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_last_transaction_that_was_never_finished_is_passed_over_without_a_word()
    {
        foreach (int torn in (int[])[1, 24, 1_000, 24 + 4_096])
        {
            string directory = Snapshot.Copy(killed.Directory);
            byte[] log = await File.ReadAllBytesAsync(Path.Combine(directory, Log));
            // What a crash leaves: a frame of this round's salts, and of what it is to hold only a part or something else.
            byte[] frame = new byte[24 + 4_096];
            log.AsSpan(log.Length - frame.Length, 24).CopyTo(frame);
            await File.WriteAllBytesAsync(Path.Combine(directory, Log), [.. log, .. frame.AsSpan(0, torn)]);
            await using PublishedExchange exchange = await PublishedExchange.StartAsync(directory);
            // Where it listens, for whom, and where its data is.
            Assert.All(
                exchange.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                line => Assert.Matches("^(Exchange is at|For others|Data in) ", line));
            Assert.Equal(KilledExchange.Orders, Count(directory));
        }
    }

    [Fact]
    public async Task A_mark_that_is_missing_or_unreadable_is_made_anew_when_all_else_adds_up()
    {
        foreach (bool isRemoved in (bool[])[true, false])
        {
            string directory = Snapshot.Copy(killed.Directory);
            if (isRemoved)
                File.Delete(Path.Combine(directory, Mark));
            else
                await File.WriteAllTextAsync(Path.Combine(directory, Mark), (await File.ReadAllTextAsync(Path.Combine(directory, Mark))).Replace("starts 1", "starts 2"));
            await using PublishedExchange exchange = await PublishedExchange.StartAsync(directory);
            Assert.Contains(isRemoved ? "exchange.mark is missing" : "exchange.mark can't be read", exchange.Output, StringComparison.Ordinal);
            Assert.Equal(KilledExchange.Orders, Count(directory));
            Assert.Contains("running", await File.ReadAllTextAsync(Path.Combine(directory, Mark)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_older_copy_of_the_database_is_refused_and_a_copy_in_a_directory_of_its_own_starts()
    {
        string directory = Snapshot.Copy(killed.Directory), copy;
        await using (PublishedExchange exchange = await PublishedExchange.StartAsync(directory))
        {
            await exchange.TerminateAsync();
            copy = Snapshot.Copy(directory);
            await exchange.RestartAsync();
            await using (Bot bot = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Teacher")))
                await bot.CreateMarketAsync("Later");
            await exchange.TerminateAsync();
            File.Copy(Path.Combine(copy, Database), Path.Combine(directory, Database), overwrite: true);
            (int exitCode, string output) = await PublishedExchange.RunAsync("--data", directory, "--port", "0");
            Assert.True(exitCode == 3, output);
            Assert.Contains("is older than this exchange", output, StringComparison.Ordinal);
            Assert.Matches(@"at least [1-9]\d* commands? (is|are) missing", output);
        }
        foreach (string other in Directory.GetFiles(copy).Where(f => Path.GetFileName(f) != Database))
            File.Delete(other);
        await using PublishedExchange restored = await PublishedExchange.StartAsync(copy);
        Assert.Equal(KilledExchange.Orders, Count(copy));
    }

    [Fact]
    public async Task A_lock_alone_or_an_empty_database_alone_is_a_start_that_did_not_come_far()
    {
        foreach (string[] names in (string[][])[["exchange.lock"], [Database], ["exchange.lock", Database]])
        {
            string directory = PublishedExchange.NewDirectory();
            foreach (string name in names)
                await File.WriteAllTextAsync(Path.Combine(directory, name), "");
            await using PublishedExchange exchange = await PublishedExchange.StartAsync(directory);
            Assert.NotEmpty(exchange.SetupCode);
        }
    }

    [Fact]
    public async Task An_exchange_of_a_version_before_is_taken_over_once()
    {
        string directory = PublishedExchange.NewDirectory();
        string[] before = [.. Directory.GetFiles(ArchitectureTests.PathOf("Storage/Migrations")).Order(StringComparer.Ordinal).TakeWhile(f => !f.Contains("identity", StringComparison.Ordinal))];
        Run(directory, "PRAGMA journal_mode = WAL");
        foreach (string migration in before)
            Run(directory, await File.ReadAllTextAsync(migration));
        Run(directory, $"PRAGMA application_id = {0x45584348}; PRAGMA user_version = {before.Length}; UPDATE state SET starts = 3; INSERT INTO credential (name, normalized_name, password_hash, is_admin, created_us) VALUES ('Ann', 'ann', '', 1, 0)");
        await File.WriteAllTextAsync(Path.Combine(directory, "exchange.lock"), "");
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(directory);
        await exchange.TerminateAsync();
        Assert.DoesNotContain("Admin setup", exchange.Output, StringComparison.Ordinal);
        Assert.Contains("starts 4", await File.ReadAllTextAsync(Path.Combine(directory, Mark)), StringComparison.Ordinal);
        File.Delete(Path.Combine(directory, Database));
        (int exitCode, string output) = await PublishedExchange.RunAsync("--data", directory, "--port", "0");
        Assert.True(exitCode == 3, output);
    }

    [Fact]
    public async Task Verify_changes_nothing_and_says_how_far_it_reaches()
    {
        string directory = Snapshot.Copy(killed.Directory);
        foreach (string? missing in (string?[])[null, Index, "exchange.lock"])
        {
            if (missing is not null)
                File.Delete(Path.Combine(directory, missing));
            await AssertVerifiesAsync(directory, "The exchange was not stopped");
        }

        string empty = PublishedExchange.NewDirectory();
        await File.WriteAllTextAsync(Path.Combine(empty, Database), "");
        string before = Snapshot.Of(empty);
        (int exitCode, string output) = await PublishedExchange.RunAsync("verify", "--data", empty);
        Assert.Equal(3, exitCode);
        Assert.Contains("is empty", output, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot.Of(empty));
        Directory.Delete(empty, recursive: true);

        await using PublishedExchange exchange = await PublishedExchange.StartAsync(directory);
        (exitCode, output) = await PublishedExchange.RunAsync("verify", "--data", directory);
        Assert.True(exitCode == 0, output);
        Assert.Contains("The exchange is running", output, StringComparison.Ordinal);
        await exchange.TerminateAsync();
        await AssertVerifiesAsync(directory, "The database is complete");
        Assert.False(File.Exists(Path.Combine(directory, Log)));
    }

    [Fact]
    public async Task A_copy_of_the_database_alone_says_that_its_log_is_missing()
    {
        string directory = Snapshot.Copy(killed.Directory);
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(directory);
        // As docs/data.md says to copy.
        string whole = PublishedExchange.NewDirectory();
        Run(directory, $"VACUUM INTO '{whole}/exchange.db'");
        await AssertVerifiesAsync(whole, "Unless SQLite made the copy");
        await using (PublishedExchange copied = await PublishedExchange.StartAsync(whole))
            Assert.Equal(KilledExchange.Orders, Count(whole));

        string copy = PublishedExchange.NewDirectory();
        // Until what says that it runs has been moved from the log into the database.
        await Patience.UntilAsync(
            async () =>
            {
                File.Copy(Path.Combine(directory, Database), Path.Combine(copy, Database), overwrite: true);
                (int exitCode, string output) = await PublishedExchange.RunAsync("verify", "--data", copy);
                return exitCode == 0 && output.Contains("without its log", StringComparison.Ordinal);
            },
            "verify says that the log is missing", betweenLooks: TimeSpan.FromMilliseconds(100));
    }

    [Theory]
    [InlineData("exchange.db", false)]
    [InlineData("exchange.db", true)]
    [InlineData("exchange.db-wal", false)]
    public async Task A_file_that_is_taken_away_while_it_runs_ends_it(string name, bool isReplaced)
    {
        string directory = Snapshot.Copy(killed.Directory);
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(directory);
        // When that is answered, the start has read all that it reads.
        await exchange.SignInAsync("Late");
        string path = Path.Combine(directory, name);
        File.Move(path, path + ".taken");
        if (isReplaced)
            File.Copy(path + ".taken", path);
        Assert.Equal(70, await exchange.ExitAsync());
        Assert.Contains($"{path} was removed or replaced while the exchange was running", exchange.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Everything that was acknowledged is on disk", exchange.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_verify_finds_stops_the_start_when_asked_and_after_a_crash()
    {
        string directory = Snapshot.Copy(killed.Directory);
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(directory);
        await exchange.TerminateAsync();
        // What is live is looked at each time.
        Run(directory, "UPDATE \"order\" SET remaining = remaining - 1 WHERE id = 7");
        await AssertRefusedAsync("order 7 is live with 99 remaining");
        Run(directory, "UPDATE \"order\" SET remaining = remaining + 1 WHERE id = 7");

        // What only all that ever was can tell, when asked, or when it was not stopped before.
        Run(directory, "UPDATE account SET received = received + 1 WHERE id = 2");
        await AssertRefusedAsync("account 2 has received", "--verify-on-start");
        await exchange.RestartAsync();
        await exchange.KillAsync();
        await AssertRefusedAsync("account 2 has received");

        async Task AssertRefusedAsync(string sentence, params string[] flags)
        {
            (int exitCode, string output) = await PublishedExchange.RunAsync(["--data", directory, "--port", "0", .. flags]);
            Assert.True(exitCode == 3, output);
            Assert.Contains(sentence, output, StringComparison.Ordinal);
        }
    }

    private static async Task AssertVerifiesAsync(string directory, string says)
    {
        string before = Snapshot.Of(directory);
        (int exitCode, string output) = await PublishedExchange.RunAsync("verify", "--data", directory);
        Assert.True(exitCode == 0, output);
        Assert.Contains(says, output, StringComparison.Ordinal);
        Assert.Matches(@"up to sequence [1-9]\d*, of \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6} UTC", output);
        Assert.Equal(before, Snapshot.Of(directory));
    }

    private static async Task DamageAsync(string directory, string damage, int percent)
    {
        string In(string name) => Path.Combine(directory, name);
        void Remove(params string[] names)
        {
            foreach (string name in names)
                File.Delete(In(name));
        }
        switch (damage)
        {
            case "log flipped":
                Flip(In(Log), new FileInfo(In(Log)).Length * percent / 100);
                break;
            case "log header flipped":
                Flip(In(Log), 17);
                break;
            case "log removed":
                Remove(Log, Index);
                break;
            case "log emptied":
                await File.WriteAllTextAsync(In(Log), "");
                break;
            case "log and mark removed":
                Remove(Log, Mark);
                break;
            case "database removed":
                Remove(Database);
                break;
            case "database emptied":
                await File.WriteAllTextAsync(In(Database), "");
                break;
            case "database and log removed":
                Remove(Database, Log, Index);
                break;
            case "all but the key removed":
                Remove([.. Directory.GetFiles(directory).Select(f => Path.GetFileName(f)).Where(f => f != "signing-key.pem")]);
                break;
            case "all but the mark removed":
                Remove([.. Directory.GetFiles(directory).Select(f => Path.GetFileName(f)).Where(f => f != Mark)]);
                break;
            case "another exchange's database":
                Remove(Log, Index);
                await using (PublishedExchange other = await PublishedExchange.StartAsync())
                {
                    await other.TerminateAsync();
                    File.Copy(Path.Combine(other.DataDirectory, Database), In(Database), overwrite: true);
                }
                break;
            default:
                throw new ArgumentException(damage);
        }
    }

    /// <summary>One bit.</summary>
    private static void Flip(string path, long at)
    {
        using FileStream file = File.Open(path, FileMode.Open);
        file.Position = at;
        int value = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(value ^ 4));
    }

    private static long Count(string directory)
    {
        using var connection = new SqliteConnection($"Data Source={directory}/exchange.db;Mode=ReadOnly;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM \"order\"";
        return (long)command.ExecuteScalar()!;
    }

    private static void Run(string directory, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={directory}/exchange.db;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [GeneratedRegex(@"(\d+) transactions? from there on can't be read")]
    private static partial Regex AtStakePattern();
}
