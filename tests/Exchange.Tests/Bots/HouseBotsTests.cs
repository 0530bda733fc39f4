using Exchange.Bots;
using Exchange.Markets;
using Xunit.Abstractions;

namespace Exchange.Tests.Bots;

/// <summary>House bots in a venue, in made-up time.</summary>
public class HouseBotsTests(ITestOutputHelper output)
{
    private const long SecondUs = 1_000_000;

    /// <summary>A room with an admin, a market, and bots that are watched.</summary>
    private sealed class Room
    {
        private readonly CommitBatch _batch = new();
        private long _number;

        public Room(ulong seed = 1, bool attended = true)
        {
            Bots = new HouseBots(Venue, seed);
            Do(new Command { Kind = CommandKind.OpenRoom, Details = new RoomTerms("main", "Main", new Cash(10_000_0000), WhoMayCreateMarkets.Anyone) });
            Do(new Command { Kind = CommandKind.EnterUser, Details = new UserEntry("exchange", "1", "Root", null, IsServerAdmin: true) });
            Do(new Command { Kind = CommandKind.CreateMarket, UserId = 1, Details = new MarketTerms("Rain", "", new Price(0), new Price(100_00), 50) });
            Bots.SetAttended(attended ? [1] : []);
        }

        public Venue Venue { get; } = new();

        public HouseBots Bots { get; }

        public long NowUs { get; private set; } = SecondUs;

        public long Trades { get; private set; }

        public long Orders { get; private set; }

        public void Do(Command command)
        {
            _batch.Begin(++_number);
            Venue.Apply(in command, Moment.At(NowUs), _batch);
            Assert.True(_batch.Refusals.Length == 0, $"{command.Kind}: {(_batch.Refusals.Length > 0 ? _batch.Refusals[0].Sentence : "")}");
        }

        public void SetBots(HouseBotStrength strength, params HouseBotKind[] kinds) => Do(new Command
        {
            Kind = CommandKind.SetHouseBots,
            UserId = 1,
            Elevated = true,
            MarketId = 1,
            Details = new HouseBotsTerms(new ValueList<HouseBot>([.. kinds.Select(k => new HouseBot(k, strength))])),
        });

        public void SetStatus(MarketStatus status) =>
            Do(new Command { Kind = CommandKind.SetMarketStatus, UserId = 1, Elevated = true, MarketId = 1, Status = status });

        /// <summary>Lets time pass, and the bots do what they do in it.</summary>
        public void Wait(int seconds)
        {
            long untilUs = NowUs + (seconds * SecondUs);
            while (Bots.NextDueUs <= untilUs)
            {
                NowUs = Math.Max(NowUs, Bots.NextDueUs);
                _batch.Begin(++_number);
                Bots.Act(Moment.At(NowUs), _batch);
                Venue.CheckInvariants();
                Trades += _batch.Trades.Length;
                Orders += _batch.Commands.Length;
                foreach (ref readonly AppliedCommand command in _batch.Commands)
                    Assert.True(command.Kind is CommandKind.PlaceOrder or CommandKind.ReplaceOrder or CommandKind.CancelOrder);
            }
            NowUs = untilUs;
        }
    }

    private static readonly HouseBotKind[] s_all = Enum.GetValues<HouseBotKind>();

    [Theory]
    [InlineData(HouseBotStrength.Gentle, 0.1, 3)]
    [InlineData(HouseBotStrength.Normal, 0.3, 8)]
    [InlineData(HouseBotStrength.Lively, 1, 21)]
    public void They_make_a_market_alive_at_a_bounded_rate(HouseBotStrength strength, double least, double most)
    {
        var room = new Room();
        room.SetBots(strength, s_all);
        room.Wait(seconds: 1_800);

        output.WriteLine($"{strength}: {room.Orders / 1_800.0:0.00} orders a second, {room.Trades / 1_800.0:0.00} trades a second");
        Assert.InRange(room.Orders / 1_800.0, least, most);
        Assert.True(room.Trades > 20, $"{room.Trades} trades");
        MarketView view = room.Venue.ViewFor(1, accountId: 2);
        Assert.True(view.BestBid < view.BestOffer);
        Assert.InRange(view.BestOffer!.Value.Hundredths - view.BestBid!.Value.Hundredths, 50, 800);
    }

    [Fact]
    public void A_change_is_due_at_once_however_long_the_machine_has_been_up()
    {
        var room = new Room(attended: false);
        foreach (long elapsedUs in (long[])[1, 3_600_000_000, long.MaxValue / 2])
            Assert.InRange(room.Bots.UntilDueUs(Moment.At(elapsedUs)), -elapsedUs, 0);
        room.Wait(seconds: 1);
        Assert.Equal(long.MaxValue, room.Bots.UntilDueUs(Moment.At(room.NowUs)));
        room.Bots.SetAttended([1]);
        Assert.True(room.Bots.UntilDueUs(Moment.At(room.NowUs)) <= 0);
    }

