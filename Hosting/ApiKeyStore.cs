using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Exchange.Protocol;
using Exchange.Storage;
using Microsoft.Data.Sqlite;

namespace Exchange.Hosting;

/// <summary>Keeps API keys in the database, by their hashes, and says whom one signs in as.</summary>
/// <param name="keys">Reads the keys.</param>
/// <param name="write">Runs a write on the one writing connection, and ends when it is on disk.</param>
internal sealed class ApiKeyStore(ApiKeys keys, Func<Action<SqliteConnection>, Task> write, int mostPerUser, TimeProvider time) : IApiKeys
{
    /// <summary>Every key begins with this, so that people and scanners recognize a key.</summary>
    public const string Prefix = "exk_";

    public const string NoSuchKey = "The API key does not exist, was revoked, or has expired.";

    /// <summary>160 bits: nobody guesses one, so a fast hash keeps it.</summary>
    private const int SecretBytes = 20;

    /// <summary>Between two notes that a key was used.</summary>
    private const long TouchIntervalUs = 60_000_000;

    private readonly ConcurrentDictionary<long, long> _touchedUs = new();

    public async ValueTask<(KeyInfo Key, string Secret)?> CreateAsync(long userId, KeyInfo key)
    {
        string secret = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        var row = new ApiKeyRow(0, userId, key.Name, key.AccountId, key.IsReadOnly, key.CreatedTimeUs, key.ExpiresTimeUs, LastUsedUs: 0);
        ApiKeyRow? added = null;
        await write(connection => added = ApiKeys.Add(connection, row, Hash(secret), mostPerUser));
        return added is null ? null : (ToInfo(added), secret);
    }

    public bool MayActAs(long userId, long accountId) => keys.IsMember(userId, accountId);

    public KeyInfo[] Of(long userId) => [.. keys.Of(userId, NowUs).Select(ToInfo)];

    public async ValueTask<bool> RevokeAsync(long userId, long keyId)
    {
        bool revoked = false;
        await write(connection => revoked = ApiKeys.Revoke(connection, userId, keyId, NowUs));
        return revoked;
    }

    /// <summary>Whom a key signs in as, or null.</summary>
    public async ValueTask<Identity?> FindAsync(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal) || secret.Length > 100)
            return null;
        long nowUs = NowUs;
        if (keys.Find(Hash(secret), nowUs) is not { } found)
            return null;
        // Either way: the clock may have been ahead when it was noted last.
        if (Math.Abs(nowUs - _touchedUs.GetValueOrDefault(found.Key.Id, found.Key.LastUsedUs)) >= TouchIntervalUs)
        {
            _touchedUs[found.Key.Id] = nowUs;
            await write(connection => ApiKeys.Touch(connection, found.Key.Id, nowUs));
        }
        DateTimeOffset expiresAt = found.Key.ExpiresUs == 0
            ? DateTimeOffset.MaxValue
            : DateTimeOffset.UnixEpoch.AddTicks(Math.Min(found.Key.ExpiresUs, DateTimeOffset.MaxValue.UtcTicks / 20) * 10);
        return new Identity(found.Issuer, found.Subject, found.UserName, NameIsMadeUp: true, Email: null, IsServerAdmin: false, expiresAt)
        {
            Key = new KeyScope(found.Key.Id, found.Key.AccountId, found.RoomSlug, found.Key.IsReadOnly),
        };
    }

    private long NowUs => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static KeyInfo ToInfo(ApiKeyRow row) =>
        new(row.Id, row.Name, row.AccountId, row.IsReadOnly, row.CreatedUs, row.ExpiresUs, row.LastUsedUs);
}
