using Exchange.Protocol.V1;
using Google.Protobuf;

namespace Exchange.Tests.EndToEnd;

/// <summary>Rooms: closed economies, who comes in, and what is sent live when that changes.</summary>
public class RoomTests
{
    [Fact]
    public async Task Nothing_crosses_from_one_room_to_another()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        await using Bot bob = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Bob"));
        ulong mainMarket = await bob.CreateMarketAsync("In main");
        ulong bobInMain = bob.AccountId();
        await ann.OpenRoomAsync("sandbox");
        await ann.EnterAsync("sandbox");
        await ann.SubscribeAllAsync(Channel.Book, Channel.Trades, Channel.Ticker);
        ulong annInSandbox = ann.AccountId();
        ulong sandboxMarket = await ann.CreateMarketAsync("In the sandbox");
        Assert.Equal(10_000_000, ann.Read(s => s.Cash));
        int heardBefore = ann.Read(s => s.Heard.Count);

        // Everything happens in main while Ann listens to every market of the sandbox.
        await bob.OrderAsync(new PlaceOrder { MarketId = mainMarket, Side = Side.Sell, Price = 5_000, Quantity = 100 });
        await bob.CreateMarketAsync("Another in main");
        await bob.OpenAccountAsync("Bob's bot");
        Order own = await ann.OrderAsync(new PlaceOrder { MarketId = sandboxMarket, Side = Side.Buy, Price = 4_000, Quantity = 100 });
        await ann.UntilAsync(s => s.Books[sandboxMarket].Bids.Count == 1 && s.Tickers[sandboxMarket].BestBid == 4_000);
        Assert.All(
            ann.Read(s => s.Heard.Skip(heardBefore).ToList()),
            m => Assert.DoesNotContain(" main\"", m.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain(mainMarket, ann.Read(s => s.Books.Keys.Concat(s.Tickers.Keys).Concat(s.Markets.Keys).ToList()));

        // Ids of the other room are ids of nothing.
        PlaceOrder there = new() { MarketId = mainMarket, Side = Side.Buy, Price = 5_000, Quantity = 100 };
        await ann.RefusedAsync(ErrorCode.MarketNotFound, new ClientMessage { PlaceOrder = there });
        await ann.RefusedAsync(ErrorCode.MarketNotFound, new ClientMessage { PreviewOrder = new PreviewOrder { Order = there } });
        await ann.RefusedAsync(ErrorCode.MarketNotFound, new ClientMessage { Subscribe = new Subscribe { MarketIds = { mainMarket }, Channels = { Channel.Book } } });
        await ann.RefusedAsync(ErrorCode.MarketNotFound, new ClientMessage { SettleMarket = new SettleMarket { MarketId = mainMarket, Price = 1 } });
        await ann.RefusedAsync(ErrorCode.MarketNotFound, new ClientMessage { CancelOrders = new CancelOrders { MarketId = mainMarket } });
        await ann.RefusedAsync(ErrorCode.AccountNotFound, new ClientMessage { MakeTransfer = new MakeTransfer { ToAccountId = bobInMain, Amount = 1 } });
        await ann.RefusedAsync(ErrorCode.AccountNotFound, new ClientMessage { ActAs = new ActAs { AccountId = bobInMain } });
        await ann.RefusedAsync(ErrorCode.MarketNotFound, new ClientMessage
        {
            CreateMarket = new CreateMarket { Name = "Crossing", Option = new Option { UnderlyingMarketId = mainMarket, Kind = OptionKind.Call, Style = OptionStyle.European, Strike = 50 } },
        });
        await bob.RefusedAsync(ErrorCode.OrderNotLive, new ClientMessage { CancelOrder = new CancelOrder { OrderId = own.OrderId } });
        await bob.RefusedAsync(ErrorCode.AccountNotFound, new ClientMessage { MakeTransfer = new MakeTransfer { ToAccountId = annInSandbox, Amount = 1 } });

        // Ann is admin of the sandbox and nowhere else.
        await ann.ElevateAsync();
        await ann.DoAsync(new ClientMessage { SetMarketStatus = new SetMarketStatus { MarketId = sandboxMarket, Status = MarketStatus.Halted } });
        await ann.RefusedAsync(ErrorCode.MarketNotFound, new ClientMessage { SetMarketStatus = new SetMarketStatus { MarketId = mainMarket, Status = MarketStatus.Halted } });
        await ann.EnterAsync("main");
        Assert.False(ann.Read(s => s.Elevated));
        await ann.RefusedAsync(ErrorCode.Forbidden, new ClientMessage { SetElevated = new SetElevated { Elevated = true } });
        Assert.Equal(100_000_000, ann.Read(s => s.Cash));
    }

    [Fact]
    public async Task Invitation_only_rooms_let_in_who_knows_the_code_and_closed_ones_nobody()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        string bobToken = await exchange.SignInAsync("Bob");
        await using Bot bob = await Bot.ConnectAsync(exchange, bobToken);
        await ann.OpenRoomAsync("class", JoinPolicy.Invite);
        ClientMessage enter = new() { EnterRoom = new EnterRoom { Slug = "class" } };
        Assert.Contains("join code", (await bob.RefusedAsync(ErrorCode.NotInvited, enter)).Message, StringComparison.Ordinal);
        await ann.EnterAsync("class");
        await ann.ElevateAsync();
        await ann.DoAsync(new ClientMessage { UpdateRoom = new UpdateRoom { JoinCode = "ab cd 12" } });
        Assert.Equal("ABCD12", (await ann.DoAsync(new ClientMessage { GetRoomSettings = new GetRoomSettings() })).RoomSettings.JoinCode);
        await bob.RefusedAsync(ErrorCode.NotInvited, new ClientMessage { EnterRoom = new EnterRoom { Slug = "class", JoinCode = "wrong" } });
        await bob.EnterAsync("class", "abcd-12");
        await ann.UntilAsync(s => s.Members.ContainsKey(bob.UserId()));
        await bob.RefusedAsync(ErrorCode.Forbidden, new ClientMessage { GetRoomSettings = new GetRoomSettings() });

        // Taken out, Bob is in no room, and hears nothing of this one.
        await ann.DoAsync(new ClientMessage { UpdateRoom = new UpdateRoom { JoinPolicy = JoinPolicy.Closed } });
        await ann.DoAsync(new ClientMessage { SetRole = new SetRole { UserId = bob.UserId(), Remove = true } });
        await bob.UntilAsync(s => s.RoomId == 0 && s.ReadySequence is not null && s.Portfolios.Count == 0);
        int heard = bob.Read(s => s.Heard.Count);
        await ann.CreateMarketAsync("After Bob");
        await bob.RefusedAsync(ErrorCode.RoomNotFound, new ClientMessage { GetLeaderboard = new GetLeaderboard() });
        await bob.RefusedAsync(ErrorCode.RoomClosed, new ClientMessage { EnterRoom = new EnterRoom { Slug = "class", JoinCode = "abcd12" } });
        Assert.DoesNotContain(bob.Read(s => s.Heard.Skip(heard).ToList()), m => m.EventCase == ServerMessage.EventOneofCase.MarketChanged);
        await bob.EnterAsync("main");

        // Who asks for a room at the door that is not open to them is signed in, and in no room.
        await using Bot again = await Bot.OpenAsync(exchange);
        ServerMessage answer = await again.DoAsync(new ClientMessage { Authenticate = new Authenticate { AccessToken = bobToken, Room = "class" } });
        Assert.Equal((0UL, 0UL), (answer.Authenticated.RoomId, answer.Authenticated.AccountId));
        Assert.DoesNotContain(answer.Authenticated.Rooms, r => r.Slug == "class");
        await again.EnterAsync("main");
        await again.CreateMarketAsync("By the other connection");
    }

