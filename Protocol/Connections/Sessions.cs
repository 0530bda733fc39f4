using System.Collections.Concurrent;

namespace Exchange.Protocol;

/// <summary>All open connections, and when to wake them.</summary>
public sealed class Sessions : IDisposable
{
    private readonly ConcurrentDictionary<int, Session> _sessions = new();
    private readonly ProtocolOptions _options;
    private readonly TimeProvider _time;
    private readonly Timer _timer;
    private readonly Lock _lock = new();

    // Connections by the room they are in.
    private readonly Dictionary<long, int> _attendance = [];
    private int _lastId;
    private long _lastWake;
    private bool _wakeDue;

    public Sessions(ProtocolOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        Presence = new Presence(time);
        _timer = new Timer(_ => WakeAll(), null, Timeout.Infinite, Timeout.Infinite);
    }

    public int Count => _sessions.Count;

    /// <summary>Counts of what the sessions sent and refused.</summary>
    public Traffic Traffic { get; } = new();

    /// <summary>Who is online in which room, and who was when.</summary>
    public Presence Presence { get; }

    internal int NextId() => Interlocked.Increment(ref _lastId);

    internal void Add(Session session) => _sessions[session.Id] = session;

    internal void Remove(Session session)
    {
        _sessions.TryRemove(session.Id, out _);
        Moved(session, session.RoomId, to: 0);
    }

    /// <summary>Called when the first connection enters a room or the last one leaves it, with all rooms that have connections.</summary>
    public Action<long[]>? AttendanceChanged { get; set; }

    /// <summary>Counts a connection out of one room and into another; neither needs to be one.</summary>
    internal void Moved(Session session, long from, long to)
    {
        if (from == to)
            return;
        if (from > 0)
            Presence.Leave(from, session.UserId, session.Id);
        if (to > 0)
            Presence.Come(to, session.UserId, session.Id, session.IsByKey);
        lock (_attendance)
        {
            bool changed = false;
            if (from > 0 && --_attendance[from] == 0)
                changed = _attendance.Remove(from);
            if (to > 0)
            {
                changed |= _attendance.TryAdd(to, 0);
                _attendance[to]++;
            }
            // Under the lock, so that the last to be told is how it is.
            if (changed)
                AttendanceChanged?.Invoke([.. _attendance.Keys]);
        }
    }

    /// <summary>Wakes one session: there is an answer for it.</summary>
    public void Wake(int sessionId)
    {
        if (_sessions.TryGetValue(sessionId, out Session? session))
            session.Wake();
    }

    /// <summary>Wakes everyone at once if they were left alone long enough, else as soon as they were.</summary>
    public void WakeAllSoon()
    {
        int count = _sessions.Count;
        if (count == 0)
            return;
        TimeSpan interval = _options.CoalescePerListener * count;
        if (interval > _options.CoalesceAtMost)
            interval = _options.CoalesceAtMost;
        lock (_lock)
        {
            if (_wakeDue)
                return;
            TimeSpan wait = interval - _time.GetElapsedTime(_lastWake);
            if (wait >= TimeSpan.FromMilliseconds(1))
            {
                _wakeDue = true;
                _timer.Change((long)Math.Ceiling(wait.TotalMilliseconds), Timeout.Infinite);
                return;
            }
        }
        WakeAll();
    }

    private void WakeAll()
    {
        lock (_lock)
        {
            _wakeDue = false;
            _lastWake = _time.GetTimestamp();
        }
        foreach (KeyValuePair<int, Session> session in _sessions)
            session.Value.Wake();
    }

    /// <summary>Tells all connections of a user in a room.</summary>
    internal void TellUser(long userId, long roomId, V1.ServerMessage message, Session except)
    {
        foreach (KeyValuePair<int, Session> session in _sessions)
        {
            if (session.Value != except && session.Value.UserId == userId && session.Value.RoomId == roomId)
                session.Value.Tell(message);
        }
    }

    /// <summary>Closes connections whose sign-in has expired. Called now and then.</summary>
    public void CloseExpired(DateTimeOffset now)
    {
        foreach (KeyValuePair<int, Session> session in _sessions)
            session.Value.CloseIfExpired(now);
    }

    /// <summary>Closes the connections that an API key signed in.</summary>
    public void CloseKey(long keyId)
    {
        foreach (KeyValuePair<int, Session> session in _sessions)
            session.Value.CloseIfKey(keyId);
    }

    /// <summary>Sends everyone what is left for them, then a farewell. Ends when all are gone or it is cancelled.</summary>
    public async Task CloseAllAsync(CancellationToken cancel)
    {
        foreach (KeyValuePair<int, Session> session in _sessions)
            session.Value.Close(Farewell.Stopping);
        while (!_sessions.IsEmpty && !cancel.IsCancellationRequested)
            await Task.Delay(5, CancellationToken.None);
    }

    public void Dispose() => _timer.Dispose();
}
