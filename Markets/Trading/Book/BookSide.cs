namespace Exchange.Markets;

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
