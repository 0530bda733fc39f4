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
    public async Task A_name_that_looks_like_anothers_is_taken_and_one_that_spoils_a_sign_up_is_free_again()
    {
        await SignUpAsync("Bocc");
        var alike = await SignUpAsync("ВОСС");
        Assert.Equal(SignInRefusal.NameTaken, alike.Refusal);
        Assert.Contains("looks like one", alike.Sentence, StringComparison.Ordinal);
        Assert.Equal(SignInRefusal.WrongPassword, (await SignInAsync("ВОСС")).Refusal);

        // From another process's time, before look-alikes were refused: both sign in, and a third is refused.
        _exchange.Credentials.Replace(_exchange.Credentials.Only() with { Id = 2, Name = "ВОСС", NormalizedName = "ВОСС" });
        _exchange.Restart();
        Assert.True((await SignInAsync("Bocc")).IsGood);
        Assert.True((await SignInAsync("восс")).IsGood);
        Assert.Equal(SignInRefusal.NameTaken, (await SignUpAsync("bOcc")).Refusal);
    }

    [Fact]
    public async Task Who_holds_the_setup_link_alone_may_be_called_Admin()
    {
        var refused = await SignUpAsync("Admin");
        Assert.Equal(SignInRefusal.BadField, refused.Refusal);
        Assert.Contains("Say who you are", refused.Sentence, StringComparison.Ordinal);
        var code = await _exchange.Auth.SetupLink.CreateAsync();
        Assert.True((await _exchange.SignIn.SignUpAsync("Admin", Password, code, null, Home)).IsGood);
    }

    [Theory]
    [InlineData("password", "most common passwords")]
    [InlineData("PassWord", "most common passwords")]
    [InlineData("ｐａｓｓｗｏｒｄ", "most common passwords")]
    [InlineData("12345678", "most common passwords")]
    [InlineData("iloveyou", "most common passwords")]
    [InlineData("zzzzzzzzzzzz", "most common passwords")]
    [InlineData("34567890", null)]
    [InlineData("3456789:;<=", "most common passwords")]
    [InlineData("ponmlkjihg", "most common passwords")]
    [InlineData("adalovelace", "like the name.")]
    [InlineData("Ada-Lovelace-2026!", "like the name.")]
    [InlineData("letmein123", "most common passwords")]
    [InlineData("Administrator", "most common passwords")]
    [InlineData("exchange", "like the name of this program")]
    [InlineData("Exchange2026", "like the name of this program")]
    [InlineData("exchange-demo", null)]
    [InlineData("lovelace and her engine", null)]
    [InlineData("xk2-vbn1", null)]
    public async Task A_password_that_is_tried_first_is_refused(string password, string? says)
    {
        var result = await SignUpAsync("Ada Lovelace", password);
        if (says is null)
            Assert.True(result.IsGood, result.Sentence);
        else
            Assert.Contains(says, result.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_common_password_from_before_still_signs_in()
    {
        await SignUpAsync("Ada");
        var hash = new Microsoft.AspNetCore.Identity.PasswordHasher<object>().HashPassword(this, "password");
        _exchange.Credentials.Replace(_exchange.Credentials.Only() with { PasswordHash = hash });
        Assert.True((await SignInAsync("Ada", "password")).IsGood);
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
            _exchange.Options with { PasswordIterations = 3_000, SignInsPerNamePerMinute = 1_000_000, SignInsPerAddressPerMinute = 1_000_000 },
            _exchange.DataDirectory, _exchange.Credentials, _exchange.Time, _exchange.Log);
        await slow.BuiltIn!.SignUpAsync("Ada", Password, null, null, Home);

        double wrong = double.MaxValue, unknown = double.MaxValue;
        for (var i = 0; i < 40 || (i < 2_000 && unknown / wrong is < 0.5 or > 2); i++)
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
        Assert.True((await SignUpAsync("Ada", "8 letter")).IsGood);
        Assert.True((await SignUpAsync("Bob", string.Concat(Enumerable.Repeat("long", 32)))).IsGood);
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
}
