using Exchange.Markets;

namespace Exchange.Protocol;

/// <summary>The inbox into which sessions put commands for the market thread.</summary>
public interface ICommandInbox
{
    /// <summary>Puts a command in. False, at once, if there is no room or the exchange is stopping: nothing was done.</summary>
    bool TrySubmit(in Command command);

    /// <summary>The inbox takes no more commands.</summary>
    bool IsStopping { get; }
}

/// <summary>The identity that a sign-in gives.</summary>
/// <param name="NameIsMadeUp">The sign-in knew no name: one known from earlier is better.</param>
/// <param name="ExpiresAt">When the token or key that says so expires.</param>
public sealed record Identity(
    string Issuer, string Subject, string Name, bool NameIsMadeUp, string? Email, bool IsServerAdmin, DateTimeOffset ExpiresAt)
{
    /// <summary>The API key it was told by; null for a token.</summary>
    public KeyScope? Key { get; init; }
}

/// <summary>What an API key may do.</summary>
/// <param name="AccountId">The one account; 0: all of the user's.</param>
/// <param name="RoomSlug">The account's room.</param>
public sealed record KeyScope(long KeyId, long AccountId, string? RoomSlug, bool IsReadOnly);

/// <summary>An API key without its secret. Times are microseconds since 1970; 0: never.</summary>
/// <param name="AccountId">0: all of the user's.</param>
public sealed record KeyInfo(
    long KeyId, string Name, long AccountId, bool IsReadOnly, long CreatedTimeUs, long ExpiresTimeUs, long LastUsedTimeUs);

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

/// <summary>Tells who a token belongs to.</summary>
public interface IAuthenticator
{
    /// <summary>The identity, or a sentence for the client that says why not.</summary>
    ValueTask<(Identity? Identity, string Refusal)> AuthenticateAsync(string accessToken, string? idToken, CancellationToken cancel);

    /// <summary>The same, for an API key.</summary>
    ValueTask<(Identity? Identity, string Refusal)> AuthenticateKeyAsync(string apiKey);
}

/// <summary>Keeps codes from being guessed.</summary>
public interface ICodeGuard
{
    /// <summary>
    /// Null when a code may be tried: it counts as wrong until <see cref="WasRight"/> says otherwise. Else how long to wait.
    /// </summary>
    /// <param name="code">The code as it was typed.</param>
    /// <param name="userId">The user who typed it.</param>
    /// <param name="room">The room that the code is for.</param>
    TimeSpan? Try(string code, long userId, string room);

    /// <summary>The code that was tried last with these was right, or was not looked at.</summary>
    void WasRight(string code, long userId, string room);
}

/// <summary>Keeps how far users have read what they were told.</summary>
public interface INoticeMarks
{
    /// <summary>Notes how far; it never goes back. Gives how far that is now. Ends when it is on disk.</summary>
    ValueTask<long> MarkAsync(long userId, long roomId, long sequence);
}

/// <summary>How the exchange does.</summary>
public interface IHealth
{
    HealthReport Report();
}

/// <summary>See <see cref="V1.Health"/>.</summary>
public sealed record HealthReport(string Version, long StartedTimeUs, int Connections, double OrdersPerSecond, double CommitsPerSecond)
{
    public TimeSpan CommitHalf { get; init; }
    public TimeSpan CommitMost { get; init; }
    public TimeSpan LongestCommit { get; init; }
    public int Waiting { get; init; }
    public long Overloaded { get; init; }
    public long Events { get; init; }
    public long DiskFree { get; init; }
    public long DiskSize { get; init; }
    public long DatabaseSize { get; init; }
    public long LogSize { get; init; }
    public long Memory { get; init; }
    public long MemorySize { get; init; }
    public bool IsReady { get; init; }
}

/// <summary>Answers questions about the past, beside the trading.</summary>
public interface IHistory
{
    /// <summary>The answer, or why there is none. It may be some time in coming.</summary>
    ValueTask<HistoryAnswer> AskAsync(Viewer viewer, HistoryQuery query, CancellationToken cancel);
}
