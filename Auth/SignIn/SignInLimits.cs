using System.Net;
using System.Threading.RateLimiting;

namespace Exchange.Auth;

/// <summary>
/// How often anyone may try: for one name against guessing one person's password, per address against guessing everyone's.
/// A name is counted for each address by itself, or anybody could lock its owner out by guessing wrong.
/// </summary>
/// <remarks>Limiters of names and addresses not seen for a while are dropped by the library, so memory stays bounded.</remarks>
internal sealed class SignInLimits : IDisposable
{
    private readonly PartitionedRateLimiter<string> _byName;
    private readonly PartitionedRateLimiter<string> _byAddress;

    public SignInLimits(AuthOptions options)
    {
        _byName = PerAddress.PerMinute(options.SignInsPerNamePerMinute);
        _byAddress = PerAddress.PerMinute(options.SignInsPerAddressPerMinute);
    }

    /// <summary>Null when it may go ahead, else how long to wait.</summary>
    public TimeSpan? CountAddress(IPAddress? address) => Count(_byAddress, PerAddress.Network(address));

    /// <summary>Null when it may go ahead, else how long to wait.</summary>
    public TimeSpan? CountName(string normalizedName, IPAddress? address) =>
        Count(_byName, PerAddress.Network(address) + "\n" + normalizedName);

    public void Dispose()
    {
        _byName.Dispose();
        _byAddress.Dispose();
    }

    private static TimeSpan? Count(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        if (lease.IsAcquired)
            return null;
        return PerAddress.RetryAfter(lease);
    }
}
