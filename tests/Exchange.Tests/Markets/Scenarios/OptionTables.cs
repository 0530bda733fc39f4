using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>An American call and put on Rain (0 to 100), struck at 60: from 0 to 40, and from 0 to 60.</summary>
public sealed class OptionTables
{
    private readonly Scenario _scenario = new();

    public OptionTables()
    {
        _scenario.Derive("Call", new Option(_scenario.MarketId, OptionKind.Call, OptionStyle.American, new Price(60_00)));
        _scenario.Derive("Put", new Option(_scenario.MarketId, OptionKind.Put, OptionStyle.American, new Price(60_00)));
        _scenario.Derive("European", new Option(_scenario.MarketId, OptionKind.Call, OptionStyle.European, new Price(60_00)));
    }

    [Fact]
    public void Its_range_follows_from_the_underlying_and_the_strike()
    {
        IEnumerable<MarketInfo> options = _scenario.Directory().Markets.Where(m => m.Derivation is Option);
        Assert.Equal([(0, 40_00), (0, 60_00), (0, 40_00)], options.Select(m => (m.Min.Hundredths, m.Max.Hundredths)));
    }

    [Theory]
    [InlineData("B sell 5 @ 10 in Call | A buy 5 @ 10 in Call | A exercise 2 in Call", "trade 5 @ 10 B->A; assigned B 2; book: empty", "9830; Rain 2, Call 3", "10170; Rain -2, Call -3")]
    [InlineData("B sell 5 @ 10 in Put | A buy 5 @ 10 in Put | A exercise 5 in Put", "trade 5 @ 10 B->A; assigned B 5; book: empty", "10250; Rain -5", "9750; Rain 5")]
    public void Exercised_it_becomes_the_underlying_bought_or_sold_at_the_strike(string steps, string happened, string ofA, string ofB)
    {
        Assert.Equal(happened, _scenario.Run(steps));
        Assert.Equal((ofA, ofB), (_scenario.Holds("A"), _scenario.Holds("B")));
    }

    [Theory]
    [InlineData("A buy 9 @ 10 in Call | B sell 6 @ 10 in Call | C sell 3 @ 10 in Call | A exercise 3 in Call", "assigned B 2, C 1; book: empty")]
    [InlineData("A buy 6 @ 10 in Call | C sell 3 @ 10 in Call | B sell 3 @ 10 in Call | A exercise 0.01 in Call", "assigned C 0.01; book: empty")]
    [InlineData("A buy 3 @ 10 in Call | B sell 1 @ 10 in Call | C sell 1 @ 10 in Call | D sell 1 @ 10 in Call | A exercise 1 in Call", "assigned B 0.34, C 0.33, D 0.33; book: empty")]
    [InlineData("A buy 3 @ 10 in Call | D sell 1 @ 10 in Call | C sell 1 @ 10 in Call | B sell 1 @ 10 in Call | A exercise 1.01 in Call", "assigned D 0.34, C 0.34, B 0.33; book: empty")]
    [InlineData("A buy 4 @ 10 in Call | B sell 3 @ 10 in Call | C sell 1 @ 10 in Call | A exercise 0.02 in Call", "assigned B 0.02; book: empty")]
    public void Shorts_are_assigned_in_proportion_and_who_was_here_first_breaks_ties(string steps, string happened)
    {
        string all = _scenario.Run(steps);
        Assert.Equal(happened, all[all.IndexOf("assigned", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void An_assigned_writers_open_orders_in_the_option_go_and_others_stay()
    {
        _scenario.Run("A buy 4 @ 10 in Call | B sell 4 @ 10 in Call | B sell 1 @ 30 in Call | B buy 1 @ 5 in Call | B buy 1 @ 5 | A sell 1 @ 35 in Call");
        Assert.Equal(
            "cancelled B sell 1 @ 30 Assigned; cancelled B buy 1 @ 5 Assigned; assigned B 2; book: B buy 1 @ 5", _scenario.Run("A exercise 2 in Call"));
        Assert.Single(_scenario.Market(_scenario.MarketNamed("Call")).Book!.Offers);
    }

    [Theory]
    [InlineData("A exercise 1 in Call -> refused InvalidQuantity; book: empty")]
    [InlineData("B sell 5 @ 10 in Call | A buy 5 @ 10 in Call | A exercise 5.01 in Call -> trade 5 @ 10 B->A; refused InvalidQuantity; book: empty")]
    [InlineData("B sell 5 @ 10 in Call | A buy 5 @ 10 in Call | B exercise 5 in Call -> trade 5 @ 10 B->A; refused InvalidQuantity; book: empty")]
    [InlineData("B sell 5 @ 10 in European | A buy 5 @ 10 in European | A exercise 5 in European -> trade 5 @ 10 B->A; refused WrongKindOfMarket; book: empty")]
    [InlineData("A exercise 1 in Rain -> refused WrongKindOfMarket; book: empty")]
    [InlineData("B sell 5 @ 10 in Call | A buy 5 @ 10 in Call | halt | A exercise 5 in Call -> trade 5 @ 10 B->A; refused MarketNotOpen; book: empty")]
    public void What_cannot_be_exercised_is_refused(string row) => Scenario.Check(row, _scenario);

    [Theory]
    [InlineData("settle @ 80 -> Call settled @ 20; Put settled @ 0; European settled @ 20; book: empty")]
    [InlineData("settle @ 35 -> Call settled @ 0; Put settled @ 25; European settled @ 0; book: empty")]
    [InlineData("halt in Call | settle @ 80 | undo -> Call settled @ 20; Put settled @ 0; European settled @ 20; European undone; Put undone; Call undone; Rain undone; book: empty")]
    public void It_settles_and_is_undone_with_its_underlying(string row) => Scenario.Check(row, _scenario);
}
