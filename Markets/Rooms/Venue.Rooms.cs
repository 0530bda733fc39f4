using Exchange.Spelling;

namespace Exchange.Markets;

// Rooms and the roles in them.
public sealed partial class Venue
{
    /// <summary>The slug of the room that is there from the start, and that users enter who name none.</summary>
    public const string MainRoomSlug = "main";

    /// <summary>Whether there is a room to enter: not before the first start has opened it.</summary>
    public bool HasMainRoom => _main is not null;

    private Refusal OpenRoom(in Command command)
    {
        var terms = (RoomTerms)command.Details!;
        if (_user is not null)
        {
            if ((Texts.SlugProblem(terms.Slug) ?? ProblemOfName("name", terms.Name, Limits.MaxRoomNameLength) ?? ProblemOf(terms)) is { } problem)
                return Refusals.InvalidField(problem);
        }
        if (_roomsBySlug.ContainsKey(terms.Slug))
            return Refusals.RoomNameTaken;
        if (_user is not null)
        {
            if (_rooms.Count >= Limits.MaxRooms)
                return Refusals.RoomsLimit;
            bool mayAny = command.Elevated && _user.Info.IsServerAdmin;
            if (!mayAny && RoomsLeftOf(_user) <= 0)
                return Refusals.OwnRoomsLimit(_options.MaxRoomsPerUser);
            if (!mayAny && _rooms.Values.Count(r => r.Info.OwnerUserId == _user.Info.UserId) >= Limits.MaxRoomsEverPerUser)
                return Refusals.OwnRoomsEverLimit;
        }

        long houseId = ++_lastAccountId;
        var info = new RoomInfo(
            ++_lastRoomId, terms.Slug, terms.Name, houseId, terms.OpeningBalance, terms.WhoMayCreateMarkets)
        {
            OwnerUserId = _user?.Info.UserId ?? 0,
            JoinPolicy = terms.JoinPolicy,
            CreatedTimeUs = _now.TimeUs,
        };
        Room room = AddRoom(info);
        _batch.AddRecord(new RoomOpened(info), isAnswer: true);
        room.House = AddAccount(new AccountInfo(houseId, info.RoomId, "House", OwnerUserId: 0, _now.TimeUs));
        _batch.AddRecord(new AccountOpened(room.House.Info), isAnswer: false);
        EmitCash(room.House);
        if (_user is not null)
            Join(room, _user, Role.Admin);
        return Refusal.None;
    }

    private static string? ProblemOf(RoomTerms terms) =>
        ProblemOf(terms.OpeningBalance)
        ?? (Enum.IsDefined(terms.WhoMayCreateMarkets) ? null : "who_may_create_markets must be ANYONE or ADMINS.")
        ?? (Enum.IsDefined(terms.JoinPolicy) ? null : "join_policy must be OPEN, INVITE or CLOSED.");

    private static string? ProblemOf(Cash openingBalance) =>
        openingBalance.TenThousandths is >= 0 and <= Limits.MaxOpeningBalance
            ? null
            : $"opening_balance must be 0 to {new Cash(Limits.MaxOpeningBalance)}.";

    private static string? ProblemOfName(string field, string name, int maxLength) =>
        Texts.NameProblem(field, name, 1, maxLength);

    private int RoomsLeftOf(User user) =>
        Math.Max(0, _options.MaxRoomsPerUser - _rooms.Values.Count(r => r.Info.OwnerUserId == user.Info.UserId && !r.Info.IsArchived));

    private Refusal UpdateRoom(in Command command)
    {
        Room room = _room!;
        var update = (RoomUpdate)command.Details!;
        if (room.Info.IsArchived && update.IsArchived != false)
            return Refusals.RoomArchived;
        string? joinCode = update.JoinCode is null ? null : Codes.Normalize(update.JoinCode);
        if (ProblemOf(update, joinCode) is { } problem)
            return Refusals.InvalidField(problem);

        bool isOpenedAgain = room.Info.IsArchived && update.IsArchived == false && !(command.Elevated && _user!.Info.IsServerAdmin);
        if (isOpenedAgain && _users.TryGetValue(room.Info.OwnerUserId, out User? owner) && RoomsLeftOf(owner) <= 0)
            return Refusals.OwnRoomsLimit(_options.MaxRoomsPerUser);

        _roomNames.Rename(room, room.Info.Name, update.Name ?? room.Info.Name);
        bool wasOpen = room.Info.JoinPolicy == JoinPolicy.Open, isArchiving = update.IsArchived == true;
        room.Info = room.Info with
        {
            Name = update.Name ?? room.Info.Name,
            JoinPolicy = update.JoinPolicy ?? room.Info.JoinPolicy,
            OpeningBalance = update.OpeningBalance ?? room.Info.OpeningBalance,
            WhoMayCreateMarkets = update.WhoMayCreateMarkets ?? room.Info.WhoMayCreateMarkets,
            IsArchived = update.IsArchived ?? room.Info.IsArchived,
        };
        room.Directory = null;
        HouseBotsVersion++;
        if (isArchiving)
            EndAllOrders(room);
        if (joinCode is not null)
        {
            room.JoinCode = joinCode;
            _batch.AddRecord(new InvitationsChanged(room.Info.RoomId, joinCode, [], []), isAnswer: false);
        }
        _batch.AddRecord(new RoomChanged(room.Info, wasOpen), isAnswer: true);
        return Refusal.None;
    }

