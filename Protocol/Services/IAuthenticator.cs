namespace Exchange.Protocol;

/// <summary>Tells who a token belongs to.</summary>
public interface IAuthenticator
{
    /// <summary>The identity, or a sentence for the client that says why not.</summary>
    ValueTask<(Identity? Identity, string Refusal)> AuthenticateAsync(string accessToken, string? idToken, CancellationToken cancel);

    /// <summary>The same, for an API key.</summary>
    ValueTask<(Identity? Identity, string Refusal)> AuthenticateKeyAsync(string apiKey);
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
