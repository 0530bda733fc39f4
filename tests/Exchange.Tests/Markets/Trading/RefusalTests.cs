using System.Globalization;
using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>Each refusal: its code, a sentence, nothing changed.</summary>
public sealed class RefusalTests
{
    private readonly Scenario _scenario = new(cash: 1_000);

    /// <summary>Every refusal of an order with the situation that brings it: a live buy 10 @ 40 of A, then this.</summary>
    public static TheoryData<RefusalCode, Command> OrderRefusals()
    {
        Command place = new()
        {
            Kind = CommandKind.PlaceOrder, Side = Side.Sell, TimeInForce = TimeInForce.GoodTillCancelled, HasPrice = true,
            Price = new Price(50_00), HasQuantity = true, Quantity = new Quantity(1_00), MarketId = 1,
        };
        Command replace = new() { Kind = CommandKind.ReplaceOrder, OrderId = 1 };
        return new TheoryData<RefusalCode, Command>
        {
            { RefusalCode.AccountNotFound, place with { AccountId = 999 } },
            { RefusalCode.AccountNotFound, place with { AccountId = 1 } },
            { RefusalCode.AccountNotFound, replace with { AccountId = 999 } },
            { RefusalCode.AccountNotFound, new Command { Kind = CommandKind.CancelOrder, AccountId = 1, OrderId = 1 } },
            { RefusalCode.AccountNotFound, new Command { Kind = CommandKind.CancelOrders, AccountId = 1 } },
            { RefusalCode.MarketNotFound, place with { MarketId = 999 } },
            { RefusalCode.MarketNotFound, place with { MarketId = 0 } },
            { RefusalCode.MarketNotFound, new Command { Kind = CommandKind.CancelOrders, MarketId = 999 } },
            { RefusalCode.OrderNotLive, replace with { OrderId = 999 } },
            { RefusalCode.OrderNotLive, replace with { OrderId = -1 } },
            { RefusalCode.OrderNotFound, replace with { OrderId = 0 } },
            { RefusalCode.OrderNotFound, new Command { Kind = CommandKind.CancelOrder, ClientOrderId = "none" } },
            { RefusalCode.InvalidPrice, place with { HasPrice = false } },
            { RefusalCode.InvalidPrice, place with { Price = new Price(100_01) } },
            { RefusalCode.InvalidPrice, replace with { HasPrice = true, Price = new Price(-1) } },
            { RefusalCode.InvalidQuantity, place with { Quantity = default } },
            { RefusalCode.InvalidQuantity, replace with { HasQuantity = true, Quantity = new Quantity(-5) } },
            { RefusalCode.InvalidField, place with { PostOnly = true, TimeInForce = TimeInForce.FillOrKill } },
            { RefusalCode.CannotFill, place with { TimeInForce = TimeInForce.FillOrKill } },
            { RefusalCode.WouldMatch, place with { PostOnly = true, Price = new Price(40_00) } },
            { RefusalCode.InsufficientFunds, place with { Quantity = new Quantity(100_00) } },
            { RefusalCode.InsufficientFunds, replace with { HasQuantity = true, Quantity = new Quantity(100_00) } },
            { RefusalCode.LimitExceeded, place with { Side = Side.Sell, Price = new Price(100_00), Quantity = new Quantity(100_000_000), MarketId = 2 } },
        };
    }

    [Theory]
    [MemberData(nameof(OrderRefusals), DisableDiscoveryEnumeration = true)]
    public void A_refused_order_changes_nothing_and_says_why(RefusalCode code, Command command)
    {
        _scenario.Run("A buy 10 @ 40");
        long full = _scenario.CreateMarket("Full", 0, 100);
        for (int i = 0; i < 10; i++)
            _scenario.Place("A", Side.Sell, 1_000_000, 100, marketId: full);
        if (command.AccountId == 0)
            command.AccountId = _scenario.Account("A");
        CheckRefused(code, command);
    }

    [Fact]
    public void Orders_in_a_settled_market_are_refused()
    {
        _scenario.Run("A buy 1 @ 50 id=x | settle @ 50");
        CheckRefused(RefusalCode.MarketNotOpen, new Command
        {
            Kind = CommandKind.PlaceOrder, AccountId = _scenario.Account("A"), MarketId = 1, Side = Side.Buy, HasPrice = true,
            TimeInForce = TimeInForce.GoodTillCancelled, Price = new Price(1), HasQuantity = true, Quantity = new Quantity(1),
        });
        CheckRefused(RefusalCode.OrderNotLive, new Command
        {
            Kind = CommandKind.CancelOrder, AccountId = _scenario.Account("A"), ClientOrderId = "x",
        });
    }

    public static TheoryData<string, string, int, int, int> BadMarkets() => new()
    {
        { "", "", 0, 100, 1 },
        { new string('x', 81), "", 0, 100, 1 },
        { " Rain", "", 0, 100, 1 },
        { "Rain ", "", 0, 100, 1 },
        { "Ra\nin", "", 0, 100, 1 },
        { "Ra\u0000in", "", 0, 100, 1 },
        { "Ra\u202Ein", "", 0, 100, 1 },
        { "Ra\u200Bin", "", 0, 100, 1 },
        { "Two  spaces", "", 0, 100, 1 },
        { "R\u0430in", "", 0, 100, 1 },
        { "Wide\u2003space", "", 0, 100, 1 },
        { "\u2066Rain\u2069", "", 0, 100, 1 },
        { "Snow", new string('x', 2_001), 0, 100, 1 },
        { "Snow", "when\u0007", 0, 100, 1 },
        { "Snow", "", 100, 100, 1 },
        { "Snow", "", 100, 0, 1 },
        { "Snow", "", 0, 100, 0 },
        { "Snow", "", 0, 100, -1 },
        { "Snow", "", 0, 100, 3 },
        { "Snow", "", -100_000_001, 100, 1 },
        { "Snow", "", 0, 100_000_001, 1 },
        { "Snow", "", int.MinValue, int.MaxValue, 1 },
        { "Snow", "", 0, int.MaxValue, int.MaxValue },
    };

