using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>
/// Random commands of every kind, invalid ones included. The same seed, met by the same answers, gives the same commands.
/// </summary>
internal sealed partial class CommandGenerator(int seed)
{
    private static readonly string[] s_badTexts =
        ["", " ", " lead", "trail ", "tab\there", "nul\0", "bidi\u202Ename", "zero\u200Bwidth", "line\u2028break", "bell\u0007", "feff\uFEFF"];

    /// <summary>Names that look like one another or like the exchange's own, and some that mix alphabets or have spaces too many.</summary>
    private static readonly string[] s_alike =
    [
        "Café", "Cafe\u0301", "CAFÉ", "ВОС", "BOC", "Boc", "Bос", "Team lO", "Team I0", "team io", "corn", "com", "Two  spaces", "Two spaces",
        "Admin", "house maker 2", "ΗOUSE", "Ηouse", "House", "А1 admin",
    ];

    private readonly Random _random = new(seed);
    private readonly RoomTerms _room = RoomOf(new Random(~seed));
    private NaiveVenue _known = null!;
    private int _step;
    private long _nowUs = 1_000_000, _elapsedUs;

    private static RoomTerms RoomOf(Random random)
    {
        long[] openings =
            [0, 5_0000, 50_0000, 50_0000, 300_0000, 300_0000, 1_000_0000, 1_000_0000, 1_000_0000, 5_000_0000, 10_000_0000, 2_000_000_000_0000, 200_000_000_000_000_000];
        return new RoomTerms(
            "main", "Main", new Cash(openings[random.Next(openings.Length)]),
            random.Next(4) == 0 ? WhoMayCreateMarkets.Admins : WhoMayCreateMarkets.Anyone);
    }

    private NaiveState State => _known.State;

    /// <summary>When the next command comes; now and then the wall clock is set, a little or much, or a long time has passed.</summary>
    public Moment NextMoment()
    {
        long passedUs = _random.Next(OneIn(60) ? 3_000_000 : 300);
        _elapsedUs += passedUs;
        _nowUs += passedUs + _random.Next(400) switch
        {
            < 20 => -_random.Next(500),
            20 => _random.Next(-4_000_000, 4_000_000),
            21 => OneIn(4) ? _random.NextInt64(-3_600_000_000, 3_600_000_000) : 0,
            _ => 0,
        };
        _nowUs = Math.Max(1, _nowUs);
        return new Moment(_nowUs, _elapsedUs);
    }

    public Command Next(NaiveVenue known)
    {
        _known = known;
        _step++;
        if (_step == 1)
            return new Command { Kind = CommandKind.OpenRoom, Details = _room };
        Command command = _step switch
        {
            <= 6 => Enter(_step - 2),
            <= 8 => CreateMarket(good: true),
            9 => DeriveMarket(good: true),
            _ => Anything(),
        };
        if (command.UserId != 0 && OneIn(12))
            GiveByKey(ref command);
        if (command.Kind is not CommandKind.Disconnect)
            command.Origin = new Origin(_random.Next(4), (ulong)_step);
        return command;
    }

    private Command Anything() => _random.Next(1000) switch
    {
        < 400 => Place(CommandKind.PlaceOrder),
        < 425 => Place(CommandKind.PreviewOrder),
        < 505 => Replace(),
        < 545 => Cancel(),
        < 560 => CancelMany(),
        < 590 => OrderBatch(),
        < 600 => SetCancelAfter(),
        < 640 => Convert(),
        < 680 => Exercise(),
        < 700 => CreateMarket(good: OneIn(3)),
        < 718 => DeriveMarket(good: OneIn(2)),
        < 742 => UpdateMarket(),
        < 762 => SetStatus(),
        < 775 => Settle(CommandKind.SettleMarket),
        < 783 => Settle(CommandKind.UndoSettlement),
        < 786 => DeleteMarket(),
        < 789 => SetHouseBots(),
        < 791 => OpenRoom(),
        < 800 => UpdateRoom(),
        < 808 => Invite(),
        < 820 => SetRole(),
        < 830 => OpenAccount(),
        < 835 => RenameAccount(),
        < 847 => Share(),
        < 853 => Unshare(),
        < 871 => MakeTransfer(),
        < 883 => Grant(),
        < 891 => CreateCode(),
        < 895 => NameCode(CommandKind.RevokeCode),
        < 907 => NameCode(CommandKind.ClaimCode),
        < 920 => Enter(_random.Next(9)),
        < 938 => EnterRoom(),
        < 963 => Look(),
        < 981 => new Command { Kind = CommandKind.Tick },
        < 983 => new Command { Kind = CommandKind.ClockSet },
        < 993 => Disconnect(),
        _ => new Command { Kind = CommandKind.SampleEquity },
    };

    private bool OneIn(int n) => _random.Next(n) == 0;

