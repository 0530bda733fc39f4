using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>Roles, elevation, archived rooms, rooms of one's own.</summary>
public sealed class RoleTests
{
    private readonly Scenario _scenario = new();

    private RefusalCode SetRole(string trader, Role? role) =>
        _scenario.AsAdmin(CommandKind.SetRole, new RoleTerms(_scenario.User(trader), role)).Code;

    private RefusalCode Buy(string trader) => _scenario.Apply(new Command
    {
        Kind = CommandKind.PlaceOrder, UserId = _scenario.User(trader), AccountId = _scenario.Account(trader), MarketId = _scenario.MarketId,
        Side = Side.Buy, HasPrice = true, Price = new Price(1_00), HasQuantity = true, Quantity = new Quantity(1_00),
        TimeInForce = TimeInForce.GoodTillCancelled,
    }).Code;

    [Fact]
    public void A_spectator_sees_and_never_trades_and_takes_their_orders_with_them()
    {
        Assert.Equal(RefusalCode.None, Buy("A"));
        Assert.Equal(RefusalCode.None, SetRole("A", Role.Spectator));
        Assert.Equal(OrderReason.NoTrader, _scenario.LastOrder.Reason);
        Assert.Equal(RefusalCode.Forbidden, Buy("A"));
        Assert.Equal(Role.Spectator, _scenario.Shown("A").Role);
    }

    [Fact]
    public void The_orders_stay_while_another_may_trade_for_the_account()
    {
        Buy("A");
        _scenario.By("A", CommandKind.ShareAccount, new AccountShare(_scenario.User("B"), AccountRole.Trader));
        SetRole("A", Role.Spectator);
        Assert.Equal(1, _scenario.Venue.LiveOrderCount);
        SetRole("B", null);
        Assert.Equal(0, _scenario.Venue.LiveOrderCount);
    }

    [Fact]
    public void Who_is_taken_out_is_outside_and_finds_the_same_account_on_coming_back()
    {
        _scenario.Run("A buy 1 @ 50 | B sell 1 @ 50");
        Assert.Equal(RefusalCode.None, SetRole("A", null));
        Assert.Equal(RefusalCode.RoomNotFound, Buy("A"));
        Assert.Null(_scenario.Shown("A").Directory);
        Assert.Equal(RefusalCode.None, _scenario.By("A", CommandKind.EnterRoom, new RoomEntry(0, "main", "")).Code);
        Assert.Equal((9_950m, 1m), (_scenario.Cash("A"), _scenario.Position("A")));
    }

    [Fact]
    public void A_later_admin_of_the_server_is_no_member_of_a_room_they_were_taken_out_of()
    {
        Buy("A");
        SetRole("A", null);
        var entry = new UserEntry("test", "A", "A", null, IsServerAdmin: true, RoomSlug: "nowhere");
        _scenario.Apply(new Command { Kind = CommandKind.EnterUser, Details = entry });
        Assert.Equal(RefusalCode.RoomNotFound, Buy("A"));
    }

    [Fact]
    public void Admin_powers_apply_only_while_elevated()
    {
        var update = new RoomUpdate("Hall", null, null, null, null, null);
        Command command = new() { Kind = CommandKind.UpdateRoom, UserId = _scenario.User("B"), Details = update };
        Assert.Equal(RefusalCode.Forbidden, _scenario.Apply(command with { Elevated = true }).Code);
        SetRole("B", Role.Admin);
        Assert.Equal(RefusalCode.NotElevated, _scenario.Apply(command).Code);
        Assert.Equal(RefusalCode.None, _scenario.Apply(command with { Elevated = true }).Code);
    }

    [Fact]
    public void An_archived_room_can_be_read_and_nothing_in_it_changes()
    {
        _scenario.Run("A buy 1 @ 40 | A cancel-after 5");
        RefusalCode Archive(bool archived) =>
            _scenario.AsAdmin(CommandKind.UpdateRoom, new RoomUpdate(null, null, null, null, archived, null)).Code;
        Assert.Equal(RefusalCode.None, Archive(true));
        Assert.Equal(OrderReason.RoomArchived, _scenario.LastOrder.Reason);
        Assert.Equal(0, _scenario.Portfolio("A").CancelTimeUs);
        Assert.Equal((RefusalCode.RoomArchived, RefusalCode.RoomArchived), (Buy("A"), SetRole("A", Role.Admin)));
        Assert.Equal(RefusalCode.RoomArchived, Archive(true));
        Assert.NotNull(_scenario.Shown("A").Directory);
        Assert.Equal((RefusalCode.None, RefusalCode.None), (Archive(false), Buy("A")));
    }

