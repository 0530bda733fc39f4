using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>Times that users give: bounded, and with a guess at the unit when they can't be meant.</summary>
public sealed class TimesTests
{
    /// <summary>2026-11-25.</summary>
    private const long NowUs = 1_795_600_000_000_000;

    [Theory]
    [InlineData(NowUs + 1, null)]
    [InlineData(NowUs + 315_576_000_000_000, null)]
    [InlineData(NowUs, "not later than now")]
    [InlineData(NowUs + 315_576_000_000_001, "more than ten years ahead")]
    [InlineData(long.MaxValue, "more than ten years ahead")]
    [InlineData(long.MinValue, "not later than now")]
    public void A_time_is_later_than_now_and_within_ten_years(long timeUs, string? complaint)
    {
        string? problem = Times.Problem("expires_time_us", timeUs, NowUs);
        if (complaint is null)
        {
            Assert.Null(problem);
            return;
        }
        Assert.StartsWith("expires_time_us ", problem, StringComparison.Ordinal);
        Assert.Contains(complaint, problem, StringComparison.Ordinal);
        Assert.Contains("microseconds since 1970", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NowUs / 1_000_000 + 60, "seconds: multiply it by 1,000,000.")]
    [InlineData(NowUs / 1_000 + 60_000, "milliseconds: multiply it by 1,000.")]
    [InlineData(NowUs * 1_000, "nanoseconds: divide it by 1,000.")]
    [InlineData(NowUs - 1, null)]
    [InlineData(60_000_000, null)]
    [InlineData(long.MaxValue, null)]
    [InlineData(-1, null)]
    public void The_unit_that_was_meant_is_guessed_when_it_fits(long time, string? guess)
    {
        string problem = Times.Problem("expires_time_us", time, NowUs)!;
        if (guess is null)
            Assert.DoesNotContain("looks like", problem, StringComparison.Ordinal);
        else
            Assert.EndsWith($"This looks like {guess}", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_from_before_they_were_bounded_are_loaded_shown_and_wait()
    {
        var venue = new Venue();
        var restorer = new VenueRestorer(venue);
        restorer.Counters(new KeptCounters(9, 2, 0, 0, 0, 0, 0), Moment.At(NowUs));
        restorer.Room(new RoomInfo(1, "main", "Main", 1, Cash.Zero, WhoMayCreateMarkets.Anyone), "");
        restorer.User(new UserInfo(1, "test", "a", "A", null, false, 0));
        restorer.Account(new AccountInfo(2, 1, "A", 1, 0), new Cash(100_0000), Cash.Zero, inDeficit: false, 0, 0);
        restorer.Account(new AccountInfo(3, 1, "B", 1, 0), new Cash(-100_0000), Cash.Zero, inDeficit: true, 0, 0);
        restorer.Market(new MarketInfo(1, 1, "Rain", "", 0, new Price(0), new Price(100_00), 1, MarketStatus.Open, null, 0), 0);
        long[] expiries = [long.MaxValue, 253_402_300_800_000_000];
        for (int i = 0; i < expiries.Length; i++)
        {
            restorer.LiveOrder(new OrderState
            {
                OrderId = i + 1, MarketId = 1, AccountId = 2, Side = Side.Buy, Price = new Price(1), Quantity = new Quantity(1), Remaining = new Quantity(1),
                TimeInForce = TimeInForce.GoodTillTime, ExpiresTimeUs = expiries[i], Priority = i + 1,
            });
        }
        restorer.Done();

        var batch = new CommitBatch();
        batch.Begin(1);
        Assert.True(venue.UntilTickUs(Moment.At(NowUs)) > Times.MostAheadUs);
        venue.Apply(new Command { Kind = CommandKind.Tick }, Moment.At(NowUs), batch);
        Assert.Equal(2, venue.LiveOrderCount);
        venue.Apply(new Command { Kind = CommandKind.CancelOrders, AccountId = 2 }, Moment.At(NowUs), batch);
        Assert.Equal(expiries, batch.OrderChanges.ToArray().Select(c => c.State.ExpiresTimeUs).OrderDescending());
    }
}
