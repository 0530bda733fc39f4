using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>Closing times, ranges that are mended, settlements that are foreseen, markets that are deleted.</summary>
public sealed class RunningMarketTests
{
    private readonly Scenario _scenario = new();

    private string Update(MarketUpdate update) => _scenario.AsAdmin(CommandKind.UpdateMarket, update, _scenario.MarketId).Sentence;

    private MarketInfo Market => _scenario.Directory().Markets.Single(m => m.MarketId == _scenario.MarketId);

    private void CloseIn(long seconds) =>
        Assert.Equal("", Update(new MarketUpdate { CloseTimeUs = _scenario.Venue.TimeUs + (seconds * 1_000_000) }));

    private RefusalCode Delete(string trader, bool elevated = false) => _scenario.Apply(new Command
    {
        Kind = CommandKind.DeleteMarket, UserId = _scenario.User(trader), Elevated = elevated, MarketId = _scenario.MarketId,
    }).Code;

    [Fact]
    public void A_market_halts_at_its_closing_time_and_is_opened_without_it()
    {
        CloseIn(5);
        _scenario.Run("wait 4");
        Assert.Equal(MarketStatus.Open, Market.Status);
        _scenario.Run("A buy 1 @ 40 | wait 1");
        Assert.Equal(MarketStatus.Halted, Market.Status);
        Assert.InRange(Market.StatusTimeUs, Market.CloseTimeUs, _scenario.Venue.TimeUs);
        Assert.Equal("refused MarketNotOpen; book: A buy 1 @ 40", _scenario.Run("A buy 1 @ 30"));
        _scenario.Run("open | wait 9");
        Assert.Equal((MarketStatus.Open, 0), (Market.Status, Market.CloseTimeUs));
    }

    [Fact]
    public void A_closing_time_follows_the_wall_clock_and_one_that_is_still_to_come_stays()
    {
        CloseIn(600);
        _scenario.Run("halt | open | clock 3600 | wait 0");
        Assert.Equal(MarketStatus.Halted, Market.Status);

        // The clock was wrong, and the market opened before its time: then it closes when that comes.
        _scenario.Run("clock -3600 | open | wait 500");
        Assert.Equal(MarketStatus.Open, Market.Status);
        _scenario.Run("wait 100");
        Assert.Equal(MarketStatus.Halted, Market.Status);
    }

    [Theory]
    [InlineData("cancel-only", MarketStatus.Halted)]
    [InlineData("halt", MarketStatus.Halted)]
    [InlineData("settle @ 50", MarketStatus.Settled)]
    public void Whatever_is_closed_already_is_left_alone(string step, MarketStatus after)
    {
        CloseIn(5);
        _scenario.Run($"{step} | wait 6");
        Assert.Equal(after, Market.Status);
    }

