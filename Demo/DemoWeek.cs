using Exchange.Bots;
using Exchange.Markets;

namespace Exchange.Demo;

/// <summary>The sign-in identity of a member of the demo's cast.</summary>
public readonly record struct DemoIdentity(string Name, string Issuer, string Subject, bool IsAdmin);

/// <summary>
/// A believable week of the room 'main', made in seconds: pretend traders and house bots give a venue ordinary commands at made-up
/// times. Same seed and end, same week.
/// </summary>
/// <param name="venue">Empty.</param>
/// <param name="endUs">The end of the week, in microseconds since 1970.</param>
/// <param name="write">Takes each batch, sealed, to disk.</param>
public sealed partial class DemoWeek(Venue venue, ulong seed, long endUs, Action<CommitBatch> write)
{
    private const long MinuteUs = 60_000_000, HourUs = 60 * MinuteUs, DayUs = 24 * HourUs;

    /// <summary>How often what accounts are worth is kept: often enough for a curve.</summary>
    private const long SampleEveryUs = 10 * MinuteUs;

    /// <summary>Commands in a batch: large ones cost less each.</summary>
    private const int BatchCommands = 2_000;

    /// <summary>Turns a minute at the busiest time of day: makes some tens of thousands of trades in the week.</summary>
    private const double BusiestTurns = 14;

    /// <summary>How busy each hour (UTC) is, compared with the busiest.</summary>
    private static readonly double[] s_busy =
        [0.12, 0.06, 0.04, 0.04, 0.05, 0.10, 0.25, 0.55, 0.90, 1.0, 1.0, 0.85, 0.6, 0.9, 1.0, 0.95, 0.85, 0.7, 0.6, 0.7, 0.75, 0.6, 0.4, 0.22];

    private readonly Dice _dice = Dice.For(seed, 1);
    private readonly CommitBatch _batch = new();
    private readonly List<Command> _orders = [];
    private readonly List<Place> _places = [];
    private readonly List<Member> _members = [];
    private long _nowUs, _batchNumber;

    /// <summary>Trades made.</summary>
    public long Trades { get; private set; }

    /// <summary>A member of the cast in the room.</summary>
    private sealed record Member(DemoTrader Trader, long UserId, long AccountId);

    /// <summary>A market, what it is really worth, and who has been trading in it.</summary>
    private sealed class Place(DemoMarket market, MarketInfo info, Dice dice)
    {
        public readonly DemoMarket Market = market;
        public readonly MarketInfo Info = info;
        public readonly Dice Dice = dice;
        public readonly Dictionary<Member, Student> Students = [];
        public readonly List<(HouseBotPlace Place, Trader Trader)> Bots = [];
        public double Value = info.Min.Hundredths + (market.Start * (info.Max.Hundredths - info.Min.Hundredths));
        public long ValueUs;
        public bool IsOpen = true;
    }

    /// <summary>Makes the week.</summary>
    /// <param name="identities">The identities of the first members of the cast. Nobody signs in as the others.</param>
    public void Make(IReadOnlyList<DemoIdentity> identities)
    {
        _nowUs = endUs - (7 * DayUs);
        _batch.Begin(++_batchNumber);
        Open(identities);
        long startUs = _nowUs, sampleUs = startUs + SampleEveryUs;
        double owed = 0;
        for (long minuteUs = startUs; minuteUs < endUs; minuteUs += MinuteUs)
        {
            Happen(minuteUs - startUs);
            owed += BusiestTurns * Busy(minuteUs) * _dice.Between(0.5, 1.5);
            int turns = (int)owed;
            owed -= turns;
            for (int i = 0; i < turns; i++)
            {
                _nowUs = Math.Min(endUs, minuteUs + (MinuteUs * i / turns) + _dice.Below((int)(MinuteUs / turns)));
                TakeTurn();
            }
            if (minuteUs >= sampleUs)
            {
                Give(new Command { Kind = CommandKind.SampleEquity });
                sampleUs += SampleEveryUs;
            }
        }
        _nowUs = endUs;
        Close();
        HandOver();
    }

    private static double Busy(long timeUs)
    {
        int hour = (int)(timeUs % DayUs / HourUs), next = (hour + 1) % 24;
        double within = (double)(timeUs % HourUs) / HourUs;
        return s_busy[hour] + ((s_busy[next] - s_busy[hour]) * within);
    }

