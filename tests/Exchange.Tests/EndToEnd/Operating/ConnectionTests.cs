using System.Diagnostics;
using System.Net.WebSockets;
using Exchange.Protocol.V1;
using Google.Protobuf;

namespace Exchange.Tests.EndToEnd;

/// <summary>How connections end, how many a user may have, and what a flood on them costs.</summary>
public class ConnectionTests
{
    [Theory]
    [InlineData(1000, "done")]
    [InlineData(1001, "")]
    [InlineData(1008, "my own reason")]
    [InlineData(4001, "a code of the client's")]
    public async Task A_close_by_the_client_is_answered_with_its_own_code(int code, string reason)
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://localhost:{exchange.Port}/ws"), CancellationToken.None);
        await socket.CloseAsync((WebSocketCloseStatus)code, reason, CancellationToken.None).PatientlyAsync();
        Assert.Equal((WebSocketCloseStatus)code, socket.CloseStatus);
        Assert.Equal("", socket.CloseStatusDescription ?? "");
    }

    [Fact]
    public async Task A_user_may_have_so_many_connections_and_as_many_by_key()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(null, "--connections-per-user", "2");
        string token = await exchange.SignInAsync("Ann"), other = await exchange.SignInAsync("Ben");
        await using Bot first = await Bot.ConnectAsync(exchange, token);
        await using (Bot second = await Bot.ConnectAsync(exchange, token))
        {
            await IsTurnedAwayAsync(exchange, new Authenticate { AccessToken = token }, "You have 2 connections without an API key open");
            await using Bot ben = await Bot.ConnectAsync(exchange, other);

            // A bot gone wild does not keep its owner from the page, nor the other way round.
            ServerMessage made = await first.RequestAsync(new ClientMessage { CreateApiKey = new CreateApiKey { Name = "Bot" } });
            var byKey = new Authenticate { ApiKey = made.ApiKeyCreated.Secret };
            await using Bot bot = await EnterAsync(exchange, byKey), another = await EnterAsync(exchange, byKey);
            await IsTurnedAwayAsync(exchange, byKey, "You have 2 connections with an API key open");
            second.Drop();
        }

        // One is gone, which the exchange notices soon: there is room again.
        await Patience.UntilAsync(
            async () =>
            {
                await using Bot again = await Bot.OpenAsync(exchange);
                ServerMessage answer = await again.RequestAsync(new ClientMessage { Authenticate = new Authenticate { AccessToken = token } });
                return answer.EventCase == ServerMessage.EventOneofCase.Authenticated;
            },
            "there is room again", betweenLooks: TimeSpan.FromMilliseconds(50));
    }

    private static async Task<Bot> EnterAsync(PublishedExchange exchange, Authenticate authenticate)
    {
        Bot bot = await Bot.OpenAsync(exchange);
        ServerMessage answer = await bot.RequestAsync(new ClientMessage { Authenticate = authenticate.Clone() });
        Assert.Equal(ServerMessage.EventOneofCase.Authenticated, answer.EventCase);
        return bot;
    }

    private static async Task IsTurnedAwayAsync(PublishedExchange exchange, Authenticate authenticate, string sentence)
    {
        await using Bot bot = await Bot.OpenAsync(exchange);
        ServerMessage answer = await bot.RequestAsync(new ClientMessage { Authenticate = authenticate.Clone() });
        Assert.Equal(ErrorCode.TooManyConnections, answer.RequestFailed.Code);
        Assert.StartsWith(sentence, answer.RequestFailed.Message, StringComparison.Ordinal);
        Assert.Equal(5_000u, answer.RequestFailed.RetryAfterMs);
        await bot.Ended.PatientlyAsync();
        Assert.Equal((WebSocketCloseStatus)1013, bot.ClosedWith);
    }

    [Fact]
    public async Task A_flood_is_read_slowly_on_all_connections_of_its_user_and_answered_whole()
    {
        // 100 at once, then 10 a second: the last of the other 30 wait for nearly 3 s, however fast the machine is.
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(null, "--orders-per-second", "10");
        string token = await exchange.SignInAsync("Ann");
        await using Bot one = await Bot.ConnectAsync(exchange, token), two = await Bot.ConnectAsync(exchange, token);
        await using Bot ben = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ben"));
        var frame = new ClientFrame();
        for (int i = 0; i < 65; i++)
            frame.Messages.Add(new ClientMessage { RevokeApiKey = new RevokeApiKey() });
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(one.SendAsync(frame.ToByteArray()), two.SendAsync(frame.ToByteArray()));
        Assert.True(await ben.CreateMarketAsync("Not held up by Ann") > 0);
        await Task.WhenAll(one.UntilAsync(s => s.Failures.Count == 65), two.UntilAsync(s => s.Failures.Count == 65));
        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(2.5), $"All was answered after {watch.Elapsed}.");
    }

    [Fact]
    public async Task Keys_are_made_and_asked_for_no_oftener_than_other_things()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(
            null, "--changes-per-second", "1", "--queries-per-minute", "2");
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        var codes = new List<ErrorCode>();
        for (int i = 0; i < 50; i++)
            codes.Add((await ann.RequestAsync(new ClientMessage { RevokeApiKey = new RevokeApiKey { KeyId = 9 } })).RequestFailed.Code);
        Assert.Equal([.. Enumerable.Repeat(ErrorCode.KeyNotFound, 5)], codes.Take(5));
        Assert.Contains(ErrorCode.RateLimited, codes);
        for (int i = 0; i < 2; i++)
            Assert.Equal(ServerMessage.EventOneofCase.ApiKeys, (await ann.RequestAsync(new ClientMessage { GetApiKeys = new GetApiKeys() })).EventCase);
        ServerMessage third = await ann.RequestAsync(new ClientMessage { GetApiKeys = new GetApiKeys() });
        Assert.Equal(ErrorCode.RateLimited, third.RequestFailed.Code);
    }
}
