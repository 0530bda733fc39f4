using System.IO.Compression;
using Exchange.Markets;
using Exchange.Storage;
using Exchange.Tests.Markets;
using Microsoft.Data.Sqlite;

namespace Exchange.Tests.Storage;

/// <summary>
/// A database that an earlier version wrote is opened, brought up to date, and has all it had. Storage/Versions holds one of each
/// version that was released, with something in every table; tests/keep-version makes the one of this version.
/// </summary>
public class VersionsTests
{
    /// <summary>Names of the versions kept.</summary>
    public static TheoryData<string> Kept =>
        [.. Directory.GetFiles(Folder, "*.db.gz").Select(f => Path.GetFileName(f)[..^".db.gz".Length])];

    private static string Folder => ArchitectureTests.PathOf("tests/Exchange.Tests/Storage/Versions");

    [Theory]
    [MemberData(nameof(Kept))]
    public void A_database_of_an_earlier_version_has_all_it_had(string version)
    {
        string directory = Directory.CreateTempSubdirectory("exchange-version-").FullName;
        string file = Path.Combine(directory, "exchange.db");
        using (var packed = new GZipStream(File.OpenRead(Path.Combine(Folder, version + ".db.gz")), CompressionMode.Decompress))
        using (FileStream unpacked = File.Create(file))
            packed.CopyTo(unpacked);
        Dictionary<string, (string Columns, string[] Rows)> before;
        using (SqliteConnection old = Open(file))
        {
            before = Tables(old).ToDictionary(t => t, t => (Columns(old, t), Array.Empty<string>()));
            foreach ((string table, (string columns, string[] _)) in before)
                before[table] = (columns, Rows(old, table, columns));
        }
        Assert.All(before, t => Assert.True(t.Value.Rows.Length > 0, $"{t.Key} is empty, and proves nothing."));

        using (Database database = Database.Open(directory, Synchronous.Full))
        {
            Assert.Empty(Verifier.Verify(database));
            using SqliteConnection now = database.ConnectReadOnly();
            // As of when the run that filled it ended, which is not today.
            Venue venue = Loader.Load(database, Moment.At(now.Get<long>("SELECT max(time_us) FROM trade")));
            Assert.True(venue.Sequence > 0 && venue.LastOrderId > 50);
            foreach ((string table, (string columns, string[] rows)) in before)
                Assert.Equal(rows, Rows(now, table, columns));
        }
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>Makes the database of this version when tests/keep-version asks for it; else shows that it can be made.</summary>
    [Fact]
    public void A_database_with_something_in_every_table_can_be_kept()
    {
        string directory = Directory.CreateTempSubdirectory("exchange-version-").FullName;
        string file = Path.Combine(directory, "exchange.db");
        using (Database database = Database.Open(directory, Synchronous.Normal))
            Fill(database);
        using (SqliteConnection connection = Open(file))
        {
            connection.Run("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE; VACUUM");
            Assert.DoesNotContain(Tables(connection), t => Rows(connection, t, "1").Length == 0);
        }
        if (Environment.GetEnvironmentVariable("EXCHANGE_KEEP_VERSION") is { Length: > 0 } version)
        {
            using var packed = new GZipStream(File.Create(Path.Combine(Folder, version + ".db.gz")), CompressionLevel.SmallestSize);
            using FileStream unpacked = File.OpenRead(file);
            unpacked.CopyTo(packed);
        }
        Directory.Delete(directory, recursive: true);
    }

    private static void Fill(Database database)
    {
        var generator = new CommandGenerator(11);
        var known = new NaiveVenue();
        using var writer = new WalWriter(database);
        Venue venue = Loader.Load(database, default);
        var batch = new CommitBatch();
        long number = 0;
        using SqliteConnection reading = database.ConnectReadOnly();
        // What comes and goes (house bots, hidden markets) has to be there, and what happens seldom has to have happened.
        for (int i = 0; i < 1_500 || (i < 20_000 && !HasAll(reading)); i++)
        {
            batch.Begin(++number);
            Command command = generator.Next(known);
            Moment now = generator.NextMoment();
            known.Apply(in command, now);
            venue.Apply(in command, now, batch);
            venue.Seal(batch);
            writer.Write(batch);
        }
        // What is no business of the market's. The hashes are of nothing.
        writer.Write(connection =>
        {
            CredentialRow ann = Credentials.Add(connection, "Ann", "ann", "hash", isAdmin: true, createdUs: 1)!;
            Credentials.AddLink(connection, ann.Id, [1, 2, 3], expiresUs: 2);
            Credentials.SetJoinCode(connection, "join");
            long user = connection.Get<long>("SELECT min(id) FROM user"), room = connection.Get<long>("SELECT min(id) FROM room");
            ApiKeys.Add(connection, new ApiKeyRow(0, user, "bot", 0, true, 1, 0, 0), new byte[32], most: 10);
            People.WriteLastSeen(connection, [(room, user, 3)]);
            People.MarkRead(connection, user, room, 1);
            connection.Run("INSERT OR IGNORE INTO clock_set_back SELECT max(id) FROM trade");
        });
    }

    private static bool HasAll(SqliteConnection connection) =>
        Tables(connection).Except(s_written).All(t => connection.Get<long>($"SELECT EXISTS (SELECT 1 FROM \"{t}\")") == 1);

    /// <summary>The tables that <see cref="Fill"/> writes itself, after the commands.</summary>
    private static readonly string[] s_written = ["credential", "sign_in_link", "sign_up", "api_key", "last_seen", "notice_read", "clock_set_back"];

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private static List<string> Tables(SqliteConnection connection) =>
        [.. Query(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")];

    private static string Columns(SqliteConnection connection, string table) =>
        string.Join(", ", Query(connection, $"SELECT '\"' || name || '\"' FROM pragma_table_info('{table}')"));

    private static string[] Rows(SqliteConnection connection, string table, string columns) =>
        [.. Query(connection, $"SELECT {columns} FROM \"{table}\"").Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Query(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i =>
                reader.IsDBNull(i) ? "null" : reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : $"{reader.GetValue(i)}"));
        }
    }
}
