using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Exchange.Auth;

/// <summary>Secrets that are handed out to be used once.</summary>
internal static class OneTimeCode
{
    private const int Bytes = 256 / 8;

    /// <summary>43 URL-safe characters that nobody can guess.</summary>
    public static string Make() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The hash of a code, which is stored instead of it. All have one length to compare, and a memory dump or database does not show the code.</summary>
    public static byte[] Hash(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}
