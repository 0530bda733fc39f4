using Exchange.Markets;

namespace Exchange.Tests.Markets;

public sealed class ClientOrderIdTests
{
    [Theory]
    [InlineData("A buy 5 @ 40 id=a | A buy 5 @ 40 id=a -> existing A buy 5 @ 40 filled 0 Live; book: A buy 5 @ 40")]
    [InlineData("A buy 5 @ 40 id=a | B sell 2 @ 40 | A buy 5 @ 40 id=a -> trade 2 @ 40 B->A; existing A buy 5 @ 40 filled 2 Live; book: A buy 3 @ 40")]
    [InlineData("A buy 5 @ 40 id=a | B sell 5 @ 40 | A buy 5 @ 40 id=a -> trade 5 @ 40 B->A; existing A buy 5 @ 40 filled 5 Filled; book: empty")]
    [InlineData("A buy 5 @ 40 id=a #x | A cancel #x | A buy 5 @ 40 id=a -> cancelled A buy 5 @ 40 Requested; existing A buy 5 @ 40 filled 0 Cancelled; book: empty")]
    [InlineData("A buy 5 @ 40 id=a #x | A replace #x 6 @ 41 | A buy 5 @ 40 id=a -> existing A buy 6 @ 41 filled 0 Live; book: A buy 6 @ 41")]
    [InlineData("A buy 5 @ 40 id=a #x | A replace #x 6 @ 41 | A cancel #x | A buy 5 @ 40 id=a -> cancelled A buy 6 @ 41 Requested; existing A buy 6 @ 41 filled 0 Cancelled; book: empty")]
    [InlineData("A buy 5 ioc id=a | A buy 5 ioc id=a -> cancelled A buy 5 @ 100 UnfilledRest; existing A buy 5 @ 100 filled 0 Cancelled; book: empty")]
    [InlineData("A buy 5 ioc id=a | A buy 5 @ 100 ioc id=a -> cancelled A buy 5 @ 100 UnfilledRest; existing A buy 5 @ 100 filled 0 Cancelled; book: empty")]
    [InlineData("A buy 5 @ 40 id=a | halt | A buy 5 @ 40 id=a -> existing A buy 5 @ 40 filled 0 Live; book: A buy 5 @ 40")]
    [InlineData("A buy 5 @ 40 ioc id=a | A buy 5 @ 40 ioc id=a -> cancelled A buy 5 @ 40 UnfilledRest; existing A buy 5 @ 40 filled 0 Cancelled; book: empty")]
    public void Sent_twice_answers_with_the_first_orders_present_state(string row) => Scenario.Check(row);

    [Theory]
    [InlineData("A buy 5 @ 40 id=a | A sell 5 @ 40 id=a -> refused ClientOrderIdReused; book: A buy 5 @ 40")]
    [InlineData("A buy 5 @ 40 id=a | A buy 7 @ 40 id=a -> refused ClientOrderIdReused; book: A buy 5 @ 40")]
    [InlineData("A buy 5 @ 40 id=a | A buy 5 @ 41 id=a -> refused ClientOrderIdReused; book: A buy 5 @ 40")]
    [InlineData("A buy 5 @ 40 id=a | A buy 0 @ 999 id=a -> refused ClientOrderIdReused; book: A buy 5 @ 40")]
    [InlineData("A buy 5 @ 40 id=a | A buy 5 @ 40 ioc id=a -> refused ClientOrderIdReused; book: A buy 5 @ 40")]
    [InlineData("A buy 5 @ 40 id=a | A buy 5 @ 40 post id=a -> refused ClientOrderIdReused; book: A buy 5 @ 40")]
    [InlineData("A buy 5 @ 40 id=a | A buy 5 @ 40 until 9 id=a -> refused ClientOrderIdReused; book: A buy 5 @ 40")]
    [InlineData("A buy 5 @ 40 until 9 id=a | A buy 5 @ 40 until 9 id=a -> refused ClientOrderIdReused; book: A buy 5 @ 40")]
    [InlineData("A buy 5 @ 40 id=a #x | A replace #x 6 @ 41 | A buy 6 @ 41 id=a -> refused ClientOrderIdReused; book: A buy 6 @ 41")]
    [InlineData("A buy 5 @ 40 id=a #x | A cancel #x | A sell 5 @ 60 id=a -> cancelled A buy 5 @ 40 Requested; refused ClientOrderIdReused; book: empty")]
    [InlineData("A buy 5 ioc id=a | A sell 5 ioc id=a -> cancelled A buy 5 @ 100 UnfilledRest; refused ClientOrderIdReused; book: empty")]
    public void Given_to_another_order_it_is_refused(string row) => Scenario.Check(row);

    [Fact]
    public void The_refusal_says_what_the_first_order_was()
    {
        var scenario = new Scenario();
        scenario.Run("A buy 5 @ 40 post id=a #x | A replace #x 3 @ 41 | A cancel #x");
        Refusal refusal = scenario.Place("A", Side.Sell, 5, 40, clientOrderId: "a");
        Assert.Equal(
            "client_order_id 'a' is the id of order 1: buy 5.00 at 40.00 in market 1, post_only; it was cancelled. "
            + "An order that is sent again must be the same in every field. A different order needs a new client_order_id.",
            refusal.Sentence);
    }

