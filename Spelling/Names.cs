using System.Buffers;
using System.Globalization;
using System.Text;

namespace Exchange.Spelling;

/// <summary>
/// The rule for names: which are allowed, and when two are the same or look the same. It is one rule for users, accounts, markets, rooms, labels and keys.
/// </summary>
public static class Names
{
    // ICU's numbers. Chinese, Japanese and Korean are written in several scripts at once, and with Latin letters among them.
    private const byte Bopomofo = 5, Han = 17, Hangul = 18, Hiragana = 20, Katakana = 22;

    private static readonly SearchValues<char> s_asciiThatLooks = SearchValues.Create("\"%01I`m|");

    /// <summary>A sentence that says what is wrong with a name; null: nothing is wrong. The caller checks its length.</summary>
    /// <param name="field">The name of the field, for the sentence.</param>
    /// <param name="name">The name.</param>
    public static string? Problem(string field, string name)
    {
        if (UnseenIn(name) is { } unseen)
            return $"{field} must not contain control, invisible, direction-changing or broken characters (U+{unseen:X4}); letters, digits, punctuation and spaces are allowed.";
        if (name.Length > 0 && (char.IsWhiteSpace(name[0]) || char.IsWhiteSpace(name[^1])))
            return $"{field} must not begin or end with a space.";
        if (name.Contains("  ", StringComparison.Ordinal))
            return $"{field} must not contain two spaces in a row; one is enough.";
        return Ascii.IsValid(name) ? null : ProblemOfLetters(field, name);
    }

    /// <summary>A text that is the same for every spelling of a name: capitals, composed and decomposed accents, wide letters.</summary>
    public static string Normalize(string name)
    {
        // Upper case can undo the normal form in a few scripts; a second round settles it.
        var once = Nfkc.Normalize(name).ToUpperInvariant();
        return Nfkc.Normalize(once).ToUpperInvariant();
    }

    /// <summary>Two names are the same, or could be mistaken for one another, if they have a key in common.</summary>
    public static string[] Keys(string name)
    {
        // First by letter, whatever the capitals. Then by look: capitals count, and I, l and 1 are one.
        string plain = Tidy(Nfkc.Normalize(name));
        string same = Normalize(plain), seen = "looks " + Look(plain, withAscii: true);
        if (Ascii.IsValid(plain))
            return [same, seen];
        string read = Look(plain, withAscii: false).ToUpperInvariant();
        return read == same ? [same, seen] : [same, read, seen];
    }

    /// <summary>Whether a name could be mistaken for another.</summary>
    public static bool AreAlike(string one, string other) => Keys(one).Intersect(Keys(other), StringComparer.Ordinal).Any();

    /// <summary>A control, an unassigned character, or one that shows nothing or turns the direction of writing (as U+202E does).</summary>
    public static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        // Fillers that are letters by category and yet show nothing; U+2800 is the empty Braille pattern, U+FFFD what was broken.
        || rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or 0x034F or (>= 0xFE00 and <= 0xFE0F) or 0xFFFD;

    /// <summary>The first code point that does not belong in a name; null: none.</summary>
    private static int? UnseenIn(string name)
    {
        // Some characters turn into others in the normal form.
        return FirstUnseen(name) ?? (Ascii.IsValid(name) ? null : FirstUnseen(Nfkc.Normalize(name)));

        static int? FirstUnseen(string text)
        {
            Rune before = new('A');
            foreach (Rune rune in text.EnumerateRunes())
            {
                // Keyboards put it behind a sign to have it drawn in colour.
                bool isSignInColour = IsColour(rune) && !Rune.IsLetter(before);
                if (IsUnseen(rune) && !isSignInColour)
                    return rune.Value;
                before = rune;
            }
            return null;
        }
    }

    /// <summary>Says whether the sign before it is drawn in colour or as text.</summary>
    public static bool IsColour(Rune rune) => rune.Value is 0xFE0E or 0xFE0F;

    private static string? ProblemOfLetters(string field, string name)
    {
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (rune.Value != ' ' && Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator)
                return $"{field} must not contain a space of another width (U+{rune.Value:X4}); use the ordinary one.";
        }
        var word = new List<Rune>();
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || IsMark(rune))
                word.Add(rune);
            else if (ProblemOfWord(field, word) is { } problem)
                return problem;
            else
                word.Clear();
        }
        return ProblemOfWord(field, word);
    }

    /// <summary>A word of two alphabets is good (2π, Δx) unless a letter of one looks like one of the other.</summary>
    private static string? ProblemOfWord(string field, List<Rune> word)
    {
        LookAlikeTables tables = LookAlikeTables.Instance;
        byte[] scripts = [.. word.Select(r => tables.ScriptOf(r.Value)).Where(s => s != 0).Distinct()];
        if (scripts.Count(s => s is not (Bopomofo or Han or Hangul or Hiragana or Katakana)) < 2)
            return null;
        foreach (Rune rune in word)
        {
            byte script = tables.ScriptOf(rune.Value);
            if (script == 0 || tables.SkeletonOf(rune.Value) is not { } skeleton)
                continue;
            byte other = tables.ScriptOf(Rune.GetRuneAt(skeleton, 0).Value);
            if (other != 0 && other != script && scripts.Contains(other))
                return $"{field} mixes two alphabets in one word: its '{rune}' (U+{rune.Value:X4}) is not the '{skeleton}' that it looks like. Write the word in one alphabet.";
        }
        return null;
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>The name with single spaces, none at the ends, and signs without their colour.</summary>
    private static string Tidy(string plain)
    {
        if (plain.AsSpan().IndexOfAny('\uFE0E', '\uFE0F') >= 0)
            plain = string.Concat(plain.Where(c => c is not ('\uFE0E' or '\uFE0F')));
        return plain.Contains("  ", StringComparison.Ordinal)
            ? string.Join(' ', plain.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            : plain.Trim();
    }

    /// <summary>A name in normal form with each character replaced by the one it looks like.</summary>
    private static string Look(string plain, bool withAscii)
    {
        if (Ascii.IsValid(plain))
            return withAscii ? LookOfAscii(plain) : plain;
        LookAlikeTables tables = LookAlikeTables.Instance;
        var look = new StringBuilder(plain.Length + 8);
        foreach (Rune rune in plain.EnumerateRunes())
        {
            if (!rune.IsAscii || withAscii)
                look.Append(tables.SkeletonOf(rune.Value) ?? rune.ToString());
            else
                look.Append((char)rune.Value);
        }
        return Nfkc.Normalize(look.ToString());
    }

    /// <summary>Gives the same answer as the tables, without unpacking them.</summary>
    private static string LookOfAscii(string plain)
    {
        if (!plain.AsSpan().ContainsAny(s_asciiThatLooks))
            return plain;
        var look = new StringBuilder(plain.Length + 8);
        foreach (char c in plain)
        {
            _ = c switch
            {
                '"' => look.Append("''"),
                '%' => look.Append("o/0"),
                '0' => look.Append('O'),
                '1' or 'I' or '|' => look.Append('l'),
                '`' => look.Append('\''),
                'm' => look.Append("rn"),
                _ => look.Append(c),
            };
        }
        return look.ToString();
    }
}
