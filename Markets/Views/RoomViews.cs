namespace Exchange.Markets;

/// <summary>What a user is shown of a room: its directory, portfolios, leaderboard, members.</summary>
internal sealed class RoomViews(VenueState state)
{
    public static Refusal GetMembersOverview(CommandContext context)
    {
        Room room = context.Room!;
        // Sequence is one ahead while a command is applied.
        if (room.Standings?.Sequence != context.Sequence - 1)
        {
            room.Standings = new MembersOverview(
                room.Info.RoomId, context.Sequence - 1,
                [.. room.Members.Values.OrderBy(m => m.User.Info.UserId).Select(m => StandingOf(m.User, room))]);
        }
        context.Batch.AddRecord(room.Standings, isAnswer: true);
        return Refusal.None;
    }

    public Refusal GetPerson(CommandContext context, PersonWanted wanted)
    {
        Room room = context.Room!;
        long userId = wanted.UserId;
        if (!state.Users.TryGetValue(userId, out User? user))
            return Refusals.NotAMember;
        RoomMember? member = room.Members.GetValueOrDefault(userId);
        // Whoever was taken out still owns their accounts here.
        Account[] accounts = [.. user.Accounts.Where(a => a.Room == room).OrderByDescending(a => IsPersonalOf(a, user))];
        if (member is null && accounts.Length == 0)
            return Refusals.NotAMember;
        context.Batch.AddRecord(
            new PersonView(room.Info.RoomId, user.Info, member?.Role, StandingOf(user, room), [.. accounts.Select(PortfolioOf)]), isAnswer: true);
        return Refusal.None;
    }

    private static MemberStanding StandingOf(User user, Room room)
    {
        (Cash cash, Cash equity, Cash netDeposits) = (Cash.Zero, Cash.Zero, Cash.Zero);
        int orders = 0;
        var owned = new List<long>();
        foreach (Account account in user.Accounts)
        {
            if (account.Room != room || account.Info.OwnerUserId != user.Info.UserId)
                continue;
            owned.Add(account.Id);
            cash += account.Cash;
            equity += account.Equity;
            netDeposits += account.NetDeposits;
            orders += account.Holdings.Sum(h => h.OrderCount);
        }
        return new MemberStanding(user.Info.UserId, cash, equity, equity - netDeposits, orders, [.. owned]);
    }

    public static Refusal GetRoom(CommandContext context)
    {
        context.Batch.AddRecord(Show(context, context.User!, context.Member is null ? null : context.Room, context.AsAdmin), isAnswer: true);
        return Refusal.None;
    }

    /// <summary>All that a user sees of a room they are a member of.</summary>
    public static RoomView Show(CommandContext context, User user, Room? room, bool asAdmin)
    {
        if (room is null)
            return new RoomView(user.Info, Directory: null, Role: null, [], [], RightsSequence: 0);
        room.Directory ??= new RoomDirectory(
            room.Info, [.. room.Accounts.Select(a => a.Info)], [.. room.Markets.Where(m => !m.Info.IsHidden).Select(m => m.Info)],
            [.. room.Members.Values.OrderBy(m => m.User.Info.UserId).Select(m => m.Info)]);
        RoomMember member = user.Rooms[room.Info.RoomId];
        return new RoomView(
            user.Info, room.Directory, member.Role,
            [.. room.Markets.Where(m => m.Info.IsHidden && Admission.Sees(context, m, user, asAdmin)).Select(m => m.Info)],
            [.. user.Accounts.Where(a => a.Room == room && Admission.IsWithinKey(context, a)).OrderByDescending(a => IsPersonalOf(a, user)).Select(PortfolioOf)],
            Math.Max(member.RightsSequence, room.VisibilitySequence));
    }

    private static bool IsPersonalOf(Account account, User user) => account.Info.IsPersonal && account.Info.OwnerUserId == user.Info.UserId;

    /// <summary>Rooms a user is in or may enter.</summary>
    public RoomOffered[] RoomsFor(User user)
    {
        var rooms = new List<RoomOffered>();
        foreach (Room room in state.Rooms.Values)
        {
            if (user.Rooms.TryGetValue(room.Info.RoomId, out RoomMember? member))
                rooms.Add(new RoomOffered(room.Info, member.Role));
            else if (!Membership.MayEnter(room, user, member: null, user.Info.IsServerAdmin, user.Info.Email, joinCode: "").IsRefused)
                rooms.Add(new RoomOffered(room.Info, Role: null));
        }
        return [.. rooms.OrderBy(r => r.Room.RoomId)];
    }

    private static Portfolio PortfolioOf(Account account)
    {
        var positions = new List<PositionState>();
        var orders = new List<OrderState>();
        foreach (Holding holding in account.Holdings)
        {
            if (holding.Position != Quantity.Zero || holding.Spent != Cash.Zero || holding.SettledProfit != Cash.Zero)
                positions.Add(holding.State);
            for (Order? order = holding.FirstOrder; order is not null; order = order.NextOfHolding)
                orders.Add(order.StateAs(OrderStatus.Live, order.Reason));
        }
        orders.Sort((a, b) => a.OrderId.CompareTo(b.OrderId));
        return new Portfolio(account.Info, account.Cash, account.Available, [.. positions], [.. orders])
        {
            NetDeposits = account.NetDeposits,
            CancelTimeUs = account.CancelTimeUs,
            Members = account.MemberInfos,
            Transfers = [.. account.Transfers],
        };
    }

    public static Refusal GetRoomSettings(CommandContext context)
    {
        context.Batch.AddRecord(new RoomSettings(context.Room!.JoinCode, [.. context.Room.InvitedEmails]), isAnswer: true);
        return Refusal.None;
    }

    public static Refusal GetLeaderboard(CommandContext context)
    {
        Room room = context.Room!;
        // Sequence is one ahead while a command is applied.
        long sequence = context.Sequence - 1;
        ref Leaderboard? last = ref context.AsAdmin ? ref room.FullLeaderboard : ref room.Leaderboard;
        if (last?.Sequence != sequence)
        {
            bool full = context.AsAdmin;
            EquitySample[] entries =
            [
                .. room.Accounts.Where(a => !a.IsHouse).Select(a => (Account: a, Equity: full ? a.Equity : a.PublicEquity))
                    .Select(e => new EquitySample(e.Account.Id, e.Equity, e.Equity - e.Account.NetDeposits))
                    .OrderByDescending(e => e.Profit.TenThousandths).ThenBy(e => e.AccountId),
            ];
            last = new Leaderboard(sequence, entries);
        }
        context.Batch.AddRecord(last!, isAnswer: true);
        return Refusal.None;
    }
}
