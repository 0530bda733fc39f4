using System.Text;
using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>Users who enter, and what they are shown.</summary>
public sealed class RoomTests
{
    private readonly Scenario _scenario = new(cash: 1_000);

    [Fact]
    public void Who_enters_first_gets_an_account_and_the_opening_balance_from_the_house()
    {
        RoomView shown = Enter("a", "Ada");
        Portfolio portfolio = Assert.Single(shown.Portfolios);
        Assert.Equal((1_000_0000, 1_000_0000), (portfolio.Cash.TenThousandths, portfolio.Available.TenThousandths));
        Assert.Equal("Ada", portfolio.Account.Name);
        Assert.Equal(shown.User.UserId, portfolio.Account.OwnerUserId);
        TransferInfo transfer = _scenario.Answer<TransferMade>().Transfer;
        Assert.Equal(
            (shown.Directory!.Room.HouseAccountId, portfolio.Account.AccountId, 1_000_0000),
            (transfer.FromAccountId, transfer.ToAccountId, transfer.Amount.TenThousandths));
        PortfolioChange house = _scenario.Batch.PortfolioChanges.ToArray().Single(p => p.AccountId == transfer.FromAccountId);
        Assert.Equal(-2_000_0000, house.Cash.TenThousandths);
        Assert.Equal(["House", "owner", "Ada"], shown.Directory.Accounts.Select(a => a.Name));
    }

    [Fact]
    public void Who_enters_again_gets_nothing_again()
    {
        RoomView first = Enter("a", "Ada");
        string before = _scenario.Venue.StateHash();
        RoomView second = Enter("a", "Ada");
        Assert.Equal(before, _scenario.Venue.StateHash());
        Assert.False(_scenario.Batch.Changed);
        Assert.Equal(first.User, second.User);
        Assert.Equal(first.Portfolios.Single().Cash, second.Portfolios.Single().Cash);
    }

    [Fact]
    public void The_same_subject_of_another_issuer_is_another_user()
    {
        long first = Enter("a", "Ada").User.UserId;
        Assert.NotEqual(first, Enter("a", "Ada", issuer: "other").User.UserId);
    }

    [Fact]
    public void A_sign_in_renames_and_says_who_is_admin_and_a_key_says_nothing_of_it()
    {
        Enter("a", "Ada", email: "a@example.org");
        UserInfo user = Enter("a", "Ada L.", isAdmin: true).User;
        Assert.Equal(("Ada L.", "a@example.org", true), (user.Name, user.Email, user.IsServerAdmin));
        Assert.True(_scenario.Batch.Changed);
        var byKey = new Command { Kind = CommandKind.EnterUser, ByKey = true, Details = new UserEntry("test", "a", "", null, false, NameIsMadeUp: true) };
        Assert.False(_scenario.Apply(byKey).IsRefused);
        Assert.True(_scenario.Answer<RoomView>().User.IsServerAdmin);
        Assert.False(Enter("a", "Ada L.").User.IsServerAdmin);
    }

    [Fact]
    public void Personal_accounts_of_one_name_are_told_apart()
    {
        Assert.Equal("Zoe", Enter("a", "Zoe").Portfolios.Single().Account.Name);
        Assert.Equal("zoe (2)", Enter("b", "zoe").Portfolios.Single().Account.Name);
        Assert.Equal("z\u043ee (3)", Enter("z", "z\u043ee").Portfolios.Single().Account.Name);
        string longest = new('n', 80);
        Enter("d", longest);
        Assert.Equal(longest[..76] + " (2)", Enter("e", longest).Portfolios.Single().Account.Name);
    }