    private void TakeTurn()
    {
        Place place = Any(_places, p => p.IsOpen ? p.Market.Popularity : 0);
        Wander(place);
        foreach ((HouseBotPlace bot, Trader trader) in place.Bots)
        {
            // The maker looks before most turns of others. The noise trader has one now and then; the informed one was not there yet, for
            // with its capital it would have won everything from the cast.
            if (_dice.Chance(bot.Bot.Kind switch { HouseBotKind.Maker => 0.7, HouseBotKind.Noise => 0.03, _ => 0 }))
                Trade(bot.UserId, bot.AccountId, venue.ViewFor(bot.MarketId, bot.AccountId), trader, place.Dice);
        }
        Member member = Any(_members, m => IsFor(place, m) ? m.Trader.Activity : 0);
        if (!place.Students.TryGetValue(member, out Student? student))
            place.Students.Add(member, student = new Student(member.Trader, _dice.Normal()));
        MarketView view = venue.ViewFor(place.Info.MarketId, member.AccountId) with { Capital = CapitalOf(member) };
        student.Now = (_nowUs, FairValue.Of(view) is { } follows ? follows + (place.Dice.Normal() * 0.01 * RangeOf(place)) : place.Value);
        Trade(member.UserId, member.AccountId, view, student, place.Dice);
    }

    /// <summary>The cash that a member risks in one market: a part of what they got, because they trade in many.</summary>
    private static Cash CapitalOf(Member member) => new((long)(1_500_0000 * member.Trader.Boldness));

    private static bool IsFor(Place place, Member member) =>
        !place.Info.IsHidden || place.Info.VisibleTo.Contains(member.AccountId);

    private static double RangeOf(Place place) => place.Info.Max.Hundredths - place.Info.Min.Hundredths;

    /// <summary>Moves what a market is really worth on to now. News makes it jump.</summary>
    private void Wander(Place place)
    {
        if (place.Market.Derivation is not null)
            return;
        double hours = (double)(_nowUs - place.ValueUs) / HourUs, range = RangeOf(place);
        place.ValueUs = _nowUs;
        double value = place.Value + (place.Dice.Normal() * place.Market.Volatility * range * Math.Sqrt(hours));
        if (place.Dice.Chance(0.012 * hours))
            value += place.Dice.Normal() * 0.09 * range;
        // The value becomes better known before the market settles.
        if (place.Market.SettlesAfterDays > 0)
            value += ((place.Info.Min.Hundredths + (place.Market.SettlesAt * range)) - value) * Math.Min(1, 0.012 * hours);
        double low = place.Info.Min.Hundredths + (0.04 * range), high = place.Info.Max.Hundredths - (0.04 * range);
        value = value < low ? low + (low - value) : value > high ? high - (value - high) : value;
        place.Value = Math.Clamp(value, low, high);
    }

    private void Trade(long userId, long accountId, MarketView view, Trader trader, Dice dice)
    {
        _orders.Clear();
        trader.Act(view, dice, _orders);
        foreach (Command order in _orders)
            Give(order with { UserId = userId, AccountId = accountId, MarketId = view.Market.MarketId });
    }

    private T Any<T>(List<T> items, Func<T, double> weight)
    {
        double at = _dice.Fraction() * items.Sum(weight);
        foreach (T item in items)
        {
            at -= weight(item);
            if (at < 0)
                return item;
        }
        return items[^1];
    }

    /// <summary>Gives a command that may be refused.</summary>
    private void Give(Command command)
    {
        if (_batch.Commands.Length >= BatchCommands)
            HandOver();
        venue.Apply(in command, Moment.At(_nowUs), _batch);
    }

    /// <summary>Gives a command that must be carried out, and finds what it told.</summary>
    private T Give<T>(Command command)
    {
        Give(command);
        ref readonly AppliedCommand last = ref _batch.Commands[^1];
        foreach (EventRef e in _batch.Events.Slice(last.FirstEvent, last.EventCount))
        {
            if (e.Kind == EventKind.Refused)
                throw new InvalidOperationException($"The demo's {command.Kind} was refused: {_batch.Refusals[e.Index].Sentence}");
            if (e.Kind == EventKind.Record && _batch.Records[e.Index] is T told)
                return told;
        }
        throw new InvalidOperationException($"The demo's {command.Kind} did not tell of a {typeof(T).Name}.");
    }

    private void HandOver()
    {
        venue.Seal(_batch);
        Trades += _batch.Trades.Length;
        write(_batch);
        _batch.Begin(++_batchNumber);
    }
}
