using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>A market whose admin allows orders of 5 and positions of 8 at most.</summary>
public sealed class MarketLimitTables
{
    private readonly Scenario _scenario = new();

    public MarketLimitTables() => Limit(5, 8);

    private void Limit(int order, int position) => _scenario.AsAdmin(
        CommandKind.UpdateMarket, new MarketUpdate { MaxOrder = new Quantity(order * 100), MaxPosition = new Quantity(position * 100) }, _scenario.MarketId);

    [Theory]
    [InlineData("A buy 5 @ 40 -> book: A buy 5 @ 40")]
    [InlineData("A buy 5.01 @ 40 -> refused LimitExceeded; book: empty")]
    [InlineData("A buy 4 @ 40 #x | A replace #x 5 -> book: A buy 5 @ 40")]
    [InlineData("A buy 4 @ 40 #x | A replace #x 5.01 -> refused LimitExceeded; book: A buy 4 @ 40")]
    public void No_order_is_larger(string row) => Scenario.Check(row, _scenario);

    [Theory]
    [InlineData("A buy 5 @ 40 | A buy 3 @ 40 -> book: A buy 5 @ 40, A buy 3 @ 40")]
    [InlineData("A buy 5 @ 40 | A buy 3.01 @ 40 -> refused LimitExceeded; book: A buy 5 @ 40")]
    [InlineData("A sell 5 @ 60 | A sell 3 @ 60 -> book: A sell 5 @ 60, A sell 3 @ 60")]
    [InlineData("A sell 5 @ 60 | A sell 3.01 @ 60 -> refused LimitExceeded; book: A sell 5 @ 60")]
    [InlineData("A buy 5 @ 40 | A sell 5 @ 60 | A buy 3 @ 40 | A sell 3 @ 60 -> book: A buy 5 @ 40, A buy 3 @ 40, A sell 5 @ 60, A sell 3 @ 60")]
    [InlineData("B sell 5 @ 50 | A buy 5 @ 50 | A buy 3.01 @ 40 | A buy 3 @ 40 -> trade 5 @ 50 B->A; refused LimitExceeded; book: A buy 3 @ 40")]
    public void No_position_could_become_larger_open_orders_counted(string row) => Scenario.Check(row, _scenario);

    [Fact]
    public void Where_a_position_is_larger_already_it_may_come_nearer_but_no_further()
    {
        _scenario.Run("B sell 5 @ 50 | A buy 5 @ 50 | B sell 3 @ 50 | A buy 3 @ 50");
        Limit(5, 2);
        Assert.Equal("refused LimitExceeded; refused LimitExceeded; book: empty", _scenario.Run("A buy 0.01 @ 40 | B sell 0.01 @ 60"));
        Assert.Equal("trade 1 @ 50 A->B; book: empty", _scenario.Run("A sell 1 @ 50 | B buy 1 @ 50"));
        Assert.Equal("refused LimitExceeded; book: empty", _scenario.Run("A buy 1 @ 40"));
    }
}
