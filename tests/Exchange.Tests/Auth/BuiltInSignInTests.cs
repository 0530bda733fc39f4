using System.Diagnostics;
using System.Net;
using Exchange.Auth;

namespace Exchange.Tests.Auth;

public sealed class BuiltInSignInTests : IDisposable
{
    private const string Password = "correct horse battery";
    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.1");

    private readonly AuthUnderTest _exchange = new();

    public void Dispose() => _exchange.Dispose();

    [Fact]
    public async Task Who_signed_up_can_sign_in_and_the_token_says_who_it_is()
    {
        var up = await SignUpAsync("Ada");
        var inn = await SignInAsync("aDA");

        foreach (var signedIn in new[] { up.SignedIn!, inn.SignedIn! })
        {
            var who = (await ValidateAsync(signedIn)).Principal!;
            Assert.Equal(new Principal("exchange", "1", "Ada", null, false, signedIn.ExpiresAt), who);
            Assert.Equal(_exchange.Time.GetUtcNow().AddDays(7), signedIn.ExpiresAt);
        }
    }

    [Fact]
    public async Task Two_spellings_are_one_user()
    {
        await SignUpAsync("José");
        Assert.True((await SignInAsync("JOSE\u0301")).IsGood);
        Assert.Equal(SignInRefusal.NameTaken, (await SignUpAsync("jose\u0301")).Refusal);
        Assert.Equal("José", _exchange.Credentials.Only().Name);
    }

