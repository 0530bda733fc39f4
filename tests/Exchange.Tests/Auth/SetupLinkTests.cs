using Exchange.Auth;

namespace Exchange.Tests.Auth;

public sealed class SetupLinkTests : IDisposable
{
    private const string Password = "correct horse battery";

    private readonly AuthUnderTest _exchange = new();

    public void Dispose() => _exchange.Dispose();

    [Fact]
    public async Task The_code_makes_the_first_admin_and_is_used_up()
    {
        var code = await CodeAsync();
        Assert.Matches("^[A-Za-z0-9_-]{43}$", code);
        Assert.True(await _exchange.Auth.IsSetupNeededAsync());

        var who = await _exchange.Auth.Tokens.ValidateAsync((await SignUpAsync("Ada", code)).SignedIn!.Token, null, default);

        Assert.True(who.Principal!.ServerAdmin);
        Assert.False(await _exchange.Auth.IsSetupNeededAsync());
        Assert.Equal(SignInRefusal.BadSetupCode, (await SignUpAsync("Bob", code)).Refusal);
        // Not even once there is no admin any more.
        _exchange.Credentials.Clear();
        Assert.Equal(SignInRefusal.BadSetupCode, (await SignUpAsync("Bob", code)).Refusal);
    }

    [Fact]
    public async Task Without_the_code_nobody_becomes_an_admin()
    {
        await CodeAsync();
        Assert.True((await SignUpAsync("Ada", null)).IsGood);
        Assert.False(_exchange.Credentials.Only().IsAdmin);
        Assert.True(await _exchange.Auth.IsSetupNeededAsync());
    }

    [Fact]
    public async Task A_wrong_code_is_refused_and_makes_no_user()
    {
        var code = await CodeAsync();
        foreach (var wrong in new[] { code[..^1], code + "A", code.ToUpperInvariant() + "x", "x", " " })
            Assert.Equal(SignInRefusal.BadSetupCode, (await SignUpAsync("Ada", wrong)).Refusal);
        Assert.Null(await _exchange.Credentials.FindByNameAsync("ADA"));
        Assert.True((await SignUpAsync("Ada", code)).IsGood);
    }

    [Fact]
    public async Task The_code_lasts_30_minutes()
    {
        var code = await CodeAsync();
        _exchange.Time.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1));
        Assert.Equal(SignInRefusal.BadField, (await SignUpAsync("", code)).Refusal);
        _exchange.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(SignInRefusal.BadSetupCode, (await SignUpAsync("Ada", code)).Refusal);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(0, -1)]
    public async Task However_the_clock_is_set_it_lasts_30_minutes(int hoursAheadBefore, int hoursAheadAfter)
    {
        _exchange.Time.SetWrongBy(TimeSpan.FromHours(hoursAheadBefore));
        var code = await CodeAsync();
        _exchange.Time.SetWrongBy(TimeSpan.FromHours(hoursAheadAfter));
        _exchange.Time.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1));
        Assert.Equal(SignInRefusal.BadField, (await SignUpAsync("", code)).Refusal);
        _exchange.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(SignInRefusal.BadSetupCode, (await SignUpAsync("Ada", code)).Refusal);
    }

    [Fact]
    public async Task A_sign_up_that_fails_leaves_the_code_good()
    {
        var code = await CodeAsync();
        await SignUpAsync("Ada", null);
        Assert.Equal(SignInRefusal.NameTaken, (await SignUpAsync("Ada", code)).Refusal);
        Assert.True((await SignUpAsync("Bob", code)).IsGood);
    }

    [Fact]
    public async Task Used_by_many_at_once_it_makes_one_admin()
    {
        var code = await CodeAsync();
        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => SignUpAsync($"user {i}", code)));
        Assert.Single(all, r => r.IsGood);
        Assert.Equal(15, all.Count(r => r.Refusal == SignInRefusal.BadSetupCode));
    }

    [Fact]
    public async Task A_new_code_replaces_the_old_and_there_is_none_once_there_is_an_admin()
    {
        var old = await CodeAsync();
        var code = await CodeAsync();
        Assert.NotEqual(old, code);
        Assert.Equal(SignInRefusal.BadSetupCode, (await SignUpAsync("Ada", old)).Refusal);
        Assert.True((await SignUpAsync("Ada", code)).IsGood);
        Assert.Null(await _exchange.Auth.SetupLink.CreateAsync());
    }

    [Fact]
    public async Task A_code_is_worth_nothing_once_someone_became_an_admin_by_other_means()
    {
        var code = await CodeAsync();
        await SignUpAsync("Ada", null);
        _exchange.Credentials.Replace(_exchange.Credentials.Only() with { IsAdmin = true });
        Assert.Equal(SignInRefusal.BadSetupCode, (await SignUpAsync("Bob", code)).Refusal);
    }

    private async Task<string> CodeAsync() => (await _exchange.Auth.SetupLink.CreateAsync())!;

    private Task<SignInResult> SignUpAsync(string name, string? code) =>
        _exchange.SignIn.SignUpAsync(name, Password, code, null, null).AsTask();
}
