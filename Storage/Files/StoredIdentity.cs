using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

/// <summary>The identity that a database holds.</summary>
/// <param name="ExchangeId">Null: an earlier program wrote it, which gave exchanges no id.</param>
/// <param name="Starts">How often the exchange was started.</param>
/// <param name="Sequence">The sequence of its last command.</param>
/// <param name="TimeUs">When that was.</param>
/// <param name="IsOpen">Whether it was started since it was last stopped.</param>
internal readonly record struct StoredIdentity(string? ExchangeId, long Starts, long Sequence, long TimeUs, bool IsOpen)
{
    /// <exception cref="StorageException">It does not say.</exception>
    public static StoredIdentity Read(SqliteConnection connection)
    {
        bool hasId = connection.Get<long>("SELECT count(*) FROM sqlite_master WHERE name = 'identity'") != 0;
        StoredIdentity? identity = null;
        try
        {
            Loader.Each(
                connection, hasId ? "SELECT starts, sequence, time_us, exchange_id, is_open FROM state, identity" : "SELECT starts, sequence, time_us FROM state",
                r => identity = new StoredIdentity(hasId ? r.GetString(3) : null, r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), hasId && r.GetBoolean(4)));
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidCastException)
        {
            throw Damaged(connection, e);
        }
        return identity ?? throw Damaged(connection, null);
    }

    private static StorageException Damaged(SqliteConnection connection, Exception? inner) =>
        new($"{connection.DataSource} is damaged: its table state, or identity, does not say how far it has come. Restore a copy.", inner);
}
