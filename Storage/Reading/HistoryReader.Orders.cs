using Exchange.History;
using Exchange.Markets;
using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

// Orders and what became of them.
internal sealed partial class HistoryReader
{
    private HistoryAnswer Orders(OrdersQuery query)
    {
        Refusal refusal = Check(query.MarketId, accountId: 0);
        if (!refusal.IsRefused)
            refusal = CheckAccount(query.AccountId);
        if (refusal.IsRefused)
            return HistoryAnswer.Refused(refusal);
        return ReadPage(
            PageSql(
                query.Page,
                $"""
                SELECT {Loader.OrderColumns}, $market IN (0, market_id) AND $status IN (0, status)
                  AND (SELECT {Visible} AND market.room_id = $room FROM market WHERE market.id = market_id)
                FROM "order" WHERE {OfAccount("account_id", query.AccountId)} AND {Following(query.Page, "id")} {Order(query.Page)}
                """,
                ("$account", query.AccountId), ("$market", query.MarketId), ("$status", (long)(query.Status ?? 0))),
            query.Page.Limit, r => Loader.ReadOrder(r));
    }

    private HistoryAnswer OrderSteps(OrderStepsQuery query)
    {
        long marketId, placedSequence;
        using (SqliteCommand find = Sql(
            $"""
            SELECT o.market_id, o.placed_sequence FROM "order" AS o JOIN market ON market.id = o.market_id
            WHERE o.id = $order AND market.room_id = $room AND {Readable("o.account_id")} AND {Visible}
            """,
            ("$order", query.OrderId)))
        {
            using SqliteDataReader r = find.ExecuteReader();
            if (!r.Read())
                return HistoryAnswer.Refused(Refusals.OrderNotFound);
            (marketId, placedSequence) = (r.GetInt64(0), r.GetInt64(1));
        }

        // The order's row says how it is now; its first change, or if there is none the row, how it was placed.
        (string Name, long Value)[] values =
        [
            ("$order", query.OrderId), ("$market", marketId), ("$placed", placedSequence),
            ("$filled", FilledWhenPlaced(query.OrderId, placedSequence)),
        ];
        return ReadPage(
            PageSql(
                query.Page,
                $"""
                SELECT placed_sequence, placed_us, placed_price, quantity, placed_remaining, reason, 1 FROM "order"
                WHERE id = $order AND placed_remaining = 0 AND {Following(query.Page, "placed_sequence")}
                UNION ALL
                SELECT placed_sequence, placed_us, placed_price, placed_remaining + $filled, placed_remaining, {(int)OrderReason.Placed}, 1
                FROM "order" WHERE id = $order AND placed_remaining > 0 AND {Following(query.Page, "placed_sequence")}
                UNION ALL
                SELECT sequence, time_us, price, quantity, remaining, reason, 1 FROM order_change
                WHERE market_id = $market AND sequence > $placed AND order_id = $order AND {Following(query.Page, "sequence")}
                {Order(query.Page)}
                """,
                values),
            query.Page.Limit,
            r => new OrderStep(
                r.GetInt64(0), r.GetInt64(1), new Price(r.GetInt32(2)), new Quantity(r.GetInt64(3)), new Quantity(r.GetInt64(4)),
                (OrderReason)r.GetInt64(5)));
    }

    /// <summary>The quantity that the order's own command filled.</summary>
    private long FilledWhenPlaced(long orderId, long placedSequence)
    {
        using SqliteCommand command = Sql(
            """
            SELECT coalesce(sum(quantity), 0) FROM trade
            WHERE id >= $first AND id < $end AND $order IN (buy_order_id, sell_order_id)
            """,
            ("$order", orderId),
            ("$first", RecordReader.FirstWith(connection, "trade", "sequence", placedSequence)),
            ("$end", RecordReader.FirstWith(connection, "trade", "sequence", placedSequence + 1)));
        return (long)command.ExecuteScalar()!;
    }
}
