using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Threading.Channels;
using System.Threading.RateLimiting;
using Exchange.History;
using Exchange.Markets;
using Google.Protobuf;

namespace Exchange.Protocol;

/// <summary>The services that every session uses.</summary>
/// <param name="Epoch">Changes each time the exchange starts.</param>
public sealed record SessionServices(
    ulong Epoch, Outbox Outbox, ICommandInbox Inbox, Sessions Sessions, IAuthenticator Authenticator,
    IApiKeys Keys, EndedOrders EndedOrders, IHistory History, UserLimits Limits, ICodeGuard Codes, INoticeMarks NoticeMarks, IHealth Health,
    ProtocolOptions Options, TimeProvider Time);

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
    private readonly Backlog _directWaiting = new();

    // Snapshots that were asked for and not sent yet: from the inbox to the socket.
    private readonly Backlog _snapshotsWaiting = new();

    private readonly TokenBucketRateLimiter _subscriptions;
    private Identity? _identity;
    private UserInfo? _user;

    // The standing of the session. The send loop changes it when it reads the outbox, and the receive loop waits for that (see AnswerUse.Awaited).
    private long _roomId = -1;
    private long _accountId;
    private bool _elevated;
    private TaskCompletionSource? _roundTrip;

    /// <summary>The refusal of the command that was waited for; None: it was carried out.</summary>
    private RefusalCode? _outcome;

    // Only the receive loop uses these.
    private bool _cancelOnDisconnect;
    private readonly HashSet<long> _accountsToCancel = [];
    private bool _answeredDirectly;
    private Pace _pace;
    private IDisposable? _place;

    private bool _isClosing;
    private Farewell? _farewell;

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
        _pace = services.Limits.NewPace();
        _cursor = services.Outbox.Tail;
    }

    internal int Id { get; }

    /// <summary>The room it is in; none: −1.</summary>
    internal long RoomId => Volatile.Read(ref _roomId);

    /// <summary>Whose it is; 0: nobody has said.</summary>
    internal long UserId => Volatile.Read(ref _user)?.UserId ?? 0;

    /// <summary>It was signed in with an API key.</summary>
    internal bool IsByKey => _identity?.Key is not null;

    /// <summary>Tells it what no command of its own brought about.</summary>
    internal void Tell(V1.ServerMessage message) => Enqueue(0, message.Clone());

    /// <summary>Serves a connection until it ends.</summary>
    /// <param name="mayNotStay">Cancelled when the user has lost the right to be connected: the connection says so, and is closed.</param>
    /// <param name="aborted">The connection is gone.</param>
    public static async Task RunAsync(SessionServices services, WebSocket socket, CancellationToken mayNotStay, CancellationToken aborted)
    {
        using var session = new Session(services, socket);
        services.Sessions.Add(session);
        try
        {
            using CancellationTokenRegistration _ = mayNotStay.Register(() =>
                session.Close(WebSocketCloseStatus.PolicyViolation, "You were signed out or your rights changed. Sign in again."));
            await session.RunAsync(aborted);
        }
        finally
        {
            session._place?.Dispose();
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
        Close(Farewell.Failed);
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
            Details = new Disconnection([.. _accountsToCancel]),
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

    /// <summary>Has the send loop send what is left, say farewell and end. The first farewell counts.</summary>
    internal void Close(Farewell farewell)
    {
        Interlocked.CompareExchange(ref _farewell, farewell, null);
        Volatile.Write(ref _isClosing, true);
        Wake();
    }

    internal void CloseIfExpired(DateTimeOffset now)
    {
        if (_identity is { } identity && identity.ExpiresAt <= now)
            Close(WebSocketCloseStatus.PolicyViolation, "Your sign-in has expired. Sign in again.");
    }

    private void Close(WebSocketCloseStatus status, string reason) => Close(new Farewell(status, reason));

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
    private void Fail(ulong requestId, V1.ErrorCode code, string message, uint retryAfterMs = 0)
    {
        _services.Sessions.Traffic.CountRefusal(Id, code);
        Answer(requestId, Failure(code, message, retryAfterMs));
    }

    private static V1.ServerMessage Failure(V1.ErrorCode code, string message, uint retryAfterMs) => new()
    {
        RequestFailed = new V1.RequestFailed { Code = code, Message = message, RetryAfterMs = retryAfterMs },
    };

    /// <summary>The same, for any answer. Only the receive loop uses it, which sends its answers at a pace.</summary>
    private void Answer(ulong requestId, V1.ServerMessage message)
    {
        _answeredDirectly = true;
        Enqueue(requestId, message);
    }

    private void Enqueue(ulong requestId, V1.ServerMessage message)
    {
        message.TimeUs = NowUs;
        _directWaiting.Add();
        _direct.Enqueue((requestId, message.ToByteArray()));
        Wake();
    }

    private long NowUs => (_services.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;
}
