using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>What a position and open orders can come to, against every way in which it could come.</summary>
public sealed class ExposureTests
{
    [Fact]
    public void The_worst_case_is_the_worst_of_all_ways()
    {
        var random = new Random(7);
        for (int i = 0; i < 500; i++)
        {
            int min = random.Next(-100, 100), max = min + random.Next(1, 100);
            Market market = MarketOf(min, max);
            int position = random.Next(-20, 21);
            var exposure = new Exposure { Position = new Quantity(position) };
            var orders = new (Side Side, int Price, int Quantity)[random.Next(0, 7)];
            for (int o = 0; o < orders.Length; o++)
            {
                orders[o] = (random.Next(2) == 0 ? Side.Buy : Side.Sell, random.Next(min, max + 1), random.Next(1, 10));
                exposure.Open(orders[o].Side, new Price(orders[o].Price), new Quantity(orders[o].Quantity));
            }

            long worst = long.MaxValue, gross = 0;
            for (int filled = 0; filled < 1 << orders.Length; filled++)
            {
                long held = position, paid = 0;
                for (int o = 0; o < orders.Length; o++)
                {
                    if ((filled >> o & 1) == 0)
                        continue;
                    int sign = orders[o].Side == Side.Buy ? 1 : -1;
                    held += sign * orders[o].Quantity;
                    paid += (long)sign * orders[o].Quantity * orders[o].Price;
                }
                worst = Math.Min(worst, Math.Min(held * min, held * max) - paid);
                gross = Math.Max(gross, Math.Abs(held) * Math.Max(Math.Abs(min), Math.Abs(max)));
            }
            Assert.Equal(worst, exposure.WorstCase(market).TenThousandths);
            Assert.Equal(gross, exposure.Gross(market).TenThousandths);
        }
    }

    [Theory]
    [InlineData(300, Side.Sell, 300)]
    [InlineData(300, Side.Buy, 0)]
    [InlineData(-300, Side.Buy, 300)]
    [InlineData(-300, Side.Sell, 0)]
    public void An_order_closes_what_is_held_on_the_other_side(long position, Side side, long closable) =>
        Assert.Equal(new Quantity(closable), new Exposure { Position = new Quantity(position) }.ClosableBy(side));

    private static Market MarketOf(int min, int max) => new(
        new MarketInfo(1, 1, "Rain", "", 1, new Price(min), new Price(max), 1, MarketStatus.Open, SettlementPrice: null, 0),
        new Room(new RoomInfo(1, "main", "Main", 1, Cash.Zero, WhoMayCreateMarkets.Anyone)));
}
