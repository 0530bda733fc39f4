using System.Collections.Concurrent;
using Exchange.History;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Exchange.Storage;

/// <summary>
/// Answers questions about the past on a few connections that can't write: few, so that however much is asked the trading
/// keeps its processor.
/// </summary>
public sealed class HistoryReaders(Database database) : IDisposable
{
    /// <summary>Questions answered at a time.</summary>
    public const int Connections = 2;

    /// <summary>How long a question waits for its turn.</summary>
    private static readonly TimeSpan s_waitAtMost = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long one may take. Most take a millisecond; what is long is the book, or one order's changes, in a market with
    /// tens of millions of them.
    /// </summary>
    private static readonly TimeSpan s_readAtMost = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turns = new(Connections);
    private readonly QuietThreads _threads = new(Connections, "history");

    // Opening one takes longer than most questions.
    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private readonly CandleCache _candles = new();

    /// <summary>Answers a question: what the viewer was told before is in it.</summary>
    public ValueTask<HistoryAnswer> AskAsync(Viewer viewer, HistoryQuery query, CancellationToken cancel) => ReadAsync(
        connection =>
        {
            // All reads see one moment.
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
            return new HistoryReader(connection, _candles, viewer).Answer(query);
        },
        HistoryAnswer.TooBusy, cancel);

    /// <summary>The user that a sign-in's identity is known as, and the room of a slug; 0: there is none. Null: too busy to say.</summary>
    public ValueTask<(long UserId, long RoomId)?> FindAsync(string issuer, string subject, string slug, CancellationToken cancel) => ReadAsync<(long, long)?>(
        connection => (
            FindId(connection, "SELECT id FROM user WHERE issuer = $1 AND subject = $2", issuer, subject),
            FindId(connection, "SELECT id FROM room WHERE slug = $1", slug)),
        _ => null, cancel);

    /// <summary>
    /// Opens one moment for many queries: all answers show it, also if they take long. Null: the readers are busy. While it is
    /// open the log can't start over, so it must be closed within minutes.
    /// </summary>
    public async ValueTask<HistorySnapshot?> OpenSnapshotAsync(CancellationToken cancel)
    {
        // Its own connection: those of the others are needed.
        SqliteConnection connection = database.ConnectReadOnly();
        HistorySnapshot? snapshot = null;
        try
        {
            snapshot = await ReadAsync<HistorySnapshot?>(connection, c => new HistorySnapshot(this, c), _ => null, cancel);
            return snapshot;
        }
        finally
        {
            if (snapshot is null)
                connection.Dispose();
        }
    }

    /// <summary>Answers a question on a connection that is in a transaction.</summary>
    internal ValueTask<HistoryAnswer> AskAsync(SqliteConnection connection, Viewer viewer, HistoryQuery query, CancellationToken cancel) => ReadAsync(
        connection, c => new HistoryReader(c, _candles, viewer).Answer(query), HistoryAnswer.TooBusy, cancel);

    private ValueTask<T> ReadAsync<T>(Func<SqliteConnection, T> read, Func<string, T> busy, CancellationToken cancel) =>
        ReadAsync(null, read, busy, cancel);

    /// <param name="on">Null: one of the idle connections.</param>
    private async ValueTask<T> ReadAsync<T>(SqliteConnection? on, Func<SqliteConnection, T> read, Func<string, T> busy, CancellationToken cancel)
    {
        if (!await _turns.WaitAsync(s_waitAtMost, cancel))
            return busy("Too many ask for the past at once; try again.");
        try
        {
            return await _threads.RunAsync(() => Read(on, read, cancel));
        }
        catch (SqliteException e)
        {
            cancel.ThrowIfCancellationRequested();
            if (e.SqliteErrorCode == raw.SQLITE_INTERRUPT)
                return busy("This took too long to look up; try again, or ask for less.");
            Console.Error.WriteLine($"The past can't be read: {e.Message}");
            return busy("The past can't be read just now; try again.");
        }
        finally
        {
            _turns.Release();
        }
    }

    private T Read<T>(SqliteConnection? on, Func<SqliteConnection, T> read, CancellationToken cancel)
    {
        SqliteConnection connection = on ?? Take();
        try
        {
            using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            inTime.CancelAfter(s_readAtMost);
            using CancellationTokenRegistration _ = inTime.Token.Register(() => raw.sqlite3_interrupt(connection.Handle!));
            return read(connection);
        }
        finally
        {
            if (on is null)
                _idle.Add(connection);
        }
    }

    private static long FindId(SqliteConnection connection, string sql, params string[] values)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        return command.ExecuteScalar() is long id ? id : 0;
    }

    private SqliteConnection Take() => _idle.TryTake(out SqliteConnection? connection) ? connection : database.ConnectReadOnly();

    public void Dispose()
    {
        _threads.Dispose();
        while (_idle.TryTake(out SqliteConnection? connection))
            connection.Dispose();
        _turns.Dispose();
    }
}
