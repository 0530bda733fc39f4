using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

/// <summary>A row of the table <c>api_key</c> that is neither revoked nor expired.</summary>
/// <param name="AccountId">0: all of the user's.</param>
/// <param name="ExpiresUs">0: never.</param>
public sealed record ApiKeyRow(
    long Id, long UserId, string Name, long AccountId, bool IsReadOnly, long CreatedUs, long ExpiresUs, long LastUsedUs);

/// <summary>Whom a key signs in as.</summary>
/// <param name="RoomSlug">The room of the key's account; null if it is for all of the user's.</param>
public sealed record ApiKeyUser(ApiKeyRow Key, string Issuer, string Subject, string UserName, string? RoomSlug);

/// <summary>The table <c>api_key</c>. Reads run beside the writer; changes are among the writer's writes.</summary>
public sealed class ApiKeys(Database database)
{
    private const string Columns =
        "k.id, k.user_id, k.name, coalesce(k.account_id, 0), k.is_read_only, k.created_us, k.expires_us, k.last_used_us";

    private const string IsGood = "k.revoked_us = 0 AND (k.expires_us = 0 OR k.expires_us > $now)";

    /// <summary>The user of a key that is good, or null.</summary>
    public ApiKeyUser? Find(byte[] secretHash, long nowUs)
    {
        using SqliteConnection connection = database.ConnectReadOnly();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT {Columns}, user.issuer, user.subject, user.name, room.slug
            FROM api_key AS k JOIN user ON user.id = k.user_id LEFT JOIN account ON account.id = k.account_id
              LEFT JOIN room ON room.id = account.room_id
            WHERE k.secret_hash = $hash AND {IsGood}
            """;
        command.Parameters.AddWithValue("$hash", secretHash);
        command.Parameters.AddWithValue("$now", nowUs);
        using SqliteDataReader r = command.ExecuteReader();
        return r.Read()
            ? new ApiKeyUser(Read(r), r.GetString(8), r.GetString(9), r.GetString(10), r.IsDBNull(11) ? null : r.GetString(11))
            : null;
    }

    /// <summary>Whether a user may act as an account: the market thread looks again at every order.</summary>
    public bool IsMember(long userId, long accountId)
    {
        using SqliteConnection connection = database.ConnectReadOnly();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT 1 FROM account_member WHERE account_id = $account AND user_id = $user";
        command.Parameters.AddWithValue("$account", accountId);
        command.Parameters.AddWithValue("$user", userId);
        return command.ExecuteScalar() is not null;
    }

    /// <summary>A user's keys that are good, in the order they were made.</summary>
    public List<ApiKeyRow> Of(long userId, long nowUs)
    {
        using SqliteConnection connection = database.ConnectReadOnly();
        return Of(connection, userId, nowUs);
    }

    private static List<ApiKeyRow> Of(SqliteConnection connection, long userId, long nowUs)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM api_key AS k WHERE k.user_id = $user AND {IsGood} ORDER BY k.id";
        command.Parameters.AddWithValue("$user", userId);
        command.Parameters.AddWithValue("$now", nowUs);
        var rows = new List<ApiKeyRow>();
        using SqliteDataReader r = command.ExecuteReader();
        while (r.Read())
            rows.Add(Read(r));
        return rows;
    }

    /// <summary>Adds a key on the writer's connection, or null if the user has too many.</summary>
    /// <param name="key">The key, without an id.</param>
    public static ApiKeyRow? Add(SqliteConnection writer, ApiKeyRow key, byte[] secretHash, int most)
    {
        if (Of(writer, key.UserId, key.CreatedUs).Count >= most)
            return null;
        using SqliteCommand command = writer.CreateCommand();
        command.CommandText = """
            INSERT INTO api_key (user_id, name, secret_hash, account_id, is_read_only, created_us, expires_us, revoked_us, last_used_us)
            VALUES ($user, $name, $hash, nullif($account, 0), $readOnly, $created, $expires, 0, 0) RETURNING id
            """;
        command.Parameters.AddWithValue("$user", key.UserId);
        command.Parameters.AddWithValue("$name", key.Name);
        command.Parameters.AddWithValue("$hash", secretHash);
        command.Parameters.AddWithValue("$account", key.AccountId);
        command.Parameters.AddWithValue("$readOnly", key.IsReadOnly);
        command.Parameters.AddWithValue("$created", key.CreatedUs);
        command.Parameters.AddWithValue("$expires", key.ExpiresUs);
        return key with { Id = (long)command.ExecuteScalar()! };
    }

    /// <summary>Ends a key on the writer's connection. False: the user has none such that is good.</summary>
    public static bool Revoke(SqliteConnection writer, long userId, long keyId, long nowUs)
    {
        using SqliteCommand command = writer.CreateCommand();
        command.CommandText = "UPDATE api_key SET revoked_us = $now WHERE id = $id AND user_id = $user AND revoked_us = 0";
        command.Parameters.AddWithValue("$now", nowUs);
        command.Parameters.AddWithValue("$id", keyId);
        command.Parameters.AddWithValue("$user", userId);
        return command.ExecuteNonQuery() > 0;
    }

    /// <summary>Notes on the writer's connection that a key was used.</summary>
    public static void Touch(SqliteConnection writer, long keyId, long nowUs)
    {
        using SqliteCommand command = writer.CreateCommand();
        command.CommandText = "UPDATE api_key SET last_used_us = $now WHERE id = $id";
        command.Parameters.AddWithValue("$now", nowUs);
        command.Parameters.AddWithValue("$id", keyId);
        command.ExecuteNonQuery();
    }

    private static ApiKeyRow Read(SqliteDataReader r) => new(
        r.GetInt64(0), r.GetInt64(1), r.GetString(2), r.GetInt64(3), r.GetBoolean(4), r.GetInt64(5), r.GetInt64(6), r.GetInt64(7));
}
