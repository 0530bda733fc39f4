namespace Exchange.Auth;

/// <summary>Everything about signing in that can be set. With nothing set, the exchange signs people in by itself.</summary>
public sealed record AuthOptions
{
    /// <summary>
    /// The OpenID Connect issuer, e.g. https://school.kinde.com. https, or http on loopback for tests.
    /// Default: none, which means the built-in sign-in.
    /// </summary>
    public string? Authority { get; init; }

    /// <summary>The audience: an access token's "aud" must contain it. Required with an <see cref="Authority"/>.</summary>
    public string? Audience { get; init; }

    /// <summary>The web page's client id at the issuer. Required with an <see cref="Authority"/>.</summary>
    public string? ClientId { get; init; }

    /// <summary>The scopes that the web page requests from the issuer. Default: "openid profile email".</summary>
    public string Scope { get; init; } = "openid profile email";

    /// <summary>
    /// Further client ids ("azp") whose tokens are accepted, beside <see cref="ClientId"/>. Default: none. Programs that
    /// sign in as themselves (client credentials) are accepted with the audience alone while this is empty.
    /// </summary>
    public IReadOnlyList<string> AllowedClients { get; init; } = [];

    /// <summary>The issuer's role whose holders are admins of the exchange. Default: none, so that no token makes an admin.</summary>
    public string? AdminRole { get; init; }

    /// <summary>The permission, in the claim "permissions", whose holders are admins. Default: none.</summary>
    public string? AdminPermission { get; init; }

    /// <summary>
    /// The access token's claim that lists roles, as names or as objects with a "key" (Kinde) or "name". Dots lead into
    /// objects: "realm_access.roles" (Keycloak). Default: "roles".
    /// </summary>
    public string RolesClaim { get; init; } = "roles";

    /// <summary>
    /// Web origins beside the exchange's own that may open connections and sign in, e.g. https://exchange.school.edu.
    /// Default: none.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>How far the issuer's clock may differ from ours. Default: 30 seconds.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>No more than one fetch of the issuer's keys in this time, whatever tokens arrive. Default: 30 seconds.</summary>
    public TimeSpan KeyFetchInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Keys older than this are fetched again, in the background, so that a withdrawn one is noticed. Default: 1 hour.
    /// </summary>
    public TimeSpan KeyRefreshAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long keys are trusted while the issuer can't be reached, restarts included. Default: 7 days.</summary>
    public TimeSpan KeysTrustedFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a built-in sign-in lasts. Default: 7 days.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long the link that makes the first admin is good. Default: 30 minutes.</summary>
    public TimeSpan SetupLinkLifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a link that sets a new password is good. Default: 1 day, for it may have to be carried to someone.</summary>
    public TimeSpan SignInLinkLifetime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Rounds of PBKDF2-HMAC-SHA512 for a password. Default: 210,000, OWASP's figure; about 0.15 s of one core.
    /// </summary>
    public int PasswordIterations { get; init; } = 210_000;

    /// <summary>
    /// How many may wait for the one password that is being hashed; more are told to come back. Addresses take turns, and the one that
    /// waits most often gives up a place to who comes from another. Default: 200, several classes signing in at once: some 15 s for
    /// the last of 100, while the market thread keeps a core.
    /// </summary>
    public int PasswordQueueLimit { get; init; } = 200;

    /// <summary>
    /// Wrong passwords for one name from one address, or from one browser that the name has signed in with before: a burst of this many,
    /// then this many a minute. Right ones as many, counted apart. Default: 10.
    /// </summary>
    public int SignInsPerNamePerMinute { get; init; } = 10;

    /// <summary>
    /// Wrong passwords from one address (IPv6: one /64), whatever the names, unless those have signed in from there before: a burst of
    /// this many, then this many a minute. Sign-ups as many, counted apart; with the right join code five times as many at once.
    /// Default: 60.
    /// </summary>
    public int SignInsPerAddressPerMinute { get; init; } = 60;

    /// <summary>
    /// WebSocket connections from one address (IPv6: one /64), a burst of this many, then this many a minute. Default:
    /// 2,000, so that a school behind one address comes back at once after a restart.
    /// </summary>
    public int ConnectionsPerAddressPerMinute { get; init; } = 2_000;

    /// <summary>Connections from one address that have not said who they are yet, at a time. Default: 500.</summary>
    public int UnauthenticatedPerAddress { get; init; } = 500;

    internal bool BuiltIn => Authority is null;

    /// <exception cref="ArgumentException">A setting is wrong; the message is a sentence that names it.</exception>
    internal void Check()
    {
        if (Authority is not null)
        {
            if (!Uri.TryCreate(Authority, UriKind.Absolute, out var uri) || !HttpsOrLoopback(uri)
                || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
                throw new ArgumentException($"Authority '{Authority}' must be an https address such as https://school.kinde.com.");
            if (string.IsNullOrEmpty(Audience))
                throw new ArgumentException("Audience must be set when Authority is set: it tells our tokens from tokens for other services.");
            if (string.IsNullOrEmpty(ClientId))
                throw new ArgumentException("ClientId must be set when Authority is set: the web page needs it to sign in.");
        }
        if (TokenLifetime < TimeSpan.FromMinutes(1))
            throw new ArgumentException("TokenLifetime must be at least a minute.");
        if (PasswordIterations < 1)
            throw new ArgumentException("PasswordIterations must be at least 1 (and 210,000 wherever passwords are real).");
        if (PasswordQueueLimit < 0)
            throw new ArgumentException("PasswordQueueLimit must not be negative.");
        if (ConnectionsPerAddressPerMinute < 1 || UnauthenticatedPerAddress < 1)
            throw new ArgumentException("ConnectionsPerAddressPerMinute and UnauthenticatedPerAddress must be at least 1.");
        if (SignInsPerNamePerMinute < 1 || SignInsPerAddressPerMinute < 1)
            throw new ArgumentException("SignInsPerNamePerMinute and SignInsPerAddressPerMinute must be at least 1.");
    }

    /// <summary>Keys and passwords in the clear only where nobody else can listen.</summary>
    internal static bool HttpsOrLoopback(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback);
}
