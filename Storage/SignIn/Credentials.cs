using Exchange.Markets;
using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

/// <summary>A row of the table <c>credential</c>: a name and password of the built-in sign-in.</summary>
public sealed record CredentialRow(
    long Id, string Name, string NormalizedName, string PasswordHash, bool IsAdmin, long CreatedUs, long Generation);

/// <summary>
/// The tables <c>credential</c>, <c>sign_in_link</c> and <c>sign_up</c>. Reads run beside the writer; what changes
/// something is one of the writer's writes and takes its connection.
/// </summary>
public sealed class Credentials(Database database)
{
    private const string Columns = "id, name, normalized_name, password_hash, is_admin, created_us, generation";

    public CredentialRow? FindByName(string normalizedName) =>
        Find($"SELECT {Columns} FROM credential WHERE normalized_name = $key", normalizedName);

    public CredentialRow? FindById(long id) => Find($"SELECT {Columns} FROM credential WHERE id = $key", id);

    public List<CredentialRow> All()
    {
        using SqliteConnection connection = database.ConnectReadOnly();
        using SqliteCommand command = connection.Command($"SELECT {Columns} FROM credential ORDER BY id");
        using SqliteDataReader r = command.ExecuteReader();
        var rows = new List<CredentialRow>();
        while (r.Read())
            rows.Add(Row(r));
        return rows;
    }

    public bool AnyAdmin()
    {
        using SqliteConnection connection = database.ConnectReadOnly();
        return connection.Get<long>("""
            SELECT EXISTS (SELECT 1 FROM credential WHERE is_admin) OR EXISTS (SELECT 1 FROM user WHERE is_server_admin)
            """) != 0;
    }

    /// <summary>Empty: none is needed.</summary>
    public string JoinCode()
    {
        using SqliteConnection connection = database.ConnectReadOnly();
        return connection.Get<string>("SELECT join_code FROM sign_up");
    }

    /// <summary>The join code of a room that takes new members; empty or null: none.</summary>
    public string? RoomJoinCode(string slug)
    {
        using SqliteConnection connection = database.ConnectReadOnly();
        using SqliteCommand command = connection.Command(
            "SELECT join_code FROM room WHERE slug = $slug AND NOT is_archived AND join_policy <> $closed",
            ("$slug", slug), ("$closed", (long)JoinPolicy.Closed));
        return command.ExecuteScalar() as string;
    }

    /// <summary>Whether a room has this slug, archived or not.</summary>
    public bool RoomExists(string slug)
    {
        using SqliteConnection connection = database.ConnectReadOnly();
        using SqliteCommand command = connection.Command("SELECT 1 FROM room WHERE slug = $slug", ("$slug", slug));
        return command.ExecuteScalar() is not null;
    }

    /// <summary>Whose link it is; null when there is none that is still good.</summary>
    public CredentialRow? FindByLink(byte[] codeHash, long nowUs)
    {
        using SqliteConnection connection = database.ConnectReadOnly();
        using SqliteCommand command = connection.Command(
            $"SELECT {Columns} FROM sign_in_link JOIN credential ON id = credential_id WHERE code_hash = $hash AND expires_us > $now",
            ("$hash", codeHash), ("$now", nowUs));
        return ReadOne(command);
    }

    /// <summary>Adds a row. Null if the name is taken.</summary>
    public static CredentialRow? Add(SqliteConnection writer, string name, string normalizedName, string passwordHash, bool isAdmin, long createdUs)
    {
        using SqliteCommand command = writer.Command(
            $"""
            INSERT INTO credential (name, normalized_name, password_hash, is_admin, created_us)
            VALUES ($name, $normalized, $hash, $admin, $created) ON CONFLICT (normalized_name) DO NOTHING RETURNING {Columns}
            """,
            ("$name", name), ("$normalized", normalizedName), ("$hash", passwordHash), ("$admin", isAdmin), ("$created", createdUs));
        return ReadOne(command);
    }

    /// <summary>Changes what is not null, and ends every sign-in if asked to. The row as it then is; null if there is none.</summary>
    public static CredentialRow? Change(SqliteConnection writer, long id, string? passwordHash, bool? isAdmin, bool endSignIns)
    {
        using SqliteCommand command = writer.Command(
            $"""
            UPDATE credential SET password_hash = coalesce($hash, password_hash), is_admin = coalesce($admin, is_admin),
              generation = generation + $ended WHERE id = $id RETURNING {Columns}
            """,
            ("$id", id), ("$hash", passwordHash), ("$admin", isAdmin), ("$ended", endSignIns ? 1 : 0));
        return ReadOne(command);
    }

    /// <summary>Takes the place of an earlier link for the same credential.</summary>
    public static void AddLink(SqliteConnection writer, long credentialId, byte[] codeHash, long expiresUs)
    {
        using SqliteCommand command = writer.Command(
            "INSERT OR REPLACE INTO sign_in_link VALUES ($id, $hash, $expires)",
            ("$id", credentialId), ("$hash", codeHash), ("$expires", expiresUs));
        command.ExecuteNonQuery();
    }

    /// <summary>Uses a link up, sets the password and ends every sign-in. Null when the link is not good (any more).</summary>
    public static CredentialRow? UseLink(SqliteConnection writer, byte[] codeHash, long nowUs, string passwordHash)
    {
        using SqliteCommand take = writer.Command(
            "DELETE FROM sign_in_link WHERE code_hash = $hash AND expires_us > $now RETURNING credential_id",
            ("$hash", codeHash), ("$now", nowUs));
        return take.ExecuteScalar() is long id ? Change(writer, id, passwordHash, isAdmin: null, endSignIns: true) : null;
    }

    public static void SetJoinCode(SqliteConnection writer, string joinCode)
    {
        using SqliteCommand command = writer.Command("UPDATE sign_up SET join_code = $code", ("$code", joinCode));
        command.ExecuteNonQuery();
    }

    private CredentialRow? Find(string sql, object key)
    {
        using SqliteConnection connection = database.ConnectReadOnly();
        using SqliteCommand command = connection.Command(sql, ("$key", key));
        return ReadOne(command);
    }

    private static CredentialRow? ReadOne(SqliteCommand command)
    {
        using SqliteDataReader r = command.ExecuteReader();
        return r.Read() ? Row(r) : null;
    }

    private static CredentialRow Row(SqliteDataReader r) =>
        new(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetBoolean(4), r.GetInt64(5), r.GetInt64(6));
}

file static class Commands
{
    public static SqliteCommand Command(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}
