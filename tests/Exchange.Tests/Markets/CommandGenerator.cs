using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>
/// Random commands of every kind, invalid ones included. The same seed, met by the same answers, gives the same commands.
/// </summary>
internal sealed class CommandGenerator(int seed)
{
    private static readonly (int Min, int Max, int Tick)[] s_ranges =
    [
        (0, 100_00, 1), (0, 100, 1), (0, 10_00, 50), (-50_00, 50_00, 10), (-100_00, -1_00, 1_00), (0, 1, 1), (-1, 0, 1), (-21, 21, 7),
        (-100_000_000, 100_000_000, 1), (-100_000_000, 100_000_000, 100_000_000), (99_999_999, 100_000_000, 1),
        (-100_000_000, -99_999_999, 1), (100_000, 2_000_000, 25),
    ];

    private static readonly (int Min, int Max, int Tick)[] s_badRanges =
    [
        (0, 0, 1), (10, 5, 1), (0, 100, 0), (0, 100, -1), (0, 100, 3), (1, 100, 100), (0, 100_000_001, 1), (-100_000_001, 0, 1),
        (int.MinValue, int.MaxValue, 1), (0, 100_000_000, 100_000_001), (0, int.MaxValue, int.MaxValue), (0, 100, int.MinValue),
    ];

    private static readonly string[] s_badTexts =
        ["", " ", " lead", "trail ", "tab\there", "nul\0", "bidi\u202Ename", "zero\u200Bwidth", "line\u2028break", "bell\u0007", "feff\uFEFF"];

    private readonly Random _random = new(seed);
    private readonly RoomTerms _room = RoomOf(new Random(~seed));
    private int _step;
    private long _nowUs = 1_000_000;

    private static RoomTerms RoomOf(Random random)
    {
        long[] openings =
            [0, 5_0000, 50_0000, 50_0000, 300_0000, 300_0000, 1_000_0000, 1_000_0000, 1_000_0000, 5_000_0000, 10_000_0000, 2_000_000_000_0000, 200_000_000_000_000_000];
        return new RoomTerms(
            "main", "Main", new Cash(openings[random.Next(openings.Length)]),
            random.Next(4) == 0 ? WhoMayCreateMarkets.Admins : WhoMayCreateMarkets.Anyone);
    }

    /// <summary>When the next command comes; now and then the clock goes back.</summary>
    public long NextTimeUs() => _nowUs += _random.Next(20) == 0 ? -_random.Next(500) : _random.Next(300);

    public Command Next(NaiveVenue known)
    {
        _step++;
        if (_step == 1)
            return new Command { Kind = CommandKind.OpenRoom, Details = _room };
        if (_step <= 5)
            return Enter(_step - 2);
        Command command = _step <= 8 ? CreateMarket(known, good: true) : Anything(known);
        command.Origin = new Origin(_random.Next(3), (ulong)_step);
        return command;
    }

    private Command Anything(NaiveVenue known) => _random.Next(1000) switch
    {
        < 690 => Place(known),
        < 820 => Replace(known),
        < 890 => Cancel(known),
        < 905 => CancelMany(known),
        < 925 => CreateMarket(known, good: OneIn(3)),
        < 940 => Settle(known),
        < 955 => Enter(_random.Next(8)),
        < 958 => new Command { Kind = CommandKind.OpenRoom, Details = _room with { Slug = OneIn(2) ? "main" : "side" } },
        < 978 => new Command { Kind = CommandKind.ShowRoom, UserId = User(known) },
        _ => ShowMarkets(known),
    };

    private bool OneIn(int n) => _random.Next(n) == 0;

