using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Exchange.Markets;

namespace Exchange.Protocol;

/// <summary>
/// How often each user may ask for what, over all of their connections: one user's bot can't take the exchange from the others.
/// Elevated admins of the server may ask ten times as often (of a room of their own, anyone may be admin). And how many
/// connections each may have.
/// </summary>
public sealed class UserLimits(ProtocolOptions options, TimeProvider time)
{
    private const int ElevatedTimes = 10;

    /// <summary>With more users than this, those who have their whole allowance are dropped.</summary>
    private const int ManyUsers = 10_000;

    private readonly ConcurrentDictionary<(long UserId, bool Elevated), Buckets> _users = new();
    private readonly Dictionary<(string Issuer, string Subject, bool ByKey), int> _connections = [];

    private sealed record Buckets(
        TokenBucketRateLimiter Orders, TokenBucketRateLimiter Changes, TokenBucketRateLimiter Queries,
        TokenBucketRateLimiter Subscriptions, Pace Pace);

    /// <summary>A request was one too many.</summary>
    public readonly record struct TooOften(string Sentence, uint RetryAfterMs);

    /// <summary>Counts a command, or says that it is one too many: then it must not be given.</summary>
    /// <param name="isServerAdmin">Whether the user is an admin of the server.</param>
    public TooOften? Exceeded(in Command command, bool isServerAdmin)
    {
        bool elevated = command.Elevated && isServerAdmin;
        Buckets buckets = BucketsOf(command.UserId, elevated);
        int times = elevated ? ElevatedTimes : 1;
        return CommandPolicy.Of(command.Kind).RateLimit switch
        {
            RateLimit.Orders => Take(
                buckets.Orders, command.Kind == CommandKind.OrderBatch ? Math.Max(1, ((OrderBatchTerms)command.Details!).Requests.Length) : 1,
                "requests about orders", options.OrdersPerSecond * times, "second", options.OrdersBurst * times),
            RateLimit.Changes => TakeChange(buckets, times),
            RateLimit.Queries => TakeQuery(buckets, times),
            // Each connection has a limit of its own besides.
            RateLimit.Subscriptions => Take(
                buckets.Subscriptions, 1, "Subscribe and Unsubscribe", options.SubscriptionsPerUserPerSecond, "second",
                options.SubscriptionsPerUserBurst),
            _ => null,
        };
    }

    /// <summary>The same, for a query.</summary>
    public TooOften? QueryExceeded(long userId, bool elevated) =>
        TakeQuery(BucketsOf(userId, elevated), elevated ? ElevatedTimes : 1);

    /// <summary>The same, for a change that is not a command.</summary>
    public TooOften? ChangeExceeded(long userId, bool elevated) =>
        TakeChange(BucketsOf(userId, elevated), elevated ? ElevatedTimes : 1);

    /// <summary>At which a user is told what costs no allowance of theirs: refusals, above all.</summary>
    internal Pace PaceOf(long userId) => BucketsOf(userId, elevated: false).Pace;

    /// <summary>The same, for a connection that has not signed in yet.</summary>
    internal Pace NewPace() => new(options.OrdersPerSecond, options.OrdersBurst, time);

    /// <summary>
    /// A place for a connection among its user's, to be disposed of when it ends; null if they have as many as they may. Those by API
    /// key are counted by themselves: a bot gone wild does not keep its owner from the page, where the key can be revoked.
    /// </summary>
    internal IDisposable? TryEnter(Identity identity)
    {
        (string, string, bool) user = (identity.Issuer, identity.Subject, identity.Key is not null);
        lock (_connections)
        {
            int count = _connections.GetValueOrDefault(user);
            if (count >= options.ConnectionsPerUser)
                return null;
            _connections[user] = count + 1;
        }
        return new Place(() => Leave(user));
    }

    /// <summary>The sentence for who has as many connections as they may.</summary>
    internal static string TooManyConnections(Identity identity, int most) => identity.Key is null
        ? $"You have {most:#,0} connections without an API key open, the most allowed. Close one first (a tab or a program)."
        : $"You have {most:#,0} connections with an API key open, the most allowed. End one of your bots first.";

    private void Leave((string, string, bool) user)
    {
        lock (_connections)
        {
            if (--_connections[user] == 0)
                _connections.Remove(user);
        }
    }

    /// <summary>Given back once, however often it is disposed of.</summary>
    private sealed class Place(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }

    private TooOften? TakeChange(Buckets buckets, int times) =>
        Take(buckets.Changes, 1, "changes", options.ChangesPerSecond * times, "second", options.ChangesBurst * times);

    private TooOften? TakeQuery(Buckets buckets, int times) =>
        Take(buckets.Queries, 1, "queries", options.QueriesPerMinute * times, "minute", options.QueriesPerMinute * times);

    private static TooOften? Take(TokenBucketRateLimiter bucket, int count, string noun, int rate, string per, int burst)
    {
        bucket.TryReplenish();
        using RateLimitLease lease = bucket.AttemptAcquire(Math.Min(count, burst));
        if (lease.IsAcquired)
            return null;
        uint waitMs = lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait) ? (uint)Math.Ceiling(wait.TotalMilliseconds) : 100;
        return new TooOften($"There were too many {noun}: the limit is {burst:#,0} at once, then {rate:#,0} a {per}. Try again in {waitMs:#,0} ms.", waitMs);
    }

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
            NewBucket(options.QueriesPerMinute * times, options.QueriesPerMinute * times, TimeSpan.FromMinutes(1)),
            NewBucket(options.SubscriptionsPerUserBurst, options.SubscriptionsPerUserPerSecond, TimeSpan.FromSeconds(1)),
            NewPace()));
    }

    /// <summary>Drops users who have their whole allowance: they are like new users.</summary>
    private void DropFull()
    {
        foreach (((long UserId, bool Elevated) user, Buckets buckets) in _users)
        {
            int times = user.Elevated ? ElevatedTimes : 1;
            if (IsFull(buckets.Orders, options.OrdersBurst * times) && IsFull(buckets.Changes, options.ChangesBurst * times)
                && IsFull(buckets.Queries, options.QueriesPerMinute * times) && IsFull(buckets.Subscriptions, options.SubscriptionsPerUserBurst)
                && buckets.Pace.IsRested)
            {
                _users.TryRemove(user, out _);
            }
        }
    }

    private static bool IsFull(TokenBucketRateLimiter bucket, int burst)
    {
        bucket.TryReplenish();
        return bucket.GetStatistics()?.CurrentAvailablePermits >= burst;
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