    [Fact]
    public void They_do_the_same_with_the_same_seed()
    {
        string Play(ulong seed)
        {
            var room = new Room(seed);
            room.SetBots(HouseBotStrength.Lively, s_all);
            room.Wait(600);
            return room.Venue.StateHash();
        }
        Assert.Equal(Play(7), Play(7));
        Assert.NotEqual(Play(7), Play(8));
    }

    [Fact]
    public void They_rest_while_nobody_is_there()
    {
        var room = new Room(attended: false);
        room.SetBots(HouseBotStrength.Lively, s_all);
        room.Wait(60);
        Assert.Equal((0, long.MaxValue), (room.Orders, room.Bots.NextDueUs));

        room.Bots.SetAttended([1]);
        room.Wait(60);
        long orders = room.Orders;
        Assert.True(orders > 20);

        room.Bots.SetAttended([2]);
        room.Wait(60);
        Assert.Equal((orders, long.MaxValue), (room.Orders, room.Bots.NextDueUs));
    }

    [Theory]
    [InlineData(MarketStatus.Halted)]
    [InlineData(MarketStatus.CancelOnly)]
    public void They_pause_with_the_market_and_go_on_with_it(MarketStatus status)
    {
        var room = new Room();
        room.SetBots(HouseBotStrength.Lively, s_all);
        room.Wait(60);
        room.SetStatus(status);
        room.Wait(1);
        long orders = room.Orders;
        room.Wait(60);
        Assert.Equal((orders, long.MaxValue), (room.Orders, room.Bots.NextDueUs));

        room.SetStatus(MarketStatus.Open);
        room.Wait(60);
        Assert.True(room.Orders > orders + 20);
    }

    [Fact]
    public void They_end_with_the_market_and_come_back_when_that_is_undone_and_opened()
    {
        var room = new Room();
        room.SetBots(HouseBotStrength.Lively, s_all);
        room.Wait(60);
        room.Do(new Command { Kind = CommandKind.SettleMarket, UserId = 1, Elevated = true, MarketId = 1, HasPrice = true, Price = new Price(100_00) });
        long orders = room.Orders;
        room.Wait(60);
        Assert.Equal(orders, room.Orders);

        room.Do(new Command { Kind = CommandKind.UndoSettlement, UserId = 1, Elevated = true, MarketId = 1 });
        room.Wait(60);
        Assert.Equal(orders, room.Orders);
        room.SetStatus(MarketStatus.Open);
        room.Wait(60);
        Assert.True(room.Orders > orders);
    }

    [Fact]
    public void One_that_is_taken_away_takes_its_orders_away_and_the_others_go_on()
    {
        var room = new Room();
        room.SetBots(HouseBotStrength.Lively, s_all);
        room.Wait(60);
        HouseBotPlace maker = room.Venue.HouseBotsAtWork.Single(b => b.Bot.Kind == HouseBotKind.Maker);
        Assert.NotEmpty(room.Venue.ViewFor(1, maker.AccountId).Orders);

        room.SetBots(HouseBotStrength.Lively, HouseBotKind.Noise);
        long orders = room.Orders;
        room.Wait(60);
        Assert.Empty(room.Venue.ViewFor(1, maker.AccountId).Orders);
        Assert.True(room.Orders > orders);
    }

    [Fact]
    public void They_never_have_less_than_nothing_however_long_it_goes_against_them()
    {
        // Someone with more than they have takes all that they quote, always on one side.
        var room = new Room();
        room.SetBots(HouseBotStrength.Lively, s_all);
        room.Do(new Command
        {
            Kind = CommandKind.Grant,
            UserId = 1,
            Elevated = true,
            Details = new GrantTerms(new ValueList<long>(2), EveryMember: false, new Cash(100_000_000_0000), "For the test", Force: false),
        });
        for (int i = 0; i < 2_000; i++)
        {
            room.Wait(1);
            if (room.Venue.ViewFor(1, accountId: 2).BestOffer is { } offer)
            {
                room.Do(new Command
                {
                    Kind = CommandKind.PlaceOrder,
                    UserId = 1,
                    AccountId = 2,
                    MarketId = 1,
                    Side = Side.Buy,
                    HasPrice = true,
                    Price = offer,
                    HasQuantity = true,
                    Quantity = new Quantity(1_000_00),
                    TimeInForce = TimeInForce.ImmediateOrCancel,
                });
            }
        }
        foreach (HouseBotPlace bot in room.Venue.HouseBotsAtWork)
        {
            MarketView view = room.Venue.ViewFor(1, bot.AccountId);
            Assert.True(view.Available >= Cash.Zero);
            Assert.True(Math.Abs(view.Position.Hundredths) <= 1.001 * Trader.LimitOf(view), $"{bot.Bot.Kind} holds {view.Position}");
        }
    }
}
