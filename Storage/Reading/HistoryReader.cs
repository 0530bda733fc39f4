using Exchange.History;
using Exchange.Markets;
using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

/// <summary>
/// Answers one question about the past in one read transaction. Who may see what is decided in it, by the same rules as for
/// what is live: see <see cref="Visible"/> and <see cref="Shown"/>.
/// </summary>
internal sealed partial class HistoryReader(SqliteConnection connection, CandleCache candles, Viewer viewer)
{
    /// <summary>Rows that one page may look at; one that finds too few of its own among them ends early.</summary>
    private const int MaxLooked = 20_000;

    /// <summary>The user has admin powers in the room, and uses them.</summary>
    private bool _elevated;
    private bool _isAdmin;

    /// <summary>Whether the user may know of the row's <c>market</c>. One that was deleted is gone for all.</summary>
    private const string Visible = """
        (market.deleted_us = 0 AND (market.is_hidden = 0 OR $elevated OR EXISTS (
          SELECT 1 FROM market_visible_to AS v JOIN account_member AS mine ON mine.account_id = v.account_id
          WHERE v.market_id = market.id AND mine.user_id = $user AND $only IN (0, v.account_id))))
        """;

    /// <summary>Whether an account is the user's, and within their key.</summary>
    private static string Mine(string account) =>
        $"($only IN (0, {account}) AND EXISTS (SELECT 1 FROM account_member WHERE account_id = {account} AND user_id = $user))";

    /// <summary>An account's id as the user may know it in the row's <c>market</c>.</summary>
    private static string Shown(string account) =>
        $"CASE WHEN market.is_anonymous = 0 OR {Readable(account)} THEN {account} ELSE 0 END";

    /// <summary>Whether the user may read all of an account of the room: what it ordered, was paid and is worth.</summary>
    private static string Readable(string account) => $"($elevated OR {Mine(account)})";

    public HistoryAnswer Answer(HistoryQuery query)
    {
        using (SqliteCommand command = Sql("""
            SELECT role = 'ADMIN' OR is_server_admin FROM room_member JOIN user ON user.id = user_id
            WHERE room_id = $room AND user_id = $user
            """))
        {
            if (command.ExecuteScalar() is not long isAdmin)
                return HistoryAnswer.Refused(Refusals.RoomNotFound);
            _isAdmin = isAdmin != 0;
            _elevated = viewer.Elevated && _isAdmin && viewer.OnlyAccountId == 0;
        }

        return query switch
        {
            TradesQuery q => Trades(q),
            OrdersQuery q => Orders(q),
            OrderStepsQuery q => OrderSteps(q),
            TransfersQuery q => Transfers(q),
            StatusStepsQuery q => StatusSteps(q),
            SettlementsQuery q => Settlements(q),
            CandlesQuery q => Candles(q),
            EquityQuery q => Equity(q),
            BookQuery q => Book(q),
            ConversionsQuery q => Conversions(q),
            ExercisesQuery q => Exercises(q),
            AuditQuery q => Audit(q),
            NoticesQuery q => Notices(q),
            MarketsQuery q => MarketList(q),
            PositionsQuery q => Positions(q),
            MembersQuery q => Members(q),
            LeaderboardQuery => Leaderboard(),
            NamesQuery => HistoryAnswer.Of(RoomNames()),
            _ => throw new ArgumentOutOfRangeException(nameof(query), query, null),
        };
    }

    /// <summary>None if the user sees the market.</summary>
    private Refusal CheckMarket(long marketId)
    {
        using SqliteCommand command = Sql(
            $"SELECT 1 FROM market WHERE id = $market AND room_id = $room AND {Visible}", ("$market", marketId));
        return command.ExecuteScalar() is null ? Refusals.MarketNotFound(marketId) : Refusal.None;
    }

    /// <summary>None if the user may read all of the account; or, if it is 0, of every account in the room.</summary>
    private Refusal CheckAccount(long accountId)
    {
        if (accountId == 0)
            return _elevated ? Refusal.None : Refusals.AccountNotFound;
        using SqliteCommand command = Sql(
            $"SELECT 1 FROM account WHERE id = $account AND room_id = $room AND {Readable("account.id")}", ("$account", accountId));
        return command.ExecuteScalar() is null ? Refusals.AccountNotFound : Refusal.None;
    }

