using Exchange.Markets;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Exchange.Storage;

/// <summary>
/// The one connection that writes. Turns a batch's events into rows in one transaction and commits it, so that the cost of
/// a flush is shared by all that arrived while the last one ran.
/// </summary>
/// <remarks>
/// Used by one thread. An exception from <see cref="Write(CommitBatch)"/> means that memory is ahead of the disk: nothing of the batch
/// may be told, and the process must end.
/// </remarks>
public sealed partial class WalWriter : IDisposable
{
    /// <summary>
    /// When the log is longer than this (64 MiB in pages of 4 KiB) the writer itself moves its rest into the database, so
    /// that the log starts over; until then the <see cref="Checkpointer"/> does so beside it.
    /// </summary>
    private const int LongLogPages = 16_384;

    private readonly Database _database;
    private readonly SqliteConnection _connection;
    private readonly Statement _begin, _commit, _rollback, _state;
    private readonly Checkpointer _checkpointer;
    private int _longLogPages = LongLogPages;
    private Task? _marking;
    private volatile bool _isWaiting;

    /// <summary>Opens the connection and prepares every statement.</summary>
    public WalWriter(Database database)
    {
        _database = database;
        _connection = database.Connect();
        // Checkpoints would stop the writer for milliseconds at a time; the Checkpointer makes them.
        _connection.Run("PRAGMA wal_autocheckpoint = 0");
        _checkpointer = new Checkpointer(database);
        _begin = new Statement(_connection, "BEGIN IMMEDIATE");
        _commit = new Statement(_connection, "COMMIT");
        _rollback = new Statement(_connection, "ROLLBACK");
        _state = new Statement(_connection, "UPDATE state SET sequence = ?, time_us = ?");
        PrepareOrders();
        PrepareRecords();
    }

    /// <summary>How long another program may hold the database's write lock.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Transactions committed.</summary>
    public long Commits { get; private set; }

    /// <summary>Rows inserted or updated.</summary>
    public long Rows { get; private set; }

    /// <summary>Writes a batch and returns when it is on disk. A batch that changed nothing costs nothing.</summary>
    /// <param name="batch">Sealed.</param>
    /// <exception cref="SqliteException">It is not on disk: the disk is full, broken, or gone.</exception>
    public void Write(CommitBatch batch)
    {
        if (!batch.Changed)
            return;
        KeepLogShort();

        Begin();
        try
        {
            foreach (ref readonly AppliedCommand command in batch.Commands)
            {
                if (command.Changed)
                    WriteCommand(batch, in command);
            }
            _state.With(batch.LastSequence).With(batch.LastTimeUs).Run();
            _commit.Run();
        }
        catch
        {
            TryRollBack();
            throw;
        }
        Commits++;
        _checkpointer.Came(batch.LastSequence);
    }

    /// <summary>Makes a write of another kind, in a transaction of its own.</summary>
    /// <exception cref="SqliteException">As for <see cref="Write(CommitBatch)"/>.</exception>
    public void Write(Action<SqliteConnection> write)
    {
        Begin();
        try
        {
            write(_connection);
            _commit.Run();
        }
        catch
        {
            TryRollBack();
            throw;
        }
        Commits++;
    }

    /// <summary>Counts that the exchange was started, and gives the count: different for each start on this database.</summary>
    /// <exception cref="SqliteException">As for <see cref="Write(CommitBatch)"/>.</exception>
    public long CountStart()
    {
        // The sequence in the mark must be on disk, also if commits are not flushed.
        _connection.Run("PRAGMA synchronous = FULL");
        Write(connection => connection.Run("UPDATE state SET starts = starts + 1; UPDATE identity SET is_open = 1"));
        if (_database.Synchronous != Synchronous.Full)
            _connection.Run("PRAGMA synchronous = NORMAL");
        StoredIdentity identity = StoredIdentity.Read(_connection);
        // This runs in parallel with the start. The first write waits for it.
        _marking = Task.Run(() => _database.WriteMark(identity.Starts, identity.Sequence, isStopped: false));
        _checkpointer.KeepMark(identity.Starts, identity.Sequence);
        return identity.Starts;
    }

