using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using Exchange.Protocol.V1;
using Google.Protobuf;

namespace Exchange.Tests.EndToEnd;

/// <summary>A bot on the WebSocket, as a stranger would write one from the schema: sends requests, holds the state.</summary>
public sealed class Bot : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<ulong, TaskCompletionSource<ServerMessage>> _pending = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _mayRead = new(1);
    private Task _receiving = Task.CompletedTask;
    private ulong _lastRequestId;
    private ulong _lastFrameNumber;

    /// <summary>What was aggregated from snapshots and patches. Use under <see cref="Read{T}"/>.</summary>
    private readonly BotState _state = new();

    public WebSocketCloseStatus? ClosedWith => _socket.CloseStatus;

    public string? ClosedBecause => _socket.CloseStatusDescription;

    public bool IsOpen => _socket.State == WebSocketState.Open;

    /// <summary>Ends when the connection does.</summary>
    public Task Ended => _receiving;

    public static async Task<Bot> ConnectAsync(
        PublishedExchange exchange, string token, Resume? resume = null, int? receiveBuffer = null)
    {
        Bot bot = await OpenAsync(exchange, receiveBuffer: receiveBuffer);
        ServerMessage answer = await bot.RequestAsync(new ClientMessage
        {
            Authenticate = new Authenticate { AccessToken = token, Resume = resume },
        });
        Assert.Equal(ServerMessage.EventOneofCase.Authenticated, answer.EventCase);
        await bot.UntilAsync(s => s.ReadySequence is not null);
        return bot;
    }

    /// <summary>Connects without signing in.</summary>
    /// <param name="receiveBuffer">Bytes the socket takes in unread; small to be a slow reader soon.</param>
    public static async Task<Bot> OpenAsync(PublishedExchange exchange, string? origin = null, int? receiveBuffer = null)
    {
        var bot = new Bot();
        if (origin is not null)
            bot._socket.Options.SetRequestHeader("Origin", origin);
        using var handler = new SocketsHttpHandler();
        if (receiveBuffer is { } size)
        {
            handler.ConnectCallback = async (context, cancel) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = size, NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            };
        }
        using var http = new HttpMessageInvoker(handler, disposeHandler: false);
        await bot._socket.ConnectAsync(new Uri($"ws://localhost:{exchange.Port}/ws"), http, CancellationToken.None);
        bot._receiving = bot.ReceiveAsync();
        return bot;
    }

    /// <summary>Looks at the state while nothing changes it.</summary>
    public T Read<T>(Func<BotState, T> read)
    {
        lock (_lock)
            return read(_state);
    }

    /// <summary>Waits until the state is so. What the condition looks for may not be there yet.</summary>
    public Task UntilAsync(Func<BotState, bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Patience.UntilAsync(() => IsSo(condition, what), what);

    private bool IsSo(Func<BotState, bool> condition, string what)
    {
        // Asked before: what came last before the end counts.
        bool isOver = _receiving.IsCompleted;
        try
        {
            if (Read(condition))
                return true;
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            // While everything is shown anew, some of it is missing.
        }
        return isOver ? throw new InvalidOperationException($"The connection ended ({ClosedWith} {ClosedBecause}) before it came so: {what}.") : false;
    }

    /// <summary>Sends a request and gives its answer, a refusal included.</summary>
    public async Task<ServerMessage> RequestAsync(ClientMessage request)
    {
        Task<ServerMessage> answer = await StartAsync(request);
        return await answer.PatientlyAsync();
    }

    /// <summary>Sends a request; the task gives its answer.</summary>
    public async Task<Task<ServerMessage>> StartAsync(ClientMessage request)
    {
        request.RequestId = Interlocked.Increment(ref _lastRequestId);
        var answer = new TaskCompletionSource<ServerMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[request.RequestId] = answer;
        await SendAsync(new ClientFrame { Messages = { request } }.ToByteArray());
        return answer.Task;
    }

    public async Task SendAsync(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Binary)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None);
        }
        catch (OperationCanceledException e)
        {
            // So the framework says that the exchange was gone in the middle of it.
            throw new WebSocketException("The connection ended.", e);
        }
        finally
        {
            _sending.Release();
        }
    }

    public Task<ServerMessage> PlaceAsync(
        ulong market, Side side, int price, uint quantity, string clientOrderId = "",
        TimeInForce timeInForce = TimeInForce.GoodTillCancelled) =>
        RequestAsync(new ClientMessage
        {
            PlaceOrder = new PlaceOrder
            {
                MarketId = market,
                Side = side,
                Price = price,
                Quantity = quantity,
                ClientOrderId = clientOrderId,
                TimeInForce = timeInForce,
            },
        });

    public async Task<ulong> CreateMarketAsync(string name, int min = 0, int max = 10_000)
    {
        ServerMessage answer = await RequestAsync(new ClientMessage
        {
            CreateMarket = new CreateMarket { Name = name, MinPrice = min, MaxPrice = max },
        });
        Assert.Equal(ServerMessage.EventOneofCase.MarketChanged, answer.EventCase);
        return answer.MarketChanged.Market.MarketId;
    }

    public async Task SubscribeAllAsync(params Channel[] channels)
    {
        ServerMessage answer = await RequestAsync(new ClientMessage
        {
            Subscribe = new Subscribe { All = true, Channels = { channels } },
        });
        Assert.Equal(ServerMessage.EventOneofCase.Subscribed, answer.EventCase);
    }

    /// <summary>Reads nothing more until <see cref="ReadOn"/>.</summary>
    public Task StopReadingAsync() => _mayRead.WaitAsync();

    public void ReadOn() => _mayRead.Release();

    /// <summary>While it has stopped reading: takes one part more, of some kilobytes.</summary>
    public Task ReadALittleAsync()
    {
        // Whoever waits for a turn gets it first, and that is the loop which reads.
        ReadOn();
        return StopReadingAsync();
    }

    /// <summary>Drops the connection without a word.</summary>
    public void Drop() => _socket.Abort();

    private async Task ReceiveAsync()
    {
        var buffer = new byte[1 << 16];
        using var frame = new MemoryStream();
        try
        {
            while (true)
            {
                await _mayRead.WaitAsync();
                _mayRead.Release();
                ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                    break;
                frame.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage)
                    continue;
                Take(ServerFrame.Parser.ParseFrom(frame.GetBuffer().AsSpan(0, (int)frame.Length)));
                frame.SetLength(0);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The exchange is gone, or the connection was dropped here.
        }
        finally
        {
            foreach (TaskCompletionSource<ServerMessage> pending in _pending.Values)
                pending.TrySetException(new WebSocketException("The connection ended before the answer came."));
        }
    }

    private void Take(ServerFrame frame)
    {
        Assert.Equal(++_lastFrameNumber, frame.FrameNumber);
        lock (_lock)
        {
            foreach (ServerMessage message in frame.Messages)
                _state.Apply(message);
        }
        foreach (ServerMessage message in frame.Messages)
        {
            if (message.RequestId != 0 && _pending.TryRemove(message.RequestId, out TaskCompletionSource<ServerMessage>? pending))
                pending.TrySetResult(message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _receiving;
        _socket.Dispose();
        _sending.Dispose();
        _mayRead.Dispose();
    }
}
