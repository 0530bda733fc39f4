using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Exchange.Storage;

/// <summary>
/// Checks a database as an auditor would: is the file whole, and does every balance and position follow from the
/// trades, transfers and settlements on record?
/// </summary>
public static class Verifier
{
    // Each gives one row a problem: a sentence. These take as long as what is live is large, not as all that was.
    private static readonly string[] s_cheapChecks =
    [
        """
        SELECT 'code ' || code.id || ' was used ' || code.used || ' times, but ' || count(c.user_id) || ' claims are on record'
        FROM code LEFT JOIN code_claim AS c ON c.code_id = code.id GROUP BY code.id HAVING code.used <> count(c.user_id)
        """,
        """
        SELECT 'order ' || id || ' is live with ' || remaining || ' remaining of ' || quantity || ', ' || filled || ' filled'
        FROM "order" WHERE status = 1 AND (remaining <= 0 OR remaining <> quantity - filled)
        """,
        """
        SELECT 'order ' || o.id || ' is live in market ' || market.id || ', which is settled'
        FROM "order" AS o JOIN market ON market.id = o.market_id WHERE o.status = 1 AND market.status = 'SETTLED'
        """,
        """
        SELECT 'order ' || o.id || ' is live in market ' || market.id || ', which is deleted'
        FROM "order" AS o JOIN market ON market.id = o.market_id WHERE o.status = 1 AND market.deleted_us <> 0
        """,
        """
        SELECT 'the last trade has the sequence ' || t.sequence || ', past the last committed one, ' || state.sequence
        FROM (SELECT sequence FROM trade ORDER BY id DESC LIMIT 1) AS t, state WHERE t.sequence > state.sequence
        """,
        """
        SELECT 'the last order has the sequence ' || o.placed_sequence || ', past the last committed one, ' || state.sequence
        FROM (SELECT placed_sequence FROM "order" ORDER BY id DESC LIMIT 1) AS o, state WHERE o.placed_sequence > state.sequence
        """,
    ];

