using Microsoft.Data.Sqlite;
using SQLitePCL;

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
public sealed class StorageException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether acknowledged commands may be lost: they were on disk, but the files were removed or replaced.</summary>
    public bool MayHaveLost { get; init; }
}

/// <summary>How a data directory is looked at before it is used.</summary>
public sealed record OpenOptions
{
    /// <summary>Whether to go on with what can be read of a damaged one, after putting its files aside.</summary>
    public bool AcceptDamage { get; init; }

    /// <summary>Which checks of the <see cref="Verifier"/> are made.</summary>
    public Thoroughness Checks { get; init; }
}

/// <summary>
/// The database of one exchange: the file <c>exchange.db</c> in the data directory, held by one process at a time,
/// brought up to the schema this program knows.
/// </summary>
/// <remarks>
/// No connection moves the log into the database as it closes, for SQLite tells nobody if that fails: <see cref="Checkpointer"/> and
/// <see cref="Close"/> do.
/// </remarks>
public sealed class Database : IDisposable
{
    /// <summary>What <see cref="Close"/> waits for those who read older pages.</summary>
    private const int CloseWithinMs = 200;

    private readonly DirectoryLock _lock;

    // Open as long as the database is: SQLite makes its index of the log when the first connection comes.
    private SqliteConnection? _first;

    private Database(string directory, DirectoryLock directoryLock, Synchronous synchronous)
    {
        Directory = directory;
        FilePath = Path.Combine(directory, DataFiles.Database);
        Synchronous = synchronous;
        _lock = directoryLock;
    }

    public string FilePath { get; }

    public Synchronous Synchronous { get; }

    /// <summary>The data directory.</summary>
    public string Directory { get; }

    /// <summary>Takes the data directory, makes it if need be, and migrates the database.</summary>
    /// <exception cref="StorageException">It is in use, not an exchange's, newer than this program, or damaged.</exception>
    public static Database Open(string directory, Synchronous synchronous, OpenOptions? options = null)
    {
        var database = new Database(directory, DirectoryLock.Take(directory), synchronous);
        try
        {
            database.Prepare(options ?? new OpenOptions());
            return database;
        }
        catch (Exception e)
        {
            database._first?.Dispose();
            database._lock.Abandon();
            if (e is SqliteException { SqliteErrorCode: var code } && IsDamage(code))
                throw new StorageException($"{database.FilePath} is so damaged that it can't be read: {e.Message} Restore a copy of the directory, or a backup.", e);
            if (e is SqliteException or IOException or UnauthorizedAccessException)
                throw new StorageException($"The database in {directory} can't be used: {e.Message}", e);
            throw;
        }
    }

    /// <summary>The same for a database that must exist.</summary>
    /// <exception cref="StorageException">It is not there, or as for <see cref="Open"/>.</exception>
    public static Database OpenExisting(string directory, Synchronous synchronous) =>
        DataFiles.AnyIn(directory) ? Open(directory, synchronous) : throw new StorageException($"There is no {DataFiles.Database} in {directory}.");

