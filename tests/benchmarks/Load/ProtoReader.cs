namespace Exchange.Benchmarks.Load;

/// <summary>Reads Protobuf fields where they stand: the load must not cost what it measures.</summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The value of the field that was read, if it is a number.</summary>
    public ulong Value { get; private set; }

    /// <summary>The bytes of the field that was read, if it is a message or text.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The number of the field that was read.</summary>
    public int Field { get; private set; }

    public readonly long Signed => (long)(Value >> 1) ^ -(long)(Value & 1);

    public bool Read()
    {
        if (_rest.IsEmpty)
            return false;
        ulong tag = Varint();
        Field = (int)(tag >> 3);
        switch (tag & 7)
        {
            case 0:
                Value = Varint();
                break;
            case 2:
                int length = (int)Varint();
                Bytes = _rest[..length];
                _rest = _rest[length..];
                break;
            default:
                throw new InvalidDataException($"Field {Field} has a wire type that the protocol does not use.");
        }
        return true;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int i = 0; ; i++)
        {
            byte b = _rest[i];
            value |= (ulong)(b & 0x7F) << (7 * i);
            if (b < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }
    }
}
