using Exchange.Markets;
using Google.Protobuf;

namespace Exchange.Protocol;

// What a connection is sent when it enters a room, resumes, or when its visibility changes.
public sealed partial class Session
{
    private async ValueTask ActAsync(OutboxEntry entry)
    {
        switch (entry.Control)
        {
            case RoomViewControl { Kind: CommandKind.EnterUser } control:
                await EnterAsync(control, entry);
                MeetRoundTrip();
                break;
            case RoomViewControl { Kind: CommandKind.EnterRoom } control:
                await EnterRoomAsync(control, entry);
                _outcome = RefusalCode.None;
                MeetRoundTrip();
                break;
            case RoomViewControl control:
                await ShowAgainAsync(control, entry);
                break;
            case RefusedControl refused:
                _frame.Clear();
                await SendFrameAsync([(entry.RequestId, refused.Body)]);
                if (refused.Kind == CommandKind.Subscribe)
                {
                    _snapshotsWaiting.Remove();
                    break;
                }
                _outcome = refused.Code;
                MeetRoundTrip();
                break;
            case CodeClaimedControl:
                _outcome = RefusalCode.None;
                MeetRoundTrip();
                break;
            case ActingAsControl acting:
                _accountId = acting.AccountId;
                await SendAsync(entry.RequestId, ToMessage(acting), entry.Sequence);
                MeetRoundTrip();
                break;
            case ElevationControl elevation:
                await SendAsync(entry.RequestId, ToMessage(elevation), entry.Sequence);
                if (_elevated != elevation.IsElevated)
                {
                    _elevated = _listening.IsElevated = elevation.IsElevated;
                    Resynchronize(V1.Resynchronizing.Types.Reason.RightsChanged);
                }
                MeetRoundTrip();
                break;
            case RightsControl rights:
                if (rights.RoomId == _listening.RoomId)
                    Resynchronize(V1.Resynchronizing.Types.Reason.RightsChanged);
                break;
            case VisibilityControl visibility:
                if (_listening.IsConcernedBy(visibility.Change))
                    Resynchronize(V1.Resynchronizing.Types.Reason.RightsChanged);
                break;
            case SubscribedControl { Shown: var shown } when shown.Wanted.Purpose == SubscribePurpose.Stop:
                _listening.Stop(shown.Wanted);
                await SendAsync(entry.RequestId, new V1.ServerMessage { Subscribed = new V1.Subscribed() }, entry.Sequence);
                _snapshotsWaiting.Remove();
                break;
            case SubscribedControl control:
                _listening.Start(control.Shown);
                await SendFrameAsync([.. control.Bodies.Select(b => (0UL, b))]);
                if (control.Shown.Wanted.Purpose == SubscribePurpose.Again)
                {
                    SnapshotArrived(entry.Sequence);
                    break;
                }
                await SendAsync(entry.RequestId, new V1.ServerMessage { Subscribed = new V1.Subscribed() }, entry.Sequence);
                _snapshotsWaiting.Remove();
                break;
        }
        if (_frame.Length > 0)
            await SendFrameAsync([]);
    }

    /// <summary>Lets the receive loop go on, if it waits for what was just met.</summary>
    private void MeetRoundTrip() => Volatile.Read(ref _roundTrip)?.TrySetResult();

    private static V1.ServerMessage ToMessage(ActingAsControl acting) =>
        new() { ActingAs = new V1.ActingAs { AccountId = (ulong)acting.AccountId } };

    private static V1.ServerMessage ToMessage(ElevationControl elevation) =>
        new() { ElevationChanged = new V1.ElevationChanged { Elevated = elevation.IsElevated } };

    /// <summary>Takes the place that a user has in a room, or (without one) in none.</summary>
    private void Stand(RoomView shown)
    {
        _listening.Activate(shown);
        long before = _roomId;
        _roomId = _listening.RoomId;
        _services.Sessions.Moved(this, before, _roomId);
        _accountId = shown.Portfolios.Length == 0 ? 0 : shown.Portfolios[0].Account.AccountId;
    }

    private async ValueTask EnterRoomAsync(RoomViewControl control, OutboxEntry entry)
    {
        RoomView shown = control.Shown;
        _listening.StopAll();
        _elevated = _listening.IsElevated = false;
        _snapshotsDue = 0;
        Stand(shown);
        await SendAsync(entry.RequestId, ToRoomEntered(shown), entry.Sequence);
        await SendFrameAsync([.. control.Bodies.Select(b => (0UL, b))]);
        AddReady(entry.Sequence);
    }

    private V1.ServerMessage ToRoomEntered(RoomView shown) => new()
    {
        RoomEntered = new V1.RoomEntered
        {
            RoomId = (ulong)Math.Max(0, _roomId),
            AccountId = (ulong)_accountId,
            Role = (V1.Role)(shown.Role ?? 0),
            Slug = shown.Directory?.Room.Slug ?? "",
        },
    };

