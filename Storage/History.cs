using Exchange.Markets;
using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

/// <summary>What a market traded since a time.</summary>
/// <param name="MinuteUs">Start of the minute, microseconds since 1970.</param>
/// <param name="FirstPrice">The minute's first price.</param>
/// <param name="LastPrice">The minute's last price.</param>
/// <param name="Quantity">All that was traded in it.</param>
public readonly record struct TradedMinute(long MarketId, long MinuteUs, Price FirstPrice, Price LastPrice, Quantity Quantity);

/// <summary>Reads of the past, on connections of their own: beside the writer, never through it.</summary>
public sealed class History(Database database)
{
    /// <summary>The last orders of an account that ended and had a client order id, oldest first.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="beforeOrderId">Only orders before this one.</param>
    public OrderState[] EndedClientOrders(long accountId, long beforeOrderId)
    {
        using SqliteConnection connection = database.ConnectReadOnly();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT {Loader.OrderColumns} FROM "order"
            WHERE account_id = $account AND client_order_id IS NOT NULL AND id < $before AND status <> 1
            ORDER BY id DESC LIMIT {Limits.RememberedClientOrderIds}
            """;
        command.Parameters.AddWithValue("$account", accountId);
        command.Parameters.AddWithValue("$before", beforeOrderId);
        var orders = new List<OrderState>();
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
            orders.Add(Loader.ReadOrder(reader));
        orders.Reverse();
        return [.. orders];
    }

    /// <summary>Each market's minutes with trades since a time, in order, up to a sequence.</summary>
    public List<TradedMinute> TradedMinutesSince(long sinceUs, long upToSequence)
    {
        using SqliteConnection connection = database.ConnectReadOnly();
        long firstId = FirstWith(connection, "trade", "time_us", sinceUs);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            SELECT m.market_id, m.minute, first.price, last.price, m.quantity
            FROM (
              SELECT market_id, time_us / 60000000 AS minute, min(id) AS first_id, max(id) AS last_id, sum(quantity) AS quantity
              FROM trade WHERE id >= $first AND sequence <= $sequence GROUP BY market_id, minute) AS m
            JOIN trade AS first ON first.id = m.first_id JOIN trade AS last ON last.id = m.last_id
            ORDER BY m.market_id, m.minute
            """;
        command.Parameters.AddWithValue("$first", firstId);
        command.Parameters.AddWithValue("$sequence", upToSequence);
        var minutes = new List<TradedMinute>();
        using SqliteDataReader r = command.ExecuteReader();
        while (r.Read())
        {
            minutes.Add(new TradedMinute(
                r.GetInt64(0), r.GetInt64(1) * 60_000_000, new Price(r.GetInt32(2)), new Price(r.GetInt32(3)),
                new Quantity(r.GetInt64(4))));
        }
        return minutes;
    }

    /// <summary>
    /// The first id of a table whose value is not below this, or the one after the last: ids, sequences and times rise
    /// together, so it is found by halving, without an index.
    /// </summary>
    internal static long FirstWith(SqliteConnection connection, string table, string column, long value)
    {
        long low = 1, high = connection.Get<long>($"SELECT coalesce(max(id), 0) + 1 FROM {table}");
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT {column} FROM {table} WHERE id >= $id ORDER BY id LIMIT 1";
        SqliteParameter id = command.Parameters.Add("$id", SqliteType.Integer);
        while (low < high)
        {
            long middle = low + ((high - low) / 2);
            id.Value = middle;
            if (command.ExecuteScalar() is long found && found < value)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
