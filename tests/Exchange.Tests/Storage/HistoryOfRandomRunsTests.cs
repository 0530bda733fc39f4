using Exchange.History;
using Exchange.Markets;
using Exchange.Tests.Markets;

namespace Exchange.Tests.Storage;

/// <summary>What the disk says of the past is what happened, whatever happened.</summary>
public class HistoryOfRandomRunsTests
{
    private const int Commands = 2_500;

    /// <summary>A user that the runs know nothing of: a member of every account, elevated in every room.</summary>
    private const long Auditor = 1_000_000;

    [Theory]
    [InlineData(11)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(18)]
    [InlineData(19)]
    public async Task Books_orders_trades_and_candles_of_the_past_are_what_they_were(int seed)
    {
        using var ledger = new Ledger();
        var random = new Random(seed);
        var generator = new CommandGenerator(seed);
        var known = new NaiveVenue();
        var books = new Dictionary<(long Sequence, long MarketId), (BookOrder[] Bids, BookOrder[] Offers)>();
        var last = new Dictionary<long, (BookOrder[] Bids, BookOrder[] Offers)>();
        for (int i = 0; i < Commands; i++)
        {
            Command command = generator.Next(known);
            Moment now = generator.NextMoment();
            known.Apply(in command, now);
            ledger.Apply(command, now);
            foreach (MarketInfo market in known.State.Markets)
            {
                (BookOrder[] Bids, BookOrder[] Offers) book = (Book(known.State, market.MarketId, Side.Buy), Book(known.State, market.MarketId, Side.Sell));
                bool isSame = last.TryGetValue(market.MarketId, out var before)
                    && before.Bids.SequenceEqual(book.Bids) && before.Offers.SequenceEqual(book.Offers);
                if (!isSame || random.Next(20) == 0)
                    books[(known.Sequence, market.MarketId)] = book;
                last[market.MarketId] = book;
            }
            if (random.Next(20) == 0)
                ledger.Write();
        }
        ledger.Write();
        Assert.True(ledger.Trades.Count > 20, $"Too little was traded to prove anything: {ledger.Trades.Count}.");
        ledger.Run($"""
            INSERT INTO user VALUES ({Auditor}, 'test', 'auditor', 'Auditor', NULL, 1, 0);
            INSERT INTO room_member SELECT id, {Auditor}, 'ADMIN', 0 FROM room;
            INSERT INTO account_member SELECT id, {Auditor}, 'TRADER' FROM account WHERE owner_user_id IS NOT NULL;
            """);

        foreach (((long sequence, long marketId), (BookOrder[] bids, BookOrder[] offers)) in books.Where(b => b.Key.Sequence > 0 && IsThere(known.State, b.Key.MarketId)))
        {
            PastBook past = await ledger.AskAsync<PastBook>(In(known.State.Market(marketId).RoomId), new BookQuery(marketId, sequence, 10_000));
            Assert.Equal(bids, past.Book.Bids);
            Assert.Equal(offers, past.Book.Offers);
            Assert.Equal((0, 0), (past.BidsLeftOut, past.OffersLeftOut));
        }
        await CheckOrdersAsync(ledger, known.State);
        await CheckMarketsAsync(ledger, known.State, random);
        await CheckRoomsAsync(ledger, known.State);
    }

    /// <summary>A market that was deleted is gone from the past too.</summary>
    private static bool IsThere(NaiveState state, long marketId) => state.Markets.Exists(m => m.MarketId == marketId);

    private static Viewer In(long roomId) => new(Auditor, roomId, Elevated: true);

    private static BookOrder[] Book(NaiveState state, long marketId, Side side) =>
        [.. state.Book(marketId, side).Select(o => new BookOrder(o.Id, new Price(o.Price), new Quantity(o.Left), o.AccountId))];

