using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>Time in force, market orders, post-only.</summary>
public sealed class OrderTermsTables
{
    [Theory]
    [InlineData("A sell 4 @ 50 | B buy 10 @ 50 ioc -> trade 4 @ 50 A->B; cancelled B buy 6 @ 50 UnfilledRest; book: empty")]
    [InlineData("A sell 4 @ 50 | B buy 4 @ 50 ioc -> trade 4 @ 50 A->B; book: empty")]
    [InlineData("A sell 4 @ 50 | B buy 4 @ 49 ioc -> cancelled B buy 4 @ 49 UnfilledRest; book: A sell 4 @ 50")]
    [InlineData("B sell 4 @ 49 ioc -> cancelled B sell 4 @ 49 UnfilledRest; book: empty")]
    public void Immediate_or_cancel_fills_what_it_can_and_never_rests(string row) => Scenario.Check(row);

    [Theory]
    [InlineData("A sell 4 @ 50 | B sell 6 @ 51 | C buy 10 @ 51 fok -> trade 4 @ 50 A->C; trade 6 @ 51 B->C; book: empty")]
    [InlineData("A sell 4 @ 50 | B sell 6 @ 51 | C buy 10 @ 50 fok -> refused CannotFill; book: A sell 4 @ 50, B sell 6 @ 51")]
    [InlineData("A sell 4 @ 50 | B sell 6 @ 51 | C buy 10.01 @ 60 fok -> refused CannotFill; book: A sell 4 @ 50, B sell 6 @ 51")]
    [InlineData("A sell 4 @ 50 | B sell 6 @ 50 | A buy 10 @ 50 fok -> refused CannotFill; book: A sell 4 @ 50, B sell 6 @ 50")]
    [InlineData("A sell 4 @ 50 | B sell 6 @ 50 | A buy 6 @ 50 fok -> cancelled A sell 4 @ 50 SelfMatch; trade 6 @ 50 B->A; book: empty")]
    [InlineData("C buy 1 @ 50 fok -> refused CannotFill; book: empty")]
    public void Fill_or_kill_fills_whole_without_own_orders_or_is_refused(string row) => Scenario.Check(row);

    [Theory]
    [InlineData("A sell 4 @ 50 | B sell 4 @ 99 | C buy 6 ioc -> trade 4 @ 50 A->C; trade 2 @ 99 B->C; book: B sell 2 @ 99")]
    [InlineData("A buy 4 @ 50 | B buy 4 @ 0 | C sell 9 ioc -> trade 4 @ 50 C->A; trade 4 @ 0 C->B; cancelled C sell 1 @ 0 UnfilledRest; book: empty")]
    [InlineData("A sell 4 @ 100 | C buy 4 fok -> trade 4 @ 100 A->C; book: empty")]
    [InlineData("A sell 4 @ 100 | C buy 5 fok -> refused CannotFill; book: A sell 4 @ 100")]
    [InlineData("A sell 4 @ 50 | C buy 4 -> refused InvalidPrice; book: A sell 4 @ 50")]
    public void A_market_order_takes_any_price_of_the_range_but_cannot_rest(string row) => Scenario.Check(row);

    [Theory]
    [InlineData("A sell 4 @ 50 | B buy 4 @ 49.99 post -> book: B buy 4 @ 49.99, A sell 4 @ 50")]
    [InlineData("A sell 4 @ 50 | B buy 4 @ 50 post -> refused WouldMatch; book: A sell 4 @ 50")]
    [InlineData("A buy 4 @ 50 | B sell 4 @ 49 post -> refused WouldMatch; book: A buy 4 @ 50")]
    [InlineData("A buy 4 @ 50 post | B sell 4 @ 50 -> trade 4 @ 50 B->A; book: empty")]
    [InlineData("A buy 4 @ 50 post ioc -> refused InvalidField; book: empty")]
    [InlineData("A buy 4 @ 50 post fok -> refused InvalidField; book: empty")]
    [InlineData("A buy 4 @ 40 post #x | B sell 4 @ 50 | A replace #x @ 50 -> refused WouldMatch; book: A buy 4 @ 40, B sell 4 @ 50")]
    [InlineData("A buy 4 @ 40 post #x | B sell 4 @ 50 | A replace #x @ 49 -> book: A buy 4 @ 49, B sell 4 @ 50")]
    public void Post_only_refuses_an_order_that_would_match(string row) => Scenario.Check(row);

    [Theory]
    [InlineData("A buy 1 @ 100.01 -> refused InvalidPrice; book: empty")]
    [InlineData("A sell 1 @ -0.01 -> refused InvalidPrice; book: empty")]
    [InlineData("A buy 1 @ 100 | B sell 1 @ 100 -> trade 1 @ 100 B->A; book: empty")]
    [InlineData("A buy 1 @ 0 | B sell 1 @ 0 -> trade 1 @ 0 B->A; book: empty")]
    [InlineData("A buy 0 @ 50 -> refused InvalidQuantity; book: empty")]
    [InlineData("A buy -1 @ 50 -> refused InvalidQuantity; book: empty")]
    [InlineData("A buy 1000000.01 @ 0 -> refused InvalidQuantity; book: empty")]
    [InlineData("A buy 1000000 @ 0 -> book: A buy 1000000 @ 0")]
    public void Prices_stay_in_the_range_and_quantities_in_their_limits(string row) => Scenario.Check(row);

    [Theory]
    [InlineData("A buy 1 @ 0.25 | A buy 1 @ -0.5 -> book: A buy 1 @ 0.25, A buy 1 @ -0.5")]
    [InlineData("A buy 1 @ 0.1 -> refused InvalidPrice; book: empty")]
    [InlineData("A buy 1 @ -0.26 -> refused InvalidPrice; book: empty")]
    [InlineData("A buy 1 @ 0.25 #x | A replace #x @ 0.3 -> refused InvalidPrice; book: A buy 1 @ 0.25")]
    [InlineData("A buy 1 @ 0.3 ioc -> refused InvalidPrice; book: empty")]
    public void Prices_are_multiples_of_the_tick_size_counted_from_zero(string row) =>
        Scenario.Check(row, new Scenario(min: -1, max: 1, tick: 0.25m));

    [Fact]
    public void An_immediate_order_is_not_in_the_book_and_nobody_else_hears_of_it()
    {
        var scenario = new Scenario();
        scenario.Place("A", Side.Buy, 1, 50, TimeInForce.ImmediateOrCancel);
        Assert.False(scenario.Batch.OrderChanges[0].InBook);
        Assert.Equal(OrderStatus.Cancelled, scenario.LastOrder.Status);
        Assert.Equal(0, scenario.LastOrder.Remaining.Hundredths);
    }
}
