using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>Which house bots a market has, and what they are given to trade with.</summary>
public sealed class SetHouseBotsTests
{
    private static readonly HouseBot s_maker = new(HouseBotKind.Maker, HouseBotStrength.Gentle), s_noise = new(HouseBotKind.Noise, HouseBotStrength.Lively);

    private readonly Scenario _scenario = new();

    private Refusal Set(params HouseBot[] bots) =>
        _scenario.AsAdmin(CommandKind.SetHouseBots, new HouseBotsTerms(new ValueList<HouseBot>(bots)), _scenario.MarketId);

    private AccountInfo[] BotAccounts => [.. _scenario.Shown("owner").Directory!.Accounts.Where(a => a.BotKind is not null)];

    private MarketView Seen(HouseBotKind kind) => _scenario.Venue.ViewFor(_scenario.MarketId, BotAccounts.Single(a => a.BotKind == kind).AccountId);

    [Fact]
    public void Bots_get_accounts_of_the_room_with_ten_opening_balances_for_each_market()
    {
        Assert.Equal(RefusalCode.None, Set(s_noise, s_maker).Code);

        Assert.Equal(["House maker", "House noise trader"], BotAccounts.Select(a => a.Name).Order());
        Assert.All(BotAccounts, a => Assert.False(a.IsPersonal || a.IsHouse));
        Assert.Equal(new Cash(100_000_0000), Seen(HouseBotKind.Maker).Available);
        Assert.Equal([s_noise, s_maker], _scenario.Shown("A").Directory!.Markets[0].HouseBots);

        // Not again for what was there before, and again for another market.
        Set(s_maker with { Strength = HouseBotStrength.Lively }, s_noise);
        Assert.Equal(new Cash(100_000_0000), Seen(HouseBotKind.Maker).Available);
        long call = _scenario.Derive("Call", new Option(_scenario.MarketId, OptionKind.Call, OptionStyle.American, new Price(50_00)));
        Assert.Equal(RefusalCode.None, _scenario.AsAdmin(CommandKind.SetHouseBots, new HouseBotsTerms(new ValueList<HouseBot>(s_maker)), call).Code);
        Assert.Equal(new Cash(200_000_0000), Seen(HouseBotKind.Maker).Available);
        Assert.Equal(2, BotAccounts.Length);
        _scenario.Venue.CheckInvariants();
    }

    [Fact]
    public void Only_an_elevated_admin_sets_them()
    {
        Refusal By(string trader, bool elevated) => _scenario.Apply(new Command
        {
            Kind = CommandKind.SetHouseBots, UserId = _scenario.User(trader), Elevated = elevated, MarketId = _scenario.MarketId,
            Details = new HouseBotsTerms(new ValueList<HouseBot>(s_maker)),
        });
        Assert.Equal(RefusalCode.Forbidden, By("A", elevated: false).Code);
        Assert.Equal(RefusalCode.Forbidden, By("A", elevated: true).Code);
        Assert.Equal(RefusalCode.NotElevated, By("owner", elevated: false).Code);
        Assert.Equal(RefusalCode.None, By("owner", elevated: true).Code);
    }

    [Fact]
    public void A_settled_market_gets_none()
    {
        _scenario.Run("settle @ 60");
        Assert.Equal(RefusalCode.MarketNotOpen, Set(s_maker).Code);
    }

    [Fact]
    public void A_name_that_is_taken_gets_a_number()
    {
        // Nobody can open one; whoever is admin of the exchange may have come with it.
        _scenario.Apply(new Command
        {
            Kind = CommandKind.EnterUser,
            Details = new UserEntry("test", "maker", "House Maker", null, IsServerAdmin: true, NameIsMadeUp: false, Venue.MainRoomSlug),
        });
        Set(s_maker);
        Assert.Equal("House maker (2)", Assert.Single(BotAccounts).Name);
    }

    [Fact]
    public void In_a_market_that_only_some_see_a_bots_account_must_be_one_of_them()
    {
        MarketUpdate To(params long[] accounts) => new() { VisibleTo = new ValueList<long>(accounts) };
        long ours = _scenario.Account("A");
        Assert.Equal(RefusalCode.None, _scenario.AsAdmin(CommandKind.UpdateMarket, To(ours), _scenario.MarketId).Code);
        Assert.Equal(RefusalCode.InvalidField, Set(s_maker).Code);
        Assert.Empty(_scenario.Venue.HouseBotsAtWork);

        // Elsewhere it gets its account, which can then be named.
        _scenario.AsAdmin(CommandKind.UpdateMarket, To(), _scenario.MarketId);
        Set(s_maker);
        long maker = BotAccounts[0].AccountId;
        Set();
        _scenario.AsAdmin(CommandKind.UpdateMarket, To(ours, maker), _scenario.MarketId);
        Assert.Equal(RefusalCode.None, Set(s_maker).Code);
        Assert.Single(_scenario.Venue.HouseBotsAtWork);

        // Hidden from it later, it does not trade there.
        _scenario.AsAdmin(CommandKind.UpdateMarket, To(ours), _scenario.MarketId);
        Assert.Empty(_scenario.Venue.HouseBotsAtWork);
    }

    [Fact]
    public void Who_takes_the_bots_out_of_the_room_stops_them_and_setting_them_brings_them_back()
    {
        Set(s_maker);
        long botsUser = _scenario.Venue.HouseBotsAtWork.Single().UserId;
        foreach (Role? role in (Role?[])[Role.Spectator, null])
        {
            Assert.Equal(RefusalCode.None, _scenario.AsAdmin(CommandKind.SetRole, new RoleTerms(botsUser, role)).Code);
            Assert.Empty(_scenario.Venue.HouseBotsAtWork);
            Assert.Equal(RefusalCode.None, Set(s_maker).Code);
            Assert.Single(_scenario.Venue.HouseBotsAtWork);
        }
    }

    [Fact]
    public void They_do_not_count_as_members_for_a_grant_to_everyone()
    {
        Set(s_maker);
        _scenario.AsAdmin(CommandKind.Grant, new GrantTerms(ValueList<long>.Empty, EveryMember: true, new Cash(5_0000), "", Force: false));
        Assert.Equal(new Cash(100_000_0000), Seen(HouseBotKind.Maker).Available);
    }
}
