using System.Globalization;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Exchange.Auth;

/// <summary>Turns a token into a <see cref="Principal"/>. Thread-safe.</summary>
/// <remarks>Nothing in a token's header is trusted but its key id and algorithm, and those only as a choice among ours.</remarks>
public sealed class TokenValidator
{
    /// <summary>The longest token, in characters. A longer one is refused unread. Real tokens have one or two thousand.</summary>
    public const int TokenLengthMax = 16 * 1024;

    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256];

    private readonly JsonWebTokenHandler _handler = new()
    {
        MapInboundClaims = false,
        MaximumTokenSizeInBytes = TokenLengthMax,
    };
    private readonly AuthOptions _options;
    private readonly string _audience;
    private readonly IIssuerKeys _keys;
    private readonly ICredentialStore _credentials;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal TokenValidator(
        AuthOptions options, IIssuerKeys keys, ICredentialStore credentials, TimeProvider time, ILogger logger)
    {
        _options = options;
        _audience = options.BuiltIn ? BuiltInTokens.Issuer : options.Audience!;
        _keys = keys;
        _credentials = credentials;
        _time = time;
        _logger = logger;
    }

    /// <summary>The principal of the token, or why the token is refused.</summary>
    /// <param name="accessToken">A JWT from the issuer, or from the built-in sign-in.</param>
    /// <param name="idToken">
    /// It only gives name and e-mail. An ID token that is not valid, or belongs to somebody else, is ignored: the access token decides.
    /// </param>
    /// <param name="cancellation">Ends the wait; a fetch of keys that others wait for as well goes on.</param>
    public async ValueTask<TokenResult> ValidateAsync(
        string accessToken, string? idToken = null, CancellationToken cancellation = default)
    {
        var (token, refusal) = await CheckAsync(accessToken, cancellation);
        if (token is null)
            return refusal;
        try
        {
            if (_options.BuiltIn)
                return await BuiltInAsync(token);

            if (!Contains(token.Audiences, _audience) || TokenClaims.LooksLikeIdToken(token)
                || TokenClaims.Subject(token) is not { } subject || !IsAuthorizedParty(token, subject))
                return TokenResult.Invalid;
            var names = await IdTokenAsync(idToken, token, cancellation) ?? token;
            return TokenResult.Good(TokenClaims.ToPrincipal(token, subject, names, TokenClaims.IsAdmin(token, _options)));
        }
        catch (Exception e) when (IsMalformed(e))
        {
            return TokenResult.Invalid;
        }
    }

    /// <summary>
    /// Whether someone let in earlier may stay as they were let in: false once their token has run out, they signed out
    /// everywhere, their password changed, or they became or ceased to be an admin. One look into the store; for open
    /// connections, now and then.
    /// </summary>
    /// <remarks>What an issuer takes away is noticed when the access token runs out, which says all the exchange knows.</remarks>
    public async ValueTask<bool> IsStillGoodAsync(Principal principal)
    {
        if (principal.ExpiresAt <= _time.GetUtcNow())
            return false;
        return !_options.BuiltIn
            || (await FindAsync(principal.Subject) is { } credential
                && credential.Generation == principal.Generation && credential.IsAdmin == principal.ServerAdmin);
    }

    /// <summary>Algorithm, key, signature, issuer, times; not yet what the token is for. A token or a refusal.</summary>
    private async ValueTask<(JsonWebToken? Token, TokenResult Refusal)> CheckAsync(string text, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(text) || text.Length > TokenLengthMax)
            return (null, TokenResult.Invalid);
        try
        {
            var token = _handler.ReadJsonWebToken(text);
            // "crit" names extensions that must be understood; we understand none (RFC 7515, 4.1.11).
            if (token.IsEncrypted || !Algorithms.Contains(token.Alg) || string.IsNullOrEmpty(token.Kid)
                || token.TryGetHeaderValue<object>("crit", out _))
                return (null, TokenResult.Invalid);
            var issuer = await _keys.FindAsync(token.Kid, cancellation);
            if (issuer is null)
                return (null, TokenResult.IssuerUnreachable);
            if (!issuer.Keys.Contains(token.Kid))
                return (null, TokenResult.Invalid);

            var outcome = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
            {
                ValidAlgorithms = Algorithms,
                ValidIssuer = issuer.Issuer,
                IssuerSigningKeys = issuer.Keys[token.Kid],
                RequireSignedTokens = true,
                TryAllIssuerSigningKeys = false,
                // We check both ourselves: the audience differs by kind of token, and the time comes from TimeProvider.
                ValidateAudience = false,
                ValidateLifetime = false,
            });
            return outcome.IsValid ? CheckTimes(token) : (null, TokenResult.Invalid);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            return (null, TokenResult.Invalid);
        }
    }

    private (JsonWebToken?, TokenResult) CheckTimes(JsonWebToken token)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        // Without "exp", ValidTo is DateTime.MinValue: a token for ever is not "expired", it is wrong.
        if (token.ValidTo == DateTime.MinValue || token.ValidFrom > now + _options.ClockSkew)
            return (null, TokenResult.Invalid);
        return token.ValidTo <= now - _options.ClockSkew ? (null, TokenResult.Expired) : (token, TokenResult.Invalid);
    }

    private async ValueTask<TokenResult> BuiltInAsync(JsonWebToken token)
    {
        if (!Contains(token.Audiences, _audience)
            || await FindAsync(token.Subject) is not { } credential || TokenClaims.GenerationOf(token) != credential.Generation)
            return TokenResult.Invalid;
        // Name and admin as they are now, not as they were when the token was made.
        return TokenResult.Good(new Principal(
            BuiltInTokens.Issuer, token.Subject, credential.Name, Email: null, credential.IsAdmin, TokenClaims.ExpiresAt(token))
        {
            Generation = credential.Generation,
        });
    }

    private async ValueTask<Credential?> FindAsync(string subject) =>
        long.TryParse(subject, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? await _credentials.FindByIdAsync(id) : null;

    /// <summary>A person's token must have been given to our page; a program's needs only the audience unless clients are listed.</summary>
    private bool IsAuthorizedParty(JsonWebToken token, string subject)
    {
        var party = TokenClaims.Party(token);
        if (party is null || party == _options.ClientId || Contains(_options.AllowedClients, party))
            return true;
        return TokenClaims.IsMachine(subject) && _options.AllowedClients.Count == 0;
    }

    private async ValueTask<JsonWebToken?> IdTokenAsync(string? text, JsonWebToken access, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var (token, _) = await CheckAsync(text, cancellation);
        if (token is null || string.IsNullOrEmpty(token.Subject) || token.Subject != access.Subject)
        {
            _logger.LogDebug("An ID token was ignored");
            return null;
        }
        var party = TokenClaims.Party(token);
        // Kinde's ID tokens have the issuer's own address as their audience and say in "azp" whom they are for.
        var forUs = Contains(token.Audiences, _options.ClientId!)
            ? party is null || party == _options.ClientId
            : party == _options.ClientId && Contains(token.Audiences, token.Issuer);
        return forUs ? token : null;
    }

    private static bool Contains(IEnumerable<string> values, string value) => values.Contains(value, StringComparer.Ordinal);

    /// <summary>Whether the library throws this for a malformed token, including claims of the wrong type.</summary>
    private static bool IsMalformed(Exception e) => e
        is SecurityTokenException or ArgumentException or FormatException or InvalidCastException
        or InvalidOperationException or OverflowException or System.Text.Json.JsonException;
}
