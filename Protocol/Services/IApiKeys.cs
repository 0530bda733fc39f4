namespace Exchange.Protocol;

/// <summary>Keeps users' API keys.</summary>
public interface IApiKeys
{
    /// <summary>Makes a key and gives its secret, or null if the user has as many as they may. Ends when it is on disk.</summary>
    /// <param name="key">The key, without an id.</param>
    ValueTask<(KeyInfo Key, string Secret)?> CreateAsync(long userId, KeyInfo key);

    /// <summary>Whether an account is one of the user's.</summary>
    bool MayActAs(long userId, long accountId);

    /// <summary>The user's keys that are good.</summary>
    KeyInfo[] Of(long userId);

    /// <summary>Ends a key. False: the user has none such. Ends when it is on disk.</summary>
    ValueTask<bool> RevokeAsync(long userId, long keyId);
}

/// <summary>An API key without its secret. Times are microseconds since 1970; 0: never.</summary>
/// <param name="AccountId">0: all of the user's.</param>
public sealed record KeyInfo(
    long KeyId, string Name, long AccountId, bool IsReadOnly, long CreatedTimeUs, long ExpiresTimeUs, long LastUsedTimeUs);
