using System.Globalization;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Exchange.Auth;

/// <summary>A token for the built-in sign-in and when it ends.</summary>
/// <param name="Token">A JWT. Secret: whoever has it is the user.</param>
/// <param name="ExpiresAt">Whole seconds.</param>
/// <param name="Name">The user's name, as they typed it.</param>
public sealed record SignedIn(string Token, DateTimeOffset ExpiresAt, string Name)
{
    /// <summary>Leaves the token out, so that no log line can carry it.</summary>
    public override string ToString() => $"SignedIn until {ExpiresAt:O}";
}

/// <summary>Makes the built-in sign-in's tokens.</summary>
internal sealed class BuiltInTokens(SigningKey key, TimeSpan lifetime, TimeProvider time)
{
    /// <summary>Issuer and audience; no OpenID Connect issuer can have it, theirs are addresses.</summary>
    public const string Issuer = "exchange";

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    public SignedIn Make(Credential credential)
    {
        // A JWT counts whole seconds.
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var expires = now + lifetime;
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            Issuer = Issuer,
            Audience = Issuer,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            Claims = new Dictionary<string, object>
            {
                ["sub"] = credential.Id.ToString(CultureInfo.InvariantCulture),
                ["name"] = credential.Name,
                [TokenClaims.Generation] = credential.Generation,
            },
            SigningCredentials = key.Credentials,
        });
        return new SignedIn(token, expires, credential.Name);
    }
}
