using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

/// <summary>A row of the table <c>credential</c>: a name and password of the built-in sign-in.</summary>
public sealed record CredentialRow(long Id, string Name, string NormalizedName, string PasswordHash, bool IsAdmin, long CreatedUs);

/// <summary>The table <c>credential</c>. Reads run beside the writer; adding is one of the writer's writes.</summary>
public sealed class Credentials(Database database)
{
    private const string Columns = "id, name, normalized_name, password_hash, is_admin, created_us";

    public CredentialRow? FindByName(string normalizedName) =>
        Find($"SELECT {Columns} FROM credential WHERE normalized_name = $key", normalizedName);

    public CredentialRow? FindById(long id) => Find($"SELECT {Columns} FROM credential WHERE id = $key", id);

    public bool AnyAdmin()
    {
        using SqliteConnection connection = database.ConnectReadOnly();
        return connection.Get<long>("""
            SELECT EXISTS (SELECT 1 FROM credential WHERE is_admin) OR EXISTS (SELECT 1 FROM user WHERE is_server_admin)
            """) != 0;
    }

    /// <summary>Adds a row on the writer's connection. Null if the name is taken.</summary>
    public static CredentialRow? Add(SqliteConnection writer, string name, string normalizedName, string passwordHash, bool isAdmin, long createdUs)
    {
        using SqliteCommand command = writer.CreateCommand();
        command.CommandText = """
            INSERT INTO credential (name, normalized_name, password_hash, is_admin, created_us)
            VALUES ($name, $normalized, $hash, $admin, $created) ON CONFLICT (normalized_name) DO NOTHING RETURNING id
            """;
        command.Parameters.AddWithValue("$name", name);
        command.Parameters.AddWithValue("$normalized", normalizedName);
        command.Parameters.AddWithValue("$hash", passwordHash);
        command.Parameters.AddWithValue("$admin", isAdmin);
        command.Parameters.AddWithValue("$created", createdUs);
        return command.ExecuteScalar() is long id
            ? new CredentialRow(id, name, normalizedName, passwordHash, isAdmin, createdUs)
            : null;
    }

    private CredentialRow? Find(string sql, object key)
    {
        using SqliteConnection connection = database.ConnectReadOnly();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$key", key);
        using SqliteDataReader r = command.ExecuteReader();
        return r.Read()
            ? new CredentialRow(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetBoolean(4), r.GetInt64(5))
            : null;
    }
}
