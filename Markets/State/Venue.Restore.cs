using System.Security.Cryptography;

namespace Exchange.Markets;

// Taking up a state that was kept, and comparing states.
public sealed partial class Venue
{
    /// <summary>The last of each number that was handed out.</summary>
    public readonly record struct KeptCounters(
        long Sequence, long LastOrderId, long LastTradeId, long LastTransferId, long LastSettlementId,
        long LastConversionId, long LastExerciseId)
    {
        /// <summary>Of the markets, those that were deleted included.</summary>
        public long LastMarketId { get; init; }
    }

    /// <summary>Puts back what was kept on disk. Call in the order of the methods, then <see cref="Done"/>.</summary>
    public sealed class Restorer(Venue venue)
    {
        private readonly List<Order> _resting = [];

        /// <param name="kept">As they were.</param>
        /// <param name="now">From here on durations count.</param>
        public void Counters(in KeptCounters kept, Moment now)
        {
            venue._now = now;
            venue.Sequence = kept.Sequence;
            venue._lastOrderId = kept.LastOrderId;
            venue._lastTradeId = kept.LastTradeId;
            venue._lastTransferId = kept.LastTransferId;
            venue._lastSettlementId = kept.LastSettlementId;
            venue._lastConversionId = kept.LastConversionId;
            venue._lastExerciseId = kept.LastExerciseId;
            venue._lastMarketId = kept.LastMarketId;
        }

        public void Room(RoomInfo info, string joinCode)
        {
            venue.AddRoom(info).JoinCode = joinCode;
            venue._lastRoomId = Math.Max(venue._lastRoomId, info.RoomId);
        }

        public void Invitation(long roomId, string email) => venue._rooms[roomId].InvitedEmails.Add(email);

        public void User(UserInfo info)
        {
            venue.AddUser(info);
            venue._lastUserId = Math.Max(venue._lastUserId, info.UserId);
        }

        public void Member(long roomId, long userId, Role role) =>
            AddMember(new RoomMember(venue._users[userId], venue._rooms[roomId], role));

        /// <param name="cancelTimeUs">When its dead man's switch goes off, as the wall clock was then.</param>
        /// <param name="cancelTimeoutUs">What that was set to; 0: disarmed.</param>
        /// <remarks>
        /// A switch goes on with what the wall clock says is left of it, at most all of it: however wrong that clock was or is, it never
        /// waits longer than its owner said, counted from the start. It goes off at once if its time has passed.
        /// </remarks>
        public void Account(AccountInfo info, Cash cash, Cash netDeposits, bool inDeficit, long cancelTimeUs, long cancelTimeoutUs)
        {
            Account account = venue.AddAccount(info);
            account.Cash = cash;
            account.NetDeposits = netDeposits;
            account.InDeficit = inDeficit;
            if (cancelTimeoutUs != 0)
                venue.Arm(account, cancelTimeoutUs, Math.Clamp(cancelTimeUs - venue._now.TimeUs, 0, cancelTimeoutUs));
            if (info.IsHouse)
                account.Room.House = account;
            venue._lastAccountId = Math.Max(venue._lastAccountId, info.AccountId);
        }

        public void AccountMember(long accountId, long userId, AccountRole role) =>
            AddAccountMember(venue._accounts[accountId], venue._users[userId], role);

        /// <summary>Markets, in the order of their ids: what derives comes after what it derives from.</summary>
        /// <param name="settlementId">What it is settled by; 0 if it is not.</param>
        public void Market(MarketInfo info, long settlementId)
        {
            Market market = venue.AddMarket(info);
            market.SettlementId = settlementId;
            venue.AwaitClosing(market);
            venue.HouseBotsVersion++;
            venue._lastMarketId = Math.Max(venue._lastMarketId, info.MarketId);
        }

        public void Position(long accountId, PositionState position)
        {
            Holding holding = venue._markets[position.MarketId].HoldingOf(venue._accounts[accountId]);
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
            venue._rooms[info.RoomId].Codes.Add(info.Code, new Code(info));
            venue._lastCodeId = Math.Max(venue._lastCodeId, info.CodeId);
        }

        public void CodeUse(long roomId, string code, long userId) => venue._rooms[roomId].Codes[code].UsedBy.Add(userId);

        /// <summary>Recent transfers, oldest first.</summary>
        public void RecentTransfer(TransferInfo transfer) => venue.Remember(transfer);