    /// <summary>Whom to tell, once, that the log can't be moved into the database any more: the process must end.</summary>
    public void TellFailure(Action<Exception> failed) => _checkpointer.TellFailure(failed);

    /// <summary>Whether another program has kept the writer waiting for long.</summary>
    public bool IsWaiting => _isWaiting;

    /// <summary>Pages of the log, when last looked at.</summary>
    public int LogPages => _checkpointer.LogPages;

    /// <summary>How often the log was moved into the database.</summary>
    public long LogMoves => _checkpointer.Moves;

    /// <summary>How long ago all of the log was in the database.</summary>
    public TimeSpan CheckpointAge => _checkpointer.Age;

    /// <summary>Begins a transaction, when the mark is on disk and no other program is writing.</summary>
    private void Begin()
    {
        if (_marking is not null)
        {
            _marking.GetAwaiter().GetResult();
            _marking = null;
        }
        if (_checkpointer.Failure is { } failure)
            throw failure;
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                _begin.Run();
                break;
            }
            catch (SqliteException e) when ((e.SqliteErrorCode & Checkpointer.PrimaryCode) == raw.SQLITE_BUSY)
            {
                WaitFor(TimeProvider.System.GetElapsedTime(began), e);
            }
        }
        _isWaiting = false;
    }

    /// <summary>SQLite has waited for five seconds: who keeps the database? Is it long enough?</summary>
    private void WaitFor(TimeSpan waited, SqliteException busy)
    {
        string who = LogLock.Holder(_database.FilePath);
        if (waited >= Patience)
            throw new StorageException($"{who} has held the database's write lock for {waited.TotalSeconds:0} s. End that program, or let it commit.", busy);
        if (!_isWaiting)
            Console.Error.WriteLine($"{who} holds the write lock of {_database.FilePath}: orders wait, until {Patience.TotalSeconds:0} s have gone; then the exchange ends.");
        _isWaiting = true;
    }

    private void KeepLogShort()
    {
        int logPages = _checkpointer.LogPages;
        if (logPages > _longLogPages)
        {
            // What is left is little, for the checkpointer has moved the most of it. A reader of old pages may prevent the
            // log's starting over: then try again when it has grown by as much again.
            if (_checkpointer.Failure is null)
                Checkpointer.Checkpoint(_connection, raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
            _longLogPages = logPages + LongLogPages;
        }
        else if (logPages < LongLogPages)
        {
            _longLogPages = LongLogPages;
        }
    }

    private void WriteCommand(CommitBatch batch, in AppliedCommand command)
    {
        foreach (EventRef e in batch.Events.Slice(command.FirstEvent, command.EventCount))
        {
            switch (e.Kind)
            {
                case EventKind.OrderChanged:
                    WriteOrder(in batch.OrderChanges[e.Index], in command);
                    break;
                case EventKind.Traded:
                    WriteTrade(in batch.Trades[e.Index], in command);
                    break;
                case EventKind.PortfolioChanged:
                    WritePortfolio(in batch.PortfolioChanges[e.Index]);
                    break;
                case EventKind.Record:
                    WriteRecord(batch.Records[e.Index], in command);
                    break;
            }
        }
    }

    private void TryRollBack()
    {
        try
        {
            _rollback.Run();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself; the error that led here is the one to report.
        }
    }

    /// <summary>Closes the connections. The log stays until <see cref="Database.Close"/>.</summary>
    public void Dispose()
    {
        foreach (Statement statement in (Statement[])[_begin, _commit, _rollback, _state, .. OrderStatements, .. _recordStatements])
            statement.Dispose();
        _checkpointer.Dispose();
        _connection.Dispose();
        _marking?.GetAwaiter().GetResult();
    }
}
