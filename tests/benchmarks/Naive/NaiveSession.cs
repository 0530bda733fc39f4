using System.Net.WebSockets;
using Exchange.Auth;
using Exchange.Hosting;
using Exchange.Markets;
using Exchange.Protocol;
using Google.Protobuf;
using V1 = Exchange.Protocol.V1;

namespace Exchange.Benchmarks.Naive;

/// <summary>One connection of the baseline: each request is carried out before the next is looked at.</summary>
internal sealed class NaiveSession(NaiveExchange exchange, TokenValidator tokens, WebSocket socket)
{
    private ulong _frameNumber;
    private long _userId;

    public long AccountId { get; private set; }

    public bool IsIn { get; private set; }

    public bool HearsBook { get; private set; }

    public bool HearsTrades { get; private set; }

    public async Task RunAsync(CancellationToken aborted)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                int length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), aborted);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Close)
                    return;
                foreach (V1.ClientMessage message in V1.ClientFrame.Parser.ParseFrom(buffer.AsSpan(0, length)).Messages)
                    await exchange.ApplyAsync(await ToCommandAsync(message, aborted), this);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The client has gone.
        }
    }

    /// <summary>One message, one frame, one write.</summary>
    public async Task SendAsync(V1.ServerMessage message)
    {
        if (socket.State != WebSocketState.Open)
            return;
        var frame = new V1.ServerFrame { FrameNumber = ++_frameNumber };
        frame.Messages.Add(message);
        await socket.SendAsync(frame.ToByteArray(), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
    }

    public IEnumerable<V1.ServerMessage> Enter(RoomView shown, ulong requestId)
    {
        _userId = shown.User.UserId;
        AccountId = shown.Portfolios[0].Account.AccountId;
        IsIn = true;
        var authenticated = new V1.Authenticated { User = Translate.ToUser(shown.User), AccountId = (ulong)AccountId, Epoch = 1 };
        yield return new V1.ServerMessage { RequestId = requestId, Authenticated = authenticated };
        yield return new V1.ServerMessage { RoomSnapshot = Translate.ToRoomSnapshot(shown.Directory!) };
        foreach (Portfolio portfolio in shown.Portfolios)
            yield return new V1.ServerMessage { PortfolioSnapshot = Translate.ToPortfolio(portfolio) };
        yield return new V1.ServerMessage { Ready = new V1.Ready() };
    }

    public IEnumerable<V1.ServerMessage> Show(Subscribed shown, ulong requestId)
    {
        HearsBook |= shown.Wanted.Views.HasFlag(MarketViews.Book);
        HearsTrades |= shown.Wanted.Views.HasFlag(MarketViews.Trades);
        foreach (MarketSnapshot market in shown.Snapshots)
        {
            if (market.Book is { } book)
                yield return new V1.ServerMessage { BookSnapshot = Translate.ToBook(book) };
            if (market.Trades is { } trades)
                yield return new V1.ServerMessage { TradesSnapshot = Translate.ToTrades(trades) };
        }
        yield return new V1.ServerMessage { RequestId = requestId, Subscribed = new V1.Subscribed() };
    }

    private async ValueTask<Command> ToCommandAsync(V1.ClientMessage message, CancellationToken aborted)
    {
        var command = new Command { Origin = new Origin(1, message.RequestId), UserId = _userId, AccountId = AccountId };
        switch (message.RequestCase)
        {
            case V1.ClientMessage.RequestOneofCase.Authenticate:
                (Identity? identity, string refusal) =
                    Identities.ToIdentity(await tokens.ValidateAsync(message.Authenticate.AccessToken, null, aborted));
                if (identity is null)
                    throw new InvalidDataException(refusal);
                command.Kind = CommandKind.EnterUser;
                command.Details = new UserEntry(identity.Issuer, identity.Subject, identity.Name, identity.Email, identity.IsServerAdmin);
                break;
            case V1.ClientMessage.RequestOneofCase.Subscribe:
                command.Kind = CommandKind.Subscribe;
                command.Details = new MarketsWanted([], All: true, MarketViews.Book | MarketViews.Trades, WithoutSnapshots: false);
                break;
            case V1.ClientMessage.RequestOneofCase.CreateMarket:
                V1.CreateMarket create = message.CreateMarket;
                command.Kind = CommandKind.CreateMarket;
                command.Details = new MarketTerms(create.Name, create.Description, new Price(create.MinPrice), new Price(create.MaxPrice), 1);
                break;
            case V1.ClientMessage.RequestOneofCase.PlaceOrder:
                V1.PlaceOrder place = message.PlaceOrder;
                command.Kind = CommandKind.PlaceOrder;
                command.MarketId = (long)place.MarketId;
                command.Side = (Side)place.Side;
                command.TimeInForce = (TimeInForce)place.TimeInForce;
                command.HasPrice = place.HasPrice;
                command.Price = new Price(place.Price);
                command.HasQuantity = true;
                command.Quantity = new Quantity(place.Quantity);
                break;
            case V1.ClientMessage.RequestOneofCase.ReplaceOrder:
                V1.ReplaceOrder replace = message.ReplaceOrder;
                command.Kind = CommandKind.ReplaceOrder;
                command.OrderId = (long)replace.OrderId;
                command.HasPrice = replace.HasPrice;
                command.Price = new Price(replace.Price);
                command.HasQuantity = replace.HasQuantity;
                command.Quantity = new Quantity(replace.Quantity);
                break;
            case V1.ClientMessage.RequestOneofCase.CancelOrder:
                command.Kind = CommandKind.CancelOrder;
                command.OrderId = (long)message.CancelOrder.OrderId;
                break;
            default:
                throw new InvalidDataException($"The baseline does not know {message.RequestCase}.");
        }
        return command;
    }
}
