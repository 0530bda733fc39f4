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
              CASE WHEN {Mine("trade.buyer_account_id")} THEN trade.buy_order_id ELSE 0 END,
              CASE WHEN {Mine("trade.seller_account_id")} THEN trade.sell_order_id ELSE 0 END,
              trade.aggressor, trade.time_us, trade.sequence, {Visible} AND $market IN (0, trade.market_id)
            FROM trade CROSS JOIN market ON market.id = trade.market_id WHERE {Following(query.Page, "trade.id")}
            """;
        string sql = query.AccountId == 0
            ? $"{select} AND trade.market_id = $market {Order(query.Page)}"
            : $"""
                {select} AND trade.buyer_account_id = $account
                UNION ALL {select} AND trade.seller_account_id = $account {Order(query.Page)}
                """;
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
        if (query.IntervalUs % CandleCache.MinuteUs == 0)
            return HistoryAnswer.Of(candles.Read(query, after => TradesFrom(query.MarketId, after + 1)));
        long fromUs = CandleCache.Begin(query.FromUs, query.IntervalUs);
        long first = fromUs == 0 ? 1 : History.FirstWith(connection, "trade", "time_us", fromUs);
        return HistoryAnswer.Of(CandleCache.Fold(TradesFrom(query.MarketId, first).Select(t => t.Candle), query, MaxTradesForCandles));
    }

    /// <summary>A market's trades from an id on, each as a candle.</summary>
    private IEnumerable<(long TradeId, Candle Candle)> TradesFrom(long marketId, long firstId)
    {
        using SqliteCommand command = Sql(
            "SELECT id, time_us, price, quantity FROM trade WHERE market_id = $market AND id >= $first ORDER BY id",
            ("$market", marketId), ("$first", firstId));
        using SqliteDataReader r = command.ExecuteReader();
        while (r.Read())
        {
            var price = new Price(r.GetInt32(2));
            yield return (r.GetInt64(0), new Candle(r.GetInt64(1), price, price, price, price, new Quantity(r.GetInt64(3)), 1));
        }
    }
}
