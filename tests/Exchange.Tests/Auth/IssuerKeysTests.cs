using Exchange.Auth;

namespace Exchange.Tests.Auth;

/// <summary>trust.md, row 12: the issuer rotates its keys, is down, or is made the target of made-up key ids.</summary>
public sealed class IssuerKeysTests : OidcFixture
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Nothing_is_fetched_before_the_first_token()
    {
        Assert.Equal(0, Issuer.Fetches);
        await GoodAsync(Rsa.Sign(Claims()));
        await GoodAsync(Ec.Sign(Claims()));
        Assert.Equal(1, Issuer.Fetches);
    }

    [Fact]
    public async Task The_first_login_after_a_rotation_works()
    {
        await GoodAsync(Rsa.Sign(Claims()));
        var next = IssuerKey.Ec("ec-2");
        Issuer.Rotate(next);
        Exchange.Time.Advance(Interval);

        await GoodAsync(next.Sign(Claims()));

        // And the key that was taken away is no longer good.
        Assert.Equal(TokenRefusal.Invalid, (await RefusedAsync(Rsa.Sign(Claims()))).Refusal);
        Assert.Equal(2, Issuer.Fetches);
    }

    [Fact]
    public async Task Many_at_once_wait_for_one_fetch()
    {
        Issuer.Answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var token = Rsa.Sign(Claims());
        var logins = Enumerable.Range(0, 100).Select(_ => Exchange.Auth.Tokens.ValidateAsync(token, null, default).AsTask()).ToArray();
        using var gaveUp = new CancellationTokenSource();
        var impatient = Exchange.Auth.Tokens.ValidateAsync(token, null, gaveUp.Token).AsTask();
        await gaveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Issuer.Answer.SetResult();

        Assert.All(await Task.WhenAll(logins), result => Assert.True(result.IsValid));
        Assert.Equal(1, Issuer.Fetches);
    }

    [Fact]
    public async Task Ten_thousand_made_up_key_ids_cost_one_fetch_in_30_seconds()
    {
        await GoodAsync(Rsa.Sign(Claims()));
        var claims = Claims();
        async Task FloodAsync() => await Task.WhenAll(Enumerable.Range(0, 10_000).Select(async _ =>
        {
            var kid = Guid.NewGuid().ToString();
            var token = IssuerKey.Unsigned(With(Rsa.Header(), ("kid", kid)), claims) + ".AAAA";
            Assert.Equal(TokenRefusal.Invalid, (await Exchange.Auth.Tokens.ValidateAsync(token, null, default)).Refusal);
        }));

        await FloodAsync();
        Assert.Equal(1, Issuer.Fetches);
        Exchange.Time.Advance(Interval);
        await FloodAsync();
        Assert.Equal(2, Issuer.Fetches);
        Exchange.Time.Advance(Interval - TimeSpan.FromSeconds(1));
        await FloodAsync();
        Assert.Equal(2, Issuer.Fetches);
        await GoodAsync(Rsa.Sign(Claims()));
    }

    [Fact]
    public async Task An_issuer_that_was_never_reached_is_not_hammered_and_found_when_it_is_back()
    {
        Issuer.Down = true;
        for (var i = 0; i < 100; i++)
        {
            var result = await RefusedAsync(Rsa.Sign(Claims()));
            Assert.Equal(TokenRefusal.IssuerUnreachable, result.Refusal);
            Assert.Contains("half a minute", result.Sentence, StringComparison.Ordinal);
        }
        Assert.Equal(1, Issuer.Fetches);

        Issuer.Down = false;
        Exchange.Time.Advance(Interval);
        await GoodAsync(Rsa.Sign(Claims()));
    }

    [Fact]
    public async Task Known_keys_go_on_while_the_issuer_is_down()
    {
        await GoodAsync(Rsa.Sign(Claims()));
        Issuer.Down = true;
        Exchange.Time.Advance(TimeSpan.FromHours(2));
        await GoodAsync(Rsa.Sign(Claims()));
        Exchange.Time.Advance(TimeSpan.FromDays(2));
        await GoodAsync(Rsa.Sign(Claims()));
    }

    [Fact]
    public async Task Known_keys_go_on_across_a_restart_with_the_issuer_gone()
    {
        await GoodAsync(Rsa.Sign(Claims()));
        var token = Rsa.Sign(Claims());
        await WaitForFileAsync();
        await Issuer.DisposeAsync();

        Exchange.Restart();

        await GoodAsync(token);
        Exchange.Time.Advance(Exchange.Options.KeysTrustedFor);
        var late = Rsa.Sign(With(Claims(), ("iss", Exchange.Options.Authority)));
        Assert.Equal(TokenRefusal.IssuerUnreachable, (await RefusedAsync(late)).Refusal);
    }

    [Fact]
    public async Task Keys_fetched_while_the_clock_was_ahead_are_not_trusted_for_longer()
    {
        Exchange.Time.SetWrongBy(Exchange.Options.KeysTrustedFor + TimeSpan.FromDays(1));
        await GoodAsync(Rsa.Sign(Claims()));
        await WaitForFileAsync();
        Issuer.Down = true;
        Exchange.Time.SetWrongBy(TimeSpan.Zero);
        Exchange.Time.Advance(Interval);
        Exchange.Restart();
        var late = Rsa.Sign(With(Claims(), ("iss", Exchange.Options.Authority)));
        Assert.False((await Exchange.Auth.Tokens.ValidateAsync(late, null, default)).IsValid);
        Issuer.Down = false;
        Exchange.Time.Advance(Interval);
        await GoodAsync(Rsa.Sign(Claims()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"authority":1}""")]
    [InlineData("""{"authority":"URL","issuer":"URL","fetched_at_ms":1,"jwks":"no"}""")]
    [InlineData("""{"authority":"URL","issuer":"URL","fetched_at_ms":9000000000000000000,"jwks":"{\"keys\":[]}"}""")]
    [InlineData("""{"authority":"URL","issuer":"URL","fetched_at_ms":1767600000000,"jwks":"{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"rsa-1\"}]}"}""")]
    public async Task A_spoilt_file_of_keys_is_passed_over(string content)
    {
        var spoilt = content.Replace("URL", Issuer.Url, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(Exchange.DataDirectory, "issuer-keys.json"), spoilt);
        await GoodAsync(Rsa.Sign(Claims()));
    }

    [Fact]
    public async Task Keys_kept_for_another_issuer_are_not_used()
    {
        await GoodAsync(Rsa.Sign(Claims()));
        await WaitForFileAsync();
        await using var other = await LoopbackIssuer.StartAsync(IssuerKey.Ec("ec-9"));
        var options = Exchange.Options with { Authority = other.Url };
        using var auth = ExchangeAuth.Create(options, Exchange.DataDirectory, Exchange.Credentials, Exchange.Time, Exchange.Log);

        Assert.False((await auth.Tokens.ValidateAsync(Rsa.Sign(Claims()), null, default)).IsValid);
        Assert.False((await auth.Tokens.ValidateAsync(Rsa.Sign(With(Claims(), ("iss", other.Url))), null, default)).IsValid);
    }

    [Fact]
    public async Task Keys_grown_old_are_fetched_again_without_making_anyone_wait()
    {
        await GoodAsync(Rsa.Sign(Claims()));
        Issuer.Rotate(Ec);
        Exchange.Time.Advance(TimeSpan.FromMinutes(61));

        await GoodAsync(Rsa.Sign(Claims()));

        await Patience.UntilAsync(
            async () => !(await Exchange.Auth.Tokens.ValidateAsync(Rsa.Sign(Claims()), null, default)).IsValid, "the withdrawn key trusted no more");
        Assert.Equal(2, Issuer.Fetches);
    }

    [Theory]
    [InlineData("https://evil.test", null)]
    [InlineData(null, "ftp://127.0.0.1/jwks")]
    [InlineData(null, "http://keys.test/jwks")]
    [InlineData(null, "/jwks")]
    public async Task A_discovery_document_that_points_elsewhere_is_not_believed(string? issuer, string? keysAt)
    {
        Issuer.NamesItself = issuer;
        Issuer.KeysAt = keysAt;
        Assert.Equal(TokenRefusal.IssuerUnreachable, (await RefusedAsync(Rsa.Sign(Claims()))).Refusal);
        // Refused for what it says, before anything is asked for there.
        Assert.Contains("its discovery document", Exchange.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://school.kinde.com", "aud", "id", "https")]
    [InlineData("school.kinde.com", "aud", "id", "https")]
    [InlineData("https://school.kinde.com", null, "id", "Audience")]
    [InlineData("https://school.kinde.com", "aud", "", "ClientId")]
    public void A_wrong_setting_stops_the_start(string authority, string? audience, string? clientId, string says)
    {
        var options = new AuthOptions { Authority = authority, Audience = audience, ClientId = clientId };
        var e = Assert.Throws<ArgumentException>(() =>
            ExchangeAuth.Create(options, Exchange.DataDirectory, Exchange.Credentials, Exchange.Time, Exchange.Log));
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
    }

    /// <summary>The fetch hands out keys before it has written them.</summary>
    private async Task WaitForFileAsync()
    {
        var path = Path.Combine(Exchange.DataDirectory, "issuer-keys.json");
        await Patience.UntilAsync(() => File.Exists(path), $"{path} is there");
    }
}
