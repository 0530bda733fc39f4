using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>A warm venue places, matches, replaces and cancels orders without allocating a byte.</summary>
public sealed class AllocationTests
{
    private const int Accounts = 8, LiveOrders = 400;
    private readonly Venue _venue = new();
    private readonly CommitBatch _batch = new();
    private readonly long[] _orderIds = new long[LiveOrders], _orderAccounts = new long[LiveOrders];
    private long _batchNumber, _firstAccountId;

    [Fact]
    public void A_warm_venue_allocates_nothing_on_the_path_of_an_order()
    {
        var terms = new RoomTerms("main", "Main", new Cash(100_000_0000), WhoMayCreateMarkets.Anyone);
        Apply(new Command { Kind = CommandKind.OpenRoom, Details = terms });
        for (int i = 0; i < Accounts; i++)
            Apply(new Command { Kind = CommandKind.EnterUser, Details = new UserEntry("test", $"{i}", $"User {i}", null, false) });
        _firstAccountId = 2;
        for (int i = 0; i < 3; i++)
        {
            var market = new MarketTerms($"Market {i}", "", new Price(0), new Price(100_00), 1);
            Apply(new Command { Kind = CommandKind.CreateMarket, UserId = 1, Details = market });
        }

        // Pools grow to what they need, and each refusal's sentence is made ready when it is first met.
        FillPools();
        for (int warming = 1; warming <= 3; warming++)
            Trade(new Random(warming), 100_000);
        var random = new Random(4);
        long before = GC.GetAllocatedBytesForCurrentThread();
        (long orders, long trades) = Trade(random, 100_000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(orders, 20_000, 1_000_000);
        Assert.InRange(trades, 5_000, 1_000_000);
        _venue.CheckInvariants();
        Assert.Equal(0, allocated);
    }

    /// <summary>Every price level of both sides of every market, and as many orders as will ever be live.</summary>
    private void FillPools()
    {
        for (int i = 0; i < 3 * 2 * 41 * 2; i++)
        {
            Side side = i / 41 % 2 == 0 ? Side.Buy : Side.Sell;
            int distance = i % 41;
            Command command = new()
            {
                Kind = CommandKind.PlaceOrder, AccountId = _firstAccountId + (i % 7), MarketId = 1 + (i / 41 / 2 % 3), Side = side,
                TimeInForce = TimeInForce.GoodTillCancelled, HasPrice = true, HasQuantity = true, Quantity = new Quantity(1),
                Price = new Price(side == Side.Buy ? 1_00 + distance : 99_00 - distance),
            };
            Apply(command);
        }
        for (int account = 0; account < Accounts; account++)
            Apply(new Command { Kind = CommandKind.CancelOrders, AccountId = _firstAccountId + account });
    }

    private (long OrderChanges, long Trades) Trade(Random random, int commands)
    {
        long orderChanges = 0, trades = 0;
        for (int i = 0; i < commands; i++)
        {
            if (i % 50 == 0)
            {
                _venue.Seal(_batch);
                orderChanges += _batch.OrderChanges.Length;
                trades += _batch.Trades.Length;
                _batch.Begin(++_batchNumber);
            }
            int slot = random.Next(LiveOrders);
            Command command = default;
            command.AccountId = _orderAccounts[slot];
            command.OrderId = _orderIds[slot];
            command.Price = new Price(50_00 + random.Next(-20, 21));
            command.Quantity = new Quantity(random.Next(1, 20_00));
            command.HasPrice = true;
            int choice = random.Next(100);
            if (command.OrderId == 0 || choice < 50)
            {
                // What stood in the slot before is cancelled first, so that live orders stay bounded.
                command.Kind = CommandKind.CancelOrder;
                if (command.OrderId != 0)
                    _venue.Apply(in command, Moment.At(i), _batch);
                Place(random, ref command);
                int told = _batch.OrderChanges.Length;
                _venue.Apply(in command, Moment.At(i), _batch);
                bool placed = _batch.OrderChanges.Length > told;
                _orderIds[slot] = placed ? _batch.OrderChanges[^1].State.OrderId : 0;
                _orderAccounts[slot] = command.AccountId;
                continue;
            }
            command.Kind = choice < 80 ? CommandKind.ReplaceOrder : choice < 95 ? CommandKind.CancelOrder : CommandKind.CancelOrders;
            command.HasQuantity = choice % 2 == 0;
            command.MarketId = choice == 95 ? 0 : 1 + (choice % 3);
            _venue.Apply(in command, Moment.At(i), _batch);
        }
        return (orderChanges, trades);
    }

    private void Place(Random random, ref Command command)
    {
        command.Kind = CommandKind.PlaceOrder;
        command.OrderId = 0;
        command.AccountId = _firstAccountId + random.Next(Accounts);
        command.MarketId = 1 + random.Next(3);
        command.Side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
        command.TimeInForce = (TimeInForce)(random.Next(20) switch { 0 => 2, 1 => 3, _ => 1 });
        command.HasPrice = command.TimeInForce == TimeInForce.GoodTillCancelled || random.Next(2) == 0;
        command.PostOnly = command.TimeInForce == TimeInForce.GoodTillCancelled && random.Next(10) == 0;
        command.HasQuantity = true;
    }

    private void Apply(Command command)
    {
        _batch.Begin(++_batchNumber);
        _venue.Apply(in command, default, _batch);
        Assert.True(_batch.Refusals.IsEmpty);
    }
}
