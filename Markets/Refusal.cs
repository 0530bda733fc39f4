namespace Exchange.Markets;

/// <summary>
/// Why a command was refused. The numbers are the protocol's and never change their meaning; a refused
/// command changed nothing. Checks are made in the order: who, what, market status, fields, limits, money.
/// </summary>
public enum RefusalCode
{
    None = 0,
    InvalidField = 2,
    Forbidden = 102,
    NotElevated = 103,
    KeyForbids = 104,
    MarketNotFound = 200,
    AccountNotFound = 201,
    OrderNotFound = 202,
    RoomNotFound = 203,
    UserNotFound = 204,
    CodeNotFound = 205,
    InvalidPrice = 300,
    InvalidQuantity = 301,
    CannotFill = 302,
    WouldMatch = 303,
    OrderNotLive = 304,
    ReduceOnly = 305,
    Expired = 306,
    ClientOrderIdReused = 307,
    InsufficientFunds = 400,
    LimitExceeded = 401,
    MarketNotOpen = 500,
    NameTaken = 501,
    MarketDerived = 502,
    WrongKindOfMarket = 503,
    MarketNotSettled = 504,
    MarketInUse = 505,
    MarketTraded = 506,
    RoomArchived = 600,
    NotInvited = 601,
    RoomClosed = 604,
    RoomNameNotUnique = 605,
}

/// <summary>A refusal: its code and what explains it. The sentence is only made when someone reads it.</summary>
/// <param name="Code">Why.</param>
/// <param name="Explain">Makes the sentence from the numbers.</param>
/// <param name="A">First number; for <see cref="RefusalCode.InsufficientFunds"/> the cash needed.</param>
/// <param name="B">Second number; for <see cref="RefusalCode.InsufficientFunds"/> the cash available.</param>
/// <param name="C">Third number.</param>
public readonly record struct Refusal(RefusalCode Code, Func<long, long, long, string>? Explain, long A, long B, long C)
{
    public static Refusal None => default;

    public bool IsRefused => Code != RefusalCode.None;

    /// <summary>A sentence that says what was wrong and what would be right.</summary>
    public string Sentence => Explain is null ? "" : Explain(A, B, C);
}
