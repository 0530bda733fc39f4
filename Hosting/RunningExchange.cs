using Exchange.Bots;
using Exchange.Markets;
using Exchange.Protocol;
using Exchange.Storage;

namespace Exchange.Hosting;

/// <summary>Storage, market thread, writer, outbox and sessions, put together and running.</summary>
public sealed class RunningExchange : IDisposable
{
    private static readonly TimeSpan s_tickerInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_expiryInterval = TimeSpan.FromSeconds(10);

    private readonly WalWriter _writer;
    private readonly Timer _tickerTimer, _expiryTimer;
    private readonly TimeProvider _time;

    /// <summary>Loads the venue and starts the threads.</summary>
    /// <param name="database">Open.</param>
    /// <param name="settings">For a new data directory.</param>
    /// <param name="failed">Called when the disk or an invariant fails: the process must end.</param>
    /// <param name="time">The exchange's clock.</param>
    /// <exception cref="StorageException">What is on disk can't be true.</exception>
    /// <param name="houseBotsSeed">Where the chance in what house bots do comes from.</param>
    public RunningExchange(Database database, Settings settings, Action<Exception> failed, TimeProvider time, ulong houseBotsSeed)
    {
        _time = time;
        ProtocolOptions = settings.ProtocolOptions;
        Venue venue = Loader.Load(database, settings.VenueOptions);
        _writer = new WalWriter(database);
        Epoch = (ulong)_writer.CountStart();

        var tickers = new TickerBoard();
        foreach (MarketTop top in venue.Tops)
            tickers.Restore(top);
        Outbox = new Outbox(venue.Sequence);
        Sessions = new Sessions(ProtocolOptions, time);
        var publisher = new Publisher(Outbox, Sessions, tickers, venue.Rooms, venue.Markets);
        Pipeline = new Pipeline(venue, _writer, publisher.Publish, failed, time, new HouseBots(venue, houseBotsSeed));
        Sessions.AttendanceChanged = Pipeline.SetAttended;

        History = new HistoryReaders(database);
        var history = new History(database);
        long firstNewOrder = venue.LastOrderId + 1, startSequence = venue.Sequence;
        EndedOrders = new EndedOrders(account => history.EndedClientOrders(account, firstNewOrder), Pipeline);
        bool isNew = !venue.HasMainRoom;
        Pipeline.Start();
        if (isNew)
        {
            Pipeline.TrySubmit(new Command
            {
                Kind = CommandKind.OpenRoom,
                Details = new RoomTerms(Venue.MainRoomSlug, "Main", settings.OpeningBalance, settings.WhoMayCreateMarkets),
            });
        }

        // Connections from before the start are gone, and with them the orders that were to end with them.
        Pipeline.TrySubmit(new Command { Kind = CommandKind.Disconnect });

        // The tickers' last 24 hours are read beside the start, not before it.
        _ = Task.Run(() => publisher.RestoreTickers(
            history.TradedMinutesSince(NowUs - 86_400_000_000, startSequence)
                .Select(m => (m.MarketId, m.MinuteUs, m.FirstPrice, m.LastPrice, m.Quantity))));
        _tickerTimer = new Timer(_ => publisher.PublishDueTickers(NowUs), null, s_tickerInterval, s_tickerInterval);
        _expiryTimer = new Timer(_ => Sessions.CloseExpired(time.GetUtcNow()), null, s_expiryInterval, s_expiryInterval);
    }

    public ulong Epoch { get; }

    public Pipeline Pipeline { get; }

    public Outbox Outbox { get; }

    public Sessions Sessions { get; }

    public EndedOrders EndedOrders { get; }

    /// <summary>Reads of the past.</summary>
    public HistoryReaders History { get; }

    public ProtocolOptions ProtocolOptions { get; }

    /// <summary>Completes what was taken in, tells everyone, and closes their connections.</summary>
    /// <param name="within">Listeners that take longer are left.</param>
    public async Task StopAsync(TimeSpan within)
    {
        Pipeline.Stop();
        using var patience = new CancellationTokenSource(within);
        await Sessions.CloseAllAsync(patience.Token);
    }

    public void Dispose()
    {
        _tickerTimer.Dispose();
        _expiryTimer.Dispose();
        Pipeline.Stop();
        Sessions.Dispose();
        // Before the writer: the last to close has SQLite move the log into the database, which readers can't.
        History.Dispose();
        _writer.Dispose();
    }

    private long NowUs => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;
}
