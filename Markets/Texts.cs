using System.Globalization;
using System.Text;

namespace Exchange.Markets;

/// <summary>What may stand in a name or a description that others will read.</summary>
internal static class Texts
{
    /// <summary>Says what is wrong with a text, or null.</summary>
    /// <param name="field">Its name, for the sentence.</param>
    /// <param name="text">The text.</param>
    /// <param name="minLength">Least characters.</param>
    /// <param name="maxLength">Most characters.</param>
    /// <param name="multiline">Whether line breaks may stand in it.</param>
    public static string? Problem(string field, string text, int minLength, int maxLength, bool multiline)
    {
        if (text.Length < minLength || text.Length > maxLength)
            return $"{field} has {text.Length:#,0} characters; {minLength:#,0} to {maxLength:#,0} are allowed.";
        if (text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])))
            return $"{field} begins or ends with a space.";
        foreach (Rune rune in text.EnumerateRunes())
        {
            // What is half a surrogate pair comes out as U+FFFD.
            bool allowed = IsPlain(Rune.GetUnicodeCategory(rune)) || (multiline && rune.Value == '\n');
            // A no-break or wide space would make a second market of what looks like the same name.
            bool looksLikeSpace = Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator && rune.Value != ' ';
            if (!allowed || looksLikeSpace || rune == Rune.ReplacementChar)
                return $"{field} holds a control, invisible or broken character (U+{rune.Value:X4}); letters, digits, punctuation and spaces are allowed.";
        }
        return null;
    }

    /// <summary>Says what is wrong with a room's slug, or null: 2 to 40 of a-z, 0-9 and single hyphens between them.</summary>
    public static string? SlugProblem(string slug)
    {
        bool good = slug.Length is >= 2 and <= 40 && slug[0] != '-' && slug[^1] != '-' && !slug.Contains("--", StringComparison.Ordinal)
            && slug.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
        return good ? null : "slug must be 2 to 40 of a-z, 0-9 and single hyphens between them.";
    }

    /// <summary>A code as it is compared: capitals, spaces and hyphens do not matter.</summary>
    public static string NormalizeCode(string code) =>
        string.Concat(code.Where(c => c is not (' ' or '-'))).ToUpperInvariant();

    /// <summary>Says what is wrong with a normalized code, or null.</summary>
    public static string? CodeProblem(string field, string code) =>
        code.Length is >= Limits.MinCodeLength and <= Limits.MaxCodeLength && code.All(char.IsAsciiLetterOrDigit)
            ? null
            : $"{field} must be {Limits.MinCodeLength} to {Limits.MaxCodeLength} letters (A-Z) and digits; spaces and hyphens do not count.";

    /// <summary>Says what is wrong with an e-mail address, or null. Whether it exists only its owner can show.</summary>
    public static string? EmailProblem(string email)
    {
        int at = email.IndexOf('@', StringComparison.Ordinal);
        bool good = email.Length is >= 3 and <= Limits.MaxEmailLength && at > 0 && at < email.Length - 1
            && email.IndexOf('@', at + 1) < 0 && !email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
        return good ? null : $"'{CleanName(email)}' is no e-mail address; it must be like ann@example.org, {Limits.MaxEmailLength} characters at most.";
    }

    /// <summary>A display name from outside made fit to show: invisible characters dropped, cut to length, never empty.</summary>
    public static string CleanName(string name)
    {
        var clean = new StringBuilder();
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > Limits.MaxUserNameLength)
                break;
            if (IsPlain(Rune.GetUnicodeCategory(rune)))
                clean.Append(rune);
        }
        string trimmed = clean.ToString().Trim();
        return trimmed.Length == 0 ? "someone" : trimmed;
    }

    /// <summary>Not a control character, nor one that is invisible or turns the direction of writing (as U+202E does).</summary>
    private static bool IsPlain(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or
        UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