    private static async Task CheckOrdersAsync(Ledger ledger, NaiveState state)
    {
        foreach (AccountInfo account in state.Accounts.Where(a => !a.IsHouse))
        {
            Viewer viewer = In(account.RoomId);
            OrderState[] expected = [.. ledger.Orders.Values.Select(c => c[^1].State).Where(s => s.AccountId == account.AccountId && IsThere(state, s.MarketId)).OrderBy(s => s.OrderId)];
            Assert.Equal(
                expected.Select(Facts), (await ledger.AllAsync<OrderState>(viewer, p => new OrdersQuery(account.AccountId, 0, null, p), 7)).Select(Facts));
            if (expected.Length > 0)
            {
                Assert.Equal(
                    expected.Where(o => o.MarketId == expected[0].MarketId && o.Status == OrderStatus.Filled).Reverse().Select(Facts),
                    (await ledger.AllAsync<OrderState>(
                        viewer, p => new OrdersQuery(account.AccountId, expected[0].MarketId, OrderStatus.Filled, p), 5, newestFirst: true)).Select(Facts));
            }

            foreach (OrderState order in expected)
            {
                OrderStep[] steps = [.. ledger.Orders[order.OrderId].Select(c => new OrderStep(
                    c.Sequence, 0, c.State.Price, c.State.Quantity, c.State.Remaining, c.State.Reason))];
                foreach (bool newestFirst in (bool[])[false, true])
                {
                    List<OrderStep> past = await ledger.AllAsync<OrderStep>(viewer, p => new OrderStepsQuery(order.OrderId, p), 2, newestFirst);
                    Assert.Equal(newestFirst ? steps.Reverse() : steps, past.Select(s => s with { TimeUs = 0 }));
                }
            }

            Assert.Equal(
                ledger.Trades.Where(t => t.Trade.BuyerAccountId == account.AccountId || t.Trade.SellerAccountId == account.AccountId),
                await ledger.AllAsync<PastTrade>(viewer, p => new TradesQuery(0, account.AccountId, p), 3));
            Assert.Equal(
                ledger.Transfers.Where(t => t.FromAccountId == account.AccountId || t.ToAccountId == account.AccountId),
                await ledger.AllAsync<TransferInfo>(viewer, p => new TransfersQuery(account.AccountId, p), 1));
            Assert.Equal(
                ledger.Records.OfType<BasketConverted>().Where(c => c.AccountId == account.AccountId && IsThere(state, c.MarketId)).Select(c => (c.ConversionId, c.Quantity, c.Fee)),
                (await ledger.AllAsync<PastConversion>(viewer, p => new ConversionsQuery(account.AccountId, p), 2))
                    .Select(c => (c.Conversion.ConversionId, c.Conversion.Quantity, c.Conversion.Fee)));
            Assert.Equal(
                ledger.Records.OfType<OptionExercised>().SelectMany(e => e.Assignments.Select(a => (e.ExerciseId, a.AccountId, a.Quantity, true))
                    .Append((e.ExerciseId, e.AccountId, e.Quantity, false))).Where(e => e.AccountId == account.AccountId),
                (await ledger.AllAsync<PastExercise>(viewer, p => new ExercisesQuery(account.AccountId, p), 2))
                    .Select(e => (e.ExerciseId, e.AccountId, e.Quantity, e.IsAssigned)));
        }

        static object Facts(OrderState o) => (
            o.OrderId, o.MarketId, o.Side, o.Price, o.Quantity, o.Remaining, o.Filled, o.FilledValue, o.Status, o.Reason, o.ClientOrderId,
            (o.PlacedSequence, o.PlacedTimeUs, o.PlacedByUserId, o.ExpiresTimeUs, o.ReduceOnly, o.CancelOnDisconnect));
    }

