using System.Net.WebSockets;
using Exchange.Markets;
using Google.Protobuf;

namespace Exchange.Protocol;

// From the outbox to the socket.
public sealed partial class Session
{
    private long _cursor;
    private ulong _frameNumber;

    // Coming back: what the client says it holds, and once that was honoured, where Ready is due.
    private V1.Resume? _resume;
    private long _readyAt = -1;
    private long _readySequence;

    // Shown everything anew after having been overtaken: snapshots still to come before Ready.
    private int _snapshotsDue;

    private enum Progress
    {
        /// <summary>Everything published was read.</summary>
        CaughtUp,

        /// <summary>The frame is full; there is more.</summary>
        Full,

        /// <summary>An entry to act on comes next.</summary>
        Control,

        /// <summary>The ring has overtaken this listener.</summary>
        Overtaken,
    }

    private async Task SendLoopAsync()
    {
        try
        {
            while (!_ended.IsCancellationRequested)
            {
                bool closing = Volatile.Read(ref _isClosing);
                Progress progress = await SendWhatIsThereAsync();
                if (closing && progress == Progress.CaughtUp)
                {
                    await SayFarewellAsync();
                    return;
                }
                if (progress == Progress.CaughtUp && !Volatile.Read(ref _isClosing))
                {
                    await _wake.Reader.WaitToReadAsync(_ended.Token);
                    _wake.Reader.TryRead(out _);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The session ended, or the listener did not read in time.
        }
        catch (WebSocketException)
        {
            // The peer vanished.
        }
    }

    private async ValueTask<Progress> SendWhatIsThereAsync()
    {
        _frame.Clear();
        Progress progress = ReadOutbox(out OutboxEntry control);
        if (progress == Progress.Overtaken)
        {
            _frame.Clear();
            Resynchronize();
        }
        while (_direct.TryDequeue(out (ulong RequestId, byte[] Message) direct))
        {
            Interlocked.Decrement(ref _directCount);
            _frame.AddMessage(direct.Message, direct.RequestId);
        }
        if (_frame.Length > 0)
            await SendFrameAsync([]);
        if (progress == Progress.Control)
            await ActAsync(control);
        return progress;
    }

    /// <summary>Copies into the frame what this listener may hear, up to its end or the next entry to act on.</summary>
    private Progress ReadOutbox(out OutboxEntry control)
    {
        control = default;
        Outbox outbox = _services.Outbox;
        long start = _cursor, tail = outbox.Tail;
        if (start < outbox.Head)
            return Progress.Overtaken;
        long lastSequence = -1;
        while (_cursor < tail)
        {
            if (!outbox.TryRead(_cursor, out OutboxEntry entry))
                return Progress.Overtaken;
            if (_cursor == _readyAt)
            {
                AddReady(_readySequence);
                _readyAt = -1;
            }

            // A frame never ends between events of one sequence.
            if (_frame.Length >= _services.Options.FrameLength && entry.Sequence != lastSequence)
                return outbox.StillHeld(start) ? Progress.Full : Progress.Overtaken;
            lastSequence = entry.Sequence;
            // Up to Ready, what was missed is caught up on; the entry that let this connection in is among it.
            bool actedOn = _cursor < _readyAt && entry.Audience == Audience.Session;
            if (actedOn || !_listening.Wants(in entry))
            {
                _cursor++;
                continue;
            }
            if (entry.Control is not null)
            {
                control = entry;
                outbox.Release(_cursor, entry.Control);
                _cursor++;
                return outbox.StillHeld(start) ? Progress.Control : Progress.Overtaken;
            }
            _frame.AddMessage(outbox.BytesOf(in entry), entry.AnswersSession == Id ? entry.RequestId : 0);
            _cursor++;
        }
        if (_cursor == _readyAt)
        {
            AddReady(_readySequence);
            _readyAt = -1;
        }
        return outbox.StillHeld(start) ? Progress.CaughtUp : Progress.Overtaken;
    }

    /// <summary>Sends the frame, and bodies after it that need not be copied, as one WebSocket message.</summary>
    private async ValueTask SendFrameAsync(IReadOnlyList<(ulong RequestId, byte[] Body)> bodies)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        inTime.CancelAfter(_services.Options.SendWithin);
        foreach ((ulong requestId, byte[] body) in bodies)
        {
            _frame.AddHeader(body.Length, requestId);
            await _socket.SendAsync(_frame.Written, WebSocketMessageType.Binary, endOfMessage: false, inTime.Token);
            _frame.Clear();
            await _socket.SendAsync(body, WebSocketMessageType.Binary, endOfMessage: false, inTime.Token);
        }
        _frame.AddFrameNumber(++_frameNumber);
        await _socket.SendAsync(_frame.Written, WebSocketMessageType.Binary, endOfMessage: true, inTime.Token);
        _frame.Clear();
    }

    private async ValueTask ActAsync(OutboxEntry entry)
    {
        switch (entry.Control)
        {
            case RoomShownControl control when _user is null:
                await EnterAsync(control, entry);
                break;
            case RoomShownControl control:
                _listening.Activate(control.Shown);
                _frame.Clear();
                await SendFrameAsync([.. control.Bodies.Select(b => (0UL, b))]);
                SnapshotArrived(entry.Sequence);
                break;
            case MarketsShownControl { Shown: var shown } when shown.Wanted.Tag == s_stop:
                _listening.Stop(shown.Wanted);
                await SendAsync(entry.RequestId, new V1.ServerMessage { Subscribed = new V1.Subscribed() }, entry.Sequence);
                break;
            case MarketsShownControl control:
                _listening.Start(control.Shown);
                await SendFrameAsync([.. control.Bodies.Select(b => (0UL, b))]);
                if (control.Shown.Wanted.Tag != s_again)
                    await SendAsync(entry.RequestId, new V1.ServerMessage { Subscribed = new V1.Subscribed() }, entry.Sequence);
                else
                    SnapshotArrived(entry.Sequence);
                break;
        }
        if (_frame.Length > 0)
            await SendFrameAsync([]);
    }

    /// <summary>The user is in: resumes where the client left off if that can be, else shows everything.</summary>
    private async ValueTask EnterAsync(RoomShownControl control, OutboxEntry entry)
    {
        RoomShown shown = control.Shown;
        _user = shown.User;
        _accountId = shown.Portfolios[0].Account.AccountId;
        _listening.Activate(shown);

        long? resumeAt = null;
        if (_resume is { } resume && resume.Epoch == _services.Epoch && resume.Sequence <= long.MaxValue
            && resume.Subscriptions.All(s => ReadMarkets(s.MarketIds, s.All, s.Channels, false, null, out _) is null))
        {
            resumeAt = _services.Outbox.FindAfter((long)resume.Sequence);
        }

        var authenticated = new V1.Authenticated
        {
            User = Translate.ToUser(shown.User),
            AccountId = (ulong)_accountId,
            Epoch = _services.Epoch,
            Resumed = resumeAt is not null,
        };
        authenticated.Rooms.Add(Translate.ToRoom(
            shown.Directory.Room, shown.User.IsServerAdmin ? V1.Role.Admin : V1.Role.Trader));
        var message = new V1.ServerMessage { Authenticated = authenticated };
        if (resumeAt is { } at && at <= _cursor)
        {
            foreach (V1.Subscribe subscription in _resume!.Subscriptions)
            {
                ReadMarkets(subscription.MarketIds, subscription.All, subscription.Channels, true, null, out MarketsWanted? wanted);
                _listening.Start(new MarketsShown(wanted!, wanted!.MarketIds, []));
            }
            await SendAsync(entry.RequestId, message, entry.Sequence);
            _readyAt = _cursor;
            _readySequence = entry.Sequence;
            _cursor = at;
        }
        else
        {
            await SendAsync(entry.RequestId, message, entry.Sequence);
            await SendFrameAsync([.. control.Bodies.Select(b => (0UL, b))]);
            AddReady(entry.Sequence);
        }
        _entered.TrySetResult();
    }

    /// <summary>The ring has overtaken this listener: it is told so, and shown everything again, in its turn.</summary>
    private void Resynchronize()
    {
        List<MarketsWanted> wanted = _listening.Wanted();
        _listening.Deactivate();
        _readyAt = -1;
        _cursor = _services.Outbox.Tail;
        if (_user is null)
        {
            Close(WebSocketCloseStatus.EndpointUnavailable, "The exchange has more to do than it can; try again.");
            return;
        }
        _frame.AddMessage(
            new V1.ServerMessage { Resynchronizing = new V1.Resynchronizing(), TimeUs = NowUs }.ToByteArray(), requestId: 0);
        _snapshotsDue = 1 + wanted.Count;
        Command show = NewCommand(requestId: 0);
        show.Kind = CommandKind.ShowRoom;
        bool submitted = _services.Inbox.TrySubmit(in show);
        foreach (MarketsWanted each in wanted)
        {
            Command markets = NewCommand(requestId: 0);
            markets.Kind = CommandKind.ShowMarkets;
            markets.Details = each with { Tag = s_again };
            submitted &= _services.Inbox.TrySubmit(in markets);
        }
        if (!submitted)
            Close(WebSocketCloseStatus.EndpointUnavailable, "The exchange has more to do than it can; try again.");
    }

    /// <summary>Marks snapshots of what was subscribed to already.</summary>
    private static readonly object s_again = new();

    private void SnapshotArrived(long sequence)
    {
        if (_snapshotsDue > 0 && --_snapshotsDue == 0)
            AddReady(sequence);
    }

    private void AddReady(long sequence) => _frame.AddMessage(
        new V1.ServerMessage
        {
            Ready = new V1.Ready { Sequence = (ulong)sequence },
            Sequence = (ulong)sequence,
            TimeUs = NowUs,
        }.ToByteArray(), requestId: 0);

    private ValueTask SendAsync(ulong requestId, V1.ServerMessage message, long sequence)
    {
        message.Sequence = (ulong)sequence;
        message.TimeUs = NowUs;
        return SendFrameAsync([(requestId, message.ToByteArray())]);
    }

    private async Task SayFarewellAsync()
    {
        // 1012: the exchange is stopping, come back soon.
        (WebSocketCloseStatus status, string reason) = _farewell ?? ((WebSocketCloseStatus)1012, "The exchange is stopping.");
        if (_socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            return;
        using var inTime = new CancellationTokenSource(_services.Options.SendWithin);
        await _socket.CloseOutputAsync(status, reason.Length > 100 ? reason[..100] : reason, inTime.Token);
    }
}
