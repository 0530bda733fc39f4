using Exchange.Protocol.V1;
using Request = Exchange.Protocol.V1.ClientMessage.RequestOneofCase;

namespace Exchange.Tests.EndToEnd;

/// <summary>Every request there is × everyone who may send it: let through or forbidden, as declared here and nowhere else.</summary>
public class RightsTests
{
    private enum Who
    {
        /// <summary>Has not said who they are.</summary>
        Stranger,

        /// <summary>Signed in, but taken out of the room.</summary>
        Outsider,
        Spectator,
        Trader,

        /// <summary>An admin whose powers are not turned on.</summary>
        Admin,
        ElevatedAdmin,
    }

    /// <summary>The least that may send each, and a request that is well formed.</summary>
    private static Dictionary<Request, (Who Least, ClientMessage Sample)> Declared(ulong market, ulong spectator) => new()
    {
        [Request.Ping] = (Who.Stranger, new() { Ping = new Ping() }),
        [Request.SetCancelOnDisconnect] = (Who.Outsider, new() { SetCancelOnDisconnect = new SetCancelOnDisconnect() }),
        [Request.EnterRoom] = (Who.Outsider, new() { EnterRoom = new EnterRoom { RoomId = 999 } }),
        [Request.GetApiKeys] = (Who.Outsider, new() { GetApiKeys = new GetApiKeys() }),
        [Request.CreateApiKey] = (Who.Outsider, new() { CreateApiKey = new CreateApiKey() }),
        [Request.RevokeApiKey] = (Who.Outsider, new() { RevokeApiKey = new RevokeApiKey() }),
        [Request.OpenRoom] = (Who.Outsider, new() { OpenRoom = new OpenRoom { Slug = "!" } }),
        [Request.Subscribe] = (Who.Spectator, new() { Subscribe = new Subscribe { All = true, Channels = { Channel.Ticker } } }),
        [Request.Unsubscribe] = (Who.Spectator, new() { Unsubscribe = new Unsubscribe { All = true, Channels = { Channel.Ticker } } }),
        [Request.ActAs] = (Who.Spectator, new() { ActAs = new ActAs { AccountId = 999 } }),
        [Request.GetLeaderboard] = (Who.Spectator, new() { GetLeaderboard = new GetLeaderboard() }),
        [Request.RemoveAccountMember] = (Who.Spectator, new() { RemoveAccountMember = new RemoveAccountMember { AccountId = 999 } }),
        [Request.PlaceOrder] = (Who.Trader, new() { PlaceOrder = new PlaceOrder { MarketId = market, Side = Side.Buy } }),
        [Request.ReplaceOrder] = (Who.Trader, new() { ReplaceOrder = new ReplaceOrder { OrderId = 999, Price = 1 } }),
        [Request.CancelOrder] = (Who.Trader, new() { CancelOrder = new CancelOrder { OrderId = 999 } }),
        [Request.CancelOrders] = (Who.Trader, new() { CancelOrders = new CancelOrders() }),
        [Request.PreviewOrder] = (Who.Trader, new() { PreviewOrder = new PreviewOrder { Order = new PlaceOrder { MarketId = market, Side = Side.Buy } } }),
        [Request.CancelAfter] = (Who.Trader, new() { CancelAfter = new CancelAfter { TimeoutMs = 1 } }),
        [Request.ConvertBasket] = (Who.Trader, new() { ConvertBasket = new ConvertBasket { MarketId = market } }),
        [Request.ExerciseOption] = (Who.Trader, new() { ExerciseOption = new ExerciseOption { MarketId = market } }),
        [Request.CreateMarket] = (Who.Trader, new() { CreateMarket = new CreateMarket() }),
        [Request.OpenAccount] = (Who.Trader, new() { OpenAccount = new OpenAccount() }),
        [Request.RenameAccount] = (Who.Trader, new() { RenameAccount = new RenameAccount { AccountId = 999 } }),
        [Request.ShareAccount] = (Who.Trader, new() { ShareAccount = new ShareAccount { AccountId = 999 } }),
        [Request.MakeTransfer] = (Who.Trader, new() { MakeTransfer = new MakeTransfer { ToAccountId = 999 } }),
        [Request.ClaimCode] = (Who.Trader, new() { ClaimCode = new ClaimCode { Code = "NONE" } }),
        [Request.SetElevated] = (Who.Admin, new() { SetElevated = new SetElevated { Elevated = true } }),
        // The market's owner may too; here it is the elevated admin's.
        [Request.SettleMarket] = (Who.ElevatedAdmin, new() { SettleMarket = new SettleMarket { MarketId = market, Price = -1 } }),
        [Request.UpdateMarket] = (Who.ElevatedAdmin, new() { UpdateMarket = new UpdateMarket { MarketId = market, Name = "" } }),
        [Request.SetMarketStatus] = (Who.ElevatedAdmin, new() { SetMarketStatus = new SetMarketStatus { MarketId = market } }),
        [Request.UndoSettlement] = (Who.ElevatedAdmin, new() { UndoSettlement = new UndoSettlement { MarketId = market } }),
        [Request.SetHouseBots] = (Who.ElevatedAdmin, new() { SetHouseBots = new SetHouseBots { MarketId = market, Bots = { new HouseBot() } } }),
        [Request.UpdateRoom] = (Who.ElevatedAdmin, new() { UpdateRoom = new UpdateRoom() }),
        [Request.InviteToRoom] = (Who.ElevatedAdmin, new() { InviteToRoom = new InviteToRoom { AddEmails = { "?" } } }),
        [Request.GetRoomSettings] = (Who.ElevatedAdmin, new() { GetRoomSettings = new GetRoomSettings() }),
        [Request.SetRole] = (Who.ElevatedAdmin, new() { SetRole = new SetRole { UserId = spectator } }),
        [Request.Grant] = (Who.ElevatedAdmin, new() { Grant = new Grant() }),
        [Request.CreateCode] = (Who.ElevatedAdmin, new() { CreateCode = new CreateCode() }),
        [Request.RevokeCode] = (Who.ElevatedAdmin, new() { RevokeCode = new RevokeCode { Code = "NONE" } }),
        [Request.GetCodes] = (Who.ElevatedAdmin, new() { GetCodes = new GetCodes() }),
    };

