using System.Buffers.Binary;
using Exchange.Spelling;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Exchange.Auth;

/// <summary>
/// Hashes passwords, one at a time: however many sign in at once, the market thread keeps a core. Who finds no place in the line is told
/// so at once.
/// </summary>
internal sealed class Passwords
{
    /// <summary>NIST SP 800-63B asks for 8 at least; the upper bound keeps the request small.</summary>
    public const int LengthMin = 8, LengthMax = 128;

    private readonly PasswordHasher<Passwords> _hasher;
    private readonly FairLine _line;
    private readonly string _nobodys;

    public Passwords(int iterations, int queueLimit)
    {
        // Identity's third format is PBKDF2-HMAC-SHA512 with a salt of 128 bits.
        _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));
        _line = new FairLine(queueLimit);
        _nobodys = Nobodys(iterations);
    }

    /// <summary>A sentence that says what is wrong with a new password; null: nothing is wrong.</summary>
    /// <param name="password">The password as it was typed.</param>
    /// <param name="name">The name of the user.</param>
    public static string? Problem(string password, string name) => IsPossible(password)
        ? CommonPasswords.Problem(Plain(password), name)
        : $"password must have {LengthMin} to {LengthMax} characters.";

    /// <summary>Whether it could be somebody's password.</summary>
    public static bool IsPossible(string password) => password.Length is >= LengthMin and <= LengthMax;

    /// <summary>The hash to keep; null when too many wait.</summary>
    /// <param name="password">A good one.</param>
    /// <param name="party">The party whose turn it uses: an address.</param>
    /// <param name="cancellation">Gives up while waiting.</param>
    public Task<string?> HashAsync(string password, string party, CancellationToken cancellation) =>
        _line.RunAsync<string?>(party, () => _hasher.HashPassword(this, Plain(password)), null, cancellation);

    /// <summary>
    /// Whether the password is the one that was hashed; null when too many wait, or when it is not to be looked at any more once its turn
    /// has come. Without a hash the answer is no, after the same work, so that the time taken doesn't tell which names exist.
    /// </summary>
    /// <param name="hash">The stored hash; null: nobody has the name.</param>
    /// <param name="password">The password as it was typed.</param>
    /// <param name="party">The party whose turn it uses: an address.</param>
    /// <param name="mayTry">Called when the turn has come. Only one password is checked at a time, so its counts are exact.</param>
    /// <param name="tried">Called with the result before the next turn.</param>
    /// <param name="cancellation">Gives up while waiting.</param>
    public Task<bool?> VerifyAsync(
        string? hash, string password, string party, Func<bool> mayTry, Action<bool> tried, CancellationToken cancellation)
    {
        return _line.RunAsync<bool?>(party, Verify, null, cancellation);

        bool? Verify()
        {
            if (!mayTry())
                return null;
            bool isRight = _hasher.VerifyHashedPassword(this, hash ?? _nobodys, Plain(password)) != PasswordVerificationResult.Failed
                && hash is not null;
            tried(isRight);
            return isRight;
        }
    }

    // The same password may have other code points when it is typed on another system.
    private static string Plain(string password) => Nfkc.Normalize(password);

    /// <summary>
    /// A hash in the hasher's format that no password has: format 1, function 2 (HMAC-SHA512), iterations, salt length,
    /// salt, 256 bits. Put together rather than computed, which would take as long as a sign-in.
    /// </summary>
    private static string Nobodys(int iterations)
    {
        const int SaltBytes = 16, KeyBytes = 32;
        var bytes = new byte[1 + 4 + 4 + 4 + SaltBytes + KeyBytes];
        bytes[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), 2);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(5), iterations);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(9), SaltBytes);
        return Convert.ToBase64String(bytes);
    }
}