    [Fact]
    public void Only_an_admin_of_the_exchange_has_an_account_called_like_it()
    {
        Assert.Equal("User House", Enter("a", "House").Portfolios.Single().Account.Name);
        Assert.Equal("User house maker 2", Enter("b", "house maker 2").Portfolios.Single().Account.Name);
        Assert.Equal("User Admin", Enter("c", "Admin").Portfolios.Single().Account.Name);
        Assert.Equal("Admin", Enter("d", "Admin", isAdmin: true).Portfolios.Single().Account.Name);
        Assert.Equal("admin (2)", Enter("e", "admin", isAdmin: true).Portfolios.Single().Account.Name);
        foreach (string name in (string[])["Admin", "House", "Exchange 7", "\u0410dmin"])
        {
            Refusal refusal = _scenario.By("A", CommandKind.OpenAccount, new NewAccount(name));
            Assert.Equal(RefusalCode.InvalidField, refusal.Code);
        }
        Assert.Contains("Say who you are", _scenario.By("A", CommandKind.OpenAccount, new NewAccount("Server")).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_is_spelled_as_it_is_already()
    {
        MarketInfo Labelled(string name, string category)
        {
            var terms = new MarketTerms(name, "", new Price(0), new Price(100), 1) { Category = category, Group = category };
            Assert.Equal(RefusalCode.None, _scenario.AsAdmin(CommandKind.CreateMarket, terms).Code);
            return _scenario.Answer<MarketChanged>().Market;
        }
        Assert.Equal("Caf\u00e9", Labelled("One", "Caf\u00e9").Category);
        MarketInfo two = Labelled("Two", "Cafe\u0301");
        Assert.Equal(("Caf\u00e9", "Caf\u00e9"), (two.Category, two.Group));
        Assert.Equal("CAF\u00c9", Labelled("Three", "CAF\u00c9").Category);
    }

    [Fact]
    public void A_made_up_name_does_not_replace_one_that_is_known()
    {
        var madeUp = new UserEntry("test", "a", "someone-7", null, false, NameIsMadeUp: true);
        Enter("a", "Ada");
        _scenario.Apply(new Command { Kind = CommandKind.EnterUser, Details = madeUp });
        Assert.Equal("Ada", _scenario.Answer<RoomView>().User.Name);
        _scenario.Apply(new Command { Kind = CommandKind.EnterUser, Details = madeUp with { Subject = "b" } });
        Assert.Equal("someone-7", _scenario.Answer<RoomView>().User.Name);
    }

    [Theory]
    [InlineData("Ada", "Ada")]
    [InlineData("  Ada  ", "Ada")]
    [InlineData("A\u0000d\u202Ea\n", "Ada")]
    [InlineData("", "someone")]
    [InlineData(" \u200B ", "someone")]
    [InlineData("Zoë 🎲", "Zoë 🎲")]
    [InlineData("Ada\U000E0041\U000E0001", "Ada")]
    public void A_name_is_made_fit_to_show(string name, string shown) => Assert.Equal(shown, Enter("a", name).User.Name);

    [Theory]
    [InlineData(79)]
    [InlineData(78)]
    [InlineData(80)]
    [InlineData(200)]
    public void A_name_is_cut_to_80_characters_but_never_inside_of_one(int letters)
    {
        string name = Enter("a", new string('x', letters) + "🎲🎲").User.Name;
        Assert.InRange(name.Length, letters == 79 ? 79 : 80, 80);
        Assert.Equal(name, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)));
        Assert.NotEmpty(_scenario.Venue.StateHash());
    }

    [Fact]
    public void A_book_snapshot_is_shared_until_the_book_changes()
    {
        _scenario.Run("A buy 1 @ 50 #x | B sell 1 @ 60");
        BookSnapshot first = _scenario.Market().Book!;
        Assert.Same(first, _scenario.Market().Book);
        _scenario.Run("B buy 1 @ 50 fok");
        Assert.Same(first, _scenario.Market().Book);
        _scenario.Run("A replace #x 0.5");
        BookSnapshot second = _scenario.Market().Book!;
        Assert.NotSame(first, second);
        Assert.Equal((50, 100), (second.Bids[0].Remaining.Hundredths, first.Bids[0].Remaining.Hundredths));
        Assert.Equal(_scenario.Venue.Sequence, second.Sequence);
    }

