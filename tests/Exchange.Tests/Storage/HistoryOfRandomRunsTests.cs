using Exchange.Markets;
using Exchange.Tests.Markets;

namespace Exchange.Tests.Storage;

/// <summary>What the disk says of the past is what happened, whatever happened.</summary>
public class HistoryOfRandomRunsTests
{
    private const int Commands = 500;

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(15)]
    [InlineData(14)]
    public async Task Books_orders_trades_and_candles_of_the_past_are_what_they_were(int seed)
    {
        using var ledger = new Ledger();
        var random = new Random(seed);
        var generator = new CommandGenerator(seed);
        var known = new NaiveVenue();
        var books = new Dictionary<long, BookSnapshot[]>();
        for (int i = 0; i < Commands; i++)
        {
            Command command = generator.Next(known);
            long nowUs = generator.NextTimeUs() * 1_000; // So that candles end now and then.
            known.Apply(in command, nowUs);
            ledger.Apply(command, nowUs);
            if (known.State.Users.Count > 0)
                books[ledger.Venue.Sequence] = ledger.Books(known.State.Users[0].UserId);
            if (random.Next(20) == 0)
                ledger.Write();
        }
        ledger.Write();
        Assert.True(ledger.Trades.Count > 30, "Too little was traded to prove anything.");
        var anyone = new Viewer(known.State.Users[0].UserId, 1, Elevated: false);

        foreach ((long sequence, BookSnapshot[] seen) in books)
        {
            foreach (BookSnapshot book in seen)
            {
                PastBook past = await ledger.AskAsync<PastBook>(anyone, new BookQuery(book.MarketId, sequence, 10_000));
                Assert.Equal(book.Bids, past.Book.Bids);
                Assert.Equal(book.Offers, past.Book.Offers);
                Assert.Equal((0, 0), (past.BidsLeftOut, past.OffersLeftOut));
            }
        }
        await CheckOrdersAsync(ledger, known);
        await CheckMarketsAsync(ledger, known, anyone, random);
    }

    private static async Task CheckOrdersAsync(Ledger ledger, NaiveVenue known)
    {
        foreach (AccountInfo account in known.State.Accounts.Where(a => !a.IsHouse))
        {
            var owner = new Viewer(account.OwnerUserId, 1, Elevated: false);
            OrderState[] expected = [.. ledger.Orders.Values.Select(c => c[^1].State).Where(s => s.AccountId == account.AccountId).OrderBy(s => s.OrderId)];
            Assert.Equal(
                expected.Select(Facts), (await ledger.AllAsync<OrderState>(owner, p => new OrdersQuery(account.AccountId, 0, null, p), 7)).Select(Facts));
            long anyMarket = expected.Length == 0 ? 1 : expected[0].MarketId;
            Assert.Equal(
                expected.Where(o => o.MarketId == anyMarket && o.Status == OrderStatus.Filled).Reverse().Select(Facts),
                (await ledger.AllAsync<OrderState>(
                    owner, p => new OrdersQuery(account.AccountId, anyMarket, OrderStatus.Filled, p), 5, newestFirst: true)).Select(Facts));

            foreach (OrderState order in expected)
            {
                OrderStep[] steps = [.. ledger.Orders[order.OrderId].Select(c => new OrderStep(
                    c.Sequence, 0, c.State.Price, c.State.Quantity, c.State.Remaining, c.State.Reason))];
                foreach (bool newestFirst in (bool[])[false, true])
                {
                    List<OrderStep> past = await ledger.AllAsync<OrderStep>(owner, p => new OrderStepsQuery(order.OrderId, p), 2, newestFirst);
                    Assert.Equal(newestFirst ? steps.Reverse() : steps, past.Select(s => s with { TimeUs = 0 }));
                }
            }

            Assert.Equal(
                ledger.Trades.Where(t => t.Trade.BuyerAccountId == account.AccountId || t.Trade.SellerAccountId == account.AccountId)
                    .Select(t => (t.Trade.TradeId, t.Trade.BuyerAccountId == account.AccountId ? t.Trade.BuyOrderId : t.Trade.SellOrderId)),
                (await ledger.AllAsync<PastTrade>(owner, p => new TradesQuery(0, account.AccountId, p), 3))
                    .Select(t => (t.Trade.TradeId, t.Trade.BuyOrderId + t.Trade.SellOrderId)));
            Assert.Equal(
                ledger.Transfers.Where(t => t.FromAccountId == account.AccountId || t.ToAccountId == account.AccountId),
                await ledger.AllAsync<TransferInfo>(owner, p => new TransfersQuery(account.AccountId, p), 1));
        }

        static object Facts(OrderState o) => (
            o.OrderId, o.MarketId, o.Side, o.Price, o.Quantity, o.Remaining, o.Filled, o.FilledValue, o.Status, o.Reason, o.ClientOrderId,
            o.PlacedSequence, o.PlacedTimeUs);
    }

    private static async Task CheckMarketsAsync(Ledger ledger, NaiveVenue known, Viewer anyone, Random random)
    {
        foreach (MarketInfo market in known.State.Markets)
        {
            PastTrade[] traded = [.. ledger.Trades.Where(t => t.Trade.MarketId == market.MarketId)];
            List<PastTrade> past = await ledger.AllAsync<PastTrade>(anyone, p => new TradesQuery(market.MarketId, 0, p), 10);
            Assert.Equal(traded.Select(Facts), past.Select(Facts));
            Assert.Equal(
                traded.Select(Facts).Reverse(),
                (await ledger.AllAsync<PastTrade>(anyone, p => new TradesQuery(market.MarketId, 0, p), 1_000, newestFirst: true)).Select(Facts));

            foreach (long intervalUs in (long[])[1_000_000, 5_000_000, 15_000_000, 60_000_000, 86_400_000_000])
            {
                long fromUs = random.Next(3) == 0 ? 0 : random.NextInt64(200_000_000), toUs = random.Next(3) == 0 ? long.MaxValue : fromUs + random.NextInt64(1, 200_000_000);
                Assert.Equal(
                    Candles(traded, intervalUs, fromUs, toUs),
                    await ledger.AllAsync<Candle>(
                        anyone, p => new CandlesQuery(market.MarketId, intervalUs, p.After == 0 ? fromUs : p.After, toUs, p.Limit), 3));
            }
        }

        static object Facts(PastTrade t) => (
            t.Trade.TradeId, t.Sequence, t.Trade.Price, t.Trade.Quantity, t.Trade.BuyerAccountId, t.Trade.SellerAccountId,
            t.Trade.Aggressor, t.Trade.TimeUs);
    }

    /// <summary>The plain way: all trades, grouped.</summary>
    private static IEnumerable<Candle> Candles(PastTrade[] trades, long intervalUs, long fromUs, long toUs) =>
        from t in trades
        group t.Trade by t.Trade.TimeUs / intervalUs * intervalUs into g
        where g.Key + intervalUs > fromUs && g.Key < toUs
        orderby g.Key
        select new Candle(
            g.Key, g.First().Price, new Price(g.Max(t => t.Price.Hundredths)), new Price(g.Min(t => t.Price.Hundredths)), g.Last().Price,
            new Quantity(g.Sum(t => t.Quantity.Hundredths)), g.Count());
}
