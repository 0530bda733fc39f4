using Exchange.Markets;
using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

/// <summary>
/// Reads the live state into a venue: the directory, cash, positions, live orders, each market's last trades. History
/// stays on disk, so that a start takes as long as what is live is large.
/// </summary>
public static class Loader
{
    /// <summary>Loads the venue.</summary>
    /// <exception cref="StorageException">What is on disk can't be true; the sentence says what.</exception>
    public static Venue Load(Database database)
    {
        try
        {
            using SqliteConnection connection = database.Connect();
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
            return Load(connection);
        }
        catch (Exception e) when (e is InvalidDataException or SqliteException or KeyNotFoundException or InvalidCastException)
        {
            throw new StorageException($"The database {database.FilePath} is damaged: {e.Message} Restore a backup.", e);
        }
    }

    private static Venue Load(SqliteConnection connection)
    {
        var venue = new Venue();
        var restorer = new Venue.Restorer(venue);

        Each(connection, """
            SELECT sequence, time_us, (SELECT coalesce(max(id), 0) FROM "order"), (SELECT coalesce(max(id), 0) FROM trade),
              (SELECT coalesce(max(id), 0) FROM transfer), (SELECT coalesce(max(id), 0) FROM settlement) FROM state
            """,
            r => restorer.Counters(
                r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5)));

        Each(connection, "SELECT id, slug, name, house_account_id, opening_balance, who_may_create_markets FROM room ORDER BY id",
            r => restorer.Room(new RoomInfo(
                r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetInt64(3), new Cash(r.GetInt64(4)),
                Names.ToWhoMayCreateMarkets(r.GetString(5)))));

        Each(connection, "SELECT id, issuer, subject, name, email, is_server_admin, created_us FROM user ORDER BY id",
            r => restorer.User(new UserInfo(
                r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.IsDBNull(4) ? null : r.GetString(4),
                r.GetBoolean(5), r.GetInt64(6))));

        Each(connection, "SELECT id, room_id, name, coalesce(owner_user_id, 0), opened_us, cash FROM account ORDER BY id",
            r => restorer.Account(
                new AccountInfo(r.GetInt64(0), r.GetInt64(1), r.GetString(2), r.GetInt64(3), r.GetInt64(4)), new Cash(r.GetInt64(5))));

        var marketIds = new List<long>();
        Each(connection, """
            SELECT id, room_id, name, description, owner_user_id, min_price, max_price, tick_size, status, settlement_price, created_us
            FROM market ORDER BY id
            """,
            r =>
            {
                marketIds.Add(r.GetInt64(0));
                restorer.Market(new MarketInfo(
                    r.GetInt64(0), r.GetInt64(1), r.GetString(2), r.GetString(3), r.GetInt64(4), new Price(r.GetInt32(5)),
                    new Price(r.GetInt32(6)), r.GetInt32(7), Names.ToMarketStatus(r.GetString(8)),
                    r.IsDBNull(9) ? null : new Price(r.GetInt32(9)), r.GetInt64(10)));
            });

        Each(connection, "SELECT account_id, market_id, quantity, spent, settled_profit FROM position",
            r => restorer.Position(r.GetInt64(0), new PositionState(
                r.GetInt64(1), new Quantity(r.GetInt64(2)), new Cash(r.GetInt64(3)), new Cash(r.GetInt64(4)))));

        Each(connection, $"""SELECT {OrderColumns} FROM "order" WHERE status = 1 ORDER BY id""",
            r => restorer.LiveOrder(ReadOrder(r)));

        LoadRecentTrades(connection, restorer, marketIds);
        restorer.Done();
        return venue;
    }

    private static void LoadRecentTrades(SqliteConnection connection, Venue.Restorer restorer, List<long> marketIds)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT id, market_id, price, quantity, buyer_account_id, seller_account_id, buy_order_id, sell_order_id, aggressor, time_us
            FROM trade WHERE market_id = $market ORDER BY id DESC LIMIT {Limits.RecentTrades}
            """;
        SqliteParameter market = command.Parameters.Add("$market", SqliteType.Integer);
        var newestFirst = new List<Trade>();
        foreach (long id in marketIds)
        {
            market.Value = id;
            newestFirst.Clear();
            using SqliteDataReader r = command.ExecuteReader();
            while (r.Read())
            {
                newestFirst.Add(new Trade
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
                });
            }
            for (int i = newestFirst.Count - 1; i >= 0; i--)
                restorer.RecentTrade(newestFirst[i]);
        }
    }

    internal const string OrderColumns = """
        id, market_id, account_id, side, price, quantity, remaining, filled, filled_value, time_in_force, post_only,
        client_order_id, status, reason, priority, placed_sequence, placed_us
        """;

    internal static OrderState ReadOrder(SqliteDataReader r) => new()
    {
        OrderId = r.GetInt64(0),
        MarketId = r.GetInt64(1),
        AccountId = r.GetInt64(2),
        Side = (Side)r.GetInt64(3),
        Price = new Price(r.GetInt32(4)),
        Quantity = new Quantity(r.GetInt64(5)),
        Remaining = new Quantity(r.GetInt64(6)),
        Filled = new Quantity(r.GetInt64(7)),
        FilledValue = new Cash(r.GetInt64(8)),
        TimeInForce = (TimeInForce)r.GetInt64(9),
        PostOnly = r.GetBoolean(10),
        ClientOrderId = r.IsDBNull(11) ? null : r.GetString(11),
        Status = (OrderStatus)r.GetInt64(12),
        Reason = (OrderReason)r.GetInt64(13),
        Priority = r.GetInt64(14),
        PlacedSequence = r.GetInt64(15),
        PlacedTimeUs = r.GetInt64(16),
    };

    internal static void Each(SqliteConnection connection, string sql, Action<SqliteDataReader> row)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
            row(reader);
    }
}
