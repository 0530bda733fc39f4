using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

/// <summary>A database as it is, to look at: nothing in its directory is written, made or deleted.</summary>
public sealed class DatabaseReading : IDisposable
{
    private readonly DirectoryLock? _lock;
    private readonly SqliteTransaction? _transaction;
    private readonly StoredIdentity _identity;

    /// <param name="isAlone">Whether nobody else has it open.</param>
    /// <param name="directoryLock">To let go of in the end.</param>
    private DatabaseReading(string path, bool isAlone, bool hasLog, DirectoryLock? directoryLock)
    {
        HasLog = hasLog;
        _lock = directoryLock;
        Connection = Connect(path, isAlone, hasLog);
        try
        {
            // All reads see one moment, because the exchange may be running.
            _transaction = Connection.BeginTransaction(deferred: true);
            if (Schema.VersionOf(Connection, path) is not { } version)
                throw new StorageException($"{path} is empty: there is no exchange in it.");
            if (version < Schema.Latest)
                throw new StorageException($"{path} was written by an earlier exchange (schema {version}; this program reads {Schema.Latest}). Start this program's exchange on it, or a copy of it, once.");
            _identity = StoredIdentity.Read(Connection);
        }
        catch (Exception e)
        {
            Dispose();
            if (e is SqliteException)
                throw new StorageException($"{path} can't be read: {e.Message}", e);
            throw;
        }
    }

    /// <summary>The connection, in a read transaction.</summary>
    internal SqliteConnection Connection { get; }

    internal StoredIdentity Identity => _identity;

    /// <summary>Which exchange it is: 32 hexadecimal digits.</summary>
    public string ExchangeId => _identity.ExchangeId!;

    /// <summary>The sequence of the last command in it.</summary>
    public long Sequence => _identity.Sequence;

    /// <summary>When that was, in microseconds since 1970; 0: there was none.</summary>
    public long TimeUs => _identity.TimeUs;

    /// <summary>Whether it was started since it was last stopped.</summary>
    public bool IsOpen => _identity.IsOpen;

    /// <summary>Whether an exchange is running on it.</summary>
    public bool IsRunning { get; private init; }

    /// <summary>Whether a log stands beside it.</summary>
    public bool HasLog { get; }

    /// <summary>The problems of the files next to it, one sentence each; none while an exchange runs.</summary>
    public IReadOnlyList<string> Findings { get; private init; } = [];

    /// <summary>Opens the database of a data directory, whether an exchange runs on it or not.</summary>
    /// <exception cref="StorageException">There is none, or it can't be read.</exception>
    public static DatabaseReading Open(string directory)
    {
        string path = Path.Combine(directory, DataFiles.Database);
        if (!File.Exists(path))
            throw new StorageException(Directory.Exists(path) ? $"{path} is a directory, not a database." : $"There is no {DataFiles.Database} in {directory}.");
        DirectoryLock? directoryLock = DirectoryLock.TryTakeToRead(directory);
        if (directoryLock is null)
            return new DatabaseReading(path, isAlone: false, hasLog: true, null) { IsRunning = true };
        try
        {
            DataFiles files = DataFiles.Look(directory, directoryLock);
            if (files.HasNoDatabase)
                throw new StorageException(string.Join('\n', [$"{path} is empty: there is no exchange in it.", .. files.Findings]));
            var reading = new DatabaseReading(path, isAlone: true, files.HasLog, directoryLock) { Findings = files.Findings };
            files.Compare(reading._identity);
            return reading;
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }
    }

    /// <summary>What <see cref="Verifier"/> finds in a file that nobody has open, such as a copy: a sentence each.</summary>
    /// <exception cref="StorageException">It can't be read.</exception>
    public static List<string> Check(string path)
    {
        using var reading = new DatabaseReading(path, isAlone: true, hasLog: false, null);
        return Verifier.Verify(reading);
    }

    /// <summary>Opens one in a directory that this process holds.</summary>
    /// <param name="withLog">False: as if there were none.</param>
    internal static DatabaseReading OpenHeld(string directory, bool withLog) =>
        new(Path.Combine(directory, DataFiles.Database), isAlone: true, withLog, null);

    /// <summary>A connection that leaves everything as it is.</summary>
    /// <param name="path">The path of the database.</param>
    /// <param name="isAlone">Whether nobody else has it open.</param>
    /// <param name="hasLog">Whether there is a log with something in it.</param>
    internal static SqliteConnection Connect(string path, bool isAlone, bool hasLog)
    {
        // A log makes SQLite ask for a connection that could write; without one there is a mode in which it looks at nothing but the file.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = isAlone && !hasLog ? $"file:{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}?immutable=1" : path,
            Mode = isAlone && hasLog ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            connection.MoveLogOnClose(false);
            connection.Run("PRAGMA query_only = ON");
            // This comes before the first read. Then SQLite keeps its index of the log in memory and not in a file.
            if (isAlone && hasLog)
                connection.Run("PRAGMA locking_mode = EXCLUSIVE");
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new StorageException($"{path} can't be read: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        _transaction?.Dispose();
        Connection.Dispose();
        _lock?.Dispose();
    }
}
