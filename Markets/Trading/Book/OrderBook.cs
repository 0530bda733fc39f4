namespace Exchange.Markets;

/// <summary>What two orders traded.</summary>
/// <param name="Price">The resting order's.</param>
internal readonly record struct Fill(Quantity Quantity, Price Price)
{
    public Cash Value => Price * Quantity;
}

/// <summary>
/// The live orders of a market, and how they match: the best price first, and at one price the one that came first. It knows
/// orders and nothing else: money, events and rights are for others.
/// </summary>
internal sealed class OrderBook
{
    public readonly BookSide Bids = new(Side.Buy);
    public readonly BookSide Offers = new(Side.Sell);

    public BookSide SideOf(Side side) => side == Side.Buy ? Bids : Offers;

    public void Add(Order order) => SideOf(order.Side).Add(order);

    public void Remove(Order order) => SideOf(order.Side).Remove(order);

    /// <summary>Takes from what is left of an order, which keeps its place in line.</summary>
    public static void Reduce(Order order, Quantity by)
    {
        order.Level!.Total -= by;
        order.Remaining -= by;
    }

    /// <summary>The resting order that an incoming one meets next; null if there is none at its price or better.</summary>
    /// <param name="side">The incoming order's.</param>
    /// <param name="limit">The worst price it may trade at.</param>
    public Order? NextMatch(Side side, Price limit) =>
        Opposite(side).Best is { } level && Crosses(side, limit, level.Price) ? level.First : null;

    /// <summary>Trades as much as both orders have left, at the resting order's price. A resting order that has nothing left leaves the book.</summary>
    public Fill Match(Order incoming, Order resting)
    {
        var fill = new Fill(Quantity.Min(incoming.Remaining, resting.Remaining), resting.Price);
        incoming.Remaining -= fill.Quantity;
        incoming.FilledValue += fill.Value;
        Reduce(resting, fill.Quantity);
        resting.FilledValue += fill.Value;
        if (resting.Remaining == Quantity.Zero)
            Remove(resting);
        return fill;
    }

    /// <summary>How much of an order would trade now, and for how much. Own orders in its way would be cancelled. Changes nothing.</summary>
    /// <param name="side">The order's.</param>
    /// <param name="limit">The worst price it may trade at.</param>
    /// <param name="quantity">How much it would trade at most.</param>
    /// <param name="own">Whose order it is.</param>
    /// <param name="exposure">Its owner's, from which the own orders in its way are taken out.</param>
    /// <param name="value">Sum of price × quantity over what would trade.</param>
    /// <returns>How much would trade.</returns>
    public Quantity Foresee(Side side, Price limit, Quantity quantity, Holding own, ref Exposure exposure, out Cash value)
    {
        Quantity left = quantity;
        value = Cash.Zero;
        BookSide opposite = Opposite(side);
        for (int rank = 0; rank < opposite.LevelCount && left > Quantity.Zero; rank++)
        {
            PriceLevel level = opposite.At(rank);
            if (!Crosses(side, limit, level.Price))
                break;
            for (Order? resting = level.First; resting is not null && left > Quantity.Zero; resting = resting.NextInLine)
            {
                if (resting.Holding == own)
                {
                    exposure.Close(resting);
                    continue;
                }
                Quantity fill = Quantity.Min(left, resting.Remaining);
                left -= fill;
                value += level.Price * fill;
            }
        }
        return quantity - left;
    }

    private BookSide Opposite(Side side) => side == Side.Buy ? Offers : Bids;

    private static bool Crosses(Side side, Price limit, Price opposite) =>
        side == Side.Buy ? limit >= opposite : limit <= opposite;
}