    /// <summary>Requests whose rights are tested elsewhere: what is asked of the past, what a batch holds, who one is.</summary>
    private static bool IsElsewhere(Request request) =>
        request is Request.None or Request.Authenticate or Request.OrderBatch || (int)request is >= 80 and < 100;

    [Fact]
    public async Task Everyone_may_send_what_is_declared_and_nothing_more()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        var bots = new Dictionary<Who, Bot>();
        try
        {
            bots[Who.ElevatedAdmin] = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Owner", exchange.SetupCode));
            Bot owner = bots[Who.ElevatedAdmin];
            await owner.OpenRoomAsync("matrix");
            await owner.EnterAsync("matrix");
            await owner.ElevateAsync();
            ulong market = await owner.CreateMarketAsync("Market");
            bots[Who.Stranger] = await Bot.OpenAsync(exchange);
            foreach ((Who who, SetRole role) in (IEnumerable<(Who, SetRole)>)
                [(Who.Outsider, new SetRole { Remove = true }), (Who.Spectator, new SetRole { Role = Role.Spectator }),
                 (Who.Trader, new SetRole { Role = Role.Trader }), (Who.Admin, new SetRole { Role = Role.Admin })])
            {
                Bot bot = bots[who] = await Bot.ConnectAsync(exchange, await exchange.SignInAsync($"{who}"));
                await bot.EnterAsync("matrix");
                role.UserId = bot.UserId();
                await owner.DoAsync(new ClientMessage { SetRole = role });
                await Task.Delay(50);
                await bot.SettledAsync();
            }

            Dictionary<Request, (Who Least, ClientMessage Sample)> declared = Declared(market, bots[Who.Spectator].UserId());
            Assert.Empty(Enum.GetValues<Request>().Where(r => !IsElsewhere(r)).Except(declared.Keys));
            var wrong = new List<string>();
            foreach ((Request request, (Who least, ClientMessage sample)) in declared)
            {
                foreach ((Who who, Bot bot) in bots)
                {
                    RequestFailed? failed = (await bot.RequestAsync(sample.Clone())).RequestFailed;
                    ErrorCode? expected = who >= least ? null
                        : who == Who.Stranger ? ErrorCode.NotAuthenticated
                        : who == Who.Outsider ? ErrorCode.RoomNotFound
                        : who == Who.Admin ? ErrorCode.NotElevated
                        : ErrorCode.Forbidden;
                    bool letThrough = failed?.Code is not (ErrorCode.NotAuthenticated or ErrorCode.Forbidden or ErrorCode.NotElevated)
                        && (failed?.Code != ErrorCode.RoomNotFound || request == Request.EnterRoom);
                    if (expected is null ? !letThrough : failed?.Code != expected)
                        wrong.Add($"{request} by {who}: {(expected is null ? "to be let through" : expected)}, got {failed?.Code} {failed?.Message}");
                    if (request == Request.SetElevated && failed is null)
                    {
                        await bot.DoAsync(new ClientMessage { SetElevated = new SetElevated { Elevated = who == Who.ElevatedAdmin } });
                        await bot.SettledAsync();
                    }
                }
            }
            Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        }
        finally
        {
            foreach (Bot bot in bots.Values)
                await bot.DisposeAsync();
        }
    }
}
