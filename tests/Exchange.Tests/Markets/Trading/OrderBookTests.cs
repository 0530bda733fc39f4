using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>The book alone: no venue, no money, no events.</summary>
public sealed class OrderBookTests
{
    private static readonly Room s_room = new(new RoomInfo(1, "main", "Main", 1, Cash.Zero, WhoMayCreateMarkets.Anyone));

    private readonly Market _market = new(
        new MarketInfo(1, 1, "Rain", "", 1, new Price(0), new Price(100_00), 1, MarketStatus.Open, SettlementPrice: null, 0), s_room);

    private long _lastId;

    private Holding Trader(long id) => _market.HoldingOf(new Account(new AccountInfo(id, 1, $"Trader {id}", id, 0), s_room));

    private Order New(Holding holding, Side side, int price, long quantity) => new()
    {
        Id = ++_lastId,
        Holding = holding,
        Side = side,
        Price = new Price(price),
        Quantity = new Quantity(quantity),
        Remaining = new Quantity(quantity),
    };

    private Order Rest(Holding holding, Side side, int price, long quantity)
    {
        Order order = New(holding, side, price, quantity);
        _market.Book.Add(order);
        return order;
    }

    [Fact]
    public void The_best_price_comes_first_and_at_one_price_who_came_first()
    {
        Holding ann = Trader(1), bob = Trader(2);
        Order late = Rest(ann, Side.Sell, 51_00, 100), second = Rest(bob, Side.Sell, 50_00, 100), third = Rest(ann, Side.Sell, 50_00, 100);
        Order first = Rest(ann, Side.Sell, 49_00, 100);
        Order buy = New(Trader(3), Side.Buy, 51_00, 350);
        var met = new List<(long, long, int)>();
        while (buy.Remaining > Quantity.Zero && _market.Book.NextMatch(buy.Side, buy.Price) is { } resting)
        {
            Fill fill = _market.Book.Match(buy, resting);
            met.Add((resting.Id, fill.Quantity.Hundredths, fill.Price.Hundredths));
        }
        Assert.Equal([(first.Id, 100, 49_00), (second.Id, 100, 50_00), (third.Id, 100, 50_00), (late.Id, 50, 51_00)], met);
        Assert.Equal(new Quantity(50), late.Remaining);
        Assert.Equal(new Cash(49_0000 + 50_0000 + 50_0000 + 25_5000), buy.FilledValue);
        Assert.Equal(new Quantity(50), _market.Book.Offers.Best!.Total);
    }

    [Theory]
    [InlineData(Side.Buy, 49_99, false)]
    [InlineData(Side.Buy, 50_00, true)]
    [InlineData(Side.Sell, 40_01, false)]
    [InlineData(Side.Sell, 40_00, true)]
    public void An_order_meets_what_is_at_its_price_or_better(Side side, int price, bool meets)
    {
        Rest(Trader(1), Side.Sell, 50_00, 100);
        Rest(Trader(1), Side.Buy, 40_00, 100);
        Assert.Equal(meets, _market.Book.NextMatch(side, new Price(price)) is not null);
    }

    [Fact]
    public void An_order_that_is_reduced_keeps_its_place_in_line()
    {
        Order first = Rest(Trader(1), Side.Buy, 40_00, 300);
        Rest(Trader(2), Side.Buy, 40_00, 100);
        OrderBook.Reduce(first, new Quantity(200));
        Assert.Equal((first, new Quantity(100), new Quantity(200)), (_market.Book.NextMatch(Side.Sell, new Price(40_00)), first.Remaining, _market.Book.Bids.Best!.Total));
    }

    [Fact]
    public void An_order_that_is_removed_leaves_the_rest_in_line()
    {
        Order first = Rest(Trader(1), Side.Buy, 40_00, 100), middle = Rest(Trader(2), Side.Buy, 40_00, 100), last = Rest(Trader(3), Side.Buy, 40_00, 100);
        _market.Book.Remove(middle);
        Assert.Same(first, _market.Book.NextMatch(Side.Sell, new Price(40_00)));
        _market.Book.Remove(first);
        Assert.Same(last, _market.Book.NextMatch(Side.Sell, new Price(40_00)));
        _market.Book.Remove(last);
        Assert.Equal((null, 0), (_market.Book.NextMatch(Side.Sell, new Price(0)), _market.Book.Bids.LevelCount));
    }

    /// <summary>Random books: what is foreseen is what matching then does, own orders left out, and looking changed nothing.</summary>
    [Fact]
    public void What_is_foreseen_is_what_happens()
    {
        var random = new Random(20_261_126);
        Holding[] traders = [.. Enumerable.Range(1, 4).Select(i => Trader(i))];
        int traded = 0, ownMet = 0;
        for (int i = 0; i < 3_000; i++)
        {
            Holding own = traders[random.Next(traders.Length)];
            Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
            Order order = New(own, side, random.Next(40_00, 60_00) / 25 * 25, random.Next(1, 500));
            string before = Lines();
            var exposure = new Exposure();
            Quantity foreseen = _market.Book.Foresee(side, order.Price, order.Quantity, own, ref exposure, out Cash value);
            Assert.Equal(before, Lines());

            var taken = new Exposure();
            while (order.Remaining > Quantity.Zero && _market.Book.NextMatch(side, order.Price) is { } resting)
            {
                if (resting.Holding == own)
                {
                    taken.Close(resting);
                    _market.Book.Remove(resting);
                    ownMet++;
                }
                else
                {
                    _market.Book.Match(order, resting);
                    traded++;
                }
            }
            Assert.Equal((foreseen, value), (order.Filled, order.FilledValue));
            // An own order behind the last fill at the same price is met by nobody.
            Assert.Equal(taken, exposure);
            if (order.Remaining > Quantity.Zero)
                _market.Book.Add(order);
        }
        Assert.True(traded > 1_000 && ownMet > 100, $"{traded} trades, {ownMet} own orders met: too few to say anything");
    }

    private string Lines()
    {
        var lines = new List<string>();
        foreach (BookSide side in new[] { _market.Book.Bids, _market.Book.Offers })
        {
            for (int rank = 0; rank < side.LevelCount; rank++)
            {
                PriceLevel level = side.At(rank);
                long total = 0;
                for (Order? order = level.First; order is not null; order = order.NextInLine)
                {
                    lines.Add($"{order.Id} {order.Price} {order.Remaining}");
                    total += order.Remaining.Hundredths;
                }
                Assert.Equal(total, level.Total.Hundredths);
            }
        }
        return string.Join('\n', lines);
    }
}
