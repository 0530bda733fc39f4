using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>Good till time, and the dead man's switch.</summary>
public sealed class TimerTables
{
    [Theory]
    [InlineData("A buy 1 @ 40 until 5 | wait 4 -> book: A buy 1 @ 40")]
    [InlineData("A buy 1 @ 40 until 5 | wait 5 -> cancelled A buy 1 @ 40 Expired; book: empty")]
    [InlineData("A buy 1 @ 40 until 9 | B buy 2 @ 40 until 5 | wait 9 -> cancelled B buy 2 @ 40 Expired; cancelled A buy 1 @ 40 Expired; book: empty")]
    [InlineData("A buy 3 @ 40 until 5 | B sell 1 @ 40 | wait 5 -> trade 1 @ 40 B->A; cancelled A buy 2 @ 40 Expired; book: empty")]
    [InlineData("A buy 1 @ 40 until 5 | halt | wait 5 -> cancelled A buy 1 @ 40 Expired; book: empty")]
    [InlineData("A buy 1 @ 40 until -1 -> refused Expired; book: empty")]
    [InlineData("A buy 1 @ 40 until 0.000001 -> refused Expired; book: empty")]
    [InlineData("A buy 1 @ 40 until 0.000002 -> book: A buy 1 @ 40")]
    [InlineData("A buy 1 @ 40 until 315576000.000001 -> book: A buy 1 @ 40")]
    [InlineData("A buy 1 @ 40 until 315576000.000002 -> refused InvalidField; book: empty")]
    [InlineData("A buy 1 @ 40 until 5 #x | A replace #x 2 | wait 5 -> cancelled A buy 2 @ 40 Expired; book: empty")]
    public void An_order_good_till_a_time_goes_when_it_comes(string row) => Scenario.Check(row);

    [Theory]
    [InlineData("A buy 1 @ 40 | A sell 1 @ 60 | B buy 1 @ 40 | A cancel-after 5 | wait 5 -> cancelled A buy 1 @ 40 CancelAfter; cancelled A sell 1 @ 60 CancelAfter; book: B buy 1 @ 40")]
    [InlineData("A buy 1 @ 40 | A cancel-after 5 | wait 4 -> book: A buy 1 @ 40")]
    [InlineData("A buy 1 @ 40 | A cancel-after 5 | wait 4 | A cancel-after 5 | wait 4 -> book: A buy 1 @ 40")]
    [InlineData("A buy 1 @ 40 | A cancel-after 5 | A cancel-after 0 | wait 9 -> book: A buy 1 @ 40")]
    [InlineData("A cancel-after 5 | wait 5 | A buy 1 @ 40 | wait 9 -> book: A buy 1 @ 40")]
    [InlineData("A buy 1 @ 40 | A cancel-after 5 | halt | wait 5 -> cancelled A buy 1 @ 40 CancelAfter; book: empty")]
    [InlineData("A cancel-after 86401 -> refused InvalidField; book: empty")]
    public void Unless_renewed_in_time_all_of_the_accounts_orders_are_cancelled(string row) => Scenario.Check(row);

