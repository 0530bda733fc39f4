using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Exchange.Spelling;

namespace Exchange.Auth;

/// <summary>Passwords that are tried first: those that most people have, and those that follow from who one is and where.</summary>
internal static class CommonPasswords
{
    // The format is that of generate_common_passwords.mjs.
    private const int HashBytes = 5;

    // A name of fewer letters is in too many passwords to say anything.
    private const int NameLengthMin = 3;

    private const string ServiceName = "exchange";

    /// <summary>A sentence that says what is wrong with a new password that is long enough; null: nothing is wrong.</summary>
    /// <param name="password">The password in normalization form KC.</param>
    /// <param name="name">The name of the user.</param>
    public static string? Problem(string password, string name)
    {
        string lower = password.ToLowerInvariant();
        string core = Core(lower), nameCore = Core(Nfkc.Normalize(name).ToLowerInvariant());
        if (IsCommon(lower) || IsCommon(core) || s_usualWords.Contains(core) || IsRow(lower))
            return "password is one of the most common passwords. Choose another; a few unrelated words are good.";
        if (nameCore.Length >= NameLengthMin && (core == nameCore || core == nameCore + nameCore))
            return "password is too much like the name. Choose another; a few unrelated words are good.";
        return core is ServiceName or (ServiceName + ServiceName)
            ? "password is too much like the name of this program. Choose another; a few unrelated words are good."
            : null;
    }

    /// <summary>Whether the password is on the list. The list is searched in the executable, so nothing is loaded at a start.</summary>
    private static bool IsCommon(string lower)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(lower), hash);
        hash = hash[..HashBytes];
        using Stream list = Assembly.GetExecutingAssembly().GetManifestResourceStream("passwords/common.bin")!;
        Span<byte> at = stackalloc byte[HashBytes];
        long low = 0, high = (list.Length / HashBytes) - 1;
        while (low <= high)
        {
            long middle = (low + high) / 2;
            list.Position = middle * HashBytes;
            list.ReadExactly(at);
            int order = at.SequenceCompareTo(hash);
            if (order == 0)
                return true;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return false;
    }

    /// <summary>Whether the password repeats one character, or each character is one step from the one before: aaaaaaaa, 23456789, hgfedcba.</summary>
    private static bool IsRow(string lower)
    {
        int step = lower[1] - lower[0];
        if (step is < -1 or > 1)
            return false;
        for (int i = 2; i < lower.Length; i++)
        {
            if (lower[i] - lower[i - 1] != step)
                return false;
        }
        return true;
    }

    /// <summary>Letters, and digits between them: what is left of Ann-2026! is ann.</summary>
    private static string Core(string lower) => string.Concat(lower.Where(char.IsLetterOrDigit)).Trim(s_digits);

    // Too short for the list, or of those who run servers; usual with digits behind them.
    private static readonly string[] s_usualWords =
        ["admin", "administrator", "changeme", "default", "dragon", "letmein", "login", "master", "monkey", "password", "passw0rd", "qwerty", "qwertz", "root",
         "secret", "student", "teacher", "test", "trading", "welcome"];

    private static readonly char[] s_digits = [.. "0123456789"];
}
