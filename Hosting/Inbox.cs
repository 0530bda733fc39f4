using Exchange.Markets;

namespace Exchange.Hosting;

/// <summary>Commands waiting for the market thread, in their order, and when each came. Whoever uses it holds the pipeline's lock.</summary>
internal sealed class Inbox(int capacity)
{
    private readonly Command[] _commands = new Command[capacity];
    private readonly long[] _arrivedAt = new long[capacity];
    private int _head;

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count == capacity;

    /// <summary>Adds one. It must not be full.</summary>
    /// <param name="arrivedAt">A timestamp of the exchange's clock.</param>
    public void Add(in Command command, long arrivedAt)
    {
        int at = (_head + Count++) % capacity;
        _commands[at] = command;
        _arrivedAt[at] = arrivedAt;
    }

    /// <summary>Takes the first ones, as many as there is room for. How many they are.</summary>
    public int Take(Command[] into, long[] arrivedAt)
    {
        int count = Math.Min(Count, into.Length);
        for (int i = 0; i < count; i++)
        {
            ref Command slot = ref _commands[_head];
            into[i] = slot;
            arrivedAt[i] = _arrivedAt[_head];
            slot.ClientOrderId = null;
            slot.Details = null;
            _head = (_head + 1) % capacity;
        }
        Count -= count;
        return count;
    }
}
