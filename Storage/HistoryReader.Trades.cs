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
        long fromUs = query.FromUs / query.IntervalUs * query.IntervalUs;
        long first = fromUs == 0 ? 1 : History.FirstWith(connection, "trade", "time_us", fromUs);
        using SqliteCommand command = Sql(
            "SELECT time_us, price, quantity FROM trade WHERE market_id = $market AND id >= $first ORDER BY id",
            ("$market", query.MarketId), ("$first", first));
        var candles = new List<Candle>();
        Candle candle = default;
        using SqliteDataReader r = command.ExecuteReader();
        for (int looked = 0; r.Read(); looked++)
        {
            long beginsUs = r.GetInt64(0) / query.IntervalUs * query.IntervalUs;
            if (beginsUs >= query.ToUs)
                break;
            var price = new Price(r.GetInt32(1));
            var quantity = new Quantity(r.GetInt64(2));
            if (candle.Trades > 0 && beginsUs == candle.TimeUs)
            {
                candle = candle with
                {
                    High = price > candle.High ? price : candle.High,
                    Low = price < candle.Low ? price : candle.Low,
                    Close = price,
                    Quantity = candle.Quantity + quantity,
                    Trades = candle.Trades + 1,
                };
                continue;
            }
            if (candle.Trades > 0)
                candles.Add(candle);
            if (candles.Count == query.Limit || looked >= MaxTradesForCandles)
                return HistoryAnswer.Of(new Page<Candle>([.. candles], beginsUs));
            candle = new Candle(beginsUs, price, price, price, price, quantity, 1);
        }
        if (candle.Trades > 0)
            candles.Add(candle);
        return HistoryAnswer.Of(new Page<Candle>([.. candles], 0));
    }
}