    [Theory]
    [InlineData("A buy 5 @ 40 id=a | B buy 5 @ 40 id=a -> book: A buy 5 @ 40, B buy 5 @ 40")]
    [InlineData("A buy 5 @ 40 id=a | A buy 5 @ 40 id=A -> book: A buy 5 @ 40, A buy 5 @ 40")]
    [InlineData("A buy 500 @ 40 id=a | A buy 5 @ 40 id=a -> refused InsufficientFunds; book: A buy 5 @ 40")]
    [InlineData("A buy 5 @ 40 fok id=a | A buy 5 @ 40 id=a -> refused CannotFill; book: A buy 5 @ 40")]
    public void Another_accounts_or_a_refused_orders_id_is_free(string row) => Scenario.Check(row);

    [Theory]
    [InlineData("A buy 5 @ 40 id=a | A replace id=a 3 -> book: A buy 3 @ 40")]
    [InlineData("A buy 5 @ 40 id=a | B replace id=a 3 -> refused OrderNotFound; book: A buy 5 @ 40")]
    [InlineData("A buy 5 @ 40 id=a | B sell 5 @ 40 | A replace id=a 6 -> trade 5 @ 40 B->A; refused OrderNotLive; book: empty")]
    public void An_order_can_be_named_by_it(string row) => Scenario.Check(row);

    [Fact]
    public void Sending_again_changes_nothing_and_is_the_one_answer()
    {
        var scenario = new Scenario();
        scenario.Run("A buy 5 @ 40 id=a");
        string before = scenario.Venue.StateHash();
        scenario.Place("A", Side.Buy, 5, 40, clientOrderId: "a");
        Assert.Equal(before, scenario.Venue.StateHash());
        Assert.False(scenario.Batch.Changed);
        Assert.Equal([new EventRef(EventKind.OrderExisting, true, 0)], scenario.Batch.Events.ToArray());
    }

    [Fact]
    public void The_last_ten_thousand_ended_orders_keep_their_ids_and_live_ones_always()
    {
        var scenario = new Scenario();
        scenario.Place("A", Side.Buy, 1, 1, clientOrderId: "live");
        for (int i = 0; i < 10_000; i++)
            scenario.Place("A", Side.Buy, 1, 1, TimeInForce.ImmediateOrCancel, clientOrderId: $"{i}");
        Assert.True(IsKnown("0"));
        Assert.True(IsKnown("9999"));

        scenario.Place("A", Side.Buy, 1, 1, TimeInForce.ImmediateOrCancel, clientOrderId: "one more");
        Assert.True(IsKnown("live"));
        Assert.True(IsKnown("1"));
        Assert.True(IsKnown("one more"));
        Assert.False(IsKnown("0"));

        // It is new again, and by that the next oldest is forgotten.
        scenario.Place("A", Side.Buy, 2, 2, TimeInForce.ImmediateOrCancel, clientOrderId: "0");
        Assert.True(IsKnown("0"));
        Assert.False(IsKnown("1"));
        Assert.True(IsKnown("2"));

        bool IsKnown(string id)
        {
            // Refused either way, so that asking changes nothing.
            return scenario.Place("A", Side.Buy, 0, 1, clientOrderId: id).Code == RefusalCode.ClientOrderIdReused;
        }
    }

    [Fact]
    public void Ids_read_from_disk_after_a_start_are_known_again()
    {
        var scenario = new Scenario();
        scenario.Place("A", Side.Buy, 1, 1, clientOrderId: "since");
        var older = new OrderState
        {
            OrderId = 900, AccountId = scenario.Account("A"), MarketId = scenario.MarketId, ClientOrderId = "older",
            Side = Side.Sell, Quantity = new Quantity(300), Filled = new Quantity(300), Status = OrderStatus.Filled,
            TimeInForce = TimeInForce.GoodTillCancelled, PlacedPrice = new Price(7_00),
        };
        var stale = older with { OrderId = 901, ClientOrderId = "since" };
        scenario.Apply(new Command { Kind = CommandKind.RememberOrders, AccountId = scenario.Account("A"), Details = new RememberedOrders([older, stale]) });

        // How much it was placed with is not on record, as of those placed before that was kept.
        Assert.Equal(RefusalCode.ClientOrderIdReused, scenario.Place("A", Side.Sell, 2, 8, clientOrderId: "older").Code);
        Assert.False(scenario.Place("A", Side.Sell, 2, 7, clientOrderId: "older").IsRefused);
        Assert.Equal((900, OrderStatus.Filled), (scenario.LastOrder.OrderId, scenario.LastOrder.Status));
        scenario.Place("A", Side.Buy, 1, 1, clientOrderId: "since");
        Assert.Equal((1, OrderStatus.Live), (scenario.LastOrder.OrderId, scenario.LastOrder.Status));
    }

    [Fact]
    public void More_than_ten_thousand_ended_before_the_read_ones_come_stay_in_order()
    {
        var scenario = new Scenario();
        for (int i = 0; i < 10_005; i++)
            scenario.Place("A", Side.Buy, 1, 1, TimeInForce.ImmediateOrCancel, clientOrderId: $"{i}");
        scenario.Apply(new Command { Kind = CommandKind.RememberOrders, AccountId = scenario.Account("A"), Details = new RememberedOrders([]) });
        scenario.Place("A", Side.Buy, 1, 1, TimeInForce.ImmediateOrCancel, clientOrderId: "one more");

        // The oldest of the last 10,000, the 5th, has made room; not a later one.
        Assert.Equal(RefusalCode.InvalidQuantity, scenario.Place("A", Side.Buy, 0, 1, clientOrderId: "5").Code);
        for (int i = 6; i < 10_005; i++)
            Assert.True(scenario.Place("A", Side.Buy, 0, 1, clientOrderId: $"{i}").Code == RefusalCode.ClientOrderIdReused, $"{i} was forgotten");
    }
}
