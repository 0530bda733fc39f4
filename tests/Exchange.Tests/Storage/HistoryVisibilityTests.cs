using Exchange.History;
using Exchange.Markets;
using Exchange.Storage;

namespace Exchange.Tests.Storage;

/// <summary>Who sees what of the past: every question, asked by everyone.</summary>
public sealed class HistoryVisibilityTests : HistoryTests
{
    /// <summary>
    /// Ann and Bob trade in each of four markets; two of them only they see, two are anonymous. Cyn trades nowhere, Sam looks
    /// on, Adam is admin of the room, Root of the server, Eve in another room.
    /// </summary>
    public HistoryVisibilityTests()
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
            bool isElevatedAdmin = who is "adam elevated" or "root elevated";
            Assert.Equal(who == "ann" || isElevatedAdmin, trade.SellOrderId != 0);
            Assert.Equal(who == "bob" || isElevatedAdmin, trade.BuyOrderId != 0);
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
        Assert.Equal(
            names.Select(n => Markets[n]),
            (await Ledger.AllAsync<PastMarket>(viewer, p => new MarketsQuery(p), 1)).Select(m => m.MarketId));
        List<PastTrade> all = await Ledger.AllAsync<PastTrade>(viewer, p => new TradesQuery(0, 0, p), 1);
        Assert.Equal(names.Select(n => Markets[n]), all.Select(t => t.Trade.MarketId));
        Assert.Equal(
            new[] { open, anonymous, hidden, hiddenAnonymous }.Where(m => m != ""),
            all.Select(t => $"{NameOf(t.Trade.SellerAccountId)} {NameOf(t.Trade.BuyerAccountId)}"));
    }

    [Theory]
    [InlineData("ann", true)]
    [InlineData("ann elevated", true)]
    [InlineData("bob", false)]
    [InlineData("bob elevated", false)]
    [InlineData("cyn", false)]
    [InlineData("sam", false)]
    [InlineData("sam elevated", false)]
    [InlineData("adam", false)]
    [InlineData("root", false)]
    [InlineData("adam elevated", true)]
    [InlineData("root elevated", true)]
    public async Task An_account_is_its_members_and_elevated_admins_alone(string who, bool may)
    {
        long account = Account("ann");
        long order = Ledger.Orders.Values.Select(c => c[0].State).First(s => s.AccountId == account).OrderId;
        var page = new PageWanted(0, 10);
        foreach (HistoryQuery query in (HistoryQuery[])[
            new TradesQuery(0, account, page), new TradesQuery(Markets["open"], account, page), new OrdersQuery(account, 0, null, page),
            new OrderStepsQuery(order, page), new TransfersQuery(account, page), new EquityQuery(account, page),
            new ConversionsQuery(account, page), new ExercisesQuery(account, page), new PositionsQuery(account, page)])
        {
            HistoryAnswer answer = await Ledger.AskAsync(As(who), query);
            RefusalCode expected = may ? RefusalCode.None
                : query is OrderStepsQuery ? RefusalCode.OrderNotFound : RefusalCode.AccountNotFound;
            Assert.Equal(expected, answer.Refusal.Code);
            Assert.Equal(may, answer.Value is not null);
        }
    }

    /// <summary>
    /// Ann sold four contracts at 60.00 that are marked at 50.00, one in each kind of market. Of those in which nobody may know who she is,
    /// the leaderboard and its curves know only what they cost.
    /// </summary>
    [Theory]
    [InlineData("ann", 1_000)]
    [InlineData("bob", 1_000)]
    [InlineData("cyn", 1_000)]
    [InlineData("sam", 1_000)]
    [InlineData("adam", 1_000)]
    [InlineData("sam elevated", 1_000)]
    [InlineData("adam elevated", 4_000)]
    [InlineData("root elevated", 4_000)]
    public async Task A_ranked_account_shows_everyone_what_the_leaderboard_did(string who, long made)
    {
        var page = new PageWanted(0, 10);
        var query = new EquityQuery(Account("ann"), page) { AsRanked = true };
        EquityPoint point = Assert.Single((await Ledger.AskAsync<Page<EquityPoint>>(As(who), query)).Items);
        Assert.Equal((new Cash(1_000_0000 + made), new Cash(made)), (point.Equity, point.Profit));
    }

    [Fact]
    public async Task What_is_not_ranked_in_the_room_has_no_curve_for_others()
    {
        var page = new PageWanted(0, 10);
        long house = Ledger.Records.OfType<RoomView>().First(s => s.Directory is not null).Directory!.Room.HouseAccountId;
        foreach (long account in (long[])[0, house, 999])
            Assert.Equal(RefusalCode.AccountNotFound, (await Ledger.AskAsync(As("cyn"), new EquityQuery(account, page) { AsRanked = true })).Refusal.Code);
        // Eve left the room.
        Assert.Equal(RefusalCode.RoomNotFound, (await Ledger.AskAsync(As("eve"), new EquityQuery(Account("ann"), page) { AsRanked = true })).Refusal.Code);
    }

    [Fact]
    public async Task An_elevated_admin_reads_of_an_account_what_its_owner_does()
    {
        long account = Account("ann");
        foreach (Func<PageWanted, HistoryQuery> query in (Func<PageWanted, HistoryQuery>[])[
            p => new TradesQuery(0, account, p), p => new OrdersQuery(account, 0, null, p), p => new TransfersQuery(account, p),
            p => new EquityQuery(account, p), p => new PositionsQuery(account, p)])
        {
            object own = (await Ledger.AskAsync(As("ann"), query(new PageWanted(0, 100)))).Value!;
            object read = (await Ledger.AskAsync(As("adam elevated"), query(new PageWanted(0, 100)))).Value!;
            Assert.Equal(Lines(own).Length, Lines(read).Length);
            Assert.NotEmpty(Lines(own));
            if (own is not Page<PastTrade>)
                Assert.Equal(Lines(own), Lines(read));
        }

        static string[] Lines(object page) => page switch
        {
            Page<PastTrade> p => [.. p.Items.Select(t => $"{t.Trade.TradeId}")],
            Page<OrderState> p => [.. p.Items.Select(o => $"{o.OrderId} {o.AccountId} {o.Remaining} {o.Status}")],
            Page<TransferInfo> p => [.. p.Items.Select(t => $"{t}")],
            Page<EquityPoint> p => [.. p.Items.Select(e => $"{e}")],
            Page<HeldPositions> p => [.. p.Items.SelectMany(h => h.Positions.Select(x => $"{h.AccountId} {x}"))],
            _ => throw new ArgumentOutOfRangeException(nameof(page)),
        };
    }

    [Theory]
    [InlineData("ann", false)]
    [InlineData("ann elevated", false)]
    [InlineData("sam elevated", false)]
    [InlineData("adam", false)]
    [InlineData("root", false)]
    [InlineData("adam elevated", true)]
    [InlineData("root elevated", true)]
    public async Task What_everyone_in_the_room_did_is_for_elevated_admins(string who, bool may)
    {
        var page = new PageWanted(0, 100);
        foreach (HistoryQuery query in (HistoryQuery[])[
            new OrdersQuery(0, 0, null, page), new TransfersQuery(0, page), new ConversionsQuery(0, page), new ExercisesQuery(0, page),
            new PositionsQuery(0, page), new MembersQuery(page),
            new SettlementsQuery(0, page) { EveryonesPayouts = true }])
        {
            HistoryAnswer answer = await Ledger.AskAsync(As(who), query);
            Assert.Equal(may, answer.Value is not null);
            Assert.Equal(may, !answer.Refusal.IsRefused);
        }
        // Of everyone together there is none.
        Assert.Equal(RefusalCode.AccountNotFound, (await Ledger.AskAsync(As(who), new EquityQuery(0, page))).Refusal.Code);
        if (!may)
            return;
        Viewer admin = As(who);
        List<OrderState> orders = await Ledger.AllAsync<OrderState>(admin, p => new OrdersQuery(0, 0, null, p), 5);
        Assert.Equal(Ledger.Orders.Keys.Order(), orders.Select(o => o.OrderId));
        List<TransferInfo> transfers = await Ledger.AllAsync<TransferInfo>(admin, p => new TransfersQuery(0, p), 2);
        Assert.Equal(Ledger.Transfers.Where(t => t.RoomId == 1).Select(t => t.TransferId), transfers.Select(t => t.TransferId));
        List<HeldPositions> held = await Ledger.AllAsync<HeldPositions>(admin, p => new PositionsQuery(0, p), 2);
        Assert.Equal(
            [(Account("ann"), 4), (Account("bob"), 4)],
            held.Where(h => h.Positions.Length > 0).Select(h => (h.AccountId, h.Positions.Length)));
        List<PastSettlement> settled = await Ledger.AllAsync<PastSettlement>(admin, p => new SettlementsQuery(0, p) { EveryonesPayouts = true }, 1);
        Assert.All(settled, s => Assert.Equal([Account("ann"), Account("bob")], s.Payouts.Select(p => p.AccountId)));
        List<MemberRecord> members = await Ledger.AllAsync<MemberRecord>(admin, p => new MembersQuery(p), 2);
        Assert.Equal(
            [("root", Role.Trader, 0L, 0L), ("ann", Role.Trader, 4L, 4L), ("bob", Role.Trader, 8L, 4L), ("cyn", Role.Trader, 0L, 0L),
                ("sam", Role.Spectator, 0L, 0L), ("adam", Role.Admin, 0L, 0L)],
            members.Select(m => (NameOf(m.AccountId), m.Role, m.Orders, m.Trades)));
        Assert.Equal(new Cash(1_000_0000), members[0].Cash);
        Assert.Equal(new Cash(1_000_0000 - 10_0000), members[1].NetDeposits);
    }

    [Theory]
    [InlineData("ann")]
    [InlineData("sam elevated")]
    [InlineData("adam")]
    [InlineData("adam elevated")]
    public async Task The_leaderboard_is_the_one_that_is_shown_live(string who)
    {
        Viewer viewer = As(who);
        Ledger.Apply(new Command { Kind = CommandKind.GetLeaderboard, UserId = viewer.UserId, RoomId = 1, Elevated = who == "adam elevated" }, 2_000_000_000);
        Leaderboard live = Ledger.Records.OfType<Leaderboard>().Last();
        Standings read = await Ledger.AskAsync<Standings>(viewer, new LeaderboardQuery());
        Assert.Equal((live.Sequence, live.Entries.Length), (read.Sequence, read.Accounts.Length));
        Assert.Equal(live.Entries, read.Accounts.Select(a => new EquitySample(a.AccountId, a.Equity, a.Profit)));
        // Ann sold to Bob above what it settled at. All others are even, and share a rank.
        Assert.Equal([1, 2, 2, 2, 2, 2, 7], read.Accounts.Select(a => a.Rank).Where(r => r > 0));
        Assert.Equal([User("ann"), User("bob")], [read.Accounts[0].OwnerUserId, read.Accounts[^1].OwnerUserId]);
        Assert.Equal(new Cash(10_0000), read.Accounts[^1].NetDeposits - new Cash(1_000_0000));
    }

    [Fact]
    public async Task A_snapshot_answers_as_of_its_moment()
    {
        Viewer admin = As("root elevated");
        using HistorySnapshot snapshot = (await Ledger.OpenSnapshotAsync())!;
        Assert.Equal(Ledger.Venue.Sequence, snapshot.Sequence);
        int before = (await Ledger.AllAsync<TransferInfo>(admin, p => new TransfersQuery(0, p), 100)).Count;
        Do("ann", new Command { Kind = CommandKind.MakeTransfer, AccountId = Account("ann"), Details = new TransferTerms(Account("bob"), new Cash(1), "later") });
        Ledger.Write();
        Assert.Equal(before + 1, (await Ledger.AllAsync<TransferInfo>(admin, p => new TransfersQuery(0, p), 100)).Count);
        for (int i = 0; i < 2; i++)
        {
            HistoryAnswer answer = await snapshot.AskAsync(admin, new TransfersQuery(0, new PageWanted(0, 100)), CancellationToken.None);
            Assert.Equal(before, Assert.IsType<Page<TransferInfo>>(answer.Value).Items.Length);
            answer = await snapshot.AskAsync(admin, new LeaderboardQuery(), CancellationToken.None);
            Assert.Equal(snapshot.Sequence, Assert.IsType<Standings>(answer.Value).Sequence);
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

        Do("ann", new Command { Kind = CommandKind.RemoveAccountMember, AccountId = Account("ann"), Details = new AccountRemoval(User("cyn")) });
        Ledger.Write();
        Assert.Equal(RefusalCode.AccountNotFound, (await Ledger.AskAsync(As("cyn"), query)).Refusal.Code);
    }

    [Fact]
    public async Task A_key_for_one_account_sees_no_more_than_that_account()
    {
        Do("ann", new Command { Kind = CommandKind.OpenAccount, Details = new NewAccount("ann's bot") });
        long bot = Ledger.Records.OfType<AccountOpened>().Last().Account.AccountId;
        Ledger.Write();
        Viewer key = As("ann") with { OnlyAccountId = bot };
        var page = new PageWanted(0, 10);
        Assert.Equal(RefusalCode.AccountNotFound, (await Ledger.AskAsync(key, new TransfersQuery(Account("ann"), page))).Refusal.Code);
        Assert.Equal(RefusalCode.MarketNotFound, (await Ledger.AskAsync(key, new TradesQuery(Markets["hidden"], 0, page))).Refusal.Code);
        Assert.Empty((await Ledger.AskAsync<Page<TransferInfo>>(key, new TransfersQuery(bot, page))).Items);
        Trade trade = (await Ledger.AskAsync<Page<PastTrade>>(key, new TradesQuery(Markets["anonymous"], 0, page))).Items.Single().Trade;
        Assert.Equal((0, 0, 0), (trade.SellerAccountId, trade.BuyerAccountId, trade.SellOrderId));
        Assert.All((await Ledger.AskAsync<Page<PastSettlement>>(key, new SettlementsQuery(0, page))).Items, s => Assert.Empty(s.Payouts));

        // An admin's key has no admin powers, whatever it says.
        Viewer admins = As("adam elevated") with { OnlyAccountId = Account("adam") };
        Assert.Equal(RefusalCode.NotElevated, (await Ledger.AskAsync(admins, new MembersQuery(page))).Refusal.Code);
        Assert.Equal(RefusalCode.AccountNotFound, (await Ledger.AskAsync(admins, new OrdersQuery(Account("ann"), 0, null, page))).Refusal.Code);
        Assert.Equal(RefusalCode.AccountNotFound, (await Ledger.AskAsync(admins, new OrdersQuery(0, 0, null, page))).Refusal.Code);
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
            new BookQuery(Markets["open"], 1, 1), new AuditQuery(page), new NoticesQuery(page), new NamesQuery(), new LeaderboardQuery(), new MembersQuery(page),
            new MarketsQuery(page), new PositionsQuery(0, page), new TradesQuery(0, 0, page)])
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
        Assert.Empty(await Ledger.AllAsync<PastTrade>(inSide, p => new TradesQuery(0, 0, p), 10));
        Assert.Empty(await Ledger.AllAsync<OrderState>(inSide, p => new OrdersQuery(0, 0, null, p), 10));
        Assert.Empty(await Ledger.AllAsync<PastMarket>(inSide, p => new MarketsQuery(p), 10));
        Assert.All(await Ledger.AllAsync<TransferInfo>(inSide, p => new TransfersQuery(0, p), 10), t => Assert.Equal(2, t.RoomId));
        Assert.Equal([User("root")], (await Ledger.AllAsync<MemberRecord>(inSide, p => new MembersQuery(p), 10)).Select(m => m.UserId));
        Assert.All(await Ledger.AllAsync<HeldPositions>(inSide, p => new PositionsQuery(0, p), 10), h => Assert.Empty(h.Positions));
        Assert.Equal(RefusalCode.AccountNotFound, (await Ledger.AskAsync(inSide, new OrdersQuery(Account("ann"), 0, null, page))).Refusal.Code);
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
    public async Task The_audit_trail_is_asked_by_who_what_and_when()
    {
        Viewer admin = As("adam elevated");
        async Task<AuditEntry[]> AskAsync(Func<AuditQuery, AuditQuery> narrow) =>
            (await Ledger.AskAsync<Page<AuditEntry>>(admin, narrow(new AuditQuery(new PageWanted(0, 100))))).Items;
        AuditEntry[] all = await AskAsync(q => q);
        Assert.Equal(["CREATE_MARKET", "SETTLE_MARKET"], (await AskAsync(q => q with { MarketId = Markets["open"] })).Select(e => e.Action));
        Assert.Equal(["SETTLE_MARKET"], (await AskAsync(q => q with { Action = "SETTLE_MARKET" })).Select(e => e.Action).Distinct());
        // What was done to Sam: root made them a spectator.
        AuditEntry toSam = Assert.Single(await AskAsync(q => q with { UserId = User("sam") }));
        Assert.Equal("root made sam a spectator.", string.Concat(toSam.Sentence.Select(p => p.Text)));
        Assert.Equal(all.Where(e => e.TimeUs >= toSam.TimeUs), await AskAsync(q => q with { FromUs = toSam.TimeUs }), (a, b) => a.Sequence == b.Sequence);
        Assert.Equal(all.Where(e => e.TimeUs < toSam.TimeUs), await AskAsync(q => q with { ToUs = toSam.TimeUs }), (a, b) => a.Sequence == b.Sequence);
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
