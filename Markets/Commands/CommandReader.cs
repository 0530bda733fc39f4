using System.Text;

namespace Exchange.Markets;

/// <summary>Reads the parts of a command that <see cref="CommandWriter"/> wrote.</summary>
/// <exception cref="InvalidDataException">All methods: the bytes are not those of a command.</exception>
internal ref struct CommandReader(ReadOnlySpan<byte> input)
{
    private ReadOnlySpan<byte> _rest = input;

    public delegate T Item<T>(ref CommandReader from);

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte()
    {
        if (_rest.IsEmpty)
            throw new InvalidDataException("The bytes of a command end before it does.");
        byte value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public bool Flag() => Byte() switch
    {
        0 => false,
        1 => true,
        var other => throw new InvalidDataException($"A flag of a command is 0 or 1; it is {other}."),
    };

    public long Number()
    {
        ulong value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ulong Unsigned()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = Byte();
            value |= (ulong)(part & 0x7f) << shift;
            if (part <= 0x7f)
                return value;
        }
        throw new InvalidDataException("A number of a command has more than 64 bits.");
    }

    public int Int()
    {
        long value = Number();
        return value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new InvalidDataException($"A number of a command must have at most 32 bits; it is {value}.");
    }

    public long? OptionalNumber() => Flag() ? Number() : null;

    public int? OptionalInt() => Flag() ? Int() : null;

    public bool? OptionalFlag() => Byte() switch
    {
        0 => null,
        1 => false,
        2 => true,
        var other => throw new InvalidDataException($"A flag of a command that may be absent is 0 to 2; it is {other}."),
    };

    public string Text()
    {
        int length = Count();
        string text = Encoding.UTF8.GetString(_rest[..length]);
        _rest = _rest[length..];
        return text;
    }

    public string? OptionalText() => Flag() ? Text() : null;

    public T[] List<T>(Item<T> read)
    {
        var items = new T[Count()];
        for (int i = 0; i < items.Length; i++)
            items[i] = read(ref this);
        return items;
    }

    public long[] Numbers() => List(static (ref CommandReader from) => from.Number());

    public string[] Texts() => List(static (ref CommandReader from) => from.Text());

    /// <summary>A length. Each item takes one byte at least, so a damaged length can't ask for more items than there are bytes.</summary>
    private int Count()
    {
        ulong count = Unsigned();
        return count <= (ulong)_rest.Length
            ? (int)count
            : throw new InvalidDataException($"A list or text of a command has {count} items; {_rest.Length} bytes are left.");
    }
}
