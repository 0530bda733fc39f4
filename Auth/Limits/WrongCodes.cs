using System.Net;
using Exchange.Spelling;

namespace Exchange.Auth;

/// <summary>
/// Against guessing codes (of a room, worth money, to sign up, in a link): wrong ones make the next try wait, for the user, for the
/// address, and for the room they were tried in. Thread-safe.
/// </summary>
/// <remarks>
/// The waits of an address and a room hold everybody there, so for codes that are too long to guess they are short, and who has not been
/// wrong lately is let through. A user gets 5 free, and a dozen an hour at most; an address or a room, of codes that could be guessed, 60
/// or 200 and then one a minute.
/// </remarks>
public sealed class WrongCodes
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1), Moment = TimeSpan.FromMilliseconds(100);

    private readonly GrowingDelays _users, _addresses, _rooms, _addressesShort, _roomsShort;

    /// <param name="time">The clock for the waits.</param>
    public WrongCodes(TimeProvider time)
    {
        const int OfUser = 5, OfAddress = 60, OfRoom = 200;
        TimeSpan second = TimeSpan.FromSeconds(1), minute = TimeSpan.FromMinutes(1);
        _users = new(OfUser, second, 15 * minute, Forgotten, time);
        _addresses = new(OfAddress, Moment, Moment, Forgotten, time);
        _rooms = new(OfRoom, Moment, Moment, Forgotten, time);
        _addressesShort = new(OfAddress, second, minute, Forgotten, time);
        _roomsShort = new(OfRoom, second, minute, Forgotten, time);
    }

    /// <summary>
    /// Whether a code may be tried: null, and it counts as wrong until <see cref="WasRight"/> says otherwise, so that many at once gain
    /// nothing. Else how long to wait.
    /// </summary>
    /// <param name="code">The code as it was typed.</param>
    /// <param name="address">The address of the request; null: not known.</param>
    /// <param name="userId">The user who typed it; 0: not known yet.</param>
    /// <param name="room">The room that the code is for; null: the exchange.</param>
    public TimeSpan? Try(string code, IPAddress? address, long userId = 0, string? room = null)
    {
        // A code is tried by its length: a short one can't be right where the codes are long.
        bool isShort = CanBeGuessed(code);
        bool isNew = userId != 0 && !_users.Any(User(userId));
        TimeSpan wait = userId == 0 ? default : _users.Wait(User(userId)) ?? default;
        if (isShort || !isNew)
        {
            wait = Longer(wait, Addresses(isShort).Wait(PerAddress.Network(address)));
            wait = Longer(wait, room is null ? null : Rooms(isShort).Wait(room));
        }
        if (wait > TimeSpan.Zero)
            return wait;
        if (userId != 0)
            _users.Count(User(userId));
        Addresses(isShort).Count(PerAddress.Network(address));
        if (room is not null)
            Rooms(isShort).Count(room);
        return null;
    }

    /// <summary>The code that was tried last with these was right, or it was not looked at.</summary>
    public void WasRight(string code, IPAddress? address, long userId = 0, string? room = null)
    {
        bool isShort = CanBeGuessed(code);
        if (userId != 0)
            _users.TakeBack(User(userId));
        Addresses(isShort).TakeBack(PerAddress.Network(address));
        if (room is not null)
            Rooms(isShort).TakeBack(room);
    }

    private GrowingDelays Addresses(bool isShort) => isShort ? _addressesShort : _addresses;

    private GrowingDelays Rooms(bool isShort) => isShort ? _roomsShort : _rooms;

    /// <summary>Whether a code is so short that somebody who tries many may find it.</summary>
    public static bool CanBeGuessed(string code) => Codes.Normalize(code).Length < Codes.LongLength;

    private static string User(long userId) => userId.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static TimeSpan Longer(TimeSpan one, TimeSpan? other) => other > one ? other.Value : one;
}
