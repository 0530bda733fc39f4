using Exchange.Bots;
using Exchange.Markets;
using Exchange.Protocol;
using Exchange.Storage;
using Microsoft.Data.Sqlite;

namespace Exchange.Hosting;

/// <summary>
/// The path of an order: a bounded inbox, the market thread that applies commands to the venue, and the writer thread that
/// puts each batch on disk before it is told. A batch is whatever arrived while the last one was being written, so
/// that the cost of a flush is shared and throughput rises with load.
/// </summary>
/// <remarks>
/// There are two batches: the market thread fills one while the other is written, and they change places when the writer is
/// idle. All hand-overs happen under one lock, held for moments.
/// </remarks>
public sealed class Pipeline : ICommandInbox
{
    /// <summary>Commands waiting for the market thread; more are refused as OVERLOADED. At 5,000 a second, over a second's worth.</summary>
    private const int InboxCapacity = 8192;

    /// <summary>Commands in a batch: bounds a transaction to some milliseconds, and the memory of a batch.</summary>
    private const int MaxBatch = 4096;

    /// <summary>Commands taken from the inbox under one lock.</summary>
    private const int TakeAtOnce = 256;

    /// <summary>How long the market thread sleeps at most while an order waits for its time by the wall clock: 1 s.</summary>
    private const long LookAtWallClockUs = 1_000_000;

    /// <summary>The wait when nothing is due: longer than any other.</summary>
    private const long Never = long.MaxValue / 2;

    private readonly Venue _venue;
    private readonly WalWriter _writer;
    private readonly Action<CommitBatch> _publish;
    private readonly Action<Exception> _failed;
    private readonly TimeProvider _time;
    private readonly ExchangeClock _clock;
    private readonly Action<Moment, long>? _clockSet;
    private readonly HouseBots? _houseBots;
    private readonly Thread _marketThread, _writerThread;

    private readonly object _gate = new();
    private readonly Inbox _inbox = new(InboxCapacity);
    private readonly Queue<OtherWrite> _otherWrites = new();
    private CommitBatch? _handedOver;
    private Arrivals? _handedOverArrivals;
    private long[]? _attendedRooms;
    private bool _writerIdle, _stopping, _marketDone, _isFailed;

    // Written by the writer thread under the gate; the last one by whoever submits.
    private long _commands, _commits, _overloaded;
    private TimeSpan _commitTime, _longestCommit;

    private sealed record OtherWrite(Action<SqliteConnection> Write, TaskCompletionSource Done);

    /// <param name="venue">Loaded.</param>
    /// <param name="writer">The writer of the same database.</param>
    /// <param name="publish">Tells what is on disk. Called on the writer thread.</param>
    /// <param name="failed">Called once if the disk or an invariant fails. Nothing is sent after that, and the process must end.</param>
    /// <param name="clock">The exchange's. From here on the market thread's alone.</param>
    /// <param name="houseBots">The house bots of the venue. They act on the market thread.</param>
    /// <param name="clockSet">Called on the market thread when the wall clock was set, with its new time and the change in microseconds.</param>
    public Pipeline(
        Venue venue, WalWriter writer, Action<CommitBatch> publish, Action<Exception> failed, ExchangeClock clock, HouseBots? houseBots = null,
        Action<Moment, long>? clockSet = null)
    {
        _houseBots = houseBots;
        _venue = venue;
        _writer = writer;
        _publish = publish;
        _failed = failed;
        _clock = clock;
        _clockSet = clockSet;
        _time = clock.Time;
        RecentCommits = new RecentCommits(_time);
        _marketThread = new Thread(() => Guard(RunMarket)) { Name = "market", IsBackground = true };
        _writerThread = new Thread(() => Guard(RunWriter)) { Name = "writer", IsBackground = true };
    }

    /// <summary>False once the disk or an invariant has failed, or the exchange is stopping.</summary>
    public bool IsHealthy
    {
        get
        {
            lock (_gate)
                return !_isFailed && !_stopping;
        }
    }

    /// <inheritdoc/>
    public bool IsStopping => !IsHealthy;