    [Fact]
    public void The_last_hundred_trades_are_shown_oldest_first()
    {
        for (int i = 0; i < 130; i++)
            _scenario.Run("A buy 0.01 @ 50 | B sell 0.01 @ 50");
        Assert.Equal(Enumerable.Range(31, 100), _scenario.Market().Trades!.Trades.Select(t => (int)t.TradeId));
    }

    [Fact]
    public void Markets_are_shown_as_asked_for()
    {
        long second = _scenario.CreateMarket("Snow", 0, 1);
        Subscribed Show(long[] ids, bool all, MarketViews views, bool without = false)
        {
            var wanted = new MarketsWanted(ids, all, views, without, SubscribePurpose.Again);
            _scenario.Apply(new Command { Kind = CommandKind.Subscribe, UserId = _scenario.User("A"), Details = wanted });
            Assert.Same(wanted, _scenario.Answer<Subscribed>().Wanted);
            return _scenario.Answer<Subscribed>();
        }

        Assert.Equal([1, second], Show([], true, MarketViews.Book).MarketIds);
        Assert.Equal([second], Show([second], false, MarketViews.Book).MarketIds);
        Assert.Empty(Show([], false, MarketViews.Book).MarketIds);
        Assert.Empty(Show([], true, MarketViews.Book, without: true).Snapshots);
        MarketSnapshot ticker = Show([second], false, MarketViews.Ticker).Snapshots.Single();
        Assert.Equal((null, null), (ticker.Book, ticker.Trades));
        Assert.NotNull(Show([second], false, MarketViews.Trades).Snapshots.Single().Trades);
    }

    [Fact]
    public void A_portfolio_shows_live_orders_in_the_order_they_were_placed_and_positions()
    {
        long second = _scenario.CreateMarket("Snow", 0, 100);
        _scenario.Run("B sell 2 @ 50 | A buy 1 @ 20 #x | A sell 1 @ 70");
        _scenario.Place("A", Side.Buy, 1, 5, marketId: second);
        _scenario.Run("A buy 2 @ 50 | A replace #x @ 21");
        Portfolio portfolio = _scenario.Portfolio("A");
        Assert.Equal([2L, 3L, 4L], portfolio.Orders.Select(o => o.OrderId));
        Assert.Equal(new PositionState(1, new Quantity(200), new Cash(100_0000), default, OpenCost: new Cash(100_0000)), portfolio.Positions.Single());
    }

    [Fact]
    public void There_is_one_room_of_a_slug()
    {
        var terms = new RoomTerms("main", "Again", default, WhoMayCreateMarkets.Anyone);
        Assert.Equal(RefusalCode.NameTaken, _scenario.Apply(new Command { Kind = CommandKind.OpenRoom, Details = terms }).Code);
    }

    [Fact]
    public void The_clock_is_followed_when_it_is_set_back()
    {
        Enter("a", "Ada");
        var batch = new CommitBatch();
        batch.Begin(1_000);
        _scenario.Venue.Apply(new Command { Kind = CommandKind.GetRoom, UserId = 1 }, Moment.At(5_000), batch);
        _scenario.Venue.Apply(new Command { Kind = CommandKind.GetRoom, UserId = 1 }, Moment.At(4_000), batch);
        Assert.Equal([5_000L, 4_000L], batch.Commands.ToArray().Select(c => c.TimeUs));
    }

    private RoomView Enter(string subject, string name, string issuer = "test", string? email = null, bool isAdmin = false)
    {
        var entry = new UserEntry(issuer, subject, name, email, isAdmin);
        Assert.False(_scenario.Apply(new Command { Kind = CommandKind.EnterUser, Details = entry }).IsRefused);
        return _scenario.Answer<RoomView>();
    }
}