    private static readonly string[] s_checks =
    [
        // The cash that each account should have, from everything that ever moved its cash.
        """
        WITH moved (account_id, amount) AS (
          SELECT to_account_id, amount FROM transfer
          UNION ALL SELECT from_account_id, -amount FROM transfer
          UNION ALL SELECT buyer_account_id, -price * quantity FROM trade
          UNION ALL SELECT seller_account_id, price * quantity FROM trade
          UNION ALL SELECT account_id, amount FROM settlement_payout
            WHERE settlement_id NOT IN (SELECT settlement_id FROM settlement_undo)
          UNION ALL SELECT account_id, strike * quantity * CASE option_kind WHEN 'CALL' THEN -1 ELSE 1 END FROM exercise
          UNION ALL SELECT a.account_id, e.strike * a.quantity * CASE e.option_kind WHEN 'CALL' THEN 1 ELSE -1 END
            FROM exercise_assignment AS a JOIN exercise AS e ON e.id = a.exercise_id),
        total AS (SELECT account_id, sum(amount) AS cash FROM moved GROUP BY account_id)
        SELECT 'account ' || account.id || ' (' || account.name || ') has cash ' || account.cash
          || ', but its trades, transfers, settlements and exercises come to ' || coalesce(total.cash, 0)
        FROM account LEFT JOIN total ON total.account_id = account.id WHERE account.cash <> coalesce(total.cash, 0)
        """,
        """
        WITH moved (account_id, market_id, quantity) AS (
          SELECT buyer_account_id, market_id, quantity FROM trade
          UNION ALL SELECT seller_account_id, market_id, -quantity FROM trade
          UNION ALL SELECT account_id, market_id, -position FROM settlement_payout JOIN settlement ON settlement.id = settlement_id
            WHERE settlement_id NOT IN (SELECT settlement_id FROM settlement_undo)
          UNION ALL SELECT c.account_id, leg.market_id, leg.quantity FROM conversion_leg AS leg JOIN conversion AS c ON c.id = leg.conversion_id
          UNION ALL SELECT c.house_account_id, leg.market_id, -leg.quantity
            FROM conversion_leg AS leg JOIN conversion AS c ON c.id = leg.conversion_id
          UNION ALL SELECT account_id, market_id, -quantity FROM exercise
          UNION ALL SELECT account_id, underlying_market_id, quantity * CASE option_kind WHEN 'CALL' THEN 1 ELSE -1 END FROM exercise
          UNION ALL SELECT a.account_id, e.market_id, a.quantity FROM exercise_assignment AS a JOIN exercise AS e ON e.id = a.exercise_id
          UNION ALL SELECT a.account_id, e.underlying_market_id, a.quantity * CASE e.option_kind WHEN 'CALL' THEN -1 ELSE 1 END
            FROM exercise_assignment AS a JOIN exercise AS e ON e.id = a.exercise_id),
        total AS (SELECT account_id, market_id, sum(quantity) AS quantity FROM moved GROUP BY account_id, market_id)
        SELECT 'account ' || total.account_id || ' has the position ' || coalesce(position.quantity, 0) || ' in market '
          || total.market_id || ', but its trades, settlements, conversions and exercises come to ' || total.quantity
        FROM total LEFT JOIN position USING (account_id, market_id) WHERE total.quantity <> coalesce(position.quantity, 0)
        UNION ALL
        SELECT 'account ' || position.account_id || ' has the position ' || position.quantity || ' in market '
          || position.market_id || ', but never traded there'
        FROM position LEFT JOIN total USING (account_id, market_id) WHERE total.quantity IS NULL AND position.quantity <> 0
        """,
        """
        WITH moved (account_id, amount) AS (
          SELECT to_account_id, amount FROM transfer WHERE kind <> 'FEE'
          UNION ALL SELECT from_account_id, -amount FROM transfer WHERE kind <> 'FEE'),
        total AS (SELECT account_id, sum(amount) AS received FROM moved GROUP BY account_id)
        SELECT 'account ' || account.id || ' has received ' || account.received || ', but its transfers come to '
          || coalesce(total.received, 0)
        FROM account LEFT JOIN total ON total.account_id = account.id WHERE account.received <> coalesce(total.received, 0)
        """,
        """
        SELECT 'account ' || account_id || ' holds nothing in market ' || market_id || ', but that is said to have cost ' || open_cost
        FROM position WHERE quantity = 0 AND open_cost <> 0
        """,
        // Every option exercised was some writer's.
        """
        SELECT 'exercise ' || exercise.id || ' is of ' || exercise.quantity || ', but ' || coalesce(sum(a.quantity), 0) || ' were assigned'
        FROM exercise LEFT JOIN exercise_assignment AS a ON a.exercise_id = exercise.id
        GROUP BY exercise.id HAVING exercise.quantity <> coalesce(sum(a.quantity), 0)
        """,
        """
        SELECT 'market ' || market.id || ' has a house bot (' || bot.kind || ') that has no account in its room'
        FROM market_house_bot AS bot JOIN market ON market.id = bot.market_id
        WHERE NOT EXISTS (SELECT 1 FROM account WHERE account.room_id = market.room_id AND account.bot_kind = bot.kind)
        """,
        // Only a market in which nothing happened can be deleted.
        """
        SELECT 'market ' || id || ' is deleted, but it was traded in' FROM market
        WHERE deleted_us <> 0 AND EXISTS (SELECT 1 FROM trade WHERE trade.market_id = market.id)
        UNION ALL
        SELECT 'market ' || id || ' is deleted, but account ' || position.account_id || ' holds something in it'
        FROM market JOIN position ON position.market_id = market.id
        WHERE deleted_us <> 0 AND (quantity <> 0 OR spent <> 0 OR settled_profit <> 0 OR settled_quantity <> 0)
        UNION ALL
        SELECT 'market ' || derived.id || ' depends on market ' || source.id || ', which is deleted'
        FROM market AS derived LEFT JOIN basket_constituent AS part ON part.basket_market_id = derived.id
          JOIN market AS source ON source.id IN (part.market_id, derived.underlying_market_id)
        WHERE derived.deleted_us = 0 AND source.deleted_us <> 0
        """,
        """
        SELECT 'the cash of room ' || room.slug || ' sums to ' || sum(account.cash) || ', not to zero'
        FROM account JOIN room ON room.id = account.room_id GROUP BY room.id HAVING sum(account.cash) <> 0
        """,
        """
        SELECT 'the positions in market ' || market_id || ' sum to ' || sum(quantity) || ', not to zero'
        FROM position GROUP BY market_id HAVING sum(quantity) <> 0
        """,
        """
        WITH fill (order_id, quantity, value) AS (
          SELECT buy_order_id, quantity, price * quantity FROM trade
          UNION ALL SELECT sell_order_id, quantity, price * quantity FROM trade),
        total AS (SELECT order_id, sum(quantity) AS quantity, sum(value) AS value FROM fill GROUP BY order_id)
        SELECT 'order ' || o.id || ' says ' || o.filled || ' filled for ' || o.filled_value || ', but its trades come to '
          || coalesce(total.quantity, 0) || ' for ' || coalesce(total.value, 0)
        FROM "order" AS o LEFT JOIN total ON total.order_id = o.id
        WHERE o.filled <> coalesce(total.quantity, 0) OR o.filled_value <> coalesce(total.value, 0)
        """,
        """
        SELECT 'order ' || id || ' has ended with ' || remaining || ' remaining' FROM "order" WHERE status <> 1 AND remaining <> 0
        """,
        // The last change on record is how the order stands.
        """
        SELECT 'order ' || o.id || ' has ' || o.remaining || ' remaining, but its last change on record says ' || c.remaining
        FROM "order" AS o JOIN (
          SELECT order_id, remaining, max(sequence) FROM order_change GROUP BY order_id) AS c ON c.order_id = o.id
        WHERE o.remaining <> c.remaining
        """,
        // Times of trades are searched by halving between these.
        """
        SELECT 'trade ' || id || ' is earlier than the one before it, but no clock that was set back is on record'
        FROM (SELECT id, time_us, lag(time_us) OVER (ORDER BY id) AS before_us FROM trade)
        WHERE time_us < before_us AND id NOT IN (SELECT trade_id FROM clock_set_back)
        """,
        """
        SELECT 'a trade has the sequence ' || max(trade.sequence) || ', past the last committed one, ' || state.sequence
        FROM trade, state GROUP BY state.id HAVING max(trade.sequence) > state.sequence
        """,
    ];