    private static string? ProblemOf(RoomUpdate update, string? joinCode)
    {
        if (update == new RoomUpdate(null, null, null, null, null, null))
            return "UpdateRoom must name something to change.";
        return (update.Name is null ? null : ProblemOfName("name", update.Name, Limits.MaxRoomNameLength))
            ?? (update.JoinPolicy is { } policy && !Enum.IsDefined(policy) ? "join_policy must be OPEN, INVITE or CLOSED." : null)
            ?? (update.OpeningBalance is { } opening ? ProblemOf(opening) : null)
            ?? (update.WhoMayCreateMarkets is { } who && !Enum.IsDefined(who) ? "who_may_create_markets must be ANYONE or ADMINS." : null)
            ?? (joinCode is null or "" ? null : Codes.Problem("join_code", joinCode));
    }

    /// <summary>Nothing that could still happen by itself is left in a room that is archived.</summary>
    private void EndAllOrders(Room room)
    {
        _due.Clear();
        _due.AddRange(_orders.Values.Where(o => o.Holding.Account.Room == room).Select(o => o.Id).Order());
        foreach (long id in _due)
            Cancel(_orders[id], OrderReason.RoomArchived, isAnswer: false);
        foreach (Account account in room.Accounts)
            Disarm(account);
    }

    private Refusal InviteToRoom(in Command command)
    {
        Room room = _room!;
        var invitations = (Invitations)command.Details!;
        string[] added = [.. invitations.AddEmails.Select(e => e.Trim().ToLowerInvariant())];
        string[] removed = [.. invitations.RemoveEmails.Select(e => e.Trim().ToLowerInvariant())];
        if (added.Select(Texts.EmailProblem).FirstOrDefault(p => p is not null) is { } problem)
            return Refusals.InvalidField(problem);
        // What is named in both stays, or comes.
        removed = [.. removed.Where(e => room.InvitedEmails.Contains(e) && !added.Contains(e)).Distinct()];
        added = [.. added.Where(e => !room.InvitedEmails.Contains(e)).Distinct()];
        if (room.InvitedEmails.Count + added.Length - removed.Length > Limits.MaxInvitedEmails)
            return Refusals.EmailsLimit;

        room.InvitedEmails.ExceptWith(removed);
        room.InvitedEmails.UnionWith(added);
        _batch.AddRecord(new InvitationsChanged(room.Info.RoomId, JoinCode: null, added, removed), isAnswer: false);
        return GetRoomSettings();
    }

    private Refusal SetRole(in Command command)
    {
        Room room = _room!;
        var terms = (RoleTerms)command.Details!;
        if (!room.Members.TryGetValue(terms.UserId, out RoomMember? member))
            return Refusals.NotAMember;
        if (member.User.Info.IsServerAdmin)
            return Refusals.RoleIsTheServers;
        if (room.Info.OwnerUserId == terms.UserId && !_user!.Info.IsServerAdmin)
            return Refusals.RoleIsTheOwners;
        if (terms.Role is { } wanted && !Enum.IsDefined(wanted))
            return Refusals.InvalidField("role must be SPECTATOR, TRADER or ADMIN, unless `remove` is set.");

        if (terms.Role is { } role)
        {
            member.Kept = role;
            room.Directory = null;
            _batch.AddRecord(new MemberChanged(room.Info.RoomId, member.Info, role, IsRemoved: false), isAnswer: true);
        }
        else
        {
            room.Members.Remove(terms.UserId);
            member.User.Rooms.Remove(room.Info.RoomId);
            member.Kept = 0;
            room.Directory = null;
            _batch.AddRecord(new MemberChanged(room.Info.RoomId, member.Info, 0, IsRemoved: true), isAnswer: true);
            foreach (Account account in member.User.Accounts.Where(a => a.Room == room && a.Members[terms.UserId].Role != AccountRole.Owner).ToArray())
                RemoveMember(account, member.User);
        }
        EmitRights(member);
        HouseBotsVersion++;
        foreach (Account account in member.User.Accounts)
        {
            if (account.Room == room)
                CancelIfNoTrader(account);
        }
        return Refusal.None;
    }

    private Room AddRoom(RoomInfo info)
    {
        var room = new Room(info);
        _rooms.Add(info.RoomId, room);
        _roomsBySlug.Add(info.Slug, room);
        _roomNames.Add(room, info.Name);
        if (info.Slug == MainRoomSlug)
            _main = room;
        return room;
    }

    private User AddUser(UserInfo info)
    {
        var user = new User(info);
        _users.Add(info.UserId, user);
        _usersByIdentity.Add((info.Issuer, info.Subject), user);
        return user;
    }

    private static void AddMember(RoomMember member)
    {
        member.Room.Members.Add(member.User.Info.UserId, member);
        member.User.Rooms.Add(member.Room.Info.RoomId, member);
        // Accounts owned from an earlier time in the room know their owner by where they stand in it.
        foreach (Account account in member.User.Accounts)
        {
            if (account.Room == member.Room)
                account.SetMember(new AccountMember(member.User, member, AccountRole.Owner));
        }
    }
}
