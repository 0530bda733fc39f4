namespace Exchange.Tests.Markets;

/// <summary>Orders in, a book and trades out.</summary>
public sealed class MatchingTables
{
    [Theory]
    [InlineData("A sell 10 @ 50 -> book: A sell 10 @ 50")]
    [InlineData("A sell 10 @ 50 | B buy 4 @ 55 -> trade 4 @ 50 A->B; book: A sell 6 @ 50")]
    [InlineData("A buy 10 @ 50 | B sell 4 @ 45 -> trade 4 @ 50 B->A; book: A buy 6 @ 50")]
    [InlineData("A sell 10 @ 50 | B buy 10 @ 50 -> trade 10 @ 50 A->B; book: empty")]
    [InlineData("A sell 10 @ 50 | B buy 15 @ 50 -> trade 10 @ 50 A->B; book: B buy 5 @ 50")]
    [InlineData("A sell 10 @ 50.01 | B buy 10 @ 50 -> book: B buy 10 @ 50, A sell 10 @ 50.01")]
    [InlineData("A sell 0.01 @ 0 | B buy 0.01 @ 100 -> trade 0.01 @ 0 A->B; book: empty")]
    public void An_order_trades_at_the_resting_price_and_the_rest_of_it_rests(string row) => Scenario.Check(row);

    [Theory]
    [InlineData("A sell 1 @ 52 | B sell 1 @ 50 | C sell 1 @ 51 | D buy 3 @ 60 -> trade 1 @ 50 B->D; trade 1 @ 51 C->D; trade 1 @ 52 A->D; book: empty")]
    [InlineData("A buy 1 @ 48 | B buy 1 @ 50 | C buy 1 @ 49 | D sell 3 @ 40 -> trade 1 @ 50 D->B; trade 1 @ 49 D->C; trade 1 @ 48 D->A; book: empty")]
    [InlineData("A sell 1 @ 52 | B sell 1 @ 50 | C sell 1 @ 51 | D buy 3 @ 51 -> trade 1 @ 50 B->D; trade 1 @ 51 C->D; book: D buy 1 @ 51, A sell 1 @ 52")]
    public void The_best_price_comes_first(string row) => Scenario.Check(row);

    [Theory]
    [InlineData("A sell 2 @ 50 | B sell 2 @ 50 | C sell 2 @ 50 | D buy 3 @ 50 -> trade 2 @ 50 A->D; trade 1 @ 50 B->D; book: B sell 1 @ 50, C sell 2 @ 50")]
    [InlineData("A sell 2 @ 50 | B sell 2 @ 50 | D buy 1 @ 50 | C sell 2 @ 50 | D buy 2 @ 50 -> trade 1 @ 50 A->D; trade 1 @ 50 A->D; trade 1 @ 50 B->D; book: B sell 1 @ 50, C sell 2 @ 50")]
    [InlineData("A buy 1 @ 50 | B buy 1 @ 50 | A buy 1 @ 50 | C sell 3 @ 50 -> trade 1 @ 50 C->A; trade 1 @ 50 C->B; trade 1 @ 50 C->A; book: empty")]
    public void At_one_price_the_first_in_line_comes_first(string row) => Scenario.Check(row);

    [Theory]
    [InlineData("A buy 1 @ 50 | B buy 1 @ 49 | C buy 1 @ 51 | D buy 1 @ 50 | A sell 1 @ 60 | B sell 1 @ 59 -> book: C buy 1 @ 51, A buy 1 @ 50, D buy 1 @ 50, B buy 1 @ 49, B sell 1 @ 59, A sell 1 @ 60")]
    public void The_book_shows_the_best_price_first_and_at_one_price_the_line(string row) => Scenario.Check(row);

    [Theory]
    [InlineData("A sell 10 @ 50 | A buy 10 @ 50 -> cancelled A sell 10 @ 50 SelfMatch; book: A buy 10 @ 50")]
    [InlineData("A sell 10 @ 50 | B sell 10 @ 50 | A buy 4 @ 50 -> cancelled A sell 10 @ 50 SelfMatch; trade 4 @ 50 B->A; book: B sell 6 @ 50")]
    [InlineData("B sell 1 @ 50 | A sell 5 @ 50 | C sell 1 @ 50 | A buy 3 @ 50 -> trade 1 @ 50 B->A; cancelled A sell 5 @ 50 SelfMatch; trade 1 @ 50 C->A; book: A buy 1 @ 50")]
    [InlineData("B sell 3 @ 50 | A sell 5 @ 50 | A buy 3 @ 50 -> trade 3 @ 50 B->A; book: A sell 5 @ 50")]
    [InlineData("A sell 5 @ 51 | A buy 5 @ 50 -> book: A buy 5 @ 50, A sell 5 @ 51")]
    [InlineData("A sell 5 @ 50 | A sell 5 @ 51 | A sell 5 @ 52 | A buy 1 @ 51 ioc -> cancelled A sell 5 @ 50 SelfMatch; cancelled A sell 5 @ 51 SelfMatch; cancelled A buy 1 @ 51 UnfilledRest; book: A sell 5 @ 52")]
    [InlineData("A sell 10 @ 50 | B buy 4 @ 50 | A buy 1 @ 50 -> trade 4 @ 50 A->B; cancelled A sell 6 @ 50 SelfMatch; book: A buy 1 @ 50")]
    public void An_order_never_trades_with_its_own_account(string row) => Scenario.Check(row);

    [Fact]
    public void A_trade_names_its_aggressor_and_its_orders()
    {
        var scenario = new Scenario();
        scenario.Run("A sell 10 @ 50 #x | B buy 4 @ 55 | C sell 2 @ 20 | D buy 1 @ 20");
        scenario.Run("A cancel #x | C buy 3 @ 30 | D sell 3 @ 30");
        var trades = scenario.Market().Trades!.Trades;
        Assert.Equal([Exchange.Markets.Side.Buy, Exchange.Markets.Side.Buy, Exchange.Markets.Side.Sell], trades.Select(t => t.Aggressor));
        Assert.Equal([1, 2, 3], trades.Select(t => t.TradeId));
        Assert.Equal(scenario.Account("D"), trades[2].SellerAccountId);
        Assert.Equal(1, trades[0].SellOrderId);
        Assert.Equal(2, trades[0].BuyOrderId);
    }

    [Fact]
    public void Cash_and_positions_move_at_the_resting_price()
    {
        var scenario = new Scenario();
        scenario.Run("A sell 10 @ 50 | B buy 4 @ 55");
        Assert.Equal((10_200m, -4m), (scenario.Cash("A"), scenario.Position("A")));
        Assert.Equal((9_800m, 4m), (scenario.Cash("B"), scenario.Position("B")));
    }

    [Fact]
    public void The_average_price_can_be_told_from_the_filled_value()
    {
        var scenario = new Scenario();
        scenario.Run("A sell 1 @ 50 | B sell 2 @ 53 | C buy 5 @ 60");
        Assert.Equal((5_00, 3_00, 2_00), (scenario.LastOrderOf("C").Quantity.Hundredths, scenario.LastOrderOf("C").Filled.Hundredths, scenario.LastOrderOf("C").Remaining.Hundredths));
        Assert.Equal((50 + (2 * 53)) * 10_000, scenario.LastOrderOf("C").FilledValue.TenThousandths);
    }
}
