using System.Security.Cryptography;

namespace Exchange.Spelling;

/// <summary>Codes that people read from a board and type: to join, to claim money.</summary>
public static class Codes
{
    /// <summary>Letters and digits that somebody may choose at least. Shorter codes from earlier stay good.</summary>
    public const int MinLength = 6;

    /// <summary>The length from which a code can't be guessed, even with many tries.</summary>
    public const int LongLength = 8;

    /// <summary>Letters and digits at most.</summary>
    public const int MaxLength = 40;

    /// <summary>The length of a code that the exchange makes: 31^10 are 820 million million.</summary>
    public const int MadeUpLength = 10;

    // Letters and digits that look or sound like another are left out.
    private const string Alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    /// <summary>A code that nobody guesses, such as K7MP2-XQ9RT.</summary>
    public static string MakeUp() => RandomNumberGenerator.GetString(Alphabet, MadeUpLength).Insert(MadeUpLength / 2, "-");

    /// <summary>A code as it is compared: capitals, spaces and hyphens do not matter.</summary>
    public static string Normalize(string code) =>
        string.Concat(code.Where(c => c is not '-' && !char.IsWhiteSpace(c))).ToUpperInvariant();

    /// <summary>The key that counts wrong codes for a room that somebody typed. It is the same for every spelling.</summary>
    public static string RoomKey(string typed) => "slug " + typed.Trim().ToUpperInvariant();

    /// <summary>Says what is wrong with a normalized code that somebody chose, or null.</summary>
    /// <param name="field">The name of the field, for the sentence.</param>
    /// <param name="code">Normalized.</param>
    public static string? Problem(string field, string code) =>
        code.Length is >= MinLength and <= MaxLength && code.All(char.IsAsciiLetterOrDigit)
            ? null
            : $"{field} must be {MinLength} to {MaxLength} letters (A-Z) and digits, so that nobody guesses it; spaces and hyphens do not count.";
}
