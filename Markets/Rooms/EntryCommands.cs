using Exchange.Spelling;

namespace Exchange.Markets;

/// <summary>Users come into the exchange and into its rooms.</summary>
internal sealed class EntryCommands(VenueState state, AccountCommands accounts, Money money, OrderExecution execution, RoomViews views)
{
    public Refusal EnterUser(CommandContext context, in Command command, UserEntry entry, ref bool changed)
    {
        changed = false;
        string name = Texts.CleanName(entry.Name);
        bool known = state.UsersByIdentity.TryGetValue((entry.Issuer, entry.Subject), out context.User);
        // The sign-in says who is admin of the server, each time; a key does not know.
        bool isServerAdmin = command.ByKey ? known && context.User!.Info.IsServerAdmin : entry.IsServerAdmin;
        state.RoomsBySlug.TryGetValue(entry.RoomSlug, out Room? room);
        if (room is not null)
        {
            RoomMember? member = known ? context.User!.Rooms.GetValueOrDefault(room.Info.RoomId) : null;
            Refusal refusal = Membership.MayEnter(room, context.User, member, isServerAdmin, entry.Email ?? context.User?.Info.Email, joinCode: "");
            if (refusal.Code == RefusalCode.LimitExceeded)
                return refusal;
            // A key that only looks, or trades for one account, makes nobody a member.
            if (refusal.IsRefused || (member is null && (command.ReadOnly || command.OnlyAccountId != 0)))
                room = null;
        }

        if (!known)
        {
            var info = new UserInfo(
                ++state.LastUserId, entry.Issuer, entry.Subject, name, entry.Email, entry.IsServerAdmin, context.Now.TimeUs);
            context.User = state.AddUser(info);
            context.Batch.AddRecord(new UserChanged(info, IsNew: true), isAnswer: false);
            changed = true;
        }
        else
        {
            changed = UpdateUser(context, context.User!, context.User!.Info with
            {
                Name = entry.NameIsMadeUp ? context.User.Info.Name : name,
                Email = entry.Email ?? context.User.Info.Email,
                IsServerAdmin = isServerAdmin,
            });
        }
        if (room is not null && !context.User.Rooms.ContainsKey(room.Info.RoomId))
        {
            Join(context, room, context.User, Role.Trader);
            changed = true;
        }
        // Before the snapshot, which shows the same: orders may have been cancelled with the powers that were lost.
        execution.EmitPortfolios(context);
        context.Batch.AddRecord(
            RoomViews.Show(context, context.User, room, asAdmin: false) with { Rooms = views.RoomsFor(context.User), RoomsLeft = state.RoomsLeftOf(context.User) }, isAnswer: true);
        return Refusal.None;
    }

    private bool UpdateUser(CommandContext context, User user, UserInfo updated)
    {
        UserInfo before = user.Info;
        if (updated == before)
            return false;
        user.Info = updated;
        context.Batch.AddRecord(new UserChanged(updated, IsNew: false), isAnswer: false);
        if (updated.Name == before.Name && updated.IsServerAdmin == before.IsServerAdmin)
            return true;
        foreach (RoomMember member in user.Rooms.Values)
            Membership.EmitMember(context, member, rightsChanged: updated.IsServerAdmin != before.IsServerAdmin);
        if (before.IsServerAdmin && !updated.IsServerAdmin)
        {
            // Where they are a spectator now.
            foreach (Account account in user.Accounts)
                accounts.CancelIfNoTrader(context, account);
        }
        return true;
    }

    public Refusal EnterRoom(CommandContext context, in Command command, RoomEntry entry, ref bool changed)
    {
        changed = false;
        bool isAmbiguous = false;
        Room? room = entry.RoomId != 0 ? state.Rooms.GetValueOrDefault(entry.RoomId) : FindRoom(entry.Slug, out isAmbiguous);
        if (room is null)
            return isAmbiguous ? Refusals.RoomNameNotUnique : Refusals.NoSuchRoom;
        User user = context.User!;
        RoomMember? member = user.Rooms.GetValueOrDefault(room.Info.RoomId);
        Refusal refusal = Membership.MayEnter(room, user, member, user.Info.IsServerAdmin, user.Info.Email, entry.JoinCode);
        if (refusal.IsRefused)
            return refusal;
        if (member is null && command.ReadOnly)
            return Refusals.KeyIsReadOnly;
        if (member is null && command.OnlyAccountId != 0)
            return Refusals.KeyIsForOneAccount with { A = command.OnlyAccountId };
        if (member is null)
        {
            Join(context, room, user, Role.Trader);
            changed = true;
        }
        context.Batch.AddRecord(RoomViews.Show(context, user, room, asAdmin: false), isAnswer: true);
        return Refusal.None;
    }

    /// <summary>The room that somebody typed: its short name, or its name if no other has it. Capitals do not matter.</summary>
    private Room? FindRoom(string typed, out bool isAmbiguous)
    {
        isAmbiguous = false;
        typed = typed.Trim();
        if (state.RoomsBySlug.TryGetValue(typed.ToLowerInvariant(), out Room? room) || typed.Length is 0 or > Limits.MaxRoomNameLength)
            return room;
        string name = Names.Normalize(typed);
        Room[] named = [.. state.RoomNames.Like(typed).Distinct().Where(r => !r.Info.IsArchived && Names.Normalize(r.Info.Name) == name).Take(2)];
        isAmbiguous = named.Length > 1;
        return named.Length == 1 ? named[0] : null;
    }

    /// <summary>Makes a user a member of a room, with a personal account if there is none from an earlier time.</summary>
    public void Join(CommandContext context, Room room, User user, Role role)
    {
        var member = new RoomMember(user, room, role);
        VenueState.AddMember(member);
        Membership.EmitMember(context, member, rightsChanged: true);
        if (Membership.PersonalAccount(room, user) is not null)
            return;
        bool maySpeakForIt = user.Info.IsServerAdmin;
        Account account = accounts.OpenAccount(context, room, user, FreeName(room, user.Info.Name, maySpeakForIt), isPersonal: true);
        if (room.Info.OpeningBalance > Cash.Zero)
            money.Move(context, room.House, account, room.Info.OpeningBalance, "Opening balance", TransferKind.Opening);
    }

    /// <summary>
    /// The name, or with the first number behind it that makes it one nobody has, nor one that looks like it: money goes to accounts by
    /// their names.
    /// </summary>
    public static string FreeName(Room room, string name, bool maySpeakForExchange)
    {
        if (!maySpeakForExchange && ReservedNames.IsReserved(name))
            name = "User " + name;
        string free = Cut(name, Limits.MaxAccountNameLength);
        for (int number = 2; AccountCommands.HasAccountNamed(room, free, except: null); number++)
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
