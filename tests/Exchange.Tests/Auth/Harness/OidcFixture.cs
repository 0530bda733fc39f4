using System.Text.Json.Nodes;
using Exchange.Auth;

namespace Exchange.Tests.Auth;

/// <summary>An issuer, an exchange that trusts it, and tokens that are right unless a test spoils them.</summary>
public abstract class OidcFixture : IAsyncLifetime
{
    private protected const string Audience = "https://exchange.test/api";
    private protected const string ClientId = "page";

    // Made once: an RSA key takes a while.
    private protected static readonly IssuerKey Rsa = IssuerKey.Rsa("rsa-1");
    private protected static readonly IssuerKey Ec = IssuerKey.Ec("ec-1");

    private protected LoopbackIssuer Issuer { get; private set; } = null!;

    private protected AuthUnderTest Exchange { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Issuer = await LoopbackIssuer.StartAsync(Rsa, Ec);
        Exchange = new AuthUnderTest(new AuthOptions { Authority = Issuer.Url, Audience = Audience, ClientId = ClientId });
    }

    public async Task DisposeAsync()
    {
        Exchange.Dispose();
        await Issuer.DisposeAsync();
    }

    private protected long At(double minutesFromNow) => Exchange.Time.GetUtcNow().AddMinutes(minutesFromNow).ToUnixTimeSeconds();

    private protected JsonObject Claims(params (string Name, JsonNode? Value)[] changes) => With(new JsonObject
    {
        ["iss"] = Issuer.Url,
        ["aud"] = new JsonArray(Audience),
        ["azp"] = ClientId,
        ["sub"] = "kp_1",
        ["iat"] = At(-1),
        ["exp"] = At(60),
    }, changes);

    private protected JsonObject IdClaims(params (string Name, JsonNode? Value)[] changes) => With(new JsonObject
    {
        ["iss"] = Issuer.Url,
        ["aud"] = new JsonArray(ClientId),
        ["azp"] = ClientId,
        ["sub"] = "kp_1",
        ["iat"] = At(-1),
        ["exp"] = At(60),
        ["at_hash"] = "VZ6cU0Ay0RKB5EosbWuTCQ",
        ["name"] = "Ada Lovelace",
        ["email"] = "ada@school.test",
        ["email_verified"] = true,
    }, changes);

    private protected async Task<Principal> GoodAsync(string token, string? idToken = null)
    {
        var result = await Exchange.Auth.Tokens.ValidateAsync(token, idToken, default);
        Assert.True(result.IsValid, result.Sentence);
        return result.Principal;
    }

    private protected async Task<TokenResult> RefusedAsync(string token)
    {
        var result = await Exchange.Auth.Tokens.ValidateAsync(token, null, default);
        Assert.False(result.IsValid);
        return result;
    }

    /// <summary>Sets claims; a null value takes the claim away.</summary>
    private protected static JsonObject With(JsonObject claims, params (string Name, JsonNode? Value)[] changes)
    {
        foreach (var (name, value) in changes)
        {
            claims.Remove(name);
            if (value is not null)
                claims[name] = value;
        }
        return claims;
    }
}
