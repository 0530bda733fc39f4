using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Exchange.Storage;

/// <summary>
/// Moves the log into the database once a second on a thread and connection of its own, beside the writer, so that no
/// order waits for it.
/// </summary>
internal sealed class Checkpointer : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly SqliteConnection _connection;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private volatile int _logPages;

    /// <summary>How many pages the log had when last looked at; it starts over once all of it has been moved.</summary>
    public int LogPages => _logPages;

    public Checkpointer(Database database)
    {
        _connection = database.Connect();
        _connection.Run("PRAGMA wal_autocheckpoint = 0");
        _thread = new Thread(Run) { IsBackground = true, Name = "checkpointer" };
        _thread.Start();
    }

    private void Run()
    {
        while (!_stop.Wait(s_interval))
        {
            // Passive: never waits for the writer or a reader, nor they for it. What it can't move it leaves for the next
            // time; an error here loses nothing, and the writer meets it too.
            _ = raw.sqlite3_wal_checkpoint_v2(_connection.Handle!, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out int pages, out _);
            _logPages = pages;
        }
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _connection.Dispose();
        _stop.Dispose();
    }
}