    private static async Task CheckMarketsAsync(Ledger ledger, NaiveState state, Random random)
    {
        foreach (MarketInfo market in state.Markets)
        {
            Viewer viewer = In(market.RoomId);
            PastTrade[] traded = [.. ledger.Trades.Where(t => t.Trade.MarketId == market.MarketId)];
            Assert.Equal(traded, await ledger.AllAsync<PastTrade>(viewer, p => new TradesQuery(market.MarketId, 0, p), 10));
            Assert.Equal(
                traded.Reverse(), await ledger.AllAsync<PastTrade>(viewer, p => new TradesQuery(market.MarketId, 0, p), 1_000, newestFirst: true));
            Assert.Equal(
                ledger.Records.OfType<MarketChanged>().Where(c => c.IsStatusNew && c.Market.MarketId == market.MarketId).Select(c => (c.Market.Status, c.ByUserId)),
                (await ledger.AllAsync<StatusStep>(viewer, p => new StatusStepsQuery(market.MarketId, p), 1)).Select(s => (s.Status, s.ByUserId)));
            foreach (long intervalUs in (long[])[1_000, 20_000, 1_000_000, 60_000_000, 3_600_000_000])
            {
                long lastUs = traded.Length == 0 ? 1 : traded.Max(t => t.Trade.TimeUs);
                long fromUs = random.Next(3) == 0 ? 0 : random.NextInt64(lastUs), toUs = random.Next(3) == 0 ? long.MaxValue : fromUs + random.NextInt64(1, lastUs);
                Assert.Equal(
                    Candles(traded, intervalUs, fromUs, toUs, ledger.LastTimeUs),
                    await ledger.AllAsync<Candle>(
                        viewer, p => new CandlesQuery(market.MarketId, intervalUs, p.After == 0 ? fromUs : p.After, toUs, p.Limit), 3));
            }
        }
    }

    private static async Task CheckRoomsAsync(Ledger ledger, NaiveState state)
    {
        SettlementUndone[] undone = [.. ledger.Records.OfType<SettlementUndone>()];
        foreach (RoomInfo room in state.Rooms)
        {
            Assert.Equal(
                ledger.Records.OfType<MarketSettled>().Where(s => IsThere(state, s.MarketId) && state.Market(s.MarketId).RoomId == room.RoomId)
                    .Select(s => (s.SettlementId, s.MarketId, s.Price, s.CausedBySettlementId, undone.Any(u => u.SettlementId == s.SettlementId))),
                (await ledger.AllAsync<PastSettlement>(In(room.RoomId), p => new SettlementsQuery(0, p), 2))
                    .Select(s => (s.SettlementId, s.MarketId, s.Price, s.CausedBySettlementId, s.Undone is not null)));
            Assert.Equal(
                ledger.Records.OfType<Audited>().Where(a => a.RoomId == room.RoomId).Select(a => (a.UserId, a.AccountId, a.MarketId, a.Elevated, a.Detail)),
                (await ledger.AllAsync<AuditEntry>(In(room.RoomId), p => new AuditQuery(p), 4))
                    .Select(a => (a.UserId, a.AccountId, a.MarketId, a.Elevated, a.Detail)));
        }
    }

    /// <summary>The plain way: all trades of times that have come, grouped. Where the clock went back, whole minutes stay together.</summary>
    private static IEnumerable<Candle> Candles(PastTrade[] trades, long intervalUs, long fromUs, long toUs, long nowUs) =>
        from t in trades
        let pieceUs = intervalUs % 60_000_000 == 0 ? t.Trade.TimeUs / 60_000_000 * 60_000_000 : t.Trade.TimeUs
        where pieceUs <= nowUs
        orderby intervalUs % 60_000_000 == 0 ? pieceUs : 0
        group t.Trade by t.Trade.TimeUs / intervalUs * intervalUs into g
        where g.Key + intervalUs > fromUs && g.Key < toUs
        orderby g.Key
        select new Candle(
            g.Key, g.First().Price, new Price(g.Max(t => t.Price.Hundredths)), new Price(g.Min(t => t.Price.Hundredths)), g.Last().Price,
            new Quantity(g.Sum(t => t.Quantity.Hundredths)), g.Count());
}
