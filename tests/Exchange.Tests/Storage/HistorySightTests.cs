using Exchange.Markets;

namespace Exchange.Tests.Storage;

/// <summary>Who sees what of the past: every question, asked by everyone.</summary>
public sealed class HistorySightTests : HistoryTests
{
    /// <summary>
    /// Ann and Bob trade in each of four markets; two of them only they see, two are anonymous. Cyn trades nowhere, Sam looks
    /// on, Adam is admin of the room, Root of the server, Eve in another room.
    /// </summary>
    public HistorySightTests()
    {
        Enter("root", "ann", "bob", "cyn", "sam", "adam", "eve");
        Do("root", new Command { Kind = CommandKind.OpenRoom, RoomId = -1, Details = new RoomTerms("side", "Side", new Cash(1_000_0000), WhoMayCreateMarkets.Anyone) });
        Do("root", new Command { Kind = CommandKind.SetRole, Elevated = true, Details = new RoleTerms(User("sam"), Role.Spectator) });
        Do("root", new Command { Kind = CommandKind.SetRole, Elevated = true, Details = new RoleTerms(User("adam"), Role.Admin) });
        Do("root", new Command { Kind = CommandKind.SetRole, Elevated = true, Details = new RoleTerms(User("eve"), null) });
        foreach (string name in (string[])["open", "anonymous", "hidden", "hidden anonymous"])
        {
            var terms = new MarketTerms(name, "", new Price(0), new Price(100_00), 1)
            {
                IsAnonymous = name.Contains("anonymous", StringComparison.Ordinal),
                VisibleTo = name.StartsWith("hidden", StringComparison.Ordinal) ? new ValueList<long>(Account("ann"), Account("bob")) : ValueList<long>.Empty,
            };
            Create(terms);
            Place("ann", name, Side.Sell, 60_00, 3);
            Place("bob", name, Side.Buy, 60_00, 1);
            Place("bob", name, Side.Buy, 40_00, 1);
        }
        Do(new Command { Kind = CommandKind.SampleEquity });
        Do("ann", new Command { Kind = CommandKind.MakeTransfer, AccountId = Account("ann"), Details = new TransferTerms(Account("bob"), new Cash(10_0000), "for lunch") });
        foreach (string name in Markets.Keys)
            Do("root", new Command { Kind = CommandKind.SettleMarket, Elevated = true, MarketId = Markets[name], Price = new Price(50_00) });
        Ledger.Write();
    }

