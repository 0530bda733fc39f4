using System.Text;

namespace Exchange.Spelling;

/// <summary>
/// Unicode normalization form KC: one spelling for what reads the same (full-width and half-width letters, ligatures,
/// composed and decomposed accents).
/// </summary>
/// <remarks>
/// The program runs with invariant globalization (no ICU), where <see cref="string.Normalize()"/> gives its input back
/// unchanged, so the algorithm of Unicode Annex 15 is here.
/// </remarks>
public static class Nfkc
{
    // Hangul syllables are not in the tables: they are numbered by their parts (The Unicode Standard, section 3.12).
    private const int SyllableFirst = 0xAC00, LeadFirst = 0x1100, VowelFirst = 0x1161, TailFirst = 0x11A7;
    private const int Leads = 19, Vowels = 21, Tails = 28;

    /// <summary>The text in form KC. A lone surrogate becomes U+FFFD.</summary>
    public static string Normalize(string text)
    {
        if (Ascii.IsValid(text))
            return text;

        var tables = NfkcTables.Instance;
        var codePoints = new List<int>(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
            Decompose(tables, rune.Value, codePoints);
        Order(tables, codePoints);
        Compose(tables, codePoints);

        var result = new StringBuilder(codePoints.Count);
        foreach (var codePoint in codePoints)
            result.Append(new Rune(codePoint).ToString());
        return result.ToString();
    }

    private static void Decompose(NfkcTables tables, int codePoint, List<int> into)
    {
        var syllable = codePoint - SyllableFirst;
        if (syllable is >= 0 and < Leads * Vowels * Tails)
        {
            into.Add(LeadFirst + (syllable / (Vowels * Tails)));
            into.Add(VowelFirst + (syllable % (Vowels * Tails) / Tails));
            if (syllable % Tails != 0)
                into.Add(TailFirst + (syllable % Tails));
            return;
        }
        var parts = tables.Decompose(codePoint);
        if (parts.IsEmpty)
            into.Add(codePoint);
        else
            into.AddRange(parts);
    }

    /// <summary>Puts each run of combining marks in the order of their classes, equal classes staying as they were.</summary>
    private static void Order(NfkcTables tables, List<int> codePoints)
    {
        for (var i = 1; i < codePoints.Count; i++)
        {
            var mark = codePoints[i];
            var rank = tables.CombiningClass(mark);
            if (rank == 0)
                continue;
            var at = i;
            for (; at > 0 && tables.CombiningClass(codePoints[at - 1]) > rank; at--)
                codePoints[at] = codePoints[at - 1];
            codePoints[at] = mark;
        }
    }

    private static void Compose(NfkcTables tables, List<int> codePoints)
    {
        var starter = -1;
        var kept = 0;
        var lastClass = 0;
        for (var i = 0; i < codePoints.Count; i++)
        {
            var codePoint = codePoints[i];
            var rank = tables.CombiningClass(codePoint);
            // A mark is blocked from its starter by a mark between them of the same or a higher class.
            var adjacent = starter >= 0 && kept == starter + 1;
            if (starter >= 0 && (adjacent || (rank != 0 && lastClass < rank))
                && TryPair(tables, codePoints[starter], codePoint, out var composite))
            {
                codePoints[starter] = composite;
                continue;
            }
            if (rank == 0)
                starter = kept;
            lastClass = rank;
            codePoints[kept++] = codePoint;
        }
        codePoints.RemoveRange(kept, codePoints.Count - kept);
    }

    private static bool TryPair(NfkcTables tables, int first, int second, out int composite)
    {
        int lead = first - LeadFirst, vowel = second - VowelFirst;
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
        {
            composite = SyllableFirst + (((lead * Vowels) + vowel) * Tails);
            return true;
        }
        int syllable = first - SyllableFirst, tail = second - TailFirst;
        if (syllable is >= 0 and < Leads * Vowels * Tails && syllable % Tails == 0 && tail is > 0 and < Tails)
        {
            composite = first + tail;
            return true;
        }
        return tables.TryCompose(first, second, out composite);
    }
}
