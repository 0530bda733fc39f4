using Exchange.Markets;
using Exchange.Storage;
using Exchange.Tests.Markets;
using Microsoft.Data.Sqlite;

namespace Exchange.Tests.Storage;

/// <summary>Copies made while trading goes on (trust.md, row 20), and what is given away.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("exchange-backup-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string In(string name) => Path.Combine(_directory, name);

    /// <summary>Between its portions the copy lets the writer write: what is written then is not in it, and nothing of it is.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_copy_made_while_trading_goes_on_is_the_state_of_its_moment(int seed)
    {
        var trading = new Trading(In("data"), seed);
        trading.Go(3_000);
        string hash = trading.Venue.StateHash();
        long sequence = trading.Venue.Sequence;
        int portions = 0;
        BackupMade made;
        using (DatabaseReading reading = DatabaseReading.Open(In("data")))
        {
            // The exchange runs: this is how another process sees it.
            Assert.True(reading.IsRunning);
            made = Backup.Write(reading, In("copy.db"), _ =>
            {
                portions++;
                trading.Go(20);
            }, CancellationToken.None);
        }
        Assert.InRange(portions, 2, int.MaxValue);
        Assert.True(trading.Venue.Sequence > sequence);
        Assert.Equal((sequence, In("copy.db"), new FileInfo(In("copy.db")).Length), (made.Sequence, made.Path, made.Bytes));
        Assert.Equal(["copy.db", "data"], Directory.EnumerateFileSystemEntries(_directory).Select(Path.GetFileName).Order());
        Assert.Empty(DatabaseReading.Check(In("copy.db")));

        Restore.Restored restored = Restore.Run(In("copy.db"), In("elsewhere"), replace: false);
        Assert.Equal((made.ExchangeId, sequence, null), (restored.ExchangeId, restored.Sequence, restored.SetAside));
        using (Database elsewhere = Database.Open(In("elsewhere"), Synchronous.Full))
            Assert.Equal(hash, Loader.Load(elsewhere, trading.Now).StateHash());
        trading.Dispose();
    }

    [Fact]
    public void What_was_there_is_put_aside_and_only_when_told()
    {
        using (var trading = new Trading(In("data"), 4))
        {
            trading.Go(300);
            Backup.Write(trading.Database, In("copy.db"), null, CancellationToken.None);
            trading.Go(100);
            // An exchange that runs is not replaced.
            Assert.Contains("in use", Refused(replace: true), StringComparison.Ordinal);
        }
        File.WriteAllText(In("data/signing-key.pem"), "a key");
        byte[] before = File.ReadAllBytes(In("data/exchange.db"));
        Assert.Contains("add --replace", Refused(replace: false), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(In("data/exchange.db")));

        string aside = Restore.Run(In("copy.db"), In("data"), replace: true).SetAside!;
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(aside, "exchange.db")));
        // Who signed in after the copy was made is nobody in it.
        Assert.False(File.Exists(In("data/signing-key.pem")));
        Assert.False(Directory.Exists(In("data/restoring")));
        using Database restored = Database.Open(In("data"), Synchronous.Full);
        Assert.Empty(Verifier.Verify(restored));
    }

    [Fact]
    public void A_copy_that_is_not_whole_is_refused_and_changes_nothing()
    {
        using (var trading = new Trading(In("data"), 5))
        {
            trading.Go(300);
            Backup.Write(trading.Database, In("copy.db"), null, CancellationToken.None);
        }
        byte[] copy = File.ReadAllBytes(In("copy.db")), before = File.ReadAllBytes(In("data/exchange.db"));
        foreach ((int at, int length) in (ReadOnlySpan<(int, int)>)[(0, 1), (8_192, 4_096), (copy.Length / 2, 4_096)])
        {
            byte[] damaged = [.. copy];
            damaged.AsSpan(at, length).Clear();
            File.WriteAllBytes(In("copy.db"), damaged);
            Refused(replace: true);
        }
        File.WriteAllBytes(In("copy.db"), copy[..(copy.Length / 2)]);
        Refused(replace: true);
        using (var connection = new SqliteConnection($"Data Source={In("copy.db")};Pooling=False"))
        {
            File.WriteAllBytes(In("copy.db"), copy);
            connection.Open();
            using SqliteCommand steal = connection.CreateCommand();
            steal.CommandText = "UPDATE account SET cash = cash + 1 WHERE id = 2";
            steal.ExecuteNonQuery();
        }
        Assert.Contains("has cash", Refused(replace: true), StringComparison.Ordinal);
        Assert.Contains("There is no file", Assert.Throws<StorageException>(() => Restore.Run(In("nothing.db"), In("data"), replace: true)).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(In("data/exchange.db")));
        Assert.Equal(["exchange.db", "exchange.lock"], Directory.EnumerateFileSystemEntries(In("data")).Select(Path.GetFileName).Where(f => f != "exchange.mark").Order());
    }

    [Fact]
    public void A_copy_that_is_broken_off_leaves_nothing_and_the_one_before_stays()
    {
        using var trading = new Trading(In("data"), 6);
        trading.Go(3_000);
        File.WriteAllText(In("copy.db"), "the one before");
        using var broken = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Backup.Write(trading.Database, In("copy.db"), _ => broken.Cancel(), broken.Token));
        Assert.Equal("the one before", File.ReadAllText(In("copy.db")));
        Assert.Equal(["copy.db", "data"], Directory.EnumerateFileSystemEntries(_directory).Select(Path.GetFileName).Order());
        Assert.Contains("can't be written", Assert.Throws<StorageException>(
            () => Backup.Write(trading.Database, In("nowhere/copy.db"), null, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_newest_copies_are_kept_and_other_files_too()
    {
        long hour = 3_600_000_000;
        string[] made = [.. Enumerable.Range(0, 5).Select(i => BackupFolder.NewPath(_directory, 1_790_000_000_000_000 + (i * hour), 9 + i))];
        foreach (string path in made)
            File.WriteAllText(path, "");
        File.WriteAllText(In("exchange.db"), "");
        File.WriteAllText(made[0] + ".part", "");
        BackupFolder.Prune(_directory, keep: 2);
        Assert.Equal([.. made[3..], In("exchange.db")], Directory.EnumerateFiles(_directory).Order(StringComparer.Ordinal));
    }

    /// <summary>Whatever a table or column is called, somebody has decided whether it is given away.</summary>
    [Fact]
    public void Every_column_is_either_given_away_or_withheld()
    {
        using var trading = new Trading(In("data"), 7);
        using SqliteConnection connection = trading.Database.Connect();
        var columns = new List<string>();
        Loader.Each(
            connection, "SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
            r => columns.Add($"{r.GetString(0)}.{r.GetString(1)}"));
        string[] decided = [.. PublicExport.GivenAway.SelectMany(t => t.Columns.Split(' ').Select(c => $"{t.Table}.{c}")),
            .. PublicExport.WithheldColumns.Select(c => $"{c.Table}.{c.Column}")];
        Assert.Equal(
            columns.Where(c => !PublicExport.WithheldTables.Contains(c.Split('.')[0])).Order(StringComparer.Ordinal), decided.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_given_away_has_no_secret_in_it_not_even_in_free_pages()
    {
        string[] secrets = ["hash-of-a-password", "ann@example.org", "JOINCODE77", "subject-of-ann", "invited@example.org", "MONEY-CODE-9", "secret-in-the-audit-log"];
        using (var trading = new Trading(In("data"), 8))
        {
            trading.Go(200);
            using SqliteConnection connection = trading.Database.Connect();
            using SqliteCommand insert = connection.CreateCommand();
            insert.CommandText = $"""
                INSERT INTO credential (id, name, normalized_name, password_hash, is_admin, created_us) VALUES (1, 'Ann', 'ANN', '{secrets[0]}', 0, 0);
                UPDATE user SET email = '{secrets[1]}', subject = '{secrets[3]}' || id;
                UPDATE room SET join_code = '{secrets[2]}';
                INSERT INTO room_invitation VALUES (1, '{secrets[4]}');
                INSERT INTO code (room_id, code, amount, uses, used, expires_us, is_revoked, created_us) VALUES (1, '{secrets[5]}', 1, 1, 0, 0, 0, 0);
                UPDATE audit SET detail = '{secrets[6]}';
                """;
            insert.ExecuteNonQuery();
        }
        using (DatabaseReading reading = DatabaseReading.Open(In("data")))
        {
            Backup.Write(reading, In("copy.db"), null, CancellationToken.None);
            PublicExport.Write(reading, In("public.sqlite"), null, CancellationToken.None);
        }
        string copy = File.ReadAllText(In("copy.db"), System.Text.Encoding.Latin1), given = File.ReadAllText(In("public.sqlite"), System.Text.Encoding.Latin1);
        Assert.All(secrets, s => Assert.Contains(s, copy, StringComparison.Ordinal));
        Assert.All(secrets, s => Assert.DoesNotContain(s, given, StringComparison.Ordinal));

        long trades = 0;
        PublicExport.Read(In("public.sqlite"), (table, _) => _ => trades += table == "trade" ? 1 : 0);
        using SqliteConnection original = new($"Data Source={In("copy.db")};Mode=ReadOnly");
        original.Open();
        Assert.Equal(original.Get<long>("SELECT count(*) FROM trade"), trades);
        Assert.True(trades > 0);
    }

    private string Refused(bool replace) => Assert.Throws<StorageException>(() => Restore.Run(In("copy.db"), In("data"), replace)).Message;

    /// <summary>An exchange in which random commands are carried out and written.</summary>
    private sealed class Trading : IDisposable
    {
        private readonly CommandGenerator _generator;
        private readonly NaiveVenue _known = new();
        private readonly WalWriter _writer;
        private readonly CommitBatch _batch = new();
        private long _number;

        public Trading(string directory, int seed)
        {
            _generator = new CommandGenerator(seed);
            Database = Database.Open(directory, Synchronous.Normal);
            _writer = new WalWriter(Database);
            Venue = Loader.Load(Database, default);
        }

        public Database Database { get; }

        public Venue Venue { get; }

        public Moment Now { get; private set; }

        public void Go(int commands)
        {
            _batch.Begin(++_number);
            for (int i = 0; i < commands; i++)
            {
                Command command = _generator.Next(_known);
                Now = _generator.NextMoment();
                _known.Apply(in command, Now);
                Venue.Apply(in command, Now, _batch);
            }
            Venue.Seal(_batch);
            _writer.Write(_batch);
        }

        public void Dispose()
        {
            _writer.Dispose();
            Database.Close();
            Database.Dispose();
        }
    }
}
