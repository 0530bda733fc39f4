using Exchange.Spelling;

namespace Exchange.Markets;

/// <summary>Rooms and the roles in them.</summary>
internal sealed class RoomCommands(VenueState state, AccountCommands accounts, EntryCommands entries, OrderExecution execution)
{
    public Refusal OpenRoom(CommandContext context, in Command command, RoomTerms terms)
    {
        if (context.User is not null)
        {
            if ((Texts.SlugProblem(terms.Slug) ?? ProblemOfName("name", terms.Name, Limits.MaxRoomNameLength) ?? ProblemOf(terms)) is { } problem)
                return Refusals.InvalidField(problem);
        }
        if (state.RoomsBySlug.ContainsKey(terms.Slug))
            return Refusals.RoomNameTaken;
        if (context.User is not null)
        {
            if (state.Rooms.Count >= Limits.MaxRooms)
                return Refusals.RoomsLimit;
            bool mayAny = command.Elevated && context.User.Info.IsServerAdmin;
            if (!mayAny && state.RoomsLeftOf(context.User) <= 0)
                return Refusals.OwnRoomsLimit(state.Options.MaxRoomsPerUser);
            if (!mayAny && state.Rooms.Values.Count(r => r.Info.OwnerUserId == context.User.Info.UserId) >= Limits.MaxRoomsEverPerUser)
                return Refusals.OwnRoomsEverLimit;
        }

        long houseId = ++state.LastAccountId;
        var info = new RoomInfo(
            ++state.LastRoomId, terms.Slug, terms.Name, houseId, terms.OpeningBalance, terms.WhoMayCreateMarkets)
        {
            OwnerUserId = context.User?.Info.UserId ?? 0,
            JoinPolicy = terms.JoinPolicy,
            CreatedTimeUs = context.Now.TimeUs,
        };
        Room room = state.AddRoom(info);
        context.Batch.AddRecord(new RoomOpened(info), isAnswer: true);
        room.House = state.AddAccount(new AccountInfo(houseId, info.RoomId, "House", OwnerUserId: 0, context.Now.TimeUs));
        context.Batch.AddRecord(new AccountOpened(room.House.Info), isAnswer: false);
        ChangeTracker.EmitCash(context, room.House);
        if (context.User is not null)
            entries.Join(context, room, context.User, Role.Admin);
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

    public static string? ProblemOfName(string field, string name, int maxLength) =>
        Texts.NameProblem(field, name, 1, maxLength);

    public Refusal UpdateRoom(CommandContext context, in Command command, RoomUpdate update)
    {
        Room room = context.Room!;
        if (room.Info.IsArchived && update.IsArchived != false)
            return Refusals.RoomArchived;
        string? joinCode = update.JoinCode is null ? null : Codes.Normalize(update.JoinCode);
        if (ProblemOf(update, joinCode) is { } problem)
            return Refusals.InvalidField(problem);

        bool isOpenedAgain = room.Info.IsArchived && update.IsArchived == false && !(command.Elevated && context.User!.Info.IsServerAdmin);
        if (isOpenedAgain && state.Users.TryGetValue(room.Info.OwnerUserId, out User? owner) && state.RoomsLeftOf(owner) <= 0)
            return Refusals.OwnRoomsLimit(state.Options.MaxRoomsPerUser);

        state.RoomNames.Rename(room, room.Info.Name, update.Name ?? room.Info.Name);
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
        state.HouseBotsVersion++;
        if (isArchiving)
            EndAllOrders(context, room);
        if (joinCode is not null)
        {
            room.JoinCode = joinCode;
            context.Batch.AddRecord(new InvitationsChanged(room.Info.RoomId, joinCode, [], []), isAnswer: false);
        }
        context.Batch.AddRecord(new RoomChanged(room.Info, wasOpen), isAnswer: true);
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
    private void EndAllOrders(CommandContext context, Room room)
    {
        long[] live = [.. state.Orders.Values.Where(o => o.Holding.Account.Room == room).Select(o => o.Id).Order()];
        foreach (long id in live)
            execution.Cancel(context, state.Orders[id], OrderReason.RoomArchived, isAnswer: false);
        foreach (Account account in room.Accounts)
            Deadlines.Disarm(context, account);
    }

    public static Refusal InviteToRoom(CommandContext context, Invitations invitations)
    {
        Room room = context.Room!;
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
        context.Batch.AddRecord(new InvitationsChanged(room.Info.RoomId, JoinCode: null, added, removed), isAnswer: false);
        return RoomViews.GetRoomSettings(context);
    }

    public Refusal SetRole(CommandContext context, RoleTerms terms)
    {
        Room room = context.Room!;
        if (!room.Members.TryGetValue(terms.UserId, out RoomMember? member))
            return Refusals.NotAMember;
        if (member.User.Info.IsServerAdmin)
            return Refusals.RoleIsTheServers;
        if (room.Info.OwnerUserId == terms.UserId && !context.User!.Info.IsServerAdmin)
            return Refusals.RoleIsTheOwners;
        if (terms.Role is { } wanted && !Enum.IsDefined(wanted))
            return Refusals.InvalidField("role must be SPECTATOR, TRADER or ADMIN, unless `remove` is set.");

        if (terms.Role is { } role)
        {
            member.Kept = role;
            room.Directory = null;
            context.Batch.AddRecord(new MemberChanged(room.Info.RoomId, member.Info, role, IsRemoved: false), isAnswer: true);
        }
        else
        {
            room.Members.Remove(terms.UserId);
            member.User.Rooms.Remove(room.Info.RoomId);
            member.Kept = 0;
            room.Directory = null;
            context.Batch.AddRecord(new MemberChanged(room.Info.RoomId, member.Info, 0, IsRemoved: true), isAnswer: true);
            foreach (Account account in member.User.Accounts.Where(a => a.Room == room && a.Members[terms.UserId].Role != AccountRole.Owner).ToArray())
                accounts.RemoveMember(context, account, member.User);
        }
        Membership.EmitRights(context, member);
        state.HouseBotsVersion++;
        foreach (Account account in member.User.Accounts)
        {
            if (account.Room == room)
                accounts.CancelIfNoTrader(context, account);
        }
        return Refusal.None;
    }
}
