using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

/// <summary>
/// A copy of the database to give away: all that happened, without what lets anybody sign in or be reached. Password hashes, API keys,
/// e-mail addresses, codes and what the audit log quotes of them are not in it; names are.
/// </summary>
public static class PublicExport
{
    /// <summary>Tables that are not in it.</summary>
    internal static readonly string[] WithheldTables = ["api_key", "credential", "last_seen", "notice_read", "room_invitation", "sign_in_link", "sign_up"];

    /// <summary>Columns that hold something else in it.</summary>
    internal static readonly (string Table, string Column, string Instead)[] WithheldColumns =
    [
        ("audit", "detail", "''"),
        ("code", "code", "'code ' || id"),
        ("room", "join_code", "''"),
        ("user", "email", "NULL"),
        ("user", "subject", "id"),
    ];

    /// <summary>Everything else: a column that is in none of these lists has not been decided on, and a test says so.</summary>
    internal static readonly (string Table, string Columns)[] GivenAway =
    [
        ("account", "id room_id name owner_user_id opened_us cash is_personal is_forced received cancel_us bot_kind cancel_timeout_us"),
        ("account_member", "account_id user_id role"),
        ("audit", "sequence time_us user_id account_id is_elevated room_id market_id action"),
        ("basket_constituent", "basket_market_id market_id multiplier place"),
        ("clock_set_back", "trade_id"),
        ("code", "id room_id amount uses used expires_us is_revoked created_us"),
        ("code_claim", "code_id user_id account_id transfer_id"),
        ("conversion", "id market_id account_id direction quantity fee house_account_id by_user_id sequence time_us"),
        ("conversion_leg", "conversion_id market_id quantity price"),
        ("equity_sample", "account_id time_us equity profit public_equity"),
        ("exercise", "id market_id underlying_market_id option_kind strike account_id quantity by_user_id sequence time_us"),
        ("exercise_assignment", "exercise_id account_id quantity"),
        ("identity", "id exchange_id is_open"),
        ("market", "id room_id name description owner_user_id min_price max_price tick_size status settlement_price created_us status_us category group_name is_pinned is_anonymous is_hidden max_order max_position kind conversion_fee underlying_market_id option_kind option_style strike close_us deleted_us"),
        ("market_house_bot", "market_id kind strength"),
        ("market_status", "market_id sequence status by_user_id time_us"),
        ("market_visible_to", "market_id account_id"),
        ("order", "id market_id account_id side price quantity remaining filled filled_value time_in_force post_only client_order_id status reason priority placed_price placed_remaining placed_sequence placed_us expires_us reduce_only cancel_on_disconnect placed_by_user_id placed_quantity"),
        ("order_change", "market_id sequence order_id price quantity remaining reason time_us"),
        ("position", "account_id market_id quantity spent settled_profit settled_quantity settled_spent open_cost settled_open_cost"),
        ("room", "id slug name house_account_id opening_balance who_may_create_markets owner_user_id join_policy is_archived created_us"),
        ("room_member", "room_id user_id role joined_us"),
        ("settlement", "id market_id price by_user_id sequence time_us caused_by_settlement_id"),
        ("settlement_payout", "settlement_id account_id position amount"),
        ("settlement_undo", "settlement_id by_user_id sequence time_us"),
        ("state", "id sequence time_us starts"),
        ("trade", "id market_id price quantity buyer_account_id seller_account_id buy_order_id sell_order_id aggressor sequence time_us"),
        ("transfer", "id room_id from_account_id to_account_id amount memo by_user_id sequence time_us kind"),
        ("user", "id issuer name is_server_admin created_us"),
    ];

    /// <summary>Writes it as one SQLite file.</summary>
    /// <param name="path">The path of a file that does not exist yet.</param>
    /// <param name="progress">Gets the progress of the copying, which comes first.</param>
    /// <exception cref="StorageException">It can't be written; nothing is left of it.</exception>
    public static BackupMade Write(DatabaseReading from, string path, Action<BackupProgress>? progress, CancellationToken cancel)
    {
        string whole = path + ".whole";
        try
        {
            BackupMade made = Backup.Write(from, whole, progress, cancel);
            using (SqliteConnection connection = Open(whole, SqliteOpenMode.ReadWrite))
            {
                connection.Run("PRAGMA journal_mode = OFF");
                foreach (string table in WithheldTables)
                    connection.Run($"DROP TABLE {table}");
                foreach ((string table, string column, string instead) in WithheldColumns)
                    connection.Run($"UPDATE {table} SET {column} = {instead}");
                cancel.ThrowIfCancellationRequested();
                // Deleted data is still in free pages. VACUUM leaves those out.
                using SqliteCommand vacuum = connection.CreateCommand();
                vacuum.CommandText = "VACUUM INTO $path";
                vacuum.Parameters.AddWithValue("$path", path);
                vacuum.ExecuteNonQuery();
            }
            return made with { Path = path, Bytes = new FileInfo(path).Length };
        }
        catch (SqliteException e)
        {
            throw new StorageException($"The export {path} can't be written: {e.Message}", e);
        }
        finally
        {
            File.Delete(whole);
        }
    }

    /// <summary>Reads every table of such a file, one after the other.</summary>
    /// <param name="table">Called with a table's name and columns. It returns a function for its rows: integers, texts and nulls.</param>
    public static void Read(string path, Func<string, string[], Action<object?[]>> table)
    {
        using SqliteConnection connection = Open(path, SqliteOpenMode.ReadOnly);
        var names = new List<string>();
        Loader.Each(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name", r => names.Add(r.GetString(0)));
        foreach (string name in names)
        {
            using SqliteCommand select = connection.CreateCommand();
            select.CommandText = $"SELECT * FROM \"{name}\"";
            using SqliteDataReader reader = select.ExecuteReader();
            Action<object?[]> row = table(name, [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)]);
            var values = new object?[reader.FieldCount];
            while (reader.Read())
            {
                for (int i = 0; i < values.Length; i++)
                    values[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
                row(values);
            }
        }
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = mode }.ToString());
        connection.Open();
        return connection;
    }
}
