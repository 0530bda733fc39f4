using Exchange.Auth;
using Exchange.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Benchmarks.Load;

/// <summary>A data directory with people who have signed up, and a token for each: what signing up over HTTP would take minutes for.</summary>
internal static class PreparedData
{
    public static string[] Create(string directory, int users)
    {
        using (Database database = Database.Open(directory, Synchronous.Full))
        {
            using (SqliteConnection connection = database.Connect())
            using (SqliteTransaction transaction = connection.BeginTransaction())
            {
                for (int i = 1; i <= users; i++)
                    Credentials.Add(connection, Name(i), Name(i), "no password opens this", isAdmin: i == 1, createdUs: 0);
                transaction.Commit();
            }
            database.Close();
        }
        return Tokens(directory, users);
    }

    /// <summary>Tokens for people whose credentials have the ids 1, 2, 3…</summary>
    public static string[] Tokens(string directory, int users)
    {
        var key = SigningKey.LoadOrCreate(directory, NullLogger.Instance);
        var tokens = new BuiltInTokens(key, TimeSpan.FromHours(8), TimeProvider.System);
        return [.. Enumerable.Range(1, users).Select(i =>
            tokens.Make(new Credential(i, Name(i), Name(i), "", i == 1, DateTimeOffset.UnixEpoch, Generation: 0)).Token)];
    }

    private static string Name(int i) => $"user{i:0000}";
}
