namespace Exchange.Markets;

/// <summary>A live order. Pooled: an instance is reused for another order once this one has ended.</summary>
internal sealed class Order
{
    public long Id;
    public Holding Holding = null!;
    public Side Side;
    public TimeInForce TimeInForce;
    public bool PostOnly;
    public bool ReduceOnly;
    public bool CancelOnDisconnect;

    /// <summary>With <see cref="CancelOnDisconnect"/>: the connection; −1: one from before the start.</summary>
    public int Session;
    public Price Price;

    /// <summary>The whole order, what is filled included.</summary>
    public Quantity Quantity;
    public Quantity Remaining;

    /// <summary>As it was placed with, whatever it was replaced by since.</summary>
    public Price PlacedPrice;

    /// <summary>As it was placed with; 0: placed before this was kept.</summary>
    public Quantity PlacedQuantity;

    /// <summary>Sum of price × quantity over the fills.</summary>
    public Cash FilledValue;
    public string? ClientOrderId;
    public long PlacedSequence;
    public long PlacedTimeUs;
    public long PlacedByUserId;

    /// <summary>0: never.</summary>
    public long ExpiresTimeUs;

    /// <summary>Place in line at its price: lower is first. Kept on disk, so that a restart keeps the line.</summary>
    public long Priority;

    /// <summary>What last changed it.</summary>
    public OrderReason Reason;

    // Where it stands: in its price level's line, and among its holding's live orders.
    public PriceLevel? Level;
    public Order? NextInLine, PreviousInLine;
    public Order? NextOfHolding, PreviousOfHolding;

    // The batch that last told of this order, and where in it; see CommitBatch.Supersede.
    public long EmittedInBatch;
    public int EmittedAt;
    public long PlacedInBatch;

    public Quantity Filled => Quantity - Remaining;
}

/// <summary>The orders at one price, first in line first.</summary>
internal sealed class PriceLevel
{
    public Price Price;
    public Order? First, Last;
    public Quantity Total;

    public void Append(Order order)
    {
        order.Level = this;
        order.NextInLine = null;
        order.PreviousInLine = Last;
        if (Last is null)
            First = order;
        else
            Last.NextInLine = order;
        Last = order;
        Total += order.Remaining;
    }

    public void Remove(Order order)
    {
        Total -= order.Remaining;
        if (order.PreviousInLine is null)
            First = order.NextInLine;
        else
            order.PreviousInLine.NextInLine = order.NextInLine;
        if (order.NextInLine is null)
            Last = order.PreviousInLine;
        else
            order.NextInLine.PreviousInLine = order.PreviousInLine;
        order.Level = null;
        order.NextInLine = order.PreviousInLine = null;
    }
}

/// <summary>
/// One side of a book: its price levels in an array sorted so that the best is last, where nearly all
/// changes happen and moving costs nothing. Finding a level is a binary search.
/// </summary>
internal sealed class BookSide(Side side)
{
    // Sort keys: the price for bids, its negative for offers, so that larger is better on both sides.
    private int[] _keys = new int[16];
    private PriceLevel[] _levels = new PriceLevel[16];
    private int _count;
    private readonly Stack<PriceLevel> _spare = new();

    public int LevelCount => _count;

    public PriceLevel? Best => _count == 0 ? null : _levels[_count - 1];

    /// <summary>The level at <paramref name="rank"/>, 0 being the best.</summary>
    public PriceLevel At(int rank) => _levels[_count - 1 - rank];

    private int KeyOf(Price price) => side == Side.Buy ? price.Hundredths : -price.Hundredths;

    public void Add(Order order)
    {
        int key = KeyOf(order.Price);
        int index = _count - 1;
        if (index >= 0 && _keys[index] != key)
            index = key > _keys[index] ? ~_count : Array.BinarySearch(_keys, 0, _count, key);
        if (index < 0)
            index = Insert(~index, key, order.Price);
        _levels[index].Append(order);
    }

    public void Remove(Order order)
    {
        PriceLevel level = order.Level!;
        level.Remove(order);
        if (level.First is null)
            RemoveLevel(level);
    }

    private int Insert(int index, int key, Price price)
    {
        if (_count == _keys.Length)
        {
            Array.Resize(ref _keys, _count * 2);
            Array.Resize(ref _levels, _count * 2);
        }
        if (index < _count)
        {
            Array.Copy(_keys, index, _keys, index + 1, _count - index);
            Array.Copy(_levels, index, _levels, index + 1, _count - index);
        }
        if (!_spare.TryPop(out PriceLevel? level))
            level = new PriceLevel();
        level.Price = price;
        _keys[index] = key;
        _levels[index] = level;
        _count++;
        return index;
    }

    private void RemoveLevel(PriceLevel level)
    {
        int index = _count - 1;
        if (_levels[index] != level)
            index = Array.BinarySearch(_keys, 0, _count, KeyOf(level.Price));
        _count--;
        if (index < _count)
        {
            Array.Copy(_keys, index + 1, _keys, index, _count - index);
            Array.Copy(_levels, index + 1, _levels, index, _count - index);
        }
        _levels[_count] = null!;
        _spare.Push(level);
    }
}
