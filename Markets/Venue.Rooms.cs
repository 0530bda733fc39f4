namespace Exchange.Markets;

// Rooms, the users who enter them, and what they are shown.
public sealed partial class Venue
{
    /// <summary>The slug of the room that everyone enters.</summary>
    public const string MainRoomSlug = "main";

    /// <summary>Whether there is a room to enter: not before the first start has opened it.</summary>
    public bool HasMainRoom => _main is not null;

    private Refusal OpenRoom(in Command command, ref bool changed)
    {
        var terms = (RoomTerms)command.Details!;
        if (_rooms.Values.Any(r => r.Info.Slug == terms.Slug))
            return Refuse(Refusals.RoomNameTaken, ref changed);

        long houseId = ++_lastAccountId;
        var info = new RoomInfo(
            ++_lastRoomId, terms.Slug, terms.Name, houseId, terms.OpeningBalance, terms.WhoMayCreateMarkets);
        Room room = AddRoom(info);
        _batch.AddOther(new RoomOpened(info), isAnswer: true);
        room.House = AddAccount(new AccountInfo(houseId, info.RoomId, "House", OwnerUserId: 0, _timeUs));
        _batch.AddOther(new AccountOpened(room.House.Info), isAnswer: false);
        TellCash(room.House);
        return Refusal.None;
    }

    private Refusal EnterUser(in Command command, ref bool changed)
    {
        changed = false;
        var entry = (UserEntry)command.Details!;
        Room room = _main ?? throw new InvalidOperationException("The room 'main' is opened before anyone enters.");
        string name = Texts.CleanName(entry.Name);
        bool known = _usersByIdentity.TryGetValue((entry.Issuer, entry.Subject), out User? user);
        bool needsAccount = !known || !user!.Accounts.Any(a => a.Room == room);
        if (needsAccount && room.House.Cash - room.Info.OpeningBalance < new Cash(-Limits.MaxIssued))
            return Refuse(Refusals.IssuedLimit, ref changed);

        if (!known)
        {
            var info = new UserInfo(
                ++_lastUserId, entry.Issuer, entry.Subject, name, entry.Email, entry.IsServerAdmin, _timeUs);
            user = AddUser(info);
            _batch.AddOther(new UserChanged(info, IsNew: true), isAnswer: false);
            changed = true;
        }
        else
        {
            // A sign-in can make an admin; only an admin's deed unmakes one.
            UserInfo updated = user!.Info with
            {
                Name = entry.NameIsMadeUp ? user.Info.Name : name,
                Email = entry.Email ?? user.Info.Email,
                IsServerAdmin = entry.IsServerAdmin || user.Info.IsServerAdmin,
            };
            if (updated != user.Info)
            {
                user.Info = updated;
                _batch.AddOther(new UserChanged(updated, IsNew: false), isAnswer: false);
                changed = true;
            }
        }

        if (needsAccount)
        {
            Account account = AddAccount(new AccountInfo(++_lastAccountId, room.Info.RoomId, name, user!.Info.UserId, _timeUs));
            _batch.AddOther(new AccountOpened(account.Info), isAnswer: false);
            Transfer(room.House, account, room.Info.OpeningBalance, "Opening balance", user.Info.UserId);
            changed = true;
        }
        _batch.AddOther(Show(user!, room), isAnswer: true);
        return Refusal.None;
    }

    private void Transfer(Account from, Account to, Cash amount, string memo, long byUserId)
    {
        from.Cash -= amount;
        to.Cash += amount;
        _batch.AddOther(
            new TransferMade(++_lastTransferId, from.Room.Info.RoomId, from.Id, to.Id, amount, memo, byUserId), isAnswer: false);
        TellCash(from);
        TellCash(to);
    }

    private Refusal ShowRoom(in Command command)
    {
        if (!_users.TryGetValue(command.UserId, out User? user))
            return Refusals.UnknownUser;
        _batch.AddOther(Show(user, _main!), isAnswer: true);
        return Refusal.None;
    }

    private static RoomShown Show(User user, Room room)
    {
        room.Directory ??= new RoomDirectory(
            room.Info, [.. room.Accounts.Select(a => a.Info)], [.. room.Markets.Select(m => m.Info)]);
        return new RoomShown(
            user.Info, room.Directory, [.. user.Accounts.Where(a => a.Room == room).Select(PortfolioOf)]);
    }

    private static Portfolio PortfolioOf(Account account)
    {
        var positions = new List<PositionState>();
        var orders = new List<OrderState>();
        foreach (Holding holding in account.Holdings)
        {
            if (holding.Position != Quantity.Zero || holding.Spent != Cash.Zero || holding.SettledProfit != Cash.Zero)
                positions.Add(new PositionState(holding.Market.Id, holding.Position, holding.Spent, holding.SettledProfit));
            for (Order? order = holding.FirstOrder; order is not null; order = order.NextOfHolding)
                orders.Add(StateOf(order, OrderStatus.Live, order.Reason));
        }
        orders.Sort((a, b) => a.OrderId.CompareTo(b.OrderId));
        return new Portfolio(account.Info, account.Cash, account.Available, [.. positions], [.. orders]);
    }

    private Room AddRoom(RoomInfo info)
    {
        var room = new Room(info);
        _rooms.Add(info.RoomId, room);
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

    private Account AddAccount(AccountInfo info)
    {
        Room room = _rooms[info.RoomId];
        var account = new Account(info, room);
        _accounts.Add(info.AccountId, account);
        room.Accounts.Add(account);
        room.Directory = null;
        if (!info.IsHouse)
            _users[info.OwnerUserId].Accounts.Add(account);
        return account;
    }
}
