using Exchange.History;
using Exchange.Markets;
using Exchange.Storage;
using Microsoft.Data.Sqlite;

namespace Exchange.Tests.Storage;

/// <summary>A venue that is kept on disk, a note of all that happened in it, and someone who asks the disk for it.</summary>
internal sealed class Ledger : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("exchange-history-").FullName;
    private readonly Database _database;
    private readonly WalWriter _writer;
    private readonly HistoryReaders _readers;
    private readonly CommitBatch _batch = new();
    private long _batchNumber;

    public Ledger()
    {
        _database = Database.Open(_directory, Synchronous.Normal);
        _writer = new WalWriter(_database);
        _readers = new HistoryReaders(_database);
        Venue = Loader.Load(_database, default);
        Begin();
    }

    public Venue Venue { get; }

    public Database Database => _database;

    /// <summary>When the last change came that is on disk.</summary>
    public long LastTimeUs { get; private set; }

    public List<PastTrade> Trades { get; } = [];
    public List<TransferInfo> Transfers { get; } = [];
    public List<VenueEvent> Records { get; } = [];

    /// <summary>Every order, as the commands left it one after the other.</summary>
    public Dictionary<long, List<(long Sequence, OrderState State)>> Orders { get; } = [];

    /// <summary>Applies a command and notes what it caused. On disk only after <see cref="Write"/>.</summary>
    public Refusal Apply(Command command, long nowUs) => Apply(command, Moment.At(nowUs));

    public Refusal Apply(Command command, Moment now)
    {
        int firstCommand = _batch.Commands.Length, firstRefusal = _batch.Refusals.Length;
        Venue.Apply(in command, now, _batch);
        foreach (ref readonly AppliedCommand applied in _batch.Commands[firstCommand..])
            Note(in applied);
        return _batch.Refusals.Length > firstRefusal ? _batch.Refusals[^1] : Refusal.None;
    }

    private void Note(in AppliedCommand applied)
    {
        foreach (EventRef told in _batch.Events.Slice(applied.FirstEvent, applied.EventCount))
        {
            switch (told.Kind)
            {
                case EventKind.OrderChanged:
                    OrderState state = _batch.OrderChanges[told.Index].State;
                    if (!Orders.TryGetValue(state.OrderId, out var changes))
                        Orders[state.OrderId] = changes = [];
                    changes.Add((applied.Sequence, state));
                    break;
                case EventKind.Traded:
                    Trades.Add(new PastTrade(_batch.Trades[told.Index], applied.Sequence));
                    break;
                case EventKind.Record when _batch.Records[told.Index] is TransferMade made:
                    Transfers.Add(made.Transfer);
                    break;
                case EventKind.Record:
                    Records.Add(_batch.Records[told.Index]);
                    break;
            }
        }
    }

    /// <summary>Notes how far a user of room 1 has read, and gives how far that is.</summary>
    public long MarkRead(long userId, long sequence)
    {
        long read = 0;
        _writer.Write(connection => read = People.MarkRead(connection, userId, 1, sequence));
        return read;
    }

    public void Write()
    {
        Venue.Seal(_batch);
        _writer.Write(_batch);
        if (_batch.Changed)
            LastTimeUs = _batch.LastTimeUs;
        Begin();
    }

    private void Begin() => _batch.Begin(++_batchNumber);

    /// <summary>Changes what is on disk behind the venue's back.</summary>
    public void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_database.FilePath};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>All that is on disk now, to be asked about later.</summary>
    public async Task<HistorySnapshot?> OpenSnapshotAsync() => await _readers.OpenSnapshotAsync(CancellationToken.None);

    public async Task<HistoryAnswer> AskAsync(Viewer viewer, HistoryQuery query) =>
        await _readers.AskAsync(viewer, query, CancellationToken.None);

    public async Task<T> AskAsync<T>(Viewer viewer, HistoryQuery query)
    {
        HistoryAnswer answer = await AskAsync(viewer, query);
        Assert.True(answer.Value is not null, $"{query}: {answer.Refusal.Sentence} {answer.Busy}");
        return Assert.IsType<T>(answer.Value);
    }

    /// <summary>A list from beginning to end, page by page.</summary>
    public async Task<List<T>> AllAsync<T>(Viewer viewer, Func<PageWanted, HistoryQuery> query, int limit, bool newestFirst = false)
    {
        var all = new List<T>();
        long after = 0;
        do
        {
            Page<T> page = await AskAsync<Page<T>>(viewer, query(new PageWanted(after, limit, newestFirst)));
            Assert.InRange(page.Items.Length, 0, limit);
            all.AddRange(page.Items);
            after = page.NextAfter;
        }
        while (after != 0);
        return all;
    }

    public void Dispose()
    {
        _readers.Dispose();
        _writer.Dispose();
        _database.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
