using Exchange.Markets;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Exchange.Storage;

/// <summary>
/// The one connection that writes. Turns a batch's events into rows in one transaction and commits it, so that the cost of
/// a flush is shared by all that arrived while the last one ran.
/// </summary>
/// <remarks>
/// Used by one thread. An exception from <see cref="Write(Batch)"/> means that memory is ahead of the disk: nothing of the batch
/// may be told, and the process must end.
/// </remarks>
public sealed partial class WalWriter : IDisposable
{
    /// <summary>
    /// When the log is longer than this (64 MiB in pages of 4 KiB) the writer itself moves its rest into the database, so
    /// that the log starts over; until then the <see cref="Checkpointer"/> does so beside it.
    /// </summary>
    private const int LongLogPages = 16_384;

    private readonly SqliteConnection _connection;
    private readonly Statement _begin, _commit, _rollback, _state;
    private readonly Checkpointer _checkpointer;
    private int _longLogPages = LongLogPages;

    /// <summary>Opens the connection and prepares every statement.</summary>
    public WalWriter(Database database)
    {
        _connection = database.Connect();
        // Checkpoints would stop the writer for milliseconds at a time; the Checkpointer makes them.
        _connection.Run("PRAGMA wal_autocheckpoint = 0");
        _checkpointer = new Checkpointer(database);
        _begin = new Statement(_connection, "BEGIN IMMEDIATE");
        _commit = new Statement(_connection, "COMMIT");
        _rollback = new Statement(_connection, "ROLLBACK");
        _state = new Statement(_connection, "UPDATE state SET sequence = ?, time_us = ?");
        PrepareOrders();
        PrepareOthers();
    }

    /// <summary>Transactions committed.</summary>
    public long Commits { get; private set; }

    /// <summary>Rows inserted or updated.</summary>
    public long Rows { get; private set; }

    /// <summary>Writes a batch and returns when it is on disk. A batch that changed nothing costs nothing.</summary>
    /// <param name="batch">Sealed.</param>
    /// <exception cref="SqliteException">It is not on disk: the disk is full, broken, or gone.</exception>
    public void Write(Batch batch)
    {
        if (!batch.Changed)
            return;
        KeepLogShort();

        _begin.Run();
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
    }

    /// <summary>Makes a write of another kind, in a transaction of its own.</summary>
    /// <exception cref="SqliteException">As for <see cref="Write(Batch)"/>.</exception>
    public void Write(Action<SqliteConnection> write)
    {
        _begin.Run();
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
    public long CountStart()
    {
        Write(connection => connection.Run("UPDATE state SET starts = starts + 1"));
        return _connection.Get<long>("SELECT starts FROM state");
    }

    private void KeepLogShort()
    {
        int logPages = _checkpointer.LogPages;
        if (logPages > _longLogPages)
        {
            // What is left is little, for the checkpointer has moved the most of it. A reader of old pages may prevent the
            // log's starting over: then try again when it has grown by as much again.
            _ = raw.sqlite3_wal_checkpoint_v2(_connection.Handle!, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
            _longLogPages = logPages + LongLogPages;
        }
        else if (logPages < LongLogPages)
        {
            _longLogPages = LongLogPages;
        }
    }

    private void WriteCommand(Batch batch, in AppliedCommand command)
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
                case EventKind.Other:
                    WriteOther(batch.Others[e.Index], in command);
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

    /// <summary>Closes the connection. SQLite then moves the log into the database.</summary>
    public void Dispose()
    {
        foreach (Statement statement in (Statement[])[_begin, _commit, _rollback, _state, .. OrderStatements, .. _otherStatements])
            statement.Dispose();
        _checkpointer.Dispose();
        _connection.Dispose();
    }
}
