using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Threading.Channels;
using System.Threading.RateLimiting;
using Exchange.Markets;
using Google.Protobuf;

namespace Exchange.Protocol;

/// <summary>What every session works with.</summary>
/// <param name="Epoch">Changes each time the exchange starts.</param>
public sealed record SessionServices(
    ulong Epoch, Outbox Outbox, ICommandInbox Inbox, Sessions Sessions, IAuthenticator Authenticator,
    IApiKeys Keys, EndedOrders EndedOrders, IHistory History, UserLimits Limits, ProtocolOptions Options, TimeProvider Time);

/// <summary>
/// One connection. Two loops run side by side: one reads frames and turns requests into commands, the other reads the
/// outbox and sends what this connection may hear.
/// </summary>
public sealed partial class Session : IDisposable
{
    private readonly SessionServices _services;
    private readonly WebSocket _socket;
    private readonly Listening _listening;
    private readonly FrameBuffer _frame = new();
    private readonly CancellationTokenSource _ended = new();

    // Capacity one: being woken twice is being woken.
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly ConcurrentQueue<(ulong RequestId, byte[] Message)> _direct = new();
    private int _directCount;

    private readonly TokenBucketRateLimiter _subscriptions;
    private Identity? _identity;
    private UserInfo? _user;

    // Where it stands: changed by the send loop, as it reads the outbox; the receive loop waits for that (see Awaits).
    private long _roomId = -1;
    private long _accountId;
    private bool _elevated;
    private TaskCompletionSource? _roundTrip;

    // Of the receive loop alone.
    private bool _cancelOnDisconnect;
    private readonly HashSet<long> _accountsToCancel = [];
    private bool _isClosing;
    private (WebSocketCloseStatus Status, string Reason)? _farewell;

    private Session(SessionServices services, WebSocket socket)
    {
        _services = services;
        _socket = socket;
        Id = services.Sessions.NextId();
        _listening = new Listening(Id);
        // Replenished as it is asked: a timer for each connection would cost more than all it protects.
        _subscriptions = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = services.Options.SubscriptionBurst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1) / services.Options.SubscriptionsPerSecond,
            AutoReplenishment = false,
        });
        _cursor = services.Outbox.Tail;
    }

    internal int Id { get; }

    /// <summary>The room it is in; none: −1.</summary>
    internal long RoomId => Volatile.Read(ref _roomId);

    /// <summary>Serves a connection until it ends.</summary>
    /// <param name="mayNotStay">Whoever is on it has lost the right to be: it is told so, and closed.</param>
    /// <param name="aborted">The connection is gone.</param>
    public static async Task RunAsync(SessionServices services, WebSocket socket, CancellationToken mayNotStay, CancellationToken aborted)
    {
        using var session = new Session(services, socket);
        services.Sessions.Add(session);
        try
        {
            using CancellationTokenRegistration _ = mayNotStay.Register(() =>
                session.Close(WebSocketCloseStatus.PolicyViolation, "The sign-in no longer holds (signed out, or rights taken away); sign in again."));
            await session.RunAsync(aborted);
        }
        finally
        {
            services.Sessions.Remove(session);
        }
    }

    private async Task RunAsync(CancellationToken aborted)
    {
        using CancellationTokenRegistration _ = aborted.Register(() => End());
        Task sending = SendLoopAsync();
        Task receiving = ReceiveLoopAsync();
        await Task.WhenAny(sending, receiving);

        // Let the other side read what is left and why, then let go.
        StartClosing();
        await Task.WhenAny(sending, Task.Delay(_services.Options.SendWithin, CancellationToken.None));
        await Task.WhenAny(PeerClosesAsync(receiving), Task.Delay(_services.Options.CloseWithin, CancellationToken.None));
        End();
        _socket.Abort();
        await Task.WhenAll(sending, receiving, _historyAnswers);
        await CancelOrdersAsync();
    }

    /// <summary>
    /// Cancels the orders that were to end with this connection. Does not give up unless the exchange is stopping: then they are
    /// cancelled when it starts again.
    /// </summary>
    private async Task CancelOrdersAsync()
    {
        if (_accountsToCancel.Count == 0)
            return;
        var cancel = new Command
        {
            Kind = CommandKind.Disconnect,
            Origin = new Origin(Id, 0),
            Details = _accountsToCancel.ToArray(),
        };
        while (!_services.Inbox.TrySubmit(in cancel) && !_services.Inbox.IsStopping)
            await Task.Delay(10);
    }

    /// <summary>Ends when the peer has said farewell too: letting go before would reset the connection under what it still reads.</summary>
    private async Task PeerClosesAsync(Task receiving)
    {
        await receiving;
        var ignored = new byte[1024];
        try
        {
            while (_socket.State == WebSocketState.CloseSent)
                await _socket.ReceiveAsync(ignored.AsMemory(), _ended.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It is gone, which will do.
        }
    }

    public void Dispose()
    {
        _ended.Dispose();
        _subscriptions.Dispose();
    }

    internal void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Has the send loop send what is left, say farewell and end.</summary>
    internal void StartClosing()
    {
        Volatile.Write(ref _isClosing, true);
        Wake();
    }

    internal void CloseIfExpired(DateTimeOffset now)
    {
        if (_identity is { } identity && identity.ExpiresAt <= now)
            Close(WebSocketCloseStatus.PolicyViolation, "The sign-in has expired; sign in again.");
    }

    /// <summary>Closes the connection, saying why. The first reason counts.</summary>
    private void Close(WebSocketCloseStatus status, string reason)
    {
        _farewell ??= (status, reason);
        StartClosing();
    }

    private void End()
    {
        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It had ended already.
        }
    }

    /// <summary>Answers without the market thread: what is refused before it gets there.</summary>
    private void Fail(ulong requestId, V1.ErrorCode code, string message, uint retryAfterMs = 0) =>
        Answer(requestId, new V1.ServerMessage
        {
            RequestFailed = new V1.RequestFailed { Code = code, Message = message, RetryAfterMs = retryAfterMs },
        });

    private void Answer(ulong requestId, V1.ServerMessage message)
    {
        message.TimeUs = NowUs;
        Interlocked.Increment(ref _directCount);
        _direct.Enqueue((requestId, message.ToByteArray()));
        Wake();
    }

    private long NowUs => (_services.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;
}