    private T Any<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];

    private long User(NaiveVenue known) => OneIn(40) ? known.Users.Count + 7 : Any(known.Users).UserId;

    private long Account(NaiveVenue known) => OneIn(60) ? Any<long>([0, 1, -1, 999]) : known.Accounts[_random.Next(1, known.Accounts.Count)].AccountId;

    /// <summary>Mostly one of two that are open, so that orders meet.</summary>
    private long Market(NaiveVenue known)
    {
        if (known.Markets.Count == 0 || OneIn(60))
            return Any<long>([0, -1, 12_345]);
        List<MarketInfo> open = [.. known.Markets.Where(m => m.Status == MarketStatus.Open).TakeLast(OneIn(3) ? 100 : 2)];
        return Any(open.Count == 0 || OneIn(20) ? known.Markets : open).MarketId;
    }

    private Side AnySide() => OneIn(2) ? Side.Buy : Side.Sell;

    private string? ClientId() => _random.Next(10) switch
    {
        < 6 => null,
        < 8 => $"c{_random.Next(20)}",
        _ => $"unique-{_step}",
    };

    private Command Place(NaiveVenue known)
    {
        long marketId = Market(known);
        MarketInfo? market = known.Markets.FirstOrDefault(m => m.MarketId == marketId);
        TimeInForce timeInForce = _random.Next(10) switch
        {
            < 7 => TimeInForce.GoodTillCancelled,
            < 9 => TimeInForce.ImmediateOrCancel,
            _ => TimeInForce.FillOrKill,
        };
        return new Command
        {
            Kind = CommandKind.PlaceOrder,
            AccountId = Account(known),
            MarketId = marketId,
            Side = AnySide(),
            TimeInForce = timeInForce,
            PostOnly = OneIn(timeInForce == TimeInForce.GoodTillCancelled ? 8 : 30),
            HasPrice = timeInForce == TimeInForce.GoodTillCancelled ? !OneIn(50) : !OneIn(3),
            Price = PriceIn(market),
            HasQuantity = true,
            Quantity = QuantityIn(market),
            ClientOrderId = ClientId(),
        };
    }

    /// <summary>Near the middle of the range most times, so that orders meet.</summary>
    private Price PriceIn(MarketInfo? market)
    {
        if (market is null)
            return new Price(_random.Next(100));
        long min = market.Min.Hundredths, max = market.Max.Hundredths, tick = market.TickHundredths;
        long middle = (min + max) / 2 / tick * tick;
        long price = _random.Next(100) switch
        {
            < 4 => min,
            < 8 => max,
            < 11 => middle + 1,
            < 13 => max + tick,
            < 15 => min - tick,
            < 16 => OneIn(2) ? int.MinValue : int.MaxValue,
            _ => Math.Clamp(middle + (_random.Next(-4, 5) * tick), min, max),
        };
        return new Price((int)price);
    }

    /// <summary>About what an account can pay, often somewhat more.</summary>
    private Quantity QuantityIn(MarketInfo? market)
    {
        long range = market is null ? 100 : (long)market.Max.Hundredths - market.Min.Hundredths;
        long affordable = _room.OpeningBalance.TenThousandths / range;
        long quantity = _random.Next(100) switch
        {
            < 1 => 0,
            < 2 => -_random.Next(1, 1000),
            < 3 => 100_000_001,
            < 4 => OneIn(2) ? long.MinValue : long.MaxValue,
            < 8 => 100_000_000,
            < 25 => 100 * _random.Next(1, 6),
            < 35 => _random.Next(1, 4),
            _ => _random.NextInt64(1, Math.Clamp(affordable * 2, 3, 100_000_001)),
        };
        return new Quantity(quantity);
    }

    private Command Replace(NaiveVenue known)
    {
        Command command = Name(known, CommandKind.ReplaceOrder, out NaiveOrder? order);
        MarketInfo? market = known.Markets.FirstOrDefault(m => m.MarketId == order?.MarketId);
        command.HasPrice = OneIn(2);
        command.HasQuantity = OneIn(2);
        command.Price = order is null || OneIn(2) ? PriceIn(market) : new Price(order.Price);
        command.Quantity = order is null || OneIn(2) ? QuantityIn(market) : new Quantity(_random.NextInt64(0, order.Quantity + 2));
        return command;
    }

    private Command Cancel(NaiveVenue known) => Name(known, CommandKind.CancelOrder, out _);

    /// <summary>Names a live order of the account's; or another's, an ended one, one that never was.</summary>
    private Command Name(NaiveVenue known, CommandKind kind, out NaiveOrder? order)
    {
        order = known.State.Live.Count > 0 ? Any(known.State.Live) : null;
        var command = new Command { Kind = kind, AccountId = OneIn(8) ? Account(known) : order?.AccountId ?? Account(known) };
        int choice = _random.Next(20);
        if (choice < 4)
            command.ClientOrderId = OneIn(2) ? $"c{_random.Next(20)}" : order?.ClientOrderId;
        else if (choice == 4)
            command.OrderId = _random.Next(-1, _step);
        else
            command.OrderId = order?.Id ?? _step;
        return command;
    }

    private Command CancelMany(NaiveVenue known) => new()
    {
        Kind = CommandKind.CancelOrders,
        AccountId = Account(known),
        MarketId = OneIn(3) ? 0 : Market(known),
        Side = OneIn(2) ? 0 : AnySide(),
    };

    private Command CreateMarket(NaiveVenue known, bool good)
    {
        string name = $"Market {_step}", description = OneIn(3) ? "" : "What happens;\nwho says so.";
        (int Min, int Max, int Tick) range = Any(s_ranges);
        if (!good)
        {
            switch (_random.Next(5))
            {
                case 0: name = Any(s_badTexts); break;
                case 1: name = new string('n', OneIn(2) ? 81 : 5_000); break;
                case 2: name = known.Markets.Count == 0 ? "" : Any(known.Markets).Name.ToUpperInvariant(); break;
                case 3: description = OneIn(2) ? new string('d', 2_001) : "control\u0001"; break;
                default: range = Any(s_badRanges); break;
            }
        }
        else if (OneIn(20))
        {
            name = $"{_step}-".PadRight(80, 'x');
        }
        return new Command
        {
            Kind = CommandKind.CreateMarket,
            UserId = good ? 1 : User(known),
            Elevated = good || OneIn(2),
            Details = new MarketTerms(name, description, new Price(range.Min), new Price(range.Max), range.Tick),
        };
    }

    private Command Settle(NaiveVenue known)
    {
        long marketId = Market(known);
        MarketInfo? market = known.Markets.FirstOrDefault(m => m.MarketId == marketId);
        Price price = PriceIn(market);
        if (market is not null && OneIn(2))
            price = new Price(_random.Next(market.Min.Hundredths, market.Max.Hundredths + 1));
        return new Command
        {
            Kind = CommandKind.SettleMarket, UserId = User(known), Elevated = OneIn(2), MarketId = marketId, HasPrice = true, Price = price,
        };
    }

    private Command Enter(int who)
    {
        // The first is an admin from the start; the fourth may be made one later.
        bool isAdmin = who == 0 ? _step < 10 || OneIn(2) : who == 3 && _step > 100;
        string name = _step < 10 || OneIn(2) ? $"User {who}" : Any([.. s_badTexts, new string('u', 100), $"Renamed {_step}", "Zoë Ärmel"]);
        return new Command
        {
            Kind = CommandKind.EnterUser,
            Details = new UserEntry("https://issuer", $"subject-{who}", name, OneIn(2) ? $"{who}@example.org" : null, isAdmin, NameIsMadeUp: OneIn(8)),
        };
    }

    private Command ShowMarkets(NaiveVenue known)
    {
        long[] ids = [.. Enumerable.Range(0, _random.Next(4)).Select(_ => Market(known))];
        return new Command
        {
            Kind = CommandKind.ShowMarkets,
            UserId = User(known),
            Details = new MarketsWanted(ids, OneIn(2), (MarketViews)_random.Next(8), OneIn(8), Tag: null),
        };
    }
}
