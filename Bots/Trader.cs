using Exchange.Markets;

namespace Exchange.Bots;

/// <summary>
/// One trader in one market: from what it sees to its orders. It is pure: it has no clock and no venue, and it is given its random numbers.
/// </summary>
/// <remarks>Prices and quantities are hundredths here, as real numbers until an order is made of them.</remarks>
public abstract class Trader
{
    /// <summary>The share of the capital for a market that the largest position may lose.</summary>
    private const double CapitalAtRisk = 0.6;

    /// <summary>Looks, and adds what it wants done: places, replaces and cancels, without saying who and where.</summary>
    public abstract void Act(MarketView view, Dice dice, List<Command> orders);

    /// <summary>The width of the range that prices can be in.</summary>
    protected static double RangeOf(MarketView view) => view.Market.Max.Hundredths - view.Market.Min.Hundredths;

    /// <summary>The largest position it wants, either way: hundredths of contracts, 1 at least.</summary>
    public static double LimitOf(MarketView view)
    {
        // Ten-thousandths of cash by hundredths of price give hundredths of contracts.
        double limit = view.Capital.TenThousandths * CapitalAtRisk / RangeOf(view);
        if (view.Market.MaxPosition > Quantity.Zero)
            limit = Math.Min(limit, view.Market.MaxPosition.Hundredths / 2.0);
        return Math.Clamp(limit, 1, Limits.MaxOrderHundredths);
    }

    /// <summary>A quantity that may be ordered, in whole contracts where it is several; null: less than any.</summary>
    protected static Quantity? Order(MarketView view, double hundredths)
    {
        long quantity = hundredths >= 150 ? (long)Math.Round(hundredths / 100) * 100 : (long)Math.Round(hundredths);
        long most = view.Market.MaxOrder > Quantity.Zero ? view.Market.MaxOrder.Hundredths : Limits.MaxOrderHundredths;
        quantity = Math.Min(quantity, most);
        return quantity >= 1 ? new Quantity(quantity) : null;
    }

    /// <summary>The multiple of the tick size below (for a buyer) or above (for a seller) a price; null: outside the range.</summary>
    protected static Price? Tick(MarketView view, double hundredths, Side side)
    {
        int tick = view.Market.TickHundredths;
        double ticks = hundredths / tick;
        double price = (side == Side.Buy ? Math.Floor(ticks + 1e-9) : Math.Ceiling(ticks - 1e-9)) * tick;
        return price >= view.Market.Min.Hundredths && price <= view.Market.Max.Hundredths ? new Price((int)price) : null;
    }

    /// <summary>How far a position is towards the limit: −1 to 1, and beyond if others made it so.</summary>
    protected static double Lean(MarketView view) => view.Position.Hundredths / LimitOf(view);

    /// <summary>Room left until the limit on a side, hundredths of contracts.</summary>
    protected static double RoomFor(MarketView view, Side side) =>
        Math.Max(0, LimitOf(view) - (side == Side.Buy ? view.Position.Hundredths : -view.Position.Hundredths));

    protected static Command Place(Side side, Price price, Quantity quantity, TimeInForce timeInForce = TimeInForce.GoodTillCancelled, bool postOnly = false) => new()
    {
        Kind = CommandKind.PlaceOrder,
        Side = side,
        Price = price,
        HasPrice = true,
        Quantity = quantity,
        HasQuantity = true,
        TimeInForce = timeInForce,
        PostOnly = postOnly,
    };

    protected static Command Cancel(OwnOrder order) => new() { Kind = CommandKind.CancelOrder, OrderId = order.OrderId };

    /// <summary>To another price, the quantity as it is.</summary>
    protected static Command Move(OwnOrder order, Price price) => new()
    {
        Kind = CommandKind.ReplaceOrder,
        OrderId = order.OrderId,
        Price = price,
        HasPrice = true,
    };
}
