using Exchange.Protocol.V1;

namespace Exchange.Tests.EndToEnd;

/// <summary>Requests as a test reads best: each gives its answer, or fails with the refusal's sentence.</summary>
public static class BotRequests
{
    /// <summary>Sends a request that must not be refused.</summary>
    public static async Task<ServerMessage> DoAsync(this Bot bot, ClientMessage request)
    {
        ServerMessage answer = await bot.RequestAsync(request);
        if (answer.RequestFailed is { } failed)
            Assert.Fail($"{request.RequestCase}: {failed.Code}: {failed.Message}");
        return answer;
    }

    /// <summary>Sends a request that must be refused, and gives the refusal.</summary>
    public static async Task<RequestFailed> RefusedAsync(this Bot bot, ErrorCode code, ClientMessage request)
    {
        ServerMessage answer = await bot.RequestAsync(request);
        Assert.True(answer.RequestFailed is not null, $"{request} was not refused: {answer}");
        Assert.True(code == answer.RequestFailed!.Code, $"{code} was expected for {request}, but it was {answer.RequestFailed}");
        return answer.RequestFailed;
    }

    /// <summary>Turns admin powers on, and waits until all that they show is there.</summary>
    public static async Task ElevateAsync(this Bot bot)
    {
        await bot.DoAsync(new ClientMessage { SetElevated = new SetElevated { Elevated = true } });
        await bot.SettledAsync();
    }

    /// <summary>Waits until a resynchronization that may be under way has ended.</summary>
    public static Task SettledAsync(this Bot bot) => bot.UntilAsync(s => s.ReadySequence is not null);

    /// <summary>
    /// Waits until the bot has heard all that had happened when this was called, by whomever: answers come in order with everything else. So what
    /// was not heard by then did not happen.
    /// </summary>
    public static async Task CaughtUpAsync(this Bot bot)
    {
        await bot.RequestAsync(new ClientMessage { GetLeaderboard = new GetLeaderboard() });
        await bot.SettledAsync();
    }

    public static async Task EnterAsync(this Bot bot, string slug, string joinCode = "")
    {
        await bot.DoAsync(new ClientMessage { EnterRoom = new EnterRoom { Slug = slug, JoinCode = joinCode } });
        await bot.SettledAsync();
    }

    public static async Task<Room> OpenRoomAsync(this Bot bot, string slug, JoinPolicy policy = JoinPolicy.Open, long openingBalance = 10_000_000) =>
        (await bot.DoAsync(new ClientMessage
        {
            OpenRoom = new OpenRoom
            {
                Slug = slug,
                Name = $"Room {slug}",
                JoinPolicy = policy,
                OpeningBalance = openingBalance,
                WhoMayCreateMarkets = WhoMayCreateMarkets.Anyone,
            },
        })).RoomChanged.Room;

    public static async Task<ulong> OpenAccountAsync(this Bot bot, string name)
    {
        ServerMessage answer = await bot.DoAsync(new ClientMessage { OpenAccount = new OpenAccount { Name = name } });
        ulong id = answer.AccountChanged.Account.AccountId;
        await bot.UntilAsync(s => s.Portfolios.ContainsKey(id) && s.ReadySequence is not null);
        return id;
    }

    public static Task ActAsAsync(this Bot bot, ulong accountId) =>
        bot.DoAsync(new ClientMessage { ActAs = new ActAs { AccountId = accountId } });

    public static async Task<ulong> CreateAsync(this Bot bot, CreateMarket market) =>
        (await bot.DoAsync(new ClientMessage { CreateMarket = market })).MarketChanged.Market.MarketId;

    public static async Task<Order> OrderAsync(this Bot bot, PlaceOrder order) =>
        (await bot.DoAsync(new ClientMessage { PlaceOrder = order })).OrderChanged.Order;

    public static ulong UserId(this Bot bot) => bot.Read(s => s.Authenticated!.User.UserId);

    public static ulong AccountId(this Bot bot) => bot.Read(s => s.AccountId);

    public static long Position(this Bot bot, ulong market) =>
        bot.Read(s => s.Positions.TryGetValue(market, out Position? p) ? p.Quantity : 0);
}
