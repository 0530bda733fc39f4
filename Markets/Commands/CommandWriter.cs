using System.Buffers;
using System.Text;

namespace Exchange.Markets;

/// <summary>Writes the parts of a command: numbers in as few bytes as they need, texts and lists with their length before them.</summary>
internal readonly struct CommandWriter(IBufferWriter<byte> output)
{
    public void Byte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>Small numbers take one byte, whatever their sign: the sign goes into the lowest bit.</summary>
    public void Number(long value) => Unsigned((ulong)(value << 1 ^ value >> 63));

    public void Unsigned(ulong value)
    {
        Span<byte> span = output.GetSpan(10);
        int length = 0;
        for (; value > 0x7f; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        output.Advance(length);
    }

    /// <summary>Whether there is a number, then the number.</summary>
    public void Optional(long? value)
    {
        Flag(value is not null);
        if (value is { } number)
            Number(number);
    }

    public void Optional(bool? value) => Byte(value switch { null => 0, false => 1, true => 2 });

    public void Text(string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        Unsigned((ulong)length);
        Encoding.UTF8.GetBytes(value, output.GetSpan(length));
        output.Advance(length);
    }

    public void Optional(string? value)
    {
        Flag(value is not null);
        if (value is not null)
            Text(value);
    }

    public void List<T>(IReadOnlyCollection<T> items, Action<CommandWriter, T> write)
    {
        Unsigned((ulong)items.Count);
        foreach (T item in items)
            write(this, item);
    }

    public void Numbers(IReadOnlyCollection<long> numbers) => List(numbers, static (to, n) => to.Number(n));

    public void Texts(IReadOnlyCollection<string> texts) => List(texts, static (to, t) => to.Text(t));
}
