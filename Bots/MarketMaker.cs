using Exchange.Markets;

namespace Exchange.Bots;

/// <summary>
/// Quotes both sides, several prices deep, around what it takes for the fair price: that follows trades and the quotes of others, and
/// for a derived market what it follows from. The more it holds, the further it moves its quotes to be rid of it.
/// </summary>
public sealed class MarketMaker(HouseBotStrength strength) : Trader
{
    private readonly int _levels = 2 + (int)strength;
    private double? _fair;
    private Price? _lastSeen;

    public override void Act(MarketView view, Dice dice, List<Command> orders)
    {
        double range = RangeOf(view), tick = view.Market.TickHundredths;
        double half = Math.Max(tick / 2, range * 0.006), step = Math.Max(tick, range * 0.009);
        double before = _fair ?? view.Mark.Hundredths;
        double fair = Estimate(view, before, half);
        _fair = fair;
        double centre = fair - (Lean(view) * range * 0.06);

        // Moving up, offers go first, and the other way bids: no quote meets one's own.
        Side first = fair >= before ? Side.Sell : Side.Buy;
        Quote(view, first, centre, half, step, dice, orders);
        Quote(view, first == Side.Sell ? Side.Buy : Side.Sell, centre, half, step, dice, orders);
    }

    private double Estimate(MarketView view, double before, double half)
    {
        double fair = before;
        if (view.LastPrice is { } last && last != _lastSeen)
            fair += 0.35 * (last.Hundredths - fair);
        _lastSeen = view.LastPrice;
        if (FairValue.Of(view) is { } follows)
            fair += 0.5 * (follows - fair);
        // Others that pay more than it asks, or ask less than it pays, know better.
        if (view.BestBid is { } bid && bid.Hundredths > fair - half)
            fair = Math.Max(fair, bid.Hundredths + half);
        if (view.BestOffer is { } offer && offer.Hundredths < fair + half)
            fair = Math.Min(fair, offer.Hundredths - half);
        return Math.Clamp(fair, view.Market.Min.Hundredths, view.Market.Max.Hundredths);
    }

    private void Quote(MarketView view, Side side, double centre, double half, double step, Dice dice, List<Command> orders)
    {
        int away = side == Side.Buy ? -1 : 1;
        double limit = LimitOf(view), left = RoomFor(view, side);
        OwnOrder[] own = [.. view.Orders.Where(o => o.Side == side).OrderBy(o => o.Price.Hundredths * away)];
        int used = 0;
        Price? previous = null;
        for (int level = 0; level < _levels; level++)
        {
            double wanted = Math.Min(left, limit * 0.012 * (1 + (0.5 * level)) * dice.Between(0.8, 1.2));
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