    [Fact]
    public async Task A_password_is_the_same_however_its_accents_are_typed()
    {
        await SignUpAsync("Ada", "p\u00e4ssw\u00f6rter");
        Assert.True((await SignInAsync("Ada", "pa\u0308sswo\u0308rter")).IsGood);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_are_refused_alike()
    {
        await SignUpAsync("Ada");
        var wrong = await SignInAsync("Ada", Password + "!");
        var unknown = await SignInAsync("Bob");
        Assert.Equal(SignInRefusal.WrongPassword, wrong.Refusal);
        Assert.Equal(wrong, unknown);
        Assert.Equal(wrong, await SignInAsync("Ada", "short"));
        Assert.Equal(wrong, await SignInAsync("Ada", Password.ToUpperInvariant()));
    }

    [Fact]
    public async Task An_unknown_name_takes_as_long_as_a_wrong_password()
    {
        // Rounds enough to measure and few enough for one turn on a busy core; the best of many tries, taken in turn.
        using var slow = ExchangeAuth.Create(
            _exchange.Options with { PasswordIterations = 3_000, SignInsPerNamePerMinute = 100, SignInsPerAddressPerMinute = 100 },
            _exchange.DataDirectory, _exchange.Credentials, _exchange.Time, _exchange.Log);
        await slow.BuiltIn!.SignUpAsync("Ada", Password, null, null, Home);

        double wrong = double.MaxValue, unknown = double.MaxValue;
        for (var i = 0; i < 40; i++)
        {
            wrong = Math.Min(wrong, await MillisecondsAsync("Ada"));
            unknown = Math.Min(unknown, await MillisecondsAsync("Bob"));
        }

        Assert.InRange(unknown / wrong, 0.5, 2);

        async Task<double> MillisecondsAsync(string name)
        {
            var began = Stopwatch.GetTimestamp();
            var result = await slow.BuiltIn!.SignInAsync(name, "wrong password", null);
            Assert.Equal(SignInRefusal.WrongPassword, result.Refusal);
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
    }

    [Theory]
    [InlineData("", Password, "name must have 1 to 40")]
    [InlineData(" Ada", Password, "name must not begin or end")]
    [InlineData("A\u202eda", Password, "name must not contain")]
    [InlineData("Ada", "seven77", "password must have 8 to 128")]
    [InlineData("Ada", "", "password must have 8 to 128")]
    public async Task A_field_that_will_not_do_is_named(string name, string password, string says)
    {
        var result = await SignUpAsync(name, password);
        Assert.Equal(SignInRefusal.BadField, result.Refusal);
        Assert.StartsWith(says, result.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passwords_of_8_and_128_characters_are_allowed_and_129_are_not()
    {
        Assert.True((await SignUpAsync("Ada", "12345678")).IsGood);
        Assert.True((await SignUpAsync("Bob", new string('b', 128))).IsGood);
        Assert.Equal(SignInRefusal.BadField, (await SignUpAsync("Cyd", new string('c', 129))).Refusal);
    }

    [Fact]
    public async Task The_password_is_kept_as_a_salted_hash_of_many_rounds()
    {
        using var real = ExchangeAuth.Create(new AuthOptions(), _exchange.DataDirectory, _exchange.Credentials, _exchange.Time, _exchange.Log);
        await real.BuiltIn!.SignUpAsync("Ada", Password, null, null, Home);

        // Format 1, HMAC-SHA512 (2), 210,000 rounds, 16 bytes of salt.
        var hash = Convert.FromBase64String(_exchange.Credentials.Only().PasswordHash);
        Assert.Equal("01" + "00000002" + "00033450" + "00000010", Convert.ToHexString(hash.AsSpan(0, 13)));
        Assert.True((await real.BuiltIn!.SignInAsync("Ada", Password, Home)).IsGood);
    }

    [Fact]
    public async Task The_eleventh_try_for_a_name_from_an_address_is_too_often_and_locks_nobody_else_out()
    {
        await SignUpAsync("Ada");
        for (var i = 0; i < 10; i++)
            Assert.Equal(SignInRefusal.WrongPassword, (await _exchange.SignIn.SignInAsync("Ada", "wrong password", Address(1))).Refusal);

        var result = await _exchange.SignIn.SignInAsync("ADA", Password, Address(1));

        Assert.Equal(SignInRefusal.TooOften, result.Refusal);
        Assert.InRange(result.RetryAfter!.Value.TotalSeconds, 1, 6);
        Assert.Equal($"Too many attempts. Try again in {Seconds(result)}.", result.Sentence);
        Assert.Equal(SignInRefusal.WrongPassword, (await _exchange.SignIn.SignInAsync("Bob", Password, Address(1))).Refusal);
        Assert.True((await _exchange.SignIn.SignInAsync("Ada", Password, Address(2))).IsGood);
    }

    [Fact]
    public async Task The_sixty_first_try_from_an_address_is_too_often_whatever_the_name()
    {
        for (var i = 0; i < 60; i++)
            Assert.Equal(SignInRefusal.WrongPassword, (await _exchange.SignIn.SignInAsync($"user {i}", Password, Home)).Refusal);

        Assert.Equal(SignInRefusal.TooOften, (await _exchange.SignIn.SignInAsync("another", Password, Home)).Refusal);
        Assert.Equal(SignInRefusal.TooOften, (await _exchange.SignIn.SignUpAsync("another", Password, null, null, Home)).Refusal);
        Assert.Equal(SignInRefusal.TooOften, (await _exchange.SignIn.SignUpAsync("another", Password, null, null, Home.MapToIPv6())).Refusal);
        Assert.True((await _exchange.SignIn.SignUpAsync("another", Password, null, null, Address(1))).IsGood);
    }

    [Fact]
    public async Task A_network_of_IPv6_addresses_counts_as_one()
    {
        for (var i = 0; i < 60; i++)
            await _exchange.SignIn.SignInAsync($"user {i}", Password, IPAddress.Parse($"2001:db8:0:1::{i + 1:x}"));
        Assert.Equal(SignInRefusal.TooOften, (await _exchange.SignIn.SignInAsync("x", Password, IPAddress.Parse("2001:db8:0:1:ffff::1"))).Refusal);
        Assert.Equal(SignInRefusal.WrongPassword, (await _exchange.SignIn.SignInAsync("x", Password, IPAddress.Parse("2001:db8:0:2::1"))).Refusal);
    }

    [Fact]
    public async Task A_refusal_passes_with_time()
    {
        using var quick = ExchangeAuth.Create(
            _exchange.Options with { SignInsPerNamePerMinute = 60_000 / 200, SignInsPerAddressPerMinute = 1_000_000 }, _exchange.DataDirectory, _exchange.Credentials, _exchange.Time, _exchange.Log);
        SignInResult result;
        var tries = 0;
        do
            result = await quick.BuiltIn!.SignInAsync("Ada", Password, Home);
        while (result.Refusal != SignInRefusal.TooOften && ++tries < 10_000);
        Assert.InRange(tries, 300, 9_999);
        await Task.Delay(result.RetryAfter!.Value);
        Assert.Equal(SignInRefusal.WrongPassword, (await quick.BuiltIn!.SignInAsync("Ada", Password, Home)).Refusal);
    }

    [Fact]
    public async Task A_class_waits_in_line_and_who_finds_it_full_is_told_so_at_once()
    {
        using var busy = ExchangeAuth.Create(
            _exchange.Options with { PasswordIterations = 100_000, PasswordQueueLimit = 4 },
            _exchange.DataDirectory, _exchange.Credentials, _exchange.Time, _exchange.Log);

        var all = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(i => busy.BuiltIn!.SignUpAsync($"user {i}", Password, null, null, Address(i)).AsTask()));

        Assert.Equal(5, all.Count(r => r.IsGood));
        Assert.All(all.Where(r => !r.IsGood), r => Assert.Equal(SignInRefusal.Busy, r.Refusal));
        Assert.All(all.Where(r => !r.IsGood), r => Assert.Equal(TimeSpan.FromSeconds(5), r.RetryAfter));
        // And the line is free again.
        Assert.True((await busy.BuiltIn!.SignInAsync("user 0", Password, Home)).IsGood);
    }

    [Fact]
    public async Task One_name_signed_up_twice_at_once_is_one_user()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(i => _exchange.SignIn.SignUpAsync(i % 2 == 0 ? "Ada" : "ADA", Password, null, null, Address(i)).AsTask()));
        Assert.Single(all, r => r.IsGood);
        Assert.Equal(7, all.Count(r => r.Refusal == SignInRefusal.NameTaken));
    }

    [Fact]
    public async Task A_token_runs_out()
    {
        var signedIn = (await SignUpAsync("Ada")).SignedIn!;
        _exchange.Time.Advance(TimeSpan.FromDays(7));
        Assert.True((await ValidateAsync(signedIn)).IsValid);
        _exchange.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(TokenRefusal.Expired, (await ValidateAsync(signedIn)).Refusal);
    }

    [Fact]
    public async Task Admin_and_name_are_the_stores_at_this_moment_and_a_deleted_user_is_nobody()
    {
        var signedIn = (await SignUpAsync("Ada")).SignedIn!;
        _exchange.Credentials.Replace(_exchange.Credentials.Only() with { IsAdmin = true, Name = "Ada L." });
        var who = (await ValidateAsync(signedIn)).Principal!;
        Assert.True(who.ServerAdmin);
        Assert.Equal("Ada L.", who.Name);

        _exchange.Credentials.Clear();
        Assert.Equal(TokenRefusal.Invalid, (await ValidateAsync(signedIn)).Refusal);
    }

    [Fact]
    public async Task A_token_outlives_a_restart_and_opens_no_other_exchange()
    {
        var signedIn = (await SignUpAsync("Ada")).SignedIn!;
        _exchange.Restart();
        Assert.True((await ValidateAsync(signedIn)).IsValid);

        using var other = new AuthUnderTest();
        await other.SignIn.SignUpAsync("Ada", Password, null, null, Home);
        Assert.Equal(TokenRefusal.Invalid, (await other.Auth.Tokens.ValidateAsync(signedIn.Token, null, default)).Refusal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("RS256")]
    public async Task A_token_with_its_algorithm_changed_is_refused(string algorithm)
    {
        var parts = (await SignUpAsync("Ada")).SignedIn!.Token.Split('.');
        var header = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[0]));
        Assert.Contains("ES256", header, StringComparison.Ordinal);
        parts[0] = IssuerKey.Base64Url(System.Text.Encoding.UTF8.GetBytes(header.Replace("ES256", algorithm, StringComparison.Ordinal)));
        Assert.False((await _exchange.Auth.Tokens.ValidateAsync(string.Join('.', parts), null, default)).IsValid);
    }

