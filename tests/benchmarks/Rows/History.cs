using Exchange.Markets;
using Exchange.Storage;
using Microsoft.Data.Sqlite;

namespace Exchange.Benchmarks.Rows;

/// <summary>How much is in a database that an exchange starts on.</summary>
internal readonly record struct HistorySize(int LiveOrders, int Trades)
{
    public override string ToString() => $"{LiveOrders:#,0} live orders + {Trades:#,0} trades of history";
}

/// <summary>
/// A database as years of trading would leave it: 100 markets, 1,000 accounts, orders of four trades each, the live ones
/// the youngest. Trades of a hundred days, the last of them now.
/// </summary>
internal static class History
{
    private const int Markets = 100, Accounts = 1_000, TradesPerOrder = 4;

    /// <summary>The house has account 1, the people those after it.</summary>
    private const int FirstAccount = 2;

    /// <summary>The directory; made if it is not there from an earlier run.</summary>
    public static string Prepare(Report report, HistorySize size, bool verify)
    {
        string directory = Path.Combine(Temporary.Root, $"history-{size.LiveOrders}-{size.Trades}");
        if (Directory.Exists(directory))
            return directory;
        string draft = Temporary.NewDirectory("history");
        using (Database database = Database.Open(draft, Synchronous.Normal))
        {
            MakeDirectory(database);
            using (SqliteConnection connection = database.Connect())
                Fill(connection, size);
            if (verify)
            {
                foreach (string problem in Verifier.Verify(database))
                    report.Problem($"Row 10: the history made for it is wrong: {problem}");
            }
            database.Close();
        }
        Directory.Move(draft, directory);
        return directory;
    }

    private static void MakeDirectory(Database database)
    {
        var venue = new Venue();
        using var writer = new WalWriter(database);
        var batch = new CommitBatch();
        batch.Begin(1);
        Apply(new Command
        {
            Kind = CommandKind.OpenRoom,
            Details = new RoomTerms(Venue.MainRoomSlug, "Main", new Cash(1_000_000_000_0000), WhoMayCreateMarkets.Anyone),
        });
        for (int i = 0; i < Accounts; i++)
            Apply(new Command { Kind = CommandKind.EnterUser, Details = new UserEntry("bench", $"{i}", $"User {i}", null, false) });
        for (int i = 0; i < Markets; i++)
        {
            var terms = new MarketTerms($"Market {i}", "", new Price(0), new Price(100_00), 1);
            Apply(new Command { Kind = CommandKind.CreateMarket, UserId = 1, Details = terms });
        }
        venue.Seal(batch);
        writer.Write(batch);

        void Apply(in Command command) => venue.Apply(in command, Moment.At(MarketWorkload.TimeUs), batch);
    }

    private static void Fill(SqliteConnection connection, HistorySize size)
    {
        int pairs = size.Trades / TradesPerOrder;
        long nowUs = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks / 10;
        long stepUs = 100L * 86_400_000_000 / size.Trades;
        long firstSequence = connection.Get<long>("SELECT sequence FROM state");
        connection.Run("PRAGMA synchronous = OFF");
        using SqliteTransaction transaction = connection.BeginTransaction();

        // Pair p: order 2p + 1 buys and 2p + 2 sells 4.00 in four trades, in market p % 100.
        string pair = $"""
            WITH RECURSIVE pair (p) AS (SELECT 0 UNION ALL SELECT p + 1 FROM pair WHERE p + 1 < {pairs}),
            filled AS (
              SELECT p, 1 + p % {Markets} AS market, 4000 + p * 7 % 2000 AS price,
                {FirstAccount} + p * 7919 % {Accounts} AS buyer, {FirstAccount} + (p * 7919 + 1 + p % 17) % {Accounts} AS seller,
                {firstSequence} + {TradesPerOrder} * p AS sequence, {nowUs} - ({pairs} - p) * {TradesPerOrder * stepUs} AS time_us
              FROM pair)
            """;
        const string FilledOrder = "price, 400, 0, 400, price * 400, 1, 0, NULL, 2, 2, 1, price, 400";
        // No expiry, neither reduce-only nor cancelled on disconnect, placed by nobody in particular.
        const string NoTerms = "0, 0, 0, 0";
        const string OrderColumns = """
            (id, market_id, account_id, side, price, quantity, remaining, filled, filled_value, time_in_force, post_only, client_order_id, status,
             reason, priority, placed_price, placed_remaining, placed_sequence, placed_us, expires_us, reduce_only, cancel_on_disconnect,
             placed_by_user_id, placed_quantity)
            """;
        connection.Run($"""
            {pair} INSERT INTO "order" {OrderColumns}
            SELECT 2 * p + side, market, iif(side = 1, buyer, seller), side, {FilledOrder}, sequence, time_us, {NoTerms}, 400
            FROM filled, (SELECT 1 AS side UNION ALL SELECT 2)
            """);
        connection.Run($"""
            {pair} INSERT INTO trade (id, market_id, price, quantity, buyer_account_id, seller_account_id, buy_order_id, sell_order_id, aggressor, sequence, time_us)
            SELECT {TradesPerOrder} * p + n, market, price, 100, buyer, seller, 2 * p + 1, 2 * p + 2, 1, sequence + n, time_us + n * {stepUs}
            FROM filled, (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4)
            """);
        // Live ones: bids from 10.00 to 29.99, offers from 70.00 to 89.99, a few contracts each.
        connection.Run($"""
            WITH RECURSIVE live (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM live WHERE n < {size.LiveOrders}),
            placed AS (
              SELECT n, 1 + n % 2 AS side, iif(n % 2 = 0, 1000, 7000) + n * 13 % 2000 AS price FROM live)
            INSERT INTO "order" {OrderColumns}
            SELECT {2 * pairs} + n, 1 + n / 2 % {Markets}, {FirstAccount} + n * 31 % {Accounts}, side, price, 200, 200, 0, 0, 1, 0, NULL, 1, 1, n,
              price, 200, {firstSequence + size.Trades} + n, {nowUs}, {NoTerms}, 200
            FROM placed
            """);
        const string Moved = """
            SELECT account_id, market_id, iif(side = 1, filled, -filled) AS quantity, iif(side = 1, filled_value, -filled_value) AS value
            FROM "order" WHERE filled > 0
            """;
        connection.Run($"INSERT INTO position (account_id, market_id, quantity, spent, settled_profit, settled_quantity, settled_spent) SELECT account_id, market_id, sum(quantity), sum(value), 0, 0, 0 FROM ({Moved}) GROUP BY 1, 2");
        connection.Run("""
            UPDATE account SET cash = cash - total.spent
            FROM (SELECT account_id, sum(spent) AS spent FROM position GROUP BY 1) AS total WHERE total.account_id = account.id
            """);
        connection.Run($"UPDATE state SET sequence = {firstSequence + size.Trades + size.LiveOrders}, time_us = {nowUs}");
        transaction.Commit();
        connection.Run("PRAGMA wal_checkpoint(TRUNCATE)");
    }
}
