namespace Exchange.Markets;

/// <summary>Details of <see cref="CommandKind.RememberOrders"/>: ended orders of an account, oldest first.</summary>
public sealed record RememberedOrders(OrderState[] Orders) : CommandDetails
{
    internal override CommandKind Kind => CommandKind.RememberOrders;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed)
    {
        changed = false;
        return handlers.Orders.RememberOrders(in command, this);
    }

    internal override void Write(CommandWriter to) => to.List(Orders, static (to, o) => Write(to, in o));

    internal static RememberedOrders Read(ref CommandReader from) => new(from.List(static (ref CommandReader from) => ReadOrder(ref from)));

    private static void Write(CommandWriter to, in OrderState order)
    {
        to.Number(order.OrderId);
        to.Number(order.MarketId);
        to.Number(order.AccountId);
        to.Number(order.PlacedByUserId);
        to.Number(order.PlacedSequence);
        to.Number(order.PlacedTimeUs);
        to.Number(order.ExpiresTimeUs);
        to.Number(order.Priority);
        to.Number(order.Quantity.Hundredths);
        to.Number(order.Remaining.Hundredths);
        to.Number(order.FilledValue.TenThousandths);
        to.Optional(order.ClientOrderId);
        to.Number(order.Price.Hundredths);
        to.Number(order.PlacedPrice.Hundredths);
        to.Number(order.PlacedQuantity.Hundredths);
        to.Byte((byte)order.Side);
        to.Byte((byte)order.TimeInForce);
        to.Flag(order.PostOnly);
        to.Flag(order.ReduceOnly);
        to.Flag(order.CancelOnDisconnect);
        to.Byte((byte)order.Status);
        to.Byte((byte)order.Reason);
        to.Number(order.Filled.Hundredths);
    }

    private static OrderState ReadOrder(ref CommandReader from) => new()
    {
        OrderId = from.Number(),
        MarketId = from.Number(),
        AccountId = from.Number(),
        PlacedByUserId = from.Number(),
        PlacedSequence = from.Number(),
        PlacedTimeUs = from.Number(),
        ExpiresTimeUs = from.Number(),
        Priority = from.Number(),
        Quantity = new Quantity(from.Number()),
        Remaining = new Quantity(from.Number()),
        FilledValue = new Cash(from.Number()),
        ClientOrderId = from.OptionalText(),
        Price = new Price(from.Int()),
        PlacedPrice = new Price(from.Int()),
        PlacedQuantity = new Quantity(from.Number()),
        Side = (Side)from.Byte(),
        TimeInForce = (TimeInForce)from.Byte(),
        PostOnly = from.Flag(),
        ReduceOnly = from.Flag(),
        CancelOnDisconnect = from.Flag(),
        Status = (OrderStatus)from.Byte(),
        Reason = (OrderReason)from.Byte(),
        Filled = new Quantity(from.Number()),
    };
}

/// <summary>Details of <see cref="CommandKind.Disconnect"/> of one session.</summary>
/// <param name="AccountIds">The accounts for which the session placed orders that end with it.</param>
public sealed record Disconnection(long[] AccountIds) : CommandDetails
{
    internal override CommandKind Kind => CommandKind.Disconnect;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed) =>
        handlers.Time.Disconnect(context, in command, this, ref changed);

    internal override void Write(CommandWriter to) => to.Numbers(AccountIds);

    internal static Disconnection Read(ref CommandReader from) => new(from.Numbers());
}
