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
        scenario.Apply(new Command { Kind = CommandKind.Disconnect, Origin = new Origin(7, 0), Details = (long[])[account] });
        Assert.Equal(OrderReason.Disconnected, scenario.LastOrder.Reason);
        Assert.Equal([2L, 3L], scenario.Portfolio("A").Orders.Select(o => o.OrderId));
    }
}
