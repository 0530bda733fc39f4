using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Exchange.Storage;

/// <summary>
/// Moves the log into the database once a second on a thread and connection of its own, beside the writer, so that no
/// order waits for it; and notes in the mark, now and then, how far the exchange has come.
/// </summary>
/// <remarks>
/// If a write or a flush of the database fails, a later one that succeeds proves nothing: the system may have dropped what it could not
/// write. Then no more is moved, the log keeps everything, and the process must end.
/// </remarks>
internal sealed class Checkpointer : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <summary>While orders keep coming. When they pause, it is written at once: then it says exactly how far the exchange came.</summary>
    private static readonly TimeSpan s_markInterval = TimeSpan.FromSeconds(10);

    /// <summary>Of SQLite's extended codes, the part that says the kind.</summary>
    public const int PrimaryCode = 0xff;

    private readonly Database _database;
    private readonly SqliteConnection _connection;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private volatile int _logPages;
    private volatile Exception? _failure;
    private Action<Exception>? _failed;
    private bool _markFailed;
    private long _allMovedAt = TimeProvider.System.GetTimestamp();
    private long _moves, _starts, _sequence, _markedSequence, _markedAt;

    public Checkpointer(Database database)
    {
        _database = database;
        _connection = database.Connect();
        _connection.Run("PRAGMA wal_autocheckpoint = 0");
        _thread = new Thread(Run) { IsBackground = true, Name = "checkpointer" };
        _thread.Start();
    }

    /// <summary>How many pages the log had when last looked at; it starts over once all of it has been moved.</summary>
    public int LogPages => _logPages;

    /// <summary>How often it was moved.</summary>
    public long Moves => Volatile.Read(ref _moves);

    /// <summary>How long ago all of the log was in the database: what a start after a crash must read again.</summary>
    public TimeSpan Age => TimeProvider.System.GetElapsedTime(Volatile.Read(ref _allMovedAt));

    /// <summary>Why it can't be moved any more.</summary>
    public Exception? Failure => _failure;

    /// <summary>Whom to tell, once, that it can't be moved any more.</summary>
    public void TellFailure(Action<Exception> failed)
    {
        Interlocked.Exchange(ref _failed, failed);
        if (_failure is { } failure && Interlocked.Exchange(ref _failed, null) is { } told)
            told(failure);
    }

    /// <summary>Starts to update the mark after writes.</summary>
    public void KeepMark(long starts, long sequence)
    {
        (_markedSequence, _markedAt) = (sequence, TimeProvider.System.GetTimestamp());
        Volatile.Write(ref _sequence, sequence);
        Volatile.Write(ref _starts, starts);
    }

    /// <summary>Says how far the writer has come.</summary>
    public void Came(long sequence) => Volatile.Write(ref _sequence, sequence);

    /// <summary>Moves what it can of the log into the database. False: somebody else is at it, or keeps a part from being moved.</summary>
    /// <exception cref="SqliteException">The disk failed.</exception>
    public static bool Checkpoint(SqliteConnection connection, int mode, out int logPages, out int moved)
    {
        int result = raw.sqlite3_wal_checkpoint_v2(connection.Handle!, "main", mode, out logPages, out moved);
        if ((result & PrimaryCode) is not (raw.SQLITE_OK or raw.SQLITE_BUSY))
        {
            throw new SqliteException(
                $"the log could not be moved into it ({raw.sqlite3_errmsg(connection.Handle!).utf8_to_string()})",
                result, raw.sqlite3_extended_errcode(connection.Handle!));
        }
        return result == raw.SQLITE_OK && moved == logPages;
    }

    private void Run()
    {
        try
        {
            long before = 0;
            var files = new OpenFiles(_database.FilePath);
            while (!_stop.Wait(s_interval))
            {
                long sequence = Volatile.Read(ref _sequence), at = TimeProvider.System.GetTimestamp();
                files.Check();
                // Passive: never waits for the writer or a reader, nor they for it. What it can't move it leaves for the next time.
                bool isAll = Checkpoint(_connection, raw.SQLITE_CHECKPOINT_PASSIVE, out int pages, out int moved);
                _logPages = pages;
                Volatile.Write(ref _moves, _moves + 1);
                if (isAll)
                    Volatile.Write(ref _allMovedAt, at);
                // Unless each commit was flushed, only what was moved is known to be on disk.
                if (isAll || _database.Synchronous == Synchronous.Full)
                    Mark(sequence, isPausing: sequence == before);
                before = sequence;
            }
        }
        catch (Exception e)
        {
            _failure = e as StorageException
                ?? new StorageException($"{_database.FilePath}: {e.Message}. Everything is in {_database.FilePath}-wal. Keep the two files together.", e);
            Interlocked.Exchange(ref _failed, null)?.Invoke(_failure);
        }
    }

    private void Mark(long sequence, bool isPausing)
    {
        long starts = Volatile.Read(ref _starts);
        if (starts == 0 || sequence == _markedSequence)
            return;
        if ((!isPausing || _markFailed) && TimeProvider.System.GetElapsedTime(_markedAt) < s_markInterval)
            return;
        try
        {
            _database.WriteMark(starts, sequence, isStopped: false);
            (_markedSequence, _markFailed) = (sequence, false);
        }
        catch (StorageException e)
        {
            // The old mark is still true, but it names an earlier sequence.
            _markFailed = true;
            Console.Error.WriteLine(e.Message);
        }
        _markedAt = TimeProvider.System.GetTimestamp();
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _connection.Dispose();
        _stop.Dispose();
    }
}
