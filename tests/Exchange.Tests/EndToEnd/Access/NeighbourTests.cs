using System.Net;
using System.Net.WebSockets;
using System.Text;
using Exchange.Protocol.V1;
using Google.Protobuf;

namespace Exchange.Tests.EndToEnd;

/// <summary>A good neighbour: how the executable starts, stops, refuses and defends itself.</summary>
public class NeighbourTests
{
    [Fact]
    public async Task Sigterm_with_open_sockets_ends_in_under_a_second_and_says_goodbye()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string token = await exchange.SignInAsync("Ann");
        ulong market;
        await using (Bot first = await Bot.ConnectAsync(exchange, token))
            market = await first.CreateMarketAsync("Stopping");
        // Who could not be told in 0.6 s is left, so on a starved machine some may be; but not time and again.
        int told = 0;
        for (int i = 0; i < 5 && told < 20; i++)
            told = await StopAsync(exchange, token, market, $"last {i}");
        Assert.Equal(20, told);
    }

    /// <summary>Stops it with 20 connections open and an order on its way, and starts it again. How many were told goodbye.</summary>
    private static async Task<int> StopAsync(PublishedExchange exchange, string token, ulong market, string orderId)
    {
        Bot[] bots = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Bot.ConnectAsync(exchange, token)));
        Task<ServerMessage> inFlight = await bots[0].StartAsync(new ClientMessage
        {
            PlaceOrder = new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 5_000, Quantity = 100, ClientOrderId = orderId },
        });
        (int exitCode, TimeSpan took) = await exchange.TerminateAsync();
        Assert.Equal(0, exitCode);
        Assert.True(took < TimeSpan.FromSeconds(20), $"It took {took}."); // The measured figure is in the benchmark; this catches 30 s.
        await Task.WhenAll(bots.Select(b => b.Ended)).PatientlyAsync();
        Assert.All(bots, b => Assert.Contains(b.ClosedWith, (WebSocketCloseStatus?[])[null, (WebSocketCloseStatus)1012]));

        // What was answered is there; what was not may be either, and sending again tells.
        bool answered = inFlight.IsCompletedSuccessfully && (await inFlight).EventCase == ServerMessage.EventOneofCase.OrderChanged;
        await exchange.RestartAsync();
        await using Bot back = await Bot.ConnectAsync(exchange, token);
        OrderChanged again = (await back.PlaceAsync(market, Side.Buy, 5_000, 100, orderId)).OrderChanged;
        Assert.True(again.Existing || !answered);
        foreach (Bot bot in bots)
            await bot.DisposeAsync();
        return bots.Count(b => b.ClosedWith is not null);
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_refuses_to_start()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        (int exitCode, string output) = await PublishedExchange.RunAsync("--data", exchange.DataDirectory, "--port", "0");
        Assert.Equal(3, exitCode);
        Assert.Contains("in use by another exchange", output, StringComparison.Ordinal);
        // The file that says so may be gone: the directory is held too.
        File.Delete(Path.Combine(exchange.DataDirectory, "exchange.lock"));
        (exitCode, output) = await PublishedExchange.RunAsync("--data", exchange.DataDirectory, "--port", "0");
        Assert.Equal(3, exitCode);
        Assert.Contains("in use by another exchange", output, StringComparison.Ordinal);

        // A slip in the name of the directory must not come out as "all is well".
        (int nothing, string noDatabase) = await PublishedExchange.RunAsync("verify", "--data", exchange.DataDirectory + "/none");
        Assert.Equal(3, nothing);
        Assert.Contains("There is no exchange.db", noDatabase, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port", "http", "port is 'http'; it must be a whole number from 0 to 65,535.")]
    [InlineData("--sync", "full", "'--sync' is not a setting.")]
    [InlineData("--synchronous", "maybe", "synchronous is 'maybe'; it must be full or normal.")]
    [InlineData("--host", "example", "host is 'example'; it must be localhost or an IP address.")]
    [InlineData("--authority", "https://issuer.example", "authority is set, so audience and client-id must be set too.")]
    [InlineData("--host", "0.0.0.0", "or set allow-remote-sign-in to true")]
    [InlineData("--opening-balance", "-5", "opening-balance is '-5'")]
    public async Task A_wrong_setting_stops_the_start_with_a_sentence(string flag, string value, string sentence)
    {
        string directory = PublishedExchange.NewDirectory();
        (int exitCode, string output) = await PublishedExchange.RunAsync("--data", directory, flag, value);
        Directory.Delete(directory, recursive: true);
        Assert.Equal(2, exitCode);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remote_sign_in_needs_an_admin_first()
    {
        string directory = PublishedExchange.NewDirectory();
        (int exitCode, string output) =
            await PublishedExchange.RunAsync("--data", directory, "--host", "0.0.0.0", "--allow-remote-sign-in", "true");
        Directory.Delete(directory, recursive: true);
        Assert.Equal(2, exitCode);
        Assert.Contains("There is no admin yet", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_link_makes_the_first_visitor_the_admin_once()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string code = exchange.SetupCode;
        Assert.NotEmpty(code);
        await using Bot admin = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Teacher", code));
        Assert.True(admin.Read(s => s.Authenticated!.User.IsServerAdmin));
        ServerMessage elevated = await admin.RequestAsync(new ClientMessage { SetElevated = new SetElevated { Elevated = true } });
        Assert.True(elevated.ElevationChanged.Elevated);

        await using Bot student = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Student"));
        ServerMessage refused = await student.RequestAsync(new ClientMessage { SetElevated = new SetElevated { Elevated = true } });
        Assert.Equal(ErrorCode.Forbidden, refused.RequestFailed.Code);

        // Elevated, the admin settles another's market; not elevated, the refusal says how.
        ulong market = await student.CreateMarketAsync("Student's");
        await admin.RequestAsync(new ClientMessage { SetElevated = new SetElevated { Elevated = false } });
        var settle = new ClientMessage { SettleMarket = new SettleMarket { MarketId = market, Price = 5_000 } };
        Assert.Equal(ErrorCode.NotElevated, (await admin.RequestAsync(settle.Clone())).RequestFailed.Code);
        await admin.RequestAsync(new ClientMessage { SetElevated = new SetElevated { Elevated = true } });
        Assert.Equal(MarketStatus.Settled, (await admin.RequestAsync(settle.Clone())).MarketChanged.Market.Status);

        await exchange.TerminateAsync();
        await exchange.RestartAsync();
        await using (Bot still = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Teacher")))
            Assert.True(still.Read(s => s.Authenticated!.User.IsServerAdmin));
        await exchange.TerminateAsync();
        Assert.DoesNotContain("setup?code=", exchange.Output, StringComparison.Ordinal); // There is an admin now; and that is all it printed.
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("http://localhost:1")]
    public async Task A_foreign_page_can_not_connect(string origin)
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        WebSocketException e = await Assert.ThrowsAsync<WebSocketException>(() => Bot.OpenAsync(exchange, origin));
        Assert.Contains("403", e.Message, StringComparison.Ordinal);
        await using Bot own = await Bot.OpenAsync(exchange, $"http://localhost:{exchange.Port}");
        Assert.True(own.IsOpen);
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    public async Task On_localhost_only_its_own_names_are_answered(string host, HttpStatusCode expected)
    {
        // A page elsewhere can have its own name made to point at this machine; its Origin and Host then agree.
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        using var http = new HttpClient { BaseAddress = exchange.Address };
        http.DefaultRequestHeaders.Host = $"{host}:{exchange.Port}";
        Assert.Equal(expected, (await http.GetAsync("auth/config")).StatusCode);
    }

    [Fact]
    public async Task A_flood_of_subscriptions_is_refused_and_the_connection_goes_on()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        var frame = new ClientFrame();
        for (int i = 0; i < 3_000; i++)
            frame.Messages.Add(new ClientMessage { Subscribe = new Subscribe { All = true, Channels = { Channel.Book, Channel.Trades } } });
        await ann.SendAsync(frame.ToByteArray());
        // Twenty a second are let through, however long this takes.
        await ann.UntilAsync(s => s.Failures.Count + s.Heard.Count(m => m.Subscribed is not null) == 3_000);
        Assert.True(ann.Read(s => s.Failures.Count) > 1_000);
        Assert.All(ann.Read(s => s.Failures.ToArray()), f => Assert.Equal(ErrorCode.RateLimited, f.Code));
        Assert.True(await ann.CreateMarketAsync("Still here") > 0);
    }

    [Fact]
    public async Task Bytes_that_are_no_frame_close_only_the_connection_that_sent_them()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string token = await exchange.SignInAsync("Ann");
        await using Bot bystander = await Bot.ConnectAsync(exchange, token);

        (byte[] Bytes, WebSocketMessageType Type, WebSocketCloseStatus Status, ErrorCode Code)[] cases =
        [
            ([0xff, 0xff, 0xff], WebSocketMessageType.Binary, WebSocketCloseStatus.InvalidPayloadData, ErrorCode.Malformed),
            (Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, WebSocketCloseStatus.InvalidMessageType, ErrorCode.Malformed),
            (new byte[70_000], WebSocketMessageType.Binary, WebSocketCloseStatus.MessageTooBig, ErrorCode.TooLarge),
        ];
        foreach ((byte[] bytes, WebSocketMessageType type, WebSocketCloseStatus status, ErrorCode code) in cases)
        {
            await using Bot bad = await Bot.ConnectAsync(exchange, token);
            await bad.SendAsync(bytes, type);
            await bad.Ended.PatientlyAsync();
            Assert.Equal(status, bad.ClosedWith);
            Assert.Contains(bad.Read(s => s.Failures.ToArray()), f => f.Code == code);
        }
        Assert.True((await bystander.CreateMarketAsync("Still here")) > 0);
    }

    [Fact]
    public async Task Nothing_is_done_for_who_has_not_authenticated()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot stranger = await Bot.OpenAsync(exchange);
        ServerMessage refused = await stranger.RequestAsync(new ClientMessage { CreateMarket = new CreateMarket { Name = "Mine", MaxPrice = 100 } });
        Assert.Equal(ErrorCode.NotAuthenticated, refused.RequestFailed.Code);
        ServerMessage bad = await stranger.RequestAsync(new ClientMessage { Authenticate = new Authenticate { AccessToken = "no.such.token" } });
        Assert.Equal(ErrorCode.BadCredential, bad.RequestFailed.Code);
        await stranger.Ended.PatientlyAsync();
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, stranger.ClosedWith);
    }

    [Fact]
    public async Task Requests_with_bad_fields_are_refused_with_a_sentence()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        ulong market = await ann.CreateMarketAsync("Bad fields");
        PlaceOrder good = new() { MarketId = market, Side = Side.Buy, Price = 5_000, Quantity = 100 };
        PlaceOrder With(Action<PlaceOrder> change)
        {
            PlaceOrder order = good.Clone();
            change(order);
            return order;
        }

        (ClientMessage Request, ErrorCode Code)[] cases =
        [
            (new ClientMessage { PlaceOrder = With(o => o.Side = 0) }, ErrorCode.InvalidField),
            (new ClientMessage { PlaceOrder = With(o => o.Side = (Side)77) }, ErrorCode.InvalidField),
            (new ClientMessage { PlaceOrder = With(o => o.TimeInForce = (TimeInForce)(-1)) }, ErrorCode.InvalidField),
            (new ClientMessage { PlaceOrder = With(o => o.ClientOrderId = new string('x', 37)) }, ErrorCode.InvalidField),
            (new ClientMessage { PlaceOrder = With(o => o.ClientOrderId = "tab\there") }, ErrorCode.InvalidField),
            (new ClientMessage { PlaceOrder = With(o => o.Quantity = 0) }, ErrorCode.InvalidQuantity),
            (new ClientMessage { PlaceOrder = With(o => o.Quantity = uint.MaxValue) }, ErrorCode.InvalidQuantity),
            (new ClientMessage { PlaceOrder = With(o => o.Price = int.MinValue) }, ErrorCode.InvalidPrice),
            (new ClientMessage { PlaceOrder = With(o => o.ClearPrice()) }, ErrorCode.InvalidPrice),
            (new ClientMessage { PlaceOrder = With(o => o.MarketId = ulong.MaxValue) }, ErrorCode.MarketNotFound),
            (new ClientMessage { PlaceOrder = With(o => o.Quantity = 100_000_000) }, ErrorCode.InsufficientFunds),
            (new ClientMessage { CancelOrder = new CancelOrder() }, ErrorCode.InvalidField),
            (new ClientMessage { CancelOrder = new CancelOrder { OrderId = ulong.MaxValue } }, ErrorCode.OrderNotLive),
            (new ClientMessage { ReplaceOrder = new ReplaceOrder { OrderId = 1 } }, ErrorCode.InvalidField),
            (new ClientMessage { CreateMarket = new CreateMarket { Name = "\u202Edrow", MaxPrice = 100 } }, ErrorCode.InvalidField),
            (new ClientMessage { CreateMarket = new CreateMarket { Name = new string('n', 10_000), MaxPrice = 100 } }, ErrorCode.InvalidField),
            (new ClientMessage { CreateMarket = new CreateMarket { Name = "Upside down", MinPrice = 100 } }, ErrorCode.InvalidField),
            (new ClientMessage { CreateMarket = new CreateMarket { Name = "bad FIELDS", MaxPrice = 100 } }, ErrorCode.NameTaken),
            (new ClientMessage { SettleMarket = new SettleMarket { MarketId = market, Price = 10_001 } }, ErrorCode.InvalidPrice),
            (new ClientMessage { Subscribe = new Subscribe { All = true } }, ErrorCode.InvalidField),
            (new ClientMessage { Subscribe = new Subscribe { MarketIds = { 99 }, Channels = { Channel.Book } } }, ErrorCode.MarketNotFound),
            (new ClientMessage(), ErrorCode.Malformed),
        ];
        string before = ann.Read(s => $"{s.Cash} {s.Available}");
        foreach ((ClientMessage request, ErrorCode code) in cases)
        {
            ServerMessage answer = await ann.RequestAsync(request);
            Assert.True(answer.EventCase == ServerMessage.EventOneofCase.RequestFailed, request.ToString());
            Assert.True(answer.RequestFailed.Code == code, $"{request}: {answer.RequestFailed}");
            Assert.NotEmpty(answer.RequestFailed.Message);
        }
        Assert.Equal(before, ann.Read(s => $"{s.Cash} {s.Available}"));
        ServerMessage funds = await ann.RequestAsync(new ClientMessage { PlaceOrder = With(o => o.Quantity = 100_000_000) });
        Assert.Equal(100_000_000, funds.RequestFailed.Available);
        Assert.Equal(5_000L * 100_000_000, funds.RequestFailed.Needed);
    }

    [Fact]
    public async Task Health_is_told_and_the_page_is_served_compressed_with_its_headers()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        using var http = new HttpClient { BaseAddress = exchange.Address };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("healthz")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("readyz")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("no-such-file.js")).StatusCode);

        using var request = new HttpRequestMessage(HttpMethod.Get, "markets/1");
        request.Headers.AcceptEncoding.ParseAdd("br");
        using HttpResponseMessage page = await http.SendAsync(request);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.Contains("default-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        using var again = new HttpRequestMessage(HttpMethod.Get, "markets/1");
        again.Headers.AcceptEncoding.ParseAdd("br");
        again.Headers.TryAddWithoutValidation("If-None-Match", page.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, (await http.SendAsync(again)).StatusCode);

        // Files named after their content are kept for good, and come compressed.
        string html = await http.GetStringAsync("");
        string script = global::System.Text.RegularExpressions.Regex.Match(html, "\"\\./(_app/immutable/[^\"]+\\.js)\"").Groups[1].Value;
        using var file = new HttpRequestMessage(HttpMethod.Get, script);
        file.Headers.AcceptEncoding.ParseAdd("gzip");
        using HttpResponseMessage asset = await http.SendAsync(file);
        Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
        Assert.Equal("text/javascript", asset.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", asset.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }
}
