using System.Security.Cryptography;

namespace Exchange.Markets;

/// <summary>A hash of everything that matters.</summary>
internal static class StateHash
{
    /// <summary>A hash of everything that matters: two venues with the same hash are in the same state.</summary>
    public static string Of(VenueState state)
    {
        using var memory = new MemoryStream();
        using var w = new BinaryWriter(memory);
        w.Write(state.Sequence);
        w.Write(state.LastOrderId);
        w.Write(state.LastTradeId);
        w.Write(state.LastTransferId);
        w.Write(state.LastSettlementId);
        w.Write(state.LastConversionId);
        w.Write(state.LastExerciseId);
        w.Write(state.LastMarketId);
        foreach (Room room in state.Rooms.Values.OrderBy(r => r.Info.RoomId))
        {
            w.Write(room.Info.ToString());
            w.Write(room.JoinCode);
            w.Write(string.Join(' ', room.InvitedEmails));
            foreach (RoomMember member in room.Members.Values.OrderBy(m => m.User.Info.UserId))
                w.Write($"{member.User.Info.UserId} {member.Kept}");
            foreach (Code code in room.Codes.Values.OrderBy(c => c.Info.CodeId))
                w.Write($"{code.Info} {string.Join(' ', code.UsedBy.Order())}");
        }
        foreach (User user in state.Users.Values.OrderBy(u => u.Info.UserId))
            w.Write(user.Info.ToString());
        foreach (Account account in state.Accounts.Values.OrderBy(a => a.Id))
        {
            w.Write(account.Info.ToString());
            w.Write(account.Cash.TenThousandths);
            w.Write(account.WorstCaseSum.TenThousandths);
            w.Write(account.NetDeposits.TenThousandths);
            w.Write(account.InDeficit);
            w.Write(account.CancelTimeoutUs);
            w.Write(string.Join(' ', account.MemberInfos));
        }
        foreach (Market market in state.Markets.Values.OrderBy(m => m.Id))
        {
            w.Write(market.Info.ToString());
            w.Write(market.SettlementId);
            WriteOrders(w, market.Book.Bids);
            WriteOrders(w, market.Book.Offers);
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
