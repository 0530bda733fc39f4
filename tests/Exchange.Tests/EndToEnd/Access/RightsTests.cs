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

        /// <summary>A trader who created the market that requests name.</summary>
        Owner,

        /// <summary>An admin whose powers are not turned on.</summary>
        Admin,
        ElevatedAdmin,
    }

    /// <summary>Which of a trader's API keys may send a request; each has what the one before has.</summary>
    private enum Key
    {
        None,

        /// <summary>One that is neither for one account nor read-only.</summary>
        Full,
        OneAccount,
        ReadOnly,
    }

    /// <summary>The least that may send each, which keys may, and a request that is well formed.</summary>
    private static (Who Least, Key Last, ClientMessage Sample)[] Declared(Cast cast) =>
    [
        (Who.Stranger, Key.ReadOnly, new() { Ping = new Ping() }),
        (Who.Outsider, Key.ReadOnly, new() { SetCancelOnDisconnect = new SetCancelOnDisconnect() }),
        (Who.Outsider, Key.ReadOnly, new() { EnterRoom = new EnterRoom { RoomId = 999 } }),
        (Who.Outsider, Key.None, new() { GetApiKeys = new GetApiKeys() }),
        (Who.Outsider, Key.None, new() { CreateApiKey = new CreateApiKey() }),
        (Who.Outsider, Key.None, new() { RevokeApiKey = new RevokeApiKey() }),
        (Who.Outsider, Key.Full, new() { OpenRoom = new OpenRoom { Slug = "!" } }),
        (Who.Spectator, Key.ReadOnly, new() { Subscribe = new Subscribe { All = true, Channels = { Channel.Ticker } } }),
        (Who.Spectator, Key.ReadOnly, new() { Unsubscribe = new Unsubscribe { All = true, Channels = { Channel.Ticker } } }),
        (Who.Spectator, Key.ReadOnly, new() { ActAs = new ActAs { AccountId = cast.People[Who.Trader].AccountId() } }),
        (Who.Spectator, Key.ReadOnly, new() { GetLeaderboard = new GetLeaderboard() }),
        (Who.Spectator, Key.Full, new() { RemoveAccountMember = new RemoveAccountMember { AccountId = 999 } }),
        (Who.Spectator, Key.ReadOnly, new() { GetTrades = new GetTrades { MarketId = cast.Market } }),
        (Who.Spectator, Key.ReadOnly, new() { GetOrders = new GetOrders { AccountId = 999 } }),
        (Who.Spectator, Key.ReadOnly, new() { GetOrderChanges = new GetOrderChanges { OrderId = 999 } }),
        (Who.Spectator, Key.ReadOnly, new() { GetTransfers = new GetTransfers { AccountId = 999 } }),
        (Who.Spectator, Key.ReadOnly, new() { GetStatusChanges = new GetStatusChanges { MarketId = cast.Market } }),
        (Who.Spectator, Key.ReadOnly, new() { GetSettlements = new GetSettlements() }),
        (Who.Spectator, Key.ReadOnly, new() { GetCandles = new GetCandles { MarketId = cast.Market, Interval = CandleInterval._1Day } }),
        (Who.Spectator, Key.ReadOnly, new() { GetEquityCurve = new GetEquityCurve { AccountId = 999 } }),
        (Who.Spectator, Key.ReadOnly, new() { GetBook = new GetBook { MarketId = cast.Market, Sequence = 1 } }),
        (Who.Spectator, Key.ReadOnly, new() { GetConversions = new GetConversions { AccountId = 999 } }),
        (Who.Spectator, Key.ReadOnly, new() { GetExercises = new GetExercises { AccountId = 999 } }),
        (Who.ElevatedAdmin, Key.ReadOnly, new() { GetAuditTrail = new GetAuditTrail() }),
        (Who.Trader, Key.OneAccount, new() { OrderBatch = new OrderBatch { Items = { new BatchItem { Cancel = new CancelOrder { OrderId = 999 } } } } }),
        (Who.Trader, Key.OneAccount, new() { PlaceOrder = new PlaceOrder { MarketId = cast.Market, Side = Side.Buy } }),
        (Who.Trader, Key.OneAccount, new() { ReplaceOrder = new ReplaceOrder { OrderId = 999, Price = 1 } }),
        (Who.Trader, Key.OneAccount, new() { CancelOrder = new CancelOrder { OrderId = 999 } }),
        (Who.Trader, Key.OneAccount, new() { CancelOrders = new CancelOrders() }),
        (Who.Trader, Key.ReadOnly, new() { PreviewOrder = new PreviewOrder { Order = new PlaceOrder { MarketId = cast.Market, Side = Side.Buy } } }),
        (Who.Trader, Key.OneAccount, new() { CancelAfter = new CancelAfter { TimeoutMs = 1 } }),
        (Who.Trader, Key.OneAccount, new() { ConvertBasket = new ConvertBasket { MarketId = cast.Market } }),
        (Who.Trader, Key.OneAccount, new() { ExerciseOption = new ExerciseOption { MarketId = cast.Market } }),
        (Who.Trader, Key.Full, new() { CreateMarket = new CreateMarket() }),
        (Who.Trader, Key.Full, new() { OpenAccount = new OpenAccount() }),
        (Who.Trader, Key.Full, new() { RenameAccount = new RenameAccount { AccountId = 999 } }),
        (Who.Trader, Key.Full, new() { ShareAccount = new ShareAccount { AccountId = 999 } }),
        (Who.Trader, Key.Full, new() { MakeTransfer = new MakeTransfer { ToAccountId = 999 } }),
        (Who.Trader, Key.OneAccount, new() { ClaimCode = new ClaimCode { Code = "NONE" } }),
        (Who.Admin, Key.None, new() { SetElevated = new SetElevated { Elevated = true } }),
        (Who.Owner, Key.Full, new() { SettleMarket = new SettleMarket { MarketId = cast.Market, Price = -1 } }),
        (Who.Owner, Key.Full, new() { DeleteMarket = new DeleteMarket { MarketId = cast.Market } }),
        (Who.Owner, Key.ReadOnly, new() { PreviewSettlement = new PreviewSettlement { MarketId = cast.Market, Price = 5_000 } }),
        (Who.Owner, Key.Full, new() { UpdateMarket = new UpdateMarket { MarketId = cast.Market, Description = "What it is about" } }),
        (Who.Owner, Key.Full, new() { UpdateMarket = new UpdateMarket { MarketId = cast.Market, Category = "Weather", Group = "Week 3", CloseTimeUs = 0 } }),
        (Who.ElevatedAdmin, Key.Full, new() { UpdateMarket = new UpdateMarket { MarketId = cast.Market, MaxPrice = 0 } }),
        (Who.ElevatedAdmin, Key.Full, new() { UpdateMarket = new UpdateMarket { MarketId = cast.Market, Name = "" } }),
        (Who.ElevatedAdmin, Key.None, new() { SetMarketStatus = new SetMarketStatus { MarketId = cast.Market } }),
        (Who.ElevatedAdmin, Key.None, new() { SetHouseBots = new SetHouseBots { MarketId = cast.Market, Bots = { new HouseBot() } } }),
        (Who.ElevatedAdmin, Key.None, new() { UndoSettlement = new UndoSettlement { MarketId = cast.Market } }),
        (Who.ElevatedAdmin, Key.None, new() { UpdateRoom = new UpdateRoom() }),
        (Who.ElevatedAdmin, Key.None, new() { InviteToRoom = new InviteToRoom { AddEmails = { "?" } } }),
        (Who.ElevatedAdmin, Key.None, new() { GetRoomSettings = new GetRoomSettings() }),
        (Who.ElevatedAdmin, Key.None, new() { SetRole = new SetRole { UserId = cast.People[Who.Spectator].UserId() } }),
        (Who.ElevatedAdmin, Key.None, new() { Grant = new Grant() }),
        (Who.ElevatedAdmin, Key.None, new() { CreateCode = new CreateCode() }),
        (Who.ElevatedAdmin, Key.None, new() { RevokeCode = new RevokeCode { Code = "NONE" } }),
        (Who.ElevatedAdmin, Key.None, new() { GetCodes = new GetCodes() }),
        (Who.ElevatedAdmin, Key.None, new() { GetMembersOverview = new GetMembersOverview() }),
        (Who.ElevatedAdmin, Key.None, new() { GetPerson = new GetPerson { UserId = cast.People[Who.Spectator].UserId() } }),
        (Who.ElevatedAdmin, Key.None, new() { GetHealth = new GetHealth() }),
        (Who.Spectator, Key.ReadOnly, new() { GetNotices = new GetNotices() }),
        (Who.Spectator, Key.None, new() { MarkNoticesRead = new MarkNoticesRead { Sequence = 1 } }),
    ];

    /// <summary>None, and the one that says who one is.</summary>
    private static bool IsNoneOfThese(Request request) => request is Request.None or Request.Authenticate;

    [Fact]
    public async Task Everyone_may_send_what_is_declared_and_nothing_more()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Cast cast = await Cast.GatherAsync(exchange);
        (Who Least, Key Last, ClientMessage Sample)[] declared = Declared(cast);
        Assert.Empty(Enum.GetValues<Request>().Where(r => !IsNoneOfThese(r)).Except(declared.Select(d => d.Sample.RequestCase)));
        var wrong = new List<string>();
        foreach ((Who least, Key last, ClientMessage sample) in declared)
        {
            Request request = sample.RequestCase;
            foreach ((Who who, Bot bot) in cast.People)
            {
                // A market's owner has no more than a trader, but of that market.
                bool may = who >= least && !(who is Who.Admin && least is Who.Owner);
                // Who does not say who they are is let go after 10 s: a stranger comes anew with each request.
                await using Bot? stranger = who is Who.Stranger ? await Bot.OpenAsync(exchange) : null;
                // Only an admin of the server may ask how the exchange does; the cast's elevated one is.
                ErrorCode? refusal = may ? null : request is Request.GetHealth && who is Who.Admin ? ErrorCode.Forbidden : RefusalOf(who);
                await TryAsync($"{who}", stranger ?? bot, refusal);
                if (request == Request.SetElevated && may)
                {
                    await bot.DoAsync(new ClientMessage { SetElevated = new SetElevated { Elevated = who == Who.ElevatedAdmin } });
                    await bot.SettledAsync();
                }
            }
            foreach ((Key key, Bot bot) in cast.Keys)
                await TryAsync($"{key} key", bot, key > last ? ErrorCode.KeyForbids : Who.Trader >= least ? null : RefusalOf(Who.Trader));

            async Task TryAsync(string sender, Bot bot, ErrorCode? expected)
            {
                ServerMessage answer = await bot.RequestAsync(sample.Clone());
                RequestFailed? failed = answer.RequestFailed ?? answer.BatchApplied?.Results[0].Failed;
                bool letThrough = failed?.Code is not (ErrorCode.NotAuthenticated or ErrorCode.Forbidden or ErrorCode.NotElevated or ErrorCode.KeyForbids)
                    && (failed?.Code != ErrorCode.RoomNotFound || request == Request.EnterRoom);
                if (expected is null ? !letThrough : failed?.Code != expected)
                    wrong.Add($"{request} by {sender}: {(expected is null ? "to be let through" : expected)}, got {failed?.Code} {failed?.Message}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private static ErrorCode RefusalOf(Who who) => who switch
    {
        Who.Stranger => ErrorCode.NotAuthenticated,
        Who.Outsider => ErrorCode.RoomNotFound,
        Who.Admin => ErrorCode.NotElevated,
        _ => ErrorCode.Forbidden,
    };

    /// <summary>
    /// Every request that names an account, an order or a key × a trader to whom it does not belong: as if it were not there. A field of
    /// that kind that the schema gets must be declared here.
    /// </summary>
    [Fact]
    public async Task What_belongs_to_another_is_as_if_it_were_not_there()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Cast cast = await Cast.GatherAsync(exchange);
        Bot owner = cast.People[Who.Owner];
        ulong account = owner.AccountId();
        ulong order = (await owner.OrderAsync(new PlaceOrder { MarketId = cast.Market, Side = Side.Buy, Price = 4_000, Quantity = 100 })).OrderId;
        ulong key = (await owner.DoAsync(new ClientMessage { CreateApiKey = new CreateApiKey { Name = "Theirs" } })).ApiKeyCreated.Key.KeyId;
        (string Field, ErrorCode Refusal, ClientMessage Request)[] others =
        [
            ("ActAs.account_id", ErrorCode.AccountNotFound, new() { ActAs = new ActAs { AccountId = account } }),
            ("RenameAccount.account_id", ErrorCode.AccountNotFound, new() { RenameAccount = new RenameAccount { AccountId = account, Name = "Mine" } }),
            ("ShareAccount.account_id", ErrorCode.AccountNotFound,
                new() { ShareAccount = new ShareAccount { AccountId = account, UserId = cast.People[Who.Trader].UserId(), Role = AccountRole.Manager } }),
            ("RemoveAccountMember.account_id", ErrorCode.AccountNotFound,
                new() { RemoveAccountMember = new RemoveAccountMember { AccountId = account, UserId = owner.UserId() } }),
            ("CreateApiKey.account_id", ErrorCode.AccountNotFound, new() { CreateApiKey = new CreateApiKey { Name = "Theirs", AccountId = account } }),
            ("MakeTransfer.from_account_id", ErrorCode.AccountNotFound,
                new() { MakeTransfer = new MakeTransfer { FromAccountId = account, ToAccountId = cast.People[Who.Trader].AccountId(), Amount = 1 } }),
            ("RevokeApiKey.key_id", ErrorCode.KeyNotFound, new() { RevokeApiKey = new RevokeApiKey { KeyId = key } }),
            ("ReplaceOrder.order_id", ErrorCode.OrderNotLive, new() { ReplaceOrder = new ReplaceOrder { OrderId = order, Price = 3_000 } }),
            ("CancelOrder.order_id", ErrorCode.OrderNotLive, new() { CancelOrder = new CancelOrder { OrderId = order } }),
            ("GetTrades.account_id", ErrorCode.AccountNotFound, new() { GetTrades = new GetTrades { AccountId = account } }),
            ("GetOrders.account_id", ErrorCode.AccountNotFound, new() { GetOrders = new GetOrders { AccountId = account } }),
            ("GetOrderChanges.order_id", ErrorCode.OrderNotFound, new() { GetOrderChanges = new GetOrderChanges { OrderId = order } }),
            ("GetTransfers.account_id", ErrorCode.AccountNotFound, new() { GetTransfers = new GetTransfers { AccountId = account } }),
            ("GetEquityCurve.account_id", ErrorCode.AccountNotFound, new() { GetEquityCurve = new GetEquityCurve { AccountId = account } }),
            ("GetConversions.account_id", ErrorCode.AccountNotFound, new() { GetConversions = new GetConversions { AccountId = account } }),
            ("GetExercises.account_id", ErrorCode.AccountNotFound, new() { GetExercises = new GetExercises { AccountId = account } }),
        ];
        // Who gets money is anybody.
        string[] anybodys = ["MakeTransfer.to_account_id"];
        IEnumerable<string> named = ClientMessage.Descriptor.Oneofs[0].Fields
            .SelectMany(f => f.MessageType.Fields.InDeclarationOrder())
            .Where(f => !f.IsRepeated && (f.Name.EndsWith("account_id", StringComparison.Ordinal) || f.Name is "order_id" or "key_id"))
            .Select(f => $"{f.ContainingType.Name}.{f.Name}");
        Assert.Equal(others.Select(o => o.Field).Concat(anybodys).Order(), named.Order());

        var wrong = new List<string>();
        foreach ((string field, ErrorCode refusal, ClientMessage request) in others)
        {
            foreach (Bot bot in (Bot[])[cast.People[Who.Trader], cast.People[Who.Spectator], cast.People[Who.ElevatedAdmin]])
            {
                RequestFailed? failed = (await bot.RequestAsync(request.Clone())).RequestFailed;
                bool isSpectator = bot == cast.People[Who.Spectator], isAdmin = bot == cast.People[Who.ElevatedAdmin];
                // The past of every account of the room is an elevated admin's to read, and nothing else of it.
                bool mayRead = isAdmin && request.RequestCase.ToString().StartsWith("Get", StringComparison.Ordinal);
                bool asItShould = mayRead ? failed is null : failed?.Code == refusal || (isSpectator && failed?.Code == ErrorCode.Forbidden);
                if (!asItShould)
                    wrong.Add($"{field} by {(isSpectator ? "a spectator" : isAdmin ? "an elevated admin" : "a trader")}: {refusal}, got {failed?.Code} {failed?.Message}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));

        // But for what the leaderboard tells everyone.
        foreach (Bot bot in (Bot[])[cast.People[Who.Trader], cast.People[Who.Spectator], cast.Keys[Key.ReadOnly]])
        {
            var ranked = new GetEquityCurve { AccountId = account, AsRanked = true, IntervalUs = 60_000_000 };
            Assert.NotNull((await bot.RequestAsync(new ClientMessage { GetEquityCurve = ranked })).EquityPage);
        }

        // And it is all still as it was.
        await owner.SettledAsync();
        Assert.Equal((4_000, 100u), owner.Read(s => (s.Orders[order].Price, s.Orders[order].Remaining)));
        Assert.Equal([key], (await owner.DoAsync(new ClientMessage { GetApiKeys = new GetApiKeys() })).ApiKeys.Keys.Select(k => k.KeyId));
    }

    /// <summary>One of each kind of sender, in a room with a market.</summary>
    private sealed class Cast : IAsyncDisposable
    {
        public Dictionary<Who, Bot> People { get; } = [];

        /// <summary>Connections by the trader's keys.</summary>
        public Dictionary<Key, Bot> Keys { get; } = [];

        /// <summary>Created by the <see cref="Who.Owner"/>.</summary>
        public ulong Market { get; private set; }

        public static async Task<Cast> GatherAsync(PublishedExchange exchange)
        {
            var cast = new Cast();
            Bot admin = cast.People[Who.ElevatedAdmin] = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Chief", exchange.SetupCode));
            await admin.OpenRoomAsync("matrix");
            await admin.EnterAsync("matrix");
            await admin.ElevateAsync();
            cast.People[Who.Stranger] = await Bot.OpenAsync(exchange);
            foreach ((Who who, SetRole role) in (IEnumerable<(Who, SetRole)>)
                [(Who.Outsider, new SetRole { Remove = true }), (Who.Spectator, new SetRole { Role = Role.Spectator }),
                 (Who.Trader, new SetRole { Role = Role.Trader }), (Who.Owner, new SetRole { Role = Role.Trader }),
                 (Who.Admin, new SetRole { Role = Role.Admin })])
            {
                Bot bot = cast.People[who] = await Bot.ConnectAsync(exchange, await exchange.SignInAsync($"{who} of the room"));
                await bot.EnterAsync("matrix");
                role.UserId = bot.UserId();
                await admin.DoAsync(new ClientMessage { SetRole = role });
                await bot.CaughtUpAsync();
            }
            cast.Market = await cast.People[Who.Owner].CreateMarketAsync("Market");
            // One that depends on it, so that nobody can delete it, whoever may.
            await cast.People[Who.Owner].CreateAsync(new CreateMarket
            {
                Name = "Basket", Basket = new Basket { Constituents = { new Constituent { MarketId = cast.Market, Multiplier = 1 } } },
            });
            Bot trader = cast.People[Who.Trader];
            foreach ((Key key, CreateApiKey request) in (IEnumerable<(Key, CreateApiKey)>)
                [(Key.Full, new CreateApiKey()), (Key.OneAccount, new CreateApiKey { AccountId = trader.AccountId() }), (Key.ReadOnly, new CreateApiKey { ReadOnly = true })])
            {
                request.Name = $"{key}";
                ServerMessage made = await trader.DoAsync(new ClientMessage { CreateApiKey = request });
                cast.Keys[key] = await ApiKeyTests.SignInAsync(exchange, made.ApiKeyCreated.Secret);
                if (key != Key.OneAccount)
                    await cast.Keys[key].EnterAsync("matrix");
            }
            return cast;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (Bot bot in People.Values.Concat(Keys.Values))
                await bot.DisposeAsync();
        }
    }
}
