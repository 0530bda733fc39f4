using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Exchange.Markets;
using Exchange.Protocol;
using Exchange.Protocol.V1;
using Google.Protobuf;
using RoomTerms = Exchange.Markets.RoomTerms;

namespace Exchange.Tests.Protocol;

/// <summary>A session on a real WebSocket, before a venue that answers when the test says so.</summary>
public sealed class SnapshotsWaitingTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));

    [Fact]
    public async Task Of_many_subscriptions_only_so_many_wait_for_their_snapshots()
    {
        const int Asked = 30;
        var options = new ProtocolOptions();
        var venue = new Venue();
        var outbox = new Outbox(venue.Sequence);
        using var sessions = new Sessions(options, TimeProvider.System);
        var inbox = new HeldInbox(venue, new Publisher(outbox, sessions, new TickerBoard(TimeProvider.System), [], []));
        inbox.TrySubmit(new Command
        {
            Kind = CommandKind.OpenRoom, Details = new RoomTerms(Venue.MainRoomSlug, "Main", new Cash(0), Exchange.Markets.WhoMayCreateMarkets.Anyone),
        });
        (WebSocket client, WebSocket server) = await ConnectAsync();
        var services = new SessionServices(
            1, outbox, inbox, sessions, new Everyone(), null!, new EndedOrders(_ => [], inbox), null!,
            new UserLimits(options, TimeProvider.System), null!, null!, null!, options, TimeProvider.System);
        Task session = Session.RunAsync(services, server, CancellationToken.None, CancellationToken.None);

        await SendAsync(client, [new ClientMessage { RequestId = 1_000, Authenticate = new Authenticate { ApiKey = "any" } }]);
        await UntilAsync(client, m => m.EventCase == ServerMessage.EventOneofCase.Ready);
        await SendAsync(client, Enumerable.Range(1, Asked).Select(i => new ClientMessage
        {
            RequestId = (ulong)i, Subscribe = new Subscribe { All = true, Channels = { Channel.Book } },
        }));
        for (int i = 1; i <= Asked; i++)
        {
            await inbox.HoldsAsync(Math.Min(options.MaxSnapshotsWaiting, Asked + 1 - i));
            inbox.AnswerOne();
            await UntilAsync(client, m => m.RequestId == (ulong)i && m.EventCase == ServerMessage.EventOneofCase.Subscribed);
        }
        Assert.Equal(options.MaxSnapshotsWaiting, inbox.MostHeld);

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "", _patience.Token);
        await session.WaitAsync(_patience.Token);
    }

    private async Task<(WebSocket Client, WebSocket Server)> ConnectAsync()
    {
        _listener.Start();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(_listener.LocalEndpoint);
        Socket accepted = await _listener.AcceptSocketAsync();
        return (
            WebSocket.CreateFromStream(new NetworkStream(socket, ownsSocket: true), new WebSocketCreationOptions { IsServer = false }),
            WebSocket.CreateFromStream(new NetworkStream(accepted, ownsSocket: true), new WebSocketCreationOptions { IsServer = true }));
    }

    private Task SendAsync(WebSocket client, IEnumerable<ClientMessage> messages) => client.SendAsync(
        new ClientFrame { Messages = { messages } }.ToByteArray(), WebSocketMessageType.Binary, endOfMessage: true, _patience.Token);

    private async Task UntilAsync(WebSocket client, Func<ServerMessage, bool> wanted)
    {
        var buffer = new byte[256 * 1024];
        while (true)
        {
            int length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await client.ReceiveAsync(buffer.AsMemory(length), _patience.Token);
                Assert.NotEqual(WebSocketMessageType.Close, part.MessageType);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            ServerFrame frame = ServerFrame.Parser.ParseFrom(buffer.AsSpan(0, length));
            Assert.DoesNotContain(frame.Messages, m => m.EventCase == ServerMessage.EventOneofCase.RequestFailed);
            if (frame.Messages.Any(wanted))
                return;
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _patience.Dispose();
    }

    /// <summary>Carries out commands at once, but Subscribes only when told to.</summary>
    private sealed class HeldInbox(Venue venue, Publisher publisher) : ICommandInbox
    {
        private readonly Lock _lock = new();
        private readonly Queue<Command> _held = new();
        private long _number;

        public int MostHeld { get; private set; }

        public bool IsStopping => false;

        public bool TrySubmit(in Command command)
        {
            lock (_lock)
            {
                if (command.Kind == CommandKind.Subscribe)
                {
                    _held.Enqueue(command);
                    MostHeld = Math.Max(MostHeld, _held.Count);
                }
                else
                {
                    CarryOut(in command);
                }
                return true;
            }
        }

        public Task HoldsAsync(int count)
        {
            return Patience.UntilAsync(Holds, $"{count} are held");

            bool Holds()
            {
                lock (_lock)
                    return _held.Count >= count;
            }
        }

        public void AnswerOne()
        {
            lock (_lock)
                CarryOut(_held.Dequeue());
        }

        private void CarryOut(in Command command)
        {
            var batch = new CommitBatch();
            batch.Begin(++_number);
            venue.Apply(in command, Moment.At(1_000_000 + _number), batch);
            venue.Seal(batch);
            publisher.Publish(batch);
        }
    }

    private sealed class Everyone : IAuthenticator
    {
        public ValueTask<(Identity? Identity, string Refusal)> AuthenticateAsync(string accessToken, string? idToken, CancellationToken cancel) =>
            throw new NotSupportedException();

        public ValueTask<(Identity? Identity, string Refusal)> AuthenticateKeyAsync(string apiKey) =>
            new((new Identity("test", "ann", "Ann", false, null, false, DateTimeOffset.MaxValue), ""));
    }
}