    [Theory]
    //          viewer       open           anonymous      hidden         hidden anonymous
    [InlineData("ann", "ann bob", "ann -", "ann bob", "ann -")]
    [InlineData("bob", "ann bob", "- bob", "ann bob", "- bob")]
    [InlineData("cyn", "ann bob", "- -", "", "")]
    [InlineData("sam", "ann bob", "- -", "", "")]
    [InlineData("adam", "ann bob", "- -", "", "")]
    [InlineData("root", "ann bob", "- -", "", "")]
    [InlineData("adam elevated", "ann bob", "ann bob", "ann bob", "ann bob")]
    [InlineData("root elevated", "ann bob", "ann bob", "ann bob", "ann bob")]
    [InlineData("cyn elevated", "ann bob", "- -", "", "")]
    [InlineData("sam elevated", "ann bob", "- -", "", "")]
    public async Task A_market_is_seen_as_when_it_is_live(string who, string open, string anonymous, string hidden, string hiddenAnonymous)
    {
        Viewer viewer = As(who);
        foreach ((string name, string seen) in (IEnumerable<(string, string)>)
            [("open", open), ("anonymous", anonymous), ("hidden", hidden), ("hidden anonymous", hiddenAnonymous)])
        {
            long market = Markets[name];
            HistoryAnswer trades = await Ledger.AskAsync(viewer, new TradesQuery(market, 0, new PageWanted(0, 10)));
            HistoryAnswer book = await Ledger.AskAsync(viewer, new BookQuery(market, BeforeSettling, 10));
            HistoryAnswer statuses = await Ledger.AskAsync(viewer, new StatusStepsQuery(market, new PageWanted(0, 10)));
            HistoryAnswer candles = await Ledger.AskAsync(viewer, new CandlesQuery(market, 1_000_000, 0, long.MaxValue, 10));
            HistoryAnswer settlements = await Ledger.AskAsync(viewer, new SettlementsQuery(market, new PageWanted(0, 10)));
            if (seen == "")
            {
                string sentence = Refusals.MarketNotFound(market).Sentence;
                Assert.All(
                    [trades, book, statuses, candles, settlements],
                    a => Assert.Equal((null, RefusalCode.MarketNotFound, sentence), (a.Value, a.Refusal.Code, a.Refusal.Sentence)));
                continue;
            }
            Trade trade = Assert.Single(Assert.IsType<Page<PastTrade>>(trades.Value).Items).Trade;
            Assert.Equal(seen, $"{NameOf(trade.SellerAccountId)} {NameOf(trade.BuyerAccountId)}");
            Assert.Equal(who == "ann", trade.SellOrderId != 0);
            Assert.Equal(who == "bob", trade.BuyOrderId != 0);
            BookSnapshot past = Assert.IsType<PastBook>(book.Value).Book;
            Assert.Equal(seen, $"{NameOf(Assert.Single(past.Offers).AccountId)} {NameOf(Assert.Single(past.Bids).AccountId)}");
            Assert.Equal(
                [MarketStatus.Open, MarketStatus.Settled], Assert.IsType<Page<StatusStep>>(statuses.Value).Items.Select(s => s.Status));
            Assert.Equal(new Quantity(1), Assert.Single(Assert.IsType<Page<Candle>>(candles.Value).Items).Quantity);
            PastSettlement settlement = Assert.Single(Assert.IsType<Page<PastSettlement>>(settlements.Value).Items);
            Assert.Equal(who is "ann" or "bob" ? [Account(who)] : [], settlement.Payouts.Select(p => p.AccountId));
        }

        string[] names = [.. new[] { ("open", open), ("anonymous", anonymous), ("hidden", hidden), ("hidden anonymous", hiddenAnonymous) }
            .Where(m => m.Item2 != "").Select(m => m.Item1)];
        Assert.Equal(
            names.Select(n => Markets[n]),
            (await Ledger.AllAsync<PastSettlement>(viewer, p => new SettlementsQuery(0, p), 1)).Select(s => s.MarketId));
        Assert.Equal(names, (await Ledger.AskAsync<RoomNames>(viewer, new NamesQuery())).Markets.Values);
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("bob")]
    [InlineData("cyn")]
    [InlineData("sam")]
    [InlineData("adam elevated")]
    [InlineData("root elevated")]
    public async Task An_account_is_its_members_alone(string who)
    {
        long account = Account("ann");
        long order = Ledger.Orders.Values.Select(c => c[0].State).First(s => s.AccountId == account).OrderId;
        var page = new PageWanted(0, 10);
        foreach (HistoryQuery query in (HistoryQuery[])[
            new TradesQuery(0, account, page), new TradesQuery(Markets["open"], account, page), new OrdersQuery(account, 0, null, page),
            new OrderStepsQuery(order, page), new TransfersQuery(account, page), new EquityQuery(account, page),
            new ConversionsQuery(account, page), new ExercisesQuery(account, page)])
        {
            HistoryAnswer answer = await Ledger.AskAsync(As(who), query);
            RefusalCode expected = who == "ann" ? RefusalCode.None
                : query is OrderStepsQuery ? RefusalCode.OrderNotFound : RefusalCode.AccountNotFound;
            Assert.Equal(expected, answer.Refusal.Code);
            Assert.Equal(who == "ann", answer.Value is not null);
        }
    }

