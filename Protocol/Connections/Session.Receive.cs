using System.Buffers;
using System.Net.WebSockets;
using System.Threading.RateLimiting;
using Exchange.History;
using Exchange.Markets;
using Google.Protobuf;

namespace Exchange.Protocol;

// The way from the socket to the inbox.
public sealed partial class Session
{
    private static readonly ProtocolViolation s_malformed = new(
        WebSocketCloseStatus.InvalidPayloadData, V1.ErrorCode.Malformed, "The bytes are not an exchange.v1.ClientFrame.");

    private static readonly ProtocolViolation s_text = new(
        WebSocketCloseStatus.InvalidMessageType, V1.ErrorCode.Malformed, "Frames must be binary (Protobuf), not text.");

    private ProtocolViolation TooLarge() => new(
        WebSocketCloseStatus.MessageTooBig, V1.ErrorCode.TooLarge, $"A frame can have at most {_services.Options.MaxFrameLength:#,0} bytes.");

    private sealed record ProtocolViolation(WebSocketCloseStatus Status, V1.ErrorCode Code, string Message);

    private async Task ReceiveLoopAsync()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            using var late = new Timer(
                _ =>
                {
                    if (_identity is null)
                        Close(WebSocketCloseStatus.PolicyViolation, "Authenticate did not arrive in time.");
                },
                null, _services.Options.AuthenticateWithin, Timeout.InfiniteTimeSpan);
            while (!_ended.IsCancellationRequested)
            {
                int length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    if (length == buffer.Length && !Grow(ref buffer, length))
                    {
                        Violate(TooLarge());
                        return;
                    }
                    part = await _socket.ReceiveAsync(buffer.AsMemory(length), _ended.Token);
                    if (part.MessageType == WebSocketMessageType.Close)
                    {
                        Close(Farewell.Echo(_socket.CloseStatus));
                        return;
                    }
                    length += part.Count;
                }
                while (!part.EndOfMessage);

                if (part.MessageType == WebSocketMessageType.Text)
                {
                    Violate(s_text);
                    return;
                }
                if (length > _services.Options.MaxFrameLength)
                {
                    Violate(TooLarge());
                    return;
                }
                V1.ClientFrame frame;
                try
                {
                    frame = V1.ClientFrame.Parser.ParseFrom(buffer.AsSpan(0, length));
                }
                catch (InvalidProtocolBufferException)
                {
                    Violate(s_malformed);
                    return;
                }
                foreach (V1.ClientMessage message in frame.Messages)
                {
                    await _directWaiting.UntilAtMostAsync(_services.Options.MaxDirectAnswers, _ended.Token);
                    if (!await HandleAsync(message))
                        return;
                    await KeepPaceAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The session ended.
        }
        catch (WebSocketException)
        {
            // The peer vanished.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// Answers that do not need the market thread (refusals, pongs) are sent at a pace, which all connections of a user
    /// share. Whoever asks for more is read from more slowly, so that a flood costs its sender and nobody else.
    /// </summary>
    private async ValueTask KeepPaceAsync()
    {
        if (!_answeredDirectly)
            return;
        _answeredDirectly = false;
        TimeSpan wait = _pace.Take();
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, _services.Time, _ended.Token);
    }

