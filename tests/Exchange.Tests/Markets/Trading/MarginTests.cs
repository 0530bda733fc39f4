using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>Everyone can always pay: cash and worst cases never sum to less than nothing.</summary>
public sealed class MarginTests
{
    // Each trader has 1,000.00; the range is 0 to 100 unless said otherwise.
    [Theory]
    [InlineData("A buy 10 @ 100 -> book: A buy 10 @ 100")]
    [InlineData("A buy 10.01 @ 100 -> refused InsufficientFunds; book: empty")]
    [InlineData("A sell 10 @ 0 -> book: A sell 10 @ 0")]
    [InlineData("A sell 10.01 @ 0 -> refused InsufficientFunds; book: empty")]
    [InlineData("A sell 20 @ 50 -> book: A sell 20 @ 50")]
    [InlineData("A sell 20.01 @ 50 -> refused InsufficientFunds; book: empty")]
    [InlineData("A buy 10 @ 60 | A buy 10 @ 40 -> book: A buy 10 @ 60, A buy 10 @ 40")]
    [InlineData("A buy 10 @ 60 | A buy 10 @ 40 | A buy 0.01 @ 0.01 -> refused InsufficientFunds; book: A buy 10 @ 60, A buy 10 @ 40")]
    public void An_order_is_accepted_if_its_worst_case_can_be_paid(string row) => Scenario.Check(row, new Scenario(cash: 1_000));

    [Theory]
    [InlineData("A buy 1000000 @ 0 -> book: A buy 1000000 @ 0")]
    [InlineData("A sell 1000000 @ 100 -> book: A sell 1000000 @ 100")]
    [InlineData("A buy 10 @ 100 | A sell 1000000 @ 100 -> cancelled A buy 10 @ 100 SelfMatch; book: A sell 1000000 @ 100")]
    public void At_the_bounds_of_the_range_one_side_risks_nothing(string row) => Scenario.Check(row, new Scenario(cash: 1_000));

    [Theory]
    [InlineData("A buy 20 @ 50 | A sell 20 @ 51 -> book: A buy 20 @ 50, A sell 20 @ 51")]
    [InlineData("A buy 20 @ 50 | A sell 20.41 @ 51 -> refused InsufficientFunds; book: A buy 20 @ 50")]
    public void Buys_and_sells_are_not_both_held_back_but_the_worse_of_the_two(string row) =>
        Scenario.Check(row, new Scenario(cash: 1_000));

    [Theory]
    [InlineData("B sell 10 @ 50 | A buy 10 @ 50 | A sell 10 @ 0 -> trade 10 @ 50 B->A; book: A sell 10 @ 0")]
    [InlineData("B sell 20 @ 50 | A buy 20 @ 50 | A sell 20 @ 0 -> trade 20 @ 50 B->A; book: A sell 20 @ 0")]
    [InlineData("B sell 20 @ 50 | A buy 20 @ 50 | A sell 20.01 @ 0 -> trade 20 @ 50 B->A; refused InsufficientFunds; book: empty")]
    [InlineData("B buy 20 @ 50 | A sell 20 @ 50 | A buy 20 @ 100 -> trade 20 @ 50 A->B; book: A buy 20 @ 100")]
    [InlineData("B buy 20 @ 50 | A sell 20 @ 50 | A buy 20.01 @ 100 -> trade 20 @ 50 A->B; refused InsufficientFunds; book: empty")]
    [InlineData("B sell 20 @ 50 | A buy 20 @ 50 | A buy 0.01 @ 0.01 -> trade 20 @ 50 B->A; refused InsufficientFunds; book: empty")]
    public void An_order_that_reduces_risk_is_never_refused(string row) => Scenario.Check(row, new Scenario(cash: 1_000));

    [Theory]
    [InlineData("B sell 100 @ 10 | A buy 100 ioc -> trade 100 @ 10 B->A; book: empty")]
    [InlineData("B sell 100 @ 10 | A buy 100 @ 100 -> trade 100 @ 10 B->A; book: empty")]
    [InlineData("B sell 100 @ 10 | A buy 110 ioc -> trade 100 @ 10 B->A; cancelled A buy 10 @ 100 UnfilledRest; book: empty")]
    [InlineData("B sell 100 @ 10 | A buy 100.01 @ 100 -> refused InsufficientFunds; book: B sell 100 @ 10")]
    [InlineData("B sell 50 @ 10 | A buy 60 @ 50 -> trade 50 @ 10 B->A; book: A buy 10 @ 50")]
    [InlineData("B sell 50 @ 10 | A buy 60.01 @ 50 -> refused InsufficientFunds; book: B sell 50 @ 10")]
    [InlineData("B sell 99 @ 10 | C sell 1 @ 11 | A buy 100 fok -> refused InsufficientFunds; book: B sell 99 @ 10, C sell 1 @ 11")]
    [InlineData("B buy 100 @ 90 | A sell 100 ioc -> trade 100 @ 90 A->B; book: empty")]
    [InlineData("B buy 100 @ 89 | A sell 100 ioc -> refused InsufficientFunds; book: B buy 100 @ 89")]
    public void An_order_needs_what_it_really_spends_and_its_rest_at_its_limit(string row)
    {
        // B and C have 10,000.00; A has 1,000.00 left besides an order elsewhere.
        var scenario = new Scenario();
        scenario.Place("A", Side.Buy, 90, 100, marketId: scenario.CreateMarket("Snow", 0, 100));
        Scenario.Check(row, scenario);
    }

