namespace Exchange.Protocol;

/// <summary>Every limit of a connection, with its reason.</summary>
public sealed record ProtocolOptions
{
    /// <summary>The largest frame a client may send, bytes: some thousand orders.</summary>
    public int MaxFrameLength { get; init; } = 64 * 1024;

    /// <summary>How long a connection may stay without Authenticate.</summary>
    public TimeSpan AuthenticateWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A listener's frame is sent when it has this many bytes, at the next end of a sequence.</summary>
    public int FrameLength { get; init; } = 64 * 1024;

    /// <summary>A listener that takes longer to take one part of a frame (<see cref="FrameLength"/>) is closed.</summary>
    public TimeSpan SendWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a peer has to answer our farewell with its own.</summary>
    public TimeSpan CloseWithin { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Refusals and other direct answers that may wait for a listener. With more, nothing is read from it until it has read
    /// some; if it does not, <see cref="SendWithin"/> ends it.
    /// </summary>
    public int MaxDirectAnswers { get; init; } = 1024;

    /// <summary>
    /// How much longer events may wait to travel together for each connection: waking a listener costs some 13 µs of
    /// processor, so with more of them they are woken less often. Answers to a connection's own requests never wait.
    /// </summary>
    public TimeSpan CoalescePerListener { get; init; } = TimeSpan.FromMicroseconds(25);

    /// <summary>The longest events wait.</summary>
    public TimeSpan CoalesceAtMost { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Subscribe and Unsubscribe of a connection: this many at once, then <see cref="SubscriptionsPerSecond"/>.</summary>
    /// <remarks>Each makes snapshots that wait in memory until the listener has read them.</remarks>
    public int SubscriptionBurst { get; init; } = 60;

    public int SubscriptionsPerSecond { get; init; } = 20;

    /// <summary>The same, over all connections of a user.</summary>
    public int SubscriptionsPerUserBurst { get; init; } = 600;

    public int SubscriptionsPerUserPerSecond { get; init; } = 100;

    /// <summary>
    /// Subscribe and Unsubscribe of a connection that may wait for their answer. With more, nothing is read from it until it has read
    /// some: each holds snapshots in memory until then.
    /// </summary>
    public int MaxSnapshotsWaiting { get; init; } = 8;

    /// <summary>Connections of a user at a time: so many by API key, and as many without.</summary>
    /// <remarks>Each costs everybody a little: it is woken and written to.</remarks>
    public int ConnectionsPerUser { get; init; } = 20;

    /// <summary>Requests about orders that each user may make a second, items of a batch counted; <see cref="OrdersBurst"/> at once.</summary>
    /// <remarks>As often are they told what costs no allowance (refusals, pongs); then they are read from more slowly.</remarks>
    public int OrdersPerSecond { get; init; } = 100;

    public int OrdersBurst { get; init; } = 1_000;

    /// <summary>Everything else that changes something, a second and at once: people and their pages do not come near it.</summary>
    public int ChangesPerSecond { get; init; } = 20;

    public int ChangesBurst { get; init; } = 100;

    /// <summary>Questions about what is or was, a minute and at once.</summary>
    public int QueriesPerMinute { get; init; } = 180;

    /// <summary>API keys of a user that are good at a time.</summary>
    public int MaxKeysPerUser { get; init; } = 50;

    /// <summary>Markets that one Subscribe may name.</summary>
    public int MaxMarketsPerSubscribe { get; init; } = 1_000;

    /// <summary>Requests for the past that may wait on a connection. They are answered one after the other.</summary>
    public int MaxHistoryWaiting { get; init; } = 16;
}
