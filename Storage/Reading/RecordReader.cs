using Exchange.Markets;
using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

/// <summary>The trading of a market since a time.</summary>
/// <param name="MinuteUs">Start of the minute, microseconds since 1970.</param>
/// <param name="FirstPrice">The minute's first price.</param>
/// <param name="LastPrice">The minute's last price.</param>
/// <param name="Quantity">The quantity traded in it.</param>
public readonly record struct TradedMinute(long MarketId, long MinuteUs, Price FirstPrice, Price LastPrice, Quantity Quantity);

/// <summary>Reads of the past, on connections of their own: beside the writer, never through it.</summary>
public sealed class RecordReader(Database database)
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

    /// <summary>When the last change on record was made.</summary>
    public long LastTimeUs()
    {
        using SqliteConnection connection = database.ConnectReadOnly();
        return connection.Get<long>("SELECT time_us FROM state");
    }

    /// <summary>Each market's minutes with trades between two times, in order, up to a sequence.</summary>
    public List<TradedMinute> TradedMinutes(long sinceUs, long untilUs, long upToSequence)
    {
        using SqliteConnection connection = database.ConnectReadOnly();
        var minutes = new SortedDictionary<(long MarketId, long MinuteUs), TradedMinute>();
        foreach ((long firstId, long endId) in TradesSince(connection, sinceUs))
        {
            foreach (TradedMinute minute in TradedMinutes(connection, firstId, endId, untilUs, upToSequence))
            {
                (long, long) key = (minute.MarketId, minute.MinuteUs);
                minutes[key] = minutes.TryGetValue(key, out TradedMinute before)
                    ? before with { LastPrice = minute.LastPrice, Quantity = before.Quantity + minute.Quantity }
                    : minute;
            }
        }
        return [.. minutes.Values];
    }

    private static List<TradedMinute> TradedMinutes(SqliteConnection connection, long firstId, long endId, long untilUs, long upToSequence)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            SELECT m.market_id, m.minute, first.price, last.price, m.quantity
            FROM (
              SELECT market_id, time_us / 60000000 AS minute, min(id) AS first_id, max(id) AS last_id, sum(quantity) AS quantity
              FROM trade WHERE id >= $first AND id < $end AND time_us <= $until AND sequence <= $sequence GROUP BY market_id, minute) AS m
            JOIN trade AS first ON first.id = m.first_id JOIN trade AS last ON last.id = m.last_id
            """;
        command.Parameters.AddWithValue("$first", firstId);
        command.Parameters.AddWithValue("$end", endId);
        command.Parameters.AddWithValue("$until", untilUs);
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
    /// The trades since a time, as ranges of ids: the first, and the one after the last. One range, but for where the clock had been
    /// set back: there times begin anew.
    /// </summary>
    internal static List<(long FirstId, long EndId)> TradesSince(SqliteConnection connection, long sinceUs)
    {
        var begins = new List<long> { 1 };
        Loader.Each(connection, "SELECT trade_id FROM clock_set_back ORDER BY trade_id", r => begins.Add(r.GetInt64(0)));
        begins.Add(connection.Get<long>("SELECT coalesce(max(id), 0) + 1 FROM trade"));
        var ranges = new List<(long, long)>();
        for (int i = 1; i < begins.Count; i++)
        {
            long first = FirstWith(connection, "trade", "time_us", sinceUs, begins[i - 1], begins[i]);
            if (first < begins[i])
                ranges.Add((first, begins[i]));
        }
        return ranges;
    }

    /// <summary>
    /// The first id of a table whose value is not below this, or the one after the last: ids and sequences rise
    /// together, so it is found by halving, without an index.
    /// </summary>
    internal static long FirstWith(SqliteConnection connection, string table, string column, long value) => FirstWith(
        connection, table, column, value, 1, connection.Get<long>($"SELECT coalesce(max(id), 0) + 1 FROM {table}"));

    /// <param name="low">The first id it may be.</param>
    /// <param name="high">The one after the last. In between values must rise.</param>
    private static long FirstWith(SqliteConnection connection, string table, string column, long value, long low, long high)
    {
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
