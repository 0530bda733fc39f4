namespace Exchange.Markets;

public enum Side : byte
{
    Buy = 1,
    Sell = 2,
}

/// <summary>How long an order may wait.</summary>
public enum TimeInForce : byte
{
    /// <summary>Rests in the book until filled or cancelled.</summary>
    GoodTillCancelled = 1,

    /// <summary>Fills what it can at once; the rest is cancelled.</summary>
    ImmediateOrCancel = 2,

    /// <summary>Fills whole at once, or is refused.</summary>
    FillOrKill = 3,
}

public enum OrderStatus : byte
{
    Live = 1,
    Filled = 2,
    Cancelled = 3,
}

/// <summary>Why an order was last changed.</summary>
public enum OrderReason : byte
{
    Placed = 1,

    /// <summary>It rested, and another order traded with it.</summary>
    Matched = 2,
    Replaced = 3,

    /// <summary>Cancelled by its account.</summary>
    Requested = 4,

    /// <summary>Immediate-or-cancel, and the book held no more for it.</summary>
    UnfilledRest = 5,

    /// <summary>Another order of its own account would have traded with it.</summary>
    SelfMatch = 6,

    /// <summary>Its market settled.</summary>
    MarketSettled = 7,
}

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

/// <summary>Who may create markets in a room.</summary>
public enum WhoMayCreateMarkets : byte
{
    Anyone = 1,
    Admins = 2,
}
