namespace Exchange.Tests.Markets;

/// <summary>Orders that never open, enlarge or turn a position.</summary>
public sealed class ReduceOnlyTables
{
    [Theory]
    [InlineData("A sell 1 @ 60 reduce -> refused ReduceOnly; book: empty")]
    [InlineData("B sell 4 @ 50 | A buy 4 @ 50 | A sell 4 @ 60 reduce -> trade 4 @ 50 B->A; book: A sell 4 @ 60")]
    [InlineData("B sell 4 @ 50 | A buy 4 @ 50 | A sell 4.01 @ 60 reduce -> trade 4 @ 50 B->A; refused ReduceOnly; book: empty")]
    [InlineData("B sell 4 @ 50 | A buy 4 @ 50 | A buy 1 @ 40 reduce -> trade 4 @ 50 B->A; refused ReduceOnly; book: empty")]
    [InlineData("B sell 4 @ 50 | A buy 4 @ 50 | B buy 4 @ 40 reduce -> trade 4 @ 50 B->A; book: B buy 4 @ 40")]
    [InlineData("B sell 4 @ 50 | A buy 4 @ 50 | A sell 3 @ 60 | A sell 2 @ 60 reduce -> trade 4 @ 50 B->A; refused ReduceOnly; book: A sell 3 @ 60")]
    [InlineData("B sell 4 @ 50 | A buy 4 @ 50 | C buy 4 @ 49 | A sell 4 @ 49 ioc reduce -> trade 4 @ 50 B->A; trade 4 @ 49 A->C; book: empty")]
    public void It_may_close_a_position_and_no_more(string row) => Scenario.Check(row);

    [Theory]
    [InlineData("B sell 4 @ 50 | A buy 4 @ 50 | A sell 4 @ 60 reduce | C buy 2 @ 49 | A sell 2 @ 49 -> trade 4 @ 50 B->A; trade 2 @ 49 A->C; cancelled A sell 4 @ 60 ReduceOnly; book: empty")]
    [InlineData("B sell 4 @ 50 | A buy 4 @ 50 | A sell 2 @ 60 reduce | A sell 2 @ 61 reduce | C buy 1 @ 49 | A sell 1 @ 49 -> trade 4 @ 50 B->A; trade 1 @ 49 A->C; cancelled A sell 2 @ 61 ReduceOnly; book: A sell 2 @ 60")]
    [InlineData("B sell 4 @ 50 | A buy 4 @ 50 | A sell 4 @ 60 reduce | A sell 1 @ 70 -> trade 4 @ 50 B->A; cancelled A sell 4 @ 60 ReduceOnly; book: A sell 1 @ 70")]
    [InlineData("B sell 4 @ 50 | A buy 4 @ 50 | A sell 4 @ 60 reduce | C buy 1 @ 60 -> trade 4 @ 50 B->A; trade 1 @ 60 A->C; book: A sell 3 @ 60")]
    public void While_it_rests_the_newest_goes_as_soon_as_it_could_do_more(string row) => Scenario.Check(row);

    [Theory]
    [InlineData("B sell 4 @ 50 | A buy 4 @ 50 | A sell 2 @ 60 reduce #x | A replace #x 4 @ 61 -> trade 4 @ 50 B->A; book: A sell 4 @ 61")]
    [InlineData("B sell 4 @ 50 | A buy 4 @ 50 | A sell 2 @ 60 reduce #x | A replace #x 5 -> trade 4 @ 50 B->A; refused ReduceOnly; book: A sell 2 @ 60")]
    [InlineData("B sell 4 @ 50 | A buy 4 @ 50 | A sell 2 @ 60 reduce #x | A sell 2 @ 60 | A replace #x 1 -> trade 4 @ 50 B->A; book: A sell 1 @ 60, A sell 2 @ 60")]
    public void A_replace_is_held_to_it_too(string row) => Scenario.Check(row);
}
