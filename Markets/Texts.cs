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
