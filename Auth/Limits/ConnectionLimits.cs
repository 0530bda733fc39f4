using System.Net;
using System.Threading.RateLimiting;

namespace Exchange.Auth;

/// <summary>
/// How many connections an address may open, and how many of them may be unauthenticated at a time. Those that have said
/// who they are don't count: a school is many people behind one address.
/// </summary>
public sealed class ConnectionLimits : IDisposable
{
    // A refused connection may try again as soon as one of these has signed in or was closed.
    private static readonly TimeSpan UnauthenticatedRetryAfter = TimeSpan.FromSeconds(5);

    private readonly PartitionedRateLimiter<string> _opened;
    private readonly PartitionedRateLimiter<string> _unauthenticated;

    internal ConnectionLimits(AuthOptions options)
    {
        _opened = PerAddress.PerMinute(options.ConnectionsPerAddressPerMinute);
        _unauthenticated = PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetConcurrencyLimiter(
            key, _ => new() { PermitLimit = options.UnauthenticatedPerAddress, QueueLimit = 0 }));
    }

    /// <summary>
    /// A place among the unauthenticated, to be disposed of when the connection has said who it is or has ended; or null,
    /// and how long to wait.
    /// </summary>
    public IDisposable? TryEnter(IPAddress? address, out TimeSpan retryAfter)
    {
        var network = PerAddress.Network(address);
        retryAfter = UnauthenticatedRetryAfter;
        var place = _unauthenticated.AttemptAcquire(network);
        if (!place.IsAcquired)
            return null;
        using var opened = _opened.AttemptAcquire(network);
        if (opened.IsAcquired)
            return place;
        retryAfter = PerAddress.RetryAfter(opened);
        place.Dispose();
        return null;
    }

    /// <summary>Frees what the limits hold.</summary>
    public void Dispose()
    {
        _opened.Dispose();
        _unauthenticated.Dispose();
    }
}
