using Exchange.Storage;

namespace Exchange.Benchmarks.Load;

/// <summary>What load to put on a server.</summary>
/// <param name="Naive">On the baseline instead of the exchange.</param>
/// <param name="Live">Live orders, of all bots together.</param>
/// <param name="Window">Requests each bot keeps in flight, when it does not send by plan.</param>
/// <param name="PerSecond">Orders a second at planned times, of all bots together; 0: as many as the window lets.</param>
internal sealed record LoadPlan(bool Naive, int Bots, int Listeners, int Live, double Seconds, int Window, double PerSecond)
{
    public override string ToString() =>
        $"{(Naive ? "naive" : "exchange")}, {Bots} bots, {Listeners} listeners, "
        + (PerSecond > 0 ? $"{PerSecond:#,0}/s planned" : $"{Window} in flight each");
}

/// <summary>What came of it.</summary>
internal sealed class LoadResult
{
    public double DurablePerSecond { get; set; }
    public double RefusedPerSecond { get; set; }
    public double DeliveriesPerSecond { get; set; }
    public double ServerCpuPerOrderUs { get; set; }
    public double ServerCpu { get; set; }

    /// <summary>Cores that neither server nor load used: with much of it, times say little.</summary>
    public double OthersCpu { get; set; }
    public long Deliveries { get; set; }
    public int Resynchronizations { get; set; }
    public double FramesPerListenerSecond { get; set; }
    public double StopSeconds { get; set; }
    public double MemoryMb { get; set; }
    public Latencies Answers { get; } = new(1 << 20);

    /// <summary>How late the generator itself sent: part of every answer's time.</summary>
    public Latencies Lateness { get; } = new(1 << 20);
}

/// <summary>Starts a server, puts a load on it, and checks what is left on disk against what the clients were told.</summary>
internal sealed class LoadRun : IDisposable
{
    private readonly LoadPlan _plan;
    private readonly Report _report;
    private readonly string _directory;
    private readonly ServerProcess _server;
    private readonly Reactor _botReactor = new(), _listenerReactor = new();
    private readonly List<Bot> _bots = [];
    private readonly List<Client> _listeners = [];
    private readonly BotTotals _totals = new();
    private readonly LoadResult _result = new();

