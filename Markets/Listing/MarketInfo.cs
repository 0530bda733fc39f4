namespace Exchange.Markets;

public enum MarketStatus : byte
{
    Open = 1,

    /// <summary>Cancels work, new orders are refused.</summary>
    CancelOnly = 2,

    /// <summary>Neither new orders nor cancels.</summary>
    Halted = 3,

    /// <summary>Final.</summary>
    Settled = 4,
}

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
