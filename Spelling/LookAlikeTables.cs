using System.IO.Compression;
using System.Reflection;

namespace Exchange.Spelling;

/// <summary>Look-alikes and scripts of characters (Unicode Technical Standard 39), unpacked on first use.</summary>
internal sealed class LookAlikeTables
{
    private readonly Dictionary<int, string> _skeletons;
    private readonly int[] _firsts;
    private readonly (int Last, byte Script)[] _runs;

    private LookAlikeTables()
    {
        using Stream packed = Assembly.GetExecutingAssembly().GetManifestResourceStream("spelling/look-alikes.bin")!;
        using var reader = new BinaryReader(new DeflateStream(packed, CompressionMode.Decompress));

        int count = reader.Read7BitEncodedInt();
        _skeletons = new(count);
        Span<char> text = stackalloc char[64];
        for (int from = 0; count > 0; count--)
        {
            from += reader.Read7BitEncodedInt();
            int written = 0;
            for (int length = reader.Read7BitEncodedInt(); length > 0; length--)
                written += new System.Text.Rune(reader.Read7BitEncodedInt()).EncodeToUtf16(text[written..]);
            _skeletons.Add(from, new string(text[..written]));
        }

        count = reader.Read7BitEncodedInt();
        _firsts = new int[count];
        _runs = new (int, byte)[count];
        for (int i = 0, end = 0; i < count; i++)
        {
            _firsts[i] = end + reader.Read7BitEncodedInt();
            end = _firsts[i] + reader.Read7BitEncodedInt();
            _runs[i] = (end - 1, (byte)reader.Read7BitEncodedInt());
        }
    }

    public static LookAlikeTables Instance => Holder.Value;

    /// <summary>The characters that the code point looks like; null: only itself.</summary>
    public string? SkeletonOf(int codePoint) => _skeletons.GetValueOrDefault(codePoint);

    /// <summary>ICU's number of the script; 0 for what all scripts share.</summary>
    public byte ScriptOf(int codePoint)
    {
        int i = Array.BinarySearch(_firsts, codePoint);
        if (i < 0)
            i = ~i - 1;
        return i >= 0 && codePoint <= _runs[i].Last ? _runs[i].Script : (byte)0;
    }

    // A nested holder, so that the tables are made when first asked for and not before.
    private static class Holder
    {
        public static readonly LookAlikeTables Value = new();
    }
}
