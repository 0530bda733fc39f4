using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>At the extremes of the numbers: refused, never an exception, never wrong money.</summary>
public sealed class LimitTests
{
    private const decimal Million = 1_000_000;
    private const decimal MostIssued = 115_292_150_460_684.6976m;

    [Theory]
    [InlineData(Side.Buy, 1_000_000)]
    [InlineData(Side.Buy, -1_000_000)]
    [InlineData(Side.Sell, 1_000_000)]
    [InlineData(Side.Sell, -1_000_000)]
    public void A_position_with_its_open_orders_stays_within_ten_million_contracts(Side side, int price)
    {
        var scenario = new Scenario(MostIssued / 4, -Million, Million);
        for (int i = 0; i < 10; i++)
            Assert.Equal("", scenario.Place("A", side, Million, price).Sentence);
        Assert.Equal(RefusalCode.LimitExceeded, scenario.Place("A", side, 0.01m, price).Code);
        Assert.Equal(RefusalCode.LimitExceeded, scenario.Place("A", side, Million, price).Code);
        scenario.Venue.CheckInvariants();
    }

    [Fact]
    public void A_filled_position_counts_as_open_orders_do_and_can_be_sold_again()
    {
        var scenario = new Scenario(MostIssued / 4, -Million, Million);
        for (int i = 0; i < 10; i++)
            scenario.Run("A sell 1000000 @ 1000000 | B buy 1000000 @ 1000000");
        Assert.Equal((-10 * Million, 10 * Million), (scenario.Position("A"), scenario.Position("B")));
        Assert.Equal("refused LimitExceeded; refused LimitExceeded; book: empty", scenario.Run("A sell 0.01 @ 0 | B buy 0.01 @ 0"));
        Assert.Equal(
            "trade 1000000 @ -1000000 B->A; book: empty", scenario.Run("A buy 1000000 @ -1000000 | B sell 1000000 @ -1000000"));
        Assert.False(scenario.Settle("owner", -Million).IsRefused);
        scenario.Venue.CheckInvariants();
    }

    [Theory]
    [InlineData("A buy 1000000 @ 1000000 -> refused InsufficientFunds; book: empty")]
    [InlineData("A sell 1000000 @ -1000000 -> refused InsufficientFunds; book: empty")]
    [InlineData("A buy 1000000 @ -1000000 -> book: A buy 1000000 @ -1000000")]
    [InlineData("A sell 1000000 @ 1000000 -> book: A sell 1000000 @ 1000000")]
    [InlineData("A buy 1000000 fok -> refused CannotFill; book: empty")]
    [InlineData("A buy 1000000 ioc -> cancelled A buy 1000000 @ 1000000 UnfilledRest; book: empty")]
    public void The_poor_are_refused_the_largest_order_unless_it_cannot_lose(string row) =>
        Scenario.Check(row, new Scenario(cash: 1_000, min: -Million, max: Million));

    [Fact]
    public void Positions_that_could_move_more_cash_than_is_counted_with_are_refused()
    {
        var scenario = new Scenario(cash: 1_000_000_000);
        Assert.Equal(RefusalCode.LimitExceeded, SellUntilRefused(scenario, 30).Code);
        Assert.InRange(scenario.Cash("A"), 1.9m * MostIssued, 2.1m * MostIssued);
        Assert.Equal(2_000_000_000, scenario.Cash("A") + scenario.Cash("B"));
    }

    [Fact]
    public void At_that_limit_an_order_that_closes_a_position_is_never_refused()
    {
        var scenario = new Scenario(cash: 1_000_000_000);
        SellUntilRefused(scenario, 30);
        Assert.Equal("", scenario.Place("A", Side.Buy, Million, Million, marketId: scenario.MarketId + 1).Sentence);
        Assert.Equal("", scenario.Place("A", Side.Buy, Million, Million, marketId: scenario.MarketId + 1).Sentence);
        scenario.Venue.CheckInvariants();
    }

    [Fact]
    public void Settling_markets_one_by_one_never_throws_however_large_the_sums_between()
    {
        // Shorts near +1,000,000 bring cash, shorts near -1,000,000 cost it: together they stay near zero, as far as
        // they are let. Then all of one kind settles.
        var scenario = new Scenario(cash: 1_000_000_000);
        SellUntilRefused(scenario, 120, alsoLow: true);
        foreach (MarketInfo market in scenario.Directory().Markets.Where(m => m.Max < new Price(0)))
        {
            Refusal refusal = scenario.Settle("owner", -Million, marketId: market.MarketId);
            Assert.True(refusal.Code is RefusalCode.None or RefusalCode.LimitExceeded);
            scenario.Venue.CheckInvariants();
        }
    }

