namespace Exchange.Markets;

/// <summary>What must hold after every command.</summary>
internal static class Invariants
{
    /// <summary>
    /// Checks what must hold after every command: each room's cash and each market's positions sum to zero, running sums equal
    /// recomputed ones, no account but a house is below zero, no book is crossed.
    /// </summary>
    /// <exception cref="InvalidDataException">One does not; the sentence says which.</exception>
    public static void Check(VenueState state)
    {
        foreach (Room room in state.Rooms.Values)
        {
            Int128 sum = 0;
            foreach (Account account in room.Accounts)
            {
                sum += account.Cash.TenThousandths;
                Int128 worst = 0;
                foreach (Holding holding in account.Holdings)
                    worst += CheckHolding(holding).TenThousandths;
                if (worst != account.WorstCaseSum.TenThousandths)
                    throw new InvalidDataException($"Account {account.Id}: the sum of worst cases is {account.WorstCaseSum}, recomputed {worst}.");
                if (!account.IsHouse && !account.InDeficit && account.Available < Cash.Zero)
                    throw new InvalidDataException($"Account {account.Id}: {account.Available} is available, less than nothing.");
            }
            if (sum != 0)
                throw new InvalidDataException($"Room {room.Info.Slug}: the cash of all accounts sums to {sum} ten-thousandths, not to zero.");
        }
        foreach (Market market in state.Markets.Values)
        {
            Int128 sum = 0;
            foreach (Holding holding in market.Holdings.Values)
                sum += holding.Position.Hundredths;
            if (sum != 0)
                throw new InvalidDataException($"Market {market.Id}: positions sum to {sum} hundredths, not to zero.");
            foreach (HouseBot bot in market.Info.HouseBots)
            {
                if (state.FindHouseBots() is not { } user || VenueState.BotAccount(market.Room, user, bot.Kind) is null)
                    throw new InvalidDataException($"Market {market.Id} has a house bot ({bot.Kind}) that has no account in its room.");
            }
            if (market.Book.Bids.Best is { } bid && market.Book.Offers.Best is { } offer && bid.Price >= offer.Price)
                throw new InvalidDataException($"Market {market.Id}: the best bid {bid.Price} is not below the best offer {offer.Price}.");
        }
    }

    private static Cash CheckHolding(Holding holding)
    {
        var recomputed = new Exposure { Position = holding.Position };
        for (Order? order = holding.FirstOrder; order is not null; order = order.NextOfHolding)
            recomputed.Open(order.Side, order.Price, order.Remaining);
        if (holding.ReduceOnlyCount > 0)
            CheckReduceOnly(holding);
        Cash worst = recomputed.WorstCase(holding.Market);
        if (worst != holding.WorstCase || recomputed.Buys != holding.Exposure.Buys || recomputed.Sells != holding.Exposure.Sells)
            throw new InvalidDataException($"Account {holding.Account.Id} in market {holding.Market.Id}: the worst case is {holding.WorstCase}, recomputed {worst}.");
        return worst;
    }

    private static void CheckReduceOnly(Holding holding)
    {
        for (Order? order = holding.FirstOrder; order is not null; order = order.NextOfHolding)
        {
            if (order.ReduceOnly && holding.Exposure.OpenOn(order.Side) > holding.Exposure.ClosableBy(order.Side))
                throw new InvalidDataException($"Order {order.Id} may only reduce, and could do more: {holding.Exposure.OpenOn(order.Side)} open, {holding.Position} held.");
        }
    }
}
