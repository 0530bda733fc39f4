using Exchange.Markets;

namespace Exchange.Tests.Markets;

public sealed class OpenCostTests
{
    [Theory]
    [InlineData(0, 0, 200, 80_0000, 80_0000)] // Opened: 2 at 40.
    [InlineData(200, 80_0000, 200, 100_0000, 180_0000)] // Enlarged: 2 more at 50.
    [InlineData(400, 180_0000, -100, -60_0000, 135_0000)] // 1 of 4 sold, at whatever price: three quarters of the cost are left.
    [InlineData(400, 180_0000, -400, -10_0000, 0)] // Closed.
    [InlineData(400, 180_0000, -500, -300_0000, -60_0000)] // Turned round, at 60: 1 short, which brought 60.
    [InlineData(-100, -60_0000, -100, -40_0000, -100_0000)] // Short, and more so.
    [InlineData(-200, -100_0000, 50, 30_0000, -75_0000)] // Half of one bought back.
    [InlineData(-200, -100_0000, 300, 90_0000, 30_0000)] // Turned round, at 30.
    [InlineData(300, 100_0000, -100, -1, 66_6666)] // What does not divide is cut off.
    public void CostIsAverage(long position, long cost, long change, long spent, long expected) =>
        Assert.Equal(
            new Cash(expected), Holding.CostAfter(new Quantity(position), new Cash(cost), new Quantity(change), new Cash(spent)));

    [Fact]
    public void TheLargestPositionsDoNotOverflow()
    {
        var most = new Quantity(Limits.MaxPosition);
        Cash cost = new Price(1_00) * most;
        Assert.Equal(cost, Holding.CostAfter(most + new Quantity(1), cost + new Cash(100), new Quantity(-1), Cash.Zero));
    }
}
