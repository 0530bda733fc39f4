namespace Exchange.Markets;

// Rooms, and the users who enter them.
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
            CreatedTimeUs = _timeUs,
        };
        Room room = AddRoom(info);
        _batch.AddOther(new RoomOpened(info), isAnswer: true);
        room.House = AddAccount(new AccountInfo(houseId, info.RoomId, "House", OwnerUserId: 0, _timeUs));
        _batch.AddOther(new AccountOpened(room.House.Info), isAnswer: false);
        TellCash(room.House);
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
        Texts.Problem(field, name, 1, maxLength, multiline: false);

    private int RoomsLeftOf(User user) =>
        Math.Max(0, _options.MaxRoomsPerUser - _rooms.Values.Count(r => r.Info.OwnerUserId == user.Info.UserId && !r.Info.IsArchived));

    private Refusal UpdateRoom(in Command command)
    {
        Room room = _room!;
        var update = (RoomUpdate)command.Details!;
        if (room.Info.IsArchived && update.IsArchived != false)
            return Refusals.RoomArchived;
        string? joinCode = update.JoinCode is null ? null : Texts.NormalizeCode(update.JoinCode);
        if (ProblemOf(update, joinCode) is { } problem)
            return Refusals.InvalidField(problem);

        bool isOpenedAgain = room.Info.IsArchived && update.IsArchived == false && !(command.Elevated && _user!.Info.IsServerAdmin);
        if (isOpenedAgain && _users.TryGetValue(room.Info.OwnerUserId, out User? owner) && RoomsLeftOf(owner) <= 0)
            return Refusals.OwnRoomsLimit(_options.MaxRoomsPerUser);

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
            _batch.AddOther(new InvitationsChanged(room.Info.RoomId, joinCode, [], []), isAnswer: false);
        }
        _batch.AddOther(new RoomChanged(room.Info, wasOpen), isAnswer: true);
        return Refusal.None;
    }

    private static string? ProblemOf(RoomUpdate update, string? joinCode)
    {
        if (update == new RoomUpdate(null, null, null, null, null, null))
            return "UpdateRoom names nothing to change.";
        return (update.Name is null ? null : ProblemOfName("name", update.Name, Limits.MaxRoomNameLength))
            ?? (update.JoinPolicy is { } policy && !Enum.IsDefined(policy) ? "join_policy must be OPEN, INVITE or CLOSED." : null)
            ?? (update.OpeningBalance is { } opening ? ProblemOf(opening) : null)
            ?? (update.WhoMayCreateMarkets is { } who && !Enum.IsDefined(who) ? "who_may_create_markets must be ANYONE or ADMINS." : null)
            ?? (joinCode is null or "" ? null : Texts.CodeProblem("join_code", joinCode));
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
        _batch.AddOther(new InvitationsChanged(room.Info.RoomId, JoinCode: null, added, removed), isAnswer: false);
        return ShowRoomSettings();
    }

    private Refusal EnterUser(in Command command, ref bool changed)
    {
        changed = false;
        var entry = (UserEntry)command.Details!;
        string name = Texts.CleanName(entry.Name);
        bool known = _usersByIdentity.TryGetValue((entry.Issuer, entry.Subject), out _user);
        // The sign-in says who is admin of the server, each time; a key does not know.
        bool isServerAdmin = command.ByKey ? known && _user!.Info.IsServerAdmin : entry.IsServerAdmin;
        _roomsBySlug.TryGetValue(entry.RoomSlug, out Room? room);
        if (room is not null)
        {
            RoomMember? member = known ? _user!.Rooms.GetValueOrDefault(room.Info.RoomId) : null;
            Refusal refusal = MayEnter(room, _user, member, isServerAdmin, entry.Email ?? _user?.Info.Email, joinCode: "");
            if (refusal.Code == RefusalCode.LimitExceeded)
                return refusal;
            // A key that only looks, or trades for one account, makes nobody a member.
            if (refusal.IsRefused || (member is null && (command.ReadOnly || command.OnlyAccountId != 0)))
                room = null;
        }

        if (!known)
        {
            var info = new UserInfo(
                ++_lastUserId, entry.Issuer, entry.Subject, name, entry.Email, entry.IsServerAdmin, _timeUs);
            _user = AddUser(info);
            _batch.AddOther(new UserChanged(info, IsNew: true), isAnswer: false);
            changed = true;
        }
        else
        {
            changed = UpdateUser(_user!, _user!.Info with
            {
                Name = entry.NameIsMadeUp ? _user.Info.Name : name,
                Email = entry.Email ?? _user.Info.Email,
                IsServerAdmin = isServerAdmin,
            });
        }
        if (room is not null && !_user.Rooms.ContainsKey(room.Info.RoomId))
        {
            Join(room, _user, Role.Trader);
            changed = true;
        }
        // Before the snapshot, which shows the same: orders may have been cancelled with the powers that were lost.
        TellPortfolios();
        _batch.AddOther(
            Show(_user, room, asAdmin: false) with { Rooms = RoomsFor(_user), RoomsLeft = RoomsLeftOf(_user) }, isAnswer: true);
        return Refusal.None;
    }

    private bool UpdateUser(User user, UserInfo updated)
    {
        UserInfo before = user.Info;
        if (updated == before)
            return false;
        user.Info = updated;
        _batch.AddOther(new UserChanged(updated, IsNew: false), isAnswer: false);
        if (updated.Name == before.Name && updated.IsServerAdmin == before.IsServerAdmin)
            return true;
        foreach (RoomMember member in user.Rooms.Values)
            TellMember(member, rightsChanged: updated.IsServerAdmin != before.IsServerAdmin);
        if (before.IsServerAdmin && !updated.IsServerAdmin)
        {
            // Where they are a spectator now.
            foreach (Account account in user.Accounts)
                CancelIfNoTrader(account);
        }
        return true;
    }

    private void TellMember(RoomMember member, bool rightsChanged)
    {
        member.Room.Directory = null;
        _batch.AddOther(new MemberChanged(member.Room.Info.RoomId, member.Info, member.Kept, IsRemoved: false), isAnswer: false);
        if (rightsChanged)
            TellRights(member);
    }

    /// <summary>What the member may see or do in the room is different from here on.</summary>
    private void TellRights(RoomMember member)
    {
        member.RightsSequence = Sequence;
        _batch.AddOther(new RightsChanged(member.User.Info.UserId, member.Room.Info.RoomId), isAnswer: false);
    }

    private Refusal EnterRoom(in Command command, ref bool changed)
    {
        changed = false;
        var entry = (RoomEntry)command.Details!;
        Room? room = entry.RoomId != 0 ? _rooms.GetValueOrDefault(entry.RoomId) : _roomsBySlug.GetValueOrDefault(entry.Slug);
        if (room is null)
            return Refusals.NoSuchRoom;
        User user = _user!;
        RoomMember? member = user.Rooms.GetValueOrDefault(room.Info.RoomId);
        Refusal refusal = MayEnter(room, user, member, user.Info.IsServerAdmin, user.Info.Email, entry.JoinCode);
        if (refusal.IsRefused)
            return refusal;
        if (member is null && command.ReadOnly)
            return Refusals.KeyIsReadOnly;
        if (member is null && command.OnlyAccountId != 0)
            return Refusals.KeyIsForOneAccount with { A = command.OnlyAccountId };
        if (member is null)
        {
            Join(room, user, Role.Trader);
            changed = true;
        }
        _batch.AddOther(Show(user, room, asAdmin: false), isAnswer: true);
        return Refusal.None;
    }

    /// <param name="user">Null: not known yet.</param>
    private static Refusal MayEnter(Room room, User? user, RoomMember? member, bool isServerAdmin, string? email, string joinCode)
    {
        if (member is not null)
            return Refusal.None;
        if (room.Info.IsArchived)
            return Refusals.RoomArchived;
        bool may = isServerAdmin || room.Info.JoinPolicy == JoinPolicy.Open
            || (room.Info.JoinPolicy == JoinPolicy.Invite
                && (IsInvited(room, email) || (room.JoinCode.Length > 0 && Texts.NormalizeCode(joinCode) == room.JoinCode)));
        if (!may)
            return Refusals.NotInvited(room.Info.JoinPolicy);
        bool hasAccount = user is not null && PersonalAccount(room, user) is not null;
        return !hasAccount && !MayIssue(room, room.Info.OpeningBalance.TenThousandths) ? Refusals.IssuedLimit : Refusal.None;
    }

    private static bool IsInvited(Room room, string? email) =>
        email is not null && room.InvitedEmails.Contains(email.Trim().ToLowerInvariant());

    private static Account? PersonalAccount(Room room, User user) =>
        user.Accounts.Find(a => a.Room == room && a.Info.IsPersonal && a.Info.OwnerUserId == user.Info.UserId);

    /// <summary>Makes a user a member of a room, with a personal account if there is none from an earlier time.</summary>
    private void Join(Room room, User user, Role role)
    {
        var member = new RoomMember(user, room, role);
        AddMember(member);
        TellMember(member, rightsChanged: true);
        if (PersonalAccount(room, user) is not null)
            return;
        Account account = OpenAccount(room, user, FreeName(room, user.Info.Name), isPersonal: true);
        if (room.Info.OpeningBalance > Cash.Zero)
            Move(room.House, account, room.Info.OpeningBalance, "Opening balance", TransferKind.Opening);
    }

    /// <summary>The name, or with the first number behind it that makes it one nobody has: money goes to accounts by their names.</summary>
    private static string FreeName(Room room, string name)
    {
        string free = name;
        for (int number = 2; HasAccountNamed(room, free); number++)
        {
            string suffix = $" ({number})";
            free = name[..Math.Min(name.Length, Limits.MaxAccountNameLength - suffix.Length)].TrimEnd() + suffix;
        }
        return free;
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
            _batch.AddOther(new MemberChanged(room.Info.RoomId, member.Info, role, IsRemoved: false), isAnswer: true);
        }
        else
        {
            room.Members.Remove(terms.UserId);
            member.User.Rooms.Remove(room.Info.RoomId);
            member.Kept = 0;
            room.Directory = null;
            _batch.AddOther(new MemberChanged(room.Info.RoomId, member.Info, 0, IsRemoved: true), isAnswer: true);
            foreach (Account account in member.User.Accounts.Where(a => a.Room == room && a.Members[terms.UserId].Role != AccountRole.Owner).ToArray())
                RemoveMember(account, member.User);
        }
        TellRights(member);
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
