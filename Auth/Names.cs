using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Exchange.Auth;

/// <summary>What may be a name, and when two spellings are the same one.</summary>
public static class Names
{
    /// <summary>In characters as people count them closely enough: Unicode code points.</summary>
    public const int LengthMax = 40;

    /// <summary>What is wrong with the name, as a sentence for who typed it; null when it is good.</summary>
    public static string? Problem(string name)
    {
        // The first look at the length bounds the work below.
        if (name.Length == 0 || name.Length > 2 * LengthMax || Length(name) > LengthMax)
            return $"name must have 1 to {LengthMax} characters.";
        if (!IsWellFormed(name) || name.EnumerateRunes().Any(IsUnseen))
            return "name must not contain control, invisible or direction-changing characters.";
        var plain = Nfkc.Normalize(name);
        if (plain.EnumerateRunes().Any(IsUnseen) || plain.Length > 4 * LengthMax)
            return "name must not contain control, invisible or direction-changing characters.";
        // Checked on the normal form too: a no-break or ideographic space becomes a plain one there.
        if (char.IsWhiteSpace(name[0]) || char.IsWhiteSpace(name[^1]) || plain != plain.Trim())
            return "name must not begin or end with a space.";
        return null;
    }

    /// <summary>The same for every spelling that should count as the same name; unique in the store.</summary>
    public static string Normalize(string name)
    {
        // Upper case can undo the normal form in a few scripts; a second round settles it.
        var once = Nfkc.Normalize(name).ToUpperInvariant();
        return Nfkc.Normalize(once).ToUpperInvariant();
    }

    /// <summary>A name from elsewhere made fit to show: unseen characters out, ends trimmed, cut to length. Null when nothing is left.</summary>
    internal static string? Clean(string? name)
    {
        if (name is null)
            return null;
        var clean = new StringBuilder();
        var length = 0;
        // Lone surrogates are enumerated as U+FFFD, so what comes out is well-formed.
        foreach (var rune in name.Trim().EnumerateRunes())
        {
            if (IsUnseen(rune))
                continue;
            if (++length > LengthMax)
                break;
            clean.Append(rune.ToString());
        }
        var result = clean.ToString().Trim();
        return result.Length == 0 ? null : result;
    }

    /// <summary>A stand-in for someone whose token carries no name: the same each time, and says nothing about them.</summary>
    internal static string MadeUp(string issuer, string subject)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{subject}"));
        return "user-" + Convert.ToHexStringLower(hash.AsSpan(0, 4));
    }

    private static int Length(string text) => text.EnumerateRunes().Count();

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }
        return true;
    }

    /// <summary>Controls, bidirectional overrides, zero-width and unassigned characters, line separators, private use.</summary>
    private static bool IsUnseen(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned
        // Fillers that are letters by category and yet show nothing; U+2800 is the empty Braille pattern.
        || rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or 0x034F or (>= 0xFE00 and <= 0xFE0F);
}
