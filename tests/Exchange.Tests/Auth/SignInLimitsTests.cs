using System.Net;
using Exchange.Auth;

namespace Exchange.Tests.Auth;

/// <summary>Guessing is slow, and whoever guesses locks nobody out who has signed in before.</summary>
public sealed class SignInLimitsTests : IDisposable
{
    private const string Password = "correct horse battery";
    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.1"), School = IPAddress.Parse("192.0.2.2"), Cafe = IPAddress.Parse("192.0.2.3");

    private readonly AuthUnderTest _exchange = new();

    public void Dispose() => _exchange.Dispose();

    [Fact]
    public async Task The_eleventh_wrong_password_for_a_name_from_an_address_is_too_often_and_passes_with_time()
    {
        await SignUpAsync("Ada", Home);
        for (var i = 0; i < 10; i++)
            Assert.Equal(SignInRefusal.WrongPassword, (await GuessAsync("Ada", School)).Refusal);

        var result = await GuessAsync("ADA", School);

        Assert.Equal(SignInRefusal.TooOften, result.Refusal);
        Assert.Equal(TimeSpan.FromSeconds(6), result.RetryAfter);
        Assert.Equal("There were too many attempts. Try again in 6 seconds.", result.Sentence);
        Assert.Equal(SignInRefusal.WrongPassword, (await GuessAsync("Bob", School)).Refusal);
        Assert.True((await SignInAsync("Ada", Cafe)).IsGood);
        _exchange.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(SignInRefusal.WrongPassword, (await GuessAsync("Ada", School)).Refusal);
        Assert.Equal(SignInRefusal.TooOften, (await GuessAsync("Ada", School)).Refusal);
    }

    [Fact]
    public async Task A_right_password_gets_through_though_a_neighbour_used_up_the_wrong_ones_in_a_browser_that_is_known()
    {
        var before = await SignUpAsync("Ada", School);
        var others = await SignUpAsync("Bob", School);
        for (var i = 0; i < 10; i++)
            await GuessAsync("Ada", School);

        Assert.Equal(SignInRefusal.TooOften, (await SignInAsync("Ada", School)).Refusal);
        Assert.Equal(SignInRefusal.TooOften, (await SignInAsync("Ada", School, others.Browser)).Refusal);
        Assert.Equal(SignInRefusal.TooOften, (await SignInAsync("Ada", School, before.Browser![..^2] + "AA")).Refusal);
        Assert.True((await SignInAsync("Ada", School, before.Browser)).IsGood);
    }

    [Fact]
    public async Task A_known_browser_has_as_many_wrong_ones_as_any_other_and_no_more_for_signing_in_again()
    {
        var browser = (await SignUpAsync("Ada", School)).Browser;
        for (var i = 0; i < 9; i++)
        {
            Assert.Equal(SignInRefusal.WrongPassword, (await GuessAsync("Ada", School, browser)).Refusal);
            browser = i == 4 ? (await SignInAsync("Ada", School, browser)).Browser : browser;
        }
        Assert.Equal(SignInRefusal.WrongPassword, (await GuessAsync("Ada", Cafe, browser)).Refusal);
        Assert.Equal(SignInRefusal.TooOften, (await GuessAsync("Ada", School, browser)).Refusal);
        Assert.Equal(SignInRefusal.WrongPassword, (await GuessAsync("Ada", School)).Refusal);
    }

    [Fact]
    public async Task A_browser_is_known_for_half_a_year_after_a_restart_too()
    {
        var browser = (await SignUpAsync("Ada", Home)).Browser;
        async Task<bool> IsKnownAsync()
        {
            _exchange.Restart();
            for (var i = 0; i < 10; i++)
                await GuessAsync("Ada", School);
            return (await SignInAsync("Ada", School, browser)).IsGood;
        }
        Assert.True(await IsKnownAsync());
        _exchange.Time.Advance(TimeSpan.FromDays(179));
        Assert.True(await IsKnownAsync());
        _exchange.Time.Advance(TimeSpan.FromDays(1));
        Assert.False(await IsKnownAsync());
    }

    [Fact]
    public async Task A_browser_keeps_the_last_eight_who_used_it()
    {
        string? browser = null;
        for (var i = 0; i < 9; i++)
            browser = (await _exchange.SignIn.SignUpAsync($"Pupil {i}", Password, null, null, School, browser)).Browser;
        for (var i = 0; i < 9; i++)
        {
            for (var wrong = 0; wrong < 10; wrong++)
                await GuessAsync($"Pupil {i}", School);
            Assert.Equal(i > 0, (await SignInAsync($"Pupil {i}", School, browser)).IsGood);
        }
        Assert.InRange(browser!.Length, 1, 700);
        Assert.Equal(SignInRefusal.TooOften, (await SignInAsync("Pupil 1", School, new string('A', 100_000))).Refusal);
    }

