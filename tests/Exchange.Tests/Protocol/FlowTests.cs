using System.Net.WebSockets;
using Exchange.Markets;
using Exchange.Protocol;
using Exchange.Tests.Auth;

namespace Exchange.Tests.Protocol;

/// <summary>What keeps a client that asks for more than it reads, or faster than it may, from costing others.</summary>
public class FlowTests
{
    [Fact]
    public void A_pace_gives_a_burst_at_once_and_then_a_turn_at_its_rate()
    {
        var time = new ManualTime();
        var pace = new Pace(perSecond: 10, burst: 3, time);
        time.Advance(TimeSpan.FromSeconds(5));
        double[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => pace.Take().TotalMilliseconds)];

        Assert.Equal([0, 0, 0, 100, 200], Take(5));
        Assert.False(pace.IsRested);
        time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal([50], Take(1));
        // However long it rests, a burst is all that is saved up.
        time.Advance(TimeSpan.FromHours(1));
        Assert.True(pace.IsRested);
        Assert.Equal([0, 0, 0, 100], Take(4));
    }

    [Fact]
    public async Task A_backlog_lets_the_next_in_when_one_was_taken()
    {
        var backlog = new Backlog();
        for (int i = 0; i < 3; i++)
        {
            await backlog.UntilAtMostAsync(2, CancellationToken.None);
            backlog.Add();
        }
        ValueTask fourth = backlog.UntilAtMostAsync(2, CancellationToken.None);
        Assert.False(fourth.IsCompleted);
        backlog.Remove();
        await fourth;

        // Two wait for it to be empty; what is lost is gone, and taken late it counts for nothing.
        ValueTask one = backlog.UntilAtMostAsync(0, CancellationToken.None), two = backlog.UntilAtMostAsync(0, CancellationToken.None);
        backlog.Remove();
        Assert.False(one.IsCompleted || two.IsCompleted);
        backlog.Clear();
        await one;
        await two;
        backlog.Remove();
        backlog.Add();
        Assert.False(backlog.UntilAtMostAsync(0, CancellationToken.None).AsTask().IsCompleted);
    }

    [Fact]
    public async Task A_wait_for_room_ends_with_the_connection()
    {
        var backlog = new Backlog();
        backlog.Add();
        using var ended = new CancellationTokenSource();
        ValueTask wait = backlog.UntilAtMostAsync(0, ended.Token);
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.AsTask());
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    public void A_short_reason_is_told_whole(string reason, string told) =>
        Assert.Equal(told, new Farewell(WebSocketCloseStatus.PolicyViolation, reason).FittingReason);

    [Fact]
    public void A_long_reason_is_cut_between_characters_to_what_a_close_frame_holds()
    {
        string told = new Farewell(WebSocketCloseStatus.PolicyViolation, "a" + new string('é', 100)).FittingReason!;
        Assert.Equal("a" + new string('é', 61), told);
        Assert.Equal(120, System.Text.Encoding.UTF8.GetByteCount(new Farewell(WebSocketCloseStatus.PolicyViolation, string.Concat(Enumerable.Repeat("🦆", 40))).FittingReason!));
    }

    [Fact]
    public void A_close_without_a_code_is_answered_without_one() =>
        Assert.Equal((WebSocketCloseStatus.Empty, null), (Farewell.Echo(null).Status, Farewell.Echo(null).FittingReason));

    /// <summary>A session that waits for it ends with the exchange, and says why its order was refused.</summary>
    [Fact]
    public async Task Ended_orders_are_not_given_to_an_exchange_that_is_stopping()
    {
        var ended = new EndedOrders(_ => [new OrderState { OrderId = 1 }], new StoppingInbox());
        await ended.EnsureKnownAsync(1).PatientlyAsync();
    }

    [Fact]
    public void What_a_user_has_spent_is_not_given_back_when_many_others_come()
    {
        const int Many = 10_001;
        var limits = new UserLimits(new ProtocolOptions { QueriesPerMinute = 1 }, TimeProvider.System);
        Assert.Null(limits.QueryExceeded(userId: 1, elevated: false));
        Assert.NotNull(limits.QueryExceeded(userId: 1, elevated: false));
        for (int user = 2; user < Many; user++)
            Assert.Null(limits.ChangeExceeded(user, elevated: false));
        Assert.NotNull(limits.QueryExceeded(userId: 1, elevated: false));
    }

    private sealed class StoppingInbox : ICommandInbox
    {
        public bool IsStopping => true;

        public bool TrySubmit(in Command command) => false;
    }
}
