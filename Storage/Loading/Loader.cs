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
    /// <param name="now">When it goes on.</param>
    /// <exception cref="StorageException">What is on disk can't be true; the sentence says what.</exception>
    public static Venue Load(Database database, Moment now, VenueOptions? options = null)
    {
        using SqliteConnection connection = database.Connect();
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
        return Load(connection, now, options);
    }

    /// <summary>The same, in the read transaction of the connection.</summary>
    /// <exception cref="StorageException">As for <see cref="Load(Database, Moment, VenueOptions)"/>.</exception>
    internal static Venue Load(SqliteConnection connection, Moment now, VenueOptions? options = null)
    {
        try
        {
            return Restore(connection, now, options);
        }
        // Whatever it is that values which nobody wrote lead to: a NULL, a name of nothing, a number past its bounds.
        catch (Exception e) when (e is not StorageException)
        {
            throw new StorageException($"The database {connection.DataSource} is damaged: {e.Message} Restore a backup.", e);
        }
    }

    private static Venue Restore(SqliteConnection connection, Moment now, VenueOptions? options)
    {
        var venue = new Venue(options);
        var restorer = new VenueRestorer(venue);

        Each(connection, """
            SELECT sequence, (SELECT coalesce(max(id), 0) FROM "order"), (SELECT coalesce(max(id), 0) FROM trade),
              (SELECT coalesce(max(id), 0) FROM transfer), (SELECT coalesce(max(id), 0) FROM settlement),
              (SELECT coalesce(max(id), 0) FROM conversion), (SELECT coalesce(max(id), 0) FROM exercise),
              (SELECT coalesce(max(id), 0) FROM market) FROM state
            """,
            r => restorer.Counters(new KeptCounters(
                r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), r.GetInt64(6))
            {
                LastMarketId = r.GetInt64(7),
            }, now));

        LoadRooms(connection, restorer);
        List<long> marketIds = LoadMarkets(connection, restorer);

        Each(connection, """
            SELECT account_id, market_id, quantity, spent, settled_profit, settled_quantity, settled_spent, open_cost, settled_open_cost
            FROM position JOIN market ON market.id = market_id WHERE market.deleted_us = 0
            """,
            r => restorer.Position(r.GetInt64(0), new PositionState(
                r.GetInt64(1), new Quantity(r.GetInt64(2)), new Cash(r.GetInt64(3)), new Cash(r.GetInt64(4)), new Quantity(r.GetInt64(5)),
                new Cash(r.GetInt64(6)), new Cash(r.GetInt64(7)), new Cash(r.GetInt64(8)))));

        Each(connection, $"""SELECT {OrderColumns} FROM "order" WHERE status = 1 ORDER BY id""",
            r => restorer.LiveOrder(ReadOrder(r)));

        LoadRecentTrades(connection, restorer, marketIds);
        restorer.Done();
        return venue;
    }

    private static void LoadRooms(SqliteConnection connection, VenueRestorer restorer)
    {
        Each(connection, """
            SELECT id, slug, name, house_account_id, opening_balance, who_may_create_markets, coalesce(owner_user_id, 0), join_policy,
              is_archived, created_us, join_code FROM room ORDER BY id
            """,
            r => restorer.Room(
                new RoomInfo(
                    r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetInt64(3), new Cash(r.GetInt64(4)),
                    Names.To<WhoMayCreateMarkets>(r.GetString(5)))
                {
                    OwnerUserId = r.GetInt64(6),
                    JoinPolicy = Names.To<JoinPolicy>(r.GetString(7)),
                    IsArchived = r.GetBoolean(8),
                    CreatedTimeUs = r.GetInt64(9),
                },
                joinCode: r.GetString(10)));
        Each(connection, "SELECT room_id, email FROM room_invitation", r => restorer.Invitation(r.GetInt64(0), r.GetString(1)));

        Each(connection, "SELECT id, issuer, subject, name, email, is_server_admin, created_us FROM user ORDER BY id",
            r => restorer.User(new UserInfo(
                r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.IsDBNull(4) ? null : r.GetString(4),
                r.GetBoolean(5), r.GetInt64(6))));
        Each(connection, "SELECT room_id, user_id, role FROM room_member",
            r => restorer.Member(r.GetInt64(0), r.GetInt64(1), Names.To<Role>(r.GetString(2))));

        Each(connection, """
            SELECT id, room_id, name, coalesce(owner_user_id, 0), opened_us, is_personal, cash, received, is_forced, cancel_us, bot_kind, cancel_timeout_us
            FROM account ORDER BY id
            """,
            r => restorer.Account(
                new AccountInfo(r.GetInt64(0), r.GetInt64(1), r.GetString(2), r.GetInt64(3), r.GetInt64(4))
                {
                    IsPersonal = r.GetBoolean(5),
                    BotKind = r.IsDBNull(10) ? null : Names.To<HouseBotKind>(r.GetString(10)),
                },
                new Cash(r.GetInt64(6)), new Cash(r.GetInt64(7)), r.GetBoolean(8), r.GetInt64(9), r.GetInt64(11)));
        Each(connection, "SELECT account_id, user_id, role FROM account_member",
            r => restorer.AccountMember(r.GetInt64(0), r.GetInt64(1), Names.To<AccountRole>(r.GetString(2))));

        Each(connection, "SELECT id, room_id, code, amount, uses, used, expires_us, is_revoked, created_us FROM code ORDER BY id",
            r => restorer.Code(new CodeInfo(
                r.GetInt64(0), r.GetInt64(1), r.GetString(2), new Cash(r.GetInt64(3)), r.GetInt32(4), r.GetInt32(5), r.GetInt64(6),
                r.GetBoolean(7), r.GetInt64(8))));
        Each(connection, "SELECT room_id, code, user_id FROM code_claim JOIN code ON code.id = code_id",
            r => restorer.CodeUse(r.GetInt64(0), r.GetString(1), r.GetInt64(2)));

        // Enough that whoever comes in sees what moved lately; older ones are read when asked for.
        Each(connection, $"""
            SELECT * FROM (
              SELECT id, room_id, from_account_id, to_account_id, amount, memo, by_user_id, kind, time_us FROM transfer
              ORDER BY id DESC LIMIT {RecentTransfers}) ORDER BY id
            """,
            r => restorer.RecentTransfer(ReadTransfer(r)));
    }

    /// <summary>Gives each account its last <see cref="Limits.RecentTransfers"/> of these transfers.</summary>
    private const int RecentTransfers = 10_000;

    internal static TransferInfo ReadTransfer(SqliteDataReader r) => new(
        r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), new Cash(r.GetInt64(4)), r.GetString(5), r.GetInt64(6),
        Names.To<TransferKind>(r.GetString(7)), r.GetInt64(8));

    private static List<long> LoadMarkets(SqliteConnection connection, VenueRestorer restorer)
    {
        ILookup<long, Constituent> constituents = All(
            connection, "SELECT basket_market_id, market_id, multiplier FROM basket_constituent ORDER BY basket_market_id, place",
            r => (BasketId: r.GetInt64(0), Constituent: new Constituent(r.GetInt64(1), r.GetInt32(2))))
            .ToLookup(c => c.BasketId, c => c.Constituent);
        ILookup<long, long> visibleTo = All(
            connection, "SELECT market_id, account_id FROM market_visible_to ORDER BY market_id, account_id",
            r => (MarketId: r.GetInt64(0), AccountId: r.GetInt64(1))).ToLookup(v => v.MarketId, v => v.AccountId);

        ILookup<long, HouseBot> houseBots = All(
            connection, "SELECT market_id, kind, strength FROM market_house_bot",
            r => (MarketId: r.GetInt64(0), Bot: new HouseBot(Names.To<HouseBotKind>(r.GetString(1)), Names.To<HouseBotStrength>(r.GetString(2)))))
            .ToLookup(b => b.MarketId, b => b.Bot);

        var marketIds = new List<long>();
        Each(connection, """
            SELECT id, room_id, name, description, owner_user_id, min_price, max_price, tick_size, status, settlement_price, created_us,
              status_us, category, group_name, is_pinned, is_anonymous, max_order, max_position, kind, conversion_fee,
              underlying_market_id, option_kind, option_style, strike,
              CASE status WHEN 'SETTLED' THEN (SELECT max(id) FROM settlement WHERE market_id = market.id) ELSE 0 END, close_us
            FROM market WHERE deleted_us = 0 ORDER BY id
            """,
            r =>
            {
                long id = r.GetInt64(0);
                marketIds.Add(id);
                restorer.Market(
                    new MarketInfo(
                        id, r.GetInt64(1), r.GetString(2), r.GetString(3), r.GetInt64(4), new Price(r.GetInt32(5)),
                        new Price(r.GetInt32(6)), r.GetInt32(7), Names.To<MarketStatus>(r.GetString(8)),
                        r.IsDBNull(9) ? null : new Price(r.GetInt32(9)), r.GetInt64(10))
                    {
                        StatusTimeUs = r.GetInt64(11),
                        Category = r.GetString(12),
                        Group = r.GetString(13),
                        IsPinned = r.GetBoolean(14),
                        IsAnonymous = r.GetBoolean(15),
                        VisibleTo = new ValueList<long>([.. visibleTo[id]]),
                        MaxOrder = new Quantity(r.GetInt64(16)),
                        MaxPosition = new Quantity(r.GetInt64(17)),
                        CloseTimeUs = r.GetInt64(25),
                        HouseBots = new ValueList<HouseBot>([.. houseBots[id].OrderBy(b => b.Kind)]),
                        Derivation = r.GetString(18) switch
                        {
                            "PLAIN" => null,
                            "BASKET" => new Basket(new ValueList<Constituent>([.. constituents[id]]), new Cash(r.GetInt64(19))),
                            _ => new Option(
                                r.GetInt64(20), Names.To<OptionKind>(r.GetString(21)), Names.To<OptionStyle>(r.GetString(22)),
                                new Price(r.GetInt32(23))),
                        },
                    },
                    settlementId: r.GetInt64(24));
            });
        return marketIds;
    }

    private static void LoadRecentTrades(SqliteConnection connection, VenueRestorer restorer, List<long> marketIds)
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
        client_order_id, status, reason, priority, placed_sequence, placed_us, placed_by_user_id, expires_us, reduce_only,
        cancel_on_disconnect, placed_price, placed_quantity
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
        PlacedByUserId = r.GetInt64(17),
        ExpiresTimeUs = r.GetInt64(18),
        ReduceOnly = r.GetBoolean(19),
        CancelOnDisconnect = r.GetBoolean(20),
        PlacedPrice = new Price(r.GetInt32(21)),
        PlacedQuantity = new Quantity(r.GetInt64(22)),
    };

    private static List<T> All<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> row)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return All(command, row);
    }

    internal static List<T> All<T>(SqliteCommand command, Func<SqliteDataReader, T> row)
    {
        var all = new List<T>();
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
            all.Add(row(reader));
        return all;
    }

    internal static void Each(SqliteConnection connection, string sql, Action<SqliteDataReader> row)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
            row(reader);
    }
}
