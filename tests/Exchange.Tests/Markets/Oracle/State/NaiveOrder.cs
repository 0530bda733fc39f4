using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>An order as the oracle sees it, live or ended. Immutable: a change makes a new one.</summary>
internal sealed record NaiveOrder(
    long Id, long AccountId, long MarketId, Side Side, int Price, long Quantity, long Filled, Int128 FilledValue,
    TimeInForce TimeInForce, bool PostOnly, bool ReduceOnly, bool CancelOnDisconnect, long ExpiresTimeUs, string? ClientOrderId,
    OrderStatus Status, OrderReason Reason, long PlacedByUserId, long PlacedSequence, long PlacedTimeUs, long Line, int Session, int PlacedPrice, long PlacedQuantity)
{
    public static NaiveOrder From(OrderState s)
    {
        Check.Same("remaining", s.Status == OrderStatus.Live ? s.Quantity - s.Filled : Exchange.Markets.Quantity.Zero, s.Remaining);
        return new NaiveOrder(
            s.OrderId, s.AccountId, s.MarketId, s.Side, s.Price.Hundredths, s.Quantity.Hundredths, s.Filled.Hundredths,
            s.FilledValue.TenThousandths, s.TimeInForce, s.PostOnly, s.ReduceOnly, s.CancelOnDisconnect, s.ExpiresTimeUs, s.ClientOrderId,
            s.Status, s.Reason, s.PlacedByUserId, s.PlacedSequence, s.PlacedTimeUs, s.Priority, Session: 0,
            s.PlacedPrice.Hundredths, s.PlacedQuantity.Hundredths);
    }

    public long Left => Quantity - Filled;

    /// <summary>Without what only the venue or only the oracle numbers its own way.</summary>
    public NaiveOrder Told() => this with { Line = 0, Session = 0 };

    public bool Crosses(NaiveOrder resting) => Side == Side.Buy ? Price >= resting.Price : Price <= resting.Price;

    public bool Rests => TimeInForce is TimeInForce.GoodTillCancelled or TimeInForce.GoodTillTime;
}

internal sealed record NaiveTrade(
    long Id, long MarketId, int Price, long Quantity, long BuyerAccountId, long SellerAccountId,
    long BuyOrderId, long SellOrderId, Side Aggressor, long TimeUs)
{
    public static NaiveTrade From(Trade t) => new(
        t.TradeId, t.MarketId, t.Price.Hundredths, t.Quantity.Hundredths, t.BuyerAccountId, t.SellerAccountId,
        t.BuyOrderId, t.SellOrderId, t.Aggressor, t.TimeUs);
}

internal sealed record NaiveHolding(
    Int128 Position, Int128 Spent, Int128 SettledProfit, Int128 SettledPosition = default, Int128 SettledSpent = default,
    Int128 OpenCost = default, Int128 SettledOpenCost = default)
{
    public static readonly NaiveHolding Nothing = new(0, 0, 0);

    public static NaiveHolding From(PositionState p) => new(
        p.Position.Hundredths, p.Spent.TenThousandths, p.SettledProfit.TenThousandths, p.SettledPosition.Hundredths,
        p.SettledSpent.TenThousandths, p.OpenCost.TenThousandths, p.SettledOpenCost.TenThousandths);
}