    private LoadRun(Report report, LoadPlan plan, string executable)
    {
        (_report, _plan) = (report, plan);
        _directory = Temporary.NewDirectory("load");
        string[] tokens = PreparedData.Create(_directory, plan.Bots + plan.Listeners);
        _server = plan.Naive ? ServerProcess.StartNaive(_directory) : ServerProcess.StartExchange(executable, _directory);
        try
        {
            ComeIn(tokens);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public static LoadResult Run(Report report, LoadPlan plan, string executable)
    {
        using var run = new LoadRun(report, plan, executable);
        using var over = new CancellationTokenSource();
        var listening = new Thread(() =>
        {
            while (!over.IsCancellationRequested)
                run._listenerReactor.Poll(Clock.Ns + 5_000_000);
        });
        listening.Start();
        try
        {
            run.Drive();
        }
        finally
        {
            run.Settle();
            over.Cancel();
            listening.Join();
        }
        run._result.MemoryMb = Machine.MemoryMb(run._server.Id, "VmRSS");
        run._result.StopSeconds = run._server.Stop();
        run.CheckDisk();
        return run._result;
    }

    private void ComeIn(string[] tokens)
    {
        for (int i = 0; i < _plan.Bots; i++)
        {
            var bot = new Bot(_server.Port, new OrderMix(seed: 100 + i, _plan.Live), _totals);
            _bots.Add(bot);
            Enter(_botReactor, bot, tokens[i]);
        }
        _bots[0].CreateMarket();
        Await(_botReactor, () => _bots[0].HasMarket, "create a market");
        foreach (string token in tokens.Skip(_plan.Bots))
        {
            var listener = new Client(_server.Port);
            _listeners.Add(listener);
            Enter(_listenerReactor, listener, token);
            listener.Subscribe();
        }
        Await(_listenerReactor, () => _listeners.All(l => l.IsSubscribed), "subscribe");
    }

    private static void Enter(Reactor reactor, Client client, string token)
    {
        reactor.Add(client);
        client.Authenticate(token);
        Await(reactor, () => client.IsReady || client.Refusal is not null, "come in");
        if (client.Refusal is { } refusal)
            throw new InvalidOperationException($"A client was refused: {refusal}");
    }

    private static void Await(Reactor reactor, Func<bool> isSo, string what)
    {
        if (!reactor.PollUntil(isSo, 60))
            throw new InvalidOperationException($"A client could not {what} within 60 s.");
    }

    private void Drive()
    {
        Native.SleepExactly();
        // Fill the book, then warm up as it will be measured.
        while (_totals.Live < _plan.Live)
        {
            Bot poorest = _bots.MinBy(b => b.Live.Count + b.InFlight)!;
            if (poorest.InFlight < 8)
                poorest.QueuePlace(rests: true, Clock.Ns);
            poorest.Flush();
            _botReactor.Poll(Clock.Ns + (poorest.InFlight < 8 ? 0 : 5_000_000));
        }
        Send(Math.Min(1, _plan.Seconds / 4));

        long durable = _totals.Durable, refused = _totals.Refused, deliveries = Deliveries, frames = _listeners.Sum(l => l.FramesReceived);
        double cpu = Machine.CpuSeconds(_server.Id), own = Machine.CpuSeconds(Environment.ProcessId), all = Machine.AllCpuSeconds();
        _totals.Times = _result.Answers;
        _measuring = true;
        long start = Clock.Ns;
        Send(_plan.Seconds);
        double seconds = (Clock.Ns - start) / 1e9;
        durable = _totals.Durable - durable;
        cpu = Machine.CpuSeconds(_server.Id) - cpu;
        own = Machine.CpuSeconds(Environment.ProcessId) - own;
        all = Machine.AllCpuSeconds() - all;
        _result.DurablePerSecond = durable / seconds;
        _result.RefusedPerSecond = (_totals.Refused - refused) / seconds;
        _result.DeliveriesPerSecond = (Deliveries - deliveries) / seconds;
        _result.FramesPerListenerSecond = _listeners.Count == 0 ? 0 : (_listeners.Sum(l => l.FramesReceived) - frames) / seconds / _listeners.Count;
        _result.ServerCpu = cpu / seconds;
        _result.OthersCpu = Math.Max(0, all - own - cpu) / seconds;
        _result.ServerCpuPerOrderUs = cpu * 1e6 / durable;
    }

    private bool _measuring;

    private long Deliveries => _listeners.Sum(l => l.BookChanges + l.Trades);

    private void Send(double seconds)
    {
        long end = Clock.Ns + (long)(seconds * 1e9);
        if (_plan.PerSecond > 0)
            SendByPlan(end);
        else
            SendByWindow(end);
    }

    private void SendByWindow(long end)
    {
        for (long now = Clock.Ns; now < end; now = Clock.Ns)
        {
            foreach (Bot bot in _bots)
            {
                while (bot.InFlight < _plan.Window)
                    bot.QueueNext(now);
                bot.Flush();
            }
            _botReactor.Poll(end);
        }
    }

    private void SendByPlan(long end)
    {
        long interval = (long)(1e9 / _plan.PerSecond);
        // Spinning for each would take from the server when there are many.
        bool spin = _plan.PerSecond <= 1_000;
        int turn = 0;
        for (long next = Clock.Ns; next < end;)
        {
            for (long now = Clock.Ns; next <= now && next < end; next += interval)
            {
                Bot bot = _bots[turn++ % _bots.Count];
                bot.QueueNext(next);
                bot.Flush();
                if (_measuring)
                    _result.Lateness.Add(Math.Max(0, Clock.Ns - next));
            }
            _botReactor.Poll(next, spin);
        }
    }

    /// <summary>Waits until every request is answered, and listeners hear nothing more.</summary>
    private void Settle()
    {
        if (!_botReactor.PollUntil(() => _bots.TrueForAll(b => b.InFlight == 0), 60))
            _report.Problem($"{_plan}: {_bots.Sum(b => b.InFlight)} requests were never answered.");
        _totals.Times = null;
        long heard = -1, giveUp = Clock.Ns + 60_000_000_000;
        while (heard != Deliveries && Clock.Ns < giveUp)
        {
            heard = Deliveries;
            // Bots hear of the others' trades with them a little after: on a busy machine up to some tenths of a second.
            long until = Clock.Ns + 1_000_000_000;
            while (Clock.Ns < until)
                _botReactor.Poll(until);
        }
        _result.Resynchronizations = _listeners.Sum(l => l.Resynchronizations);
        _result.Deliveries = Deliveries;
        foreach (Client client in _bots.Concat(_listeners).Where(c => c.Closed is not null))
            _report.Problem($"{_plan}: a connection was closed: {client.Closed}");
    }

    private void CheckDisk()
    {
        using Database database = Database.Open(_directory, Synchronous.Full);
        FinalState.Check(_report, _plan.ToString(), database, _bots, _listeners);
    }

    public void Dispose()
    {
        _botReactor.Dispose();
        _listenerReactor.Dispose();
        _server.Dispose();
        Temporary.Delete(_directory);
    }
}
