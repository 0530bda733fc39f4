namespace Exchange.Markets;

// What is shown to those who ask; nothing here changes anything.
public sealed partial class Venue
{
    private Refusal GetRoom()
    {
        _batch.AddRecord(Show(_user!, _member is null ? null : _room, _asAdmin), isAnswer: true);
        return Refusal.None;
    }

    /// <summary>All that a user sees of a room they are a member of.</summary>
    private RoomView Show(User user, Room? room, bool asAdmin)
    {
        if (room is null)
            return new RoomView(user.Info, Directory: null, Role: null, [], [], RightsSequence: 0);
        room.Directory ??= new RoomDirectory(
            room.Info, [.. room.Accounts.Select(a => a.Info)], [.. room.Markets.Where(m => !m.Info.IsHidden).Select(m => m.Info)],
            [.. room.Members.Values.OrderBy(m => m.User.Info.UserId).Select(m => m.Info)]);
        RoomMember member = user.Rooms[room.Info.RoomId];
        return new RoomView(
            user.Info, room.Directory, member.Role,
            [.. room.Markets.Where(m => m.Info.IsHidden && Sees(m, user, asAdmin)).Select(m => m.Info)],
            [.. user.Accounts.Where(a => a.Room == room && IsWithinKey(a)).OrderByDescending(a => IsPersonalOf(a, user)).Select(PortfolioOf)],
            Math.Max(member.RightsSequence, room.VisibilitySequence));
    }

    private static bool IsPersonalOf(Account account, User user) => account.Info.IsPersonal && account.Info.OwnerUserId == user.Info.UserId;

    /// <summary>Rooms a user is in or may enter.</summary>
    private RoomOffered[] RoomsFor(User user)
    {
        var rooms = new List<RoomOffered>();
        foreach (Room room in _rooms.Values)
        {
            if (user.Rooms.TryGetValue(room.Info.RoomId, out RoomMember? member))
                rooms.Add(new RoomOffered(room.Info, member.Role));
            else if (!MayEnter(room, user, member: null, user.Info.IsServerAdmin, user.Info.Email, joinCode: "").IsRefused)
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
                orders.Add(StateOf(order, OrderStatus.Live, order.Reason));
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

    /// <summary>Every room, for telling at the start.</summary>
    public IEnumerable<RoomInfo> Rooms => _rooms.Values.Select(r => r.Info);

    /// <summary>Every market, for telling at the start.</summary>
    public IEnumerable<MarketInfo> Markets => _markets.Values.Select(m => m.Info);

    private Refusal GetRoomSettings()
    {
        _batch.AddRecord(new RoomSettings(_room!.JoinCode, [.. _room.InvitedEmails]), isAnswer: true);
        return Refusal.None;
    }

    private Refusal GetLeaderboard()
    {
        Room room = _room!;
        // Sequence is one ahead while a command is applied.
        long sequence = Sequence - 1;
        ref Leaderboard? last = ref _asAdmin ? ref room.FullLeaderboard : ref room.Leaderboard;
        if (last?.Sequence != sequence)
        {
            bool full = _asAdmin;
            EquitySample[] entries =
            [
                .. room.Accounts.Where(a => !a.IsHouse).Select(a => (Account: a, Equity: full ? a.Equity : a.PublicEquity))
                    .Select(e => new EquitySample(e.Account.Id, e.Equity, e.Equity - e.Account.NetDeposits))
                    .OrderByDescending(e => e.Profit.TenThousandths).ThenBy(e => e.AccountId),
            ];
            last = new Leaderboard(sequence, entries);
        }
        _batch.AddRecord(last!, isAnswer: true);
        return Refusal.None;
    }

    private Refusal Subscribe(in Command command)
    {
        var wanted = (MarketsWanted)command.Details!;
        if (_member is null && !wanted.SkipUnknown)
            return Refusals.RoomNotFound;
        IEnumerable<Market> markets = _member is null ? [] : _room!.Markets.Where(Sees);
        if (!wanted.All && _member is not null)
        {
            var named = new List<Market>(wanted.MarketIds.Length);
            foreach (long id in wanted.MarketIds)
            {
                Refusal refusal = FindMarket(id, out Market market);
                if (!refusal.IsRefused)
                    named.Add(market);
                else if (!wanted.SkipUnknown)
                    return refusal;
            }
            markets = named;
        }

        var ids = new List<long>();
        var snapshots = new List<MarketSnapshot>();
        foreach (Market market in markets)
        {
            ids.Add(market.Id);
            if (!wanted.WithoutSnapshots)
            {
                snapshots.Add(new MarketSnapshot(
                    market.Id,
                    wanted.Views.HasFlag(MarketViews.Book) ? BookOf(market, full: _asAdmin) : null,
                    wanted.Views.HasFlag(MarketViews.Trades) ? TradesOf(market, full: _asAdmin) : null));
            }
        }
        _batch.AddRecord(new Subscribed(wanted, [.. ids], [.. snapshots]), isAnswer: true);
        return Refusal.None;
    }

    /// <summary>The book as it is; the last snapshot again if nothing changed since.</summary>
    /// <param name="full">With account ids although the market is anonymous.</param>
    private static BookSnapshot BookOf(Market market, bool full)
    {
        bool withIds = full || !market.Info.IsAnonymous;
        ref BookSnapshot? last = ref full && market.Info.IsAnonymous ? ref market.LastFullSnapshot : ref market.LastSnapshot;
        if (last?.Sequence != market.BookSequence)
        {
            last = new BookSnapshot(
                market.Id, market.BookSequence, OrdersOf(market.Bids, withIds), OrdersOf(market.Offers, withIds));
        }
        return last!;
    }

    private TradesSnapshot TradesOf(Market market, bool full)
    {
        bool withIds = full || !market.Info.IsAnonymous;
        ref TradesSnapshot? last = ref full && market.Info.IsAnonymous ? ref market.LastFullTradesSnapshot : ref market.LastTradesSnapshot;
        if (last is null)
        {
            Trade[] trades = market.Trades.ToArray();
            if (!withIds)
            {
                foreach (ref Trade trade in trades.AsSpan())
                    trade.BuyerAccountId = trade.SellerAccountId = 0;
            }
            last = new TradesSnapshot(market.Id, Sequence - 1, trades);
        }
        return last;
    }

    private static BookOrder[] OrdersOf(BookSide side, bool withIds)
    {
        var orders = new List<BookOrder>();
        for (int rank = 0; rank < side.LevelCount; rank++)
        {
            for (Order? order = side.At(rank).First; order is not null; order = order.NextInLine)
                orders.Add(new BookOrder(order.Id, order.Price, order.Remaining, withIds ? order.Holding.Account.Id : 0));
        }
        return [.. orders];
    }
}
