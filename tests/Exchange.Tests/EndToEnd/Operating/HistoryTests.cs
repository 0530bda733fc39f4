
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Exchange.Protocol.V1;

namespace Exchange.Tests.EndToEnd;

/// <summary>The past over the wire: asked for by a bot, and as files for a spreadsheet.</summary>
public class HistoryTests
{
    [Fact]
    public async Task A_bot_asks_for_the_past_between_its_orders()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        await using Bot bob = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Bob"));
        ulong market = await ann.CreateMarketAsync("Rain");
        ulong account = ann.Read(s => s.Authenticated!.AccountId);
        ServerMessage placed = await ann.PlaceAsync(market, Side.Sell, 6_000, 500);
        ulong order = placed.OrderChanged.Order.OrderId;
        await bob.PlaceAsync(market, Side.Buy, 6_000, 200);
        await ann.DoAsync(new ClientMessage { CancelOrder = new CancelOrder { OrderId = order } });

        PastTrade trade = Assert.Single((await ann.DoAsync(new ClientMessage { GetTrades = new GetTrades { MarketId = market } })).TradesPage.Trades);
        Assert.Equal((6_000, 200u, account, order, 0ul), (trade.Trade.Price, trade.Trade.Quantity, trade.Trade.SellerAccountId, trade.SellOrderId, trade.BuyOrderId));
        OrdersPage orders = (await ann.DoAsync(new ClientMessage { GetOrders = new GetOrders { AccountId = account } })).OrdersPage;
        Assert.Equal(ann.Read(s => s.Orders[order]), Assert.Single(orders.Orders));
        OrderChangesPage changes = (await ann.DoAsync(new ClientMessage { GetOrderChanges = new GetOrderChanges { OrderId = order, Page = new Page { Limit = 2 } } })).OrderChangesPage;
        Assert.Equal([(OrderReason.Placed, 500u), (OrderReason.Matched, 300u)], changes.Changes.Select(c => (c.Reason, c.Remaining)));
        changes = (await ann.DoAsync(new ClientMessage
        {
            GetOrderChanges = new GetOrderChanges { OrderId = order, Page = new Page { After = changes.NextAfter, Limit = 2 } },
        })).OrderChangesPage;
        Assert.Equal([(OrderReason.Requested, 0u)], changes.Changes.Select(c => (c.Reason, c.Remaining)));
        Assert.Equal(0ul, changes.NextAfter);
        PastBook book = (await bob.DoAsync(new ClientMessage { GetBook = new GetBook { MarketId = market, Sequence = trade.Sequence } })).PastBook;
        Assert.Equal((order, 300u, account), (book.Book.Offers.Single().OrderId, book.Book.Offers.Single().Remaining, book.Book.Offers.Single().AccountId));
        Candle candle = Assert.Single((await bob.DoAsync(new ClientMessage
        {
            GetCandles = new GetCandles { MarketId = market, Interval = CandleInterval._1Day },
        })).CandlesPage.Candles);
        Assert.Equal((6_000, 6_000, 200L, 1u), (candle.Open, candle.Close, candle.Quantity, candle.Trades));
        Assert.Equal(0, candle.TimeUs % 86_400_000_000);
        Transfer opening = Assert.Single((await ann.DoAsync(new ClientMessage { GetTransfers = new GetTransfers { AccountId = account } })).TransfersPage.Transfers);
        Assert.Equal((TransferKind.Opening, 100_000_000L), (opening.Kind, opening.Amount));

