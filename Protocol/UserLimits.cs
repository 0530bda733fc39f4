using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Exchange.Markets;

namespace Exchange.Protocol;

/// <summary>
/// How often each user may ask for what, over all of their connections: one user's bot can't take the exchange from the others.
/// Elevated admins of the server may ask ten times as often (of a room of their own, anyone may be admin).
/// </summary>
public sealed class UserLimits(ProtocolOptions options)
{
    private const int ElevatedTimes = 10;

    /// <summary>What a bucket of an active user is kept for; others are dropped when there are many.</summary>
    private const int ManyUsers = 10_000;

    private readonly ConcurrentDictionary<(long UserId, bool Elevated), Buckets> _users = new();

    private enum What
    {
        Order,
        Change,
        Query,
        Free,
    }

    private sealed record Buckets(TokenBucketRateLimiter Orders, TokenBucketRateLimiter Changes, TokenBucketRateLimiter Queries);

    /// <summary>A request was one too many.</summary>
    public readonly record struct TooOften(string Sentence, uint RetryAfterMs);

    /// <summary>Counts a command, or says that it is one too many: then it must not be given.</summary>
    /// <param name="isServerAdmin">Of the user.</param>
    public TooOften? Exceeded(in Command command, bool isServerAdmin)
    {
        What what = KindOf(command.Kind);
        if (what == What.Free)
            return null;
        bool elevated = command.Elevated && isServerAdmin;
        Buckets buckets = BucketsOf(command.UserId, elevated);
        int times = elevated ? ElevatedTimes : 1;
        return what switch
        {
            What.Order => Take(
                buckets.Orders, command.Kind == CommandKind.ApplyBatch ? Math.Max(1, ((Command[])command.Details!).Length) : 1,
                "requests about orders", options.OrdersPerSecond * times, "second", options.OrdersBurst * times),
            What.Change => Take(buckets.Changes, 1, "changes", options.ChangesPerSecond * times, "second", options.ChangesBurst * times),
            _ => TakeQuery(buckets, times),
        };
    }

    /// <summary>The same for a question about what is or was.</summary>
    public TooOften? QueryExceeded(long userId, bool elevated) =>
        TakeQuery(BucketsOf(userId, elevated), elevated ? ElevatedTimes : 1);

    private TooOften? TakeQuery(Buckets buckets, int times) =>
        Take(buckets.Queries, 1, "queries", options.QueriesPerMinute * times, "minute", options.QueriesPerMinute * times);

    private static TooOften? Take(TokenBucketRateLimiter bucket, int count, string noun, int rate, string per, int burst)
    {
        bucket.TryReplenish();
        using RateLimitLease lease = bucket.AttemptAcquire(Math.Min(count, burst));
        if (lease.IsAcquired)
            return null;
        uint waitMs = lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait) ? (uint)Math.Ceiling(wait.TotalMilliseconds) : 100;
        return new TooOften($"Too many {noun}: {burst:#,0} at once, then {rate:#,0} a {per}. Try again in {waitMs:#,0} ms.", waitMs);
    }

    private static What KindOf(CommandKind kind) => kind switch
    {
        CommandKind.PlaceOrder or CommandKind.ReplaceOrder or CommandKind.CancelOrder or CommandKind.CancelOrders or CommandKind.ApplyBatch
            or CommandKind.PreviewOrder or CommandKind.SetCancelAfter => What.Order,
        CommandKind.ShowLeaderboard or CommandKind.ShowRoomSettings or CommandKind.ShowCodes => What.Query,
        // Subscriptions have a limit of their own, for each connection.
        CommandKind.ShowMarkets => What.Free,
        _ => What.Change,
    };

    private Buckets BucketsOf(long userId, bool elevated)
    {
        if (_users.TryGetValue((userId, elevated), out Buckets? buckets))
            return buckets;
        if (_users.Count >= ManyUsers)
            DropFull();
        int times = elevated ? ElevatedTimes : 1;
        return _users.GetOrAdd((userId, elevated), _ => new Buckets(
            NewBucket(options.OrdersBurst * times, options.OrdersPerSecond * times, TimeSpan.FromSeconds(1)),
            NewBucket(options.ChangesBurst * times, options.ChangesPerSecond * times, TimeSpan.FromSeconds(1)),
            NewBucket(options.QueriesPerMinute * times, options.QueriesPerMinute * times, TimeSpan.FromMinutes(1))));
    }

    /// <summary>Who has all of their allowance may as well be new.</summary>
    private void DropFull()
    {
        foreach (((long UserId, bool Elevated) user, Buckets buckets) in _users)
        {
            buckets.Orders.TryReplenish();
            if (buckets.Orders.GetStatistics()?.CurrentAvailablePermits >= options.OrdersBurst)
                _users.TryRemove(user, out _);
        }
    }

    /// <summary>Replenished as it is asked: a timer for each user would cost more than all it protects.</summary>
    private static TokenBucketRateLimiter NewBucket(int burst, int rate, TimeSpan per) => new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = burst,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = per / rate,
        AutoReplenishment = false,
    });
}
