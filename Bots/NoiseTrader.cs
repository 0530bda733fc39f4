using Exchange.Markets;

namespace Exchange.Bots;

/// <summary>
/// Buys and sells for no reason: half the time what is on offer, else with an order that waits near the price. Takes old orders of
/// its own away, and is the readier to close a position the larger it is.
/// </summary>
public sealed class NoiseTrader : Trader
{
    private const int MostOrders = 4;

    public override void Act(MarketView view, Dice dice, List<Command> orders)
    {
        if (view.Orders.Length >= MostOrders || (view.Orders.Length > 0 && dice.Chance(0.15)))
        {
            orders.Add(Cancel(view.Orders[0]));
            if (dice.Chance(0.5))
                return;
        }
        Side side = dice.Chance(Math.Clamp(0.5 - (0.6 * Lean(view)), 0, 1)) ? Side.Buy : Side.Sell;
        double wanted = Math.Min(RoomFor(view, side), LimitOf(view) * dice.Between(0.001, 0.012));
        if (Order(view, wanted) is not { } quantity)
            return;
        double range = RangeOf(view), tick = view.Market.TickHundredths;
        int away = side == Side.Buy ? -1 : 1;
        Price? opposite = side == Side.Buy ? view.BestOffer : view.BestBid;
        if (opposite is { } best && dice.Chance(0.55))
        {
            // There is a worst price, because somebody may have emptied the book.
            bool isFar = Math.Abs(best.Hundredths - view.Mark.Hundredths) > Math.Max(2 * tick, range * 0.08);
            if (!isFar)
                orders.Add(Place(side, best, quantity, TimeInForce.ImmediateOrCancel));
            return;
        }
        double reference = view.LastPrice?.Hundredths ?? FairValue.Of(view) ?? view.Mark.Hundredths;
        if (Tick(view, reference + (away * dice.Between(0, Math.Max(2 * tick, range * 0.04))), side) is { } price)
            orders.Add(Place(side, price, quantity));
    }
}