    /// <summary>The clock is set while an order or a switch waits: `clock 3600` says that it stands an hour further than it should.</summary>
    [Theory]
    [InlineData("A buy 1 @ 40 | clock 3600 | A cancel-after 3 | clock -3600 | wait 2 -> book: A buy 1 @ 40")]
    [InlineData("A buy 1 @ 40 | clock 3600 | A cancel-after 3 | clock -3600 | wait 3 -> cancelled A buy 1 @ 40 CancelAfter; book: empty")]
    [InlineData("A buy 1 @ 40 | A cancel-after 600 | clock 3600 | wait 599 -> book: A buy 1 @ 40")]
    [InlineData("A buy 1 @ 40 | A cancel-after 600 | clock 3600 | wait 600 -> cancelled A buy 1 @ 40 CancelAfter; book: empty")]
    [InlineData("A buy 1 @ 40 | A cancel-after 600 | clock -3600 | wait 600 -> cancelled A buy 1 @ 40 CancelAfter; book: empty")]
    [InlineData("clock 3600 | A buy 1 @ 40 | clock -3600 | A buy 1 @ 30 until 5 | wait 4 -> book: A buy 1 @ 40, A buy 1 @ 30")]
    [InlineData("clock 3600 | A buy 1 @ 40 | clock -3600 | A buy 1 @ 30 until 5 | wait 5 -> cancelled A buy 1 @ 30 Expired; book: A buy 1 @ 40")]
    [InlineData("A buy 1 @ 40 until 600 | clock 3600 | wait 0 -> cancelled A buy 1 @ 40 Expired; book: empty")]
    [InlineData("clock 3600 | A buy 1 @ 40 until 5 | clock -3600 | wait 3604 -> book: A buy 1 @ 40")]
    public void Durations_do_not_follow_the_wall_clock_and_times_that_were_given_do(string row) => Scenario.Check(row);

    [Fact]
    public void When_the_clock_is_set_a_switch_is_told_anew_with_the_time_it_then_goes_off_at()
    {
        var scenario = new Scenario();
        scenario.Run("A buy 1 @ 40 | A cancel-after 600");
        long before = scenario.Portfolio("A").CancelTimeUs;
        scenario.Run("clock 3600");
        Assert.Equal(before + 3_600_000_000, scenario.Portfolio("A").CancelTimeUs);
        scenario.Run("clock -7200");
        Assert.Equal(before - 3_600_000_000, scenario.Portfolio("A").CancelTimeUs);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(-2, 5)]
    [InlineData(3_600, 0)]
    [InlineData(-3_600, 5)]
    public void After_a_restart_a_switch_waits_for_what_the_wall_clock_says_is_left_and_never_longer_than_it_was_set_to(long wrongBySeconds, long waits)
    {
        // Set to 5 s, 2 s before the restart.
        const long NowUs = 1_000_000_000_000;
        var venue = new Venue();
        var restorer = new VenueRestorer(venue);
        restorer.Counters(new KeptCounters(9, 0, 0, 0, 0, 0, 0), new Moment(NowUs + (wrongBySeconds * 1_000_000), 77));
        restorer.Room(new RoomInfo(1, "main", "Main", 1, Cash.Zero, WhoMayCreateMarkets.Anyone), "");
        restorer.Account(new AccountInfo(2, 1, "A", 0, 0), Cash.Zero, Cash.Zero, inDeficit: false, NowUs + 3_000_000, cancelTimeoutUs: 5_000_000);
        restorer.Done();
        Assert.Equal(waits * 1_000_000, venue.UntilTickUs(new Moment(long.MaxValue / 4, 77)));
    }

    [Fact]
    public void An_order_that_is_to_end_with_its_connection_does()
    {
        var scenario = new Scenario();
        long account = scenario.Account("A");
        var place = new Command
        {
            Kind = CommandKind.PlaceOrder, AccountId = account, MarketId = scenario.MarketId, Side = Side.Buy, HasPrice = true,
            Price = new Price(40_00), HasQuantity = true, Quantity = new Quantity(1_00), TimeInForce = TimeInForce.GoodTillCancelled,
        };
        scenario.Apply(place with { CancelOnDisconnect = true, Origin = new Origin(7, 1) });
        scenario.Apply(place with { CancelOnDisconnect = true, Origin = new Origin(8, 1) });
        scenario.Apply(place with { Origin = new Origin(7, 1) });
        scenario.Apply(new Command { Kind = CommandKind.Disconnect, Origin = new Origin(7, 0), Details = new Disconnection([account]) });
        Assert.Equal(OrderReason.Disconnected, scenario.LastOrder.Reason);
        Assert.Equal([2L, 3L], scenario.Portfolio("A").Orders.Select(o => o.OrderId));
    }
}
