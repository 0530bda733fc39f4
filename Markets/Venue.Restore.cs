using System.Security.Cryptography;

namespace Exchange.Markets;

// Taking up a state that was kept, and comparing states.
public sealed partial class Venue
{
    /// <summary>Puts back what was kept on disk. Call in the order of the methods, then <see cref="Done"/>.</summary>
    public sealed class Restorer(Venue venue)
    {
        private readonly List<Order> _resting = [];

        public void Counters(
            long sequence, long timeUs, long lastOrderId, long lastTradeId, long lastTransferId, long lastSettlementId)
        {
            venue.Sequence = sequence;
            venue.TimeUs = timeUs;
            venue._lastOrderId = lastOrderId;
            venue._lastTradeId = lastTradeId;
            venue._lastTransferId = lastTransferId;
            venue._lastSettlementId = lastSettlementId;
        }

        public void Room(RoomInfo info)
        {
            venue.AddRoom(info);
            venue._lastRoomId = Math.Max(venue._lastRoomId, info.RoomId);
        }

        public void User(UserInfo info)
        {
            venue.AddUser(info);
            venue._lastUserId = Math.Max(venue._lastUserId, info.UserId);
        }

        public void Account(AccountInfo info, Cash cash)
        {
            Account account = venue.AddAccount(info);
            account.Cash = cash;
            if (info.IsHouse)
                account.Room.House = account;
            venue._lastAccountId = Math.Max(venue._lastAccountId, info.AccountId);
        }

        public void Market(MarketInfo info)
        {
            venue.AddMarket(info);
            venue._lastMarketId = Math.Max(venue._lastMarketId, info.MarketId);
        }

        public void Position(long accountId, PositionState position)
        {
            Holding holding = venue._markets[position.MarketId].HoldingOf(venue._accounts[accountId]);
            holding.Position = position.Position;
            holding.Spent = position.Spent;
            holding.SettledProfit = position.SettledProfit;
        }

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
                Price = state.Price,
                Quantity = state.Quantity,
                Remaining = state.Remaining,
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
                if (!account.IsHouse && account.Available < Cash.Zero)
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
        if (worst != holding.Worst || buys != holding.OpenBuys || sells != holding.OpenSells)
            throw new InvalidDataException($"Account {holding.Account.Id} in market {holding.Market.Id}: the worst case is {holding.Worst}, recomputed {worst}.");
        return worst;
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
        foreach (Room room in _rooms.Values.OrderBy(r => r.Info.RoomId))
            w.Write(room.Info.ToString());
        foreach (User user in _users.Values.OrderBy(u => u.Info.UserId))
            w.Write(user.Info.ToString());
        foreach (Account account in _accounts.Values.OrderBy(a => a.Id))
        {
            w.Write(account.Info.ToString());
            w.Write(account.Cash.TenThousandths);
            w.Write(account.WorstSum.TenThousandths);
        }
        foreach (Market market in _markets.Values.OrderBy(m => m.Id))
        {
            w.Write(market.Info.ToString());
            WriteOrders(w, market.Bids);
            WriteOrders(w, market.Offers);
            foreach (Trade trade in market.Trades.ToArray())
                w.Write(trade.TradeId);
            foreach (Holding holding in market.Holdings.Values.OrderBy(h => h.Account.Id))
            {
                if (holding.Position == Quantity.Zero && holding.Spent == Cash.Zero && holding.SettledProfit == Cash.Zero)
                    continue;
                w.Write(holding.Account.Id);
                w.Write(holding.Position.Hundredths);
                w.Write(holding.Spent.TenThousandths);
                w.Write(holding.SettledProfit.TenThousandths);
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
            }
        }
    }
}
