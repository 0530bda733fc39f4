using System.Text.Json.Nodes;
using Exchange.Auth;

namespace Exchange.Tests.Auth;

/// <summary>What a good token says about its bearer.</summary>
public sealed class PrincipalTests : OidcFixture
{
    [Fact]
    public async Task Access_and_ID_token_together_say_who_it_is()
    {
        var who = await GoodAsync(Rsa.Sign(Claims()), Ec.Sign(IdClaims()));

        Assert.Equal(
            new Principal(Issuer.Url, "kp_1", "Ada Lovelace", "ada@school.test", false, DateTimeOffset.FromUnixTimeSeconds(At(60))),
            who);
    }

    [Fact]
    public async Task Access_tokens_of_all_common_shapes_are_accepted()
    {
        await GoodAsync(Rsa.Sign(Claims(), With(Rsa.Header(), ("typ", "at+jwt"))));
        await GoodAsync(Rsa.Sign(Claims(), With(Rsa.Header(), ("typ", null))));
        await GoodAsync(Rsa.Sign(Claims(("typ", "Bearer"), ("nonce", "keycloak-23-has-one"))));
        await GoodAsync(Rsa.Sign(Claims(("aud", Audience))));
        await GoodAsync(Rsa.Sign(Claims(("aud", new JsonArray("https://issuer/userinfo", Audience)))));
        await GoodAsync(Rsa.Sign(Claims(("azp", null), ("client_id", ClientId))));
    }

    public static TheoryData<string> UnusableIdTokens => [.. BadIds.Keys];

    private static readonly Dictionary<string, Func<PrincipalTests, string>> BadIds = new()
    {
        ["another's"] = t => Rsa.Sign(t.IdClaims(("sub", "kp_2"))),
        ["no subject"] = t => Rsa.Sign(t.IdClaims(("sub", null))),
        ["for another client"] = t => Rsa.Sign(t.IdClaims(("aud", "other-page"), ("azp", "other-page"))),
        ["for us and given to another"] = t => Rsa.Sign(t.IdClaims(("aud", new JsonArray(ClientId, "other-page")), ("azp", "other-page"))),
        ["expired"] = t => Rsa.Sign(t.IdClaims(("exp", t.At(-1)))),
        ["of another issuer"] = t => Rsa.Sign(t.IdClaims(("iss", "https://evil.test"))),
        ["forged"] = t => IssuerKey.Rsa("rsa-1").Sign(t.IdClaims()),
        ["nonsense"] = _ => "nonsense",
        ["1 MB"] = _ => new string('a', 1 << 20),
    };

    [Theory]
    [MemberData(nameof(UnusableIdTokens))]
    public async Task A_bad_ID_token_gives_no_name(string which)
    {
        var who = await GoodAsync(Rsa.Sign(Claims()), BadIds[which](this));

        Assert.StartsWith("user-", who.Name, StringComparison.Ordinal);
        Assert.True(who.NameIsMadeUp);
        Assert.Null(who.Email);
        Assert.Equal("kp_1", who.Subject);
    }

    [Fact]
    public async Task Kindes_ID_token_has_the_issuer_as_audience()
    {
        var who = await GoodAsync(Rsa.Sign(Claims()), Rsa.Sign(IdClaims(("aud", new JsonArray(Issuer.Url)))));
        Assert.Equal("Ada Lovelace", who.Name);
    }

    [Fact]
    public async Task Names_fall_back_in_order()
    {
        var id = IdClaims(("preferred_username", "ada"), ("given_name", "Augusta"), ("family_name", "King"));
        async Task<string> NameAsync() => (await GoodAsync(Rsa.Sign(Claims()), Rsa.Sign(id))).Name;

        Assert.Equal("Ada Lovelace", await NameAsync());
        id["name"] = "  \u200b ";
        Assert.Equal("ada", await NameAsync());
        id.Remove("preferred_username");
        Assert.Equal("Augusta King", await NameAsync());
        id.Remove("family_name");
        Assert.Equal("Augusta", await NameAsync());
        id.Remove("given_name");
        Assert.Equal("ada", await NameAsync());
        id.Remove("email");
        var madeUp = await NameAsync();
        Assert.Matches("^user-[0-9a-f]{8}$", madeUp);
        Assert.Equal(madeUp, await NameAsync());
    }

    [Fact]
    public async Task Names_are_made_fit_to_show()
    {
        var id = Rsa.Sign(IdClaims(("name", "  Eve\u202e\u0007 " + new string('x', 100))));
        var who = await GoodAsync(Rsa.Sign(Claims()), id);
        Assert.Equal("Eve " + new string('x', 36), who.Name);
    }

    [Theory]
    [InlineData("true", "ada@school.test")]
    [InlineData("\"true\"", "ada@school.test")]
    [InlineData("false", null)]
    [InlineData("\"false\"", null)]
    [InlineData("1", null)]
    public async Task An_address_said_to_be_unverified_is_left_out(string verified, string? email)
    {
        var id = Rsa.Sign(IdClaims(("email_verified", JsonNode.Parse(verified))));
        Assert.Equal(email, (await GoodAsync(Rsa.Sign(Claims()), id)).Email);
    }

    [Fact]
    public async Task Programs_and_people_never_share_a_subject()
    {
        async Task<string> SubjectAsync(string? sub, string azp) => (await GoodAsync(Rsa.Sign(Claims(("sub", sub), ("azp", azp))))).Subject;

        Assert.Equal("azp:bot", await SubjectAsync(null, "bot"));
        Assert.Equal("azp:bot", await SubjectAsync("bot", "bot"));
        Assert.Equal("bot", await SubjectAsync("bot", ClientId));
        // People whose subject looks like a program's, or like such a person's.
        Assert.Equal("sub:azp:bot", await SubjectAsync("azp:bot", ClientId));
        Assert.Equal("sub:sub:azp:bot", await SubjectAsync("sub:azp:bot", ClientId));
    }

    [Fact]
    public async Task Listed_clients_are_accepted_and_then_no_other_program()
    {
        using var strict = new AuthUnderTest(Exchange.Options with { AllowedClients = ["bot"] });
        async Task<bool> GoodForAsync(string? sub, string azp) =>
            (await strict.Auth.Tokens.ValidateAsync(Rsa.Sign(Claims(("sub", sub), ("azp", azp))), null, default)).IsValid;

        Assert.True(await GoodForAsync(null, "bot"));
        Assert.True(await GoodForAsync("kp_1", "bot"));
        Assert.True(await GoodForAsync("kp_1", ClientId));
        Assert.False(await GoodForAsync(null, "other"));
        Assert.False(await GoodForAsync("kp_1", "other"));
    }

    [Fact]
    public async Task A_built_in_token_opens_nothing_where_an_issuer_does_the_sign_in()
    {
        using var builtIn = new AuthUnderTest();
        var token = (await builtIn.SignIn.SignUpAsync("Ada", "correct horse", null, null, null)).SignedIn!.Token;
        Assert.Equal(TokenRefusal.Invalid, (await RefusedAsync(token)).Refusal);
        Assert.False((await builtIn.Auth.Tokens.ValidateAsync(Rsa.Sign(Claims()), null, default)).IsValid);
    }
}
