using System.Net;
using Exchange.Auth;

namespace Exchange.Tests.Auth;

/// <summary>Join codes, other passwords, and what ends a sign-in (trust.md, row 13).</summary>
public sealed class PasswordTests : IDisposable
{
    private const string Old = "correct horse", New = "battery staple";
    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.1");

    private readonly AuthUnderTest _exchange = new();

    private Administration Admin => _exchange.Auth.Administration;

    public void Dispose() => _exchange.Dispose();

    [Fact]
    public async Task With_a_join_code_only_who_has_it_signs_up()
    {
        var code = await Admin.NewJoinCodeAsync();
        Assert.Matches("^[A-Z2-9]{5}-[A-Z2-9]{5}$", code);
        foreach (var wrong in new[] { null, "", "AAAA-AAAA", code[..^1], code + "A", new string('A', 100_000) })
            Assert.Equal(SignInRefusal.BadJoinCode, (await SignUpAsync("Ann", joinCode: wrong)).Refusal);
        Assert.True((await SignUpAsync("Ann", joinCode: code)).IsGood);
        Assert.True((await SignUpAsync("Bob", joinCode: $" {code.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()} ")).IsGood);

        var next = await Admin.NewJoinCodeAsync();
        Assert.NotEqual(code, next);
        Assert.Equal(SignInRefusal.BadJoinCode, (await SignUpAsync("Cyd", joinCode: code)).Refusal);
        Assert.True((await SignInAsync("Ann", Old)).IsGood);
        await Admin.RemoveJoinCodeAsync();
        Assert.True((await SignUpAsync("Cyd")).IsGood);
    }

    [Fact]
    public async Task The_first_admin_needs_no_join_code()
    {
        await Admin.NewJoinCodeAsync();
        var setup = await _exchange.Auth.SetupLink.CreateAsync();
        Assert.True((await _exchange.SignIn.SignUpAsync("Ann", Old, setup, null, Home)).IsGood);
    }

    [Fact]
    public async Task Who_knows_the_present_password_changes_it_and_every_other_sign_in_ends()
    {
        var here = (await SignUpAsync("Ann")).SignedIn!;
        var elsewhere = (await SignInAsync("Ann", Old)).SignedIn!;
        var ann = await GoodAsync(here);

        Assert.Equal(SignInRefusal.WrongPassword, (await ChangeAsync(ann, "wrong horse", New)).Refusal);
        var shorter = await ChangeAsync(ann, Old, "short");
        Assert.Equal(SignInRefusal.BadField, shorter.Refusal);
        Assert.StartsWith("new_password must have 8", shorter.Sentence, StringComparison.Ordinal);
        Assert.StartsWith("new_password is one of the most common", (await ChangeAsync(ann, Old, "password")).Sentence, StringComparison.Ordinal);
        await GoodAsync(elsewhere);
        var goesOn = (await ChangeAsync(ann, Old, New)).SignedIn!;

        await GoodAsync(goesOn);
        await RefusedAsync(here);
        await RefusedAsync(elsewhere);
        Assert.Equal(SignInRefusal.WrongPassword, (await SignInAsync("Ann", Old)).Refusal);
        Assert.True((await SignInAsync("Ann", New)).IsGood);
    }

    [Fact]
    public async Task Guessing_the_present_password_is_limited_as_signing_in_is()
    {
        var ann = await GoodAsync((await SignUpAsync("Ann")).SignedIn!);
        // What others try for the name counts apart.
        for (var i = 0; i < 10; i++)
            await SignInAsync("Ann", "wrong horse");
        for (var i = 0; i < 10; i++)
            Assert.Equal(SignInRefusal.WrongPassword, (await ChangeAsync(ann, "wrong horse", New)).Refusal);
        Assert.Equal(SignInRefusal.TooOften, (await ChangeAsync(ann, Old, New)).Refusal);
    }

    [Fact]
    public async Task Signing_out_elsewhere_leaves_the_others_alone()
    {
        var ann = (await SignUpAsync("Ann")).SignedIn!;
        var bob = (await SignUpAsync("Bob")).SignedIn!;
        var goesOn = (await _exchange.SignIn.SignOutElsewhereAsync(await GoodAsync(ann))).SignedIn!;
        await RefusedAsync(ann);
        await GoodAsync(goesOn);
        await GoodAsync(bob);
    }

