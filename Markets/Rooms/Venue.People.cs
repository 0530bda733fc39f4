namespace Exchange.Markets;

// What admins are shown of the members of a room.
public sealed partial class Venue
{
    private Refusal GetMembersOverview()
    {
        Room room = _room!;
        // Sequence is one ahead while a command is applied.
        if (room.Standings?.Sequence != Sequence - 1)
        {
            room.Standings = new MembersOverview(
                room.Info.RoomId, Sequence - 1,
                [.. room.Members.Values.OrderBy(m => m.User.Info.UserId).Select(m => StandingOf(m.User, room))]);
        }
        _batch.AddRecord(room.Standings, isAnswer: true);
        return Refusal.None;
    }

    private Refusal GetPerson(in Command command)
    {
        Room room = _room!;
        long userId = ((PersonWanted)command.Details!).UserId;
        if (!_users.TryGetValue(userId, out User? user))
            return Refusals.NotAMember;
        RoomMember? member = room.Members.GetValueOrDefault(userId);
        // Whoever was taken out still owns their accounts here.
        Account[] accounts = [.. user.Accounts.Where(a => a.Room == room).OrderByDescending(a => IsPersonalOf(a, user))];
        if (member is null && accounts.Length == 0)
            return Refusals.NotAMember;
        _batch.AddRecord(
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
}
