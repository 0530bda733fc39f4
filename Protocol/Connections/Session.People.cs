namespace Exchange.Protocol;

// How far somebody has read, and how the exchange does: none of the market thread's business.
public sealed partial class Session
{
    /// <summary>Handles such a request. False: it is about something else.</summary>
    private async ValueTask<bool> TryHandlePeopleAsync(V1.ClientMessage message)
    {
        if (message.RequestCase is not (V1.ClientMessage.RequestOneofCase.MarkNoticesRead or V1.ClientMessage.RequestOneofCase.GetHealth))
            return false;
        bool elevated = _elevated && _user!.IsServerAdmin;
        bool isMark = message.RequestCase == V1.ClientMessage.RequestOneofCase.MarkNoticesRead;
        UserLimits.TooOften? exceeded = isMark
            ? _services.Limits.ChangeExceeded(_user!.UserId, elevated)
            : _services.Limits.QueryExceeded(_user!.UserId, elevated);
        if (exceeded is { } tooOften)
            Fail(message.RequestId, V1.ErrorCode.RateLimited, tooOften.Sentence, tooOften.RetryAfterMs);
        else if (isMark)
            await MarkReadAsync(message.RequestId, message.MarkNoticesRead);
        else
            AnswerHealth(message.RequestId);
        return true;
    }

    private async ValueTask MarkReadAsync(ulong requestId, V1.MarkNoticesRead request)
    {
        if (IsByKey)
        {
            Fail(requestId, V1.ErrorCode.KeyForbids, "An API key cannot mark notices as read. Sign in with your own name instead.");
        }
        else if (RoomId <= 0)
        {
            Fail(requestId, V1.ErrorCode.RoomNotFound, "You are in no room. Enter a room first (EnterRoom).");
        }
        else
        {
            // A notice that has not happened yet can't be read.
            long sequence = Math.Min((long)Math.Min(request.Sequence, long.MaxValue), _services.Outbox.LastSequence);
            long read = await _services.NoticeMarks.MarkAsync(_user!.UserId, RoomId, sequence);
            var answer = new V1.ServerMessage { NoticesRead = new V1.NoticesRead { Sequence = (ulong)read } };
            _services.Sessions.TellUser(_user.UserId, RoomId, answer, except: this);
            Answer(requestId, answer);
        }
    }

    private void AnswerHealth(ulong requestId)
    {
        if (IsByKey)
            Fail(requestId, V1.ErrorCode.KeyForbids, "An API key has no admin powers. Sign in with your own name instead.");
        else if (RoomId <= 0)
            Fail(requestId, V1.ErrorCode.RoomNotFound, "You are in no room. Enter a room first (EnterRoom).");
        else if (!_user!.IsServerAdmin)
            Fail(requestId, V1.ErrorCode.Forbidden, "Only an admin of the server can see the health of the exchange.");
        else if (!_elevated)
            Fail(requestId, V1.ErrorCode.NotElevated, "This needs admin powers. Turn them on first (SetElevated).");
        else
            Answer(requestId, new V1.ServerMessage { Health = Translate.ToHealth(_services.Health.Report()) });
    }
}
