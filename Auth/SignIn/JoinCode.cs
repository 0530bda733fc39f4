using System.Security.Cryptography;
using System.Text;

namespace Exchange.Auth;

/// <summary>A code for a whole class: shown on a screen, typed into phones, good until it is replaced.</summary>
internal static class JoinCode
{
    // Without letters and digits that look or sound like another.
    private const string Alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    // 31^8 is 850 thousand million: at 60 tries a minute nobody finds it.
    private const int Length = 8;

    /// <summary>Such as K7MP-2XQ9.</summary>
    public static string Make() => RandomNumberGenerator.GetString(Alphabet, Length).Insert(Length / 2, "-");

    /// <summary>Whether it is the code, however it was typed.</summary>
    public static bool Matches(string code, string? typed) =>
        typed is { Length: <= 64 } && CryptographicOperations.FixedTimeEquals(Plain(code), Plain(typed));

    private static byte[] Plain(string code) =>
        Encoding.UTF8.GetBytes(string.Concat(code.Where(c => c != '-' && !char.IsWhiteSpace(c))).ToUpperInvariant());
}
