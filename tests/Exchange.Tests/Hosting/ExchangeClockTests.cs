using Exchange.Hosting;
using Exchange.Markets;

namespace Exchange.Tests.Hosting;

/// <summary>The wall clock is followed wherever it is set to, and how far is known; durations pass it by.</summary>
public sealed class ExchangeClockTests
{
    private readonly SettableTime _time = new();

    [Theory]
    [InlineData(3_600)]
    [InlineData(-3_600)]
    [InlineData(1.1)]
    [InlineData(-1.1)]
    [InlineData(86_400 * 365 * 20)]
    public void A_clock_that_is_set_is_followed_and_the_jump_is_known_once(double bySeconds)
    {
        var clock = new ExchangeClock(_time);
        Moment before = clock.Now();
        _time.Pass(2);
        _time.Set(bySeconds);
        Moment after = clock.Now();
        long byUs = (long)(bySeconds * 1e6);
        Assert.Equal((before.TimeUs + 2_000_000 + byUs, before.ElapsedUs + 2_000_000), (after.TimeUs, after.ElapsedUs));
        Assert.True(clock.HasJumped);
        Assert.True(clock.TakeJump(out long jump));
        Assert.Equal(byUs, jump);
        Assert.False(clock.HasJumped);
        clock.Now();
        Assert.False(clock.TakeJump(out _));
    }

    [Fact]
    public void A_small_step_back_is_waited_out()
    {
        var clock = new ExchangeClock(_time);
        Moment before = clock.Now();
        _time.Set(-0.9);
        Assert.Equal(before, clock.Now());
        _time.Pass(0.5);
        Assert.Equal(before with { ElapsedUs = before.ElapsedUs + 500_000 }, clock.Now());
        _time.Pass(0.5);
        Assert.Equal(new Moment(before.TimeUs + 100_000, before.ElapsedUs + 1_000_000), clock.Now());
        Assert.False(clock.HasJumped);
    }

    [Fact]
    public void Many_small_steps_back_do_not_hold_the_time_for_ever()
    {
        var clock = new ExchangeClock(_time);
        clock.Now();
        for (int i = 0; i < 100; i++)
        {
            _time.Set(-0.5);
            Assert.InRange(clock.Now().TimeUs - _time.NowUs, 0, 1_000_000);
        }
        Assert.True(clock.HasJumped);
    }

    [Fact]
    public void A_day_in_which_the_clocks_drift_apart_by_some_seconds_is_no_jump()
    {
        var clock = new ExchangeClock(_time);
        clock.Now();
        _time.Pass(86_400);
        _time.Set(-20);
        Assert.Equal(_time.NowUs, clock.Now().TimeUs);
        Assert.False(clock.HasJumped);
    }

    [Fact]
    public void A_clock_before_1970_stands_there()
    {
        _time.Set(-86_400L * 365 * 60);
        Assert.Equal(0, new ExchangeClock(_time).Now().TimeUs);
    }
}
