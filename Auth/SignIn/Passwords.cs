using System.Buffers.Binary;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Exchange.Auth;

/// <summary>
/// Hashes passwords, one at a time: however many sign in at once, the market thread keeps a core. Who finds the queue
/// full is told so at once.
/// </summary>
internal sealed class Passwords : IDisposable
{
    /// <summary>NIST SP 800-63B asks for 8 at least; the upper bound keeps the request small.</summary>
    public const int LengthMin = 8, LengthMax = 128;

    private readonly PasswordHasher<Passwords> _hasher;
    private readonly SemaphoreSlim _one = new(1);
    private readonly int _inLineMax;
    private readonly string _nobodys;
    private int _inLine;

    public Passwords(int iterations, int queueLimit)
    {
        // Identity's third format is PBKDF2-HMAC-SHA512 with a salt of 128 bits.
        _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));
        _inLineMax = queueLimit + 1;
        _nobodys = Nobodys(iterations);
    }

    /// <summary>What is wrong with a new password, as a sentence; null when it will do.</summary>
    public static string? Problem(string password) => password.Length is < LengthMin or > LengthMax
        ? $"password must have {LengthMin} to {LengthMax} characters."
        : null;

    /// <summary>The hash to keep; null when too many wait.</summary>
    public Task<string?> HashAsync(string password, CancellationToken cancellation) =>
        InLineAsync<string?>(() => _hasher.HashPassword(this, Plain(password)), null, cancellation);

    /// <summary>
    /// Whether the password is the one that was hashed; null when too many wait. Without a hash the answer is no, after
    /// the same work, so that the time taken doesn't tell which names exist.
    /// </summary>
    public Task<bool?> VerifyAsync(string? hash, string password, CancellationToken cancellation) =>
        InLineAsync<bool?>(
            () => _hasher.VerifyHashedPassword(this, hash ?? _nobodys, Plain(password)) != PasswordVerificationResult.Failed
                && hash is not null,
            null,
            cancellation);

    public void Dispose() => _one.Dispose();

    private async Task<T> InLineAsync<T>(Func<T> work, T refused, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _inLine) > _inLineMax)
        {
            Interlocked.Decrement(ref _inLine);
            return refused;
        }
        try
        {
            await _one.WaitAsync(cancellation);
            try
            {
                // Off the caller's thread, which may be one that serves sockets.
                return await Task.Run(work, CancellationToken.None);
            }
            finally
            {
                _one.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inLine);
        }
    }

    // The same password typed on another system may come as other code points.
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