    [Theory]
    [MemberData(nameof(BadMarkets), DisableDiscoveryEnumeration = true)]
    public void A_market_with_a_field_that_may_not_be_is_refused(string name, string description, int min, int max, int tick) =>
        CheckRefused(RefusalCode.InvalidField, Create("A", new MarketTerms(name, description, new Price(min), new Price(max), tick)));

    [Theory]
    [InlineData("Rain on Friday")]
    [InlineData("RAIN on friday")]
    [InlineData("Rain on Fr\uFF49day")]
    public void A_name_that_is_taken_is_refused(string name) =>
        CheckRefused(RefusalCode.NameTaken, Create("A", new MarketTerms(name, "", new Price(0), new Price(1), 1)));

    [Theory]
    [InlineData("Caf\u00e9", "Cafe\u0301")]
    [InlineData("\u0412\u043e\u0441", "boc")]
    [InlineData("HaIl", "Hall")]
    [InlineData("Team 1", "Team I")]
    public void A_name_that_looks_like_one_is_refused(string name, string alike)
    {
        Assert.False(_scenario.Apply(Create("A", new MarketTerms(name, "", new Price(0), new Price(1), 1))).IsRefused);
        CheckRefused(RefusalCode.NameTaken, Create("A", new MarketTerms(alike, "", new Price(0), new Price(1), 1)));
    }

    [Theory]
    [InlineData("Zoë's 5 % – “market” 🎲")]
    [InlineData("x")]
    public void Letters_of_every_language_may_be_in_a_name(string name)
    {
        string description = "Line\nby line. 🎲";
        Assert.False(_scenario.Apply(Create("A", new MarketTerms(name, description, new Price(-100), new Price(100), 100))).IsRefused);
        MarketInfo market = _scenario.Answer<MarketChanged>().Market;
        Assert.Equal((name, description, _scenario.User("A"), MarketStatus.Open), (market.Name, market.Description, market.OwnerUserId, market.Status));
    }

    [Theory]
    [InlineData("A", false, RefusalCode.Forbidden)]
    [InlineData("A", true, RefusalCode.Forbidden)]
    [InlineData("admin", false, RefusalCode.NotElevated)]
    [InlineData("admin", true, RefusalCode.None)]
    public void In_a_room_whose_admins_create_markets_others_do_not(string who, bool elevated, RefusalCode code)
    {
        var scenario = new Scenario(whoMayCreate: WhoMayCreateMarkets.Admins);
        var terms = new MarketTerms("Snow", "", new Price(0), new Price(1), 1);
        Command create = new() { Kind = CommandKind.CreateMarket, UserId = scenario.User(who), Elevated = elevated, Details = terms };
        Assert.Equal(code, scenario.Apply(create).Code);
    }

    [Fact]
    public void Who_never_entered_is_refused_everything()
    {
        var all = new MarketsWanted([], true, MarketViews.Book, false);
        CheckRefused(RefusalCode.Forbidden, new Command { Kind = CommandKind.SettleMarket, UserId = 77, MarketId = 1 });
        CheckRefused(RefusalCode.Forbidden, new Command { Kind = CommandKind.GetRoom, UserId = 77 });
        CheckRefused(RefusalCode.Forbidden, new Command { Kind = CommandKind.Subscribe, UserId = 77, Details = all });
        CheckRefused(RefusalCode.Forbidden, Create("A", new MarketTerms("Snow", "", new Price(0), new Price(1), 1)) with { UserId = 77 });
    }

    [Fact]
    public void A_market_that_is_not_there_is_neither_settled_nor_shown()
    {
        long[] ids = [1, 999];
        CheckRefused(RefusalCode.MarketNotFound, new Command { Kind = CommandKind.SettleMarket, UserId = _scenario.User("A"), MarketId = 999 });
        CheckRefused(RefusalCode.MarketNotFound, new Command
        {
            Kind = CommandKind.Subscribe, UserId = _scenario.User("A"), Details = new MarketsWanted(ids, false, MarketViews.Book, false),
        });
    }

    private Command Create(string who, MarketTerms terms) =>
        new() { Kind = CommandKind.CreateMarket, UserId = _scenario.User(who), Details = terms };

    private void CheckRefused(RefusalCode code, Command command)
    {
        string before = _scenario.Venue.StateHash();
        Refusal refusal = _scenario.Apply(command);
        Assert.Equal(code, refusal.Code);
        Assert.True(refusal.Sentence.Length > 10 && refusal.Sentence[^1] == '.', refusal.Sentence);
        Assert.DoesNotContain(refusal.Sentence, c => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format);
        Assert.Equal(before, _scenario.Venue.StateHash());
        Assert.Equal(new EventRef(EventKind.Refused, true, 0), Assert.Single(_scenario.Batch.Events.ToArray()));
        Assert.False(_scenario.Batch.Changed);
    }
}
