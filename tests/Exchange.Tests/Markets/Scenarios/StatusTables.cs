namespace Exchange.Tests.Markets;

/// <summary>Markets opened, halted, settled by mistake and brought back.</summary>
public sealed class StatusTables
{
    [Theory]
    [InlineData("A buy 1 @ 40 #x | cancel-only | A buy 1 @ 41 | A cancel #x -> refused MarketNotOpen; cancelled A buy 1 @ 40 Requested; book: empty")]
    [InlineData("A buy 1 @ 40 #x | cancel-only | A replace #x 0.5 | A cancel all -> refused MarketNotOpen; cancelled A buy 1 @ 40 Requested; 1 cancelled; book: empty")]
    [InlineData("A buy 1 @ 40 #x | halt | A cancel #x | A cancel all -> refused MarketNotOpen; refused MarketNotOpen; book: A buy 1 @ 40")]
    [InlineData("halt | open | A buy 1 @ 40 -> book: A buy 1 @ 40")]
    [InlineData("halt | settle @ 50 | open -> refused MarketNotOpen; book: empty")]
    public void A_status_says_what_still_works(string row) => Scenario.Check(row);

    [Theory]
    [InlineData("A sell 4 @ 50 | B buy 4 @ 50 | settle @ 80 | undo", "10200; Rain -4", "9800; Rain 4")]
    [InlineData("A sell 4 @ 50 | B buy 4 @ 50 | settle @ 80 | undo | settle @ 20", "10120", "9880")]
    [InlineData("A sell 4 @ 50 | B buy 4 @ 50 | B sell 4 @ 60 | A buy 4 @ 60 | settle @ 80 | undo", "9960", "10040")]
    public void A_settlement_undone_is_as_if_it_had_not_been(string steps, string ofA, string ofB)
    {
        var scenario = new Scenario();
        scenario.Run(steps);
        Assert.Equal((ofA, ofB), (scenario.Holds("A"), scenario.Holds("B")));
        scenario.Venue.CheckInvariants();
    }

    [Theory]
    [InlineData("undo -> refused MarketNotSettled; book: empty")]
    [InlineData("A buy 1 @ 50 | settle @ 80 | undo | A buy 1 @ 50 -> cancelled A buy 1 @ 50 MarketSettled; Rain undone; refused MarketNotOpen; book: empty")]
    [InlineData("A buy 1 @ 50 | settle @ 80 | undo | open | A buy 1 @ 50 -> cancelled A buy 1 @ 50 MarketSettled; Rain undone; book: A buy 1 @ 50")]
    public void What_is_undone_is_halted_and_its_orders_stay_gone(string row) => Scenario.Check(row);

    [Fact]
    public void Who_has_spent_what_is_taken_back_is_short_until_it_is_made_good()
    {
        var scenario = new Scenario(cash: 100);
        Assert.Equal(
            "trade 2 @ 50 A->B; A pays C 40; A short; book: empty",
            scenario.Run("A sell 2 @ 50 | B buy 2 @ 50 | settle @ 0 | A pay 40 to C | undo").Replace("Rain undone; ", ""));
        Assert.Equal(-40, scenario.Available("A"));
        Assert.Equal("refused MarketNotOpen; C pays A 40; A back; book: empty", scenario.Run("A buy 1 @ 50 | C pay 40 to A"));
    }
}
