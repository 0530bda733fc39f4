namespace Exchange.Markets;

/// <summary>All that the venue knows: rooms, users, accounts, markets and live orders, and the last of each number that was handed out.</summary>
internal sealed class VenueState(VenueOptions options)
{
    public readonly VenueOptions Options = options;
    public readonly ById<Room> Rooms = new();
    public readonly Dictionary<string, Room> RoomsBySlug = new(StringComparer.Ordinal);
    public readonly NameIndex<Room> RoomNames = new();
    public readonly ById<User> Users = new();
    public readonly Dictionary<(string Issuer, string Subject), User> UsersByIdentity = [];
    public readonly ById<Account> Accounts = new();
    public readonly ById<Market> Markets = new();

    /// <summary>The live orders.</summary>
    public readonly Dictionary<long, Order> Orders = [];

    /// <summary>The room 'main', once the first start has opened it.</summary>
    public Room? Main;

    // The last of each number that was handed out.
    public long LastRoomId, LastUserId, LastAccountId, LastMarketId, LastOrderId, LastTradeId, LastTransferId, LastSettlementId;
    public long LastConversionId, LastExerciseId, LastCodeId, LastPriority;

    /// <summary>The count of commands that changed something.</summary>
    public long Sequence;

    /// <summary>Rises whenever who the house bots are, or where and when they may trade, may have changed.</summary>
    public long HouseBotsVersion;

    public User? FindHouseBots() => UsersByIdentity.GetValueOrDefault((Venue.HouseBotsIssuer, Venue.HouseBotsSubject));

    public static Account? BotAccount(Room room, User user, HouseBotKind kind) =>
        user.Accounts.Find(a => a.Room == room && a.Info.BotKind == kind);

    public Market AddMarket(MarketInfo info)
    {
        Room room = Rooms[info.RoomId];
        var market = new Market(info, room);
        Markets.Add(info.MarketId, market);
        room.Markets.Add(market);
        room.MarketNames.Add(market, info.Name);
        room.Directory = null;
        foreach (long id in Derivations.SourceIds(info.Derivation))
        {
            Market source = Markets[id];
            market.Sources.Add(source);
            source.Derived.Add(market);
        }
        return market;
    }

    public void RemoveMarket(Market market)
    {
        foreach (Market source in market.Sources)
            source.Derived.Remove(market);
        market.Room.Markets.Remove(market);
        market.Room.MarketNames.Remove(market, market.Info.Name);
        market.Room.Directory = null;
        Markets.Remove(market.Id);
    }

    public Account AddAccount(AccountInfo info)
    {
        Room room = Rooms[info.RoomId];
        var account = new Account(info, room);
        Accounts.Add(info.AccountId, account);
        room.Accounts.Add(account);
        room.AccountNames.Add(account, info.Name);
        room.Directory = null;
        return account;
    }

    public static void AddAccountMember(Account account, User user, AccountRole role)
    {
        // Who owns an account in a room they were taken out of stands nowhere in it.
        RoomMember inRoom = user.Rooms.GetValueOrDefault(account.Room.Info.RoomId) ?? new RoomMember(user, account.Room, 0);
        account.SetMember(new AccountMember(user, inRoom, role));
        int at = user.Accounts.FindIndex(a => a.Id > account.Id);
        user.Accounts.Insert(at < 0 ? user.Accounts.Count : at, account);
    }

    public int RoomsLeftOf(User user) =>
        Math.Max(0, Options.MaxRoomsPerUser - Rooms.Values.Count(r => r.Info.OwnerUserId == user.Info.UserId && !r.Info.IsArchived));

    public Room AddRoom(RoomInfo info)
    {
        var room = new Room(info);
        Rooms.Add(info.RoomId, room);
        RoomsBySlug.Add(info.Slug, room);
        RoomNames.Add(room, info.Name);
        if (info.Slug == Venue.MainRoomSlug)
            Main = room;
        return room;
    }

    public User AddUser(UserInfo info)
    {
        var user = new User(info);
        Users.Add(info.UserId, user);
        UsersByIdentity.Add((info.Issuer, info.Subject), user);
        return user;
    }

    public static void AddMember(RoomMember member)
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
