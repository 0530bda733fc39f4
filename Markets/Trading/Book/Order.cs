namespace Exchange.Markets;

/// <summary>A live order. Pooled: an instance is reused for another order once this one has ended.</summary>
internal sealed class Order
{
    public long Id;
    public Holding Holding = null!;
    public Side Side;
    public TimeInForce TimeInForce;
    public bool PostOnly;
    public bool ReduceOnly;
    public bool CancelOnDisconnect;

    /// <summary>With <see cref="CancelOnDisconnect"/>: the connection; −1: one from before the start.</summary>
    public int Session;
    public Price Price;

    /// <summary>The whole order, what is filled included.</summary>
    public Quantity Quantity;
    public Quantity Remaining;

    /// <summary>As it was placed with, whatever it was replaced by since.</summary>
    public Price PlacedPrice;

    /// <summary>As it was placed with; 0: placed before this was kept.</summary>
    public Quantity PlacedQuantity;

    /// <summary>Sum of price × quantity over the fills.</summary>
    public Cash FilledValue;
    public string? ClientOrderId;
    public long PlacedSequence;
    public long PlacedTimeUs;
    public long PlacedByUserId;

    /// <summary>0: never.</summary>
    public long ExpiresTimeUs;

    /// <summary>Place in line at its price: lower is first. Kept on disk, so that a restart keeps the line.</summary>
    public long Priority;

    /// <summary>What last changed it.</summary>
    public OrderReason Reason;

    // Where it stands: in its price level's line, and among its holding's live orders.
    public PriceLevel? Level;
    public Order? NextInLine, PreviousInLine;
    public Order? NextOfHolding, PreviousOfHolding;

    // The batch that last told of this order, and where in it; see CommitBatch.Supersede.
    public long EmittedInBatch;
    public int EmittedAt;
    public long PlacedInBatch;

    public Quantity Filled => Quantity - Remaining;

    /// <summary>The order as others are told of it.</summary>
    /// <remarks>An ended order has nothing remaining; what it still had is Quantity − Filled.</remarks>
    public OrderState StateAs(OrderStatus status, OrderReason reason) => new()
    {
        OrderId = Id,
        MarketId = Holding.Market.Id,
        AccountId = Holding.Account.Id,
        PlacedSequence = PlacedSequence,
        PlacedTimeUs = PlacedTimeUs,
        Priority = Priority,
        Quantity = Quantity,
        Remaining = status == OrderStatus.Live ? Remaining : Quantity.Zero,
        Filled = Filled,
        FilledValue = FilledValue,
        ClientOrderId = ClientOrderId,
        Price = Price,
        PlacedPrice = PlacedPrice,
        PlacedQuantity = PlacedQuantity,
        Side = Side,
        TimeInForce = TimeInForce,
        PostOnly = PostOnly,
        ReduceOnly = ReduceOnly,
        CancelOnDisconnect = CancelOnDisconnect,
        ExpiresTimeUs = ExpiresTimeUs,
        PlacedByUserId = PlacedByUserId,
        Status = status,
        Reason = reason,
    };
}
