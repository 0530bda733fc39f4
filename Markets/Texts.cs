using System.Globalization;
using System.Text;
using Exchange.Spelling;

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
        if (ProblemOfLength(field, text, minLength, maxLength) is { } problem)
            return problem;
        if (text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])))
            return $"{field} must not begin or end with a space.";
        foreach (Rune rune in text.EnumerateRunes())
        {
            // What is half a surrogate pair comes out as U+FFFD.
            bool allowed = IsPlain(rune) || (multiline && rune.Value == '\n');
            // A no-break or wide space would make a second market of what looks like the same name.
            bool looksLikeSpace = Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator && rune.Value != ' ';
            if (!allowed || looksLikeSpace || rune == Rune.ReplacementChar)
                return $"{field} contains an invisible or invalid character (U+{rune.Value:X4}). Use letters, digits, punctuation and spaces.";
        }
        return null;
    }

    /// <summary>Says what is wrong with a name, or null.</summary>
    /// <param name="field">What it is called, for the sentence.</param>
    /// <param name="name">The name.</param>
    /// <param name="minLength">Least characters.</param>
    /// <param name="maxLength">Most characters.</param>
    public static string? NameProblem(string field, string name, int minLength, int maxLength) =>
        ProblemOfLength(field, name, minLength, maxLength) ?? Names.Problem(field, name);

    private static string? ProblemOfLength(string field, string text, int minLength, int maxLength) =>
        text.Length >= minLength && text.Length <= maxLength
            ? null
            : $"{field} has {text.Length:#,0} characters; {minLength:#,0} to {maxLength:#,0} are allowed.";

    /// <summary>Says what is wrong with a room's slug, or null: 2 to 40 of a-z, 0-9 and single hyphens between them.</summary>
    public static string? SlugProblem(string slug)
    {
        bool good = slug.Length is >= 2 and <= 40 && slug[0] != '-' && slug[^1] != '-' && !slug.Contains("--", StringComparison.Ordinal)
            && slug.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
        return good ? null : "The room's short name (slug) must have 2 to 40 characters: a-z, 0-9 and single hyphens between them.";
    }

    /// <summary>Says what is wrong with an e-mail address, or null. Whether it exists only its owner can show.</summary>
    public static string? EmailProblem(string email)
    {
        int at = email.IndexOf('@', StringComparison.Ordinal);
        bool good = email.Length is >= 3 and <= Limits.MaxEmailLength && at > 0 && at < email.Length - 1
            && email.IndexOf('@', at + 1) < 0 && !email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
        return good ? null : $"'{CleanName(email)}' is not an email address. It must look like ann@example.org and have at most {Limits.MaxEmailLength} characters.";
    }

    /// <summary>A display name from outside made fit to show: invisible characters dropped, one space for several, cut to length, never empty.</summary>
    public static string CleanName(string name)
    {
        var clean = new StringBuilder();
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > Limits.MaxUserNameLength)
                break;
            bool isSpaceAgain = rune.Value == ' ' && clean.Length > 0 && clean[^1] == ' ';
            if (IsPlain(rune) && !isSpaceAgain)
                clean.Append(rune);
        }
        string trimmed = clean.ToString().Trim();
        return trimmed.Length == 0 ? "someone" : trimmed;
    }

    /// <summary>It shows something, or has the sign before it drawn in colour.</summary>
    private static bool IsPlain(Rune rune) => !Names.IsUnseen(rune) || Names.IsColour(rune);
}
