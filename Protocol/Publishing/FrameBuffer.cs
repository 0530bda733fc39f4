
namespace Exchange.Protocol;

/// <summary>
/// Builds a ServerFrame by laying encoded ServerMessages end to end, each behind its tag and length: Protobuf concatenates,
/// so nothing is encoded again.
/// </summary>
internal sealed class FrameBuffer
{
    // Field numbers in exchange.proto: ServerFrame.messages = 1 (length-delimited), frame_number = 2 (varint);
    // ServerMessage.request_id = 1 (varint). A test compares them with the schema.
    internal const byte MessagesTag = (1 << 3) | 2;
    internal const byte FrameNumberTag = 2 << 3;
    internal const byte RequestIdTag = 1 << 3;

    /// <summary>A larger buffer than this is not kept between frames.</summary>
    private const int KeptLength = 32 * 1024;

    private byte[] _bytes = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Forgets what was written, and memory that a burst took.</summary>
    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > KeptLength)
            _bytes = new byte[1024];
    }

    /// <summary>Adds a message.</summary>
    /// <param name="message">Encoded, without request id.</param>
    /// <param name="requestId">The request it answers for this listener, or 0.</param>
    public void AddMessage(ReadOnlySpan<byte> message, ulong requestId)
    {
        AddHeader(message.Length, requestId);
        message.CopyTo(Room(message.Length));
        Length += message.Length;
    }

    /// <summary>Adds the header of a message whose bytes are sent from elsewhere.</summary>
    public void AddHeader(int messageLength, ulong requestId)
    {
        int idLength = requestId == 0 ? 0 : 1 + VarintLength(requestId);
        Add(MessagesTag);
        AddVarint((ulong)(messageLength + idLength));
        if (requestId != 0)
        {
            Add(RequestIdTag);
            AddVarint(requestId);
        }
    }

    public void AddFrameNumber(ulong number)
    {
        Add(FrameNumberTag);
        AddVarint(number);
    }

    private void Add(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    private void AddVarint(ulong value)
    {
        Span<byte> room = Room(10);
        int i = 0;
        while (value >= 0x80)
        {
            room[i++] = (byte)(value | 0x80);
            value >>= 7;
        }
        room[i++] = (byte)value;
        Length += i;
    }

    private static int VarintLength(ulong value) => (63 - System.Numerics.BitOperations.LeadingZeroCount(value | 1)) / 7 + 1;

    private Span<byte> Room(int length)
    {
        if (_bytes.Length - Length < length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + length));
        return _bytes.AsSpan(Length);
    }
}