    [Fact]
    public async Task Who_shares_an_account_sees_its_past_and_who_no_longer_does_does_not()
    {
        var query = new TransfersQuery(Account("ann"), new PageWanted(0, 10));
        Do("ann", new Command { Kind = CommandKind.ShareAccount, AccountId = Account("ann"), Details = new AccountShare(User("cyn"), AccountRole.Trader) });
        Ledger.Write();
        Assert.Equal(2, (await Ledger.AskAsync<Page<TransferInfo>>(As("cyn"), query)).Items.Length);
        PastTrade anonymous = (await Ledger.AskAsync<Page<PastTrade>>(As("cyn"), new TradesQuery(Markets["hidden anonymous"], 0, new PageWanted(0, 1)))).Items.Single();
        Assert.Equal("ann -", $"{NameOf(anonymous.Trade.SellerAccountId)} {NameOf(anonymous.Trade.BuyerAccountId)}");

        Do("ann", new Command { Kind = CommandKind.RemoveAccountMember, AccountId = Account("ann"), Details = new AccountShare(User("cyn"), AccountRole.Trader) });
        Ledger.Write();
        Assert.Equal(RefusalCode.AccountNotFound, (await Ledger.AskAsync(As("cyn"), query)).Refusal.Code);
    }

    [Fact]
    public async Task A_key_for_one_account_sees_no_more_than_that_account()
    {
        Do("ann", new Command { Kind = CommandKind.OpenAccount, Details = new AccountTerms("ann's bot") });
        long bot = Ledger.Others.OfType<AccountOpened>().Last().Account.AccountId;
        Ledger.Write();
        Viewer key = As("ann") with { OnlyAccountId = bot };
        var page = new PageWanted(0, 10);
        Assert.Equal(RefusalCode.AccountNotFound, (await Ledger.AskAsync(key, new TransfersQuery(Account("ann"), page))).Refusal.Code);
        Assert.Equal(RefusalCode.MarketNotFound, (await Ledger.AskAsync(key, new TradesQuery(Markets["hidden"], 0, page))).Refusal.Code);
        Assert.Empty((await Ledger.AskAsync<Page<TransferInfo>>(key, new TransfersQuery(bot, page))).Items);
        Trade trade = (await Ledger.AskAsync<Page<PastTrade>>(key, new TradesQuery(Markets["anonymous"], 0, page))).Items.Single().Trade;
        Assert.Equal((0, 0, 0), (trade.SellerAccountId, trade.BuyerAccountId, trade.SellOrderId));
        Assert.All((await Ledger.AskAsync<Page<PastSettlement>>(key, new SettlementsQuery(0, page))).Items, s => Assert.Empty(s.Payouts));
    }

    [Fact]
    public async Task What_an_account_did_in_a_market_it_sees_no_longer_is_left_out()
    {
        Assert.Equal(4, (await Ledger.AllAsync<PastTrade>(As("ann"), p => new TradesQuery(0, Account("ann"), p), 1)).Count);
        Ledger.Run($"""
            UPDATE market SET is_hidden = 1 WHERE id = {Markets["open"]};
            INSERT INTO market_visible_to VALUES ({Markets["open"]}, {Account("cyn")});
            """);
        List<PastTrade> trades = await Ledger.AllAsync<PastTrade>(As("ann"), p => new TradesQuery(0, Account("ann"), p), 1);
        Assert.Equal(Markets.Where(m => m.Key != "open").Select(m => m.Value), trades.Select(t => t.Trade.MarketId));
        List<OrderState> orders = await Ledger.AllAsync<OrderState>(As("ann"), p => new OrdersQuery(Account("ann"), 0, null, p), 1);
        Assert.DoesNotContain(Markets["open"], orders.Select(o => o.MarketId));
        long order = Ledger.Orders.Values.Select(c => c[0].State).First(o => o.MarketId == Markets["open"] && o.AccountId == Account("ann")).OrderId;
        Assert.Equal(RefusalCode.OrderNotFound, (await Ledger.AskAsync(As("ann"), new OrderStepsQuery(order, new PageWanted(0, 1)))).Refusal.Code);
        Assert.Equal(
            RefusalCode.MarketNotFound,
            (await Ledger.AskAsync(As("ann"), new OrdersQuery(Account("ann"), Markets["open"], null, new PageWanted(0, 1)))).Refusal.Code);
    }

