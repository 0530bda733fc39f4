using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Exchange.Auth;

/// <summary>
/// The cookie that proves that somebody signed in with a browser before: wrong passwords that others try for the same name don't make it
/// wait. It opens nothing by itself.
/// </summary>
/// <remarks>
/// For each name one mark: the credential's id, when it ends, a random number that its tries are counted by, and a MAC. A browser that
/// several people use keeps the marks of the last few.
/// </remarks>
internal sealed class KnownBrowsers(byte[] key, TimeProvider time)
{
    private const int IdBytes = 8, TimeBytes = 8, NumberBytes = 16, MacBytes = 16;
    private const int SignedBytes = IdBytes + TimeBytes + NumberBytes, MarkBytes = SignedBytes + MacBytes;
    private const int MarksMax = 8;
    private const char Between = '.';

    // Longer than any that we make, and short enough to look at for everybody.
    private const int LengthMax = MarksMax * 80;

    /// <summary>How long a mark is good after the last sign-in.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    private readonly record struct Mark(byte[] Bytes)
    {
        public long CredentialId => BinaryPrimitives.ReadInt64BigEndian(Bytes);

        public DateTimeOffset ExpiresAt => DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(Bytes.AsSpan(IdBytes)));

        public ReadOnlySpan<byte> Number => Bytes.AsSpan(IdBytes + TimeBytes, NumberBytes);
    }

    /// <summary>The key that counts the tries of a browser with which this user has signed in; null: they have not.</summary>
    /// <param name="kept">The cookie of the browser.</param>
    /// <param name="credentialId">Whose name is given.</param>
    public string? Find(string? kept, long credentialId)
    {
        foreach (Mark mark in Read(kept))
        {
            if (mark.CredentialId == credentialId)
                return Convert.ToHexString(mark.Number);
        }
        return null;
    }

    /// <summary>The new cookie for the browser.</summary>
    /// <param name="kept">The cookie so far.</param>
    /// <param name="credentialId">The credential that has just signed in with the browser.</param>
    public string Add(string? kept, long credentialId)
    {
        List<Mark> marks = Read(kept);
        // The number stays, or each sign-in would give a guesser new tries.
        Mark known = marks.Find(m => m.CredentialId == credentialId);
        byte[] number = known.Bytes is null ? RandomNumberGenerator.GetBytes(NumberBytes) : known.Number.ToArray();
        IEnumerable<Mark> others = marks.Where(m => m.CredentialId != credentialId).Take(MarksMax - 1);
        return string.Join(Between, others.Prepend(Make(credentialId, number)).Select(m => Base64UrlEncoder.Encode(m.Bytes)));
    }

    private Mark Make(long credentialId, byte[] number)
    {
        var bytes = new byte[MarkBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, credentialId);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(IdBytes), (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        number.CopyTo(bytes.AsSpan(IdBytes + TimeBytes));
        Mac(bytes).CopyTo(bytes.AsSpan(SignedBytes));
        return new Mark(bytes);
    }

    private List<Mark> Read(string? kept)
    {
        var marks = new List<Mark>();
        if (kept is null || kept.Length > LengthMax)
            return marks;
        foreach (string text in kept.Split(Between))
        {
            if (TryRead(text, out Mark mark) && mark.ExpiresAt > time.GetUtcNow())
                marks.Add(mark);
        }
        return marks;
    }

    private bool TryRead(string text, out Mark mark)
    {
        mark = default;
        byte[] bytes;
        try
        {
            bytes = Base64UrlEncoder.DecodeBytes(text);
        }
        catch (FormatException)
        {
            return false;
        }
        // Only a mark that was made here has a time that can be read.
        if (bytes.Length != MarkBytes || !CryptographicOperations.FixedTimeEquals(bytes.AsSpan(SignedBytes), Mac(bytes)))
            return false;
        mark = new Mark(bytes);
        return true;
    }

    private byte[] Mac(byte[] mark) => HMACSHA256.HashData(key, mark.AsSpan(0, SignedBytes))[..MacBytes];
}