    /// <summary>
    /// A sells as much as can be in market after market to B. In ranges so narrow even a huge trade risks little, but
    /// each moves 10^16 ten-thousandths.
    /// </summary>
    private static Refusal SellUntilRefused(Scenario scenario, int markets, bool alsoLow = false)
    {
        for (int i = 0; i < markets; i++)
        {
            long high = scenario.CreateMarket($"High {i}", Million - 0.01m, Million);
            if (Sell(high, Million) is { IsRefused: true } refusedHigh)
                return refusedHigh;
            if (alsoLow && Sell(scenario.CreateMarket($"Low {i}", -Million, -Million + 0.01m), -Million + 0.01m) is { IsRefused: true } refusedLow)
                return refusedLow;
            scenario.Venue.CheckInvariants();
        }
        return Refusal.None;

        Refusal Sell(long marketId, decimal price)
        {
            for (int j = 0; j < 10; j++)
            {
                Refusal sold = scenario.Place("A", Side.Sell, Million, price, marketId: marketId);
                Refusal bought = scenario.Place("B", Side.Buy, Million, price, TimeInForce.ImmediateOrCancel, marketId: marketId);
                if (sold.IsRefused || bought.IsRefused)
                    return sold.IsRefused ? sold : bought;
            }
            return Refusal.None;
        }
    }

    [Fact]
    public void A_room_gives_out_no_more_money_than_it_may()
    {
        var scenario = new Scenario(cash: MostIssued / 2);
        scenario.User("A");
        var entry = new UserEntry("test", "late", "Late", null, false);
        string before = scenario.Venue.StateHash();
        Refusal refusal = scenario.Apply(new Command { Kind = CommandKind.EnterUser, Details = entry });
        Assert.Equal(RefusalCode.LimitExceeded, refusal.Code);
        Assert.Equal(before, scenario.Venue.StateHash());
    }

    [Fact]
    public void An_account_has_ten_thousand_live_orders_in_a_market_at_most()
    {
        var scenario = new Scenario();
        long second = scenario.CreateMarket("Snow", 0, 100);
        for (int i = 0; i < 10_000; i++)
            Assert.False(scenario.Place("A", Side.Buy, 0.01m, i % 50).IsRefused);
        Assert.Equal(RefusalCode.LimitExceeded, scenario.Place("A", Side.Sell, 0.01m, 60).Code);
        Assert.False(scenario.Place("A", Side.Sell, 0.01m, 60, TimeInForce.ImmediateOrCancel).IsRefused);
        Assert.False(scenario.Place("A", Side.Sell, 0.01m, 60, marketId: second).IsRefused);
        Assert.False(scenario.Place("B", Side.Sell, 0.01m, 60).IsRefused);
        Command replace = new() { Kind = CommandKind.ReplaceOrder, AccountId = scenario.Account("A"), OrderId = 1, HasPrice = true, Price = new Price(55_00) };
        Assert.False(scenario.Apply(replace).IsRefused);
    }

    [Fact]
    public void A_room_has_ten_thousand_markets_at_most()
    {
        var scenario = new Scenario();
        for (int i = 1; i < 10_000; i++)
            scenario.CreateMarket($"M{i}", 0, 1);
        var terms = new MarketTerms("One more", "", new Price(0), new Price(1), 1);
        Refusal refusal = scenario.Apply(new Command { Kind = CommandKind.CreateMarket, UserId = scenario.User("owner"), Details = terms });
        Assert.Equal(RefusalCode.LimitExceeded, refusal.Code);
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(0)]
    [InlineData(100_000_001)]
    public void A_quantity_beyond_every_limit_is_refused_with_a_sentence(long hundredths)
    {
        var scenario = new Scenario();
        Refusal refusal = scenario.Apply(new Command
        {
            Kind = CommandKind.PlaceOrder, AccountId = scenario.Account("A"), MarketId = scenario.MarketId, Side = Side.Buy,
            TimeInForce = TimeInForce.GoodTillCancelled, HasPrice = true, HasQuantity = true, Quantity = new Quantity(hundredths),
        });
        Assert.Equal(RefusalCode.InvalidQuantity, refusal.Code);
        Assert.Contains(new Quantity(hundredths).ToString(), refusal.Sentence);
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void A_price_beyond_every_limit_is_refused_with_a_sentence(int hundredths)
    {
        var scenario = new Scenario(min: -Million, max: Million);
        var price = new Price(hundredths);
        Refusal placed = scenario.Apply(new Command
        {
            Kind = CommandKind.PlaceOrder, AccountId = scenario.Account("A"), MarketId = scenario.MarketId, Side = Side.Buy,
            TimeInForce = TimeInForce.GoodTillCancelled, HasPrice = true, Price = price, HasQuantity = true, Quantity = new Quantity(1),
        });
        Refusal settled = scenario.Apply(new Command { Kind = CommandKind.SettleMarket, UserId = scenario.User("owner"), MarketId = scenario.MarketId, Price = price });
        Assert.Equal((RefusalCode.InvalidPrice, RefusalCode.InvalidPrice), (placed.Code, settled.Code));
        Assert.Contains(price.ToString(), placed.Sentence);
    }
}