    /// <summary>A connection of its own. Readers don't disturb the writer, nor it them.</summary>
    public SqliteConnection Connect()
    {
        // Pooling would keep files open behind our back.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = FilePath, Pooling = false }.ToString());
        try
        {
            connection.Open();
            connection.MoveLogOnClose(false);
            connection.Run("PRAGMA journal_mode = WAL");
            connection.Run($"PRAGMA synchronous = {(Synchronous == Synchronous.Full ? "FULL" : "NORMAL")}");
            connection.Run("PRAGMA busy_timeout = 5000");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection that can't write.</summary>
    public SqliteConnection ConnectReadOnly()
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = FilePath, Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>
    /// Notes that nothing comes after what is in the database, and moves the log into it. Every other connection is closed. What
    /// reads in it elsewhere may keep the log from going; that is no failure.
    /// </summary>
    /// <exception cref="StorageException">It is not on disk: all is in the log still.</exception>
    public void Close()
    {
        if (_first is not { } connection)
            return;
        try
        {
            StoredIdentity identity = StoredIdentity.Read(connection);
            if (identity.IsOpen)
            {
                connection.Run("PRAGMA synchronous = FULL");
                connection.Run("UPDATE identity SET is_open = 0");
            }
            connection.Run($"PRAGMA busy_timeout = {CloseWithinMs}");
            bool isMoved = Checkpointer.Checkpoint(connection, raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
            if (identity.Starts > 0)
                WriteMark(identity.Starts, identity.Sequence, isStopped: true);
            connection.MoveLogOnClose(isMoved);
        }
        catch (SqliteException e)
        {
            throw new StorageException($"{FilePath} could not be completed at the stop: {e.Message}. Everything is still in {FilePath}-wal. Keep the two files together.", e);
        }
        finally
        {
            connection.Dispose();
            _first = null;
        }
    }

    /// <summary>Lets go of the directory. What was not closed before stays as it is, as after a crash.</summary>
    public void Dispose()
    {
        _first?.Dispose();
        _first = null;
        _lock.Dispose();
    }

    /// <summary>Whether a directory holds, or has held, an exchange.</summary>
    public static bool IsIn(string directory) => DataFiles.AnyIn(directory);

    /// <summary>Moves a closed database to another directory of the same disk, at once and whole, in place of what was there.</summary>
    public static void Move(string fromDirectory, string toDirectory)
    {
        Delete(toDirectory);
        File.Move(Path.Combine(fromDirectory, DataFiles.Database), Path.Combine(toDirectory, DataFiles.Database));
    }

    /// <summary>Deletes a closed database.</summary>
    public static void Delete(string directory)
    {
        // The mark first, and the log before the database: each is nothing without what goes after it.
        foreach (string name in (ReadOnlySpan<string>)[Mark.FileName, DataFiles.Log, DataFiles.Shared, DataFiles.Database])
            File.Delete(Path.Combine(directory, name));
    }

    /// <summary>Holds a directory against other exchanges.</summary>
    /// <exception cref="StorageException">It is in use, or can't be written.</exception>
    internal static IDisposable Hold(string directory)
    {
        DirectoryLock held = DirectoryLock.Take(directory);
        // Whatever was here goes.
        held.Note("");
        return held;
    }

    /// <summary>Says outside of the database how far it has come.</summary>
    /// <exception cref="StorageException">It can't be written; what it said before still holds.</exception>
    internal void WriteMark(long starts, long sequence, bool isStopped)
    {
        new Mark(_lock.ExchangeId, starts, sequence, isStopped).Write(Directory, _lock);
        _lock.Note(_lock.ExchangeId, starts);
    }

    private void Prepare(OpenOptions options)
    {
        CloseToOthers();
        DataFiles files = DataFiles.Look(Directory, _lock);
        // This is checked before anything is changed, so that it is not taken for a new database.
        bool isThere = files.Findings.Count == 0 && Examine(files);
        bool isAccepted = files.Findings.Count > 0;
        if (isAccepted)
            Accept(files, options);
        foreach (string note in files.Notes)
            Console.Error.WriteLine(note);
        Thoroughness checks = !isThere ? Thoroughness.None
            : options.Checks == Thoroughness.Cheap && files.IsUnclean ? Thoroughness.WithinASecond : options.Checks;
        _first = Connect();
        if (raw.sqlite3_db_readonly(_first.Handle!, "main") == 1)
            throw new StorageException($"{FilePath} can't be written: the file, or the disk it is on, is read-only.");
        Schema.Migrate(_first, Schema.VersionOf(_first, FilePath));
        StoredIdentity identity = StoredIdentity.Read(_first);
        files.Findings.AddRange(Verifier.AtStart(_first, checks));
        if (!isAccepted && files.Findings.Count > 0)
        {
            // Copying a file that SQLite has open would take its locks away.
            _first.Dispose();
            _first = null;
            Accept(files, options);
            _first = Connect();
        }
        _lock.Note(identity.ExchangeId!, identity.Starts);
    }

    /// <summary>Whether there is a database; what does not add up in it is then among the findings.</summary>
    private bool Examine(DataFiles files)
    {
        if (files.HasNoDatabase)
            return false;
        try
        {
            using SqliteConnection connection = DatabaseReading.Connect(FilePath, isAlone: true, files.HasLog);
            bool isThere = Schema.VersionOf(connection, FilePath) is not null;
            if (isThere)
                files.Compare(StoredIdentity.Read(connection));
            else
                files.FindEmptied();
            return isThere;
        }
        catch (SqliteException e) when (IsDamage(e.SqliteErrorCode))
        {
            files.FindUnreadable(e.Message);
            return true;
        }
    }

    private static bool IsDamage(int code) => (code & Checkpointer.PrimaryCode) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>Refuses what does not add up, or puts it aside and goes on with what can be read.</summary>
    private void Accept(DataFiles files, OpenOptions options)
    {
        string findings = string.Join('\n', files.Findings.Take(20).Select(f => "- " + f));
        if (!options.AcceptDamage)
        {
            throw new StorageException(
                $"The exchange is not started, for its data in {Directory} is damaged or incomplete:\n{findings}\n"
                + "Nothing was changed. Put back what is missing, or a copy of the whole directory. Or start once with --accept-damage: it copies the files as they are "
                + "into a folder beside them, and goes on with what can be read.");
        }
        string aside = SetAside.Copy(Directory);
        Console.Error.WriteLine($"Accepted as --accept-damage says:\n{findings}\nThe files as they were are in {aside}. Everybody has to sign in anew.");
        if (files.IsLogDamaged)
            SetAside.ChooseBetter(Directory);
        SetAside.Clear(Directory, hasDatabase: !files.HasNoDatabase);
        _lock.Note("");
    }

    /// <summary>An earlier program, or whoever copied them here, may have left them readable by all.</summary>
    private void CloseToOthers()
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (string name in (ReadOnlySpan<string>)[DataFiles.Database, DataFiles.Log, DataFiles.Shared, Mark.FileName, DirectoryLock.FileName])
        {
            string path = Path.Combine(Directory, name);
            if (!File.Exists(path) || (File.GetUnixFileMode(path) & ~OwnersOnly) == 0)
                continue;
            Console.Error.WriteLine($"{path} could be read by other users of this machine. Now only its owner can read it.");
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) & OwnersOnly);
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
        return command.ExecuteScalar() is T value ? value : throw new StorageException($"The database is damaged: it has no answer to {sql}.");
    }

    /// <summary>Whether SQLite moves the log into the database when this is the last connection to close.</summary>
    public static void MoveLogOnClose(this SqliteConnection connection, bool moves)
    {
        int result = raw.sqlite3_db_config(connection.Handle!, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, moves ? 0 : 1, out _);
        if (result != raw.SQLITE_OK)
            throw new SqliteException(raw.sqlite3_errmsg(connection.Handle!).utf8_to_string(), result);
    }
}
