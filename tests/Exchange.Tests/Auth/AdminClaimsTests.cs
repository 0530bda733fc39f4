using System.Text.Json.Nodes;

namespace Exchange.Tests.Auth;

/// <summary>Which tokens make an admin, by the settings admin-role, admin-permission and roles-claim.</summary>
public sealed class AdminClaimsTests : OidcFixture
{
    private const string KindeRoles = """[{"id":"018e","key":"teacher","name":"A teacher"}]""";

    [Theory]
    [InlineData("roles", KindeRoles, true)]
    [InlineData("roles", """["teacher"]""", true)]
    [InlineData("roles", """["student","teacher"]""", true)]
    [InlineData("roles", """[{"name":"teacher"}]""", true)]
    [InlineData("permissions", """["run:exchange"]""", true)]
    [InlineData("roles", """[{"id":"teacher","key":"student","name":"teacher"}]""", false)]
    [InlineData("roles", """["Teacher"]""", false)]
    [InlineData("roles", """["teachers"]""", false)]
    [InlineData("roles", "\"teacher\"", false)]
    [InlineData("roles", """{"teacher":true}""", false)]
    [InlineData("roles", """[["teacher"],null,1,{}]""", false)]
    [InlineData("roles", """["run:exchange"]""", false)]
    [InlineData("permissions", """["teacher"]""", false)]
    [InlineData("permissions", "\"run:exchange\"", false)]
    [InlineData("scope", "\"teacher run:exchange\"", false)]
    public async Task Table(string claim, string value, bool isAdmin)
    {
        using var exchange = new AuthUnderTest(Exchange.Options with { AdminRole = "teacher", AdminPermission = "run:exchange" });
        Assert.Equal(isAdmin, await IsAdminAsync(exchange, Claims((claim, JsonNode.Parse(value)))));
        // Programs by the same rule.
        Assert.Equal(isAdmin, await IsAdminAsync(exchange, Claims((claim, JsonNode.Parse(value)), ("sub", null), ("azp", "bot"))));
        // And nobody at all where nothing is set.
        Assert.False(await IsAdminAsync(Exchange, Claims((claim, JsonNode.Parse(value)))));
    }

    [Theory]
    [InlineData("realm_access.roles", """{"realm_access":{"roles":["teacher"]}}""", true)]
    [InlineData("https://school.test/roles", """{"https://school.test/roles":["teacher"]}""", true)]
    [InlineData("groups", """{"groups":["teacher"]}""", true)]
    [InlineData("groups", """{"roles":["teacher"]}""", false)]
    [InlineData("realm_access.roles", """{"realm_access":["teacher"]}""", false)]
    [InlineData("a.b.c", """{"a":{"b":1}}""", false)]
    public async Task Other_issuers_list_roles_elsewhere(string rolesClaim, string claims, bool isAdmin)
    {
        using var exchange = new AuthUnderTest(Exchange.Options with { AdminRole = "teacher", RolesClaim = rolesClaim });
        (string, JsonNode?)[] more = [.. JsonNode.Parse(claims)!.AsObject().Select(c => (c.Key, c.Value?.DeepClone()))];
        Assert.Equal(isAdmin, await IsAdminAsync(exchange, Claims(more)));
    }

    [Fact]
    public async Task An_ID_token_makes_nobody_an_admin()
    {
        using var exchange = new AuthUnderTest(Exchange.Options with { AdminRole = "teacher" });
        var id = Rsa.Sign(IdClaims(("roles", JsonNode.Parse(KindeRoles))));
        var who = (await exchange.Auth.Tokens.ValidateAsync(Rsa.Sign(Claims()), id)).Principal!;
        Assert.Equal("Ada Lovelace", who.Name);
        Assert.False(who.ServerAdmin);
    }

    private static async Task<bool> IsAdminAsync(AuthUnderTest exchange, JsonObject claims)
    {
        var result = await exchange.Auth.Tokens.ValidateAsync(Rsa.Sign(claims));
        Assert.True(result.IsValid, result.Sentence);
        return result.Principal.ServerAdmin;
    }
}
