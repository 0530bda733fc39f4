namespace Exchange.Benchmarks.Load;

/// <summary>
/// One thread that serves many connections: light enough that the load takes little from the server beside it, and
/// without locks, so that the generator's own delays stay small and are measured.
/// </summary>
internal sealed unsafe class Reactor : IDisposable
{
    private const int MaxEvents = 64;

    /// <summary>Before a planned time the last of the wait is spent spinning: a sleep ends late, the plan must not.</summary>
    private const long SpinNs = 60_000;

    private readonly int _epoll = Native.EpollCreate(0);
    private readonly List<WireConnection> _connections = [];

    public IReadOnlyList<WireConnection> Connections => _connections;

    public void Add(WireConnection connection)
    {
        var what = new Native.EpollEvent { Events = Native.EpollIn, Data = _connections.Count };
        _connections.Add(connection);
        if (Native.EpollControl(_epoll, Native.EpollAdd, connection.Descriptor, &what) != 0)
            throw new InvalidOperationException("epoll_ctl failed.");
    }

    /// <summary>Handles what has arrived; if nothing has, waits for it until a time.</summary>
    /// <param name="untilNs">On <see cref="Clock"/>.</param>
    /// <param name="spin">Reach the time exactly.</param>
    public void Poll(long untilNs, bool spin = false)
    {
        long wait = Math.Max(0, untilNs - Clock.Ns - (spin ? SpinNs : 0));
        if (!Handle(wait) && spin)
        {
            while (Clock.Ns < untilNs && !Handle(0))
                Thread.SpinWait(10);
        }
    }

    /// <summary>Polls until something is so. False if it was not so in time.</summary>
    public bool PollUntil(Func<bool> isSo, double seconds)
    {
        long giveUp = Clock.Ns + (long)(seconds * 1e9);
        while (!isSo())
        {
            if (Clock.Ns > giveUp)
                return false;
            Poll(Clock.Ns + 10_000_000);
        }
        return true;
    }

    private bool Handle(long waitNs)
    {
        Native.EpollEvent* events = stackalloc Native.EpollEvent[MaxEvents];
        var timeout = new Native.Timespec { Seconds = waitNs / 1_000_000_000, Nanoseconds = waitNs % 1_000_000_000 };
        int count = Native.EpollWait(_epoll, events, MaxEvents, &timeout, 0);
        for (int i = 0; i < count; i++)
            _connections[events[i].Data].OnReadable();
        return count > 0;
    }

    public void Dispose()
    {
        foreach (WireConnection connection in _connections)
            connection.Dispose();
        _ = Native.Close(_epoll);
    }
}
