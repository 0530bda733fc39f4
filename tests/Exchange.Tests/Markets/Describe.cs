using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>Commands as one line, for failures.</summary>
internal static class Describe
{
    public static string Command(in Command c)
    {
        string price = c.HasPrice ? $" @ {c.Price}" : "", quantity = c.HasQuantity ? $" {c.Quantity}" : "";
        string order = c.OrderId != 0 ? $" order {c.OrderId}" : c.ClientOrderId is null ? "" : $" '{c.ClientOrderId}'";
        return c.Kind switch
        {
            CommandKind.PlaceOrder =>
                $"account {c.AccountId} {c.Side}{quantity}{price} in market {c.MarketId} {c.TimeInForce}{(c.PostOnly ? " post-only" : "")}{order}",
            CommandKind.ReplaceOrder => $"account {c.AccountId} replaces{order} with{quantity}{price}",
            CommandKind.CancelOrder => $"account {c.AccountId} cancels{order}",
            CommandKind.CancelOrders => $"account {c.AccountId} cancels all of market {c.MarketId}, side {c.Side}",
            CommandKind.SettleMarket => $"user {c.UserId}{(c.Elevated ? " elevated" : "")} settles market {c.MarketId} at {c.Price}",
            _ => $"{c.Kind} by user {c.UserId}{(c.Elevated ? " elevated" : "")} {c.Details}",
        };
    }
}
