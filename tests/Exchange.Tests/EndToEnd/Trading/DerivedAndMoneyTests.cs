using Exchange.Protocol.V1;

namespace Exchange.Tests.EndToEnd;

/// <summary>Baskets, options, settlement and its undoing, and money that moves: told live, and all of it there after the power went.</summary>
public class DerivedAndMoneyTests
{
    [Fact]
    public async Task Baskets_and_options_convert_exercise_settle_and_are_undone()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string adminToken = await exchange.SignInAsync("Admin", exchange.SetupCode), bobToken = await exchange.SignInAsync("Bob");
        await using Bot admin = await Bot.ConnectAsync(exchange, adminToken);
        await using Bot bob = await Bot.ConnectAsync(exchange, bobToken);
        ulong a = await admin.CreateMarketAsync("A", 0, 10_000), b = await admin.CreateMarketAsync("B", 0, 10_000);
        ulong basket = await admin.CreateAsync(new CreateMarket
        {
            Name = "2A - B",
            Basket = new Basket { Fee = 5_0000, Constituents = { new Constituent { MarketId = a, Multiplier = 2 }, new Constituent { MarketId = b, Multiplier = -1 } } },
        });
        ulong call = await admin.CreateAsync(new CreateMarket
        {
            Name = "A call 60", Option = new Option { UnderlyingMarketId = a, Kind = OptionKind.Call, Style = OptionStyle.American, Strike = 6_000 },
        });
        Assert.Equal((-10_000, 20_000), admin.Read(s => (s.Markets[basket].MinPrice, s.Markets[basket].MaxPrice)));
        Assert.Equal((0, 4_000), admin.Read(s => (s.Markets[call].MinPrice, s.Markets[call].MaxPrice)));

        // Bob makes three baskets out of what he then owes of A and is owed of B; the house takes the other side.
        BasketConverted made = (await bob.DoAsync(new ClientMessage
        {
            ConvertBasket = new ConvertBasket { MarketId = basket, Direction = ConversionDirection.Create, Quantity = 300 },
        })).BasketConverted;
        Assert.Equal(5_0000, made.Fee);
        Assert.Equal((300, -600, 300), (bob.Position(basket), bob.Position(a), bob.Position(b)));
        Assert.Equal(100_000_000 - 5_0000, bob.Read(s => s.Cash));

        // Bob buys four calls from the admin and exercises one: he buys A at 60, and the admin has to sell it.
        await admin.OrderAsync(new PlaceOrder { MarketId = call, Side = Side.Sell, Price = 500, Quantity = 400 });
        await bob.OrderAsync(new PlaceOrder { MarketId = call, Side = Side.Buy, Price = 500, Quantity = 400 });
        await bob.DoAsync(new ClientMessage { ExerciseOption = new ExerciseOption { MarketId = call, Quantity = 100 } });
        Assert.Equal((300, -500), (bob.Position(call), bob.Position(a)));
        await admin.UntilAsync(s => s.Heard.Any(m => m.OptionExercised is { Assigned: true, Quantity: 100 }) && s.Positions[a].Quantity == -100);
        await bob.RefusedAsync(ErrorCode.InvalidQuantity, new ClientMessage { ExerciseOption = new ExerciseOption { MarketId = call, Quantity = 301 } });
        await admin.RefusedAsync(ErrorCode.MarketDerived, new ClientMessage { SettleMarket = new SettleMarket { MarketId = call, Price = 0 } });

        // A settles at 75: so does the call, at 15; the basket waits for B.
        (long before, long adminBefore) = (bob.Read(s => s.Cash), admin.Read(s => s.Cash));
        await admin.DoAsync(new ClientMessage { SettleMarket = new SettleMarket { MarketId = a, Price = 7_500 } });
        await bob.UntilAsync(s => s.Markets[call].Status == MarketStatus.Settled && s.Cash == before - (500 * 7_500) + (300 * 1_500));
        Assert.Equal((1_500, MarketStatus.Open), bob.Read(s => (s.Markets[call].SettlementPrice, s.Markets[basket].Status)));
        await admin.DoAsync(new ClientMessage { SettleMarket = new SettleMarket { MarketId = b, Price = 1_000 } });
        await bob.UntilAsync(s => s.Markets[basket].Status == MarketStatus.Settled);
        Assert.Equal(14_000, bob.Read(s => s.Markets[basket].SettlementPrice));

        // It was a mistake: A, and with it the call and the basket, are as they were, and halted. B stays settled.
        await admin.RefusedAsync(ErrorCode.NotElevated, new ClientMessage { UndoSettlement = new UndoSettlement { MarketId = a } });
        await admin.ElevateAsync();
        await admin.RefusedAsync(ErrorCode.MarketDerived, new ClientMessage { UndoSettlement = new UndoSettlement { MarketId = basket } });
        await admin.DoAsync(new ClientMessage { UndoSettlement = new UndoSettlement { MarketId = a } });
        await bob.UntilAsync(s => s.Markets[basket].Status == MarketStatus.Halted && s.Markets[call].Status == MarketStatus.Halted);
        Assert.Equal((300, 300, -500, 0), (bob.Position(basket), bob.Position(call), bob.Position(a), bob.Position(b)));
        Assert.Equal(before + (300 * 1_000), bob.Read(s => s.Cash));
        Assert.Equal(adminBefore, admin.Read(s => s.Cash));

