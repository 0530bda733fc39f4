using Exchange.Markets;

namespace Exchange.Tests.Markets;

public sealed class ReplaceAndCancelTables
{
    [Theory]
    [InlineData("A sell 5 @ 50 #x | B sell 5 @ 50 | A replace #x 3 | C buy 4 @ 50 -> trade 3 @ 50 A->C; trade 1 @ 50 B->C; book: B sell 4 @ 50")]
    [InlineData("A sell 5 @ 50 #x | B sell 5 @ 50 | A replace #x 3 @ 50 -> book: A sell 3 @ 50, B sell 5 @ 50")]
    [InlineData("A sell 5 @ 50 #x | B sell 5 @ 50 | C buy 2 @ 50 | A replace #x 4 -> trade 2 @ 50 A->C; book: A sell 2 @ 50, B sell 5 @ 50")]
    [InlineData("A sell 5 @ 50 #x | B sell 5 @ 50 | A replace #x -> book: A sell 5 @ 50, B sell 5 @ 50")]
    [InlineData("A sell 5 @ 50 #x | B sell 5 @ 50 | A replace #x 5 @ 50 -> book: A sell 5 @ 50, B sell 5 @ 50")]
    public void Only_reducing_the_quantity_keeps_the_place_in_line(string row) => Scenario.Check(row);

    [Theory]
    [InlineData("A sell 5 @ 50 #x | B sell 5 @ 50 | A replace #x 5.01 -> book: B sell 5 @ 50, A sell 5.01 @ 50")]
    [InlineData("A sell 5 @ 50 #x | B sell 5 @ 51 | A replace #x @ 51 -> book: B sell 5 @ 51, A sell 5 @ 51")]
    [InlineData("A sell 5 @ 50 #x | B sell 5 @ 50 | A replace #x @ 51 | A replace #x @ 50 -> book: B sell 5 @ 50, A sell 5 @ 50")]
    [InlineData("A sell 5 @ 51 #x | B sell 5 @ 50 | A replace #x 2 @ 50 -> book: B sell 5 @ 50, A sell 2 @ 50")]
    [InlineData("A sell 5 @ 50 #x | B sell 5 @ 50 | C buy 2 @ 50 | A replace #x 6 -> trade 2 @ 50 A->C; book: B sell 5 @ 50, A sell 4 @ 50")]
    public void A_new_price_or_a_larger_quantity_goes_to_the_end_of_the_line(string row) => Scenario.Check(row);

    [Theory]
    [InlineData("A sell 5 @ 50 | B buy 5 @ 40 #x | B replace #x @ 50 -> trade 5 @ 50 A->B; book: empty")]
    [InlineData("A sell 5 @ 50 | B buy 5 @ 40 #x | B replace #x 8 @ 55 -> trade 5 @ 50 A->B; book: B buy 3 @ 55")]
    [InlineData("A sell 5 @ 50 | A buy 5 @ 40 #x | A replace #x @ 50 -> cancelled A sell 5 @ 50 SelfMatch; book: A buy 5 @ 50")]
    [InlineData("B buy 5 @ 40 #x | A sell 2 @ 40 | A sell 5 @ 50 | B replace #x @ 50 -> trade 2 @ 40 A->B; trade 3 @ 50 A->B; book: A sell 2 @ 50")]
    public void A_replaced_order_that_crosses_trades(string row) => Scenario.Check(row);

    [Theory]
    [InlineData("B buy 5 @ 40 #x | A sell 2 @ 40 | B replace #x 2 -> trade 2 @ 40 A->B; refused InvalidQuantity; book: B buy 3 @ 40")]
    [InlineData("B buy 5 @ 40 #x | A sell 2 @ 40 | B replace #x 1 -> trade 2 @ 40 A->B; refused InvalidQuantity; book: B buy 3 @ 40")]
    [InlineData("B buy 5 @ 40 #x | A sell 2 @ 40 | B replace #x 2.01 -> trade 2 @ 40 A->B; book: B buy 0.01 @ 40")]
    [InlineData("B buy 5 @ 40 #x | B replace #x 0 -> refused InvalidQuantity; book: B buy 5 @ 40")]
    [InlineData("B buy 5 @ 40 #x | B replace #x 1000000.01 -> refused InvalidQuantity; book: B buy 5 @ 40")]
    [InlineData("B buy 5 @ 40 #x | B replace #x @ 100.01 -> refused InvalidPrice; book: B buy 5 @ 40")]
    [InlineData("B buy 5 @ 40 #x | A replace #x 4 -> refused OrderNotLive; book: B buy 5 @ 40")]
    [InlineData("B buy 5 @ 40 #x | B replace #x 300 @ 40 -> refused InsufficientFunds; book: B buy 5 @ 40")]
    [InlineData("B buy 5 @ 40 #x | B cancel #x | B replace #x 4 -> cancelled B buy 5 @ 40 Requested; refused OrderNotLive; book: empty")]
    public void A_replace_that_cannot_be_is_refused_and_the_order_stays(string row) => Scenario.Check(row);

