namespace Exchange.Markets;

/// <summary>What is known of a room. Immutable: a change makes a new one, so that any thread may hold it.</summary>
public sealed record RoomInfo(
    long RoomId, string Slug, string Name, long HouseAccountId, Cash OpeningBalance, WhoMayCreateMarkets WhoMayCreateMarkets)
{
    /// <summary>Who opened it and is its admin; 0 for the room that was there from the start.</summary>
    public long OwnerUserId { get; init; }
    public JoinPolicy JoinPolicy { get; init; } = JoinPolicy.Open;
    public bool IsArchived { get; init; }
    public long CreatedTimeUs { get; init; }
}

/// <summary>What is known of a user: an identity (issuer + subject) with a display name. Immutable.</summary>
public sealed record UserInfo(
    long UserId, string Issuer, string Subject, string Name, string? Email, bool IsServerAdmin, long CreatedTimeUs);

/// <summary>A member of a room. Immutable.</summary>
/// <param name="Role">As it counts: an admin of the server is one of every room.</param>
public sealed record MemberInfo(UserInfo User, Role Role);

/// <summary>What is known of an account. Immutable.</summary>
/// <param name="OwnerUserId">Who opened it; 0 for the house.</param>
public sealed record AccountInfo(long AccountId, long RoomId, string Name, long OwnerUserId, long OpenedTimeUs)
{
    /// <summary>The one its owner was given on entering the room.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>The kind of house bot that trades for it; null: none.</summary>
    public HouseBotKind? BotKind { get; init; }

    public bool IsHouse => OwnerUserId == 0;
}

/// <summary>Someone who may act as an account.</summary>
public readonly record struct AccountMemberInfo(long UserId, AccountRole Role);

/// <summary>What is known of a market. Immutable.</summary>
public sealed record MarketInfo(
    long MarketId, long RoomId, string Name, string Description, long OwnerUserId, Price Min, Price Max,
    int TickHundredths, MarketStatus Status, Price? SettlementPrice, long CreatedTimeUs)
{
    /// <summary>When the status was last set.</summary>
    public long StatusTimeUs { get; init; }
    public string Category { get; init; } = "";
    public string Group { get; init; } = "";
    public bool IsPinned { get; init; }

    /// <summary>Others see no account ids in its book, trades and history.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>If any, only these accounts, their members and elevated admins see it. In rising order.</summary>
    public ValueList<long> VisibleTo { get; init; } = ValueList<long>.Empty;

    /// <summary>The largest order; zero: only the exchange's own limit.</summary>
    public Quantity MaxOrder { get; init; }

    /// <summary>The largest position either way, open orders counted; zero: only the exchange's own limit.</summary>
    public Quantity MaxPosition { get; init; }

    /// <summary>What it follows from; null for a market whose price is decided in the real world.</summary>
    public Derivation? Derivation { get; init; }

    /// <summary>When it halts by itself, by the wall clock; 0: never. Stays once it has passed, until an admin opens the market again.</summary>
    public long CloseTimeUs { get; init; }

    /// <summary>The exchange's own traders in it, by kind.</summary>
    public ValueList<HouseBot> HouseBots { get; init; } = ValueList<HouseBot>.Empty;

    public bool IsHidden => VisibleTo.Count > 0;
}

/// <summary>What a market's price follows from.</summary>
public abstract record Derivation;

/// <summary>A market that counts in a basket.</summary>
/// <param name="Multiplier">Not 0.</param>
public readonly record struct Constituent(long MarketId, int Multiplier);

/// <summary>Worth the sum of multiplier × price over its constituents.</summary>
/// <param name="Fee">What each conversion costs.</param>
public sealed record Basket(ValueList<Constituent> Constituents, Cash Fee) : Derivation;

/// <summary>Worth what the underlying is above (call) or below (put) the strike, or nothing.</summary>
public sealed record Option(long UnderlyingId, OptionKind Kind, OptionStyle Style, Price Strike) : Derivation
{
    /// <summary>What the option is worth when the underlying is worth this.</summary>
    public Price PayoffAt(Price underlying) => new(Math.Max(
        0, Kind == OptionKind.Call ? underlying.Hundredths - Strike.Hundredths : Strike.Hundredths - underlying.Hundredths));
}

/// <summary>Money that moved without a trade.</summary>
/// <param name="ByUserId">Who made it.</param>
public sealed record TransferInfo(
    long TransferId, long RoomId, long FromAccountId, long ToAccountId, Cash Amount, string Memo, long ByUserId, TransferKind Kind,
    long TimeUs);

/// <summary>A code worth money.</summary>
/// <param name="Amount">What each use is worth.</param>
/// <param name="Uses">How often it can be used.</param>
/// <param name="Used">How often it was.</param>
/// <param name="ExpiresTimeUs">0: never.</param>
public sealed record CodeInfo(
    long CodeId, long RoomId, string Code, Cash Amount, int Uses, int Used, long ExpiresTimeUs, bool IsRevoked, long CreatedTimeUs);

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