        await bob.RefusedAsync(ErrorCode.AccountNotFound, new ClientMessage { GetOrders = new GetOrders { AccountId = account } });
        await bob.RefusedAsync(ErrorCode.MarketNotFound, new ClientMessage { GetTrades = new GetTrades { MarketId = 999 } });
        await bob.RefusedAsync(ErrorCode.InvalidField, new ClientMessage { GetTrades = new GetTrades { MarketId = market, Page = new Page { Limit = 1_001 } } });
        await bob.RefusedAsync(ErrorCode.Forbidden, new ClientMessage { GetAuditTrail = new GetAuditTrail() });
    }

    [Fact]
    public async Task Ids_that_are_nobodys_or_another_rooms_are_not_found()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        ulong account = ann.Read(s => s.Authenticated!.AccountId), elsewheresMarket = await ann.CreateMarketAsync("Rain");
        ulong elsewheresOrder = (await ann.PlaceAsync(elsewheresMarket, Side.Buy, 1, 1)).OrderChanged.Order.OrderId;
        ulong elsewheresAccount = account;
        await ann.OpenRoomAsync("side");
        await ann.EnterAsync("side");
        account = ann.Read(s => s.Portfolios.Keys.Single());
        foreach (ulong id in (ulong[])[999, elsewheresMarket, ulong.MaxValue])
        {
            await ann.RefusedAsync(ErrorCode.MarketNotFound, new ClientMessage { GetTrades = new GetTrades { MarketId = id } });
            await ann.RefusedAsync(ErrorCode.MarketNotFound, new ClientMessage { GetOrders = new GetOrders { AccountId = account, MarketId = id } });
            await ann.RefusedAsync(ErrorCode.MarketNotFound, new ClientMessage { GetStatusChanges = new GetStatusChanges { MarketId = id } });
            await ann.RefusedAsync(ErrorCode.MarketNotFound, new ClientMessage { GetSettlements = new GetSettlements { MarketId = id } });
            await ann.RefusedAsync(ErrorCode.MarketNotFound, new ClientMessage { GetBook = new GetBook { MarketId = id, Sequence = 1 } });
            await ann.RefusedAsync(ErrorCode.MarketNotFound, new ClientMessage { GetCandles = new GetCandles { MarketId = id, Interval = CandleInterval._1Hour } });
        }
        foreach (ulong id in (ulong[])[999, elsewheresAccount, ulong.MaxValue])
        {
            await ann.RefusedAsync(ErrorCode.AccountNotFound, new ClientMessage { GetTrades = new GetTrades { AccountId = id } });
            await ann.RefusedAsync(ErrorCode.AccountNotFound, new ClientMessage { GetOrders = new GetOrders { AccountId = id } });
            await ann.RefusedAsync(ErrorCode.AccountNotFound, new ClientMessage { GetTransfers = new GetTransfers { AccountId = id } });
            await ann.RefusedAsync(ErrorCode.AccountNotFound, new ClientMessage { GetEquityCurve = new GetEquityCurve { AccountId = id } });
            await ann.RefusedAsync(ErrorCode.AccountNotFound, new ClientMessage { GetConversions = new GetConversions { AccountId = id } });
            await ann.RefusedAsync(ErrorCode.AccountNotFound, new ClientMessage { GetExercises = new GetExercises { AccountId = id } });
        }
        foreach (ulong id in (ulong[])[0, 999, elsewheresOrder, ulong.MaxValue])
            await ann.RefusedAsync(ErrorCode.OrderNotFound, new ClientMessage { GetOrderChanges = new GetOrderChanges { OrderId = id } });
    }

    [Fact]
    public async Task Asking_too_often_is_refused_and_orders_are_not_kept_waiting()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(null, "--queries-per-minute", "20");
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        ulong market = await ann.CreateMarketAsync("Rain");
        var answers = new List<Task<ServerMessage>>();
        for (int i = 0; i < 80; i++)
            answers.Add(await ann.StartAsync(new ClientMessage { GetTrades = new GetTrades { MarketId = market } }));
        Assert.Null((await ann.PlaceAsync(market, Side.Buy, 1, 1)).RequestFailed);
        ServerMessage[] all = await Task.WhenAll(answers).PatientlyAsync();
        Assert.Contains(all, a => a.TradesPage is not null);
        RequestFailed[] failed = [.. all.Select(a => a.RequestFailed).Where(f => f is not null)];
        Assert.Contains(failed, f => f.Code == ErrorCode.RateLimited);
        Assert.All(failed, f => Assert.True(f.Code is ErrorCode.RateLimited or ErrorCode.Overloaded && f.RetryAfterMs > 0));
    }

    [Fact]
    public async Task Files_for_spreadsheets_hold_what_their_reader_may_see()
    {
        await Patience.NotAtMidnightAsync();
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string adminToken = await exchange.SignInAsync("Root", exchange.SetupCode), annToken = await exchange.SignInAsync("Ann");
        await using Bot root = await Bot.ConnectAsync(exchange, adminToken);
        await using Bot ann = await Bot.ConnectAsync(exchange, annToken);
        ulong market = await ann.CreateMarketAsync("=1+1, \"quoted\"");
        ulong rootAccount = root.Read(s => s.Authenticated!.AccountId), annAccount = ann.Read(s => s.Authenticated!.AccountId);
        await ann.PlaceAsync(market, Side.Sell, 6_050, 1_500);
        for (int i = 0; i < 1_200; i++)
            await root.StartAsync(new ClientMessage { PlaceOrder = new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 6_050, Quantity = 1 } });
        await root.PlaceAsync(market, Side.Buy, 4_000, 100, "-mine");
        await root.ElevateAsync();
        await root.DoAsync(new ClientMessage { UpdateMarket = new UpdateMarket { MarketId = market, Anonymous = true } });
        ulong sequence = root.Read(s => s.LastSequence);

        using var http = new HttpClient { BaseAddress = exchange.Address };
        (HttpResponseMessage response, string text) = await GetAsync(http, $"/api/rooms/main/trades.csv?market={market}", annToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/csv; charset=utf-8; header=present", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("main-trades.csv", response.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        string[] lines = text.Split("\r\n");
        Assert.Equal(1_202, lines.Length); // More than are read at a time, a header, and the end of the last row.
        Assert.StartsWith("trade_id,time,sequence,market_id,market,price,quantity,aggressor,", lines[0], StringComparison.Ordinal);
        Assert.EndsWith($",{market},\"'=1+1, \"\"quoted\"\"\",60.50,0.01,BUY,,,{annAccount},Ann,,1", lines[1], StringComparison.Ordinal);
        (_, text) = await GetAsync(http, $"/api/rooms/main/trades.csv?market={market}&elevated=true", adminToken);
        Assert.Contains($",{rootAccount},Root,{annAccount},Ann,", text.Split("\r\n")[1], StringComparison.Ordinal);
        string key = (await root.DoAsync(new ClientMessage { CreateApiKey = new CreateApiKey { Name = "pandas", ReadOnly = true } })).ApiKeyCreated.Secret;
        (_, text) = await GetAsync(http, $"/api/rooms/main/orders.csv?account={rootAccount}", key);
        Assert.Contains(",'-mine,LIVE,PLACED", text, StringComparison.Ordinal);
        int all = text.Split("\r\n").Length;
        (_, text) = await GetAsync(http, $"/api/rooms/main/orders.csv?account={rootAccount}&status=live", key);
        Assert.Contains(",'-mine,LIVE,PLACED", text, StringComparison.Ordinal);
        Assert.DoesNotContain(",FILLED,", text, StringComparison.Ordinal);
        Assert.True(text.Split("\r\n").Length < all, "fewer than all of them");
        (_, text) = await GetAsync(http, $"/api/rooms/main/book.csv?market={market}&sequence={sequence}", annToken);
        Assert.Equal(["side,place,price,remaining,order_id,account_id,account", "BUY,1,40.00,1.00,1202,,", $"SELL,1,60.50,3.00,1,{annAccount},Ann", ""], text.Split("\r\n"));
        (_, text) = await GetAsync(http, $"/api/rooms/main/candles.csv?market={market}&interval=1d", annToken);
        Assert.EndsWith("T00:00:00.000000Z,60.50,60.50,60.50,60.50,12.00,1200\r\n", text, StringComparison.Ordinal);
        (_, text) = await GetAsync(http, "/api/rooms/main/audit.csv?elevated=true", adminToken);
        Assert.Contains("UPDATE_MARKET", text, StringComparison.Ordinal);
        foreach (string file in (string[])["order-changes.csv?order=1", $"transfers.csv?account={annAccount}", $"status-changes.csv?market={market}",
            "settlements.csv", $"equity.csv?account={annAccount}", $"conversions.csv?account={annAccount}", $"exercises.csv?account={annAccount}"])
        {
            (response, text) = await GetAsync(http, $"/api/rooms/main/{file}", annToken);
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{file}: {text}");
            Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_that_cannot_be_had_is_a_problem_with_a_sentence()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string annToken = await exchange.SignInAsync("Ann"), eveToken = await exchange.SignInAsync("Eve");
        await using Bot ann = await Bot.ConnectAsync(exchange, annToken);
        ulong market = await ann.CreateMarketAsync("Rain");
        using var http = new HttpClient { BaseAddress = exchange.Address };
        foreach ((string path, string? token, HttpStatusCode status, string detail) in (IEnumerable<(string, string?, HttpStatusCode, string)>)[
            ("main/trades.csv?market=1", null, HttpStatusCode.Unauthorized, "Bearer"),
            ("main/trades.csv?market=1", "nonsense", HttpStatusCode.Unauthorized, "Sign in"),
            ("main/trades.csv?market=1", "exk_nonsense", HttpStatusCode.Unauthorized, "The API key does not exist"),
            ("main/trades.csv?market=1", eveToken, HttpStatusCode.NotFound, "does not exist"), // Never entered.
            ("nowhere/trades.csv?market=1", annToken, HttpStatusCode.NotFound, "does not exist"),
            ("main/nothing.csv", annToken, HttpStatusCode.NotFound, "No file has this name"),
            ("main/trades.csv?market=x", annToken, HttpStatusCode.BadRequest, "whole number"),
            ("main/trades.csv?market=-1", annToken, HttpStatusCode.BadRequest, "whole number"),
            ("main/trades.csv?market=99999999999999999999", annToken, HttpStatusCode.BadRequest, "whole number"),
            ("main/trades.csv?market=1&market=2", annToken, HttpStatusCode.BadRequest, "whole number"),
            ("main/trades.csv?market=999", annToken, HttpStatusCode.NotFound, "999"),
            ("main/orders.csv", annToken, HttpStatusCode.BadRequest, "account is missing"),
            ("main/orders.csv?account=1&status=gone", annToken, HttpStatusCode.BadRequest, "live, filled or cancelled"),
            ("main/orders.csv?account=1", annToken, HttpStatusCode.NotFound, "not yours"),
            ("main/order-changes.csv?order=7", annToken, HttpStatusCode.NotFound, "no such order"),
            ($"main/candles.csv?market={market}", annToken, HttpStatusCode.BadRequest, "interval must be"),
            ($"main/candles.csv?market={market}&interval=2m", annToken, HttpStatusCode.BadRequest, "interval must be"),
            ($"main/book.csv?market={market}", annToken, HttpStatusCode.BadRequest, "sequence is missing"),
            ($"main/book.csv?market={market}&sequence=999999", annToken, HttpStatusCode.BadRequest, "has not come"),
            ("main/audit.csv", annToken, HttpStatusCode.Forbidden, "admin"),
            ("main/audit.csv?elevated=true", annToken, HttpStatusCode.Forbidden, "admin"),
            ("main/audit.csv?elevated=yes", annToken, HttpStatusCode.BadRequest, "true or false"),
        ])
        {
            (HttpResponseMessage response, string text) = await GetAsync(http, $"/api/rooms/{path}", token);
            Assert.True(status == response.StatusCode, $"{path}: {response.StatusCode} {text}");
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
            JsonElement problem = JsonDocument.Parse(text).RootElement;
            Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
            Assert.Contains(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    private static async Task<(HttpResponseMessage Response, string Text)> GetAsync(HttpClient http, string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        HttpResponseMessage response = await http.SendAsync(request);
        return (response, await response.Content.ReadAsStringAsync());
    }
}
