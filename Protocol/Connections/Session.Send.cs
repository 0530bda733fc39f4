using System.Diagnostics;
using System.Net.WebSockets;
using Google.Protobuf;

namespace Exchange.Protocol;

// The way from the outbox to the socket.
public sealed partial class Session
{
    private long _cursor;
    private ulong _frameNumber;

    /// <summary>When the oldest event of the frame was published; 0: it has none.</summary>
    private long _oldestPublishedAt;

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
            _oldestPublishedAt = 0;
            _cursor = _services.Outbox.Tail;
            // Its answers may be among what was lost.
            MeetRoundTrip();
            _snapshotsWaiting.Clear();
            Resynchronize(V1.Resynchronizing.Types.Reason.TooSlow);
        }
        while (_direct.TryDequeue(out (ulong RequestId, byte[] Message) direct))
        {
            _directWaiting.Remove();
            _frame.AddMessage(direct.Message, direct.RequestId);
        }
        if (_frame.Length > 0)
            await SendFrameAsync([]);
        if (_oldestPublishedAt != 0)
            _services.Sessions.Traffic.FanOutLag.Add(Stopwatch.GetElapsedTime(_oldestPublishedAt));
        _oldestPublishedAt = 0;
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
            // Up to Ready, what was missed is caught up on; the entry that let this connection in is among it, and what the user
            // may see has not changed meanwhile.
            bool actedOn = _cursor < _readyAt && (entry.Audience == Audience.Session || entry.Control is not null);
            if (actedOn || !_listening.Wants(in entry))
            {
                _cursor++;
                continue;
            }
            if (entry.Control is not null)
            {
                control = entry;
                if (entry.Audience == Audience.Session)
                    outbox.Release(_cursor, entry.Control);
                _cursor++;
                return outbox.StillHeld(start) ? Progress.Control : Progress.Overtaken;
            }
            // What is missed and caught up on waited for its listener, not for us.
            if (_oldestPublishedAt == 0 && _readyAt < 0)
                _oldestPublishedAt = entry.PublishedAt;
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

    /// <summary>A body up to this long is copied into the frame; a longer one is sent from where it lies.</summary>
    private const int CopiedLength = 16 * 1024;

    /// <summary>
    /// Sends the frame, and bodies after it, as one WebSocket message in parts: each waits for the listener to have taken the one
    /// before, so that however much there is to show, little of it waits in memory.
    /// </summary>
    private async ValueTask SendFrameAsync(IReadOnlyList<(ulong RequestId, byte[] Body)> bodies)
    {
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        foreach ((ulong requestId, byte[] body) in bodies)
        {
            if (body.Length <= CopiedLength)
            {
                _frame.AddMessage(body, requestId);
                if (_frame.Length >= _services.Options.FrameLength)
                    await SendPartAsync(inTime);
                continue;
            }
            _frame.AddHeader(body.Length, requestId);
            await SendPartAsync(inTime);
            for (int at = 0; at < body.Length; at += _services.Options.FrameLength)
            {
                inTime.CancelAfter(_services.Options.SendWithin);
                ReadOnlyMemory<byte> part = body.AsMemory(at, Math.Min(_services.Options.FrameLength, body.Length - at));
                await _socket.SendAsync(part, WebSocketMessageType.Binary, endOfMessage: false, inTime.Token);
            }
        }
        _frame.AddFrameNumber(++_frameNumber);
        await SendPartAsync(inTime, endOfMessage: true);
    }

    private async ValueTask SendPartAsync(CancellationTokenSource inTime, bool endOfMessage = false)
    {
        inTime.CancelAfter(_services.Options.SendWithin);
        await _socket.SendAsync(_frame.Written, WebSocketMessageType.Binary, endOfMessage, inTime.Token);
        _frame.Clear();
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
        Farewell farewell = _farewell!;
        if (_socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            return;
        using var inTime = new CancellationTokenSource(_services.Options.SendWithin);
        await _socket.CloseOutputAsync(farewell.Status, farewell.FittingReason, inTime.Token);
    }
}
