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
    MarketNotFound = 200,
    AccountNotFound = 201,
    OrderNotFound = 202,
    RoomNotFound = 203,
    InvalidPrice = 300,
    InvalidQuantity = 301,
    CannotFill = 302,
    WouldMatch = 303,
    OrderNotLive = 304,
    InsufficientFunds = 400,
    LimitExceeded = 401,
    MarketNotOpen = 500,
    NameTaken = 501,
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

/// <summary>Every refusal of the domain, with its sentence.</summary>
internal static class Refusals
{
    private static string P(long hundredths) => new Price((int)hundredths).ToString();
    private static string Q(long hundredths) => new Quantity(hundredths).ToString();
    private static string M(long tenThousandths) => new Cash(tenThousandths).ToString();

    public static readonly Refusal AccountNotFound = new(RefusalCode.AccountNotFound,
        (_, _, _) => "There is no such account, or it is not yours.", 0, 0, 0);

    public static Refusal MarketNotFound(long marketId) => new(RefusalCode.MarketNotFound,
        (id, _, _) => id < 0 ? "There is no market of that id." : $"There is no market with the id {id}.", marketId, 0, 0);

    public static Refusal MarketNotOpen(MarketStatus status) => new(RefusalCode.MarketNotOpen,
        (s, _, _) => (MarketStatus)s switch
        {
            MarketStatus.CancelOnly => "The market takes cancels only, no new orders.",
            MarketStatus.Halted => "The market is halted: neither orders nor cancels.",
            _ => "The market is settled; nobody trades it again.",
        }, (long)status, 0, 0);

    public static Refusal PriceOutOfRange(Price price, Market market) => new(RefusalCode.InvalidPrice,
        (p, min, max) => $"The price {P(p)} is outside of the market's range, {P(min)} to {P(max)}.",
        price.Hundredths, market.Min.Hundredths, market.Max.Hundredths);

    public static Refusal PriceOffTick(Price price, Market market) => new(RefusalCode.InvalidPrice,
        (p, tick, _) => $"The price {P(p)} is not a multiple of the tick size, {P(tick)}.",
        price.Hundredths, market.TickHundredths, 0);

    public static readonly Refusal PriceMissing = new(RefusalCode.InvalidPrice,
        (_, _, _) => "An order that rests needs a price; only IMMEDIATE_OR_CANCEL and FILL_OR_KILL go without.", 0, 0, 0);

    public static Refusal InvalidQuantity(Quantity quantity) => new(RefusalCode.InvalidQuantity,
        (q, _, _) => $"The quantity {Q(q)} is not between 0.01 and {Q(Limits.MaxOrderHundredths)}.", quantity.Hundredths, 0, 0);

    public static Refusal AlreadyFilled(Quantity quantity, Quantity filled) => new(RefusalCode.InvalidQuantity,
        (q, f, _) => $"The new quantity {Q(q)} must be more than the {Q(f)} already filled; cancel the order to stop it there.",
        quantity.Hundredths, filled.Hundredths, 0);

    public static Refusal InvalidField(string sentence) => new(RefusalCode.InvalidField, (_, _, _) => sentence, 0, 0, 0);

    public static readonly Refusal PostOnlyImmediate = new(RefusalCode.InvalidField,
        (_, _, _) => "post_only is for orders that rest; it contradicts IMMEDIATE_OR_CANCEL and FILL_OR_KILL.", 0, 0, 0);

    public static Refusal CannotFill(Quantity wanted, Quantity held) => new(RefusalCode.CannotFill,
        (w, h, _) => $"FILL_OR_KILL for {Q(w)}, but only {Q(h)} could be filled at that price or better.",
        wanted.Hundredths, held.Hundredths, 0);

    public static Refusal WouldMatch(Price best) => new(RefusalCode.WouldMatch,
        (p, _, _) => $"post_only, and the order would match at once at {P(p)}.", best.Hundredths, 0, 0);

    public static readonly Refusal OrderNotFound = new(RefusalCode.OrderNotFound,
        (_, _, _) => "This account has no such order.", 0, 0, 0);

    public static readonly Refusal OrderNotLive = new(RefusalCode.OrderNotLive,
        (_, _, _) => "There is no live order of that id any more: it was filled or cancelled.", 0, 0, 0);

    public static Refusal InsufficientFunds(Cash needed, Cash available) => new(RefusalCode.InsufficientFunds,
        (n, a, _) => $"This needs {M(n)}, but only {M(a)} is available.", needed.TenThousandths, available.TenThousandths, 0);

    public static readonly Refusal PositionLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"The position, open orders included, could pass {Q(Limits.MaxPosition)} contracts.", 0, 0, 0);

    public static readonly Refusal GrossLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"All positions and open orders together could move more than {M(Limits.MaxGross)}, the most the exchange counts with.", 0, 0, 0);

    public static readonly Refusal LiveOrdersLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"An account may have {Limits.MaxLiveOrdersPerHolding:#,0} live orders in a market; cancel some first.", 0, 0, 0);

    public static readonly Refusal MarketsLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"A room may have {Limits.MaxMarketsPerRoom:#,0} markets.", 0, 0, 0);

    public static readonly Refusal IssuedLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"The room has given out all the money it may, {M(Limits.MaxIssued)}.", 0, 0, 0);

    public static readonly Refusal NameTaken = new(RefusalCode.NameTaken,
        (_, _, _) => "There is a market of that name already.", 0, 0, 0);

    public static readonly Refusal RoomNameTaken = new(RefusalCode.NameTaken,
        (_, _, _) => "There is a room of that slug already.", 0, 0, 0);

    public static readonly Refusal OnlyAdminsCreate = new(RefusalCode.Forbidden,
        (_, _, _) => "Only admins create markets in this room.", 0, 0, 0);

    public static readonly Refusal NotElevated = new(RefusalCode.NotElevated,
        (_, _, _) => "This needs your admin powers: turn them on first (SetElevated).", 0, 0, 0);

    public static readonly Refusal NotOwner = new(RefusalCode.Forbidden,
        (_, _, _) => "Only the market's owner or an admin may settle it.", 0, 0, 0);

    public static readonly Refusal UnknownUser = new(RefusalCode.Forbidden,
        (_, _, _) => "You have not entered this exchange.", 0, 0, 0);
}
