using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Exchange.Protocol.V1;

namespace Exchange.Tests.EndToEnd;

/// <summary>Codes and passwords can't be guessed, and whoever guesses locks nobody else out; names are not taken twice.</summary>
public sealed class GuessingTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task Wrong_codes_make_who_guesses_wait_and_nobody_else()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot admin = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Admin", exchange.SetupCode));
        await admin.ElevateAsync();
        string code = (await admin.DoAsync(new ClientMessage { CreateCode = new CreateCode { Amount = 10_000, Uses = 10 } })).CodeChanged.Code.Code_;
        Assert.Equal(10, code.Length);
        await admin.RefusedAsync(ErrorCode.InvalidField, new ClientMessage { CreateCode = new CreateCode { Code = "four4", Amount = 1, Uses = 1 } });

        // Many in one frame, over two connections, gain nothing: five are free, and the sixth begins the waits.
        string evesToken = await exchange.SignInAsync("Eve");
        await using Bot eve = await Bot.ConnectAsync(exchange, evesToken), too = await Bot.ConnectAsync(exchange, evesToken);
        var tried = new List<Task<ServerMessage>>();
        for (int i = 0; i < 40; i++)
            tried.Add(await (i % 2 == 0 ? eve : too).StartAsync(new ClientMessage { ClaimCode = new ClaimCode { Code = $"WRONG{i:00000}" } }));
        RequestFailed[] failed = [.. (await Task.WhenAll(tried)).Select(answer => answer.RequestFailed)];
        Assert.InRange(failed.Count(f => f.Code == ErrorCode.CodeNotFound), 6, 39);
        RequestFailed[] later = [.. failed.Where(f => f.Code == ErrorCode.TooManyWrongCodes)];
        Assert.Equal(40, later.Length + failed.Count(f => f.Code == ErrorCode.CodeNotFound));
        Assert.All(later, f => Assert.InRange(f.RetryAfterMs, 1u, 60_000u));
        Assert.All(later, f => Assert.Contains("wrong codes by you", f.Message, StringComparison.Ordinal));

        // Bob, from the same address and in the same room, is let in at once; so is Eve, when she has waited.
        await using Bot bob = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Bob"));
        await bob.DoAsync(new ClientMessage { ClaimCode = new ClaimCode { Code = code.ToLowerInvariant().Insert(3, "-") } });
        var right = new ClientMessage { ClaimCode = new ClaimCode { Code = code } };
        await Patience.UntilAsync(() => IsLetInAsync(eve, right), "she has waited long enough", betweenLooks: TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task A_rooms_join_code_is_guarded_alike()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann")), eve = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Eve"));
        ulong roomId = (await ann.OpenRoomAsync("class", JoinPolicy.Invite)).RoomId;
        await ann.EnterAsync("class");
        await ann.ElevateAsync();
        await ann.DoAsync(new ClientMessage { UpdateRoom = new UpdateRoom { JoinCode = "economics-7" } });
        for (int i = 0; i < 6; i++)
        {
            // By its number and by its slug, which count together for her.
            var enter = new EnterRoom { RoomId = i % 2 == 0 ? roomId : 0, Slug = i % 2 == 0 ? "" : "class", JoinCode = $"guess-{i}" };
            await eve.RefusedAsync(ErrorCode.NotInvited, new ClientMessage { EnterRoom = enter });
        }
        // Should the first wait have passed meanwhile, one more wrong code begins a longer one.
        var guess = new ClientMessage { EnterRoom = new EnterRoom { Slug = "class", JoinCode = "ECONOMICS8" } };
        await Patience.UntilAsync(
            async () => (await eve.RequestAsync(guess)).RequestFailed is { Code: ErrorCode.TooManyWrongCodes, RetryAfterMs: > 0 }, "she has to wait");
        // Without a code there is nothing to guess.
        await eve.RefusedAsync(ErrorCode.NotInvited, new ClientMessage { EnterRoom = new EnterRoom { Slug = "class" } });
        var right = new ClientMessage { EnterRoom = new EnterRoom { Slug = "class", JoinCode = "Economics 7" } };
        await Patience.UntilAsync(() => IsLetInAsync(eve, right), "she has waited long enough", betweenLooks: TimeSpan.FromMilliseconds(200));
    }

    /// <summary>Whether the right code is taken; the only other answer is that it is too soon.</summary>
    private static async Task<bool> IsLetInAsync(Bot bot, ClientMessage right)
    {
        ServerMessage answer = await bot.RequestAsync(right);
        if (answer.RequestFailed is not { } refused)
            return true;
        Assert.Equal(ErrorCode.TooManyWrongCodes, refused.Code);
        return false;
    }

    [Fact]
    public async Task A_neighbours_wrong_passwords_lock_nobody_out_who_signed_in_with_the_browser_before()
    {
        // So few that the next comes after half a minute: not while this test is at work.
        const int Wrong = 2;
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(null, "--sign-ins-per-name", $"{Wrong}");
        using HttpClient ann = Browser(exchange), eve = Browser(exchange), strange = Browser(exchange);
        using HttpResponseMessage up = await ann.PostAsJsonAsync("auth/sign-up", new { name = "Ann", password = Password });
        string cookie = Assert.Single(up.Headers.GetValues("Set-Cookie"));
        Assert.Contains("; path=/auth; samesite=strict; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("max-age=15552000", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("secure", cookie, StringComparison.Ordinal);

        await eve.PostAsJsonAsync("auth/sign-up", new { name = "Eve", password = Password });
        for (int i = 0; i < Wrong; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(eve, "a wrong one"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SignInAsync(eve, Password));
        Assert.Equal(HttpStatusCode.TooManyRequests, await SignInAsync(strange, Password));
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(ann, Password));
        await exchange.KillAsync();
        await exchange.RestartAsync();
        for (int i = 0; i < Wrong; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await SignInAsync(eve, "a wrong one"));
        Assert.Equal(HttpStatusCode.OK, await SignInAsync(ann, Password));
    }

    [Fact]
    public async Task A_class_of_a_hundred_signs_up_at_once_behind_one_address()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        using HttpClient http = Browser(exchange);
        http.Timeout = TimeSpan.FromMinutes(5);
        http.DefaultRequestHeaders.Authorization = new("Bearer", await exchange.SignInAsync("Teacher", exchange.SetupCode));
        using HttpResponseMessage made = await http.PostAsync("auth/join-code", null);
        string code = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("join_code").GetString()!;
        HttpStatusCode[] statuses = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            using HttpResponseMessage response = await http.PostAsJsonAsync(
                "auth/sign-up", new { name = $"Pupil {i}", password = Password, join_code = code });
            return response.StatusCode;
        }));
        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
    }

    [Fact]
    public async Task Names_that_could_be_taken_for_others_are_refused()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        using HttpClient http = Browser(exchange);
        async Task<(HttpStatusCode, string)> SignUpAsync(string name, string password = Password)
        {
            using HttpResponseMessage response = await http.PostAsJsonAsync("auth/sign-up", new { name, password });
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        async Task RefusedAsync(HttpStatusCode status, string says, string name, string password = Password)
        {
            (HttpStatusCode came, string body) = await SignUpAsync(name, password);
            Assert.Equal(status, came);
            Assert.Contains(says, JsonDocument.Parse(body).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.OK, (await SignUpAsync("Boc")).Item1);
        await RefusedAsync(HttpStatusCode.Conflict, "looks like one", "Вос");
        await RefusedAsync(HttpStatusCode.BadRequest, "two alphabets", "tеacher");
        await RefusedAsync(HttpStatusCode.BadRequest, "two spaces", "Student  1");
        await RefusedAsync(HttpStatusCode.BadRequest, "the exchange's own", "Admin");
        await RefusedAsync(HttpStatusCode.BadRequest, "the exchange's own", "House maker");
        await RefusedAsync(HttpStatusCode.BadRequest, "most common passwords", "Ann", "password");

        await using Bot boc = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Boc"));
        await boc.CreateMarketAsync("Caf\u00e9 opens");
        await boc.RefusedAsync(
            ErrorCode.NameTaken, new ClientMessage { CreateMarket = new CreateMarket { Name = "Cafe\u0301 opens", MaxPrice = 100 } });
        await boc.OpenAccountAsync("Robot 1");
        (ErrorCode, string)[] refused =
        [
            (ErrorCode.NameTaken, "ROBOT 1"), (ErrorCode.NameTaken, "Robot l"), (ErrorCode.NameTaken, "\uff32obot 1"),
            (ErrorCode.InvalidField, "House"), (ErrorCode.InvalidField, "R\u043ebot 2"),
        ];
        foreach ((ErrorCode code, string name) in refused)
            await boc.RefusedAsync(code, new ClientMessage { OpenAccount = new OpenAccount { Name = name } });
    }

    private static HttpClient Browser(PublishedExchange exchange) => new() { BaseAddress = exchange.Address };

    private static async Task<HttpStatusCode> SignInAsync(HttpClient browser, string password)
    {
        using HttpResponseMessage response = await browser.PostAsJsonAsync("auth/sign-in", new { name = "Ann", password });
        return response.StatusCode;
    }
}
