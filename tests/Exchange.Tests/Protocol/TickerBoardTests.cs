using Exchange.Markets;
using Exchange.Protocol;
using Exchange.Tests.Hosting;

namespace Exchange.Tests.Protocol;

/// <summary>Tickers while the machine's clock is set.</summary>
public sealed class TickerBoardTests
{
    private readonly SettableTime _time = new();

    private static MarketTop Top(int bid) => new(1, 1, false, new Price(bid), new Quantity(1), null, default, null);

    [Fact]
    public void A_ticker_is_told_ten_times_a_second_wherever_the_wall_clock_is_set_to()
    {
        var board = new TickerBoard(_time);
        var batch = new CommitBatch();
        Change();
        Assert.NotNull(board.TakeDue(_time.NowUs, out _));
        foreach (double set in (double[])[-3_600, 7_200])
        {
            _time.Set(set);
            Change();
            Assert.Null(board.TakeDue(_time.NowUs, out _));
            _time.Pass(0.1);
            Assert.NotNull(board.TakeDue(_time.NowUs, out _));
        }

        void Change()
        {
            batch.Begin(1);
            batch.AddTop(Top(50));
            board.Update(batch);
        }
    }

    [Fact]
    public void What_was_traded_is_read_anew_after_the_clock_was_ahead()
    {
        var board = new TickerBoard(_time);
        board.Restore(1, _time.NowUs / 60_000_000 * 60_000_000, new Price(40), new Price(50), new Quantity(7));
        Assert.Equal(7, board.Find(1, _time.NowUs)!.Volume24H);
        _time.Set(86_400 * 2);
        Assert.Equal(0, board.Find(1, _time.NowUs)!.Volume24H);
        _time.Set(-86_400 * 2);
        board.ForgetTraded();
        board.Restore(1, _time.NowUs / 60_000_000 * 60_000_000, new Price(40), new Price(50), new Quantity(7));
        Assert.Equal(7, board.Find(1, _time.NowUs)!.Volume24H);
    }
}
