namespace Exchange.Markets;

/// <summary>The last of each number that was handed out.</summary>
public readonly record struct KeptCounters(
    long Sequence, long LastOrderId, long LastTradeId, long LastTransferId, long LastSettlementId,
    long LastConversionId, long LastExerciseId)
{
    /// <summary>Of the markets, those that were deleted included.</summary>
    public long LastMarketId { get; init; }
}

/// <summary>Puts back what was kept on disk. Call in the order of the methods, then <see cref="Done"/>.</summary>
public sealed class VenueRestorer(Venue venue)
{
    private readonly VenueState _state = venue.State;
    private readonly Deadlines _deadlines = venue.Deadlines;
    private readonly List<Order> _resting = [];
    private Moment _now;

    /// <param name="kept">As they were.</param>
    /// <param name="now">From here on durations count.</param>
    public void Counters(in KeptCounters kept, Moment now)
    {
        venue.StartFrom(now);
        _now = now;
        _state.Sequence = kept.Sequence;
        _state.LastOrderId = kept.LastOrderId;
        _state.LastTradeId = kept.LastTradeId;
        _state.LastTransferId = kept.LastTransferId;
        _state.LastSettlementId = kept.LastSettlementId;
        _state.LastConversionId = kept.LastConversionId;
        _state.LastExerciseId = kept.LastExerciseId;
        _state.LastMarketId = kept.LastMarketId;
    }

    public void Room(RoomInfo info, string joinCode)
    {
        _state.AddRoom(info).JoinCode = joinCode;
        _state.LastRoomId = Math.Max(_state.LastRoomId, info.RoomId);
    }

    public void Invitation(long roomId, string email) => _state.Rooms[roomId].InvitedEmails.Add(email);

    public void User(UserInfo info)
    {
        _state.AddUser(info);
        _state.LastUserId = Math.Max(_state.LastUserId, info.UserId);
    }

    public void Member(long roomId, long userId, Role role) =>
        VenueState.AddMember(new RoomMember(_state.Users[userId], _state.Rooms[roomId], role));

    /// <param name="cancelTimeUs">When its dead man's switch goes off, as the wall clock was then.</param>
    /// <param name="cancelTimeoutUs">What that was set to; 0: disarmed.</param>
    /// <remarks>
    /// A switch goes on with what the wall clock says is left of it, at most all of it: however wrong that clock was or is, it never
    /// waits longer than its owner said, counted from the start. It goes off at once if its time has passed.
    /// </remarks>
    public void Account(AccountInfo info, Cash cash, Cash netDeposits, bool inDeficit, long cancelTimeUs, long cancelTimeoutUs)
    {
        Account account = _state.AddAccount(info);
        account.Cash = cash;
        account.NetDeposits = netDeposits;
        account.InDeficit = inDeficit;
        if (cancelTimeoutUs != 0)
            _deadlines.Arm(_now, account, cancelTimeoutUs, Math.Clamp(cancelTimeUs - _now.TimeUs, 0, cancelTimeoutUs));
        if (info.IsHouse)
            account.Room.House = account;
        _state.LastAccountId = Math.Max(_state.LastAccountId, info.AccountId);
    }

    public void AccountMember(long accountId, long userId, AccountRole role) =>
        VenueState.AddAccountMember(_state.Accounts[accountId], _state.Users[userId], role);

    /// <summary>Markets, in the order of their ids: what derives comes after what it derives from.</summary>
    /// <param name="settlementId">What it is settled by; 0 if it is not.</param>
    public void Market(MarketInfo info, long settlementId)
    {
        Market market = _state.AddMarket(info);
        market.SettlementId = settlementId;
        _deadlines.AwaitClosing(market);
        _state.HouseBotsVersion++;
        _state.LastMarketId = Math.Max(_state.LastMarketId, info.MarketId);
    }

    public void Position(long accountId, PositionState position)
    {
        Holding holding = _state.Markets[position.MarketId].HoldingOf(_state.Accounts[accountId]);
        holding.Position = position.Position;
        holding.Spent = position.Spent;
        holding.SettledProfit = position.SettledProfit;
        holding.SettledPosition = position.SettledPosition;
        holding.SettledSpent = position.SettledSpent;
        holding.OpenCost = position.OpenCost;
        holding.SettledOpenCost = position.SettledOpenCost;
    }

    public void Code(CodeInfo info)
    {
        _state.Rooms[info.RoomId].Codes.Add(info.Code, new Code(info));
        _state.LastCodeId = Math.Max(_state.LastCodeId, info.CodeId);
    }

    public void CodeUse(long roomId, string code, long userId) => _state.Rooms[roomId].Codes[code].UsedBy.Add(userId);

    /// <summary>Recent transfers, oldest first.</summary>
    public void RecentTransfer(TransferInfo transfer) => venue.Money.Remember(transfer);

    /// <summary>A market's recent trades, oldest first.</summary>
    public void RecentTrade(in Trade trade) => _state.Markets[trade.MarketId].Trades.Add(in trade);

    /// <summary>Live orders, in the order of their ids.</summary>
    public void LiveOrder(in OrderState state)
    {
        Holding holding = _state.Markets[state.MarketId].HoldingOf(_state.Accounts[state.AccountId]);
        var order = new Order
        {
            Id = state.OrderId,
            Holding = holding,
            Side = state.Side,
            TimeInForce = state.TimeInForce,
            PostOnly = state.PostOnly,
            ReduceOnly = state.ReduceOnly,
            CancelOnDisconnect = state.CancelOnDisconnect,
            // Its connection is gone: see CommandKind.Disconnect.
            Session = state.CancelOnDisconnect ? -1 : 0,
            ExpiresTimeUs = state.ExpiresTimeUs,
            PlacedByUserId = state.PlacedByUserId,
            Price = state.Price,
            Quantity = state.Quantity,
            Remaining = state.Remaining,
            PlacedPrice = state.PlacedPrice,
            PlacedQuantity = state.PlacedQuantity,
            FilledValue = state.FilledValue,
            ClientOrderId = state.ClientOrderId,
            PlacedSequence = state.PlacedSequence,
            PlacedTimeUs = state.PlacedTimeUs,
            Priority = state.Priority,
            Reason = state.Reason,
        };
        holding.Append(order);
        holding.Exposure.Open(order.Side, order.Price, order.Remaining);
        _state.Orders.Add(order.Id, order);
        if (order.ExpiresTimeUs != 0)
            _deadlines.AwaitExpiry(order);
        if (order.ClientOrderId is not null)
            holding.Account.ClientOrderIds.AddLive(order);
        _state.LastPriority = Math.Max(_state.LastPriority, order.Priority);
        _resting.Add(order);
    }

    /// <summary>Builds the books and sums, and checks that what was kept can be true.</summary>
    /// <exception cref="InvalidDataException">It breaks an invariant; the sentence says which.</exception>
    public void Done()
    {
        _resting.Sort((a, b) => a.Priority.CompareTo(b.Priority));
        foreach (Order order in _resting)
            order.Holding.Market.Book.Add(order);
        foreach (Account account in _state.Accounts.Values)
        {
            foreach (Holding holding in account.Holdings)
                holding.Revalue();
        }
        venue.CheckInvariants();
    }
}