    /// <summary>Makes room for more of a frame, as far as one may go.</summary>
    private bool Grow(ref byte[] buffer, int length)
    {
        if (length > _services.Options.MaxFrameLength)
            return false;
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Min(buffer.Length * 4, _services.Options.MaxFrameLength + 1));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
        return true;
    }

    private void Violate(ProtocolViolation violation)
    {
        Fail(0, violation.Code, violation.Message);
        Close(violation.Status, violation.Message);
    }

    /// <summary>Handles one request. False: the connection is to be closed.</summary>
    private async ValueTask<bool> HandleAsync(V1.ClientMessage message)
    {
        if (message.RequestCase == V1.ClientMessage.RequestOneofCase.Authenticate)
            return await AuthenticateAsync(message.RequestId, message.Authenticate);
        if (message.RequestCase == V1.ClientMessage.RequestOneofCase.Ping)
        {
            Answer(message.RequestId, new V1.ServerMessage { Pong = new V1.Pong() });
            return true;
        }
        if (_user is null)
        {
            Fail(message.RequestId, V1.ErrorCode.NotAuthenticated, "Authenticate first.");
            return true;
        }

        if (message.RequestCase == V1.ClientMessage.RequestOneofCase.SetCancelOnDisconnect)
        {
            _cancelOnDisconnect = message.SetCancelOnDisconnect.Enabled;
            Answer(message.RequestId, new V1.ServerMessage
            {
                CancelOnDisconnectChanged = new V1.CancelOnDisconnectChanged { Enabled = _cancelOnDisconnect },
            });
            return true;
        }

        if (await TryHandleKeysAsync(message) || await TryHandlePeopleAsync(message))
            return true;
        if (TryReadHistory(message, out HistoryQuery? query, out string wrong))
        {
            AskHistory(message.RequestId, query, wrong);
            return true;
        }

        Command command = NewCommand(message.RequestId);
        if (!TryRead(message, ref command, out string? problem))
        {
            Fail(message.RequestId, V1.ErrorCode.Malformed, "The message contains no request that this exchange knows.");
            return true;
        }
        if (problem is not null)
        {
            Fail(message.RequestId, V1.ErrorCode.InvalidField, problem);
            return true;
        }
        if (_services.Limits.Exceeded(in command, _user.IsServerAdmin) is { } tooOften)
        {
            Fail(message.RequestId, V1.ErrorCode.RateLimited, tooOften.Sentence, tooOften.RetryAfterMs);
            return true;
        }
        if (command.Kind == CommandKind.Subscribe && !MaySubscribe())
        {
            Fail(message.RequestId, V1.ErrorCode.RateLimited,
                $"Too many Subscribe and Unsubscribe requests: {_services.Options.SubscriptionBurst} at once, then "
                + $"{_services.Options.SubscriptionsPerSecond} a second. One of them can name many markets.",
                retryAfterMs: (uint)(1_000 / _services.Options.SubscriptionsPerSecond));
            return true;
        }
        if (command.ClientOrderId is not null || command.Kind == CommandKind.OrderBatch)
            await _services.EndedOrders.EnsureKnownAsync(_accountId);
        if (TypedCodeOf(in command) is { } code)
            return await SubmitCodeAsync(command, code);
        if (CommandPolicy.Of(command.Kind).AnswerUse == AnswerUse.Awaited)
            return await SubmitAndWaitAsync(command);
        if (command.Kind == CommandKind.Subscribe)
            await SubmitSubscribeAsync(command);
        else
            Submit(in command);
        return true;
    }

    /// <summary>Submits a Subscribe or Unsubscribe once there is room for what it will be answered with.</summary>
    private async ValueTask SubmitSubscribeAsync(Command command)
    {
        await _snapshotsWaiting.UntilAtMostAsync(_services.Options.MaxSnapshotsWaiting - 1, _ended.Token);
        _snapshotsWaiting.Add();
        if (!Submit(in command))
            _snapshotsWaiting.Remove();
    }

    /// <summary>Submits a command and waits until the send loop has met what came of it. False: the connection is to be closed.</summary>
    private async ValueTask<bool> SubmitAndWaitAsync(Command command)
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _roundTrip, met);
        if (!Submit(in command))
            return true;
        try
        {
            await met.Task.WaitAsync(_services.Options.AuthenticateWithin, _ended.Token);
        }
        catch (TimeoutException)
        {
            Close(Farewell.TryLater("The exchange is overloaded. Try again later."));
            return false;
        }
        return true;
    }

    private bool MaySubscribe()
    {
        _subscriptions.TryReplenish();
        using RateLimitLease lease = _subscriptions.AttemptAcquire();
        return lease.IsAcquired;
    }

    private Command NewCommand(ulong requestId) => new()
    {
        Origin = new Origin(Id, requestId),
        UserId = _user!.UserId,
        RoomId = _roomId,
        AccountId = _accountId,
        Elevated = _elevated,
        ByKey = _identity!.Key is not null,
        ReadOnly = _identity.Key is { IsReadOnly: true },
        OnlyAccountId = _identity.Key?.AccountId ?? 0,
    };

    private bool Submit(in Command command)
    {
        if (_services.Inbox.TrySubmit(in command))
            return true;
        if (_services.Inbox.IsStopping)
            Fail(command.Origin.RequestId, V1.ErrorCode.Stopping, "The exchange is stopping, and nothing was done. Connect again in a moment.", retryAfterMs: 1_000);
        else
            Fail(command.Origin.RequestId, V1.ErrorCode.Overloaded, "The exchange is overloaded, and nothing was done. Try again.", retryAfterMs: 100);
        return false;
    }

    private async ValueTask<bool> AuthenticateAsync(ulong requestId, V1.Authenticate request)
    {
        if (_identity is not null)
        {
            Fail(requestId, V1.ErrorCode.NotAuthenticated, "This connection is already authenticated.");
            return true;
        }
        string? idToken = request.IdToken.Length == 0 ? null : request.IdToken;
        (Identity? identity, string refusal) = request.CredentialCase switch
        {
            V1.Authenticate.CredentialOneofCase.AccessToken =>
                await _services.Authenticator.AuthenticateAsync(request.AccessToken, idToken, _ended.Token),
            V1.Authenticate.CredentialOneofCase.ApiKey => await _services.Authenticator.AuthenticateKeyAsync(request.ApiKey),
            _ => (null, "Authenticate needs an access_token or an api_key."),
        };
        if (identity is null)
        {
            Fail(requestId, V1.ErrorCode.BadCredential, refusal);
            Close(WebSocketCloseStatus.PolicyViolation, refusal);
            return false;
        }

        if ((_place = _services.Limits.TryEnter(identity)) is null)
        {
            string sentence = UserLimits.TooManyConnections(identity, _services.Options.ConnectionsPerUser);
            Fail(requestId, V1.ErrorCode.TooManyConnections, sentence, retryAfterMs: 5_000);
            Close(Farewell.TryLater(sentence));
            return false;
        }

        _identity = identity;
        _resume = request.Resume;
        var enter = new Command
        {
            Kind = CommandKind.EnterUser,
            Origin = new Origin(Id, requestId),
            Details = new UserEntry(
                identity.Issuer, identity.Subject, identity.Name, identity.Email, identity.IsServerAdmin, identity.NameIsMadeUp,
                identity.Key?.RoomSlug ?? (request.Room.Length == 0 ? Venue.MainRoomSlug : request.Room)),
            ByKey = identity.Key is not null,
            ReadOnly = identity.Key is { IsReadOnly: true },
            OnlyAccountId = identity.Key?.AccountId ?? 0,
        };
        // The next requests of the same frame need to know the user.
        if (await SubmitAndWaitAsync(enter) && _user is not null)
        {
            _pace = _services.Limits.PaceOf(_user.UserId);
            return true;
        }
        Close(Farewell.TryLater("The exchange could not complete your sign-in. Try again later."));
        return false;
    }
}
