using Exchange.Markets;

namespace Exchange.Tests.Markets;

public sealed class SettlementTests
{
    [Theory]
    [InlineData(60, 9_960, 10_040)]
    [InlineData(0, 10_200, 9_800)]
    [InlineData(100, 9_800, 10_200)]
    [InlineData(50, 10_000, 10_000)]
    [InlineData(33.33, 10_066.68, 9_933.32)]
    public void Settling_pays_position_times_price(decimal price, decimal cashOfA, decimal cashOfB)
    {
        var scenario = new Scenario();
        scenario.Run("A sell 4 @ 50 | B buy 4 @ 50");
        Assert.False(scenario.Settle("owner", price).IsRefused);
        MarketSettled settled = scenario.Answer<MarketSettled>();
        Assert.Equal([-4_00, 4_00], settled.Payouts.Select(p => p.Position.Hundredths));
        Assert.Equal(0, settled.Payouts.Sum(p => p.Amount.TenThousandths));
        Assert.Equal((cashOfA, cashOfA, 0m), (scenario.Cash("A"), scenario.Available("A"), scenario.Position("A")));
        Assert.Equal((cashOfB, cashOfB, 0m), (scenario.Cash("B"), scenario.Available("B"), scenario.Position("B")));
        PositionState result = scenario.Portfolio("A").Positions.SingleOrDefault();
        Assert.Equal((cashOfA - 10_000, 0), (result.SettledProfit.TenThousandths / 10_000m, result.Spent.TenThousandths));
        scenario.Venue.CheckInvariants();
    }

    [Fact]
    public void At_a_negative_price_who_is_long_pays()
    {
        var scenario = new Scenario(min: -50, max: 50);
        scenario.Run("A sell 4 @ 10 | B buy 4 @ 10");
        scenario.Settle("owner", -5);
        Assert.Equal((10_060m, 9_940m), (scenario.Cash("A"), scenario.Cash("B")));
    }

    [Fact]
    public void A_profit_made_before_is_kept_as_the_markets_result()
    {
        var scenario = new Scenario();
        scenario.Run("A sell 4 @ 50 | B buy 4 @ 50 | B sell 4 @ 70 | C buy 4 @ 70");
        Assert.Equal(-80_0000, scenario.Portfolio("B").Positions.Single().Spent.TenThousandths);
        scenario.Settle("owner", 20);
        Assert.Equal(80_0000, scenario.Portfolio("B").Positions.Single().SettledProfit.TenThousandths);
        Assert.Equal((10_120m, 10_080m, 9_800m), (scenario.Cash("A"), scenario.Cash("B"), scenario.Cash("C")));
    }

    [Fact]
    public void Settling_cancels_every_live_order_and_frees_what_they_held_back()
    {
        var scenario = new Scenario();
        string happened = scenario.Run("A buy 10 @ 40 | B sell 10 @ 60 | A buy 3 @ 30 | settle @ 50");
        Assert.Equal(
            "cancelled A buy 10 @ 40 MarketSettled; cancelled A buy 3 @ 30 MarketSettled; cancelled B sell 10 @ 60 MarketSettled; book: empty",
            happened);
        Assert.Equal((10_000m, 10_000m), (scenario.Available("A"), scenario.Available("B")));
        Assert.Equal(0, scenario.Venue.LiveOrderCount);
    }

    [Theory]
    [InlineData("settle @ 100.01 -> refused InvalidPrice; book: empty")]
    [InlineData("settle @ -0.01 -> refused InvalidPrice; book: empty")]
    [InlineData("settle @ 100 -> book: empty")]
    [InlineData("settle @ 0 -> book: empty")]
    [InlineData("settle @ 50 | settle @ 50 -> refused MarketNotOpen; book: empty")]
    [InlineData("settle @ 50 | A buy 1 @ 50 -> refused MarketNotOpen; book: empty")]
    [InlineData("A buy 1 @ 50 #x | settle @ 50 | A replace #x 2 -> cancelled A buy 1 @ 50 MarketSettled; refused OrderNotLive; book: empty")]
    [InlineData("A buy 1 @ 50 #x | settle @ 50 | A cancel #x -> cancelled A buy 1 @ 50 MarketSettled; refused OrderNotLive; book: empty")]
    [InlineData("A buy 1 @ 50 | settle @ 50 | A cancel all -> cancelled A buy 1 @ 50 MarketSettled; 0 cancelled; book: empty")]
    [InlineData("A buy 1 @ 50 id=a | settle @ 50 | A buy 1 @ 50 id=a -> cancelled A buy 1 @ 50 MarketSettled; existing A buy 1 @ 50 filled 0 Cancelled; book: empty")]
    public void A_market_settles_once_within_its_range_and_nobody_trades_it_again(string row) => Scenario.Check(row);

    [Fact]
    public void The_settlement_price_need_not_be_a_multiple_of_the_tick_size()
    {
        var scenario = new Scenario(tick: 0.25m);
        Assert.False(scenario.Settle("owner", 33.33m).IsRefused);
        MarketInfo market = scenario.Answer<MarketChanged>().Market;
        Assert.Equal((MarketStatus.Settled, new Price(33_33)), (market.Status, market.SettlementPrice));
    }

    [Theory]
    [InlineData("owner", false, RefusalCode.None)]
    [InlineData("owner", true, RefusalCode.None)]
    [InlineData("admin", true, RefusalCode.None)]
    [InlineData("admin", false, RefusalCode.NotElevated)]
    [InlineData("A", false, RefusalCode.Forbidden)]
    [InlineData("A", true, RefusalCode.Forbidden)]
    public void The_owner_or_an_elevated_admin_settles(string who, bool elevated, RefusalCode code)
    {
        var scenario = new Scenario();
        Refusal refusal = scenario.Settle(who, 50, elevated);
        Assert.Equal(code, refusal.Code);
        Assert.Equal(code == RefusalCode.None, refusal.Sentence == "");
    }

    [Fact]
    public void Other_markets_go_on()
    {
        var scenario = new Scenario();
        long second = scenario.CreateMarket("Snow", 0, 100);
        scenario.Place("A", Side.Buy, 3, 10, marketId: second);
        scenario.Run("A buy 5 @ 10 | settle @ 10");
        Assert.Single(scenario.Market(second).Book!.Bids);
        Assert.Equal(9_970m, scenario.Available("A"));
    }
}