    /// <summary>The counts so far.</summary>
    public PipelineCounts Counts
    {
        get
        {
            lock (_gate)
                return new PipelineCounts(_commands, _commits, _commitTime, _longestCommit, _inbox.Count, _overloaded);
        }
    }

    /// <summary>How long commands and commits take, and how large batches are.</summary>
    internal PipelineTimes Times { get; } = new();

    /// <summary>The commits of the last seconds.</summary>
    internal RecentCommits RecentCommits { get; }

    /// <summary>Whether the disk or an invariant has failed.</summary>
    public bool IsFailed
    {
        get
        {
            lock (_gate)
                return _isFailed;
        }
    }

    public void Start()
    {
        // A failure outside of the writer ends the pipeline too.
        _writer.TellFailure(Fail);
        _writerThread.Start();
        _marketThread.Start();
    }

    /// <inheritdoc/>
    public bool TrySubmit(in Command command)
    {
        lock (_gate)
        {
            if (_inbox.IsFull || _stopping || _isFailed)
            {
                _overloaded += _stopping || _isFailed ? 0 : 1;
                return false;
            }
            _inbox.Add(in command, _time.GetTimestamp());
            if (_inbox.Count == 1)
                Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>Says which rooms somebody is connected to: house bots trade in those only.</summary>
    public void SetAttended(long[] roomIds)
    {
        lock (_gate)
        {
            _attendedRooms = roomIds;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Makes a write that is none of the market's. The task ends when it is on disk.</summary>
    public Task WriteAsync(Action<SqliteConnection> write)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_stopping || _isFailed)
                return Task.FromException(new InvalidOperationException("The exchange is stopping."));
            _otherWrites.Enqueue(new OtherWrite(write, done));
            Monitor.PulseAll(_gate);
        }
        return done.Task;
    }

    /// <summary>Refuses new commands, completes those it has, and returns when all is on disk and told.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }
        if (_marketThread.IsAlive)
            _marketThread.Join();
        if (_writerThread.IsAlive)
            _writerThread.Join();
    }

    private void RunMarket()
    {
        var taken = new Command[TakeAtOnce];
        var arrivedAt = new long[TakeAtOnce];
        Arrivals arrivals = new(MaxBatch + TakeAtOnce), spareArrivals = new(MaxBatch + TakeAtOnce);
        CommitBatch batch = new(), spare = new();
        long number = 0;
        batch.Begin(++number);
        while (true)
        {
            int count;
            lock (_gate)
            {
                bool CanTake() => _inbox.Count > 0 && batch.Commands.Length < MaxBatch;
                bool CanHandOver() => _writerIdle && _handedOver is null && batch.Commands.Length > 0;
                while (!CanTake() && !CanHandOver() && !IsDue() && !(_stopping && batch.Commands.Length == 0) && !_isFailed)
                    WaitUntilDue();
                if (_isFailed)
                    return;
                count = CanTake() ? _inbox.Take(taken, arrivedAt) : 0;
                TakeAttendance();
                if (count == 0 && !CanHandOver() && _stopping)
                {
                    _marketDone = true;
                    Monitor.PulseAll(_gate);
                    return;
                }
            }

            // Timed work comes before the commands that have just arrived, so that an expired order can't trade.
            Moment now = _clock.Now();
            ApplyDue(now, batch);
            for (int i = 0; i < count; i++)
            {
                arrivals.Set(batch.Commands.Length, arrivedAt[i]);
                _venue.Apply(in taken[i], now, batch);
            }

            lock (_gate)
            {
                // The batch is handed over only when the writer is idle. Until then it takes the commands that arrive.
                if (!_writerIdle || _handedOver is not null || batch.Commands.Length == 0)
                    continue;
                _venue.Seal(batch);
                _handedOver = batch;
                _handedOverArrivals = arrivals;
                Monitor.PulseAll(_gate);
            }
            (batch, spare) = (spare, batch);
            (arrivals, spareArrivals) = (spareArrivals, arrivals);
            arrivals.Clear();
            batch.Begin(++number);
        }
    }

    private bool IsDue()
    {
        if (_stopping)
            return false;
        Moment now = _clock.Now();
        return _attendedRooms is not null || _clock.HasJumped || UntilDueUs(now) <= 0;
    }

