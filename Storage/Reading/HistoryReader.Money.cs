using Exchange.History;
using Exchange.Markets;
using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

// Queries for what moved an account's money and positions besides trades, and for its equity.
internal sealed partial class HistoryReader
{
    private HistoryAnswer Transfers(TransfersQuery query)
    {
        Refusal refusal = CheckAccount(query.AccountId);
        if (refusal.IsRefused)
            return HistoryAnswer.Refused(refusal);
        string select = $"""
            SELECT id, room_id, from_account_id, to_account_id, amount, memo, by_user_id, kind, time_us, room_id = $room
            FROM transfer WHERE {Following(query.Page, "id")}
            """;
        string sql = query.AccountId == 0
            ? $"{select} {Order(query.Page)}"
            : $"""
                {select} AND from_account_id = $account
                UNION ALL {select} AND to_account_id = $account {Order(query.Page)}
                """;
        return ReadPage(PageSql(query.Page, sql, ("$account", query.AccountId)), query.Page.Limit, Loader.ReadTransfer);
    }

    private HistoryAnswer Equity(EquityQuery query)
    {
        Refusal refusal = query.AccountId == 0 ? Refusals.AccountNotFound
            : query.AsRanked ? CheckRanked(query.AccountId) : CheckAccount(query.AccountId);
        if (refusal.IsRefused)
            return HistoryAnswer.Refused(refusal);
        bool isPublic = query.AsRanked && !_elevated;
        string equity = isPublic ? "public_equity" : "equity";
        bool isThinned = query.IntervalUs > 0;
        string following = isThinned
            ? $"time_us / $interval {(query.Page.NewestFirst ? '<' : '>')} $after / $interval"
            : Following(query.Page, "time_us");
        // What was given is the same for both. Of a group, what stands beside max() is of the same row.
        return ReadPage(
            PageSql(
                query.Page,
                $"""
                SELECT {(isThinned ? "max(time_us)" : "time_us")}, {equity}, {equity} - equity + profit, 1 FROM equity_sample
                WHERE account_id = $account AND {following} AND time_us <= (SELECT time_us FROM state)
                {(isPublic ? "AND public_equity IS NOT NULL" : "")}
                {(isThinned ? "GROUP BY time_us / $interval" : "")} {Order(query.Page)}
                """,
                ("$account", query.AccountId), ("$interval", query.IntervalUs)),
            query.Page.Limit, r => new EquityPoint(r.GetInt64(0), new Cash(r.GetInt64(1)), new Cash(r.GetInt64(2))));
    }

    private HistoryAnswer Conversions(ConversionsQuery query)
    {
        Refusal refusal = CheckAccount(query.AccountId);
        if (refusal.IsRefused)
            return HistoryAnswer.Refused(refusal);
        return ReadPage(
            PageSql(
                query.Page,
                $"""
                SELECT c.id, c.market_id, c.account_id, c.direction, c.quantity, c.fee, c.house_account_id, c.by_user_id, c.sequence, c.time_us,
                  {Visible} AND market.room_id = $room
                FROM conversion AS c CROSS JOIN market ON market.id = c.market_id
                WHERE {OfAccount("c.account_id", query.AccountId)} AND {Following(query.Page, "c.id")} {Order(query.Page)}
                """,
                ("$account", query.AccountId)),
            query.Page.Limit,
            r => new PastConversion(
                new BasketConverted(
                    r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), Names.To<ConversionDirection>(r.GetString(3)),
                    new Quantity(r.GetInt64(4)), new Cash(r.GetInt64(5)), r.GetInt64(6), Legs(r.GetInt64(0)), r.GetInt64(7)),
                r.GetInt64(8), r.GetInt64(9)));
    }

    private ConversionLeg[] Legs(long conversionId)
    {
        using SqliteCommand command = Sql(
            "SELECT market_id, quantity, price FROM conversion_leg WHERE conversion_id = $conversion", ("$conversion", conversionId));
        return [.. Loader.All(command, r => new ConversionLeg(r.GetInt64(0), new Quantity(r.GetInt64(1)), new Price(r.GetInt32(2))))];
    }

    private HistoryAnswer Exercises(ExercisesQuery query)
    {
        Refusal refusal = CheckAccount(query.AccountId);
        if (refusal.IsRefused)
            return HistoryAnswer.Refused(refusal);
        // An assigned account does not see who exercised.
        const string Common = "e.underlying_market_id, e.option_kind, e.strike, e.sequence, e.time_us";
        return ReadPage(
            PageSql(
                query.Page,
                $"""
                SELECT e.id, e.market_id, e.quantity, 0, {Common}, e.account_id, {Visible} AND market.room_id = $room
                FROM exercise AS e CROSS JOIN market ON market.id = e.market_id
                WHERE {OfAccount("e.account_id", query.AccountId)} AND {Following(query.Page, "e.id")}
                UNION ALL
                SELECT e.id, e.market_id, a.quantity, 1, {Common}, a.account_id, {Visible} AND market.room_id = $room
                FROM exercise_assignment AS a CROSS JOIN exercise AS e ON e.id = a.exercise_id CROSS JOIN market ON market.id = e.market_id
                WHERE {OfAccount("a.account_id", query.AccountId)} AND {Following(query.Page, "a.exercise_id")}
                {Order(query.Page)}
                """,
                ("$account", query.AccountId)),
            query.Page.Limit,
            r => new PastExercise(
                r.GetInt64(0), r.GetInt64(1),
                new Option(r.GetInt64(4), Names.To<OptionKind>(r.GetString(5)), OptionStyle.American, new Price(r.GetInt32(6))),
                r.GetInt64(9), new Quantity(r.GetInt64(2)), r.GetBoolean(3), r.GetInt64(7), r.GetInt64(8)));
    }
}
