using System.Security.Cryptography;
using System.Text;
using Exchange.Spelling;

namespace Exchange.Auth;

/// <summary>Names of people who sign in: those they choose here, and those that an issuer gives them.</summary>
internal static class DisplayNames
{
    /// <summary>The longest name, in Unicode code points, which is close to what people count.</summary>
    public const int LengthMax = 40;

    /// <summary>A sentence that says what is wrong with a chosen name; null: nothing is wrong.</summary>
    /// <param name="name">The name.</param>
    /// <param name="maySpeakForExchange">May it be "Admin" and the like?</param>
    public static string? Problem(string name, bool maySpeakForExchange) =>
        ProblemOfLength(name) ?? Names.Problem("name", name) ?? (maySpeakForExchange ? null : ReservedNames.Problem("name", name));

    /// <summary>
    /// Whether somebody may have signed up under it once, by whatever rules there were: then it is worth a look. Bounds the work that follows.
    /// </summary>
    public static bool IsPossible(string name) => ProblemOfLength(name) is null;

    /// <summary>A name from elsewhere made fit to show: unseen characters out, ends trimmed, cut to length. Null when nothing is left.</summary>
    public static string? Clean(string? name)
    {
        if (name is null)
            return null;
        var clean = new StringBuilder();
        var length = 0;
        // Lone surrogates are enumerated as U+FFFD, so what comes out is well-formed.
        foreach (var rune in name.Trim().EnumerateRunes())
        {
            if (Names.IsUnseen(rune))
                continue;
            if (++length > LengthMax)
                break;
            clean.Append(rune.ToString());
        }
        var result = clean.ToString().Trim();
        return result.Length == 0 ? null : result;
    }

    /// <summary>A stand-in for someone whose token carries no name: the same each time, and says nothing about them.</summary>
    public static string MadeUp(string issuer, string subject)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{subject}"));
        return "user-" + Convert.ToHexStringLower(hash.AsSpan(0, 4));
    }

    // The first look at the length bounds the work of counting.
    private static string? ProblemOfLength(string name) =>
        name.Length == 0 || name.Length > 2 * LengthMax || name.EnumerateRunes().Count() > LengthMax
            ? $"name must have 1 to {LengthMax} characters."
            : null;
}
