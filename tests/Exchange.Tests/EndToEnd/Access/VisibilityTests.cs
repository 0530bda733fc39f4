using System.Text;
using Exchange.Protocol.V1;
using Google.Protobuf;

namespace Exchange.Tests.EndToEnd;

/// <summary>Hidden and anonymous markets: not one byte reaches who may not see it, and what may be seen appears live.</summary>
public class VisibilityTests
{
    private const string Secret = "Merger of X and Y";

    [Fact]
    public async Task A_hidden_market_is_seen_by_its_accounts_and_elevated_admins_alone()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot admin = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Admin", exchange.SetupCode));
        await using Bot insider = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Insider"));
        string outsiderToken = await exchange.SignInAsync("Outsider");
        await using Bot outsider = await Bot.ConnectAsync(exchange, outsiderToken);
        foreach (Bot bot in (Bot[])[admin, insider, outsider])
            await bot.SubscribeAllAsync(Channel.Book, Channel.Trades, Channel.Ticker);
        await admin.ElevateAsync();
        ulong hidden = await admin.CreateAsync(new CreateMarket
        {
            Name = Secret, MaxPrice = 10_000, VisibleToAccountIds = { insider.AccountId(), admin.AccountId() },
        });
        await insider.UntilAsync(s => s.Markets.ContainsKey(hidden) && s.ReadySequence is not null);

        Order order = await insider.OrderAsync(new PlaceOrder { MarketId = hidden, Side = Side.Buy, Price = 4_000, Quantity = 300 });
        await admin.OrderAsync(new PlaceOrder { MarketId = hidden, Side = Side.Sell, Price = 4_000, Quantity = 100 });
        // The ticker waits its turn: once the last one was told, all there is to hear has been said.
        await insider.UntilAsync(s => s.Trades.Any(t => t.MarketId == hidden) && s.Books[hidden].Bids.Single().Remaining == 200
            && s.Tickers[hidden] is { LastPrice: 4_000, BestBidQuantity: 200 });

        // To the outsider it is as if there were no such market.
        await outsider.RefusedAsync(ErrorCode.MarketNotFound, new ClientMessage { PlaceOrder = new PlaceOrder { MarketId = hidden, Side = Side.Buy, Price = 1, Quantity = 1 } });
        await outsider.RefusedAsync(ErrorCode.MarketNotFound, new ClientMessage { Subscribe = new Subscribe { MarketIds = { hidden }, Channels = { Channel.Ticker } } });
        await outsider.RefusedAsync(ErrorCode.MarketNotFound, new ClientMessage { UpdateMarket = new UpdateMarket { MarketId = hidden, Description = "?" } });
        // Its name is free, as far as the outsider can tell.
        await outsider.CreateMarketAsync(Secret.ToUpperInvariant());
        await using Bot late = await Bot.ConnectAsync(exchange, outsiderToken);
        await late.SubscribeAllAsync(Channel.Book, Channel.Trades, Channel.Ticker);
        foreach (Bot bot in (Bot[])[outsider, late])
        {
            await bot.CaughtUpAsync();
            AssertNeverHeardOf(bot, hidden);
        }

        // Lowered, the admin still sees it by being named; taken off the list, no longer.
        await admin.DoAsync(new ClientMessage { SetElevated = new SetElevated { Elevated = false } });
        await admin.UntilAsync(s => s.ReadySequence is not null && !s.Elevated);
        Assert.Contains(hidden, admin.Read(s => s.Markets.Keys.ToList()));
        await admin.ElevateAsync();
        await admin.RefusedAsync(ErrorCode.MarketInUse, Visible(hidden, insider.AccountId()));

