using Exchange.History;
using Exchange.Markets;

namespace Exchange.Tests.Storage;

/// <summary>What somebody is told afterwards: all that others did to what is theirs, and nothing else.</summary>
public sealed class NoticesTests : HistoryTests
{
    public NoticesTests()
    {
        Enter("root", "ann", "bob", "cyn");
        foreach (string name in (string[])["Rain", "Snow"])
            Create(new MarketTerms(name, "", new Price(0), new Price(100_00), 1));
    }

    private Task<NoticesRead> ReadAsync(string who, PageWanted? page = null)
    {
        Ledger.Write();
        return Ledger.AskAsync<NoticesRead>(As(who), new NoticesQuery(page ?? new PageWanted(0, 100)));
    }

    private async Task<object[]> WhatAsync(string who) => [.. (await ReadAsync(who)).Page.Items.Select(n => n.What)];

    private void ByRoot(CommandKind kind, CommandDetails? details = null, string? market = null, MarketStatus status = 0, int? price = null) => Do("root", new Command
    {
        Kind = kind,
        Elevated = true,
        Details = details,
        MarketId = market is null ? 0 : Markets[market],
        Status = status,
        HasPrice = price is not null,
        Price = new Price(price ?? 0),
    });

    [Fact]
    public async Task Money_that_came_is_told_to_who_got_it()
    {
        ByRoot(CommandKind.Grant, new GrantTerms(new(Account("bob")), false, new Cash(500_0000), "Well done", false));
        ByRoot(CommandKind.Grant, new GrantTerms(new(Account("bob")), false, new Cash(-1_0000), "Oops", false));
        Do("ann", new Command { Kind = CommandKind.MakeTransfer, AccountId = Account("ann"), Details = new TransferTerms(Account("bob"), new Cash(3_0000), "Lunch") });
        Assert.Equal(
            [("Well done", TransferKind.Grant, Account("bob")), ("Oops", TransferKind.Grant, 1L), ("Lunch", TransferKind.Transfer, Account("bob"))],
            (await WhatAsync("bob")).Cast<TransferNotice>().Select(t => t.Transfer).Select(t => (t.Memo, t.Kind, t.ToAccountId)));
        Assert.Empty(await WhatAsync("ann"));
        Assert.Empty(await WhatAsync("root"));
    }

    [Fact]
    public async Task A_settlement_says_what_was_held_paid_and_made_and_its_undoing_that()
    {
        Place("ann", "Rain", Side.Sell, 40_00, 2_00);
        Place("bob", "Rain", Side.Buy, 40_00, 2_00);
        ByRoot(CommandKind.SettleMarket, market: "Rain", price: 60_00);
        var settled = new SettledNotice(new Price(60_00), new Quantity(2_00), new Cash(120_0000), new Cash(40_0000), IsUndone: false);
        Assert.Equal([settled], await WhatAsync("bob"));
        Assert.Equal([settled with { Position = new Quantity(-2_00), Paid = new Cash(-120_0000), Profit = new Cash(-40_0000) }], await WhatAsync("ann"));
        Assert.Empty(await WhatAsync("cyn"));

        ByRoot(CommandKind.UndoSettlement, market: "Rain");
        Assert.Equal([settled with { Profit = null }, settled with { Profit = null, IsUndone = true }], await WhatAsync("bob"));
        Assert.Equal([settled with { Profit = null, IsUndone = true }], (await ReadAsync("bob", new PageWanted(0, 1, NewestFirst: true))).Page.Items.Select(n => n.What));
    }

    [Fact]
    public async Task A_status_is_told_to_who_has_something_in_the_market()
    {
        Place("ann", "Rain", Side.Sell, 40_00, 2_00);
        Place("cyn", "Snow", Side.Sell, 40_00, 2_00);
        ByRoot(CommandKind.SetMarketStatus, market: "Rain", status: MarketStatus.Halted);
        ByRoot(CommandKind.SetMarketStatus, market: "Rain", status: MarketStatus.Open);
        Assert.Equal([new StatusNotice(MarketStatus.Halted), new StatusNotice(MarketStatus.Open)], await WhatAsync("ann"));
        Assert.Empty(await WhatAsync("cyn"));
        Notice notice = (await ReadAsync("ann")).Page.Items[0];
        Assert.Equal((Markets["Rain"], User("root"), 0L), (notice.MarketId, notice.ByUserId, notice.AccountId));
    }

