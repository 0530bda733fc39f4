using Exchange.History;
using Exchange.Markets;
using Exchange.Storage;

namespace Exchange.Tests.Storage;

/// <summary>What is read by time from a record in which times go back, because the clock was wrong for a while.</summary>
public sealed class ClockSetBackTests : IDisposable
{
    private const long MinuteUs = 60_000_000, HourUs = 60 * MinuteUs, NoonUs = 1_000_000 * HourUs;
    private readonly Ledger _ledger = new();
    private readonly Viewer _ann = new(1, 1, Elevated: false);

    public ClockSetBackTests()
    {
        Do(new Command { Kind = CommandKind.OpenRoom, Details = new RoomTerms("main", "Main", new Cash(10_000_0000), WhoMayCreateMarkets.Anyone) }, NoonUs);
        foreach (string name in (string[])["ann", "bob"])
            Do(new Command { Kind = CommandKind.EnterUser, Details = new UserEntry("test", name, name, null, false) }, NoonUs);
        Do(new Command { Kind = CommandKind.CreateMarket, UserId = 1, Details = new MarketTerms("Rain", "", new Price(0), new Price(100_00), 1) }, NoonUs);
    }

    private void Do(Command command, long timeUs)
    {
        Assert.Equal("", _ledger.Apply(command, timeUs).Sentence);
        _ledger.Write();
    }

    /// <summary>One contract at a price.</summary>
    private void Trade(int price, long timeUs)
    {
        var sell = new Command
        {
            Kind = CommandKind.PlaceOrder, AccountId = 2, MarketId = 1, Side = Side.Sell, HasPrice = true, Price = new Price(price), HasQuantity = true,
            Quantity = new Quantity(100), TimeInForce = TimeInForce.GoodTillCancelled,
        };
        Do(sell, timeUs);
        Do(sell with { AccountId = 3, Side = Side.Buy }, timeUs);
    }

    /// <summary>Noon, then an hour ahead for two trades, then right again; and later for a moment a year behind.</summary>
    private void TradeUnderAWrongClock()
    {
        Trade(10, NoonUs);
        Trade(90, NoonUs + HourUs);
        Trade(91, NoonUs + HourUs + 1_000_000);
        Trade(11, NoonUs + 2_000_000);
        Trade(5, NoonUs - (365 * 24 * HourUs));
        Trade(12, NoonUs + (2 * MinuteUs));
    }

    /// <summary>One row a candle: seconds since noon, then open, high, low, close, contracts.</summary>
    [Theory]
    [InlineData(1, "0: 10 10 10 10 1; 2: 11 11 11 11 1; 120: 12 12 12 12 1")]
    [InlineData(60, "0: 10 11 10 11 2; 120: 12 12 12 12 1")]
    [InlineData(86_400, "-57600: 10 12 10 12 3")]
    public async Task Candles_are_in_order_and_what_was_dated_ahead_is_not_among_them(long seconds, string candles)
    {
        TradeUnderAWrongClock();
        Assert.Equal(candles, await CandlesAsync(seconds));
    }

    /// <summary>What was traded at that time by a right clock is in the same candles, each by its own time.</summary>
    [Theory]
    [InlineData(1, "0: 10 10 10 10 1; 2: 11 11 11 11 1; 120: 12 12 12 12 1; 3600: 90 90 50 50 2; 3601: 91 91 91 91 1; 7200: 51 51 51 51 1")]
    [InlineData(60, "0: 10 11 10 11 2; 120: 12 12 12 12 1; 3600: 90 91 50 50 3; 7200: 51 51 51 51 1")]
    [InlineData(86_400, "-57600: 10 91 10 51 7")]
    public async Task What_was_dated_ahead_comes_when_its_time_does(long seconds, string candles)
    {
        TradeUnderAWrongClock();
        Trade(50, NoonUs + HourUs + 500_000);
        Trade(51, NoonUs + (2 * HourUs));
        Assert.Equal(candles, await CandlesAsync(seconds));
    }

    private async Task<string> CandlesAsync(long seconds)
    {
        List<Candle> candles = await _ledger.AllAsync<Candle>(
            _ann, p => new CandlesQuery(1, seconds * 1_000_000, p.After == 0 ? NoonUs : p.After, long.MaxValue, p.Limit), 2);
        return string.Join("; ", candles.Select(c =>
            $"{(c.TimeUs - NoonUs) / 1_000_000}: {c.Open.Hundredths} {c.High.Hundredths} {c.Low.Hundredths} {c.Close.Hundredths} {c.Quantity.Hundredths / 100}"));
    }

    [Fact]
    public void The_last_24_hours_are_what_their_times_say()
    {
        TradeUnderAWrongClock();
        List<TradedMinute> minutes = new RecordReader(_ledger.Database).TradedMinutes(NoonUs - HourUs, NoonUs + (3 * MinuteUs), long.MaxValue);
        Assert.Equal(
            [(NoonUs, 10, 11, 200L), (NoonUs + (2 * MinuteUs), 12, 12, 100L)],
            minutes.Select(m => (m.MinuteUs, m.FirstPrice.Hundredths, m.LastPrice.Hundredths, m.Quantity.Hundredths)));
    }

    [Fact]
    public void Verify_finds_times_that_go_back_though_no_clock_was_set()
    {
        TradeUnderAWrongClock();
        Assert.Empty(Verifier.Verify(_ledger.Database));
        _ledger.Run("DELETE FROM clock_set_back WHERE trade_id = 4");
        Assert.Equal(
            ["trade 4 is earlier than the one before it, but no clock that was set back is on record"], Verifier.Verify(_ledger.Database));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_time_in_another_unit_is_refused_with_a_guess(bool isFrom)
    {
        Trade(10, NoonUs);
        var query = new CandlesQuery(1, MinuteUs, isFrom ? NoonUs * 1_000 : 0, isFrom ? long.MaxValue : NoonUs * 1_000, 10);
        Refusal refusal = (await _ledger.AskAsync(_ann, query)).Refusal;
        Assert.Equal(RefusalCode.InvalidField, refusal.Code);
        Assert.StartsWith(isFrom ? "from_time_us" : "to_time_us", refusal.Sentence, StringComparison.Ordinal);
        Assert.EndsWith("nanoseconds: divide it by 1,000.", refusal.Sentence, StringComparison.Ordinal);
    }

    public void Dispose() => _ledger.Dispose();
}
