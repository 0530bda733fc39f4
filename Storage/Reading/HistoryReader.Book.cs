using Exchange.History;
using Exchange.Markets;
using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

// The book as it was.
internal sealed partial class HistoryReader
{
    /// <summary>An order as it stood at the sequence.</summary>
    private struct StandingOrder
    {
        public Side Side;
        public Price Price;
        public Quantity Remaining;
        public long AccountId;

        /// <summary>The sequence at which it went to its place in line.</summary>
        public long InLineSince;
    }

    /// <remarks>
    /// An order that stood in the book either still does or was changed later, so those are found among the live ones and in
    /// what the market's orders became afterwards; how they stood then, in what became of them before. Both are read in the order
    /// they lie on disk: a market's changes are scanned once at most, without an index for it that each of them would have to pay
    /// for as it is written.
    /// </remarks>
    private HistoryAnswer Book(BookQuery query)
    {
        Refusal refusal = CheckMarket(query.MarketId);
        if (refusal.IsRefused)
            return HistoryAnswer.Refused(refusal);
        long last = connection.Get<long>("SELECT sequence FROM state");
        if (query.Sequence > last)
        {
            return HistoryAnswer.Refused(Refusals.InvalidField(
                $"The sequence {query.Sequence} has not come yet; the last one is {last}."));
        }

        string ids = StandingIds(query);
        Dictionary<long, StandingOrder> orders = Placed(ids, out long firstSequence);
        using (SqliteCommand command = Sql(
            """
            SELECT sequence, order_id, price, remaining FROM order_change
            WHERE market_id = $market AND sequence BETWEEN $first AND $sequence AND order_id IN (SELECT value FROM json_each($ids))
            ORDER BY sequence
            """,
            ("$market", query.MarketId), ("$first", firstSequence), ("$sequence", query.Sequence)))
        {
            command.Parameters.AddWithValue("$ids", ids);
            using SqliteDataReader r = command.ExecuteReader();
            while (r.Read())
            {
                StandingOrder order = orders[r.GetInt64(1)];
                var price = new Price(r.GetInt32(2));
                var remaining = new Quantity(r.GetInt64(3));
                // Only less at the same price keeps its place.
                if (price != order.Price || remaining > order.Remaining)
                    order.InLineSince = r.GetInt64(0);
                order.Price = price;
                order.Remaining = remaining;
                orders[r.GetInt64(1)] = order;
            }
        }

        BookOrder[] bids = InLine(orders, Side.Buy, o => -o.Price.Hundredths, query.Limit, out int bidsLeftOut);
        BookOrder[] offers = InLine(orders, Side.Sell, o => o.Price.Hundredths, query.Limit, out int offersLeftOut);
        return HistoryAnswer.Of(new PastBook(
            new BookSnapshot(query.MarketId, query.Sequence, bids, offers), bidsLeftOut, offersLeftOut));
    }

    /// <summary>The orders that stood in the book, as a JSON list.</summary>
    private string StandingIds(BookQuery query)
    {
        using SqliteCommand command = Sql(
            """
            SELECT json_group_array(id) FROM (
              SELECT order_id AS id FROM order_change WHERE market_id = $market AND sequence > $sequence AND order_id < $end
              UNION SELECT id FROM "order" WHERE status = 1 AND market_id = $market AND id < $end)
            """,
            ("$market", query.MarketId), ("$sequence", query.Sequence),
            ("$end", RecordReader.FirstWith(connection, "\"order\"", "placed_sequence", query.Sequence + 1)));
        return (string)command.ExecuteScalar()!;
    }

    private Dictionary<long, StandingOrder> Placed(string ids, out long firstSequence)
    {
        var orders = new Dictionary<long, StandingOrder>();
        firstSequence = long.MaxValue;
        using SqliteCommand command = Sql($"""
            SELECT o.id, o.side, o.placed_price, o.placed_remaining, o.placed_sequence, {Shown("o.account_id")}
            FROM json_each($ids) CROSS JOIN "order" AS o ON o.id = value JOIN market ON market.id = o.market_id
            """);
        command.Parameters.AddWithValue("$ids", ids);
        using SqliteDataReader r = command.ExecuteReader();
        while (r.Read())
        {
            long sequence = r.GetInt64(4);
            firstSequence = Math.Min(firstSequence, sequence);
            orders.Add(r.GetInt64(0), new StandingOrder
            {
                Side = (Side)r.GetInt64(1),
                Price = new Price(r.GetInt32(2)),
                Remaining = new Quantity(r.GetInt64(3)),
                InLineSince = sequence,
                AccountId = r.GetInt64(5),
            });
        }
        return orders;
    }

    private static BookOrder[] InLine(
        Dictionary<long, StandingOrder> orders, Side side, Func<StandingOrder, int> bestFirst, int limit, out int leftOut)
    {
        KeyValuePair<long, StandingOrder>[] ofSide = [.. orders.Where(o => o.Value.Side == side)
            .OrderBy(o => bestFirst(o.Value)).ThenBy(o => o.Value.InLineSince)];
        leftOut = Math.Max(0, ofSide.Length - limit);
        return [.. ofSide.Take(limit).Select(o => new BookOrder(o.Key, o.Value.Price, o.Value.Remaining, o.Value.AccountId))];
    }
}
