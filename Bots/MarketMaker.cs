using Exchange.Markets;

namespace Exchange.Bots;

/// <summary>
/// Quotes both sides, several prices deep, around what it takes for the fair price: that follows what is traded with it, and
/// for a derived market what it follows from. The more it holds, the further it moves its quotes to be rid of it.
/// </summary>
public sealed class MarketMaker(HouseBotStrength strength) : Trader
{
    /// <summary>
    /// How far the price moves when all of its best quote is taken, in halves of the spread. So little that who takes all quotes at once
    /// can't sell back for more: at 0.7, with five prices, they about could.
    /// </summary>
    private const double Impact = 0.35;

    private readonly int _levels = 2 + (int)strength;
    private double? _fair, _centre;
    private long? _position;

    public override void Act(MarketView view, Dice dice, List<Command> orders)
    {
        double range = RangeOf(view), tick = view.Market.TickHundredths;
        double half = Math.Max(tick / 2, range * 0.006), step = Math.Max(tick, range * 0.009);
        double fair = Estimate(view, _fair ?? view.Mark.Hundredths, half);
        double centre = MakeWay(view, fair, half) - (Lean(view) * range * 0.06);

        // Moving up, offers go first, and the other way bids: no quote meets one's own.
        Side first = centre >= (_centre ?? centre) ? Side.Sell : Side.Buy;
        _fair = fair;
        _centre = centre;
        Quote(view, first, centre, half, step, dice, orders);
        Quote(view, first == Side.Sell ? Side.Buy : Side.Sell, centre, half, step, dice, orders);
    }

    /// <summary>
    /// What is traded with it moves the price, in proportion to how much: who pushes it up by buying pays for it, and gets no more on the
    /// way back. Trades of others among themselves cost them nothing, so that they say nothing.
    /// </summary>
    private double Estimate(MarketView view, double before, double half)
    {
        double fair = before, bought = view.Position.Hundredths - (_position ?? view.Position.Hundredths);
        _position = view.Position.Hundredths;
        fair -= Impact * half * bought / FirstLevel(view);
        if (FairValue.Of(view) is { } follows)
            fair += 0.5 * (follows - fair);
        return Math.Clamp(fair, view.Market.Min.Hundredths, view.Market.Max.Hundredths);
    }

    /// <summary>
    /// Makes way for others that pay more than it asks, or ask less than it pays; but while they do, and never so far that it would buy above
    /// the fair price or sell below it.
    /// </summary>
    private static double MakeWay(MarketView view, double fair, double half)
    {
        double centre = fair;
        if (view.BestBid is { } bid)
            centre = Math.Max(centre, bid.Hundredths + half);
        if (view.BestOffer is { } offer)
            centre = Math.Min(centre, offer.Hundredths - half);
        return Math.Clamp(centre, fair - half, fair + half);
    }

    /// <summary>The quantity that it quotes at its best price, in hundredths of contracts.</summary>
    private static double FirstLevel(MarketView view) => LimitOf(view) * 0.012;

    private void Quote(MarketView view, Side side, double centre, double half, double step, Dice dice, List<Command> orders)
    {
        int away = side == Side.Buy ? -1 : 1;
        double left = RoomFor(view, side);
        OwnOrder[] own = [.. view.Orders.Where(o => o.Side == side).OrderBy(o => o.Price.Hundredths * away)];
        int used = 0;
        Price? previous = null;
        for (int level = 0; level < _levels; level++)
        {
            double wanted = Math.Min(left, FirstLevel(view) * (1 + (0.5 * level)) * dice.Between(0.8, 1.2));
            Price? price = Tick(view, centre + (away * (half + (level * step))), side);
            if (price is null || price == previous || Order(view, wanted) is not { } quantity || CrossesOthers(view, side, price.Value))
                continue;
            previous = price;
            left -= quantity.Hundredths;
            OwnOrder? kept = used < own.Length ? own[used++] : null;
            if (kept is { } order && order.Remaining.Hundredths >= 0.4 * wanted && order.Remaining.Hundredths <= 2.5 * wanted)
            {
                if (order.Price != price)
                    orders.Add(Move(order, price.Value));
                continue;
            }
            if (kept is { } spent)
                orders.Add(Cancel(spent));
            orders.Add(Place(side, price.Value, quantity, postOnly: true));
        }
        foreach (OwnOrder order in own.AsSpan(used))
            orders.Add(Cancel(order));
    }

    private static bool CrossesOthers(MarketView view, Side side, Price price) =>
        side == Side.Buy ? view.BestOffer is { } offer && price >= offer : view.BestBid is { } bid && price <= bid;
}
