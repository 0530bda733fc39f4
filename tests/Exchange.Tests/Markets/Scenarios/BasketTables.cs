using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>A basket of 2 × Rain − 1 × Snow, Rain from 0 to 100, Snow from 0 to 50: from −50 to 200.</summary>
public sealed class BasketTables
{
    private readonly Scenario _scenario = new();

    public BasketTables() => Derive(fee: 0);

    private void Derive(decimal fee)
    {
        if (fee == 0)
            _scenario.CreateMarket("Snow", 0, 50);
        Constituent[] constituents = [new(_scenario.MarketId, 2), new(_scenario.MarketNamed("Snow"), -1)];
        _scenario.Derive(fee == 0 ? "Basket" : "Dear", new Basket(new ValueList<Constituent>(constituents), new Cash((long)(fee * 10_000))));
    }

    [Fact]
    public void Its_range_follows_from_its_constituents()
    {
        MarketInfo basket = _scenario.Directory().Markets.Single(m => m.Name == "Basket");
        Assert.Equal((-50_00, 200_00), (basket.Min.Hundredths, basket.Max.Hundredths));
    }

    [Theory]
    [InlineData("A create 3 in Basket", "Basket +3 @ 75, Rain -6 @ 50, Snow +3 @ 25; book: empty", "10000; Rain -6, Snow 3, Basket 3")]
    [InlineData("A redeem 3 in Basket", "Basket -3 @ 75, Rain +6 @ 50, Snow -3 @ 25; book: empty", "10000; Rain 6, Snow -3, Basket -3")]
    [InlineData("A create 3 in Basket | A redeem 3 in Basket", "Basket +3 @ 75, Rain -6 @ 50, Snow +3 @ 25; Basket -3 @ 75, Rain +6 @ 50, Snow -3 @ 25; book: empty", "10000")]
    [InlineData("B buy 1 @ 60 | C sell 1 @ 70 | A redeem 1 in Basket", "Basket -1 @ 105, Rain +2 @ 65, Snow -1 @ 25; book: B buy 1 @ 60, C sell 1 @ 70", "10000; Rain 2, Snow -1, Basket -1")]
    public void Baskets_are_made_of_their_constituents_and_turned_into_them(string steps, string happened, string holds)
    {
        Assert.Equal(happened, _scenario.Run(steps));
        Assert.Equal(holds, _scenario.Holds("A"));
    }

    [Theory]
    [InlineData("A create 1 in Rain -> refused WrongKindOfMarket; book: empty")]
    [InlineData("A create 0 in Basket -> refused InvalidQuantity; book: empty")]
    [InlineData("halt in Snow | A create 1 in Basket -> refused MarketNotOpen; book: empty")]
    [InlineData("A create 40 in Basket -> Basket +40 @ 75, Rain -80 @ 50, Snow +40 @ 25; book: empty")]
    [InlineData("A create 40.01 in Basket -> refused InsufficientFunds; book: empty")]
    [InlineData("settle @ 10 in Basket -> refused MarketDerived; book: empty")]
    public void A_conversion_that_cannot_be_is_refused(string row) => Scenario.Check(row, _scenario);

    [Fact]
    public void A_conversion_costs_its_fee_which_is_no_money_given()
    {
        Derive(fee: 2.5m);
        Assert.Equal("A pays house 2.5; Dear +1 @ 75, Rain -2 @ 50, Snow +1 @ 25; book: empty", _scenario.Run("A create 1 in Dear"));
        Assert.Equal((9_997.5m, 10_000m), (_scenario.Cash("A"), _scenario.Portfolio("A").NetDeposits.TenThousandths / 10_000m));
    }

    [Theory]
    [InlineData("A create 3 in Basket | settle @ 60", "book: empty")]
    [InlineData("A create 3 in Basket | settle @ 60 | settle @ 10 in Snow", "Basket settled @ 110; book: empty")]
    [InlineData("A create 3 in Basket | settle @ 60 | settle @ 10 in Snow | undo", "Basket settled @ 110; Basket undone; Rain undone; book: empty")]
    public void It_settles_when_the_last_of_its_constituents_does_and_is_undone_with_any(string steps, string happened)
    {
        string all = _scenario.Run(steps);
        Assert.Equal(happened, all[(all.IndexOf("; ", StringComparison.Ordinal) + 2)..]);
        _scenario.Venue.CheckInvariants();
    }

    [Fact]
    public void Whatever_its_constituents_settle_at_a_conversion_won_nothing_and_lost_nothing()
    {
        _scenario.Run("A create 3 in Basket | B redeem 7 in Basket | settle @ 61.37 | settle @ 10.5 in Snow");
        Assert.Equal(("10000", "10000"), (_scenario.Holds("A"), _scenario.Holds("B")));
    }
}