        // Made known to the outsider, it appears with its book and trades; hidden again, it vanishes.
        await admin.DoAsync(Visible(hidden, insider.AccountId(), admin.AccountId(), outsider.AccountId()));
        await outsider.UntilAsync(s => s.Markets.ContainsKey(hidden) && s.ReadySequence is not null
            && s.Books[hidden].Bids.Single().OrderId == order.OrderId && s.Trades.Count(t => t.MarketId == hidden) == 1);
        await admin.DoAsync(Visible(hidden, insider.AccountId(), admin.AccountId()));
        await outsider.UntilAsync(s => !s.Markets.ContainsKey(hidden) && s.ReadySequence is not null && !s.Books.ContainsKey(hidden));
        int heard = outsider.Read(s => s.Heard.Count);
        await insider.OrderAsync(new PlaceOrder { MarketId = hidden, Side = Side.Buy, Price = 3_000, Quantity = 100 });
        await outsider.CreateMarketAsync("Afterwards");
        Assert.DoesNotContain(outsider.Read(s => s.Heard.Skip(heard).ToList()), m => m.BookChanged?.MarketId == hidden);
    }

    [Fact]
    public async Task Coming_back_does_not_resume_past_a_change_of_what_one_may_see()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot admin = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Admin", exchange.SetupCode));
        string token = await exchange.SignInAsync("Ann");
        Bot ann = await Bot.ConnectAsync(exchange, token);
        Resume resume = new()
        {
            Epoch = ann.Read(s => s.Authenticated!.Epoch), RoomId = ann.Read(s => s.RoomId), Sequence = ann.Read(s => s.ReadySequence!.Value),
            Subscriptions = { new Subscribe { All = true, Channels = { Channel.Book } } },
        };
        ulong annAccount = ann.AccountId();
        await ann.DisposeAsync();
        await admin.ElevateAsync();
        ulong hidden = await admin.CreateAsync(new CreateMarket { Name = Secret, MaxPrice = 10_000, VisibleToAccountIds = { admin.AccountId() } });
        await admin.OrderAsync(new PlaceOrder { MarketId = hidden, Side = Side.Buy, Price = 4_000, Quantity = 300 });
        await admin.DoAsync(Visible(hidden, admin.AccountId(), annAccount));

        await using Bot back = await Bot.ConnectAsync(exchange, token, resume);
        Assert.False(back.Read(s => s.Authenticated!.Resumed));
        Assert.Contains(hidden, back.Read(s => s.Markets.Keys.ToList()));
        Assert.DoesNotContain(back.Read(s => s.Heard), m => m.EventCase == ServerMessage.EventOneofCase.BookChanged);
    }

    [Fact]
    public async Task In_an_anonymous_market_only_elevated_admins_see_who_is_who()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot admin = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Admin", exchange.SetupCode));
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        await using Bot bob = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Bob"));
        await admin.ElevateAsync();
        ulong market = await admin.CreateAsync(new CreateMarket { Name = "Masked", MaxPrice = 10_000, Anonymous = true });
        await bob.SubscribeAllAsync(Channel.Book, Channel.Trades);
        await admin.SubscribeAllAsync(Channel.Book, Channel.Trades);
        await ann.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Sell, Price = 6_000, Quantity = 300 });
        await bob.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 6_000, Quantity = 100 });
        await bob.UntilAsync(s => s.Trades.Count == 1 && s.Books[market].Offers.Single().Remaining == 200);
        await admin.UntilAsync(s => s.Trades.Count == 1 && s.Books[market].Offers.Single().Remaining == 200);
        Assert.Equal((0UL, 0UL, 0UL), bob.Read(s => (s.Trades[0].BuyerAccountId, s.Trades[0].SellerAccountId, s.Books[market].Offers[0].AccountId)));
        Assert.Equal(
            (bob.AccountId(), ann.AccountId(), ann.AccountId()),
            admin.Read(s => (s.Trades[0].BuyerAccountId, s.Trades[0].SellerAccountId, s.Books[market].Offers[0].AccountId)));
        // One's own orders come under one's own account.
        Assert.Equal(ann.AccountId(), ann.Read(s => s.Orders.Values.Single().AccountId));

        // Lowered, the admin sees what everyone sees; a newcomer's snapshot is masked too.
        await admin.DoAsync(new ClientMessage { SetElevated = new SetElevated { Elevated = false } });
        await admin.UntilAsync(s => s.ReadySequence is not null && s.Trades.Count == 1);
        Assert.Equal((0UL, 0UL), admin.Read(s => (s.Trades[0].SellerAccountId, s.Books[market].Offers[0].AccountId)));

        // Unmasked, everyone is shown it anew.
        await admin.ElevateAsync();
        await admin.DoAsync(new ClientMessage { UpdateMarket = new UpdateMarket { MarketId = market, Anonymous = false } });
        await bob.UntilAsync(s => s.ReadySequence is not null && s.Trades.Count == 1 && s.Trades[0].SellerAccountId == ann.AccountId()
            && s.Books[market].Offers[0].AccountId == ann.AccountId());
    }

    private static ClientMessage Visible(ulong market, params ulong[] accounts) => new()
    {
        UpdateMarket = new UpdateMarket { MarketId = market, VisibleTo = new AccountIds { AccountIds_ = { accounts } } },
    };

    private static void AssertNeverHeardOf(Bot bot, ulong hidden)
    {
        foreach (ServerMessage message in bot.Read(s => s.Heard.ToList()))
        {
            // What the bot itself asked for by that id comes back in the refusal's sentence.
            if (message.EventCase == ServerMessage.EventOneofCase.RequestFailed)
                continue;
            Assert.DoesNotContain(Secret, Encoding.UTF8.GetString(message.ToByteArray()), StringComparison.Ordinal);
            Assert.DoesNotContain($"\"marketId\": \"{hidden}\"", message.ToString(), StringComparison.Ordinal);
        }
    }
}
