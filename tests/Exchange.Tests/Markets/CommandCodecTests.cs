using System.Buffers;
using Exchange.Bots;
using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>Commands as bytes. That all kinds come back and give the same state is seen in <see cref="RandomCommands"/>, where a second venue lives on them.</summary>
public sealed class CommandCodecTests
{
    private static byte[] Written(in Command command)
    {
        var bytes = new ArrayBufferWriter<byte>();
        CommandCodec.Write(in command, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Every_field_comes_back(long number)
    {
        var command = new Command
        {
            Kind = CommandKind.PlaceOrder, Side = Side.Sell, TimeInForce = TimeInForce.GoodTillTime, Direction = ConversionDirection.Redeem,
            Status = MarketStatus.Halted, PostOnly = true, ReduceOnly = true, CancelOnDisconnect = true, ByKey = true, ReadOnly = true, Elevated = true,
            HasPrice = true, HasQuantity = true, Price = new Price((int)number), Quantity = new Quantity(number),
            Origin = new Origin((int)number, (ulong)number), UserId = number, RoomId = number, AccountId = number, OnlyAccountId = number,
            MarketId = number, OrderId = number, ExpiresTimeUs = number, TimeoutUs = number, ClientOrderId = "Grüße, 世界 🌧",
        };
        Assert.Equal(Deep.Text(command), Deep.Text(CommandCodec.Read(Written(in command))));
    }

    [Fact]
    public void Orders_read_from_disk_come_back()
    {
        var order = new OrderState
        {
            OrderId = 1, MarketId = 2, AccountId = 3, PlacedByUserId = 4, PlacedSequence = 5, PlacedTimeUs = 6, ExpiresTimeUs = 7, Priority = 8,
            Quantity = new Quantity(9), Remaining = new Quantity(10), FilledValue = new Cash(11), ClientOrderId = "twelve", Price = new Price(13),
            PlacedPrice = new Price(14), PlacedQuantity = new Quantity(15), Side = Side.Sell, TimeInForce = TimeInForce.FillOrKill, PostOnly = true,
            ReduceOnly = true, CancelOnDisconnect = true, Status = OrderStatus.Filled, Reason = OrderReason.Matched, Filled = new Quantity(16),
        };
        var command = new Command { Kind = CommandKind.RememberOrders, AccountId = 3, Details = new RememberedOrders([order, default]) };
        Assert.Equal(Deep.Text(command), Deep.Text(CommandCodec.Read(Written(in command))));
    }

    [Fact]
    public void A_small_order_takes_few_bytes()
    {
        var order = new Command { Kind = CommandKind.PlaceOrder, Side = Side.Buy, HasPrice = true, HasQuantity = true, Price = new Price(42_50), Quantity = new Quantity(100), UserId = 7, RoomId = 1, AccountId = 9, MarketId = 3 };
        Assert.InRange(Written(in order).Length, 1, 32);
    }

    [Fact]
    public void Details_of_another_kind_are_refused()
    {
        var command = new Command { Kind = CommandKind.ClaimCode, Details = new CodeRevocation("SPRING") };
        Assert.Contains("RevokeCode", Assert.Throws<InvalidOperationException>(() => Written(in command)).Message, StringComparison.Ordinal);
    }

    /// <summary>Damaged bytes are a command, or refused with a sentence; they never end the program or ask for much memory.</summary>
    [Fact]
    public void Damaged_bytes_are_refused_or_are_a_command()
    {
        byte[] whole = Written(new Command
        {
            Kind = CommandKind.CreateMarket, UserId = 1,
            Details = new MarketTerms("Rain", "", new Price(0), new Price(100_00), 1)
            {
                VisibleTo = new ValueList<long>([1, 2, 300]),
                Derivation = new Basket(new ValueList<Constituent>([new Constituent(1, 2), new Constituent(2, -1)]), new Cash(5)),
            },
        });
        for (int length = 0; length < whole.Length; length++)
            Assert.Throws<InvalidDataException>(() => CommandCodec.Read(whole.AsSpan(0, length)));
        Assert.Throws<InvalidDataException>(() => CommandCodec.Read([.. whole, 0]));
        Assert.Throws<InvalidDataException>(() => CommandCodec.Read([(byte)(whole[0] + 1), .. whole.AsSpan(1)]));
        var random = new Random(15);
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] damaged = [.. whole];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                CommandCodec.Read(damaged);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        }
        Assert.InRange(refused, 1, 19_999);
    }

    /// <summary>A class of house bots: what they did, read back and given to another venue, leads to the same state.</summary>
    [Fact]
    public void What_house_bots_did_is_replayed()
    {
        var venue = new Venue();
        var replayer = new Replayer();
        var batch = new CommitBatch();
        long batches = 0, nowUs = 1_000_000;
        int orders = 0;
        void Begin()
        {
            batch.Begin(++batches);
            replayer.Begin(batches);
        }
        void Give(Command command)
        {
            venue.Apply(in command, Moment.At(nowUs), batch);
            replayer.Apply(in command, Moment.At(nowUs));
        }

        Begin();
        Give(new Command { Kind = CommandKind.OpenRoom, Details = new RoomTerms(Venue.MainRoomSlug, "Main", new Cash(10_000_0000), WhoMayCreateMarkets.Anyone) });
        Give(new Command { Kind = CommandKind.EnterUser, Details = new UserEntry("test", "ann", "Ann", null, IsServerAdmin: true) });
        Give(new Command { Kind = CommandKind.CreateMarket, UserId = 1, Details = new MarketTerms("Rain", "", new Price(0), new Price(100_00), 1) });
        HouseBot[] bots = [.. Enum.GetValues<HouseBotKind>().Select(k => new HouseBot(k, HouseBotStrength.Normal))];
        Give(new Command { Kind = CommandKind.SetHouseBots, UserId = 1, Elevated = true, MarketId = 1, Details = new HouseBotsTerms(new ValueList<HouseBot>(bots)) });
        (HouseBotPlace Place, Trader Trader, Dice Dice)[] seats =
            [.. venue.HouseBotsAtWork.Select((p, i) => (p, HouseBots.TraderOf(p.Bot), new Dice((ulong)i + 1)))];
        Assert.Equal(bots.Length, seats.Length);
        var wanted = new List<Command>();
        for (int turn = 0; turn < 300; turn++)
        {
            venue.Seal(batch);
            replayer.Seal();
            Begin();
            nowUs += 700_000;
            if (venue.UntilTickUs(Moment.At(nowUs)) <= 0)
                Give(new Command { Kind = CommandKind.Tick });
            if (venue.UntilSampleUs(Moment.At(nowUs)) <= 0)
                Give(new Command { Kind = CommandKind.SampleEquity });
            foreach ((HouseBotPlace place, Trader trader, Dice dice) in seats)
            {
                wanted.Clear();
                trader.Act(venue.ViewFor(place.MarketId, place.AccountId), dice, wanted);
                foreach (Command order in wanted)
                    Give(order with { RoomId = place.RoomId, MarketId = place.MarketId, AccountId = place.AccountId, UserId = place.UserId });
                orders += wanted.Count;
            }
        }
        Assert.True(orders > 300, $"{orders} orders are too few to say anything");
        Assert.Equal(venue.StateHash(), replayer.StateHash());
    }
}
