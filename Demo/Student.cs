using Exchange.Bots;
using Exchange.Markets;

namespace Exchange.Demo;

/// <summary>How one of the cast trades in one market: by what they believe it is worth, more or less rightly.</summary>
internal sealed class Student(DemoTrader trader, double bias) : Trader
{
    private const int MostOrders = 3;

    /// <summary>The time after which a waiting order is cancelled: 8 hours.</summary>
    private const long StaleUs = 8L * 3600 * 1_000_000;

    /// <summary>The time, microseconds since 1970, and what the market is really worth, hundredths.</summary>
    public (long NowUs, double Value) Now { get; set; }

    public override void Act(MarketView view, Dice dice, List<Command> orders)
    {
        foreach (OwnOrder order in view.Orders)
        {
            if (Now.NowUs - order.PlacedTimeUs > StaleUs)
                orders.Add(Cancel(order));
        }
        double range = RangeOf(view), tick = view.Market.TickHundredths;
        double belief = Now.Value + ((1 - trader.Skill) * range * ((0.10 * bias) + (0.05 * dice.Normal())));
        belief = Math.Clamp(belief, view.Market.Min.Hundredths, view.Market.Max.Hundredths);
        double lean = Lean(view), mark = view.Mark.Hundredths;

        // A student with a large position needs a better reason to enlarge it.
        double wish = ((belief - mark) / range) - (0.08 * lean) + (0.025 * (1.1 - trader.Skill) * dice.Normal());
        Side side = wish > 0 ? Side.Buy : Side.Sell;
        double size = LimitOf(view) * dice.Between(0.03, 0.16) * trader.Boldness;
        if (Order(view, Math.Min(size, RoomFor(view, side))) is not { } quantity)
            return;
        if (dice.Chance(trader.Patience))
        {
            if (view.Orders.Length >= MostOrders)
                orders.Add(Cancel(view.Orders[0]));
            double away = dice.Between(0, Math.Max(3 * tick, range * 0.05));
            double wanted = side == Side.Buy ? Math.Min(mark, belief) - away : Math.Max(mark, belief) + away;
            if (Tick(view, wanted, side) is { } price)
                orders.Add(Place(side, price, quantity));
            return;
        }
        Price? best = side == Side.Buy ? view.BestOffer : view.BestBid;
        if (best is not { } at || Math.Abs(at.Hundredths - mark) > Math.Max(2 * tick, range * 0.07))
            return;
        // A student with information usually does not pay more than their own value.
        bool isDear = side == Side.Buy ? at.Hundredths > belief : at.Hundredths < belief;
        if (!isDear || !dice.Chance(trader.Skill))
            orders.Add(Place(side, at, quantity, TimeInForce.ImmediateOrCancel));
    }
}