    [Fact]
    public async Task Another_room_knows_nothing_of_it()
    {
        var page = new PageWanted(0, 10);
        foreach (HistoryQuery query in (HistoryQuery[])[
            new TradesQuery(Markets["open"], 0, page), new OrdersQuery(Account("ann"), 0, null, page), new SettlementsQuery(0, page),
            new BookQuery(Markets["open"], 1, 1), new AuditQuery(page), new NamesQuery()])
        {
            Assert.Equal(RefusalCode.RoomNotFound, (await Ledger.AskAsync(As("eve"), query)).Refusal.Code);
            Assert.Equal(RefusalCode.RoomNotFound, (await Ledger.AskAsync(new Viewer(User("ann"), 2, false), query)).Refusal.Code);
            Assert.Equal(RefusalCode.RoomNotFound, (await Ledger.AskAsync(new Viewer(User("ann"), -1, false), query)).Refusal.Code);
            Assert.Equal(RefusalCode.RoomNotFound, (await Ledger.AskAsync(new Viewer(0, 1, true), query)).Refusal.Code);
        }
        Viewer inSide = new(User("root"), 2, Elevated: true);
        Assert.Empty((await Ledger.AskAsync<Page<PastSettlement>>(inSide, new SettlementsQuery(0, page))).Items);
        Assert.Equal(RefusalCode.MarketNotFound, (await Ledger.AskAsync(inSide, new TradesQuery(Markets["open"], 0, page))).Refusal.Code);
        Assert.DoesNotContain("ann", (await Ledger.AskAsync<RoomNames>(inSide, new NamesQuery())).Accounts.Values);
    }

    [Theory]
    [InlineData("ann", RefusalCode.Forbidden)]
    [InlineData("ann elevated", RefusalCode.Forbidden)]
    [InlineData("sam elevated", RefusalCode.Forbidden)]
    [InlineData("adam", RefusalCode.NotElevated)]
    [InlineData("root", RefusalCode.NotElevated)]
    [InlineData("adam elevated", RefusalCode.None)]
    [InlineData("root elevated", RefusalCode.None)]
    public async Task The_audit_trail_is_for_elevated_admins(string who, RefusalCode expected)
    {
        HistoryAnswer answer = await Ledger.AskAsync(As(who), new AuditQuery(new PageWanted(0, 100)));
        Assert.Equal(expected, answer.Refusal.Code);
        if (expected != RefusalCode.None)
            return;
        AuditEntry[] entries = Assert.IsType<Page<AuditEntry>>(answer.Value).Items;
        Assert.Equal(4, entries.Count(e => e is { Action: "SETTLE_MARKET", Elevated: true } && e.UserId == User("root") && e.MarketId != 0));
        Assert.Equal(entries.Select(e => e.Sequence).Order(), entries.Select(e => e.Sequence));
    }

    [Fact]
    public async Task A_sequence_that_has_not_come_is_refused()
    {
        HistoryAnswer answer = await Ledger.AskAsync(As("ann"), new BookQuery(Markets["open"], Ledger.Venue.Sequence + 1, 10));
        Assert.Equal(RefusalCode.InvalidField, answer.Refusal.Code);
        Assert.Contains($"the last one is {Ledger.Venue.Sequence}", answer.Refusal.Sentence, StringComparison.Ordinal);
        PastBook one = await Ledger.AskAsync<PastBook>(As("ann"), new BookQuery(Markets["open"], 1, 10));
        Assert.Empty(one.Book.Bids);
    }

    /// <summary>All four markets' last orders stand, nothing is settled.</summary>
    private long BeforeSettling => Ledger.Orders.Values.Max(c => c[0].Sequence);
}
