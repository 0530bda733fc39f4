using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

/// <summary>How hard a commit is pressed to disk.</summary>
public enum Synchronous
{
    /// <summary>Each commit is flushed before anyone is told: nothing told is ever lost.</summary>
    Full,

    /// <summary>Flushed now and then: a power cut (not a crash) may lose the last moments.</summary>
    Normal,
}

/// <summary>A data directory that can't be used, with a sentence for the operator that says why.</summary>
public sealed class StorageException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The database of one exchange: the file <c>exchange.db</c> in the data directory, held by one process at a time,
/// brought up to the schema this program knows.
/// </summary>
public sealed class Database : IDisposable
{
    /// <summary>"EXCH": marks the file as an exchange's.</summary>
    private const int ApplicationId = 0x45584348;

    private const string FileName = "exchange.db";

    private readonly FileStream _lock;

    private Database(string path, FileStream directoryLock, Synchronous synchronous)
    {
        FilePath = path;
        Synchronous = synchronous;
        _lock = directoryLock;
    }

    public string FilePath { get; }

    public Synchronous Synchronous { get; }

    /// <summary>Takes the data directory, makes it if need be, and migrates the database.</summary>
    /// <exception cref="StorageException">It is in use, not an exchange's, newer than this program, or damaged.</exception>
    public static Database Open(string directory, Synchronous synchronous) => Open(directory, synchronous, mustExist: false);

    /// <summary>The same for a database that must be there already.</summary>
    /// <exception cref="StorageException">It is not there, or as for <see cref="Open(string, Synchronous)"/>.</exception>
    public static Database OpenExisting(string directory, Synchronous synchronous) => Open(directory, synchronous, mustExist: true);

    private static Database Open(string directory, Synchronous synchronous, bool mustExist)
    {
        if (mustExist && !File.Exists(Path.Combine(directory, FileName)))
            throw new StorageException($"There is no {FileName} in {directory}.");
        FileStream directoryLock = Lock(directory);
        try
        {
            var database = new Database(Path.Combine(directory, FileName), directoryLock, synchronous);
            using SqliteConnection connection = database.Connect();
            database.Migrate(connection);
            return database;
        }
        catch (SqliteException e)
        {
            directoryLock.Dispose();
            throw new StorageException($"The database in {directory} can't be used: {e.Message}", e);
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }
    }

    /// <summary>A connection of its own. Readers don't disturb the writer, nor it them.</summary>
    public SqliteConnection Connect()
    {
        // Pooling would keep files open behind our back.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = FilePath, Pooling = false }.ToString());
        connection.Open();
        connection.Run("PRAGMA journal_mode = WAL");
        connection.Run($"PRAGMA synchronous = {(Synchronous == Synchronous.Full ? "FULL" : "NORMAL")}");
        connection.Run("PRAGMA busy_timeout = 5000");
        return connection;
    }

    /// <summary>A connection that can't write.</summary>
    public SqliteConnection ConnectReadOnly()
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = FilePath, Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString());
        connection.Open();
        return connection;
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>Whether a directory holds a database.</summary>
    public static bool IsIn(string directory) => File.Exists(Path.Combine(directory, FileName));

    /// <summary>Moves a closed database to another directory of the same disk, at once and whole.</summary>
    public static void Move(string fromDirectory, string toDirectory) =>
        File.Move(Path.Combine(fromDirectory, FileName), Path.Combine(toDirectory, FileName));

    /// <summary>Deletes a closed database.</summary>
    public static void Delete(string directory)
    {
        // The log first: without the database it is nothing.
        foreach (string suffix in (ReadOnlySpan<string>)["-wal", "-shm", ""])
            File.Delete(Path.Combine(directory, FileName + suffix));
    }

    /// <summary>One process per data directory: two writers would each be ahead of the other's memory.</summary>
    internal static FileStream Lock(string directory)
    {
        try
        {
            // The owner's alone: it holds password hashes, e-mail addresses and the key that signs tokens.
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(directory);
            else
                Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return new FileStream(Path.Combine(directory, "exchange.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new StorageException($"The data directory {directory} is in use by another exchange (stop that one first), or can't be written.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StorageException($"The data directory {directory} can't be written: {e.Message}", e);
        }
    }

    private void Migrate(SqliteConnection connection)
    {
        long version = connection.Get<long>("PRAGMA user_version");
        long applicationId = connection.Get<long>("PRAGMA application_id");
        bool isEmpty = connection.Get<long>("SELECT count(*) FROM sqlite_master") == 0;
        if (!isEmpty && applicationId != ApplicationId)
            throw new StorageException($"{FilePath} is a database, but not an exchange's.");

        string[] migrations = [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(n => n.StartsWith("migrations/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        if (version > migrations.Length)
            throw new StorageException($"{FilePath} was written by a newer exchange (schema {version}; this program knows {migrations.Length}). Use that one.");

        for (int i = (int)version; i < migrations.Length; i++)
        {
            using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(migrations[i])!);
            using SqliteTransaction transaction = connection.BeginTransaction();
            connection.Run(reader.ReadToEnd());
            connection.Run($"PRAGMA application_id = {ApplicationId}");
            connection.Run($"PRAGMA user_version = {i + 1}");
            transaction.Commit();
        }
    }
}

internal static class SqliteConnectionExtensions
{
    public static void Run(this SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static T Get<T>(this SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }
}
