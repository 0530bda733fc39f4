using Exchange.Markets;

namespace Exchange.Bots;

/// <summary>
/// Has every house bot act when it is its turn: looks at the venue, asks the bot's strategy, and gives the venue commands of the
/// bots' user, which are checked, kept and told like anyone's.
/// </summary>
/// <remarks>
/// It runs on the market thread, between other commands, so that a bot trades on what it sees. Bots pause while nobody is connected
/// to their room. With the same seed, commands and times, they do the same.
/// </remarks>
public sealed class HouseBots(Venue venue, ulong seed)
{
    /// <summary>The shortest and longest wait, as parts of the average: turns must not come in step.</summary>
    private const double ShortestWait = 0.3, LongestWait = 1.7;

    private readonly Dictionary<(long MarketId, HouseBot Bot), Seat> _seats = [];
    private readonly PriorityQueue<Seat, (long DueUs, long MarketId, HouseBotKind Kind)> _turns = new();
    private readonly HashSet<long> _attendedRooms = [];
    private readonly List<Command> _orders = [];
    private long _seenVersion = -1;
    private bool _attendanceChanged;

    /// <summary>A bot in its market. It keeps what it knows while it pauses.</summary>
    private sealed class Seat(HouseBotPlace place, Trader trader, Dice dice)
    {
        public HouseBotPlace Place = place;
        public readonly Trader Trader = trader;
        public readonly Dice Dice = dice;
        public bool IsWaiting;
        public bool IsAtWork;
    }

    /// <summary>When <see cref="Act"/> is due next, by elapsed time (<see cref="Moment.ElapsedUs"/>); <see cref="long.MaxValue"/>: all rest.</summary>
    public long NextDueUs =>
        _attendanceChanged || _seenVersion != venue.HouseBotsVersion ? 0
        : _turns.TryPeek(out _, out var turn) ? turn.DueUs : long.MaxValue;

    /// <summary>How long until then, microseconds; 0 or less: it is due; <see cref="long.MaxValue"/>: all rest.</summary>
    public long UntilDueUs(Moment now) => NextDueUs is var due and not long.MaxValue ? due - now.ElapsedUs : long.MaxValue;

    /// <summary>The mean time between two turns of a bot, microseconds: what its strength means.</summary>
    /// <remarks>
    /// A turn is one order at most for noise and informed traders (one order and one cancel), and for a maker a batch of what has to move:
    /// two orders for each of its levels at most, of which there are 3, 4 or 5 a side. All three at once give at most
    /// 3 a second when gentle, 8 when normal and 21 when lively. Measured it is 0.4, 1.1 and 4.4, for much stays where it is.
    /// </remarks>
    public static long MeanWaitUs(HouseBot bot) => (bot.Kind, bot.Strength) switch
    {
        (HouseBotKind.Noise, HouseBotStrength.Gentle) => 12_000_000,
        (HouseBotKind.Noise, HouseBotStrength.Normal) => 4_000_000,
        (HouseBotKind.Noise, _) => 1_000_000,
        (HouseBotKind.Maker, HouseBotStrength.Gentle) => 6_000_000,
        (HouseBotKind.Maker, HouseBotStrength.Normal) => 2_500_000,
        (HouseBotKind.Maker, _) => 1_000_000,
        (_, HouseBotStrength.Gentle) => 20_000_000,
        (_, HouseBotStrength.Normal) => 8_000_000,
        _ => 2_500_000,
    };

    /// <summary>The strategy of a kind of bot.</summary>
    public static Trader TraderOf(HouseBot bot) => bot.Kind switch
    {
        HouseBotKind.Maker => new MarketMaker(bot.Strength),
        HouseBotKind.Informed => new InformedTrader(),
        _ => new NoiseTrader(),
    };

    /// <summary>Says which rooms somebody is connected to. In all others bots rest.</summary>
    public void SetAttended(IReadOnlyCollection<long> roomIds)
    {
        if (_attendedRooms.SetEquals(roomIds))
            return;
        _attendedRooms.Clear();
        _attendedRooms.UnionWith(roomIds);
        _attendanceChanged = true;
    }

    /// <summary>Has those act whose turn it is.</summary>
    public void Act(Moment now, CommitBatch batch)
    {
        if (_attendanceChanged || _seenVersion != venue.HouseBotsVersion)
            TakeSeats(now.ElapsedUs);
        while (_turns.TryPeek(out Seat? seat, out var turn) && turn.DueUs <= now.ElapsedUs)
        {
            _turns.Dequeue();
            seat.IsWaiting = false;
            if (!seat.IsAtWork)
                continue;
            TakeTurn(seat, now, batch);
            Await(seat, now.ElapsedUs);
        }
    }

    private void TakeTurn(Seat seat, Moment now, CommitBatch batch)
    {
        HouseBotPlace place = seat.Place;
        _orders.Clear();
        seat.Trader.Act(venue.ViewFor(place.MarketId, place.AccountId), seat.Dice, _orders);
        foreach (Command order in _orders)
        {
            // Refused is refused, as for anyone: next time it sees more.
            venue.Apply(
                order with { RoomId = place.RoomId, MarketId = place.MarketId, AccountId = place.AccountId, UserId = place.UserId },
                now, batch);
        }
    }

    private void Await(Seat seat, long elapsedUs)
    {
        seat.IsWaiting = true;
        long waitUs = (long)(MeanWaitUs(seat.Place.Bot) * seat.Dice.Between(ShortestWait, LongestWait));
        _turns.Enqueue(seat, (elapsedUs + waitUs, seat.Place.MarketId, seat.Place.Bot.Kind));
    }

    /// <summary>Has those wait for their turn who may trade and are watched.</summary>
    private void TakeSeats(long elapsedUs)
    {
        _attendanceChanged = false;
        _seenVersion = venue.HouseBotsVersion;
        foreach (Seat seat in _seats.Values)
            seat.IsAtWork = false;
        foreach (HouseBotPlace place in venue.HouseBotsAtWork)
        {
            if (!_attendedRooms.Contains(place.RoomId))
                continue;
            if (!_seats.TryGetValue((place.MarketId, place.Bot), out Seat? seat))
            {
                Dice dice = Dice.For(seed, place.MarketId, ((long)place.Bot.Kind << 8) | (long)place.Bot.Strength);
                _seats.Add((place.MarketId, place.Bot), seat = new Seat(place, TraderOf(place.Bot), dice));
            }
            seat.Place = place;
            seat.IsAtWork = true;
            if (!seat.IsWaiting)
                Await(seat, elapsedUs);
        }
    }
}
