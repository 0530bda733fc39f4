using System.IO.Compression;

namespace Exchange.Spelling;

/// <summary>The Unicode tables behind <see cref="Nfkc"/>, unpacked on first use (about 200 KB).</summary>
internal sealed partial class NfkcTables
{
    private readonly int[] _decomposedFrom;
    private readonly int[] _decomposedStart;
    private readonly int[] _decomposedTo;
    private readonly Dictionary<(int First, int Second), int> _composites;
    private readonly Dictionary<int, byte> _classes;

    private NfkcTables()
    {
        using var packed = new MemoryStream(Convert.FromBase64String(Data));
        using var reader = new BinaryReader(new DeflateStream(packed, CompressionMode.Decompress));

        var count = reader.Read7BitEncodedInt();
        _decomposedFrom = new int[count];
        _decomposedStart = new int[count + 1];
        var to = new List<int>(4 * count);
        for (int i = 0, from = 0; i < count; i++)
        {
            _decomposedFrom[i] = from += reader.Read7BitEncodedInt();
            for (var length = reader.Read7BitEncodedInt(); length > 0; length--)
                to.Add(reader.Read7BitEncodedInt());
            _decomposedStart[i + 1] = to.Count;
        }
        _decomposedTo = [.. to];

        count = reader.Read7BitEncodedInt();
        _composites = new(count);
        for (; count > 0; count--)
            _composites.Add((reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt()), reader.Read7BitEncodedInt());

        count = reader.Read7BitEncodedInt();
        _classes = new(count);
        for (var at = 0; count > 0; count--)
            _classes.Add(at += reader.Read7BitEncodedInt(), (byte)reader.Read7BitEncodedInt());
    }

    public static NfkcTables Instance => Holder.Value;

    /// <summary>The full compatibility decomposition; empty when the code point stands for itself.</summary>
    public ReadOnlySpan<int> Decompose(int codePoint)
    {
        var i = Array.BinarySearch(_decomposedFrom, codePoint);
        return i < 0 ? [] : _decomposedTo.AsSpan(_decomposedStart[i].._decomposedStart[i + 1]);
    }

    public bool TryCompose(int first, int second, out int composite) =>
        _composites.TryGetValue((first, second), out composite);

    public int CombiningClass(int codePoint) => _classes.GetValueOrDefault(codePoint);

    // A nested holder, so that the tables are made when first asked for and not before.
    private static class Holder
    {
        public static readonly NfkcTables Value = new();
    }
}
