using Exchange.Markets;

namespace Exchange.Bots;

/// <summary>
/// Knows what the market is worth: a value that wanders from where the price was at first, hidden from all others. Takes what is
/// offered below it and sells to who pays more, as long as the difference is worth it.
/// </summary>
public sealed class InformedTrader : Trader
{
    private double? _value;

    /// <summary>The hidden value, hundredths; null before the first look.</summary>
    public double? Value => _value;

    public override void Act(MarketView view, Dice dice, List<Command> orders)
    {
        double range = RangeOf(view), tick = view.Market.TickHundredths;
        double follows = FairValue.Of(view) ?? double.NaN;
        _value ??= view.Mark.Hundredths + (dice.Normal() * range * 0.05);
        _value += dice.Normal() * range * 0.012;
        // The value of a derived market is known from the other markets.
        if (!double.IsNaN(follows))
            _value += 0.5 * (follows - _value);
        _value = Math.Clamp(_value.Value, view.Market.Min.Hundredths + (range * 0.02), view.Market.Max.Hundredths - (range * 0.02));

        double edge = Math.Max(tick, range * 0.02), size = LimitOf(view) * dice.Between(0.004, 0.02);
        if (view.BestOffer is { } offer && offer.Hundredths + edge <= _value)
            Take(view, Side.Buy, _value.Value - edge, size, orders);
        else if (view.BestBid is { } bid && bid.Hundredths - edge >= _value)
            Take(view, Side.Sell, _value.Value + edge, size, orders);
        else if (Math.Abs(Lean(view)) > 0.5 && view.Position != Quantity.Zero)
            Reduce(view, size, orders);
    }

    private static void Take(MarketView view, Side side, double worst, double size, List<Command> orders)
    {
        if (Tick(view, worst, side) is { } price && Order(view, Math.Min(size, RoomFor(view, side))) is { } quantity)
            orders.Add(Place(side, price, quantity, TimeInForce.ImmediateOrCancel));
    }

    /// <summary>Without information a large position is a risk, so a part of it is closed at the best price.</summary>
    private static void Reduce(MarketView view, double size, List<Command> orders)
    {
        Side side = view.Position > Quantity.Zero ? Side.Sell : Side.Buy;
        Price? best = side == Side.Sell ? view.BestBid : view.BestOffer;
        if (best is { } price && Order(view, size) is { } quantity)
            orders.Add(Place(side, price, quantity, TimeInForce.ImmediateOrCancel));
    }
}
