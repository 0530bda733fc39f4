using Exchange.Markets;

namespace Exchange.Tests.Bots;

/// <summary>What a trader might see of a market from 0 to 100.</summary>
internal static class Views
{
    public static MarketView Of(
        decimal mark = 50, decimal? bid = null, decimal? offer = null, decimal? last = null, decimal position = 0, params OwnOrder[] orders) =>
        new(Market, Price(mark), bid is { } b ? Price(b) : null, offer is { } o ? Price(o) : null)
        {
            LastPrice = last is { } l ? Price(l) : null,
            Position = new Quantity((long)(position * 100)),
            Available = Money(100_000),
            Capital = Money(100_000),
            Orders = orders,
        };

    public static MarketInfo Market { get; } = new(1, 1, "Rain", "", 1, Price(0), Price(100), 100, MarketStatus.Open, null, 0);

    public static Price Price(decimal price) => new((int)(price * 100));

    public static Cash Money(decimal money) => new((long)(money * 10_000));

    /// <summary>The view after orders that all came to rest, as they now are.</summary>
    public static MarketView After(MarketView view, List<Command> commands)
    {
        List<OwnOrder> own = [.. view.Orders];
        foreach (Command command in commands)
        {
            int at = own.FindIndex(o => o.OrderId == command.OrderId);
            switch (command.Kind)
            {
                case CommandKind.PlaceOrder when command.TimeInForce == TimeInForce.GoodTillCancelled:
                    own.Add(new OwnOrder(1 + own.Select(o => o.OrderId).DefaultIfEmpty().Max(), command.Side, command.Price, command.Quantity, 0));
                    break;
                case CommandKind.ReplaceOrder:
                    own[at] = own[at] with { Price = command.Price };
                    break;
                case CommandKind.CancelOrder:
                    own.RemoveAt(at);
                    break;
            }
        }
        return view with { Orders = [.. own] };
    }
}