    [Fact]
    public async Task Nothing_secret_is_logged()
    {
        var code = (await _exchange.Auth.SetupLink.CreateAsync())!;
        var signedIn = (await _exchange.SignIn.SignUpAsync("Ada", Password, code, null, Home)).SignedIn!;
        await SignInAsync("Ada");
        await SignInAsync("Ada", "wrong password");
        await SignInAsync("Ada", Password);
        await ValidateAsync(signedIn);
        await _exchange.Auth.Tokens.ValidateAsync(signedIn.Token[..^4] + "AAAA", null, default);

        // That an admin was made is logged, so the capture works.
        Assert.Contains("is an admin", _exchange.Log.Text, StringComparison.Ordinal);
        string[] secrets = [Password, "wrong password", code, _exchange.Credentials.Only().PasswordHash, .. signedIn.Token.Split('.')];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, _exchange.Log.Text, StringComparison.Ordinal));
        Assert.DoesNotContain(signedIn.Token, signedIn.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_exchange.Credentials.Only().PasswordHash, _exchange.Credentials.Only().ToString(), StringComparison.Ordinal);
    }

    private ValueTask<SignInResult> SignUpAsync(string name, string password = Password) =>
        _exchange.SignIn.SignUpAsync(name, password, null, null, Home);

    private ValueTask<SignInResult> SignInAsync(string name, string password = Password) =>
        _exchange.SignIn.SignInAsync(name, password, Home);

    private ValueTask<TokenResult> ValidateAsync(SignedIn signedIn) => _exchange.Auth.Tokens.ValidateAsync(signedIn.Token, null, default);

    private static IPAddress Address(int i) => new([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]);

    private static string Seconds(SignInResult result) =>
        result.RetryAfter!.Value.TotalSeconds == 1 ? "1 second" : $"{result.RetryAfter.Value.TotalSeconds} seconds";
}
