using System.Globalization;
using Exchange.Markets;
using Exchange.Spelling;

namespace Exchange.Protocol;

// Codes that somebody typed: whether they may be tried, and what came of it.
public sealed partial class Session
{
    /// <summary>A code and what it is to open.</summary>
    private readonly record struct TypedCode(string Code, string Room);

    private static TypedCode? TypedCodeOf(in Command command) => command.Kind switch
    {
        CommandKind.ClaimCode => new TypedCode(((CodeClaim)command.Details!).Code, KeyOf(command.RoomId)),
        CommandKind.EnterRoom when command.Details is RoomEntry { JoinCode.Length: > 0 } entry =>
            new TypedCode(entry.JoinCode, entry.RoomId != 0 ? KeyOf(entry.RoomId) : Codes.RoomKey(entry.Slug)),
        _ => null,
    };

    private static string KeyOf(long roomId) => "id " + roomId.ToString(CultureInfo.InvariantCulture);

    /// <summary>Tries a code if it may be tried now. One at a time, so that many in one frame gain nothing. False: the connection is to be closed.</summary>
    private async ValueTask<bool> SubmitCodeAsync(Command command, TypedCode typed)
    {
        long userId = _user!.UserId;
        if (_services.Codes.Try(typed.Code, userId, typed.Room) is { } wait)
        {
            uint waitMs = (uint)Math.Ceiling(wait.TotalMilliseconds);
            string when = waitMs < 1_000 ? $"{waitMs} ms" : $"{Math.Ceiling(wait.TotalSeconds):#,0} s";
            Fail(command.Origin.RequestId, V1.ErrorCode.TooManyWrongCodes,
                $"There were too many wrong codes by you, from your address or in this room, so this code was not checked. Try again in {when}.", waitMs);
            return true;
        }
        _outcome = null;
        bool goesOn = await SubmitAndWaitAsync(command);
        // An unknown result counts as wrong. A code that found no place in the inbox was not checked.
        bool wasTried = !goesOn || Volatile.Read(ref _roundTrip)!.Task.IsCompleted;
        if (!wasTried || _outcome is not (null or RefusalCode.CodeNotFound or RefusalCode.NotInvited))
            _services.Codes.WasRight(typed.Code, userId, typed.Room);
        return goesOn;
    }
}
