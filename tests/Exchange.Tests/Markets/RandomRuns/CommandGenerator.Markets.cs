using Exchange.Markets;

namespace Exchange.Tests.Markets;

// Markets.
internal sealed partial class CommandGenerator
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

    private Command CreateMarket(bool good)
    {
        Command command = By(CommandKind.CreateMarket, admin: good || OneIn(2));
        if (_step < 10)
            command = command with { UserId = 1, RoomId = 0, Elevated = true };
        string name = $"Market {_step}", description = OneIn(3) ? "" : "What happens;\nwho says so.";
        (int Min, int Max, int Tick) range = Any(s_ranges);
        if (!good)
        {
            switch (_random.Next(5))
            {
                case 0: name = Text(Any(s_badTexts), 80); break;
                case 1: name = State.Markets.Count == 0 ? "" : Any(State.Markets).Name.ToUpperInvariant(); break;
                case 2: description = OneIn(2) ? new string('d', 2_001) : "control\u0001"; break;
                case 3: name = Any(s_alike); break;
                default: range = Any(s_badRanges); break;
            }
        }
        else if (OneIn(20))
        {
            name = $"{_step}-".PadRight(80, 'x');
        }
        command.Details = WithExtras(
            command,
            new MarketTerms(name, description, new Price(range.Min), new Price(range.Max), range.Tick)
            {
                Category = OneIn(8) ? Text("Weather", 40) : "",
                CloseTimeUs = OneIn(6) ? ClosingTime() : 0,
            },
            often: !good);
        return command;
    }

    /// <summary>With what only admins set, now and then.</summary>
    private MarketTerms WithExtras(Command command, MarketTerms terms, bool often) => !OneIn(often ? 2 : 4) ? terms : terms with
    {
        Category = OneIn(3) ? Text("Weather", 40) : "",
        Group = OneIn(3) ? Text("Friday", 40) : "",
        IsPinned = OneIn(3),
        IsAnonymous = OneIn(2),
        VisibleTo = OneIn(2) ? VisibleTo(command) : ValueList<long>.Empty,
        MaxOrder = OneIn(3) ? AnyLimit(100_000_000) : Quantity.Zero,
        MaxPosition = OneIn(3) ? AnyLimit(1_000_000_000) : Quantity.Zero,
    };

    /// <summary>Mostly soon.</summary>
    private long ClosingTime() => _random.Next(12) switch
    {
        0 => _nowUs - _random.Next(3),
        1 => -1,
        2 => OneIn(2) ? long.MaxValue : _nowUs + Times.MostAheadUs + _random.Next(1_000),
        3 => _nowUs / 1_000_000,
        _ => _nowUs + _random.Next(1_000, 200_000),
    };

    private Quantity AnyLimit(long most) => new(_random.Next(10) switch
    {
        0 => 0,
        1 => -1,
        2 => most + _random.Next(2),
        3 => long.MinValue,
        _ => _random.Next(1, 2_000),
    });

    private ValueList<long> VisibleTo(Command command)
    {
        long roomId = Named(command);
        List<long> accounts = [.. State.Accounts.Where(a => a.RoomId == roomId && !a.IsHouse && !OneIn(4)).Select(a => a.AccountId)];
        accounts.Reverse();
        return _random.Next(12) switch
        {
            0 => new ValueList<long>([.. accounts, AnyAccount(roomId)]),
            1 => new ValueList<long>([.. Enumerable.Range(0, 1_001).Select(_ => AnyAccount(roomId))]),
            _ => new ValueList<long>([.. accounts]),
        };
    }

    private Command DeriveMarket(bool good)
    {
        Command command = By(CommandKind.CreateMarket, admin: good || OneIn(2));
        if (_step < 10)
            command = command with { UserId = 1, RoomId = 0, Elevated = true };
        long roomId = Named(command);
        MarketInfo? underlying = MarketInfo(Market(roomId));
        Derivation derivation = OneIn(2) || underlying is null ? AnyBasket(roomId, good) : AnyOption(underlying, good);
        int tick = good || OneIn(4) ? _random.Next(1, 3) : Any([0, -1, 100_000_001]);
        var terms = new MarketTerms($"Derived {_step}", "", default, default, tick) { Derivation = derivation };
        // What derives from a hidden market must be hidden like it.
        if (good && Sources(derivation).FirstOrDefault(s => s.IsHidden) is { } hidden)
            command.Details = terms with { VisibleTo = hidden.VisibleTo };
        else
            command.Details = WithExtras(command, terms, often: !good);
        return command;
    }

    private IEnumerable<MarketInfo> Sources(Derivation derivation) => derivation switch
    {
        Basket basket => State.Markets.Where(m => basket.Constituents.Any(c => c.MarketId == m.MarketId)),
        Option option => State.Markets.Where(m => m.MarketId == option.UnderlyingId),
        _ => [],
    };

    private Basket AnyBasket(long roomId, bool good)
    {
        int count = good ? _random.Next(1, 4) : Any([0, 1, 2, 3, 21]);
        List<Constituent> constituents = [];
        for (int i = 0; i < count; i++)
        {
            int multiplier = good || OneIn(2) ? Any([-2, -1, 1, 1, 2, 3]) : Any([0, 10_001, -10_001, int.MinValue, int.MaxValue, 10_000]);
            constituents.Add(new Constituent(Market(roomId), multiplier));
        }
        if (good)
            constituents = [.. constituents.DistinctBy(c => c.MarketId)];
        Cash fee = good || OneIn(2) ? new Cash(OneIn(2) ? 0 : _random.Next(1, 5_0000)) : AnyAmount();
        return new Basket(new ValueList<Constituent>([.. constituents]), fee);
    }

    private Option AnyOption(MarketInfo underlying, bool good)
    {
        long middle = ((long)underlying.Min.Hundredths + underlying.Max.Hundredths) / 2;
        int strike = good || OneIn(2) ? (int)middle : Any([underlying.Min.Hundredths, underlying.Max.Hundredths, int.MinValue, int.MaxValue]);
        OptionKind kind = OneIn(2) ? OptionKind.Call : OptionKind.Put;
        OptionStyle style = OneIn(5) ? OptionStyle.European : OptionStyle.American;
        return new Option(
            underlying.MarketId, good || !OneIn(8) ? kind : (OptionKind)Any([0, 3, 200]), good || !OneIn(8) ? style : (OptionStyle)Any([0, 3, 200]),
            new Price(strike));
    }

    private Command UpdateMarket()
    {
        Command command = By(CommandKind.UpdateMarket, admin: !OneIn(4));
        command.MarketId = Market(Named(command));
        MarketInfo? market = MarketInfo(command.MarketId);
        if (market is not null && OneIn(4))
            command.UserId = market.OwnerUserId;
        if (OneIn(3))
        {
            command.Details = new MarketUpdate
            {
                Description = OneIn(4) ? null : Text("What it is about.", 2_000),
                Category = OneIn(4) ? Text("Weather", 40) : null,
                Group = OneIn(5) ? Text("Friday", 40) : null,
                CloseTimeUs = OneIn(3) ? OneIn(4) ? 0 : ClosingTime() : null,
            };
            return command;
        }
        if (OneIn(4))
            return UpdateRange(command);
        command.Details = new MarketUpdate
        {
            Name = OneIn(5) ? OneIn(3) && State.Markets.Count > 0 ? Any(State.Markets).Name.ToLowerInvariant() : Text($"Renamed {_step}", 80) : null,
            Category = OneIn(5) ? Text("Weather", 40) : null,
            Group = OneIn(5) ? Text("Friday", 40) : null,
            IsPinned = OneIn(4) ? OneIn(2) : null,
            IsAnonymous = OneIn(3) ? OneIn(2) : null,
            VisibleTo = OneIn(4) ? OneIn(3) ? ValueList<long>.Empty : VisibleTo(command) : null,
            MaxOrder = OneIn(6) ? AnyLimit(100_000_000) : null,
            MaxPosition = OneIn(6) ? AnyLimit(1_000_000_000) : null,
        };
        return command;
    }

    /// <summary>Of a market that nobody is in, if there is one: of others it can't change.</summary>
    private Command UpdateRange(Command command)
    {
        MarketInfo? unused = State.Markets.LastOrDefault(m => !State.Live.Exists(o => o.MarketId == m.MarketId)
            && !State.Holdings.Any(h => h.Key.MarketId == m.MarketId && h.Value.Position != 0));
        if (unused is not null && !OneIn(4))
            command = command with { MarketId = unused.MarketId, RoomId = unused.RoomId };
        (int min, int max, int tick) = OneIn(6) ? Any(s_badRanges) : Any(s_ranges);
        command.Details = new MarketUpdate
        {
            Min = OneIn(8) ? null : new Price(min),
            Max = OneIn(8) ? null : new Price(max),
            TickHundredths = OneIn(8) ? null : tick,
        };
        return command;
    }

    /// <summary>Mostly one that was never traded in.</summary>
    private Command DeleteMarket()
    {
        Command command = By(CommandKind.DeleteMarket, admin: !OneIn(3));
        command.MarketId = Market(Named(command));
        List<MarketInfo> untraded = [.. State.Markets.Where(m => _known.TradesOf[m.MarketId].Count == 0)];
        if (untraded.Count > 0 && !OneIn(4))
        {
            MarketInfo market = Any(untraded);
            command = command with { MarketId = market.MarketId, RoomId = market.RoomId };
        }
        if (MarketInfo(command.MarketId) is { } named && OneIn(3))
            command.UserId = named.OwnerUserId;
        return command;
    }

    private Command SetStatus()
    {
        Command command = By(CommandKind.SetMarketStatus, admin: !OneIn(6));
        command.MarketId = Market(Named(command));
        // Mostly back to open, so that not all come to rest.
        List<MarketInfo> closed = [.. State.Markets.Where(m => m.Status is MarketStatus.CancelOnly or MarketStatus.Halted)];
        if (closed.Count > 0 && !OneIn(4))
        {
            MarketInfo market = Any(closed);
            return command with { MarketId = market.MarketId, RoomId = market.RoomId, Status = MarketStatus.Open };
        }
        command.Status = OneIn(8) ? (MarketStatus)Any([0, 4, 5, 255]) : Any([MarketStatus.Open, MarketStatus.CancelOnly, MarketStatus.Halted]);
        return command;
    }

    private Command SetHouseBots()
    {
        Command command = By(CommandKind.SetHouseBots, admin: !OneIn(6));
        command.MarketId = Market(Named(command));
        HouseBotKind[] kinds = [HouseBotKind.Noise, HouseBotKind.Maker, HouseBotKind.Informed, OneIn(12) ? (HouseBotKind)7 : HouseBotKind.Maker];
        HouseBot[] bots = [.. kinds.Where(_ => OneIn(2)).Select(k => new HouseBot(k, (HouseBotStrength)_random.Next(OneIn(12) ? 0 : 1, 4)))];
        command.Details = new HouseBotsTerms(new ValueList<HouseBot>(OneIn(8) ? bots : [.. bots.DistinctBy(b => b.Kind)]));
        return command;
    }

    private Command Settle(CommandKind kind)
    {
        Command command = By(kind, admin: !OneIn(3));
        command.MarketId = Market(Named(command));
        List<MarketInfo> settled = [.. State.Markets.Where(m => m.Status == MarketStatus.Settled)];
        if (kind == CommandKind.UndoSettlement && settled.Count > 0 && !OneIn(6))
        {
            MarketInfo undone = Any(settled);
            command = command with { MarketId = undone.MarketId, RoomId = undone.RoomId };
        }
        MarketInfo? market = MarketInfo(command.MarketId);
        command.HasPrice = true;
        command.Price = PriceIn(market);
        if (market is not null && OneIn(3))
            command.UserId = market.OwnerUserId;
        if (market is not null && OneIn(2))
            command.Price = new Price(_random.Next(market.Min.Hundredths, market.Max.Hundredths + 1));
        return command;
    }
}
