namespace Exchange.Protocol;

/// <summary>A connection in a room.</summary>
public readonly record struct Seat(int SessionId, long SinceUs, bool ByKey);

/// <summary>When somebody was last in a room.</summary>
public readonly record struct LastSeen(long RoomId, long UserId, long TimeUs);

/// <summary>
/// Says who is online in which room, and who was when, from memory. Once a minute the changes are stored (<see cref="TakeChanged"/>), so
/// that an order costs nothing here.
/// </summary>
public sealed class Presence(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(long RoomId, long UserId), Attendance> _all = [];

    private sealed class Attendance
    {
        /// <summary>Oldest first.</summary>
        public readonly List<Seat> Seats = [];
        public long LastUs;

        /// <summary>Somebody left, and that is not kept yet.</summary>
        public bool HasLeft;
    }

    /// <summary>Takes in what was kept before the start.</summary>
    public void Restore(IEnumerable<LastSeen> kept)
    {
        lock (_lock)
        {
            foreach (LastSeen seen in kept)
                Of(seen.RoomId, seen.UserId).LastUs = seen.TimeUs;
        }
    }

    internal void Come(long roomId, long userId, int sessionId, bool byKey)
    {
        lock (_lock)
            Of(roomId, userId).Seats.Add(new Seat(sessionId, NowUs, byKey));
    }

    internal void Leave(long roomId, long userId, int sessionId)
    {
        lock (_lock)
        {
            Attendance attendance = Of(roomId, userId);
            attendance.Seats.RemoveAll(s => s.SessionId == sessionId);
            attendance.LastUs = NowUs;
            attendance.HasLeft = true;
        }
    }

    /// <summary>The connections that a user has in a room, and when they were last there: now, if they are; 0: never.</summary>
    public (Seat[] Seats, long LastSeenUs) Find(long roomId, long userId)
    {
        lock (_lock)
        {
            return _all.TryGetValue((roomId, userId), out Attendance? attendance)
                ? ([.. attendance.Seats], attendance.Seats.Count > 0 ? NowUs : attendance.LastUs)
                : ([], 0);
        }
    }

    /// <summary>The changes to store: users who are online, with the current time, and users who left since the last call.</summary>
    public LastSeen[] TakeChanged()
    {
        lock (_lock)
        {
            var changed = new List<LastSeen>();
            foreach (((long roomId, long userId), Attendance attendance) in _all)
            {
                if (attendance.Seats.Count > 0)
                    attendance.LastUs = NowUs;
                else if (!attendance.HasLeft)
                    continue;
                attendance.HasLeft = false;
                changed.Add(new LastSeen(roomId, userId, attendance.LastUs));
            }
            return [.. changed];
        }
    }

    private Attendance Of(long roomId, long userId)
    {
        if (!_all.TryGetValue((roomId, userId), out Attendance? attendance))
            _all.Add((roomId, userId), attendance = new Attendance());
        return attendance;
    }

    private long NowUs => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;
}
