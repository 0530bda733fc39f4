using Exchange.Protocol;
using Exchange.Tests.Hosting;

namespace Exchange.Tests.Protocol;

/// <summary>Who is here, and who was when.</summary>
public sealed class PresenceTests
{
    private readonly SettableTime _time = new();
    private readonly Presence _presence;

    public PresenceTests() => _presence = new Presence(_time);

    [Fact]
    public void Who_is_here_is_seen_now_and_who_left_when_they_did()
    {
        Assert.Equal(0, _presence.Find(1, 7).LastSeenUs);
        _presence.Come(1, 7, sessionId: 100, byKey: false);
        _presence.Come(1, 7, sessionId: 101, byKey: true);
        Assert.Equal([(100, false), (101, true)], _presence.Find(1, 7).Seats.Select(s => (s.SessionId, s.ByKey)));
        Assert.Empty(_presence.Find(2, 7).Seats);
        _presence.Leave(1, 7, 100);
        Assert.Equal(_time.NowUs, _presence.Find(1, 7).LastSeenUs);
        _presence.Leave(1, 7, 101);
        long left = _time.NowUs;
        _time.Pass(3_600);
        Assert.Equal(left, _presence.Find(1, 7).LastSeenUs);
        Assert.Empty(_presence.Find(1, 7).Seats);
    }

    [Fact]
    public void What_changed_is_kept_once()
    {
        _presence.Restore([new LastSeen(1, 3, 5)]);
        Assert.Equal(5, _presence.Find(1, 3).LastSeenUs);
        Assert.Empty(_presence.TakeChanged());
        _presence.Come(1, 7, 100, byKey: false);
        Assert.Equal([new LastSeen(1, 7, _time.NowUs)], _presence.TakeChanged());
        Assert.Equal([new LastSeen(1, 7, _time.NowUs)], _presence.TakeChanged());
        _presence.Leave(1, 7, 100);
        Assert.Equal([new LastSeen(1, 7, _time.NowUs)], _presence.TakeChanged());
        Assert.Empty(_presence.TakeChanged());
    }
}
