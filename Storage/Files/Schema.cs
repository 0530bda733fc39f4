using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Exchange.Storage;

/// <summary>The tables that this program knows, and those that a database has.</summary>
internal static class Schema
{
    /// <summary>"EXCH": marks the file as an exchange's.</summary>
    private const int ApplicationId = 0x45584348;

    private static readonly string[] s_migrations = [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(n => n.StartsWith("migrations/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>The version that this program knows.</summary>
    public static int Latest => s_migrations.Length;

    /// <summary>The database's version; null: there is nothing in it yet.</summary>
    /// <exception cref="StorageException">It is not an exchange's, or newer than this program.</exception>
    public static int? VersionOf(SqliteConnection connection, string path)
    {
        long version = connection.Get<long>("PRAGMA user_version");
        bool isEmpty = connection.Get<long>("SELECT count(*) FROM sqlite_master") == 0;
        if (!isEmpty && connection.Get<long>("PRAGMA application_id") != ApplicationId)
            throw new StorageException($"{path} is a database, but not an exchange's.");
        if (version > Latest)
            throw new StorageException($"{path} was written by a newer exchange (schema {version}; this program knows {Latest}). Use that one.");
        return isEmpty ? null : (int)version;
    }

    /// <summary>Brings it to this program's version, at once and whole.</summary>
    public static void Migrate(SqliteConnection connection, int? version)
    {
        if (version == Latest)
            return;
        using SqliteTransaction transaction = connection.BeginTransaction();
        foreach (string migration in s_migrations.Skip(version ?? 0))
        {
            using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(migration)!);
            connection.Run(reader.ReadToEnd());
        }
        connection.Run($"PRAGMA application_id = {ApplicationId}");
        connection.Run($"PRAGMA user_version = {Latest}");
        transaction.Commit();
    }
}