    /// <summary>None if the account is one of the room's that the leaderboard ranks: not the house's, nor a house bot's.</summary>
    private Refusal CheckRanked(long accountId)
    {
        using SqliteCommand command = Sql(
            "SELECT 1 FROM account WHERE id = $account AND room_id = $room AND owner_user_id IS NOT NULL AND bot_kind IS NULL",
            ("$account", accountId));
        return command.ExecuteScalar() is null ? Refusals.AccountNotFound : Refusal.None;
    }

    /// <summary>None if the user has admin powers, and uses them.</summary>
    private Refusal CheckElevated() => _elevated ? Refusal.None : _isAdmin ? Refusals.NotElevated : Refusals.OnlyAdminsMay;

    /// <summary>None if each that is named (not 0) is one the user sees, or may read.</summary>
    private Refusal Check(long marketId, long accountId)
    {
        Refusal refusal = marketId == 0 ? Refusal.None : CheckMarket(marketId);
        return refusal.IsRefused || accountId == 0 ? refusal : CheckAccount(accountId);
    }

    /// <summary>A statement that knows the user, the room, and what else it is given.</summary>
    private SqliteCommand Sql(string sql, params ReadOnlySpan<(string Name, long Value)> values)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$user", viewer.UserId);
        command.Parameters.AddWithValue("$only", viewer.OnlyAccountId);
        command.Parameters.AddWithValue("$room", viewer.RoomId);
        command.Parameters.AddWithValue("$elevated", _elevated);
        foreach ((string name, long value) in values)
            command.Parameters.AddWithValue(name, value);
        return command;
    }

    /// <summary>The condition for being on the page, or one after it, to go with <see cref="PageSql"/>.</summary>
    private static string Following(PageWanted page, string position) => $"{position} {(page.NewestFirst ? '<' : '>')} $after";

    /// <summary>The condition for being of the account; every account is, if it is 0. <c>$account</c> is its id.</summary>
    /// <remarks>Written so that the account's index is used where there is an account.</remarks>
    private static string OfAccount(string column, long accountId) => accountId == 0 ? "true" : $"{column} = $account";

    private static string Order(PageWanted page) => page.NewestFirst ? "ORDER BY 1 DESC" : "ORDER BY 1";

    private SqliteCommand PageSql(PageWanted page, string sql, params ReadOnlySpan<(string Name, long Value)> values)
    {
        SqliteCommand command = Sql(sql, values);
        command.Parameters.AddWithValue("$after", page is { NewestFirst: true, After: 0 } ? long.MaxValue : page.After);
        return command;
    }

    /// <summary>Reads a page.</summary>
    /// <param name="command">Its rows begin with their position, end with whether they count, and are in order.</param>
    private static HistoryAnswer ReadPage<T>(SqliteCommand command, int limit, Func<SqliteDataReader, T> row)
    {
        using (command)
        {
            using SqliteDataReader reader = command.ExecuteReader();
            int counts = reader.FieldCount - 1;
            var items = new List<T>();
            long last = 0;
            for (int looked = 0; reader.Read(); looked++)
            {
                // Rows of one position stay together: the next page goes on after it.
                if ((items.Count >= limit || looked >= MaxLooked) && reader.GetInt64(0) != last)
                    return HistoryAnswer.Of(new Page<T>([.. items], last));
                last = reader.GetInt64(0);
                if (!reader.IsDBNull(counts) && reader.GetBoolean(counts))
                    items.Add(row(reader));
            }
            return HistoryAnswer.Of(new Page<T>([.. items], 0));
        }
    }

    private RoomNames RoomNames() => new(
        _elevated,
        // The audit trail, which admins read, names those that were deleted too.
        ReadNames($"SELECT id, name FROM market WHERE room_id = $room AND ({Visible} OR ($elevated AND deleted_us <> 0))"),
        ReadNames("SELECT id, name FROM account WHERE room_id = $room"),
        ReadNames("""
            SELECT id, name FROM user WHERE id IN (
              SELECT user_id FROM room_member WHERE room_id = $room UNION SELECT owner_user_id FROM account WHERE room_id = $room)
            """));

    private Dictionary<long, string> ReadNames(string sql)
    {
        var names = new Dictionary<long, string>();
        using SqliteCommand command = Sql(sql);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
            names[reader.GetInt64(0)] = reader.GetString(1);
        return names;
    }
}
