using Exchange.Markets;

namespace Exchange.Benchmarks;

/// <summary>A live order as a generator knows it.</summary>
internal struct KnownOrder
{
    public long Id;
    public long AccountId;
    public Side Side;
    public int Price;
    public long Quantity;
    public long Remaining;
}

/// <summary>
/// What clients do, in the proportions of the published measurements this is compared with: 9 % new orders that rest, 3 %
/// immediate-or-cancel, 6 % cancels, 82 % replaces, around a price that wanders.
/// </summary>
internal sealed class OrderMix(int seed, int targetLive)
{
    public const string Description = "9 % GTC, 3 % IOC, 6 % cancel, 82 % replace";

    private const int MaxQuantity = 10_00;
    private int _mid = 50_00;
    private int _count;

    public Random Random { get; } = new(seed);

    public int TargetLive => targetLive;

    public CommandKind NextKind(out bool rests)
    {
        if (++_count % 10_000 == 0)
            _mid = Math.Clamp(_mid + Random.Next(-1, 2), 40_00, 60_00);
        int roll = Random.Next(100);
        rests = roll < 9;
        return roll < 12 ? CommandKind.PlaceOrder : roll < 18 ? CommandKind.CancelOrder : CommandKind.ReplaceOrder;
    }

    public void Place(out Side side, out int price, out long quantity)
    {
        side = NextSide();
        price = PassivePrice(side);
        quantity = Random.Next(1_00, MaxQuantity + 1);
    }

    /// <summary>Takes about as many orders out of the book as more were placed than cancelled, so that the book keeps its size.</summary>
    public void Take(int live, out Side side, out int price, out long quantity)
    {
        side = NextSide();
        price = side == Side.Buy ? _mid + 10 : _mid - 10;
        quantity = live > targetLive ? Random.Next(MaxQuantity, 3 * MaxQuantity) : Random.Next(1_00, 4_00);
    }

    /// <summary>Half move the price, a few of them across the spread; the rest make the order smaller or larger.</summary>
    public void Replace(in KnownOrder order, int live, out int? price, out long? quantity)
    {
        price = null;
        quantity = null;
        long filled = order.Quantity - order.Remaining;
        int roll = Random.Next(100);
        if (roll < 50)
            price = roll == 0 && live > targetLive ? (order.Side == Side.Buy ? _mid + 2 : _mid - 2) : PassivePrice(order.Side);
        else if (roll < 75)
            quantity = filled + 1 + (long)(Random.NextDouble() * order.Remaining);
        else
            quantity = filled + Random.Next(1_00, MaxQuantity + 1);
    }

    private Side NextSide() => Random.Next(2) == 0 ? Side.Buy : Side.Sell;

    /// <summary>On its own side of the middle, near it more often than far.</summary>
    private int PassivePrice(Side side)
    {
        int distance = 1 + Math.Min(Random.Next(30), Random.Next(30));
        return side == Side.Buy ? _mid - distance : _mid + distance;
    }
}
