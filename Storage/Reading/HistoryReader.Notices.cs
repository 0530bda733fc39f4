using Exchange.History;
using Exchange.Markets;
using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

// The notices of a user: what others or the exchange itself did to what is theirs. Only how far they have read is stored.
internal sealed partial class HistoryReader
{
    /// <summary>Ended orders that are looked at, the last ones: a bot may have any number.</summary>
    private const int MaxEndedOrders = 2_000;

    /// <summary>Each row: sequence, time, kind, account, market, by whom, three numbers, an amount, three words.</summary>
    private const string NoticesSql = $"""
        WITH mine AS MATERIALIZED (
          SELECT account_id AS id FROM account_member JOIN account ON account.id = account_id
          WHERE user_id = $user AND $only IN (0, account_id) AND account.room_id = $room),
        involved AS MATERIALIZED (
          SELECT market_id AS id FROM position WHERE account_id IN (SELECT id FROM mine)
          UNION SELECT market_id FROM "order" INDEXED BY order_live WHERE status = 1 AND account_id IN (SELECT id FROM mine)),
        seen AS MATERIALIZED (SELECT id FROM market WHERE room_id = $room AND {Visible})
        SELECT sequence, time_us, 'TO', to_account_id AS account_id, 0 AS market_id, by_user_id, id AS a, from_account_id AS b,
          to_account_id AS c, amount AS d, memo AS x, kind AS y, '' AS z
        FROM transfer WHERE to_account_id IN (SELECT id FROM mine) AND kind IN ('TRANSFER', 'GRANT') AND by_user_id <> $user
        UNION ALL
        SELECT sequence, time_us, 'FROM', from_account_id, 0, by_user_id, id, from_account_id, to_account_id, amount, memo, kind, ''
        FROM transfer WHERE from_account_id IN (SELECT id FROM mine) AND to_account_id NOT IN (SELECT id FROM mine)
          AND kind IN ('TRANSFER', 'GRANT') AND by_user_id <> $user
        UNION ALL
        SELECT s.sequence, s.time_us, 'SETTLED', p.account_id, s.market_id, s.by_user_id, s.price, p.position, u.settlement_id IS NULL, p.amount,
          (SELECT settled_profit FROM position WHERE position.account_id = p.account_id AND position.market_id = s.market_id), '', ''
        FROM settlement AS s JOIN settlement_payout AS p ON p.settlement_id = s.id LEFT JOIN settlement_undo AS u ON u.settlement_id = s.id
        WHERE s.market_id IN (SELECT id FROM seen) AND p.account_id IN (SELECT id FROM mine) AND p.position <> 0 AND s.by_user_id <> $user
        UNION ALL
        SELECT u.sequence, u.time_us, 'UNDONE', p.account_id, s.market_id, u.by_user_id, s.price, p.position, 0, p.amount, '', '', ''
        FROM settlement_undo AS u JOIN settlement AS s ON s.id = u.settlement_id JOIN settlement_payout AS p ON p.settlement_id = s.id
        WHERE s.market_id IN (SELECT id FROM seen) AND p.account_id IN (SELECT id FROM mine) AND p.position <> 0 AND u.by_user_id <> $user
        UNION ALL
        SELECT m.sequence, m.time_us, 'STATUS', 0, m.market_id, m.by_user_id, 0, 0, 0, 0, m.status, '', ''
        FROM market_status AS m
        WHERE m.market_id IN (SELECT id FROM involved) AND m.market_id IN (SELECT id FROM seen) AND m.status <> 'SETTLED' AND m.by_user_id <> $user
          AND m.sequence > (SELECT min(sequence) FROM market_status AS first WHERE first.market_id = m.market_id)
          AND m.sequence NOT IN (SELECT sequence FROM settlement_undo)
        UNION ALL
        SELECT c.sequence, min(c.time_us), 'CANCELLED', o.account_id, o.market_id, coalesce(audit.user_id, 0), min(o.id), o.price, o.left, count(*),
          o.side, c.reason, ''
        FROM (
          SELECT id, account_id, market_id, side, price, quantity - filled AS left FROM "order" INDEXED BY order_ended
          WHERE status = 3 AND reason >= 7 AND account_id IN (SELECT id FROM mine) ORDER BY id DESC LIMIT $ended) AS o
        CROSS JOIN order_change AS c INDEXED BY order_change_ended ON c.order_id = o.id AND c.reason >= 7 AND c.remaining = 0
        LEFT JOIN audit ON audit.sequence = c.sequence
        WHERE o.market_id IN (SELECT id FROM seen) AND coalesce(audit.user_id, 0) <> $user
        GROUP BY c.sequence, o.account_id, o.market_id, c.reason
        UNION ALL
        SELECT e.sequence, e.time_us, 'ASSIGNED', a.account_id, e.market_id, 0, a.quantity, e.underlying_market_id, e.strike, 0, e.option_kind, '', ''
        FROM exercise_assignment AS a JOIN exercise AS e ON e.id = a.exercise_id
        WHERE a.account_id IN (SELECT id FROM mine) AND e.market_id IN (SELECT id FROM seen)
        UNION ALL
        SELECT sequence, time_us, 'ROLE', 0, 0, user_id, 0, 0, 0, 0, detail ->> '$.role', '', ''
        FROM audit WHERE room_id = $room AND action = 'SET_ROLE' AND user_id <> $user AND json_valid(detail)
          AND detail ->> '$.user' = $user AND detail ->> '$.role' IS NOT NULL
        UNION ALL
        SELECT sequence, time_us, 'ARCHIVED', 0, 0, user_id, detail ->> '$.archived', 0, 0, 0, '', '', ''
        FROM audit WHERE room_id = $room AND action = 'UPDATE_ROOM' AND user_id <> $user AND json_valid(detail)
          AND detail ->> '$.archived' IS NOT NULL
        """;