    /// <summary>The room once more, to a listener that lost its place or may see other things than before.</summary>
    private async ValueTask ShowAgainAsync(RoomViewControl control, OutboxEntry entry)
    {
        RoomView shown = control.Shown;
        // The entry is from a room that was left meanwhile.
        if (_snapshotsDue == 0)
            return;
        long actedAs = _accountId;
        Stand(shown);
        _frame.Clear();
        if (_elevated && shown.Role != Role.Admin)
        {
            _elevated = _listening.IsElevated = false;
            await SendAsync(0, ToMessage(new ElevationControl(false)), entry.Sequence);
        }
        if (shown.Directory is null)
        {
            _listening.StopAll();
            await SendAsync(0, ToRoomEntered(shown), entry.Sequence);
        }
        else if (Array.Exists(shown.Portfolios, p => p.Account.AccountId == actedAs))
        {
            _accountId = actedAs;
        }
        else
        {
            await SendAsync(0, ToMessage(new ActingAsControl(_accountId)), entry.Sequence);
        }
        await SendFrameAsync([.. control.Bodies.Select(b => (0UL, b))]);
        SnapshotArrived(entry.Sequence);
    }

    /// <summary>The user is in: resumes where the client left off if that can be, else shows everything.</summary>
    private async ValueTask EnterAsync(RoomViewControl control, OutboxEntry entry)
    {
        RoomView shown = control.Shown;
        _user = shown.User;
        Stand(shown);

        long? resumeAt = null;
        if (_resume is { } resume && resume.Epoch == _services.Epoch && resume.Sequence <= long.MaxValue
            && shown.Directory is not null && (long)resume.RoomId == _roomId && !resume.Elevated && (long)resume.Sequence >= shown.RightsSequence
            && resume.Subscriptions.All(s => ReadMarkets(s.MarketIds, s.All, s.Channels, false, SubscribePurpose.Start, out _) is null))
        {
            resumeAt = _services.Outbox.FindAfter((long)resume.Sequence);
            // Events after this moment are still sent.
            if (resumeAt > _cursor)
                resumeAt = null;
        }

        var authenticated = new V1.Authenticated
        {
            User = Translate.ToUser(shown.User),
            AccountId = (ulong)_accountId,
            Epoch = _services.Epoch,
            Resumed = resumeAt is not null,
            RoomId = (ulong)Math.Max(0, _roomId),
            RoomsLeft = (uint)shown.RoomsLeft,
        };
        authenticated.Rooms.AddRange(shown.Rooms.Select(r => Translate.ToRoom(r.Room, (V1.Role)(r.Role ?? 0))));
        var message = new V1.ServerMessage { Authenticated = authenticated };
        if (resumeAt is { } at)
        {
            foreach (V1.Subscribe subscription in _resume!.Subscriptions)
            {
                ReadMarkets(subscription.MarketIds, subscription.All, subscription.Channels, true, SubscribePurpose.Start, out MarketsWanted? wanted);
                _listening.Start(new Subscribed(wanted!, wanted!.MarketIds, []));
            }
            // This is the sequence of the client, not of the exchange: if the connection is lost right after this, the client resumes from here.
            await SendAsync(entry.RequestId, message, (long)_resume.Sequence);
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
    }

    /// <summary>
    /// The ring has overtaken this listener, or it may hear other things than before: it is told so, and shown everything
    /// again, in its turn.
    /// </summary>
    private void Resynchronize(V1.Resynchronizing.Types.Reason reason)
    {
        _services.Sessions.Traffic.CountResync(reason);
        List<MarketsWanted> wanted = _listening.Wanted();
        _listening.Deactivate();
        _readyAt = -1;
        if (_user is null)
        {
            Close(Farewell.TryLater("The exchange is overloaded. Try again later."));
            return;
        }
        _frame.AddMessage(
            new V1.ServerMessage { Resynchronizing = new V1.Resynchronizing { Reason = reason }, TimeUs = NowUs }.ToByteArray(), requestId: 0);
        _snapshotsDue = 1 + wanted.Count;
        Command show = NewCommand(requestId: 0);
        show.Kind = CommandKind.GetRoom;
        bool submitted = _services.Inbox.TrySubmit(in show);
        foreach (MarketsWanted each in wanted)
        {
            Command markets = NewCommand(requestId: 0);
            markets.Kind = CommandKind.Subscribe;
            markets.Details = each with { Purpose = SubscribePurpose.Again };
            submitted &= _services.Inbox.TrySubmit(in markets);
        }
        if (!submitted)
            Close(Farewell.TryLater("The exchange is overloaded. Try again later."));
    }

    private void SnapshotArrived(long sequence)
    {
        if (_snapshotsDue > 0 && --_snapshotsDue == 0)
            AddReady(sequence);
    }
}
