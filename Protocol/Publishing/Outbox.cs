using System.Diagnostics;

namespace Exchange.Protocol;

/// <summary>The connections that may receive an event.</summary>
public enum Audience : byte
{
    /// <summary>One connection: answers and snapshots.</summary>
    Session,

    /// <summary>Everyone who is a member of an account.</summary>
    Account,

    /// <summary>Everyone who subscribed to a market's book.</summary>
    Book,

    /// <summary>Everyone who subscribed to a market's trades.</summary>
    Trades,

    /// <summary>Everyone who subscribed to a market's ticker.</summary>
    Ticker,

    /// <summary>Everyone in a room.</summary>
    Room,

    /// <summary>Every connection of a user.</summary>
    User,

    /// <summary>Everyone who is signed in.</summary>
    Everyone,
}

/// <summary>Which part of an audience gets an event: those who see account ids in an anonymous market, the others, or all.</summary>
public enum Visibility : byte
{
    /// <summary>All get the event.</summary>
    All,

    /// <summary>Connections without admin powers get the event.</summary>
    Public,

    /// <summary>Elevated admins.</summary>
    Elevated,
}

/// <summary>One encoded event in the outbox.</summary>
public struct OutboxEntry
{
    public long Sequence;

    /// <summary>The session, account, market, room or user that the audience is about.</summary>
    public long AudienceId;

    /// <summary>With <see cref="Audience.Account"/>: another account whose members hear it too; 0 for none.</summary>
    public long OtherAccountId;

    /// <summary>For an audience of a market: the room of the market.</summary>
    public long RoomId;

    /// <summary>The market it is about, if only some see that; else 0.</summary>
    public long HiddenMarketId;

    /// <summary>The session whose request this answers, with <see cref="RequestId"/>; 0 for none.</summary>
    public int AnswersSession;
    public ulong RequestId;

    /// <summary>Where the bytes begin, counted from the first byte ever published.</summary>
    public long Offset;
    public int Length;

    /// <summary>When it was published, as <see cref="Stopwatch.GetTimestamp"/> says. Filled in.</summary>
    public long PublishedAt;
    public Audience Audience;
    public Visibility Visibility;

    /// <summary>A control for the session, which acts on it and sends what it carries. Such an entry has no bytes.</summary>
    public SessionControl? Control;
}

/// <summary>
/// The ring of everything that was told: each event encoded once, read by every session with a cursor of its own.
/// Publishing costs the same for one listener or thousands, and a listener that is slow costs nobody anything: the
/// ring overtakes it, and it is resynchronised.
/// </summary>
/// <remarks>
/// One publisher at a time, any number of readers, no locks between them. The publisher moves <see cref="Head"/> past what it is
/// about to overwrite before it does; a reader that finds the head past where it began has read garbage, and throws it away.
/// </remarks>
public sealed class Outbox
{
    /// <summary>Entries kept: over 100,000, what a client may ask to resume from. A power of two.</summary>
    private const int EntryCapacity = 1 << 17;

    /// <summary>Bytes kept: 128 for each entry, about twice what an order's events take. A power of two. Touched only as it fills.</summary>
    private const int ByteCapacity = 1 << 24;

    private readonly OutboxEntry[] _entries = new OutboxEntry[EntryCapacity];
    private readonly byte[] _bytes = new byte[ByteCapacity];
    private long _head, _tail;
    private long _byteTail;
    private long _droppedSequence;

    /// <param name="startSequence">The sequence the exchange starts at: nothing before it can be resumed from.</param>
    public Outbox(long startSequence)
    {
        _droppedSequence = LastSequence = startSequence;
    }

    /// <summary>The oldest entry that is still there.</summary>
    public long Head => Volatile.Read(ref _head);

    /// <summary>One past the newest entry.</summary>
    public long Tail => Volatile.Read(ref _tail);

    /// <summary>The sequence of the newest entry.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Reserves room for an event. Publisher only; <see cref="Publish"/> must follow.</summary>
    /// <param name="entry">The entry without its offset, which is filled in.</param>
    public Span<byte> Reserve(ref OutboxEntry entry)
    {
        int at = (int)(_byteTail & (ByteCapacity - 1));
        if (at + entry.Length > ByteCapacity)
        {
            // An event lies in one piece: leave the end of the ring unused.
            _byteTail += ByteCapacity - at;
            at = 0;
        }
        entry.Offset = _byteTail;
        _byteTail += entry.Length;
        Drop(_byteTail - ByteCapacity);
        return _bytes.AsSpan(at, entry.Length);
    }

    /// <summary>Appends an event whose bytes were written. Readers see it at the next <see cref="Flush"/>.</summary>
    public void Publish(in OutboxEntry entry)
    {
        // Those of a batch are told at one time: the clock is read once for all of them.
        if (_unflushed == _tail)
            _publishingAt = Stopwatch.GetTimestamp();
        ref OutboxEntry slot = ref _entries[_unflushed & (EntryCapacity - 1)];
        slot = entry;
        slot.PublishedAt = _publishingAt;
        _unflushed++;
        LastSequence = entry.Sequence;
    }

    private long _unflushed, _publishingAt;

    /// <summary>Shows readers what was published.</summary>
    public void Flush() => Volatile.Write(ref _tail, _unflushed);

    /// <summary>Moves the head past entries that the next one will overwrite, whole or in their bytes.</summary>
    private void Drop(long firstByteKept)
    {
        long head = _head;
        while (head < _unflushed
            && (_unflushed - head >= EntryCapacity || _entries[head & (EntryCapacity - 1)].Offset < firstByteKept))
        {
            _droppedSequence = _entries[head & (EntryCapacity - 1)].Sequence;
            head++;
        }
        if (head == _head)
            return;
        if (head > _tail)
            Volatile.Write(ref _tail, head);
        Volatile.Write(ref _head, head);
        Interlocked.MemoryBarrier();
    }

    /// <summary>Copies an entry. False if it was overwritten meanwhile: the reader is too slow.</summary>
    public bool TryRead(long index, out OutboxEntry entry)
    {
        entry = _entries[index & (EntryCapacity - 1)];
        return StillHeld(index);
    }

    /// <summary>
    /// Lets go of what an entry carries, once its session has acted on it: snapshots would else live on until the ring
    /// comes around.
    /// </summary>
    public void Release(long index, SessionControl control) =>
        Interlocked.CompareExchange(ref _entries[index & (EntryCapacity - 1)].Control, null, control);

    /// <summary>Whether an entry, and what was read of its bytes before this call, is good.</summary>
    public bool StillHeld(long index)
    {
        Interlocked.MemoryBarrier();
        return Head <= index;
    }

    /// <summary>The bytes of an entry that <see cref="TryRead"/> gave. Check <see cref="StillHeld"/> after copying them.</summary>
    public ReadOnlySpan<byte> BytesOf(in OutboxEntry entry) =>
        _bytes.AsSpan((int)(entry.Offset & (ByteCapacity - 1)), entry.Length);

    /// <summary>Where to read on to miss nothing after a sequence, or null if some of it is no longer held.</summary>
    public long? FindAfter(long sequence)
    {
        long low = Head, high = Tail;
        if (sequence < Volatile.Read(ref _droppedSequence) || sequence > LastSequence)
            return null;
        while (low < high)
        {
            long middle = low + ((high - low) / 2);
            if (!TryRead(middle, out OutboxEntry entry))
                return null;
            if (entry.Sequence <= sequence)
                low = middle + 1;
            else
                high = middle;
        }
        return StillHeld(low) ? low : null;
    }
}
