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
    private static readonly TimeSpan s_presenceInterval = TimeSpan.FromMinutes(1);

    private readonly Database _database;
    private readonly WalWriter _writer;
    private readonly Timer _tickerTimer, _expiryTimer, _presenceTimer;
    private readonly TimeProvider _time;
    private bool _isDisposed;
    private readonly ILogger _logger;
    private readonly Publisher _publisher;
    private readonly RecordReader _history;
    private readonly People _people;

    /// <summary>The tickers' last 24 hours are being read: one reading after the other.</summary>
    private Task _tickersRead = Task.CompletedTask;

    /// <summary>Loads the venue and starts the threads.</summary>
    /// <param name="database">Open.</param>
    /// <param name="settings">The settings for a new data directory.</param>
    /// <param name="failed">Called when the disk or an invariant fails: the process must end.</param>
    /// <param name="time">The exchange's clocks.</param>
    /// <param name="logger">Logs when the wall clock is set.</param>
    /// <exception cref="StorageException">What is on disk can't be true.</exception>
    /// <param name="houseBotsSeed">The seed of the random numbers of house bots.</param>
    public RunningExchange(Database database, Settings settings, Action<Exception> failed, TimeProvider time, ILogger logger, ulong houseBotsSeed)
    {
        _time = time;
        _database = database;
        _logger = logger;
        ProtocolOptions = settings.ProtocolOptions;
        var clock = new ExchangeClock(time);
        Venue venue = Loader.Load(database, clock.Now(), settings.VenueOptions);
        _writer = new WalWriter(database);
        Epoch = (ulong)_writer.CountStart();

        var tickers = new TickerBoard(time);
        foreach (MarketTop top in venue.Tops)
            tickers.Restore(top);
        long startSequence = venue.Sequence;
        Outbox = new Outbox(startSequence);
        Sessions = new Sessions(ProtocolOptions, time);
        _publisher = new Publisher(Outbox, Sessions, tickers, venue.Rooms, venue.Markets);
        Pipeline = new Pipeline(venue, _writer, _publisher.Publish, failed, clock, new HouseBots(venue, houseBotsSeed), ClockSet);
        Sessions.AttendanceChanged = Pipeline.SetAttended;

        History = new HistoryReaders(database);
        _history = new RecordReader(database);
        _people = new People(database);
        WarnOfLaterRecords(_history.LastTimeUs(), venue.TimeUs);
        long firstNewOrder = venue.LastOrderId + 1;
        EndedOrders = new EndedOrders(account => _history.EndedClientOrders(account, firstNewOrder), Pipeline);
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

        // This runs in parallel with the start, which does not wait for it.
        ReadTickers();
        ReadPeople(startSequence);
        _tickerTimer = new Timer(_ => _publisher.PublishDueTickers(NowUs), null, s_tickerInterval, s_tickerInterval);
        _expiryTimer = new Timer(_ => Sessions.CloseExpired(time.GetUtcNow()), null, s_expiryInterval, s_expiryInterval);
        _presenceTimer = new Timer(_ => _ = KeepPresenceAsync(), null, s_presenceInterval, s_presenceInterval);
    }

    public ulong Epoch { get; }

    public Pipeline Pipeline { get; }

    public Outbox Outbox { get; }

    public Sessions Sessions { get; }

    public EndedOrders EndedOrders { get; }

    /// <summary>The database's file.</summary>
    public string DatabasePath => _database.FilePath;

    /// <summary>Reads of the past.</summary>
    public HistoryReaders History { get; }

    public ProtocolOptions ProtocolOptions { get; }

    /// <summary>Completes what was taken in, tells everyone, and closes their connections.</summary>
    /// <param name="within">Listeners that take longer are left.</param>
    public async Task StopAsync(TimeSpan within)
    {
        await KeepPresenceAsync();
        Pipeline.Stop();
        using var patience = new CancellationTokenSource(within);
        await Sessions.CloseAllAsync(patience.Token);
    }

    /// <summary>Whether commands are taken and carried out without delay.</summary>
    public bool IsReady => Pipeline.IsHealthy && !_writer.IsWaiting;

    /// <summary>Pages of the log, when last looked at.</summary>
    public int LogPages => _writer.LogPages;

    /// <summary>How often the log was moved into the database.</summary>
    public long LogMoves => _writer.LogMoves;

    /// <summary>How long ago all of the log was in the database.</summary>
    public TimeSpan CheckpointAge => _writer.CheckpointAge;

    /// <summary>After <see cref="StopAsync"/>: moves the log into the database, and notes that nothing comes after it.</summary>
    /// <exception cref="CouldNotGoOnException">It could not, or something failed before; what was told is in the log.</exception>
    public void Close()
    {
        Dispose();
        if (Pipeline.IsFailed)
            throw new CouldNotGoOnException("The exchange had failed before it was stopped.");
        try
        {
            _database.Close();
        }
        catch (StorageException e)
        {
            throw new CouldNotGoOnException(e.Message, e);
        }
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _tickerTimer.Dispose();
        _expiryTimer.Dispose();
        _presenceTimer.Dispose();
        Pipeline.Stop();
        Sessions.Dispose();
        History.Dispose();
        _writer.Dispose();
    }

    /// <summary>Reads what was traded in the last 24 hours from disk.</summary>
    private void ReadTickers()
    {
        lock (_publisher)
            _tickersRead = ReadAsync(_tickersRead);

        async Task ReadAsync(Task before)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Run(() =>
            {
                try
                {
                    long nowUs = NowUs, upToSequence = _publisher.ForgetTraded();
                    _publisher.RestoreTickers(
                        _history.TradedMinutes(nowUs - 86_400_000_000, nowUs, upToSequence)
                            .Select(m => (m.MarketId, m.MinuteUs, m.FirstPrice, m.LastPrice, m.Quantity)));
                }
                catch (Exception e)
                {
                    // Trading needs none of it, though a database that can't be read wants looking at.
                    _logger.LogError(
                        "The last 24 hours of trading can't be read, so the tickers' changes and volumes are not shown: {Problem} "
                        + "`exchange verify` says more.", e.Message);
                }
            });
        }
    }

    /// <summary>Reads who was here when, and how often each account traded before the start.</summary>
    private void ReadPeople(long upToSequence)
    {
        Sessions.Presence.Restore(_people.LastSeen().Select(s => new LastSeen(s.RoomId, s.UserId, s.SeenUs)));
        _ = Task.Run(() =>
        {
            try
            {
                _publisher.RestoreTradeCounts(_people.TradeCounts(upToSequence));
            }
            catch (Exception e)
            {
                _logger.LogError("Earlier trades can't be counted, so admins only see the trades since the start: {Problem}", e.Message);
            }
        });
    }

    /// <summary>Puts on disk who was here when. If that fails, the writer has failed, which others say.</summary>
    private async Task KeepPresenceAsync()
    {
        LastSeen[] changed = Sessions.Presence.TakeChanged();
        if (changed.Length > 0)
        {
            await Pipeline.WriteAsync(connection => People.WriteLastSeen(connection, changed.Select(s => (s.RoomId, s.UserId, s.TimeUs))))
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The wall clock was set. What was told by it before is read or told anew.</summary>
    private void ClockSet(Moment now, long byUs)
    {
        _logger.LogWarning(
            "The machine's clock was set {Direction} by {Seconds} s, or the machine slept: it was {Was} and is {Is}. Times that users gave "
            + "(expiries) are judged by the clock as it is now; durations (dead man's switches, house bots) go on as they were.",
            byUs < 0 ? "back" : "forward", Seconds(byUs), Iso(now.TimeUs - byUs), Iso(now.TimeUs));
        ReadTickers();
    }

    private void WarnOfLaterRecords(long recordedUs, long nowUs)
    {
        if (recordedUs - nowUs <= 1_000_000)
            return;
        _logger.LogWarning(
            "The last change on record is of {Recorded}, {Seconds} s later than now, {Now}: the machine's clock was ahead then, or is "
            + "behind now. New times follow the clock as it is; what is in order is so by sequence.",
            Iso(recordedUs), Seconds(recordedUs - nowUs), Iso(nowUs));
    }

    private static string Seconds(long us) =>
        (Math.Abs(us) / 1e6).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);

    private static string Iso(long us) => us is > 0 and < 253_402_300_800_000_000
        ? DateTimeOffset.UnixEpoch.AddTicks(us * 10).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture)
        : $"{us} microseconds since 1970";

    private long NowUs => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;
}