    [Fact]
    public async Task Who_guesses_at_everyone_locks_out_nobody_who_has_signed_in_from_there()
    {
        await SignUpAsync("Ada", School);
        await SignUpAsync("Bob", Home);
        Assert.True((await SignInAsync("Ada", School)).IsGood);
        for (var i = 0; i < 60; i++)
            Assert.Equal(SignInRefusal.WrongPassword, (await GuessAsync($"user {i}", School)).Refusal);

        Assert.Equal(SignInRefusal.TooOften, (await GuessAsync("another", School)).Refusal);
        Assert.Equal(SignInRefusal.TooOften, (await GuessAsync("another", School.MapToIPv6())).Refusal);
        // A stranger there waits; who is known, or comes from elsewhere, does not. Nor do those who sign up.
        Assert.Equal(SignInRefusal.TooOften, (await SignInAsync("Bob", School)).Refusal);
        Assert.True((await SignInAsync("Ada", School)).IsGood);
        Assert.True((await SignInAsync("Bob", Home)).IsGood);
        Assert.True((await SignUpAsync("another", School)).IsGood);
        _exchange.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await SignInAsync("Bob", School)).IsGood);
    }

    [Fact]
    public async Task Right_passwords_are_counted_apart_and_ten_a_minute_are_enough_for_one_name()
    {
        await SignUpAsync("Ada", Home);
        for (var i = 0; i < 10; i++)
            Assert.True((await SignInAsync("Ada", Home)).IsGood);
        Assert.Equal(SignInRefusal.TooOften, (await SignInAsync("Ada", Home)).Refusal);
        Assert.True((await SignInAsync("Ada", School)).IsGood);
        _exchange.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.True((await SignInAsync("Ada", Home)).IsGood);
    }

    [Fact]
    public async Task A_hundred_wrong_ones_in_a_row_make_strangers_wait_longer_and_longer_wherever_they_come_from()
    {
        var known = await SignUpAsync("Ada", Home);
        await SignInAsync("Ada", Home);
        for (var i = 0; i < 100; i++)
            Assert.Equal(SignInRefusal.WrongPassword, (await GuessAsync("Ada", Address(i / 10))).Refusal);
        foreach (var seconds in (int[])[30, 60, 120])
        {
            var refused = await GuessAsync("Ada", Address(1_000));
            Assert.Equal(TimeSpan.FromSeconds(seconds), refused.RetryAfter);
            _exchange.Time.Advance(TimeSpan.FromSeconds(seconds));
            Assert.Equal(SignInRefusal.WrongPassword, (await GuessAsync("Ada", Address(1_000))).Refusal);
        }
        for (var i = 0; i < 10; i++)
        {
            _exchange.Time.Advance(TimeSpan.FromHours(1));
            Assert.Equal(SignInRefusal.WrongPassword, (await GuessAsync("Ada", Address(1_000))).Refusal);
        }
        Assert.Equal(TimeSpan.FromHours(1), (await GuessAsync("Ada", Address(1_000))).RetryAfter);
        // Her address knows her, and her browser does wherever it is; then all is forgotten.
        Assert.True((await SignInAsync("Ada", Cafe, known.Browser)).IsGood);
        Assert.True((await SignInAsync("Ada", Home)).IsGood);
        Assert.Equal(SignInRefusal.WrongPassword, (await GuessAsync("Ada", Address(1_000))).Refusal);
    }

    [Fact]
    public async Task A_network_of_IPv6_addresses_counts_as_one()
    {
        for (var i = 0; i < 60; i++)
            await GuessAsync($"user {i}", IPAddress.Parse($"2001:db8:0:1::{i + 1:x}"));
        Assert.Equal(SignInRefusal.TooOften, (await GuessAsync("x", IPAddress.Parse("2001:db8:0:1:ffff::1"))).Refusal);
        Assert.Equal(SignInRefusal.WrongPassword, (await GuessAsync("x", IPAddress.Parse("2001:db8:0:2::1"))).Refusal);
    }

    [Fact]
    public async Task Many_guesses_at_once_are_no_more_than_one_after_the_other()
    {
        await SignUpAsync("Ada", Home);
        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => GuessAsync("Ada", School).AsTask()));
        Assert.Equal(10, all.Count(r => r.Refusal == SignInRefusal.WrongPassword));
        Assert.Equal(40, all.Count(r => r.Refusal == SignInRefusal.TooOften));
    }

    [Fact]
    public async Task A_class_behind_one_address_signs_up_at_once_with_the_join_code_and_in_at_once()
    {
        var code = await _exchange.Auth.Administration.NewJoinCodeAsync();
        var up = await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            _exchange.SignIn.SignUpAsync($"Pupil {i}", Password, null, code, School).AsTask()));
        Assert.All(up, result => Assert.True(result.IsGood, result.Sentence));
        var inn = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => SignInAsync($"Pupil {i}", School).AsTask()));
        Assert.All(inn, result => Assert.True(result.IsGood, result.Sentence));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_class_signs_up_at_once_with_the_code_of_its_room(bool exchangeNeedsOne)
    {
        if (exchangeNeedsOne)
            await _exchange.Auth.Administration.NewJoinCodeAsync();
        _exchange.Credentials.RoomJoinCodes["class-7"] = "K7MP2XQ9RT";
        var up = await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            _exchange.SignIn.SignUpAsync($"Pupil {i}", Password, null, "k7mp2-xq9rt", School, room: " Class-7 ").AsTask()));
        Assert.All(up, result => Assert.True(result.IsGood, result.Sentence));
    }

    [Fact]
    public async Task A_rooms_code_is_good_for_that_room_only_and_guesses_are_counted()
    {
        await _exchange.Auth.Administration.NewJoinCodeAsync();
        _exchange.Credentials.RoomJoinCodes["class-7"] = "SHORT7";
        Assert.Equal(SignInRefusal.BadJoinCode, (await JoinAsync("SHORT7", room: null)).Refusal);
        Assert.Equal(SignInRefusal.BadJoinCode, (await JoinAsync("SHORT7", room: "class-8")).Refusal);
        Assert.Equal(SignInRefusal.BadJoinCode, (await JoinAsync("", room: "class-7")).Refusal);
        // However the room is spelled, it is one room's guesses; and a code that could be guessed waits for them, too.
        for (var i = 0; i < 59; i++)
            Assert.Equal(SignInRefusal.BadJoinCode, (await JoinAsync($"WR{i:0000}", room: i % 2 == 0 ? "class-7" : "CLASS-7")).Refusal);
        Assert.Equal(SignInRefusal.TooOften, (await JoinAsync("SHORT7", room: "class-7")).Refusal);
        _exchange.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.True((await JoinAsync("SHORT7", room: "class-7")).IsGood);

        ValueTask<SignInResult> JoinAsync(string typed, string? room) => _exchange.SignIn.SignUpAsync("Ada", Password, null, typed, School, room: room);
    }

    [Fact]
    public async Task Without_a_join_code_sixty_sign_up_from_an_address_and_then_one_a_second()
    {
        for (var i = 0; i < 60; i++)
            Assert.True((await SignUpAsync($"Pupil {i}", School)).IsGood);
        Assert.Equal(TimeSpan.FromSeconds(1), (await SignUpAsync("Pupil 60", School)).RetryAfter);
        Assert.True((await SignInAsync("Pupil 0", School)).IsGood);
        Assert.True((await SignUpAsync("Pupil 60", Home)).IsGood);
        _exchange.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await SignUpAsync("Pupil 61", School)).IsGood);
    }

    [Fact]
    public async Task Wrong_join_codes_slow_down_and_a_right_one_lets_in_while_others_guess()
    {
        var code = await _exchange.Auth.Administration.NewJoinCodeAsync();
        for (var i = 0; i < 61; i++)
            Assert.Equal(SignInRefusal.BadJoinCode, (await JoinAsync($"WRONG-{i:0000}")).Refusal);
        var refused = await JoinAsync("WRONG-9999");
        Assert.Equal((SignInRefusal.TooOften, "There were too many wrong codes. Try again in 1 second."), (refused.Refusal, refused.Sentence));
        // Who left it out has guessed nothing.
        Assert.Equal(SignInRefusal.BadJoinCode, (await JoinAsync(null)).Refusal);
        Assert.True((await JoinAsync(code)).IsGood);
        Assert.Equal(SignInRefusal.TooOften, (await JoinAsync("WRONG-9999")).Refusal);
        _exchange.Time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(SignInRefusal.BadJoinCode, (await JoinAsync("WRONG-9999")).Refusal);

        ValueTask<SignInResult> JoinAsync(string? typed) => _exchange.SignIn.SignUpAsync("Ada", Password, null, typed, School);
    }

    [Fact]
    public async Task Wrong_links_slow_down_too()
    {
        for (var i = 0; i < 61; i++)
            Assert.Equal(SignInRefusal.BadLink, (await _exchange.SignIn.ResetPasswordAsync($"no such link {i}", Password, School)).Refusal);
        Assert.Equal(SignInRefusal.TooOften, (await _exchange.SignIn.ResetPasswordAsync("no such link", Password, School)).Refusal);
        Assert.Equal(SignInRefusal.TooOften, (await _exchange.SignIn.SignUpAsync("Ada", Password, "no such code", null, School)).Refusal);
        Assert.Equal(SignInRefusal.BadLink, (await _exchange.SignIn.ResetPasswordAsync("no such link", Password, Home)).Refusal);
    }

    private ValueTask<SignInResult> SignUpAsync(string name, IPAddress address) =>
        _exchange.SignIn.SignUpAsync(name, Password, null, null, address);

    private ValueTask<SignInResult> SignInAsync(string name, IPAddress address, string? browser = null) =>
        _exchange.SignIn.SignInAsync(name, Password, address, browser);

    private ValueTask<SignInResult> GuessAsync(string name, IPAddress address, string? browser = null) =>
        _exchange.SignIn.SignInAsync(name, "wrong password", address, browser);

    private static IPAddress Address(int i) => new([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]);
}