    private T Any<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];

    /// <summary>A command of someone who mostly may give it: of the room's, as one of their accounts, elevated if they can be.</summary>
    private Command By(CommandKind kind, bool admin = false)
    {
        long roomId = Room(), userId = User(roomId, admin);
        return new Command
        {
            Kind = kind,
            UserId = userId,
            RoomId = roomId == 1 && OneIn(2) ? 0 : roomId,
            AccountId = Account(userId, roomId),
            Elevated = admin ? !OneIn(12) : OneIn(5),
        };
    }

    /// <summary>With an API key, which may be read-only, or for one account.</summary>
    private void GiveByKey(ref Command command)
    {
        command.ByKey = true;
        command.Elevated &= command.Kind == CommandKind.SetElevated;
        command.ReadOnly = OneIn(3);
        command.OnlyAccountId = OneIn(2) ? 0 : OneIn(4) ? Any(State.Accounts).AccountId : command.AccountId;
    }

    private long Room()
    {
        if (OneIn(150))
            return Any<long>([-1, 99, long.MaxValue]);
        return OneIn(6) ? Any(State.Rooms).RoomId : 1;
    }

    private long User(long roomId, bool admin)
    {
        if (OneIn(100))
            return Any<long>([0, -1, State.Users.Count + 7]);
        List<long> members = [.. State.Members.Where(m => m.RoomId == roomId).Select(m => m.UserId)];
        List<long> admins = [.. members.Where(u => State.RoleOf(u, roomId) == Role.Admin)];
        if (admin && admins.Count > 0 && !OneIn(12))
            return Any(admins);
        return members.Count > 0 && !OneIn(30) ? Any(members) : Any(State.Users).UserId;
    }

    /// <summary>Mostly one the user acts as.</summary>
    private long Account(long userId, long roomId)
    {
        if (OneIn(80))
            return Any<long>([0, 1, -1, 999, Any(State.Accounts).AccountId]);
        List<long> own = [.. State.Shares.Where(s => s.UserId == userId && State.Account(s.AccountId).RoomId == roomId).Select(s => s.AccountId)];
        return own.Count > 0 && !OneIn(40) ? Any(own) : Any(State.Accounts).AccountId;
    }

    /// <summary>Someone who may give orders for an account; rarely the exchange itself.</summary>
    private long UserFor(long accountId)
    {
        List<long> users = [.. State.Shares.Where(s => s.AccountId == accountId).Select(s => s.UserId)];
        return users.Count == 0 || OneIn(10) ? 0 : OneIn(30) ? Any(State.Users).UserId : Any(users);
    }

    /// <summary>An account of a room, whoever's; rarely of another, or the house.</summary>
    private long AnyAccount(long roomId)
    {
        List<long> accounts = [.. State.Accounts.Where(a => a.RoomId == roomId && !a.IsHouse).Select(a => a.AccountId)];
        return accounts.Count == 0 || OneIn(40) ? Any<long>([0, 1, -5, Any(State.Accounts).AccountId]) : Any(accounts);
    }

    private static long Named(Command command) => command.RoomId == 0 ? 1 : command.RoomId;

    /// <summary>Mostly one of a few that are open, so that orders meet.</summary>
    private long Market(long roomId)
    {
        List<MarketInfo> markets = [.. State.Markets.Where(m => m.RoomId == roomId)];
        if (markets.Count == 0 || OneIn(80))
            return State.Markets.Count == 0 || OneIn(2) ? Any<long>([0, -1, 12_345]) : Any(State.Markets).MarketId;
        List<MarketInfo> open = [.. markets.Where(m => m.Status == MarketStatus.Open).TakeLast(OneIn(4) ? 100 : 3)];
        return Any(open.Count == 0 || OneIn(25) ? markets : open).MarketId;
    }

    private MarketInfo? MarketInfo(long marketId) => State.Markets.FirstOrDefault(m => m.MarketId == marketId);

    private Side AnySide() => OneIn(2) ? Side.Buy : Side.Sell;

    private string Text(string good, int max) => _random.Next(12) switch
    {
        0 => Any(s_badTexts),
        1 => new string('n', OneIn(2) ? max + 1 : 10_000),
        3 => Any(s_alike),
        2 => good.PadRight(max, 'x'),
        _ => good,
    };

    private Cash AnyAmount() => new(_random.Next(16) switch
    {
        0 => 0,
        1 => -_random.NextInt64(1, 1_000_0000),
        2 => OneIn(2) ? long.MinValue : long.MaxValue,
        3 => (1L << 60) + _random.Next(2),
        4 => _random.NextInt64(1, 1L << 60),
        _ => _random.NextInt64(1, 200_0000),
    });

    private Command Look() => _random.Next(11) switch
    {
        0 => By(CommandKind.GetRoom),
        1 => By(CommandKind.GetLeaderboard),
        2 => By(CommandKind.GetRoomSettings, admin: !OneIn(3)),
        3 => By(CommandKind.GetCodes, admin: !OneIn(3)),
        4 => By(CommandKind.ActAs),
        5 => By(CommandKind.SetElevated, admin: OneIn(2)),
        6 => Settle(CommandKind.PreviewSettlement),
        7 => By(CommandKind.GetMembersOverview, admin: !OneIn(3)),
        8 => GetPerson(),
        _ => Subscribe(),
    };

    private Command GetPerson()
    {
        Command command = By(CommandKind.GetPerson, admin: !OneIn(3));
        command.Details = new PersonWanted(_random.Next(1, 12));
        return command;
    }

    private Command Subscribe()
    {
        Command command = By(CommandKind.Subscribe);
        long[] ids = [.. Enumerable.Range(0, _random.Next(4)).Select(_ => Market(Named(command)))];
        command.Details = new MarketsWanted(ids, OneIn(2), (MarketViews)_random.Next(8), OneIn(8), SkipUnknown: OneIn(3));
        return command;
    }

    private Command Disconnect() => new()
    {
        Kind = CommandKind.Disconnect,
        Origin = new Origin(_random.Next(4), 0),
        Details = new Disconnection([.. State.Accounts.Where(a => !a.IsHouse && !OneIn(4)).Select(a => a.AccountId)]),
    };
}
