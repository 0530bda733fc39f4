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

    /// <summary>Rests in the book until filled, cancelled, or its time comes.</summary>
    GoodTillTime = 4,
}

internal static class TimesInForce
{
    /// <summary>Whether what does not fill at once waits in the book.</summary>
    public static bool Rests(this TimeInForce timeInForce) =>
        timeInForce is TimeInForce.GoodTillCancelled or TimeInForce.GoodTillTime;
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

    /// <summary>Good till time, and the time came.</summary>
    Expired = 8,

    /// <summary>The connection it was placed on ended.</summary>
    Disconnected = 9,

    /// <summary>The account's dead man's switch went off.</summary>
    CancelAfter = 10,

    /// <summary>It may only reduce, and could have opened or enlarged a position.</summary>
    ReduceOnly = 11,

    /// <summary>Its account was short of the option and was assigned an exercise.</summary>
    Assigned = 12,

    /// <summary>Its room was archived.</summary>
    RoomArchived = 13,

    /// <summary>Nobody may trade for its account any longer.</summary>
    NoTrader = 14,

    /// <summary>Its market was deleted.</summary>
    MarketDeleted = 15,
}
