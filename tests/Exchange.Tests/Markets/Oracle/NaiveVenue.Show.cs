using Exchange.Markets;

namespace Exchange.Tests.Markets;

// What who may see of all this.
internal sealed partial class NaiveVenue
{
    private NaiveAnswer Subscribe(Command command, MarketsWanted wanted)
    {
        bool seesAll = wanted.MarketIds.All(id => _next.Markets.Exists(m => m.MarketId == id && Sees(m)));
        return wanted.All || wanted.SkipUnknown || seesAll ? NaiveAnswer.Shown() : RefusalCode.MarketNotFound;
    }

    private NaiveAnswer GetPerson(PersonWanted wanted)
    {
        long roomId = _room!.RoomId;
        bool isKnown = _next.RoleOf(wanted.UserId, roomId) is not null
            || _next.Accounts.Any(a => a.RoomId == roomId && _next.ShareOf(wanted.UserId, a.AccountId) is not null);
        return isKnown ? NaiveAnswer.Shown() : RefusalCode.UserNotFound;
    }

    /// <summary>How each member does.</summary>
    public MemberStanding[] Standings(long roomId) =>
        [.. _state.Members.Where(m => m.RoomId == roomId).OrderBy(m => m.UserId).Select(m => StandingOf(m.UserId, roomId))];

    private MemberStanding StandingOf(long userId, long roomId)
    {
        AccountInfo[] owned = [.. _state.Accounts.Where(a => a.RoomId == roomId && a.OwnerUserId == userId).OrderBy(a => a.AccountId)];
        EquitySample[] worth = [.. owned.Select(Worth)];
        Int128 cash = 0;
        foreach (AccountInfo account in owned)
            cash += _state.Cash[account.AccountId];
        return new MemberStanding(
            userId, Money(cash), new Cash(worth.Sum(w => w.Equity.TenThousandths)), new Cash(worth.Sum(w => w.Profit.TenThousandths)),
            _state.Live.Count(o => owned.Any(a => a.AccountId == o.AccountId)), [.. owned.Select(a => a.AccountId)]);
    }

    /// <summary>All of one of a room's people, but for the orders.</summary>
    public PersonView Person(long userId, long roomId) => new(
        roomId, _state.User(userId), _state.RoleOf(userId, roomId), StandingOf(userId, roomId),
        [
            .. _state.Accounts.Where(a => a.RoomId == roomId && _state.ShareOf(userId, a.AccountId) is not null)
                .OrderBy(a => a.IsPersonal && a.OwnerUserId == userId ? 0 : 1).ThenBy(a => a.AccountId).Select(PortfolioOf),
        ]);

    /// <summary>A room as a user is shown it, but for the orders and <see cref="RoomView.RightsSequence"/>.</summary>
    public RoomView Room(UserInfo user, long? roomId, bool elevated, long onlyAccountId = 0)
    {
        _onlyAccountId = onlyAccountId;
        if (roomId is not { } id || _state.RoleOf(user.UserId, id) is not { } role)
            return new RoomView(user, null, null, [], [], 0);
        (_user, _next, _room, _role, _asAdmin) = (user, _state, _state.Room(id), role, elevated && role == Role.Admin);
        MemberInfo[] members =
        [
            .. _state.Members.Where(m => m.RoomId == id).OrderBy(m => m.UserId)
                .Select(m => new MemberInfo(_state.User(m.UserId), _state.RoleOf(m.UserId, id)!.Value)),
        ];
        var directory = new RoomDirectory(
            _room, [.. _state.Accounts.Where(a => a.RoomId == id)], [.. _state.Markets.Where(m => m.RoomId == id && !m.IsHidden)], members);
        Portfolio[] portfolios =
        [
            .. _state.Accounts.Where(a => a.RoomId == id && IsWithinKey(a.AccountId) && _state.ShareOf(user.UserId, a.AccountId) is not null)
                .OrderBy(a => a.IsPersonal && a.OwnerUserId == user.UserId ? 0 : 1).ThenBy(a => a.AccountId).Select(PortfolioOf),
        ];
        return new RoomView(user, directory, role, [.. _state.Markets.Where(m => m.IsHidden && Sees(m))], portfolios, 0);
    }

