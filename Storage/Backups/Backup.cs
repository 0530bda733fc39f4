using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Exchange.Storage;

/// <summary>How far a copy has come.</summary>
/// <param name="Pages">Copied.</param>
/// <param name="Total">To copy.</param>
public readonly record struct BackupProgress(long Pages, long Total);

/// <summary>A copy that was made.</summary>
/// <param name="Path">The path of the file.</param>
/// <param name="ExchangeId">Whose it is: 32 hexadecimal digits.</param>
/// <param name="Sequence">The sequence of the last command in it.</param>
/// <param name="TimeUs">When that was; 0: there was none.</param>
/// <param name="Bytes">Its size.</param>
public readonly record struct BackupMade(string Path, string ExchangeId, long Sequence, long TimeUs, long Bytes);

/// <summary>
/// Copies a database of one moment into one file, by SQLite's online backup, while the exchange trades or not. The file is whole in
/// itself: it needs no log, and an exchange starts on it.
/// </summary>
/// <remarks>
/// The moment is a read transaction that stays open until the end: so the copy need not begin again whenever something is written,
/// as it otherwise would. While it is open the log can't start over, and grows.
/// </remarks>
public static class Backup
{
    /// <summary>Ends the name of a file that is not whole yet.</summary>
    internal const string Draft = ".part";

    // 64 pages of 4 KiB every four milliseconds: 64 MB a second at most, in portions that a flush of the log never waits for long.
    private const int PagesAtATime = 64;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(4);

    /// <summary>How many bytes may wait for the disk. The flush of another program would have to wait for all of them.</summary>
    private const int PagesUnflushed = 2_048;

    /// <summary>Copies what <paramref name="from"/> reads, in its moment.</summary>
    /// <param name="path">Takes the place of what is there, once it is whole.</param>
    /// <param name="progress">Called after every portion.</param>
    /// <exception cref="StorageException">It can't be written; nothing is left of it.</exception>
    public static BackupMade Write(DatabaseReading from, string path, Action<BackupProgress>? progress, CancellationToken cancel) =>
        Write(from.Connection, path, progress, cancel);

    /// <summary>The same, for a database that this process has open.</summary>
    public static BackupMade Write(Database database, string path, Action<BackupProgress>? progress, CancellationToken cancel)
    {
        using SqliteConnection connection = database.ConnectReadOnly();
        using SqliteTransaction moment = connection.BeginTransaction(deferred: true);
        return Write(connection, path, progress, cancel);
    }

    /// <param name="from">A connection in a read transaction.</param>
    private static BackupMade Write(SqliteConnection from, string path, Action<BackupProgress>? progress, CancellationToken cancel)
    {
        string draft = path + Draft;
        try
        {
            // Reading begins the transaction, and so the moment.
            StoredIdentity identity = StoredIdentity.Read(from);
            File.Delete(draft);
            // Only its owner can read it, like all files that the exchange makes.
            using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite))
            {
                Copy(from, draft, file, progress, cancel);
                file.Flush(flushToDisk: true);
            }
            File.Move(draft, path, overwrite: true);
            using (Microsoft.Win32.SafeHandles.SafeFileHandle? directory = Posix.OpenDirectory(Path.GetDirectoryName(path)!))
            {
                if (directory is not null)
                    Posix.Flush(directory);
            }
            return new BackupMade(path, identity.ExchangeId!, identity.Sequence, identity.TimeUs, new FileInfo(path).Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            TryDelete(draft);
            throw new StorageException($"The copy {path} can't be written: {e.Message}", e);
        }
        catch
        {
            TryDelete(draft);
            throw;
        }
    }

    private static void Copy(SqliteConnection from, string draft, FileStream file, Action<BackupProgress>? progress, CancellationToken cancel)
    {
        using var to = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = draft, Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ToString());
        to.Open();
        // Nobody reads the file before it is complete, and it is flushed as a whole.
        to.Run("PRAGMA synchronous = OFF");
        to.Run("PRAGMA journal_mode = OFF");
        using (sqlite3_backup backup = raw.sqlite3_backup_init(to.Handle!, "main", from.Handle!, "main"))
        {
            int result;
            long unflushed = 0;
            while ((result = raw.sqlite3_backup_step(backup, PagesAtATime)) == raw.SQLITE_OK)
            {
                long total = raw.sqlite3_backup_pagecount(backup);
                progress?.Invoke(new BackupProgress(total - raw.sqlite3_backup_remaining(backup), total));
                unflushed += PagesAtATime;
                if (unflushed >= PagesUnflushed)
                {
                    file.Flush(flushToDisk: true);
                    unflushed = 0;
                }
                cancel.WaitHandle.WaitOne(s_pause);
                cancel.ThrowIfCancellationRequested();
            }
            if (result != raw.SQLITE_DONE)
                throw new SqliteException(raw.sqlite3_errmsg(to.Handle!).utf8_to_string(), result);
            long all = raw.sqlite3_backup_pagecount(backup);
            progress?.Invoke(new BackupProgress(all, all));
        }
        // The copy says that it has no log, and that it was stopped, because nothing comes after it.
        to.Run("PRAGMA journal_mode = MEMORY");
        to.Run("UPDATE identity SET is_open = 0");
    }

    private static void TryDelete(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The same fault may prevent the deletion. Then the next backup with this name replaces the file.
        }
    }
}
