using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Exchange.Auth;

/// <summary>The common part of limits that count by address.</summary>
internal static class PerAddress
{
    /// <summary>The network of an address. A household or school has a whole /64 of IPv6 addresses, so a /64 counts as one.</summary>
    public static string Network(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    /// <summary>A bucket rather than a window: a class that exceeds it waits a second each, not all of them a minute.</summary>
    public static PartitionedRateLimiter<string> PerMinute(int times) =>
        PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new()
        {
            TokenLimit = times,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / times,
            QueueLimit = 0,
        }));

    /// <summary>When a refused one may try again.</summary>
    public static TimeSpan RetryAfter(RateLimitLease refused) =>
        refused.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);
}