    [Theory]
    [InlineData("A sell 20 @ 50 | A buy 20 @ 50 -> cancelled A sell 20 @ 50 SelfMatch; book: A buy 20 @ 50")]
    [InlineData("A sell 20 @ 50 | A buy 20.01 @ 50 -> refused InsufficientFunds; book: A sell 20 @ 50")]
    [InlineData("A buy 20 @ 50 #x | A replace #x 10 @ 100 -> book: A buy 10 @ 100")]
    [InlineData("A buy 20 @ 50 #x | A replace #x 10.01 @ 100 -> refused InsufficientFunds; book: A buy 20 @ 50")]
    [InlineData("A buy 20 @ 50 #x | A cancel #x | A buy 20 @ 50 -> cancelled A buy 20 @ 50 Requested; book: A buy 20 @ 50")]
    public void What_an_order_displaces_is_no_longer_held_back(string row) => Scenario.Check(row, new Scenario(cash: 1_000));

    // Range −50 to 50.
    [Theory]
    [InlineData("A buy 20 @ 0 -> book: A buy 20 @ 0")]
    [InlineData("A buy 20.01 @ 0 -> refused InsufficientFunds; book: empty")]
    [InlineData("A sell 20 @ 0 -> book: A sell 20 @ 0")]
    [InlineData("A sell 20.01 @ 0 -> refused InsufficientFunds; book: empty")]
    [InlineData("A buy 1000000 @ -50 -> book: A buy 1000000 @ -50")]
    [InlineData("A sell 10 @ -50 -> book: A sell 10 @ -50")]
    [InlineData("A sell 10.01 @ -50 -> refused InsufficientFunds; book: empty")]
    [InlineData("A buy 12.5 @ 30 -> book: A buy 12.5 @ 30")]
    [InlineData("A buy 12.51 @ 30 -> refused InsufficientFunds; book: empty")]
    public void In_a_range_below_zero_a_buyer_risks_the_price_less_the_lowest(string row) =>
        Scenario.Check(row, new Scenario(cash: 1_000, min: -50, max: 50));

    [Fact]
    public void Buying_at_a_negative_price_brings_cash_but_nothing_available()
    {
        var scenario = new Scenario(cash: 1_000, min: -50, max: 50);
        scenario.Run("B buy 10 @ -50 | A sell 10 @ -50");
        Assert.Equal((1_500m, 1_000m), (scenario.Cash("B"), scenario.Available("B")));
        Assert.Equal((500m, 0m), (scenario.Cash("A"), scenario.Available("A")));
    }

    [Fact]
    public void Short_selling_holds_back_the_highest_price_less_the_price_got()
    {
        var scenario = new Scenario(cash: 1_000);
        scenario.Run("B buy 10 @ 30 | A sell 10 @ 30");
        Assert.Equal((1_300m, 300m, -10m), (scenario.Cash("A"), scenario.Available("A"), scenario.Position("A")));
        Assert.Equal((700m, 700m, 10m), (scenario.Cash("B"), scenario.Available("B"), scenario.Position("B")));
    }

    [Fact]
    public void Available_is_cash_and_the_worst_case_of_every_market()
    {
        var scenario = new Scenario(cash: 1_000);
        long second = scenario.CreateMarket("Snow", -10, 10);
        scenario.Place("A", Side.Buy, 5, 40);
        scenario.Place("A", Side.Sell, 3, 60);
        scenario.Place("A", Side.Buy, 10, 0, marketId: second);
        Assert.Equal((1_000m, 1_000m - 200 - 100), (scenario.Cash("A"), scenario.Available("A")));
        Refusal refusal = scenario.Place("A", Side.Buy, 70.01m, 0, marketId: second);
        Assert.Equal((RefusalCode.InsufficientFunds, 700_1000, 700_0000), (refusal.Code, refusal.A, refusal.B));
    }

    [Fact]
    public void The_refusal_tells_what_was_needed_and_what_is_available()
    {
        var scenario = new Scenario(cash: 1_000);
        scenario.Place("A", Side.Buy, 4, 100);
        Refusal refusal = scenario.Place("A", Side.Buy, 6.01m, 100);
        Assert.Equal((RefusalCode.InsufficientFunds, 601_0000, 600_0000), (refusal.Code, refusal.A, refusal.B));
        Assert.Equal("This needs 601.00, but only 600.00 is available.", refusal.Sentence);
    }

    [Fact]
    public void The_refusal_has_two_decimals_and_never_makes_it_look_like_enough()
    {
        var scenario = new Scenario(cash: 1_000);
        scenario.Place("A", Side.Buy, 0.01m, 0.01m);
        Refusal refusal = scenario.Place("A", Side.Buy, 10.01m, 99.99m);
        Assert.Equal((RefusalCode.InsufficientFunds, 1_000_8999, 999_9999), (refusal.Code, refusal.A, refusal.B));
        Assert.Equal("This needs 1,000.90, but only 999.99 is available.", refusal.Sentence);
    }

    [Fact]
    public void A_resting_order_that_fills_never_lowers_what_is_available()
    {
        var scenario = new Scenario(cash: 1_000);
        scenario.Run("A buy 10 @ 60 | A sell 5 @ 80");
        decimal before = scenario.Available("A");
        scenario.Run("B sell 10 @ 60");
        Assert.Equal(before, scenario.Available("A"));
        scenario.Run("C buy 5 @ 80");
        Assert.Equal(before + (5 * 80), scenario.Available("A"));
    }

    [Fact]
    public void With_no_money_one_can_still_offer_what_cannot_lose()
    {
        var scenario = new Scenario(cash: 0);
        Assert.Equal(RefusalCode.InsufficientFunds, scenario.Place("A", Side.Buy, 0.01m, 0.01m).Code);
        Assert.Equal(RefusalCode.None, scenario.Place("A", Side.Buy, 5, 0).Code);
        Assert.Equal(RefusalCode.None, scenario.Place("B", Side.Sell, 5, 100).Code);
    }
}
