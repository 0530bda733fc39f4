using System.Text;
using System.Text.Json.Nodes;
using Exchange.Auth;

namespace Exchange.Tests.Auth;

/// <summary>trust.md, row 11: tokens that must not open anything, against an issuer that is really asked.</summary>
public sealed class ForgedTokenTests : OidcFixture
{
    public static TheoryData<string> Names => [.. Forged.Keys];

    private static readonly IssuerKey Stranger = IssuerKey.Rsa("rsa-1");
    private static readonly IssuerKey StrangerEc = IssuerKey.Ec("ec-1");

    private static readonly Dictionary<string, Func<ForgedTokenTests, string>> Forged = new()
    {
        ["alg none"] = t => IssuerKey.Unsigned(With(Rsa.Header(), ("alg", "none")), t.Claims()) + ".",
        ["alg none, signature kept"] = t => IssuerKey.Unsigned(With(Rsa.Header(), ("alg", "none")), t.Claims()) + ".AAAA",
        ["alg None"] = t => IssuerKey.Unsigned(With(Rsa.Header(), ("alg", "None")), t.Claims()) + ".",
        ["no alg"] = t => Rsa.Sign(t.Claims(), With(Rsa.Header(), ("alg", null))),
        ["no signature"] = t => IssuerKey.Unsigned(Rsa.Header(), t.Claims()) + ".",
        ["HS256 with the public key as PEM"] = t => IssuerKey.SignHmac(With(Rsa.Header(), ("alg", "HS256")), t.Claims(), Encoding.ASCII.GetBytes(Rsa.PublicPem)),
        ["HS256 with the public key as DER"] = t => IssuerKey.SignHmac(With(Rsa.Header(), ("alg", "HS256")), t.Claims(), Rsa.PublicDer),
        ["HS256 with the public key as JWK"] = t => IssuerKey.SignHmac(With(Rsa.Header(), ("alg", "HS256")), t.Claims(), Encoding.ASCII.GetBytes(Rsa.Jwk().ToJsonString())),
        ["RS512 in the header"] = t => Rsa.Sign(t.Claims(), With(Rsa.Header(), ("alg", "RS512"))),
        ["PS256 in the header"] = t => Rsa.Sign(t.Claims(), With(Rsa.Header(), ("alg", "PS256"))),
        ["another's RSA key under our key id"] = t => Stranger.Sign(t.Claims()),
        ["another's EC key under our key id"] = t => StrangerEc.Sign(t.Claims()),
        ["RS256 signed, kid of the EC key"] = t => Rsa.Sign(t.Claims(), With(Rsa.Header(), ("kid", "ec-1"))),
        ["wrong issuer"] = t => Rsa.Sign(t.Claims(("iss", "https://evil.test"))),
        ["issuer with a slash added"] = t => Rsa.Sign(t.Claims(("iss", t.Issuer.Url + "/"))),
        ["no issuer"] = t => Rsa.Sign(t.Claims(("iss", null))),
        ["wrong audience"] = t => Rsa.Sign(t.Claims(("aud", "https://other.test/api"))),
        ["empty audience"] = t => Rsa.Sign(t.Claims(("aud", new JsonArray()))),
        ["no audience"] = t => Rsa.Sign(t.Claims(("aud", null))),
        ["audience in another case"] = t => Rsa.Sign(t.Claims(("aud", Audience.ToUpperInvariant()))),
        ["wrong authorised party"] = t => Rsa.Sign(t.Claims(("azp", "other-page"))),
        ["wrong authorised party as client_id"] = t => Rsa.Sign(t.Claims(("azp", null), ("client_id", "other-page"))),
        ["not yet valid"] = t => Rsa.Sign(t.Claims(("nbf", t.At(2)))),
        ["no expiry"] = t => Rsa.Sign(t.Claims(("exp", null))),
        ["expiry as words"] = t => Rsa.Sign(t.Claims(("exp", "never"))),
        ["no kid"] = t => Rsa.Sign(t.Claims(), With(Rsa.Header(), ("kid", null))),
        ["empty kid"] = t => Rsa.Sign(t.Claims(), With(Rsa.Header(), ("kid", ""))),
        ["unknown kid"] = t => Rsa.Sign(t.Claims(), With(Rsa.Header(), ("kid", "rsa-2"))),
        ["jwk header"] = t => Stranger.Sign(t.Claims(), With(Stranger.Header(), ("jwk", Stranger.Jwk()))),
        ["jwk header, kid of its own"] = t => Stranger.Sign(t.Claims(), With(Stranger.Header(), ("kid", "mine"), ("jwk", With(Stranger.Jwk(), ("kid", "mine"))))),
        ["jku header"] = t => Stranger.Sign(t.Claims(), With(Stranger.Header(), ("jku", "http://127.0.0.1:1/jwks"))),
        ["x5u header"] = t => Stranger.Sign(t.Claims(), With(Stranger.Header(), ("x5u", "http://127.0.0.1:1/x5u"))),
        ["crit header"] = t => Rsa.Sign(t.Claims(), With(Rsa.Header(), ("crit", new JsonArray("exp")))),
        ["1 MB"] = t => Rsa.Sign(t.Claims(("padding", new string('a', 1 << 20)))),
        ["a byte too long"] = t => Padded(t, TokenValidator.TokenLengthMax + 1),
        ["ID token"] = t => Rsa.Sign(t.IdClaims()),
        ["another client's ID token"] = t => Rsa.Sign(t.IdClaims(("aud", "other-page"), ("azp", "other-page"))),
        ["ID token with our audience"] = t => Rsa.Sign(t.IdClaims(("aud", Audience))),
        ["ID token with our audience and a nonce only"] = t => Rsa.Sign(t.IdClaims(("aud", Audience), ("at_hash", null), ("nonce", "n"))),
        ["ID token by Keycloak's typ"] = t => Rsa.Sign(t.IdClaims(("aud", Audience), ("at_hash", null), ("typ", "ID"))),
        ["refresh token by Keycloak's typ"] = t => Rsa.Sign(t.Claims(("typ", "Refresh"))),
        ["logout token"] = t => Rsa.Sign(t.Claims(), With(Rsa.Header(), ("typ", "logout+jwt"))),
        ["subject is a list"] = t => Rsa.Sign(t.Claims(("sub", new JsonArray("kp_1")))),
        ["subject is empty"] = t => Rsa.Sign(t.Claims(("sub", ""))),
        ["subject of 256 characters"] = t => Rsa.Sign(t.Claims(("sub", new string('s', 256)))),
        ["neither subject nor client"] = t => Rsa.Sign(t.Claims(("sub", null), ("azp", null))),
        ["one claim changed"] = t => Swapped(Rsa.Sign(t.Claims()), t.Claims(("sub", "kp_2"))),
        ["signature cut short"] = t => Rsa.Sign(t.Claims())[..^8],
        ["ES256 signature of zeros"] = t => IssuerKey.Unsigned(Ec.Header(), t.Claims()) + "." + IssuerKey.Base64Url(new byte[64]),
        ["five parts"] = t => Rsa.Sign(t.Claims()) + ".AAAA.AAAA",
        ["empty"] = _ => "",
        ["a word"] = _ => "token",
        ["dots"] = _ => "..",
        ["not JSON"] = _ => "AAAA.AAAA.AAAA",
        ["JSON null"] = _ => $"{IssuerKey.Base64Url("null"u8.ToArray())}.{IssuerKey.Base64Url("null"u8.ToArray())}.AAAA",
        ["control characters"] = _ => "\0\r\n\u202e",
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Refused_alike(string name)
    {
        // The right token works, before and after: the exchange isn't simply refusing everything.
        await GoodAsync(Rsa.Sign(Claims()));
        var token = Forged[name](this);

        var result = await RefusedAsync(token);

        Assert.Equal(TokenRefusal.Invalid, result.Refusal);
        Assert.Equal("This sign-in isn't valid here. Sign in again.", result.Sentence);
        await GoodAsync(Ec.Sign(Claims()));
        foreach (var part in token.Split('.').Where(part => part.Length > 8))
            Assert.DoesNotContain(part, Exchange.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_longest_token_allowed_is_accepted() => await GoodAsync(Padded(this, TokenValidator.TokenLengthMax));

    [Theory]
    [InlineData(-0.4, true)]
    [InlineData(-0.6, false)]
    [InlineData(0, true)]
    public async Task Expiry_allows_half_a_minute(double minutes, bool good)
    {
        var token = Rsa.Sign(Claims(("exp", At(minutes))));
        if (good)
        {
            await GoodAsync(token);
            return;
        }
        var result = await RefusedAsync(token);
        Assert.Equal(TokenRefusal.Expired, result.Refusal);
        Assert.Equal("The sign-in has expired. Sign in again.", result.Sentence);
    }

    [Fact]
    public async Task Not_before_allows_half_a_minute() => await GoodAsync(Rsa.Sign(Claims(("nbf", At(0.4)))));

    [Fact]
    public async Task Expired_is_said_only_of_a_token_that_was_good()
    {
        var result = await RefusedAsync(Stranger.Sign(Claims(("exp", At(-10)))));
        Assert.Equal(TokenRefusal.Invalid, result.Refusal);
    }

    private static string Padded(ForgedTokenTests t, int length)
    {
        // Base64 writes 3 bytes as 4 characters: come close with a claim, then exactly with a header.
        var enough = (length - Make(0, 0).Length) * 3 / 4;
        for (var padding = enough - 6; padding < enough + 6; padding++)
        {
            for (var header = 0; header < 4; header++)
            {
                var token = Make(padding, header);
                if (token.Length == length)
                    return token;
            }
        }
        throw new InvalidOperationException("no padding fits");

        string Make(int padding, int header) =>
            Ec.Sign(t.Claims(("p", new string('a', padding))), With(Ec.Header(), ("h", new string('a', header))));
    }

    private static string Swapped(string token, JsonObject claims)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{IssuerKey.Base64Url(Encoding.UTF8.GetBytes(claims.ToJsonString()))}.{parts[2]}";
    }
}