    [Theory]
    [InlineData(JoinPolicy.Open, "", RefusalCode.None)]
    [InlineData(JoinPolicy.Closed, "LETMEIN", RefusalCode.RoomClosed)]
    [InlineData(JoinPolicy.Invite, "", RefusalCode.NotInvited)]
    [InlineData(JoinPolicy.Invite, "wrong", RefusalCode.NotInvited)]
    [InlineData(JoinPolicy.Invite, "let-me in", RefusalCode.None)]
    public void A_room_lets_in_whom_its_owner_lets_it(JoinPolicy policy, string code, RefusalCode outcome)
    {
        var terms = new RoomTerms("sandbox", "Sandbox", new Cash(5_0000), WhoMayCreateMarkets.Anyone, policy);
        Assert.Equal(RefusalCode.None, _scenario.By("A", CommandKind.OpenRoom, terms).Code);
        long roomId = _scenario.Answer<RoomOpened>().Room.RoomId;
        _scenario.Apply(new Command
        {
            Kind = CommandKind.UpdateRoom, UserId = _scenario.User("A"), RoomId = roomId, Elevated = true,
            Details = new RoomUpdate(null, null, null, null, null, "Let me in"),
        });
        Assert.Equal(outcome, _scenario.By("B", CommandKind.EnterRoom, new RoomEntry(roomId, "", code)).Code);
    }

    [Fact]
    public void A_room_is_found_by_its_short_name_or_its_name_in_any_capitals()
    {
        Open("class-7", "Class 7b, Monday");
        Open("class-8", "Class 8");
        Assert.Equal(RefusalCode.None, Enter(" CLASS-7 "));
        Assert.Equal(RefusalCode.None, Enter("class 7B, monday"));
        Assert.Equal(RefusalCode.RoomNotFound, Enter("Class 7"));
        Assert.Equal(RefusalCode.RoomNotFound, Enter(new string('x', 10_000)));

        // Two of a name are told apart by their short names; a name that was given up leads nowhere, a new one does.
        Open("other-8", "CLASS 8");
        Assert.Equal(RefusalCode.RoomNameNotUnique, Enter("class 8"));
        Assert.Equal(RefusalCode.None, Enter("class-8"));
        long roomId = _scenario.Answer<RoomView>().Directory!.Room.RoomId;
        _scenario.Apply(new Command
        {
            Kind = CommandKind.UpdateRoom, UserId = _scenario.User("A"), RoomId = roomId, Elevated = true,
            Details = new RoomUpdate("Class 9", null, null, null, null, null),
        });
        Assert.Equal(RefusalCode.None, Enter("class 8"));
        Assert.Equal("other-8", _scenario.Answer<RoomView>().Directory!.Room.Slug);
        Assert.Equal(RefusalCode.None, Enter("class 9"));
        Assert.Equal("class-8", _scenario.Answer<RoomView>().Directory!.Room.Slug);

        void Open(string slug, string name) => Assert.Equal(RefusalCode.None, _scenario.By("A", CommandKind.OpenRoom, new RoomTerms(
            slug, name, new Cash(5_0000), WhoMayCreateMarkets.Anyone)).Code);

        RefusalCode Enter(string typed) => _scenario.By("B", CommandKind.EnterRoom, new RoomEntry(0, typed, "")).Code;
    }

    [Fact]
    public void Nothing_crosses_from_room_to_room()
    {
        var terms = new RoomTerms("sandbox", "Sandbox", new Cash(5_0000), WhoMayCreateMarkets.Anyone);
        _scenario.By("A", CommandKind.OpenRoom, terms);
        long roomId = _scenario.Answer<RoomOpened>().Room.RoomId;
        long account = _scenario.Batch.Records.OfType<AccountOpened>().Single(o => o.Account.IsPersonal).Account.AccountId;
        Command inside = new() { UserId = _scenario.User("A"), RoomId = roomId, AccountId = account };
        Assert.Equal(RefusalCode.MarketNotFound, _scenario.Apply(inside with { Kind = CommandKind.PlaceOrder, MarketId = _scenario.MarketId }).Code);
        Assert.Equal(RefusalCode.AccountNotFound, _scenario.Apply(inside with
        {
            Kind = CommandKind.MakeTransfer,
            Details = new TransferTerms(_scenario.Account("A"), new Cash(1), ""),
        }).Code);
        Assert.Equal(RefusalCode.AccountNotFound, _scenario.Apply(inside with { Kind = CommandKind.ActAs, AccountId = _scenario.Account("A") }).Code);
        Assert.Equal(RefusalCode.RoomNotFound, _scenario.Apply(inside with { Kind = CommandKind.ActAs, UserId = _scenario.User("B") }).Code);
    }
}