        /// <summary>A market's recent trades, oldest first.</summary>
        public void RecentTrade(in Trade trade) => venue._markets[trade.MarketId].Trades.Add(in trade);

        /// <summary>Live orders, in the order of their ids.</summary>
        public void LiveOrder(in OrderState state)
        {
            Holding holding = venue._markets[state.MarketId].HoldingOf(venue._accounts[state.AccountId]);
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
            holding.CountOpen(order.Side, order.Price, order.Remaining);
            venue._orders.Add(order.Id, order);
            if (order.ExpiresTimeUs != 0)
                venue.AwaitExpiry(order);
            if (order.ClientOrderId is not null)
                holding.Account.ClientOrderIds.AddLive(order);
            venue._lastPriority = Math.Max(venue._lastPriority, order.Priority);
            _resting.Add(order);
        }

        /// <summary>Builds the books and sums, and checks that what was kept can be true.</summary>
        /// <exception cref="InvalidDataException">It breaks an invariant; the sentence says which.</exception>
        public void Done()
        {
            _resting.Sort((a, b) => a.Priority.CompareTo(b.Priority));
            foreach (Order order in _resting)
                order.Holding.Market.SideOf(order.Side).Add(order);
            foreach (Account account in venue._accounts.Values)
            {
                foreach (Holding holding in account.Holdings)
                    holding.Revalue();
            }
            venue.CheckInvariants();
        }
    }

    /// <summary>
    /// Checks what must hold after every command: each room's cash and each market's positions sum to zero, running sums equal
    /// recomputed ones, no account but a house is below zero, no book is crossed.
    /// </summary>
    /// <exception cref="InvalidDataException">One does not; the sentence says which.</exception>
    public void CheckInvariants()
    {
        foreach (Room room in _rooms.Values)
        {
            Int128 sum = 0;
            foreach (Account account in room.Accounts)
            {
                sum += account.Cash.TenThousandths;
                Int128 worst = 0;
                foreach (Holding holding in account.Holdings)
                    worst += CheckHolding(holding).TenThousandths;
                if (worst != account.WorstSum.TenThousandths)
                    throw new InvalidDataException($"Account {account.Id}: the sum of worst cases is {account.WorstSum}, recomputed {worst}.");
                if (!account.IsHouse && !account.InDeficit && account.Available < Cash.Zero)
                    throw new InvalidDataException($"Account {account.Id}: {account.Available} is available, less than nothing.");
            }
            if (sum != 0)
                throw new InvalidDataException($"Room {room.Info.Slug}: the cash of all accounts sums to {sum} ten-thousandths, not to zero.");
        }
        foreach (Market market in _markets.Values)
        {
            Int128 sum = 0;
            foreach (Holding holding in market.Holdings.Values)
                sum += holding.Position.Hundredths;
            if (sum != 0)
                throw new InvalidDataException($"Market {market.Id}: positions sum to {sum} hundredths, not to zero.");
            foreach (HouseBot bot in market.Info.HouseBots)
            {
                if (FindHouseBots() is not { } user || BotAccount(market.Room, user, bot.Kind) is null)
                    throw new InvalidDataException($"Market {market.Id} has a house bot ({bot.Kind}) that has no account in its room.");
            }
            if (market.Bids.Best is { } bid && market.Offers.Best is { } offer && bid.Price >= offer.Price)
                throw new InvalidDataException($"Market {market.Id}: the best bid {bid.Price} is not below the best offer {offer.Price}.");
        }
    }

    private static Cash CheckHolding(Holding holding)
    {
        Quantity buys = default, sells = default;
        Cash buyValue = default, sellValue = default;
        for (Order? order = holding.FirstOrder; order is not null; order = order.NextOfHolding)
        {
            if (order.Side == Side.Buy)
            {
                buys += order.Remaining;
                buyValue += order.Price * order.Remaining;
            }
            else
            {
                sells += order.Remaining;
                sellValue += order.Price * order.Remaining;
            }
        }
        Cash worst = Holding.WorstOf(holding.Market, holding.Position, buys, buyValue, sells, sellValue);
        if (holding.ReduceOnlyCount > 0)
            CheckReduceOnly(holding);
        if (worst != holding.Worst || buys != holding.OpenBuys || sells != holding.OpenSells)
            throw new InvalidDataException($"Account {holding.Account.Id} in market {holding.Market.Id}: the worst case is {holding.Worst}, recomputed {worst}.");
        return worst;
    }

