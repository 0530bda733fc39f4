using Exchange.Markets;

namespace Exchange.Benchmarks;

/// <summary>
/// Commands made beforehand, by applying each to a venue of the generator's own: so they name orders that are live, and
/// the state they must lead to is known.
/// </summary>
internal sealed class MarketWorkload
{
    /// <summary>All commands have this time, so that two runs reach the same state.</summary>
    public const long TimeUs = 1_750_000_000_000_000;

    private readonly Venue _venue = new();
    private readonly CommitBatch _batch = new();
    private readonly KnownOrders _live = new();
    private readonly OrderMix _mix;
    private readonly int _accounts;
    private long _batchNumber;

    private MarketWorkload(int accounts, int liveOrders, int seed)
    {
        _accounts = accounts;
        _mix = new OrderMix(seed, liveOrders);
    }

    /// <summary>Opens the room, lets the accounts in, creates the market, and fills its book.</summary>
    public Command[] Setup { get; private set; } = [];

    public Command[] Commands { get; private set; } = [];

    /// <summary>The state after all of it.</summary>
    public string FinalHash { get; private set; } = "";

    public long Trades { get; private set; }

    public long Refusals { get; private set; }

    public int LiveAtEnd => _live.Count;

    public static MarketWorkload Generate(int count, int accounts = 1_000, int liveOrders = 1_000, int seed = 1)
    {
        var workload = new MarketWorkload(accounts, liveOrders, seed);
        workload.Setup = workload.MakeSetup();
        workload.Trades = workload.Refusals = 0;
        workload.Commands = new Command[count];
        for (int i = 0; i < count; i++)
        {
            workload.Commands[i] = workload.Next();
            workload.Apply(in workload.Commands[i]);
        }
        workload.FinalHash = workload._venue.StateHash();
        return workload;
    }

    private Command[] MakeSetup()
    {
        var setup = new List<Command>
        {
            new()
            {
                Kind = CommandKind.OpenRoom,
                Details = new RoomTerms(Venue.MainRoomSlug, "Main", new Cash(1_000_000_0000), WhoMayCreateMarkets.Anyone),
            },
        };
        for (int i = 0; i < _accounts; i++)
            setup.Add(new Command { Kind = CommandKind.EnterUser, Details = new UserEntry("bench", $"{i}", $"User {i}", null, false) });
        setup.Add(new Command
        {
            Kind = CommandKind.CreateMarket,
            UserId = 1,
            Details = new MarketTerms("Benchmark", "", new Price(0), new Price(100_00), 1),
        });
        foreach (Command command in setup)
            Apply(in command);
        // More than will be live, so that a record later finds the pools large enough.
        while (_live.Count < _mix.TargetLive * 3 / 2)
            Add(Place(rests: true));
        while (_live.Count > _mix.TargetLive)
        {
            KnownOrder order = _live.Pick(_mix.Random);
            Add(new Command { Kind = CommandKind.CancelOrder, UserId = UserOf(order.AccountId), AccountId = order.AccountId, OrderId = order.Id });
        }
        return [.. setup];

        void Add(Command command)
        {
            setup.Add(command);
            Apply(in command);
        }
    }

    /// <summary>Users come in one by one, each with an account, so that what users may do is looked at for every command.</summary>
    private static long UserOf(long accountId) => accountId - 1;

    private Command Next()
    {
        CommandKind kind = _mix.NextKind(out bool rests);
        if (kind == CommandKind.PlaceOrder || _live.Count == 0)
            return Place(rests);
        KnownOrder order = _live.Pick(_mix.Random);
        Command command = default;
        command.Kind = kind;
        command.UserId = UserOf(order.AccountId);
        command.AccountId = order.AccountId;
        command.OrderId = order.Id;
        if (kind == CommandKind.CancelOrder)
            return command;
        _mix.Replace(in order, _live.Count, out int? price, out long? quantity);
        command.HasPrice = price is not null;
        command.Price = new Price(price ?? 0);
        command.HasQuantity = quantity is not null;
        command.Quantity = new Quantity(quantity ?? 0);
        return command;
    }

    private Command Place(bool rests)
    {
        Side side;
        int price;
        long quantity;
        if (rests)
            _mix.Place(out side, out price, out quantity);
        else
            _mix.Take(_live.Count, out side, out price, out quantity);
        // The house has the first account.
        long accountId = 2 + _mix.Random.Next(_accounts);
        return new Command
        {
            Kind = CommandKind.PlaceOrder,
            UserId = UserOf(accountId),
            AccountId = accountId,
            MarketId = 1,
            Side = side,
            TimeInForce = rests ? TimeInForce.GoodTillCancelled : TimeInForce.ImmediateOrCancel,
            HasPrice = true,
            Price = new Price(price),
            HasQuantity = true,
            Quantity = new Quantity(quantity),
        };
    }

    private void Apply(in Command command)
    {
        _batch.Begin(++_batchNumber);
        _venue.Apply(in command, Moment.At(TimeUs), _batch);
        _venue.Seal(_batch);
        Trades += _batch.Trades.Length;
        Refusals += _batch.Refusals.Length;
        foreach (ref readonly OrderChange change in _batch.OrderChanges)
        {
            ref readonly OrderState s = ref change.State;
            var known = new KnownOrder
            {
                Id = s.OrderId,
                AccountId = s.AccountId,
                Side = s.Side,
                Price = s.Price.Hundredths,
                Quantity = s.Quantity.Hundredths,
                Remaining = s.Remaining.Hundredths,
            };
            _live.Update(in known, s.Status == OrderStatus.Live);
        }
    }
}
