using Exchange.History;
using Exchange.Markets;
using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

// Queries for what happened to markets, and who did it.
internal sealed partial class HistoryReader
{
    private HistoryAnswer StatusSteps(StatusStepsQuery query)
    {
        Refusal refusal = CheckMarket(query.MarketId);
        if (refusal.IsRefused)
            return HistoryAnswer.Refused(refusal);
        return ReadPage(
            PageSql(
                query.Page,
                $"""
                SELECT sequence, time_us, status, by_user_id, 1 FROM market_status
                WHERE market_id = $market AND {Following(query.Page, "sequence")} {Order(query.Page)}
                """,
                ("$market", query.MarketId)),
            query.Page.Limit,
            r => new StatusStep(r.GetInt64(0), r.GetInt64(1), Names.To<MarketStatus>(r.GetString(2)), r.GetInt64(3)));
    }

    private HistoryAnswer Settlements(SettlementsQuery query)
    {
        Refusal refusal = Check(query.MarketId, accountId: 0);
        if (!refusal.IsRefused && query.EveryonesPayouts)
            refusal = CheckElevated();
        if (refusal.IsRefused)
            return HistoryAnswer.Refused(refusal);
        return ReadPage(
            PageSql(
                query.Page,
                $"""
                SELECT s.id, s.market_id, s.price, s.by_user_id, s.caused_by_settlement_id, s.sequence, s.time_us,
                  u.by_user_id, u.sequence, u.time_us, market.room_id = $room AND $market IN (0, market.id) AND {Visible}
                FROM settlement AS s CROSS JOIN market ON market.id = s.market_id LEFT JOIN settlement_undo AS u ON u.settlement_id = s.id
                WHERE {Following(query.Page, "s.id")} {Order(query.Page)}
                """,
                ("$market", query.MarketId)),
            query.Page.Limit,
            r => new PastSettlement(
                r.GetInt64(0), r.GetInt64(1), new Price(r.GetInt32(2)), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), r.GetInt64(6),
                Payouts(r.GetInt64(0), query.EveryonesPayouts),
                r.IsDBNull(7) ? null : new SettlementUndo(r.GetInt64(7), r.GetInt64(8), r.GetInt64(9))));
    }

    private Payout[] Payouts(long settlementId, bool everyones)
    {
        using SqliteCommand command = Sql(
            everyones
            ? "SELECT account_id, position, amount FROM settlement_payout WHERE settlement_id = $settlement ORDER BY account_id"
            : """
            SELECT p.account_id, p.position, p.amount
            FROM account_member AS mine JOIN settlement_payout AS p ON p.settlement_id = $settlement AND p.account_id = mine.account_id
            WHERE mine.user_id = $user AND $only IN (0, mine.account_id) ORDER BY p.account_id
            """,
            ("$settlement", settlementId));
        return [.. Loader.All(command, r => new Payout(r.GetInt64(0), new Quantity(r.GetInt64(1)), new Cash(r.GetInt64(2))))];
    }

    private HistoryAnswer MarketList(MarketsQuery query) => ReadPage(
        PageSql(
            query.Page,
            $"""
            SELECT id, description, kind, status, min_price, max_price, tick_size, settlement_price, owner_user_id, category, group_name,
              is_hidden, is_anonymous, created_us, room_id = $room AND {Visible}
            FROM market WHERE {Following(query.Page, "id")} {Order(query.Page)}
            """),
        query.Page.Limit,
        r => new PastMarket(
            r.GetInt64(0), r.GetString(1), r.GetString(2), Names.To<MarketStatus>(r.GetString(3)), new Price(r.GetInt32(4)),
            new Price(r.GetInt32(5)), new Price(r.GetInt32(6)), r.IsDBNull(7) ? null : new Price(r.GetInt32(7)), r.GetInt64(8), r.GetString(9),
            r.GetString(10), r.GetBoolean(11), r.GetBoolean(12), r.GetInt64(13)));

    private HistoryAnswer Audit(AuditQuery query)
    {
        Refusal refusal = CheckElevated();
        if (refusal.IsRefused)
            return HistoryAnswer.Refused(refusal);
        RoomNames names = RoomNames();
        SqliteCommand command = PageSql(
            query.Page,
            $"""
            SELECT sequence, time_us, user_id, coalesce(account_id, 0), coalesce(market_id, 0), is_elevated, action, detail,
              $who IN (0, user_id, CASE WHEN json_valid(detail) THEN detail ->> '$.user' END)
              AND $market IN (0, market_id) AND $action IN ('', action) AND time_us >= $from AND time_us < $to
            FROM audit WHERE room_id = $room AND {Following(query.Page, "sequence")} {Order(query.Page)}
            """,
            ("$who", query.UserId), ("$market", query.MarketId), ("$from", query.FromUs), ("$to", query.ToUs));
        command.Parameters.AddWithValue("$action", query.Action);
        return ReadPage(command, query.Page.Limit, r => ReadAudit(r, names));
    }

    private static AuditEntry ReadAudit(SqliteDataReader r, RoomNames names)
    {
        var entry = new AuditEntry(
            r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetBoolean(5), r.GetString(6), r.GetString(7));
        return entry with { Sentence = AuditSentence.Of(entry, names) };
    }
}