    /// <summary>How long a start may check if the exchange was not stopped before.</summary>
    private static readonly TimeSpan s_uncleanStart = TimeSpan.FromSeconds(1);

    /// <summary>Every problem found, a sentence each; none if all is well.</summary>
    public static List<string> Verify(Database database)
    {
        using SqliteConnection connection = database.Connect();
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
        return Verify(connection);
    }

    /// <summary>The same for a database that is only read.</summary>
    public static List<string> Verify(DatabaseReading reading) => Verify(reading.Connection);

    private static List<string> Verify(SqliteConnection connection)
    {
        List<string> problems = Problems(connection, [.. s_cheapChecks, IntegrityCheck, .. s_checks], CancellationToken.None);
        try
        {
            // The invariants that need the margin: what loading checks.
            Loader.Load(connection, default);
        }
        catch (StorageException e)
        {
            problems.Add(e.Message);
        }
        return problems;
    }

    /// <summary>The problems that are looked for at a start, where loading follows.</summary>
    internal static List<string> AtStart(SqliteConnection connection, Thoroughness how)
    {
        if (how == Thoroughness.None)
            return [];
        using var inTime = new CancellationTokenSource();
        if (how == Thoroughness.WithinASecond)
            inTime.CancelAfter(s_uncleanStart);
        return Problems(connection, how == Thoroughness.Cheap ? s_cheapChecks : [.. s_cheapChecks, IntegrityCheck, .. s_checks], inTime.Token);
    }

    private const string IntegrityCheck = "PRAGMA integrity_check";

    private static List<string> Problems(SqliteConnection connection, string[] checks, CancellationToken inTime)
    {
        var problems = new List<string>();
        using CancellationTokenRegistration _ = inTime.Register(() => raw.sqlite3_interrupt(connection.Handle!));
        foreach (string check in checks)
        {
            if (inTime.IsCancellationRequested)
                break;
            try
            {
                Loader.Each(connection, check, r =>
                {
                    if (r.IsDBNull(0) || r.GetString(0) != "ok")
                        problems.Add(r.IsDBNull(0) ? "a row that has to be a whole one has a NULL in it" : r.GetString(0));
                });
            }
            catch (SqliteException e) when ((e.SqliteErrorCode & Checkpointer.PrimaryCode) == raw.SQLITE_INTERRUPT)
            {
                break;
            }
            catch (SqliteException e)
            {
                problems.Add(e.Message);
            }
        }
        return problems;
    }
}

/// <summary>How much of <see cref="Verifier"/>'s checks is made.</summary>
public enum Thoroughness
{
    /// <summary>None.</summary>
    None,

    /// <summary>The checks whose time depends on the live state. If the exchange was not stopped before, as many checks as fit into a second.</summary>
    Cheap,

    /// <summary>As many checks as fit into a second.</summary>
    WithinASecond,

    /// <summary>All.</summary>
    All,
}
