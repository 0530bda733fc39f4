namespace Exchange.Auth;

/// <summary>The user on the other side. Every way of signing in gives one.</summary>
/// <param name="Issuer">The issuer of the subject: its address, or "exchange" for the built-in sign-in.</param>
/// <param name="Subject">Unique and lasting within the issuer; at most 260 characters. "azp:" + client id for a program.</param>
/// <param name="Name">For display only: 1 to 40 characters, no control or direction-changing ones. Not unique.</param>
/// <param name="Email">
/// As the issuer states it, at most 254 characters; null when unknown or when the issuer says that it isn't verified.
/// </param>
/// <param name="ServerAdmin">
/// May administer the whole exchange: as the built-in sign-in's admins say, or by a role or permission in the issuer's token.
/// </param>
/// <param name="ExpiresAt">When the token stops being good: close or lower the connection then.</param>
public sealed record Principal(
    string Issuer, string Subject, string Name, string? Email, bool ServerAdmin, DateTimeOffset ExpiresAt)
{
    /// <summary>
    /// The token carried no name and <see cref="Name"/> is "user-" + a short hash: a name known from earlier is better.
    /// </summary>
    public bool NameIsMadeUp { get; init; }

    /// <summary>The generation of the built-in sign-in's token; see <see cref="Credential.Generation"/>.</summary>
    public long Generation { get; init; }
}
