namespace Exchange.Markets;

/// <summary>What an account's risk in a market is reckoned from: its position, and the sums over its open orders.</summary>
internal struct Exposure
{
    public Quantity Position;

    /// <summary>What is left of the open orders of each side.</summary>
    public Quantity Buys, Sells;

    /// <summary>Sum of price × what is left, over the open orders of each side.</summary>
    public Cash BuyValue, SellValue;

    /// <summary>The position if all buys fill, and no sell.</summary>
    public readonly Quantity Longest => Position + Buys;

    /// <summary>The position if all sells fill, and no buy.</summary>
    public readonly Quantity Shortest => Position - Sells;

    public readonly Quantity OpenOn(Side side) => side == Side.Buy ? Buys : Sells;

    /// <summary>How much of the position an order on this side could close.</summary>
    public readonly Quantity ClosableBy(Side side) => new(Math.Max(0, side == Side.Sell ? Position.Hundredths : -Position.Hundredths));

    /// <summary>Counts a quantity of an open order in, or with a negative quantity out.</summary>
    public void Open(Side side, Price price, Quantity quantity)
    {
        if (side == Side.Buy)
        {
            Buys += quantity;
            BuyValue += price * quantity;
        }
        else
        {
            Sells += quantity;
            SellValue += price * quantity;
        }
    }

    /// <summary>Counts what is left of an open order out.</summary>
    public void Close(Order order) => Open(order.Side, order.Price, -order.Remaining);

    /// <summary>Moves the position by what an order of this side trades.</summary>
    public void Trade(Side side, Quantity quantity) => Position += side == Side.Buy ? quantity : -quantity;

    /// <summary>
    /// The least that position and open orders can be worth at settlement: the lesser of all buys filling and the price
    /// being the lowest, and all sells filling and the price being the highest.
    /// </summary>
    public readonly Cash WorstCase(Market market) => Cash.Min((market.Min * Longest) - BuyValue, (market.Max * Shortest) + SellValue);

    /// <summary>The price furthest from zero times the largest position that is held or could become of it.</summary>
    public readonly Cash Gross(Market market) =>
        market.FurthestPrice * new Quantity(Math.Max(Math.Abs(Longest.Hundredths), Math.Abs(Shortest.Hundredths)));
}
