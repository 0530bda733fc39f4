using Exchange.History;
using Exchange.Markets;
using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

// Queries for the members of a room, what they hold, and how they are doing.
internal sealed partial class HistoryReader
{
    private HistoryAnswer Members(MembersQuery query)
    {
        Refusal refusal = CheckElevated();
        if (refusal.IsRefused)
            return HistoryAnswer.Refused(refusal);
        const string Owned = "SELECT id FROM account WHERE room_id = $room AND owner_user_id = m.user_id";
        return ReadPage(
            PageSql(
                query.Page,
                $"""
                SELECT m.user_id, coalesce(user.email, ''), m.role, m.joined_us,
                  coalesce((SELECT min(id) FROM account WHERE room_id = $room AND owner_user_id = m.user_id AND is_personal), 0),
                  (SELECT count(*) FROM ({Owned})),
                  (SELECT coalesce(sum(cash), 0) FROM account WHERE id IN ({Owned})),
                  (SELECT coalesce(sum(received), 0) FROM account WHERE id IN ({Owned})),
                  (SELECT count(*) FROM "order" WHERE account_id IN ({Owned})),
                  (SELECT count(*) FROM trade WHERE buyer_account_id IN ({Owned})) +
                  (SELECT count(*) FROM trade WHERE seller_account_id IN ({Owned})), 1
                FROM room_member AS m CROSS JOIN user ON user.id = m.user_id
                WHERE m.room_id = $room AND {Following(query.Page, "m.user_id")} {Order(query.Page)}
                """),
            query.Page.Limit,
            r => new MemberRecord(
                r.GetInt64(0), r.GetString(1), Names.To<Role>(r.GetString(2)), r.GetInt64(3), r.GetInt64(4), r.GetInt32(5),
                new Cash(r.GetInt64(6)), new Cash(r.GetInt64(7)), r.GetInt64(8), r.GetInt64(9)));
    }

    private HistoryAnswer Positions(PositionsQuery query)
    {
        Refusal refusal = CheckAccount(query.AccountId);
        if (refusal.IsRefused)
            return HistoryAnswer.Refused(refusal);
        return ReadPage(
            PageSql(
                query.Page,
                $"""
                SELECT id, 1 FROM account
                WHERE room_id = $room AND {OfAccount("id", query.AccountId)} AND {Following(query.Page, "id")} {Order(query.Page)}
                """,
                ("$account", query.AccountId)),
            query.Page.Limit, r => new HeldPositions(r.GetInt64(0), PositionsOf(r.GetInt64(0))));
    }

    private HeldPosition[] PositionsOf(long accountId)
    {
        using SqliteCommand command = Sql(
            $"""
            SELECT p.market_id, p.quantity, p.spent, p.settled_profit, p.open_cost FROM position AS p JOIN market ON market.id = p.market_id
            WHERE p.account_id = $account AND {Visible} ORDER BY p.market_id
            """,
            ("$account", accountId));
        return
        [
            .. Loader.All(command, r => new HeldPosition(
                r.GetInt64(0), new Quantity(r.GetInt64(1)), new Cash(r.GetInt64(2)), new Cash(r.GetInt64(3)), new Cash(r.GetInt64(4)))),
        ];
    }

    /// <remarks>
    /// The equity of accounts depends on the marks of markets, which the venue knows and no table holds. So the venue is loaded as at a
    /// start, as of this transaction, and asked: the leaderboard has one definition.
    /// </remarks>
    private HistoryAnswer Leaderboard()
    {
        Venue venue = Loader.Load(connection, default);
        var batch = new CommitBatch();
        batch.Begin(1);
        venue.Apply(
            new Command { Kind = CommandKind.GetLeaderboard, UserId = viewer.UserId, RoomId = viewer.RoomId, Elevated = _elevated },
            Moment.At(connection.Get<long>("SELECT time_us FROM state")), batch);
        if (batch.Refusals.Length > 0)
            return HistoryAnswer.Refused(batch.Refusals[^1]);
        Leaderboard shown = batch.Records.OfType<Leaderboard>().Single();

        using SqliteCommand command = Sql("SELECT id, coalesce(owner_user_id, 0), bot_kind FROM account WHERE room_id = $room");
        Dictionary<long, (long OwnerId, HouseBotKind? BotKind)> accounts = Loader.All(
            command, r => (Id: r.GetInt64(0), OwnerId: r.GetInt64(1), BotKind: r.IsDBNull(2) ? null : (HouseBotKind?)Names.To<HouseBotKind>(r.GetString(2))))
            .ToDictionary(a => a.Id, a => (a.OwnerId, a.BotKind));
        var standings = new List<Standing>();
        int ranked = 0, rank = 0;
        Cash? lastProfit = null;
        foreach (EquitySample entry in shown.Entries)
        {
            (long ownerId, HouseBotKind? botKind) = accounts[entry.AccountId];
            if (botKind is null)
            {
                ranked++;
                rank = lastProfit == entry.Profit ? rank : ranked;
                lastProfit = entry.Profit;
            }
            standings.Add(new Standing(botKind is null ? rank : 0, entry.AccountId, ownerId, botKind, entry.Equity, entry.Profit));
        }
        return HistoryAnswer.Of(new Standings(shown.Sequence, [.. standings]));
    }
}
