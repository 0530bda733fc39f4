using System.Collections.Concurrent;
using Exchange.Markets;
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

    // Opening one takes longer than most questions.
    private readonly ConcurrentBag<SqliteConnection> _idle = [];

    /// <summary>Answers a question; from then on what the viewer has been told is in it.</summary>
    public async ValueTask<HistoryAnswer> AskAsync(Viewer viewer, HistoryQuery query, CancellationToken cancel)
    {
        if (!await _turns.WaitAsync(s_waitAtMost, cancel))
            return HistoryAnswer.TooBusy("Too many ask for the past at once; try again.");
        try
        {
            return await Task.Run(() => Answer(viewer, query, cancel), cancel);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>The user that a sign-in's identity is known as; 0: none.</summary>
    public long FindUser(string issuer, string subject) =>
        FindId("SELECT id FROM user WHERE issuer = $1 AND subject = $2", issuer, subject);

    /// <summary>The room of a slug; 0: none.</summary>
    public long FindRoom(string slug) => FindId("SELECT id FROM room WHERE slug = $1", slug);

    private HistoryAnswer Answer(Viewer viewer, HistoryQuery query, CancellationToken cancel)
    {
        SqliteConnection connection = Take();
        try
        {
            using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            inTime.CancelAfter(s_readAtMost);
            using CancellationTokenRegistration _ = inTime.Token.Register(() => raw.sqlite3_interrupt(connection.Handle!));
            // One moment for all that is read.
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
            return new HistoryReader(connection, viewer).Answer(query);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            cancel.ThrowIfCancellationRequested();
            return HistoryAnswer.TooBusy("This took too long to look up; try again, or ask for less.");
        }
        catch (SqliteException e)
        {
            Console.Error.WriteLine($"The past can't be read: {e.Message}");
            return HistoryAnswer.TooBusy("The past can't be read just now; try again.");
        }
        finally
        {
            _idle.Add(connection);
        }
    }

    private long FindId(string sql, params string[] values)
    {
        SqliteConnection connection = Take();
        try
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            for (int i = 0; i < values.Length; i++)
                command.Parameters.AddWithValue($"${i + 1}", values[i]);
            return command.ExecuteScalar() is long id ? id : 0;
        }
        finally
        {
            _idle.Add(connection);
        }
    }

    private SqliteConnection Take() => _idle.TryTake(out SqliteConnection? connection) ? connection : database.ConnectReadOnly();

    public void Dispose()
    {
        while (_idle.TryTake(out SqliteConnection? connection))
            connection.Dispose();
        _turns.Dispose();
    }
}
