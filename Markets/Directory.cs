namespace Exchange.Markets;

/// <summary>What is known of a room. Immutable: a change makes a new one, so that any thread may hold it.</summary>
public sealed record RoomInfo(
    long RoomId, string Slug, string Name, long HouseAccountId, Cash OpeningBalance, WhoMayCreateMarkets WhoMayCreateMarkets);

/// <summary>What is known of a user: an identity (issuer + subject) with a display name. Immutable.</summary>
public sealed record UserInfo(
    long UserId, string Issuer, string Subject, string Name, string? Email, bool IsServerAdmin, long CreatedTimeUs);

/// <summary>What is known of an account. Immutable.</summary>
/// <param name="OwnerUserId">Who opened it; 0 for the house.</param>
public sealed record AccountInfo(long AccountId, long RoomId, string Name, long OwnerUserId, long OpenedTimeUs)
{
    public bool IsHouse => OwnerUserId == 0;
}

/// <summary>What is known of a market. Immutable.</summary>
public sealed record MarketInfo(
    long MarketId, long RoomId, string Name, string Description, long OwnerUserId, Price Min, Price Max,
    int TickHundredths, MarketStatus Status, Price? SettlementPrice, long CreatedTimeUs);

/// <summary>The fields of an order, for telling and keeping it.</summary>
public struct OrderState
{
    public long OrderId;
    public long MarketId;
    public long AccountId;
    public long PlacedSequence;
    public long PlacedTimeUs;
    public long Priority;
    public Quantity Quantity;
    public Quantity Remaining;
    public Cash FilledValue;
    public string? ClientOrderId;
    public Price Price;
    public Side Side;
    public TimeInForce TimeInForce;
    public bool PostOnly;
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