    private Portfolio PortfolioOf(AccountInfo account)
    {
        long id = account.AccountId;
        PositionState[] positions =
        [
            .. _state.Holdings.Where(h => h.Key.AccountId == id && !IsNothingShown(h.Value)).OrderBy(h => h.Key.MarketId)
                .Select(h => new PositionState(
                    h.Key.MarketId, Amount(h.Value.Position), Money(h.Value.Spent), Money(h.Value.SettledProfit),
                    Amount(h.Value.SettledPosition), Money(h.Value.SettledSpent), Money(h.Value.OpenCost), Money(h.Value.SettledOpenCost))),
        ];
        return new Portfolio(account, Money(_state.Cash[id]), Money(_state.Available(id)), positions, [])
        {
            NetDeposits = Money(_state.NetDeposits[id]),
            CancelTimeUs = _state.CancelTimes.GetValueOrDefault(id),
            Members = _state.SharesOf(id),
            Transfers = [.. _state.Transfers.Where(t => t.FromAccountId == id || t.ToAccountId == id).TakeLast(20)],
        };
    }

    /// <summary>What is only kept for undoing a settlement is not shown.</summary>
    public static bool IsNothingShown(NaiveHolding holding) => holding.Position == 0 && holding.Spent == 0 && holding.SettledProfit == 0;

    /// <summary>Rooms a user is in, or could enter without being told a code.</summary>
    public RoomOffered[] RoomsOf(UserInfo user)
    {
        _next = _state;
        return
        [
            .. _state.Rooms.Where(r => _state.RoleOf(user.UserId, r.RoomId) is not null || (!r.IsArchived && MayJoin(r, user, "") && !IsBroke(r, user)))
                .Select(r => new RoomOffered(r, _state.RoleOf(user.UserId, r.RoomId))),
        ];
    }

    public int RoomsLeftOf(UserInfo user)
    {
        _next = _state;
        return RoomsLeft(user.UserId);
    }

    /// <summary>Markets as a user is shown them.</summary>
    public Subscribed Markets(UserInfo user, long roomId, bool elevated, MarketsWanted wanted, Func<long, long> sequenceOf, long onlyAccountId)
    {
        _onlyAccountId = onlyAccountId;
        (_user, _next, _room) = (user, _state, _state.Rooms.FirstOrDefault(r => r.RoomId == roomId));
        _role = _room is null ? null : _state.RoleOf(user.UserId, roomId);
        _asAdmin = elevated && _role == Role.Admin;
        long[] seen = _role is null ? [] : [.. _state.Markets.Where(m => Sees(m)).Select(m => m.MarketId)];
        long[] ids = wanted.All ? seen : [.. wanted.MarketIds.Where(seen.Contains)];
        MarketSnapshot[] snapshots = wanted.WithoutSnapshots ? [] : [.. ids.Select(id => Snapshot(_state.Market(id), wanted.Views, sequenceOf(id)))];
        return new Subscribed(wanted, ids, snapshots);
    }

    private MarketSnapshot Snapshot(MarketInfo market, MarketViews views, long sequence)
    {
        bool masked = market.IsAnonymous && !_asAdmin;
        long Shown(long accountId) => masked ? 0 : accountId;
        BookOrder[] Orders(Side side) =>
            [.. _state.Book(market.MarketId, side).Select(o => new BookOrder(o.Id, new Price(o.Price), new Quantity(o.Left), Shown(o.AccountId)))];
        Trade[] trades =
        [
            .. TradesOf[market.MarketId].TakeLast(100).Select(t => new Trade
            {
                TradeId = t.Id, MarketId = t.MarketId, Price = new Price(t.Price), Quantity = new Quantity(t.Quantity), Aggressor = t.Aggressor,
                TimeUs = t.TimeUs, BuyOrderId = t.BuyOrderId, SellOrderId = t.SellOrderId,
                BuyerAccountId = Shown(t.BuyerAccountId), SellerAccountId = Shown(t.SellerAccountId),
            }),
        ];
        return new MarketSnapshot(
            market.MarketId,
            views.HasFlag(MarketViews.Book) ? new BookSnapshot(market.MarketId, sequence, Orders(Side.Buy), Orders(Side.Sell)) : null,
            views.HasFlag(MarketViews.Trades) ? new TradesSnapshot(market.MarketId, sequence, trades) : null);
    }

    /// <summary>Best first.</summary>
    public EquitySample[] Leaderboard(long roomId, bool asAdmin) =>
    [
        .. _state.Accounts.Where(a => a.RoomId == roomId && !a.IsHouse).Select(a => asAdmin ? Worth(a) : PublicWorth(a))
            .OrderByDescending(e => e.Profit.TenThousandths).ThenBy(e => e.AccountId),
    ];

    public RoomSettings Settings(long roomId) => new(
        _state.JoinCodes.GetValueOrDefault(roomId, ""),
        [.. _state.Invited.Where(i => i.RoomId == roomId).Select(i => i.Email).Order(StringComparer.Ordinal)]);

    /// <summary>Those that can still be used.</summary>
    public CodeInfo[] Codes(long roomId) => [.. _state.Codes.Where(c => c.RoomId == roomId && IsUsable(c))];
}
