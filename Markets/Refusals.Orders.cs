namespace Exchange.Markets;

/// <summary>Every refusal of the domain, with its sentence.</summary>
internal static partial class Refusals
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
        (_, _, _) => "This account has no live order of that id: it was filled or cancelled, or never was this account's.", 0, 0, 0);

    public static Refusal InsufficientFunds(Cash needed, Cash available) => new(RefusalCode.InsufficientFunds,
        (n, a, _) => $"This needs {M(n)}, but only {M(a)} is available.", needed.TenThousandths, available.TenThousandths, 0);

    public static readonly Refusal PositionLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"The position, open orders included, could pass {Q(Limits.MaxPosition)} contracts.", 0, 0, 0);

    public static readonly Refusal GrossLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"All positions and open orders together could move more than {M(Limits.MaxGross)}, the most the exchange counts with.", 0, 0, 0);

    public static readonly Refusal LiveOrdersLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"An account may have {Limits.MaxLiveOrdersPerHolding:#,0} live orders in a market; cancel some first.", 0, 0, 0);

    public static Refusal ReduceOnly(Quantity wanted, Quantity closable, Side side) => new(RefusalCode.ReduceOnly,
        (w, c, s) => $"reduce_only for {Q(w)}, but no more than {Q(c)} of a {((Side)s == Side.Sell ? "long" : "short")} position is left to close, "
            + "what live orders on that side close already left out.",
        wanted.Hundredths, closable.Hundredths, (long)side);

    public static readonly Refusal ExpiresMissing = new(RefusalCode.InvalidField,
        (_, _, _) => "expires_time_us goes with GOOD_TILL_TIME, and that with it: give both or neither.", 0, 0, 0);

    public static Refusal Expired(long expiresUs, long nowUs) => new(RefusalCode.Expired,
        (e, n, _) => $"expires_time_us {e} is not later than now, {n} (microseconds since 1970).", expiresUs, nowUs, 0);

    public static Refusal OrderTooLarge(Quantity quantity, Quantity largest) => new(RefusalCode.LimitExceeded,
        (q, l, _) => $"An order of {Q(q)}: in this market {Q(l)} is the largest.", quantity.Hundredths, largest.Hundredths, 0);

    public static Refusal PositionTooLarge(Quantity largest) => new(RefusalCode.LimitExceeded,
        (l, _, _) => $"The position, open orders included, could pass {Q(l)} contracts, the most this market allows.", largest.Hundredths, 0, 0);

    public static readonly Refusal BatchLength = InvalidField($"A batch holds 1 to {Limits.MaxBatchItems} requests.");

    public static readonly Refusal CancelAfterRange = InvalidField(
        "timeout_ms must be 0 (disarm) or between 1,000 (a second) and 86,400,000 (a day).");
}
