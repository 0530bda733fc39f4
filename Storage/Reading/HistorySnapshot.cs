using Exchange.History;
using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

/// <summary>The state on disk at one moment. It can be queried until it is closed.</summary>
public sealed class HistorySnapshot : IDisposable
{
    private readonly HistoryReaders _readers;
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;

    /// <summary>Begins the transaction, on a connection that is its own from here on.</summary>
    internal HistorySnapshot(HistoryReaders readers, SqliteConnection connection)
    {
        (_readers, _connection) = (readers, connection);
        _transaction = connection.BeginTransaction(deferred: true);
        // The first thing that is read fixes the moment.
        Sequence = connection.Get<long>("SELECT sequence FROM state");
        TimeUs = connection.Get<long>("SELECT time_us FROM state");
    }

    /// <summary>The exchange's sequence at that moment.</summary>
    public long Sequence { get; }

    /// <summary>When that sequence came, in microseconds since 1970.</summary>
    public long TimeUs { get; }

    /// <summary>Answers a question as <see cref="HistoryReaders.AskAsync(Viewer, HistoryQuery, CancellationToken)"/> does. One at a time.</summary>
    public ValueTask<HistoryAnswer> AskAsync(Viewer viewer, HistoryQuery query, CancellationToken cancel) =>
        _readers.AskAsync(_connection, viewer, query, cancel);

    public void Dispose()
    {
        _transaction.Dispose();
        _connection.Dispose();
    }
}
