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

    /// <summary>What is kept of a code: it has one length to compare, and nothing to find in a memory dump or a database.</summary>
    public static byte[] Hash(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}
