using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>Several requests about orders in one.</summary>
public sealed class BatchTests
{
    private readonly Scenario _scenario = new();

    private static Command Place(Side side, int price) => new()
    {
        Kind = CommandKind.PlaceOrder, MarketId = 1, Side = side, TimeInForce = TimeInForce.GoodTillCancelled, HasPrice = true,
        Price = new Price(price * 100), HasQuantity = true, Quantity = new Quantity(1_00),
    };

    private BatchResult[] Apply(params Command[] items)
    {
        Refusal refusal = _scenario.By("A", CommandKind.OrderBatch, new OrderBatchTerms([.. items.Select(i => new BatchRequest(i))]));
        Assert.Equal("", refusal.Sentence);
        return _scenario.Answer<BatchApplied>().Results;
    }

    [Fact]
    public void Each_is_applied_in_order_and_gets_its_own_result()
    {
        BatchResult[] results = Apply(
            Place(Side.Buy, 40), Place(Side.Buy, 101), Place(Side.Sell, 60) with { ClientOrderId = "s" },
            new Command { Kind = CommandKind.ReplaceOrder, OrderId = 1, HasPrice = true, Price = new Price(41_00) },
            new Command { Kind = CommandKind.CancelOrder, ClientOrderId = "s" }, Place(Side.Sell, 60) with { ClientOrderId = "s" });
        Assert.Equal(
            [RefusalCode.None, RefusalCode.InvalidPrice, RefusalCode.None, RefusalCode.None, RefusalCode.None, RefusalCode.ClientOrderIdReused],
            results.Select(r => r.Refusal.Code));
        Assert.Equal([1L, 0L, 2L, 1L, 2L, 0L], results.Select(r => r.Order.OrderId));
        Assert.Equal((41_00, OrderStatus.Cancelled), (results[3].Order.Price.Hundredths, results[4].Order.Status));
    }

    /// <summary>Else a bot that means to move its quote by cancelling and placing would have none, and be told that all is well.</summary>
    [Theory]
    [InlineData(true, 60)]
    [InlineData(true, 61)]
    [InlineData(false, 60)]
    [InlineData(false, 61)]
    public void An_order_under_the_id_of_one_that_the_batch_cancels_is_refused_whatever_it_is(bool byClientOrderId, int price)
    {
        _scenario.Run("A sell 1 @ 60 id=s");
        Command cancel = new() { Kind = CommandKind.CancelOrder, OrderId = byClientOrderId ? 0 : 1, ClientOrderId = byClientOrderId ? "s" : null };
        Command place = Place(Side.Sell, price) with { ClientOrderId = "s" };
        BatchResult[] results = Apply(cancel, place, place with { ClientOrderId = "t" });
        Assert.Equal([RefusalCode.None, RefusalCode.ClientOrderIdReused, RefusalCode.None], results.Select(r => r.Refusal.Code));
        Assert.Contains("This batch cancels that order", results[1].Refusal.Sentence, StringComparison.Ordinal);
        Assert.Equal("book: A sell 1 @ " + price, _scenario.Run("wait 0"));

        // After that batch it is an order sent again, or another one.
        results = Apply(place, Place(Side.Buy, 1) with { ClientOrderId = "s" });
        Assert.Equal(price == 60 ? RefusalCode.None : RefusalCode.ClientOrderIdReused, results[0].Refusal.Code);
        Assert.Equal(RefusalCode.ClientOrderIdReused, results[1].Refusal.Code);
    }

    [Fact]
    public void A_batch_sent_again_whole_comes_to_the_same()
    {
        Command[] items =
        [
            Place(Side.Sell, 60) with { ClientOrderId = "s" }, new() { Kind = CommandKind.ReplaceOrder, ClientOrderId = "s", HasPrice = true, Price = new Price(61_00) },
            Place(Side.Buy, 40) with { ClientOrderId = "b" },
        ];
        long[] first = [.. Apply(items).Select(r => r.Order.OrderId)];
        BatchResult[] again = Apply(items);
        Assert.Equal([1L, 1L, 2L], first);
        Assert.Equal(first, again.Select(r => r.Order.OrderId));
        Assert.Equal([true, false, true], again.Select(r => r.IsExisting));
    }

    [Fact]
    public void Each_that_changes_something_has_a_sequence_of_its_own_and_one_answer_closes_them()
    {
        long before = _scenario.Venue.Sequence + 1;
        Apply(Place(Side.Buy, 40), Place(Side.Buy, 101), Place(Side.Buy, 41));
        Assert.Equal([before + 1, before + 1, before + 2, before + 2], _scenario.Batch.Commands.ToArray().Select(c => c.Sequence));
        Assert.Equal([true, false, true, false], _scenario.Batch.Commands.ToArray().Select(c => c.Changed));
        Assert.True(_scenario.Batch.Refusals.IsEmpty);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void None_and_more_than_a_hundred_are_refused_whole(int count)
    {
        Command[] items = [.. Enumerable.Repeat(Place(Side.Buy, 40), count)];
        Assert.Equal(RefusalCode.InvalidField, _scenario.By("A", CommandKind.OrderBatch, new OrderBatchTerms([.. items.Select(i => new BatchRequest(i))])).Code);
        Assert.Equal(0, _scenario.Venue.LiveOrderCount);
    }

    [Fact]
    public void A_hundred_are_not() => Assert.Equal(100, Apply([.. Enumerable.Repeat(Place(Side.Buy, 1), 100)]).Length);

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 99)]
    public void A_key_may_no_more_in_a_batch_than_without(bool readOnly, long onlyAccountId)
    {
        var batch = new Command
        {
            Kind = CommandKind.OrderBatch, UserId = _scenario.User("A"), AccountId = _scenario.Account("A"), ByKey = true, ReadOnly = readOnly,
            OnlyAccountId = onlyAccountId, Details = new OrderBatchTerms([new BatchRequest(Place(Side.Buy, 40))]),
        };
        _scenario.Apply(batch);
        Assert.Equal(RefusalCode.KeyForbids, _scenario.Answer<BatchApplied>().Results.Single().Refusal.Code);
    }
}
