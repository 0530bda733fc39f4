using System.Security.Cryptography;

namespace Exchange.Auth;

/// <summary>
/// A secret that makes the sign-up which carries it an admin: how a new exchange gets its first one. Good once, for a
/// limited time, and only while nobody is an admin. Thread-safe.
/// </summary>
public sealed class SetupLink
{
    private readonly ICredentialStore _credentials;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();

    private byte[]? _hash;
    private long _madeAt;
    private bool _inUse;

    internal SetupLink(ICredentialStore credentials, TimeSpan lifetime, TimeProvider time) =>
        (_credentials, _lifetime, _time) = (credentials, lifetime, time);

    /// <summary>
    /// A fresh code of 43 URL-safe characters if nobody is an admin yet, else null. It replaces any earlier one. Show it
    /// to the operator and to nobody else.
    /// </summary>
    public async ValueTask<string?> CreateAsync()
    {
        if (await _credentials.AnyAdminAsync())
            return null;
        var code = OneTimeCode.Make();
        lock (_lock)
        {
            _hash = OneTimeCode.Hash(code);
            _madeAt = _time.GetTimestamp();
            _inUse = false;
        }
        return code;
    }

    /// <summary>
    /// Takes the code for a sign-up that is about to be tried, so that two at once can't both use it. False when it is
    /// wrong, too old, used up, in use, or no longer needed.
    /// </summary>
    internal async ValueTask<bool> TryTakeAsync(string code)
    {
        if (await _credentials.AnyAdminAsync())
            return false;
        var hash = OneTimeCode.Hash(code);
        lock (_lock)
        {
            if (_inUse || _hash is null || _time.GetElapsedTime(_madeAt) >= _lifetime
                || !CryptographicOperations.FixedTimeEquals(hash, _hash))
                return false;
            _inUse = true;
            return true;
        }
    }

    /// <summary>Ends what <see cref="TryTakeAsync"/> began: the code is gone if it was used, and free again if not.</summary>
    internal void GiveBack(string code, bool used)
    {
        lock (_lock)
        {
            // A newer code may have taken its place meanwhile.
            if (_hash is null || !CryptographicOperations.FixedTimeEquals(OneTimeCode.Hash(code), _hash))
                return;
            _inUse = false;
            if (used)
                _hash = null;
        }
    }
}
