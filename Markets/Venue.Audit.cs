namespace Exchange.Markets;

// Who did what as whom.
public sealed partial class Venue
{
    /// <summary>Notes every command of a user but ordinary trading, and that too if it was done with admin powers.</summary>
    private void Audit(in Command command)
    {
        if (_user is null)
            return;
        switch (command.Kind)
        {
            case CommandKind.PlaceOrder or CommandKind.ReplaceOrder or CommandKind.CancelOrder or CommandKind.CancelOrders
                or CommandKind.SetCancelAfter or CommandKind.ConvertBasket or CommandKind.ExerciseOption
                or CommandKind.MakeTransfer or CommandKind.ClaimCode when !_asAdmin:
            case CommandKind.EnterUser or CommandKind.EnterRoom:
                return;
        }
        _batch.AddOther(
            new Audited(
                _user.Info.UserId, command.AccountId, _asAdmin, _room?.Info.RoomId ?? 0, command.MarketId, command.Kind, Describe(in command)),
            isAnswer: false);
    }

    private static string Describe(in Command command)
    {
        var parts = new List<string>();
        if (command.Side != 0)
            parts.Add(command.Side.ToString());
        if (command.Direction != 0)
            parts.Add(command.Direction.ToString());
        if (command.HasQuantity)
            parts.Add($"quantity {command.Quantity}");
        if (command.HasPrice)
            parts.Add($"price {command.Price}");
        if (command.OrderId != 0)
            parts.Add($"order {command.OrderId}");
        if (command.ClientOrderId is not null)
            parts.Add($"client order id {command.ClientOrderId}");
        if (command.Status != 0)
            parts.Add(command.Status.ToString());
        if (command.Details is not null)
            parts.Add(command.Details.ToString()!);
        return string.Join(", ", parts);
    }
}
