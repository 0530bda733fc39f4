using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>Where markets that follow from others end: in depth, and in what anyone can hold of them. Rain is worth 0 or 0.01.</summary>
public sealed class DerivedLimitTests
{
    private readonly Scenario _scenario = new(cash: 1_000_000, min: 0, max: 0.01m);

    private static Basket BasketOf(long marketId) => new(new ValueList<Constituent>(new Constituent(marketId, 1)), Cash.Zero);

    [Fact]
    public void Markets_follow_from_one_another_five_deep()
    {
        long market = _scenario.MarketId;
        for (int depth = 1; depth <= 5; depth++)
            market = _scenario.Derive($"{depth} deep", BasketOf(market));
        var terms = new MarketTerms("6 deep", "", default, default, 1) { Derivation = BasketOf(market) };
        Assert.Equal(RefusalCode.InvalidField, _scenario.AsAdmin(CommandKind.CreateMarket, terms).Code);
    }

    [Fact]
    public void The_house_takes_the_other_side_of_ten_million_contracts_at_most()
    {
        _scenario.Derive("Basket", BasketOf(_scenario.MarketId));
        for (int i = 0; i < 10; i++)
            Assert.DoesNotContain("refused", _scenario.Run("A create 1000000 in Basket"), StringComparison.Ordinal);
        Assert.Equal("refused LimitExceeded; book: empty", _scenario.Run("A create 0.01 in Basket"));
        Assert.Equal("refused LimitExceeded; book: empty", _scenario.Run("B create 0.01 in Basket"));
        Assert.DoesNotContain("refused", _scenario.Run("B redeem 1 in Basket | A redeem 1 in Basket"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_writer_is_assigned_no_more_of_the_underlying_than_anyone_may_hold()
    {
        _scenario.Derive("Call", new Option(_scenario.MarketId, OptionKind.Call, OptionStyle.American, new Price(0)));
        for (int i = 0; i < 10; i++)
            _scenario.Run("A sell 1000000 @ 0.01 | C buy 1000000 @ 0.01");
        _scenario.Run("A sell 2 @ 0.01 in Call | B buy 2 @ 0.01 in Call");
        Assert.Equal("refused LimitExceeded; book: empty", _scenario.Run("B exercise 2 in Call"));
        Assert.Equal("trade 1 @ 0.01 C->A; assigned A 1; book: empty", _scenario.Run("C sell 1 @ 0.01 | A buy 1 @ 0.01 | B exercise 1 in Call"));
        Assert.Equal(-10_000_000, _scenario.Position("A"));
    }
}
