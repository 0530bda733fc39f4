namespace Exchange.Markets;

/// <summary>Where a command came from; echoed on its events so that its answer finds the way back.</summary>
/// <param name="Session">The connection, 0 for none.</param>
/// <param name="RequestId">The client's number for the request, 0 for none.</param>
public readonly record struct Origin(int Session, ulong RequestId);

/// <summary>
/// One command to the venue. A plain struct, so that putting it in a queue allocates nothing; commands
/// off the order path carry their fields in <see cref="Details"/>.
/// </summary>
public struct Command
{
    public CommandKind Kind;
    public Side Side;
    public TimeInForce TimeInForce;
    public ConversionDirection Direction;
    public MarketStatus Status;
    public bool PostOnly;
    public bool ReduceOnly;
    public bool CancelOnDisconnect;

    /// <summary>Given with an API key.</summary>
    public bool ByKey;

    /// <summary>Given with an API key that may only look.</summary>
    public bool ReadOnly;

    /// <summary>The user acts with admin powers.</summary>
    public bool Elevated;

    /// <summary>Whether <see cref="Price"/> is set: an order without is a market order, a replace keeps its price.</summary>
    public bool HasPrice;

    /// <summary>Whether <see cref="Quantity"/> is set: a replace without keeps its quantity.</summary>
    public bool HasQuantity;

    public Price Price;
    public Quantity Quantity;
    public Origin Origin;

    /// <summary>Who gives it; 0: the exchange itself, which may give orders for any account.</summary>
    public long UserId;

    /// <summary>The room it is given in; 0: the room 'main'; −1: none.</summary>
    public long RoomId;

    /// <summary>The account acted as, or the one it is about.</summary>
    public long AccountId;

    /// <summary>Given with an API key that is for this account alone; 0: for all that the user may.</summary>
    public long OnlyAccountId;

    /// <summary>0 where a command may be about every market.</summary>
    public long MarketId;

    /// <summary>0: the order is named by <see cref="ClientOrderId"/>.</summary>
    public long OrderId;
    public long ExpiresTimeUs;
    public long TimeoutUs;

    public string? ClientOrderId;
    public CommandDetails? Details;
}