    private static void CheckReduceOnly(Holding holding)
    {
        for (Order? order = holding.FirstOrder; order is not null; order = order.NextOfHolding)
        {
            if (order.ReduceOnly && holding.OpenOn(order.Side) > holding.ClosableBy(order.Side))
                throw new InvalidDataException($"Order {order.Id} may only reduce, and could do more: {holding.OpenOn(order.Side)} open, {holding.Position} held.");
        }
    }

    /// <summary>A hash of everything that matters: two venues with the same hash are in the same state.</summary>
    public string StateHash()
    {
        using var memory = new MemoryStream();
        using var w = new BinaryWriter(memory);
        w.Write(Sequence);
        w.Write(_lastOrderId);
        w.Write(_lastTradeId);
        w.Write(_lastTransferId);
        w.Write(_lastSettlementId);
        w.Write(_lastConversionId);
        w.Write(_lastExerciseId);
        w.Write(_lastMarketId);
        foreach (Room room in _rooms.Values.OrderBy(r => r.Info.RoomId))
        {
            w.Write(room.Info.ToString());
            w.Write(room.JoinCode);
            w.Write(string.Join(' ', room.InvitedEmails));
            foreach (RoomMember member in room.Members.Values.OrderBy(m => m.User.Info.UserId))
                w.Write($"{member.User.Info.UserId} {member.Kept}");
            foreach (Code code in room.Codes.Values.OrderBy(c => c.Info.CodeId))
                w.Write($"{code.Info} {string.Join(' ', code.UsedBy.Order())}");
        }
        foreach (User user in _users.Values.OrderBy(u => u.Info.UserId))
            w.Write(user.Info.ToString());
        foreach (Account account in _accounts.Values.OrderBy(a => a.Id))
        {
            w.Write(account.Info.ToString());
            w.Write(account.Cash.TenThousandths);
            w.Write(account.WorstSum.TenThousandths);
            w.Write(account.NetDeposits.TenThousandths);
            w.Write(account.InDeficit);
            w.Write(account.CancelTimeoutUs);
            w.Write(string.Join(' ', account.MemberInfos));
        }
        foreach (Market market in _markets.Values.OrderBy(m => m.Id))
        {
            w.Write(market.Info.ToString());
            w.Write(market.SettlementId);
            WriteOrders(w, market.Bids);
            WriteOrders(w, market.Offers);
            foreach (Trade trade in market.Trades.ToArray())
                w.Write(trade.TradeId);
            foreach (Holding holding in market.Holdings.Values.OrderBy(h => h.Account.Id))
            {
                if (holding.State == new PositionState(market.Id, default, default, default))
                    continue;
                w.Write(holding.Account.Id);
                w.Write(holding.Position.Hundredths);
                w.Write(holding.Spent.TenThousandths);
                w.Write(holding.SettledProfit.TenThousandths);
                w.Write(holding.SettledPosition.Hundredths);
                w.Write(holding.SettledSpent.TenThousandths);
                w.Write(holding.OpenCost.TenThousandths);
                w.Write(holding.SettledOpenCost.TenThousandths);
            }
        }
        w.Flush();
        return Convert.ToHexStringLower(SHA256.HashData(memory.GetBuffer().AsSpan(0, (int)memory.Length)));
    }

    private static void WriteOrders(BinaryWriter w, BookSide side)
    {
        for (int rank = 0; rank < side.LevelCount; rank++)
        {
            for (Order? order = side.At(rank).First; order is not null; order = order.NextInLine)
            {
                w.Write(order.Id);
                w.Write(order.Price.Hundredths);
                w.Write(order.Quantity.Hundredths);
                w.Write(order.Remaining.Hundredths);
                w.Write(order.FilledValue.TenThousandths);
                w.Write(order.Priority);
                w.Write(order.ClientOrderId ?? "");
                w.Write((byte)order.Reason);
                w.Write(order.ExpiresTimeUs);
                w.Write(order.PlacedByUserId);
                w.Write(order.ReduceOnly);
                w.Write(order.CancelOnDisconnect);
                w.Write(order.PlacedPrice.Hundredths);
                w.Write(order.PlacedQuantity.Hundredths);
            }
        }
    }
}
