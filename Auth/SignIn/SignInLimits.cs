using System.Net;
using System.Net.Sockets;
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
        _byName = PerMinute(options.SignInsPerNamePerMinute);
        _byAddress = PerMinute(options.SignInsPerAddressPerMinute);
    }

    /// <summary>Null when it may go ahead, else how long to wait.</summary>
    public TimeSpan? CountAddress(IPAddress? address) => Count(_byAddress, Network(address));

    /// <summary>Null when it may go ahead, else how long to wait.</summary>
    public TimeSpan? CountName(string normalizedName, IPAddress? address) =>
        Count(_byName, Network(address) + "\n" + normalizedName);

    public void Dispose()
    {
        _byName.Dispose();
        _byAddress.Dispose();
    }

    // A bucket rather than a window: a class that exceeds it waits a second each, not all of them a minute.
    private static PartitionedRateLimiter<string> PerMinute(int tries) =>
        PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new()
        {
            TokenLimit = tries,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / tries,
            QueueLimit = 0,
        }));

    private static TimeSpan? Count(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        if (lease.IsAcquired)
            return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);
    }

    /// <summary>One household or school has a whole /64 of IPv6 addresses: it counts as one.</summary>
    private static string Network(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