    private HistoryAnswer Notices(NoticesQuery query)
    {
        HistoryAnswer page = ReadPage(
            PageSql(
                query.Page,
                $"SELECT *, 1 FROM ({NoticesSql}) WHERE {Following(query.Page, "sequence")} {Order(query.Page)}",
                ("$ended", MaxEndedOrders)),
            query.Page.Limit, ReadNotice);
        using SqliteCommand read = Sql("SELECT sequence FROM notice_read WHERE room_id = $room AND user_id = $user");
        return HistoryAnswer.Of(new NoticesRead((Page<Notice>)page.Value!, read.ExecuteScalar() as long? ?? 0));
    }

    private Notice ReadNotice(SqliteDataReader r)
    {
        long a = r.GetInt64(6), b = r.GetInt64(7), c = r.GetInt64(8);
        var amount = new Cash(r.GetInt64(9));
        NoticeContent what = r.GetString(2) switch
        {
            "TO" or "FROM" => new TransferNotice(new TransferInfo(
                a, viewer.RoomId, b, c, amount, r.GetString(10), r.GetInt64(5), Names.To<TransferKind>(r.GetString(11)), r.GetInt64(1))),
            "SETTLED" => new SettledNotice(
                new Price((int)a), new Quantity(b), amount, c == 1 && !r.IsDBNull(10) ? new Cash(r.GetInt64(10)) : null, IsUndone: false),
            "UNDONE" => new SettledNotice(new Price((int)a), new Quantity(b), amount, Profit: null, IsUndone: true),
            "STATUS" => new StatusNotice(Names.To<MarketStatus>(r.GetString(10))),
            "CANCELLED" => new CancelledNotice(
                (OrderReason)r.GetInt64(11), (int)r.GetInt64(9), (Side)r.GetInt64(10), new Price((int)b), new Quantity(c)),
            "ASSIGNED" => new AssignedNotice(
                new Quantity(a), new Option(b, Names.To<OptionKind>(r.GetString(10)), OptionStyle.American, new Price((int)c))),
            "ROLE" => new RoleNotice(Enum.Parse<Role>(r.GetString(10))),
            _ => new ArchivedNotice(a != 0),
        };
        return new Notice(r.GetInt64(0), r.GetInt64(1), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), what);
    }
}