    /// <summary>How long until something is due, microseconds; more than <see cref="Never"/>: nothing is.</summary>
    private long UntilDueUs(Moment now) => Math.Min(
        Math.Min(_venue.UntilTickUs(now), _venue.UntilSampleUs(now)),
        _houseBots?.UntilDueUs(now) ?? long.MaxValue);

    private void TakeAttendance()
    {
        if (_attendedRooms is { } rooms)
            _houseBots?.SetAttended(rooms);
        _attendedRooms = null;
    }

    /// <summary>Waits for something to do: for what comes, or until what is due by then.</summary>
    private void WaitUntilDue()
    {
        long untilUs = _stopping ? long.MaxValue : UntilDueUs(_clock.Now());
        // Somebody may set the wall clock while this thread sleeps.
        if (!_stopping && _venue.AwaitsWallClock)
            untilUs = Math.Min(untilUs, LookAtWallClockUs);
        if (untilUs > Never)
        {
            Monitor.Wait(_gate);
            return;
        }
        // A wait has whole milliseconds, and an hour is long enough to look at the clock again.
        long waitMs = Math.Clamp((untilUs + 999) / 1000, 1, 3_600_000);
        Monitor.Wait(_gate, (int)waitMs);
    }

    private void ApplyDue(Moment now, CommitBatch batch)
    {
        if (_stopping)
            return;
        if (_clock.TakeJump(out long byUs))
        {
            _venue.Apply(new Command { Kind = CommandKind.ClockSet }, now, batch);
            _clockSet?.Invoke(now, byUs);
        }
        if (_venue.UntilTickUs(now) <= 0)
            _venue.Apply(new Command { Kind = CommandKind.Tick }, now, batch);
        if (_venue.UntilSampleUs(now) <= 0)
            _venue.Apply(new Command { Kind = CommandKind.SampleEquity }, now, batch);
        if (_houseBots is { } bots && bots.UntilDueUs(now) <= 0)
            bots.Act(now, batch);
    }

    private void RunWriter()
    {
        CommitBatch? batch;
        Arrivals? arrivals;
        while (true)
        {
            OtherWrite? other = null;
            lock (_gate)
            {
                if (_isFailed)
                    return;
                _handedOver = null;
                _writerIdle = true;
                Monitor.PulseAll(_gate);
                while (_handedOver is null && !_otherWrites.TryDequeue(out other) && !_marketDone && !_isFailed)
                    Monitor.Wait(_gate);
                batch = _handedOver;
                arrivals = _handedOverArrivals;
                if ((batch is null && other is null) || _isFailed)
                    return;
                _writerIdle = false;
            }
            if (batch is not null)
            {
                long began = _time.GetTimestamp();
                _writer.Write(batch);
                // The commit is counted before it is published, so that a client who hears of it finds it counted.
                TimeSpan took = _time.GetElapsedTime(began);
                Count(batch, took);
                Times.CountCommit(batch, took);
                RecentCommits.Count(batch, took);
                _publish(batch);
                Times.CountAnswers(batch, arrivals!, _time);
            }
            if (other is not null)
                Run(other);
        }
    }

    private void Count(CommitBatch written, TimeSpan took)
    {
        lock (_gate)
        {
            _commands += written.Commands.Length;
            if (!written.Changed)
                return;
            _commits++;
            _commitTime += took;
            if (took > _longestCommit)
                _longestCommit = took;
        }
    }

    private void Run(OtherWrite other)
    {
        try
        {
            _writer.Write(other.Write);
        }
        catch (Exception e)
        {
            other.Done.SetException(e);
            throw;
        }
        other.Done.SetResult();
    }

    /// <summary>Memory that is ahead of the disk, or that broke an invariant, is never served: any exception ends it all.</summary>
    private void Guard(Action run)
    {
        try
        {
            run();
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    private void Fail(Exception e)
    {
        lock (_gate)
        {
            if (_isFailed)
                return;
            _isFailed = true;
            Monitor.PulseAll(_gate);
        }
        _failed(e);
    }
}
