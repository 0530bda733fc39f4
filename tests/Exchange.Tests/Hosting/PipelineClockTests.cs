using System.Collections.Concurrent;
using Exchange.Bots;
using Exchange.Hosting;
using Exchange.Markets;
using Exchange.Storage;

namespace Exchange.Tests.Hosting;

/// <summary>The market thread while the machine's clock is wrong, and when it is set right.</summary>
public sealed class PipelineClockTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("exchange-clock-").FullName;
    private readonly SettableTime _time = new();
    private readonly BlockingCollection<(AppliedCommand Command, OrderState[] Orders, VenueEvent[] Records, RefusalCode Refusal)> _told = [];
    private readonly List<long> _jumps = [];
    private readonly Database _database;
    private WalWriter _writer = null!;
    private Pipeline _pipeline = null!;
    private ulong _lastRequest;

    public PipelineClockTests()
    {
        _database = Database.Open(_directory, Synchronous.Normal);
        Start();
    }

    private void Start()
    {
        var clock = new ExchangeClock(_time);
        Venue venue = Loader.Load(_database, clock.Now());
        _writer = new WalWriter(_database);
        _pipeline = new Pipeline(
            venue, _writer, Take, e => Assert.Fail(e.ToString()), clock, new HouseBots(venue, 1), (_, byUs) => _jumps.Add(byUs));
        _pipeline.Start();
    }

    private void Take(CommitBatch batch)
    {
        foreach (ref readonly AppliedCommand command in batch.Commands)
        {
            var orders = new List<OrderState>();
            var records = new List<VenueEvent>();
            RefusalCode refusal = RefusalCode.None;
            foreach (EventRef e in batch.Events.Slice(command.FirstEvent, command.EventCount))
            {
                if (e.Kind == EventKind.OrderChanged)
                    orders.Add(batch.OrderChanges[e.Index].State);
                else if (e.Kind == EventKind.Record)
                    records.Add(batch.Records[e.Index]);
                else if (e.Kind == EventKind.Refused)
                    refusal = batch.Refusals[e.Index].Code;
            }
            _told.Add((command, [.. orders], [.. records], refusal));
        }
    }

    /// <summary>Gives a command, and all that was told until its answer.</summary>
    private List<(AppliedCommand Command, OrderState[] Orders, VenueEvent[] Records, RefusalCode Refusal)> Do(Command command)
    {
        command.Origin = new Origin(1, ++_lastRequest);
        Assert.True(_pipeline.TrySubmit(command));
        var told = new List<(AppliedCommand Command, OrderState[] Orders, VenueEvent[] Records, RefusalCode Refusal)>();
        do
        {
            Assert.True(_told.TryTake(out var one, TimeSpan.FromSeconds(30)), "It was not answered.");
            told.Add(one);
        }
        while (told[^1].Command.Origin.RequestId != _lastRequest);
        return told;
    }

    private void OpenMarket()
    {
        Do(new Command { Kind = CommandKind.OpenRoom, Details = new RoomTerms("main", "Main", new Cash(10_000_0000), WhoMayCreateMarkets.Anyone) });
        Do(new Command { Kind = CommandKind.EnterUser, Details = new UserEntry("test", "ann", "Ann", null, false) });
        Do(new Command { Kind = CommandKind.CreateMarket, UserId = 1, Details = new MarketTerms("Rain", "", new Price(0), new Price(100_00), 1) });
    }

    private static Command Place(int price, long expiresUs = 0) => new()
    {
        Kind = CommandKind.PlaceOrder, AccountId = 2, MarketId = 1, Side = Side.Buy, HasPrice = true, Price = new Price(price), HasQuantity = true,
        Quantity = new Quantity(100), TimeInForce = expiresUs == 0 ? TimeInForce.GoodTillCancelled : TimeInForce.GoodTillTime, ExpiresTimeUs = expiresUs,
    };

    private static Command Switch(long seconds) => new() { Kind = CommandKind.SetCancelAfter, AccountId = 2, TimeoutUs = seconds * 1_000_000 };

    private static readonly Command s_nothing = new() { Kind = CommandKind.CancelOrders, AccountId = 2, MarketId = 1, Side = Side.Sell };

    private static OrderReason[] Reasons(IEnumerable<(AppliedCommand Command, OrderState[] Orders, VenueEvent[] Records, RefusalCode Refusal)> told) =>
        [.. told.SelectMany(t => t.Orders).Where(o => o.Status == OrderStatus.Cancelled).Select(o => o.Reason)];

    [Fact]
    public void Set_right_after_it_was_an_hour_ahead_a_switch_goes_off_in_time_and_times_are_right_again()
    {
        OpenMarket();
        _time.Set(3_600);
        Do(Place(40_00));
        Do(Switch(3));
        _time.Set(-3_600);
        var told = Do(Place(41_00, _time.NowUs + 600_000_000));
        Assert.Equal(RefusalCode.None, told[^1].Refusal);
        Assert.Equal(_time.NowUs, told[^1].Command.TimeUs);
        // Told anew when it goes off.
        CancelAfterSet anew = Assert.IsType<CancelAfterSet>(Assert.Single(told.Single(t => t.Command.Kind == CommandKind.ClockSet).Records));
        Assert.Equal((_time.NowUs + 3_000_000, 3_000_000), (anew.CancelTimeUs, anew.TimeoutUs));

        _time.Pass(2.9);
        Assert.Empty(Reasons(Do(s_nothing)));
        _time.Pass(0.1);
        Assert.Equal([OrderReason.CancelAfter, OrderReason.CancelAfter], Reasons(Do(s_nothing)));
        Assert.Equal([3_600_000_000, -3_600_000_000], _jumps);
    }

    [Fact]
    public void While_it_is_ahead_a_switch_does_not_go_off_early_and_expiries_follow_it()
    {
        OpenMarket();
        Do(Place(40_00));
        Do(Place(41_00, _time.NowUs + 60_000_000));
        Do(Switch(600));
        _time.Set(3_600);
        Assert.Equal([OrderReason.Expired], Reasons(Do(s_nothing)));
        _time.Pass(599);
        Assert.Empty(Reasons(Do(s_nothing)));
        _time.Pass(1);
        Assert.Equal([OrderReason.CancelAfter], Reasons(Do(s_nothing)));
    }

    [Fact]
    public void What_waits_for_the_wall_clock_hears_of_its_being_set_while_nothing_happens()
    {
        OpenMarket();
        Do(Place(41_00, _time.NowUs + 3_000_000_000));
        while (_told.TryTake(out _))
        {
        }
        _time.Set(3_600);
        // Nobody gives a command: the thread looks by itself, within a second.
        while (_told.TryTake(out var told, TimeSpan.FromSeconds(30)))
        {
            if (Reasons([told]) is [OrderReason.Expired])
                return;
        }
        Assert.Fail("The order did not expire.");
    }

    [Theory]
    [InlineData(-3_600, 3)]
    [InlineData(0, 2)]
    public void A_restart_after_the_clock_was_ahead_is_right_again(double setBySeconds, double waitsSeconds)
    {
        OpenMarket();
        Do(Place(40_00));
        Do(Switch(3));
        _pipeline.Stop();
        _writer.Dispose();
        _time.Pass(1);
        _time.Set(setBySeconds);
        Start();
        var told = Do(Place(41_00, _time.NowUs + 600_000_000));
        Assert.Equal((RefusalCode.None, _time.NowUs), (told[^1].Refusal, told[^1].Command.TimeUs));
        _time.Pass(waitsSeconds - 0.1);
        Assert.Empty(Reasons(Do(s_nothing)));
        _time.Pass(0.1);
        Assert.Equal([OrderReason.CancelAfter, OrderReason.CancelAfter], Reasons(Do(s_nothing)));
    }

    public void Dispose()
    {
        _pipeline.Stop();
        _writer.Dispose();
        _database.Dispose();
        _told.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