    [Fact]
    public async Task A_link_sets_a_password_once_and_for_a_day()
    {
        var before = (await SignUpAsync("Ann")).SignedIn!;
        Assert.Null(await Admin.MakeLinkAsync("Bob"));
        var replaced = (await Admin.MakeLinkAsync("ann"))!;
        var link = (await Admin.MakeLinkAsync("ANN"))!;
        Assert.Equal("Ann", link.Name);
        Assert.DoesNotContain(link.Code, link.ToString(), StringComparison.Ordinal);

        foreach (var wrong in new[] { "", "x", replaced.Code, link.Code + "A" })
            Assert.Equal(SignInRefusal.BadLink, (await ResetAsync(wrong)).Refusal);
        Assert.Equal(SignInRefusal.BadField, (await _exchange.SignIn.ResetPasswordAsync(link.Code, "short", Home)).Refusal);
        var after = (await ResetAsync(link.Code)).SignedIn!;
        Assert.Equal("Ann", after.Name);
        await GoodAsync(after);
        await RefusedAsync(before);
        Assert.Equal(SignInRefusal.BadLink, (await ResetAsync(link.Code)).Refusal);
        Assert.True((await SignInAsync("Ann", New)).IsGood);

        var late = (await Admin.MakeLinkAsync("Ann"))!;
        _exchange.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(SignInRefusal.BadLink, (await ResetAsync(late.Code)).Refusal);
    }

    [Fact]
    public async Task Two_at_once_can_not_both_use_a_link()
    {
        await SignUpAsync("Ann");
        var link = (await Admin.MakeLinkAsync("Ann"))!;
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ResetAsync(link.Code).AsTask()));
        Assert.Single(results, result => result.IsGood);
    }

    [Fact]
    public async Task Whoever_was_let_in_may_stay_until_something_is_taken_from_them()
    {
        async Task<Principal> InAsync() => await GoodAsync((await SignInAsync("Ann", Old)).SignedIn!);
        async Task<bool> StaysAsync(Principal who) => await _exchange.Auth.Tokens.IsStillGoodAsync(who);
        await SignUpAsync("Ann");
        var ann = await InAsync();
        Assert.True(await StaysAsync(ann));

        await Admin.SetAdminAsync("Ann", true);
        Assert.False(await StaysAsync(ann));
        var admin = await InAsync();
        Assert.True(admin.ServerAdmin);
        Assert.True(await StaysAsync(admin));
        await Admin.SetAdminAsync("Ann", false);
        Assert.False(await StaysAsync(admin));

        ann = await InAsync();
        var goesOn = await GoodAsync((await _exchange.SignIn.SignOutElsewhereAsync(ann)).SignedIn!);
        Assert.False(await StaysAsync(ann));
        Assert.True(await StaysAsync(goesOn));
        _exchange.Time.Advance(TimeSpan.FromDays(7));
        Assert.False(await StaysAsync(goesOn));

        ann = await InAsync();
        _exchange.Credentials.Clear();
        Assert.False(await StaysAsync(ann));
    }

    private ValueTask<SignInResult> SignUpAsync(string name, string? joinCode = null) =>
        _exchange.SignIn.SignUpAsync(name, Old, null, joinCode, Home);

    private ValueTask<SignInResult> SignInAsync(string name, string password) => _exchange.SignIn.SignInAsync(name, password, Home);

    private ValueTask<SignInResult> ChangeAsync(Principal user, string password, string newPassword) =>
        _exchange.SignIn.ChangePasswordAsync(user, password, newPassword, Home);

    private ValueTask<SignInResult> ResetAsync(string code) => _exchange.SignIn.ResetPasswordAsync(code, New, Home);

    private async Task<Principal> GoodAsync(SignedIn signedIn)
    {
        var result = await _exchange.Auth.Tokens.ValidateAsync(signedIn.Token);
        Assert.True(result.IsValid, result.Sentence);
        return result.Principal;
    }

    private async Task RefusedAsync(SignedIn signedIn) =>
        Assert.Equal(TokenRefusal.Invalid, (await _exchange.Auth.Tokens.ValidateAsync(signedIn.Token)).Refusal);
}
