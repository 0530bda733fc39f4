namespace Exchange.Markets;

/// <summary>The fields of an order, for telling and keeping it.</summary>
public struct OrderState
{
    public long OrderId;
    public long MarketId;
    public long AccountId;
    public long PlacedByUserId;
    public long PlacedSequence;
    public long PlacedTimeUs;
    public long ExpiresTimeUs;
    public long Priority;
    public Quantity Quantity;
    public Quantity Remaining;
    public Cash FilledValue;
    public string? ClientOrderId;
    public Price Price;

    /// <summary>As it was placed with, whatever it was replaced by since.</summary>
    public Price PlacedPrice;

    /// <summary>As it was placed with; 0: placed before this was kept.</summary>
    public Quantity PlacedQuantity;
    public Side Side;
    public TimeInForce TimeInForce;
    public bool PostOnly;
    public bool ReduceOnly;
    public bool CancelOnDisconnect;
    public OrderStatus Status;
    public OrderReason Reason;

    /// <summary>What was filled before it ended or until now.</summary>
    public Quantity Filled;
}

/// <summary>A trade.</summary>
public struct Trade
{
    public long TradeId;
    public long MarketId;
    public long BuyerAccountId;
    public long SellerAccountId;
    public long BuyOrderId;
    public long SellOrderId;
    public long TimeUs;
    public Quantity Quantity;

    /// <summary>The resting order's price.</summary>
    public Price Price;

    /// <summary>The side that came to the book and took.</summary>
    public Side Aggressor;
}