    [Fact]
    public async Task An_archived_room_can_be_read_and_nothing_in_it_changes()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        string bobToken = await exchange.SignInAsync("Bob");
        await using Bot bob = await Bot.ConnectAsync(exchange, bobToken);
        await ann.OpenRoomAsync("term");
        await ann.EnterAsync("term");
        await bob.EnterAsync("term");
        ulong market = await ann.CreateMarketAsync("Exam");
        Order resting = await bob.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 4_000, Quantity = 100 });
        await ann.ElevateAsync();
        await ann.DoAsync(new ClientMessage { UpdateRoom = new UpdateRoom { Archived = true } });
        await bob.UntilAsync(s => s.Orders[resting.OrderId].Reason == OrderReason.RoomArchived && s.Available == s.Cash);

        PlaceOrder order = new() { MarketId = market, Side = Side.Buy, Price = 4_000, Quantity = 100 };
        await bob.RefusedAsync(ErrorCode.RoomArchived, new ClientMessage { PlaceOrder = order });
        await bob.RefusedAsync(ErrorCode.RoomArchived, new ClientMessage { CreateMarket = new CreateMarket { Name = "No", MaxPrice = 1 } });
        await bob.RefusedAsync(ErrorCode.RoomArchived, new ClientMessage { OpenAccount = new OpenAccount { Name = "No" } });
        await ann.RefusedAsync(ErrorCode.RoomArchived, new ClientMessage { Grant = new Grant { EveryMember = true, Amount = 1 } });
        await ann.RefusedAsync(ErrorCode.RoomArchived, new ClientMessage { UpdateRoom = new UpdateRoom { Name = "No" } });
        Assert.Equal(2, (await bob.DoAsync(new ClientMessage { GetLeaderboard = new GetLeaderboard() })).Leaderboard.Entries.Count);

        // Over a restart too; and it can be brought back.
        await exchange.KillAsync();
        await exchange.RestartAsync();
        await using Bot back = await Bot.ConnectAsync(exchange, bobToken);
        await back.EnterAsync("term");
        Assert.Contains(market, back.Read(s => s.Markets.Keys.ToList()));
        await back.RefusedAsync(ErrorCode.RoomArchived, new ClientMessage { PlaceOrder = order });
    }

    [Fact]
    public async Task A_user_may_have_three_rooms_of_their_own_open()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        Assert.Equal(3u, ann.Read(s => s.Authenticated!.RoomsLeft));
        foreach (string slug in (string[])["one", "two", "three"])
            await ann.OpenRoomAsync(slug);
        ClientMessage fourth = new()
        {
            OpenRoom = new OpenRoom { Slug = "four", Name = "Four", JoinPolicy = JoinPolicy.Open, WhoMayCreateMarkets = WhoMayCreateMarkets.Anyone },
        };
        await ann.RefusedAsync(ErrorCode.LimitExceeded, fourth);
        await ann.EnterAsync("two");
        await ann.ElevateAsync();
        await ann.DoAsync(new ClientMessage { UpdateRoom = new UpdateRoom { Archived = true } });
        await ann.DoAsync(fourth);
    }

    [Fact]
    public async Task A_room_with_much_to_show_is_shown_whole()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot admin = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Admin", exchange.SetupCode));
        await admin.ElevateAsync();
        string description = string.Concat(Enumerable.Repeat("語", 2_000));
        for (int i = 0; i < 150; i++)
            await admin.CreateAsync(new CreateMarket { Name = $"Market {i}", Description = description, MaxPrice = 10_000 });
        for (int i = 0; i < 400; i++)
            await admin.OrderAsync(new PlaceOrder { MarketId = 7, Side = Side.Buy, Price = 1_000 + i, Quantity = 1 });

        // 900 KB of directory, in one frame of many parts; then books, most of them empty.
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        Assert.Equal(150, ann.Read(s => s.Markets.Count));
        Assert.All(ann.Read(s => s.Markets.Values.ToList()), m => Assert.Equal(description, m.Description));
        await ann.SubscribeAllAsync(Channel.Book, Channel.Trades, Channel.Ticker);
        Assert.Equal(400, ann.Read(s => s.Books[7].Bids.Count));
        Assert.Equal(150, ann.Read(s => s.Books.Count));
        await ann.OrderAsync(new PlaceOrder { MarketId = 7, Side = Side.Buy, Price = 1_000, Quantity = 1 });
    }

    [Fact]
    public async Task An_account_that_is_shared_appears_and_one_that_is_taken_away_vanishes()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        await using Bot bob = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Bob"));
        ulong market = await ann.CreateMarketAsync("Shared");
        ulong team = await ann.OpenAccountAsync("Team");
        await ann.DoAsync(new ClientMessage { MakeTransfer = new MakeTransfer { ToAccountId = team, Amount = 10_000_000, Memo = "To begin with" } });
        await bob.RefusedAsync(ErrorCode.AccountNotFound, new ClientMessage { ActAs = new ActAs { AccountId = team } });

        await ann.DoAsync(new ClientMessage { ShareAccount = new ShareAccount { AccountId = team, UserId = bob.UserId(), Role = AccountRole.Trader } });
        await bob.UntilAsync(s => s.Portfolios.TryGetValue(team, out BotPortfolio? p) && p.Cash == 10_000_000 && s.ReadySequence is not null);
        Assert.Equal("To begin with", bob.Read(s => s.Portfolios[team].Transfers.Single().Memo));
        await bob.ActAsAsync(team);
        Order order = await bob.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 4_000, Quantity = 100 });
        Assert.Equal((team, bob.UserId()), (order.AccountId, order.PlacedByUserId));
        await ann.UntilAsync(s => s.Portfolios[team].Orders.ContainsKey(order.OrderId));
        await bob.RefusedAsync(ErrorCode.Forbidden, new ClientMessage { MakeTransfer = new MakeTransfer { ToAccountId = ann.AccountId(), Amount = 1 } });
        await bob.RefusedAsync(ErrorCode.Forbidden, new ClientMessage { RenameAccount = new RenameAccount { AccountId = team, Name = "Mine" } });

        // Two requests in one write: the second is for the account that the first switched to.
        ulong personal = bob.Read(s => s.Authenticated!.AccountId);
        await bob.SendAsync(new ClientFrame
        {
            Messages =
            {
                new ClientMessage { ActAs = new ActAs { AccountId = personal } },
                new ClientMessage { PlaceOrder = new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 3_000, Quantity = 100, ClientOrderId = "mine" } },
            },
        }.ToByteArray());
        await bob.UntilAsync(s => s.Portfolios[personal].Orders.Values.Any(o => o.ClientOrderId == "mine"));

        await bob.ActAsAsync(team);
        await ann.DoAsync(new ClientMessage { RemoveAccountMember = new RemoveAccountMember { AccountId = team, UserId = bob.UserId() } });
        await bob.UntilAsync(s => !s.Portfolios.ContainsKey(team) && s.AccountId == personal && s.ReadySequence is not null);
        await bob.RefusedAsync(ErrorCode.OrderNotLive, new ClientMessage { CancelOrder = new CancelOrder { OrderId = order.OrderId } });
        Assert.Equal(OrderStatus.Live, ann.Read(s => s.Portfolios[team].Orders[order.OrderId].Status));
    }
}