    [Fact]
    public async Task Orders_that_ended_otherwise_than_by_their_owner_are_told_together()
    {
        Place("ann", "Rain", Side.Sell, 40_00, 2_00);
        Place("ann", "Rain", Side.Sell, 41_00, 1_00);
        Place("ann", "Snow", Side.Sell, 41_00, 1_00);
        Do("ann", new Command { Kind = CommandKind.CancelOrders, AccountId = Account("ann"), MarketId = Markets["Snow"] });
        Assert.Empty(await WhatAsync("ann"));
        ByRoot(CommandKind.SetRole, new RoleTerms(User("ann"), Role.Spectator));
        Assert.Equal(
            [new RoleNotice(Role.Spectator), new CancelledNotice(OrderReason.NoTrader, 2, Side.Sell, new Price(40_00), new Quantity(2_00))],
            (await WhatAsync("ann")).OrderBy(w => w is CancelledNotice));
        Assert.All((await ReadAsync("ann")).Page.Items, n => Assert.Equal(User("root"), n.ByUserId));
    }

    [Fact]
    public async Task An_archived_room_and_an_assigned_option_are_told()
    {
        Create(new MarketTerms("Call", "", default, default, 1) { Derivation = new Option(Markets["Rain"], OptionKind.Call, OptionStyle.American, new Price(50_00)) });
        Place("ann", "Call", Side.Sell, 5_00, 2_00);
        Place("bob", "Call", Side.Buy, 5_00, 2_00);
        Do("bob", new Command { Kind = CommandKind.ExerciseOption, AccountId = Account("bob"), MarketId = Markets["Call"], HasQuantity = true, Quantity = new Quantity(1_00) });
        AssignedNotice assigned = Assert.IsType<AssignedNotice>(Assert.Single(await WhatAsync("ann")));
        Assert.Equal((new Quantity(1_00), Markets["Rain"], new Price(50_00)), (assigned.Quantity, assigned.Option.UnderlyingId, assigned.Option.Strike));
        Assert.Empty(await WhatAsync("bob"));
        ByRoot(CommandKind.UpdateRoom, new RoomUpdate(null, null, null, null, IsArchived: true, null));
        Assert.Equal([new ArchivedNotice(true)], await WhatAsync("cyn"));
    }

    [Fact]
    public async Task What_is_of_others_is_told_to_no_admin_and_a_key_for_one_account_hears_of_that()
    {
        ByRoot(CommandKind.Grant, new GrantTerms(new(Account("bob")), false, new Cash(500_0000), "Well done", false));
        Do("bob", new Command { Kind = CommandKind.OpenAccount, Details = new NewAccount("bob's bot") });
        Ledger.Write();
        Assert.Empty(await WhatAsync("root elevated"));
        long bot = Ledger.Records.OfType<AccountOpened>().Last().Account.AccountId;
        Assert.Empty((await Ledger.AskAsync<NoticesRead>(As("bob") with { OnlyAccountId = bot }, new NoticesQuery(new PageWanted(0, 10)))).Page.Items);
        Assert.Single((await Ledger.AskAsync<NoticesRead>(As("bob") with { OnlyAccountId = Account("bob") }, new NoticesQuery(new PageWanted(0, 10)))).Page.Items);
    }

    [Fact]
    public async Task How_far_one_has_read_never_goes_back()
    {
        Ledger.Write();
        Assert.Equal(0, (await ReadAsync("bob")).ReadSequence);
        Assert.Equal([7, 7, 9], new long[] { 7, 5, 9 }.Select(s => Ledger.MarkRead(User("bob"), s)));
        Assert.Equal((9, 0), ((await ReadAsync("bob")).ReadSequence, (await ReadAsync("ann")).ReadSequence));
    }
}
