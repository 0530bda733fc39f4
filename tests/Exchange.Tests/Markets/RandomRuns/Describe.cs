using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>Commands as one line, for failures.</summary>
internal static class Describe
{
    public static string Command(in Command c)
    {
        string key = !c.ByKey ? "" : $" by{(c.ReadOnly ? " read-only" : "")} key{(c.OnlyAccountId != 0 ? $" for {c.OnlyAccountId}" : "")}";
        string who = $"user {c.UserId}{key}{(c.Elevated ? " elevated" : "")} in room {c.RoomId}";
        return c.Kind switch
        {
            CommandKind.OrderBatch => $"{c.Kind} by {who} as {c.AccountId}:{string.Concat(((OrderBatchTerms)c.Details!).Requests.Select(r => $"\n      {r.Problem ?? Order(r.Command)}"))}",
            CommandKind.OpenRoom or CommandKind.EnterUser or CommandKind.EnterRoom or CommandKind.Tick => $"{c.Kind} by {who} {Details(c)}",
            _ => $"{c.Kind} by {who} as {c.AccountId} {Order(c)}",
        };
    }

    private static string Order(in Command c)
    {
        string text = c.Kind is CommandKind.PlaceOrder or CommandKind.PreviewOrder or CommandKind.CancelOrders ? $"{c.Side} {c.TimeInForce}" : "";
        text += $"{(c.HasQuantity ? $" {c.Quantity}" : "")}{(c.HasPrice ? $" @ {c.Price}" : "")}{(c.MarketId != 0 ? $" in market {c.MarketId}" : "")}";
        text += $"{(c.PostOnly ? " post-only" : "")}{(c.ReduceOnly ? " reduce-only" : "")}{(c.CancelOnDisconnect ? " cancel-on-disconnect" : "")}";
        text += $"{(c.ExpiresTimeUs != 0 ? $" expires {c.ExpiresTimeUs}" : "")}{(c.TimeoutUs != 0 ? $" timeout {c.TimeoutUs}" : "")}";
        text += $"{(c.OrderId != 0 ? $" order {c.OrderId}" : c.ClientOrderId is null ? "" : $" '{c.ClientOrderId}'")}";
        text += $"{(c.Direction != 0 ? $" {c.Direction}" : "")}{(c.Status != 0 ? $" {c.Status}" : "")}";
        return $"{c.Kind} {text} {Details(c)}";
    }

    private static string Details(in Command c)
    {
        string text = c.Details is null or OrderBatchTerms ? "" : Deep.Text(c.Details);
        return text.Length > 600 ? text[..600] + "…" : text;
    }
}
