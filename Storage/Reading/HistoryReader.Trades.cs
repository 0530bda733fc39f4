using Exchange.History;
using Exchange.Markets;
using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

// Trades, and candles made of them.
internal sealed partial class HistoryReader
{
    /// <summary>Trades that one answer with candles may look at, beyond the candle it is at.</summary>
    private const int MaxTradesForCandles = 500_000;

    private HistoryAnswer Trades(TradesQuery query)
    {
        Refusal refusal = Check(query.MarketId, query.AccountId);
        if (refusal.IsRefused)
            return HistoryAnswer.Refused(refusal);
        string select = $"""
            SELECT trade.id, trade.market_id, trade.price, trade.quantity,
              {Shown("trade.buyer_account_id")}, {Shown("trade.seller_account_id")},
              CASE WHEN {Readable("trade.buyer_account_id")} THEN trade.buy_order_id ELSE 0 END,
              CASE WHEN {Readable("trade.seller_account_id")} THEN trade.sell_order_id ELSE 0 END,
              trade.aggressor, trade.time_us, trade.sequence, {Visible} AND market.room_id = $room AND $market IN (0, trade.market_id)
            FROM trade CROSS JOIN market ON market.id = trade.market_id WHERE {Following(query.Page, "trade.id")}
            """;
        string sql = (query.MarketId, query.AccountId) switch
        {
            (0, 0) => $"{select} {Order(query.Page)}",
            (_, 0) => $"{select} AND trade.market_id = $market {Order(query.Page)}",
            _ => $"""
                {select} AND trade.buyer_account_id = $account
                UNION ALL {select} AND trade.seller_account_id = $account {Order(query.Page)}
                """,
        };
        return ReadPage(
            PageSql(query.Page, sql, ("$market", query.MarketId), ("$account", query.AccountId)), query.Page.Limit,
            r => new PastTrade(
                new Trade
                {
                    TradeId = r.GetInt64(0),
                    MarketId = r.GetInt64(1),
                    Price = new Price(r.GetInt32(2)),
                    Quantity = new Quantity(r.GetInt64(3)),
                    BuyerAccountId = r.GetInt64(4),
                    SellerAccountId = r.GetInt64(5),
                    BuyOrderId = r.GetInt64(6),
                    SellOrderId = r.GetInt64(7),
                    Aggressor = (Side)r.GetInt64(8),
                    TimeUs = r.GetInt64(9),
                },
                r.GetInt64(10)));
    }

    private HistoryAnswer Candles(CandlesQuery query)
    {
        Refusal refusal = CheckMarket(query.MarketId);
        if (refusal.IsRefused)
            return HistoryAnswer.Refused(refusal);
        long nowUs = connection.Get<long>("SELECT time_us FROM state");
        if (Times.IsTooFar(query.FromUs, nowUs))
            return HistoryAnswer.Refused(Refusals.InvalidField(Times.TooFar("from_time_us", query.FromUs, nowUs)));
        if (query.ToUs != long.MaxValue && Times.IsTooFar(query.ToUs, nowUs))
            return HistoryAnswer.Refused(Refusals.InvalidField(Times.TooFar("to_time_us", query.ToUs, nowUs)));
        if (query.IntervalUs % CandleCache.MinuteUs == 0)
            return HistoryAnswer.Of(candles.Read(query, nowUs, after => TradesFrom(query.MarketId, after + 1, long.MaxValue)));
        IEnumerable<Candle> trades = TradesSince(query.MarketId, CandleCache.Begin(query.FromUs, query.IntervalUs), nowUs, query.IntervalUs);
        return HistoryAnswer.Of(CandleCache.Fold(trades, query, MaxTradesForCandles));
    }

    /// <summary>A market's trades between two times, each as a candle: by the interval they are in, and within it as they came.</summary>
    /// <param name="nowUs">Trades that a clock which was ahead dated later come when their time does.</param>
    private IEnumerable<Candle> TradesSince(long marketId, long fromUs, long nowUs, long intervalUs)
    {
        List<IEnumerable<(long TradeId, Candle Candle)>> runs = RecordReader.TradesSince(connection, fromUs).ConvertAll(
            r => TradesFrom(marketId, r.FirstId, r.EndId).TakeWhile(t => t.Candle.TimeUs <= nowUs));
        return runs.Count == 1 ? runs[0].Select(t => t.Candle) : Merge(runs.ConvertAll(r => r.GetEnumerator()), intervalUs);
    }

    /// <summary>Several runs of trades, in each of which times rise, as one.</summary>
    private static IEnumerable<Candle> Merge(List<IEnumerator<(long TradeId, Candle Candle)>> runs, long intervalUs)
    {
        try
        {
            var next = new PriorityQueue<IEnumerator<(long TradeId, Candle Candle)>, (long BeginsUs, long TradeId)>();
            foreach (IEnumerator<(long TradeId, Candle Candle)> run in runs)
                Await(run);
            while (next.TryDequeue(out IEnumerator<(long TradeId, Candle Candle)>? run, out _))
            {
                yield return run.Current.Candle;
                Await(run);
            }

            void Await(IEnumerator<(long TradeId, Candle Candle)> run)
            {
                if (run.MoveNext())
                    next.Enqueue(run, (CandleCache.Begin(run.Current.Candle.TimeUs, intervalUs), run.Current.TradeId));
            }
        }
        finally
        {
            runs.ForEach(run => run.Dispose());
        }
    }

    /// <summary>A market's trades of a range of ids, each as a candle.</summary>
    private IEnumerable<(long TradeId, Candle Candle)> TradesFrom(long marketId, long firstId, long endId)
    {
        using SqliteCommand command = Sql(
            "SELECT id, time_us, price, quantity FROM trade WHERE market_id = $market AND id >= $first AND id < $end ORDER BY id",
            ("$market", marketId), ("$first", firstId), ("$end", endId));
        using SqliteDataReader r = command.ExecuteReader();
        while (r.Read())
        {
            var price = new Price(r.GetInt32(2));
            yield return (r.GetInt64(0), new Candle(r.GetInt64(1), price, price, price, price, new Quantity(r.GetInt64(3)), 1));
        }
    }
}