        await exchange.KillAsync();
        (int verified, string output) = await PublishedExchange.RunAsync("verify", "--data", exchange.DataDirectory);
        Assert.True(verified == 0, output);
        await exchange.RestartAsync();
        await using Bot back = await Bot.ConnectAsync(exchange, adminToken);
        await back.DoAsync(new ClientMessage { SettleMarket = new SettleMarket { MarketId = a, Price = 2_500 } });
        await back.UntilAsync(s => s.Markets[basket].Status == MarketStatus.Settled);
        Assert.Equal(4_000, back.Read(s => s.Markets[basket].SettlementPrice));
        Assert.Equal(0, back.Read(s => s.Markets[call].SettlementPrice));
        Leaderboard board = (await back.DoAsync(new ClientMessage { GetLeaderboard = new GetLeaderboard() })).Leaderboard;
        // What one made the others lost, but for what the house has: the fee, and its side of the conversion.
        Assert.Equal(2, board.Entries.Count);
        Assert.All(board.Entries, e => Assert.Equal(e.Equity - 100_000_000, e.Profit));
    }

    [Fact]
    public async Task Money_is_sent_granted_taken_back_and_claimed()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        string annToken = await exchange.SignInAsync("Ann");
        await using Bot admin = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Admin", exchange.SetupCode));
        await using Bot ann = await Bot.ConnectAsync(exchange, annToken);
        await using Bot bob = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Bob"));
        await ann.DoAsync(new ClientMessage { MakeTransfer = new MakeTransfer { ToAccountId = bob.AccountId(), Amount = 40_000_000, Memo = "Lunch" } });
        await bob.UntilAsync(s => s.Cash == 140_000_000 && s.Own.Transfers.Any(t => t.Memo == "Lunch"));
        RequestFailed poor = await ann.RefusedAsync(ErrorCode.InsufficientFunds, new ClientMessage { MakeTransfer = new MakeTransfer { ToAccountId = bob.AccountId(), Amount = 60_000_001 } });
        Assert.Equal((60_000_001, 60_000_000), (poor.Needed, poor.Available));

        await admin.RefusedAsync(ErrorCode.NotElevated, new ClientMessage { Grant = new Grant { EveryMember = true, Amount = 1 } });
        await admin.ElevateAsync();
        Assert.Equal(3u, (await admin.DoAsync(new ClientMessage { Grant = new Grant { EveryMember = true, Amount = 1_000_000, Memo = "Prize" } })).Granted.Count);
        await ann.UntilAsync(s => s.Cash == 61_000_000);
        Grant take = new() { AccountIds = { ann.AccountId() }, Amount = -70_000_000, Memo = "Cheating" };
        await admin.RefusedAsync(ErrorCode.InsufficientFunds, new ClientMessage { Grant = take });
        take.Force = true;
        await admin.DoAsync(new ClientMessage { Grant = take });
        await ann.UntilAsync(s => s.Available == -9_000_000);
        ulong market = await bob.CreateMarketAsync("Anything");
        await ann.RefusedAsync(ErrorCode.InsufficientFunds, new ClientMessage { PlaceOrder = new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 100, Quantity = 1 } });

        Code code = (await admin.DoAsync(new ClientMessage { CreateCode = new CreateCode { Amount = 20_000_000, Uses = 1 } })).CodeChanged.Code;
        await ann.DoAsync(new ClientMessage { ClaimCode = new ClaimCode { Code = code.Code_.ToLowerInvariant() } });
        Assert.Equal(11_000_000, ann.Read(s => s.Available));
        await bob.RefusedAsync(ErrorCode.CodeNotFound, new ClientMessage { ClaimCode = new ClaimCode { Code = code.Code_ } });
        Assert.Empty((await admin.DoAsync(new ClientMessage { GetCodes = new GetCodes() })).Codes.Codes_);

        // Money received is no profit.
        Leaderboard board = (await ann.DoAsync(new ClientMessage { GetLeaderboard = new GetLeaderboard() })).Leaderboard;
        Assert.All(board.Entries, e => Assert.Equal(0, e.Profit));
        await exchange.KillAsync();
        (int verified, string output) = await PublishedExchange.RunAsync("verify", "--data", exchange.DataDirectory);
        Assert.True(verified == 0, output);
        await exchange.RestartAsync();
        await using Bot back = await Bot.ConnectAsync(exchange, annToken);
        Assert.Equal(["Opening balance", "Lunch", "Prize", "Cheating", $"Code {code.Code_}"], back.Read(s => s.Own.Transfers.Select(t => t.Memo).ToList()));
        Assert.Equal(11_000_000, back.Read(s => s.Available));
    }
}