    [Fact]
    public void A_closing_time_is_set_later_or_taken_away()
    {
        CloseIn(5);
        CloseIn(50);
        _scenario.Run("wait 9");
        Assert.Equal(MarketStatus.Open, Market.Status);
        Update(new MarketUpdate { CloseTimeUs = 0 });
        _scenario.Run("wait 90");
        Assert.Equal((MarketStatus.Open, 0), (Market.Status, Market.CloseTimeUs));
        Assert.Contains("close_time_us", Update(new MarketUpdate { CloseTimeUs = 1 }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A buy 1 @ 40", "Live orders in this market: 1.")]
    [InlineData("A buy 1 @ 40 | B sell 1 @ 40", "Accounts with a position in this market: 2.")]
    [InlineData("A buy 1 @ 40 | B sell 1 @ 40 | A sell 1 @ 50 | B buy 1 @ 50", "")]
    public void A_range_is_mended_while_nothing_counts_on_it(string steps, string refusal)
    {
        _scenario.Run(steps);
        string sentence = Update(new MarketUpdate { Max = new Price(10_00), TickHundredths = 50 });
        Assert.StartsWith(refusal, sentence, StringComparison.Ordinal);
        if (refusal != "")
        {
            Assert.Equal(new Price(100_00), Market.Max);
            return;
        }
        Assert.Equal("", sentence);
        Assert.Equal("refused InvalidPrice; refused InvalidPrice; book: A buy 1 @ 9.5", _scenario.Run("A buy 1 @ 10.5 | A buy 1 @ 9.75 | A buy 1 @ 9.5"));
        // What was traded outside of it is the mark no more.
        Assert.Equal(new Price(5_00), _scenario.Venue.ViewFor(_scenario.MarketId, _scenario.Account("A")).Mark);
    }

    [Fact]
    public void A_range_that_others_follow_from_or_that_follows_is_not_changed()
    {
        long call = _scenario.Derive("Call", new Option(_scenario.MarketId, OptionKind.Call, OptionStyle.European, new Price(60_00)));
        Assert.Equal("Market 2 depends on this one. The range and tick size can change only while no market does.", Update(new MarketUpdate { Max = new Price(50_00) }));
        Assert.Equal(RefusalCode.MarketDerived, _scenario.AsAdmin(CommandKind.UpdateMarket, new MarketUpdate { Max = new Price(50_00) }, call).Code);
        Assert.Equal("", _scenario.AsAdmin(CommandKind.UpdateMarket, new MarketUpdate { TickHundredths = 25 }, call).Sentence);
    }

    [Fact]
    public void A_market_made_by_mistake_goes_with_its_orders_and_its_name_is_free()
    {
        _scenario.Run("A buy 5 @ 40 | B sell 1 @ 60");
        Assert.Equal(RefusalCode.Forbidden, Delete("A"));
        Assert.Equal(RefusalCode.None, Delete("owner"));
        Assert.Equal([OrderReason.MarketDeleted, OrderReason.MarketDeleted], _scenario.Batch.OrderChanges.ToArray().Select(c => c.State.Reason));
        Audited audited = _scenario.Answer<Audited>();
        Assert.Equal((CommandKind.DeleteMarket, """{"name":"Rain on Friday"}"""), (audited.Action, audited.Detail));
        Assert.Empty(_scenario.Directory().Markets);
        Assert.Equal((10_000m, 0), (_scenario.Available("A"), _scenario.Venue.LiveOrderCount));
        Assert.Equal(RefusalCode.MarketNotFound, Delete("owner"));
        _scenario.Venue.CheckInvariants();
        Assert.Equal(2, _scenario.CreateMarket("Rain on Friday", 0, 10));
    }

    [Fact]
    public void A_market_that_was_traded_in_or_that_others_depend_on_stays()
    {
        _scenario.Derive("Call", new Option(_scenario.MarketId, OptionKind.Call, OptionStyle.European, new Price(60_00)));
        Assert.Equal(RefusalCode.MarketInUse, Delete("owner"));
        _scenario.Run("A buy 1 @ 40 | B sell 1 @ 40 | A sell 1 @ 40 | B buy 1 @ 40");
        Assert.Equal(RefusalCode.MarketTraded, Delete("owner"));
    }

    [Fact]
    public void An_order_of_a_deleted_market_that_is_sent_again_is_still_the_same()
    {
        Assert.False(_scenario.Place("A", Side.Buy, 1, 40, clientOrderId: "x").IsRefused);
        Delete("owner");
        Assert.False(_scenario.Place("A", Side.Buy, 1, 40, clientOrderId: "x").IsRefused);
        Assert.Equal(OrderReason.MarketDeleted, _scenario.LastOrder.Reason);
        Assert.Equal(RefusalCode.MarketNotFound, _scenario.Place("A", Side.Buy, 1, 40, clientOrderId: "y").Code);
    }

    [Theory]
    [InlineData("admin", true, false, "B 2 40; A -2 -40; 15: A 1 5; B -1 -5")]
    [InlineData("owner", false, false, "; 15: ")]
    [InlineData("admin", true, true, "B 2 40; A -2 -40; 15: A 1 5; B -1 -5")]
    [InlineData("owner", false, true, "; 15: ")]
    public void A_settlement_is_foreseen_by_those_who_may_make_it_with_what_they_may_see(string who, bool elevated, bool anonymous, string foreseen)
    {
        _scenario.User(who);
        _scenario.Derive("Call", new Option(_scenario.MarketId, OptionKind.Call, OptionStyle.European, new Price(60_00)));
        _scenario.Run("A sell 2 @ 55 | B buy 2 @ 55 | A buy 1 @ 10 in Call | B sell 1 @ 10 in Call | A buy 1 @ 9");
        Update(new MarketUpdate { IsAnonymous = anonymous });
        string before = _scenario.Venue.StateHash();
        Refusal refusal = _scenario.Apply(new Command
        {
            Kind = CommandKind.PreviewSettlement, UserId = _scenario.User(who), Elevated = elevated, MarketId = _scenario.MarketId, Price = new Price(75_00),
        });
        Assert.Equal("", refusal.Sentence);
        ForeseenSettlement[] markets = _scenario.Answer<SettlementPreviewed>().Markets;
        Assert.Equal([(2, 1, 150_0000L), (2, 0, 15_0000L)], markets.Select(m => (m.Holders, m.Orders, m.Paid.TenThousandths)));
        string Payouts(ForeseenSettlement of) => string.Join("; ", of.Payouts.Select(p =>
            $"{(p.AccountId == _scenario.Account("A") ? "A" : "B")} {p.Position.Hundredths / 100} {p.Profit.TenThousandths / 10_000m:0.##}"));
        Assert.Equal(
            foreseen,
            $"{Payouts(markets[0])}; {markets[1].Price.Hundredths / 100}: {Payouts(markets[1])}");
        Assert.Equal(before, _scenario.Venue.StateHash());
        Assert.Equal(RefusalCode.Forbidden, _scenario.Apply(new Command
        {
            Kind = CommandKind.PreviewSettlement, UserId = _scenario.User("A"), MarketId = _scenario.MarketId, Price = new Price(75_00),
        }).Code);
    }
}
