using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>Markets that only some see, and markets where nobody sees who.</summary>
public sealed class VisibilityTests
{
    private readonly Scenario _scenario = new();

    private void Update(MarketUpdate update) =>
        Assert.Equal("", _scenario.AsAdmin(CommandKind.UpdateMarket, update, _scenario.MarketId).Sentence);

    private void ShowOnlyTo(params string[] traders) =>
        Update(new MarketUpdate { VisibleTo = new ValueList<long>([.. traders.Select(_scenario.Account)]) });

    private RefusalCode Watch(string trader, bool elevated = false) => _scenario.Apply(new Command
    {
        Kind = CommandKind.Subscribe, UserId = _scenario.User(trader), Elevated = elevated,
        Details = new MarketsWanted([_scenario.MarketId], false, MarketViews.Book | MarketViews.Trades, false),
    }).Code;

    [Fact]
    public void A_hidden_market_is_there_only_for_those_it_is_visible_to_and_elevated_admins()
    {
        ShowOnlyTo("A");
        Assert.Equal((RefusalCode.None, RefusalCode.MarketNotFound), (Watch("A"), Watch("B")));
        Assert.Equal((RefusalCode.MarketNotFound, RefusalCode.None), (Watch("admin"), Watch("admin", elevated: true)));
        Assert.Empty(_scenario.Shown("B").Directory!.Markets);
        Assert.Empty(_scenario.Shown("B").HiddenMarkets);
        Assert.Equal(["Rain on Friday"], _scenario.Shown("A").HiddenMarkets.Select(m => m.Name));
        Assert.Equal(["Rain on Friday"], _scenario.Shown("admin", elevated: true).HiddenMarkets.Select(m => m.Name));
    }

    [Fact]
    public void Who_shares_an_account_sees_what_it_sees_but_trades_only_as_it()
    {
        ShowOnlyTo("A");
        _scenario.By("A", CommandKind.ShareAccount, new AccountShare(_scenario.User("B"), AccountRole.Trader));
        var order = new Command
        {
            Kind = CommandKind.PlaceOrder, UserId = _scenario.User("B"), MarketId = _scenario.MarketId, Side = Side.Buy, HasPrice = true,
            Price = new Price(1), HasQuantity = true, Quantity = new Quantity(1), TimeInForce = TimeInForce.GoodTillCancelled,
        };
        Assert.Equal(RefusalCode.Forbidden, _scenario.Apply(order with { AccountId = _scenario.Account("B") }).Code);
        Assert.Equal(RefusalCode.None, _scenario.Apply(order with { AccountId = _scenario.Account("A") }).Code);
    }

    [Fact]
    public void A_market_is_not_hidden_from_who_has_something_in_it()
    {
        _scenario.Run("B buy 1 @ 40");
        var update = new MarketUpdate { VisibleTo = new ValueList<long>(_scenario.Account("A")) };
        Assert.Equal(RefusalCode.MarketInUse, _scenario.AsAdmin(CommandKind.UpdateMarket, update, _scenario.MarketId).Code);
        _scenario.Run("B cancel all");
        ShowOnlyTo("A");
    }

    [Fact]
    public void A_name_may_be_used_twice_by_those_who_do_not_know_until_both_would_be_seen()
    {
        ShowOnlyTo("A");
        var terms = new MarketTerms("RAIN on friday", "", new Price(0), new Price(1), 1);
        Assert.Equal(RefusalCode.NameTaken, _scenario.By("A", CommandKind.CreateMarket, terms).Code);
        Assert.Equal(RefusalCode.None, _scenario.By("B", CommandKind.CreateMarket, terms).Code);
        var shown = new MarketUpdate { VisibleTo = ValueList<long>.Empty };
        Assert.Equal(RefusalCode.NameTaken, _scenario.AsAdmin(CommandKind.UpdateMarket, shown, _scenario.MarketId).Code);
    }

    [Fact]
    public void What_derives_from_a_hidden_market_is_hidden_from_the_same()
    {
        ShowOnlyTo("A", "B");
        var option = new Option(_scenario.MarketId, OptionKind.Call, OptionStyle.American, new Price(50_00));
        var terms = new MarketTerms("Call", "", default, default, 1) { Derivation = option };
        Assert.Equal(RefusalCode.InvalidField, _scenario.AsAdmin(CommandKind.CreateMarket, terms).Code);
        ValueList<long> Of(params string[] names) => new([.. names.Select(_scenario.Account)]);
        Assert.Equal(RefusalCode.InvalidField, _scenario.AsAdmin(CommandKind.CreateMarket, terms with { VisibleTo = Of("A", "C") }).Code);
        Assert.Equal(RefusalCode.None, _scenario.AsAdmin(CommandKind.CreateMarket, terms with { VisibleTo = Of("B") }).Code);
        var narrower = new MarketUpdate { VisibleTo = Of("A") };
        Assert.Equal(RefusalCode.InvalidField, _scenario.AsAdmin(CommandKind.UpdateMarket, narrower, _scenario.MarketId).Code);
    }

    [Fact]
    public void In_an_anonymous_market_books_and_trades_name_nobody_but_to_elevated_admins()
    {
        _scenario.Run("A buy 2 @ 50 | B sell 1 @ 50");
        Update(new MarketUpdate { IsAnonymous = true });
        Watch("A");
        MarketSnapshot masked = _scenario.Answer<Subscribed>().Snapshots.Single();
        Assert.Equal((0, 0, 0), (masked.Book!.Bids[0].AccountId, masked.Trades!.Trades[0].BuyerAccountId, masked.Trades.Trades[0].SellerAccountId));
        Watch("admin", elevated: true);
        MarketSnapshot full = _scenario.Answer<Subscribed>().Snapshots.Single();
        Assert.Equal(
            (_scenario.Account("A"), _scenario.Account("A"), _scenario.Account("B")),
            (full.Book!.Bids[0].AccountId, full.Trades!.Trades[0].BuyerAccountId, full.Trades.Trades[0].SellerAccountId));
    }
}
