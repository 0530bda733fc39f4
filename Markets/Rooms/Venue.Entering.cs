using Exchange.Spelling;

namespace Exchange.Markets;

// Users who come into the exchange and into its rooms.
public sealed partial class Venue
{
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
                ++_lastUserId, entry.Issuer, entry.Subject, name, entry.Email, entry.IsServerAdmin, _now.TimeUs);
            _user = AddUser(info);
            _batch.AddRecord(new UserChanged(info, IsNew: true), isAnswer: false);
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
        EmitPortfolios();
        _batch.AddRecord(
            Show(_user, room, asAdmin: false) with { Rooms = RoomsFor(_user), RoomsLeft = RoomsLeftOf(_user) }, isAnswer: true);
        return Refusal.None;
    }

    private bool UpdateUser(User user, UserInfo updated)
    {
        UserInfo before = user.Info;
        if (updated == before)
            return false;
        user.Info = updated;
        _batch.AddRecord(new UserChanged(updated, IsNew: false), isAnswer: false);
        if (updated.Name == before.Name && updated.IsServerAdmin == before.IsServerAdmin)
            return true;
        foreach (RoomMember member in user.Rooms.Values)
            EmitMember(member, rightsChanged: updated.IsServerAdmin != before.IsServerAdmin);
        if (before.IsServerAdmin && !updated.IsServerAdmin)
        {
            // Where they are a spectator now.
            foreach (Account account in user.Accounts)
                CancelIfNoTrader(account);
        }
        return true;
    }

    private void EmitMember(RoomMember member, bool rightsChanged)
    {
        member.Room.Directory = null;
        _batch.AddRecord(new MemberChanged(member.Room.Info.RoomId, member.Info, member.Kept, IsRemoved: false), isAnswer: false);
        if (rightsChanged)
            EmitRights(member);
    }

    /// <summary>What the member may see or do in the room is different from here on.</summary>
    private void EmitRights(RoomMember member)
    {
        member.RightsSequence = Sequence;
        _batch.AddRecord(new RightsChanged(member.User.Info.UserId, member.Room.Info.RoomId), isAnswer: false);
    }

    private Refusal EnterRoom(in Command command, ref bool changed)
    {
        changed = false;
        var entry = (RoomEntry)command.Details!;
        bool isAmbiguous = false;
        Room? room = entry.RoomId != 0 ? _rooms.GetValueOrDefault(entry.RoomId) : FindRoom(entry.Slug, out isAmbiguous);
        if (room is null)
            return isAmbiguous ? Refusals.RoomNameNotUnique : Refusals.NoSuchRoom;
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
        _batch.AddRecord(Show(user, room, asAdmin: false), isAnswer: true);
        return Refusal.None;
    }

    /// <summary>The room that somebody typed: its short name, or its name if no other has it. Capitals do not matter.</summary>
    private Room? FindRoom(string typed, out bool isAmbiguous)
    {
        isAmbiguous = false;
        typed = typed.Trim();
        if (_roomsBySlug.TryGetValue(typed.ToLowerInvariant(), out Room? room) || typed.Length is 0 or > Limits.MaxRoomNameLength)
            return room;
        string name = Names.Normalize(typed);
        Room[] named = [.. _roomNames.Like(typed).Distinct().Where(r => !r.Info.IsArchived && Names.Normalize(r.Info.Name) == name).Take(2)];
        isAmbiguous = named.Length > 1;
        return named.Length == 1 ? named[0] : null;
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
                && (IsInvited(room, email) || (room.JoinCode.Length > 0 && Codes.Normalize(joinCode) == room.JoinCode)));
        if (!may)
        {
            return room.Info.JoinPolicy == JoinPolicy.Closed ? Refusals.RoomClosed
                : room.JoinCode.Length > 0 && joinCode.Length > 0 ? Refusals.WrongJoinCode
                : Refusals.NotInvited;
        }
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
        EmitMember(member, rightsChanged: true);
        if (PersonalAccount(room, user) is not null)
            return;
        bool maySpeakForIt = user.Info.IsServerAdmin;
        Account account = OpenAccount(room, user, FreeName(room, user.Info.Name, maySpeakForIt), isPersonal: true);
        if (room.Info.OpeningBalance > Cash.Zero)
            Move(room.House, account, room.Info.OpeningBalance, "Opening balance", TransferKind.Opening);
    }

    /// <summary>
    /// The name, or with the first number behind it that makes it one nobody has, nor one that looks like it: money goes to accounts by
    /// their names.
    /// </summary>
    private static string FreeName(Room room, string name, bool maySpeakForExchange)
    {
        if (!maySpeakForExchange && ReservedNames.IsReserved(name))
            name = "User " + name;
        string free = Cut(name, Limits.MaxAccountNameLength);
        for (int number = 2; HasAccountNamed(room, free, except: null); number++)
        {
            string suffix = $" ({number})";
            free = Cut(name, Limits.MaxAccountNameLength - suffix.Length) + suffix;
        }
        return free;
    }

    /// <summary>As much of a name as fits, without half a character or a space at its end.</summary>
    private static string Cut(string name, int length)
    {
        if (name.Length <= length)
            return name;
        return name[..(char.IsHighSurrogate(name[length - 1]) ? length - 1 : length)].TrimEnd();
    }
}
