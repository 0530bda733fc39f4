using System.Security.Cryptography;
using System.Text;
using Exchange.Spelling;

namespace Exchange.Auth;

/// <summary>A code for a whole class: shown on a screen, typed into phones, good until it is replaced.</summary>
internal static class JoinCode
{
    /// <summary>Whether it is the code, however it was typed.</summary>
    public static bool Matches(string code, string typed) =>
        typed.Length <= 64 && CryptographicOperations.FixedTimeEquals(Plain(code), Plain(typed));

    private static byte[] Plain(string code) => Encoding.UTF8.GetBytes(Codes.Normalize(code));
}
