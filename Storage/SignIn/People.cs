using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

/// <summary>The tables <c>last_seen</c> and <c>notice_read</c>. Reads run beside the writer; changes are among the writer's writes.</summary>
public sealed class People(Database database)
{
    /// <summary>When each user was last in each room.</summary>
    public List<(long RoomId, long UserId, long SeenUs)> LastSeen()
    {
        using SqliteConnection connection = database.ConnectReadOnly();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT room_id, user_id, seen_us FROM last_seen";
        return [.. Loader.All(command, r => (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)))];
    }

    /// <summary>How often each account traded, up to a trade.</summary>
    public List<(long AccountId, long Trades)> TradeCounts(long upToSequence)
    {
        using SqliteConnection connection = database.ConnectReadOnly();
        long last = connection.Get<long>(
            $"SELECT coalesce((SELECT id FROM trade WHERE sequence <= {upToSequence} ORDER BY id DESC LIMIT 1), 0)");
        using SqliteCommand command = connection.CreateCommand();
        // This reads only the indexes, which hold the ids of the trades too.
        command.CommandText = """
            SELECT buyer_account_id, count(*) FROM trade INDEXED BY trade_by_buyer WHERE id <= $last GROUP BY 1
            UNION ALL SELECT seller_account_id, count(*) FROM trade INDEXED BY trade_by_seller WHERE id <= $last GROUP BY 1
            """;
        command.Parameters.AddWithValue("$last", last);
        return [.. Loader.All(command, r => (r.GetInt64(0), r.GetInt64(1)))];
    }

    /// <summary>Notes on the writer's connection when users were last in rooms.</summary>
    public static void WriteLastSeen(SqliteConnection writer, IEnumerable<(long RoomId, long UserId, long SeenUs)> seen)
    {
        using SqliteCommand command = writer.CreateCommand();
        command.CommandText = "INSERT OR REPLACE INTO last_seen VALUES ($room, $user, $seen)";
        SqliteParameter room = command.Parameters.Add("$room", SqliteType.Integer), user = command.Parameters.Add("$user", SqliteType.Integer),
            time = command.Parameters.Add("$seen", SqliteType.Integer);
        foreach ((long roomId, long userId, long seenUs) in seen)
        {
            (room.Value, user.Value, time.Value) = (roomId, userId, seenUs);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Notes on the writer's connection how far a user has read, and gives how far that is now: it never goes back.</summary>
    public static long MarkRead(SqliteConnection writer, long userId, long roomId, long sequence)
    {
        using SqliteCommand command = writer.CreateCommand();
        command.CommandText = """
            INSERT INTO notice_read VALUES ($room, $user, $sequence)
            ON CONFLICT (room_id, user_id) DO UPDATE SET sequence = max(sequence, excluded.sequence) RETURNING sequence
            """;
        command.Parameters.AddWithValue("$room", roomId);
        command.Parameters.AddWithValue("$user", userId);
        command.Parameters.AddWithValue("$sequence", sequence);
        return (long)command.ExecuteScalar()!;
    }
}