    [Theory]
    [InlineData("A buy 5 @ 40 #x | A cancel #x -> cancelled A buy 5 @ 40 Requested; book: empty")]
    [InlineData("A buy 5 @ 40 #x | B sell 2 @ 40 | A cancel #x -> trade 2 @ 40 B->A; cancelled A buy 3 @ 40 Requested; book: empty")]
    [InlineData("A buy 5 @ 40 #x | A cancel #x | A cancel #x -> cancelled A buy 5 @ 40 Requested; refused OrderNotLive; book: empty")]
    [InlineData("A buy 5 @ 40 #x | B cancel #x -> refused OrderNotLive; book: A buy 5 @ 40")]
    [InlineData("A buy 5 @ 40 id=ours | A cancel id=ours -> cancelled A buy 5 @ 40 Requested; book: empty")]
    [InlineData("A buy 5 @ 40 id=ours | B cancel id=ours -> refused OrderNotFound; book: A buy 5 @ 40")]
    [InlineData("A cancel id=never -> refused OrderNotFound; book: empty")]
    [InlineData("A buy 5 @ 40 id=ours | A cancel id=ours | A cancel id=ours -> cancelled A buy 5 @ 40 Requested; refused OrderNotLive; book: empty")]
    public void An_account_cancels_its_own_live_orders_only(string row) => Scenario.Check(row);

    [Theory]
    [InlineData("A buy 1 @ 40 | B buy 1 @ 40 | A sell 1 @ 60 | A cancel all -> cancelled A buy 1 @ 40 Requested; cancelled A sell 1 @ 60 Requested; 2 cancelled; book: B buy 1 @ 40")]
    [InlineData("A buy 1 @ 40 | A sell 1 @ 60 | A cancel buys -> cancelled A buy 1 @ 40 Requested; 1 cancelled; book: A sell 1 @ 60")]
    [InlineData("A buy 1 @ 40 | A sell 1 @ 60 | A cancel sells -> cancelled A sell 1 @ 60 Requested; 1 cancelled; book: A buy 1 @ 40")]
    [InlineData("B buy 1 @ 40 | A cancel all -> 0 cancelled; book: B buy 1 @ 40")]
    public void An_account_cancels_many_by_market_and_side(string row) => Scenario.Check(row);

    [Theory]
    [InlineData(0, (Side)0, 0, 0)]
    [InlineData(1, (Side)0, 0, 2)]
    [InlineData(2, (Side)0, 2, 0)]
    [InlineData(0, Side.Buy, 1, 1)]
    [InlineData(2, Side.Sell, 2, 1)]
    public void An_account_cancels_in_one_market_or_in_all(int which, Side side, int leftInFirst, int leftInSecond)
    {
        var scenario = new Scenario();
        long second = scenario.CreateMarket("Snow", 0, 100);
        foreach (long marketId in (long[])[scenario.MarketId, second])
        {
            scenario.Place("A", Side.Buy, 1, 40, marketId: marketId);
            scenario.Place("A", Side.Sell, 1, 60, marketId: marketId);
        }
        scenario.Apply(new Command
        {
            Kind = CommandKind.CancelOrders,
            AccountId = scenario.Account("A"),
            MarketId = which == 0 ? 0 : which == 1 ? scenario.MarketId : second,
            Side = side,
        });
        Assert.Equal(leftInFirst, Orders(scenario.Market()));
        Assert.Equal(leftInSecond, Orders(scenario.Market(second)));
    }

    private static int Orders(MarketSnapshot market) => market.Book!.Bids.Length + market.Book.Offers.Length;

    [Fact]
    public void Cancelling_nothing_is_answered_but_counts_as_no_change()
    {
        var scenario = new Scenario();
        long account = scenario.Account("A"), before = scenario.Venue.Sequence;
        Refusal refusal = scenario.Apply(new Command { Kind = CommandKind.CancelOrders, AccountId = account });
        Assert.False(refusal.IsRefused);
        Assert.Equal((before, false), (scenario.Venue.Sequence, scenario.Batch.Changed));
        Assert.Equal(new EventRef(EventKind.OrdersCancelled, true, 0), scenario.Batch.Events[0]);
    }

    [Fact]
    public void A_replaced_order_keeps_its_id_and_its_fills()
    {
        var scenario = new Scenario();
        scenario.Run("A buy 5 @ 40 #x | B sell 2 @ 40 | A replace #x 7 @ 41");
        OrderState order = scenario.LastOrderOf("A");
        Assert.Equal((1, 7_00, 2_00, 5_00), (order.OrderId, order.Quantity.Hundredths, order.Filled.Hundredths, order.Remaining.Hundredths));
        Assert.Equal((80_0000, OrderReason.Replaced), (order.FilledValue.TenThousandths, order.Reason));
    }
}
