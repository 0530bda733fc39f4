namespace Exchange.Markets;

/// <summary>Every refusal of the domain, with its sentence.</summary>
internal static partial class Refusals
{
    private static string P(long hundredths) => new Price((int)hundredths).ToString();
    private static string Q(long hundredths) => new Quantity(hundredths).ToString();
    private static string M(long tenThousandths) => new Cash(tenThousandths).ToString();

    private const long ACent = 100;

    /// <summary>With two decimals, and enough: what is needed is rounded up.</summary>
    private static string Least(long tenThousandths) => M(-Floor(-tenThousandths));

    /// <summary>With two decimals, and no more than there is: what is available is rounded down.</summary>
    private static string Most(long tenThousandths) => M(Floor(tenThousandths));

    private static long Floor(long tenThousandths) => tenThousandths - (tenThousandths % ACent + ACent) % ACent;

    public static readonly Refusal AccountNotFound = new(RefusalCode.AccountNotFound,
        (_, _, _) => "This account does not exist or is not yours.", 0, 0, 0);

    public static Refusal MarketNotFound(long marketId) => new(RefusalCode.MarketNotFound,
        (id, _, _) => id < 0 ? "No market has that id." : $"No market has the id {id}.", marketId, 0, 0);

    public static Refusal MarketNotOpen(MarketStatus status) => new(RefusalCode.MarketNotOpen,
        (s, _, _) => (MarketStatus)s switch
        {
            MarketStatus.CancelOnly => "The market is set to cancel only: you can cancel orders but not place new ones.",
            MarketStatus.Halted => "The market is halted: orders can be neither placed nor cancelled.",
            _ => "The market is settled, so trading has ended.",
        }, (long)status, 0, 0);

    public static Refusal PriceOutOfRange(Price price, Market market) => new(RefusalCode.InvalidPrice,
        (p, min, max) => $"The price {P(p)} is outside the market's range, {P(min)} to {P(max)}.",
        price.Hundredths, market.Min.Hundredths, market.Max.Hundredths);

    public static Refusal PriceOffTick(Price price, Market market) => new(RefusalCode.InvalidPrice,
        (p, tick, _) => $"The price {P(p)} is not a multiple of the tick size, {P(tick)}.",
        price.Hundredths, market.TickHundredths, 0);

    public static readonly Refusal PriceMissing = new(RefusalCode.InvalidPrice,
        (_, _, _) => "An order that can rest in the book needs a price. Only IMMEDIATE_OR_CANCEL and FILL_OR_KILL can omit it.", 0, 0, 0);

    public static Refusal InvalidQuantity(Quantity quantity) => new(RefusalCode.InvalidQuantity,
        (q, _, _) => $"The quantity must be 0.01 to {Q(Limits.MaxOrderHundredths)}; it was {Q(q)}.", quantity.Hundredths, 0, 0);

    public static Refusal AlreadyFilled(Quantity quantity, Quantity filled) => new(RefusalCode.InvalidQuantity,
        (q, f, _) => $"The new quantity {Q(q)} must be more than the {Q(f)} already filled. To stop the order there, cancel it.",
        quantity.Hundredths, filled.Hundredths, 0);

    public static Refusal InvalidField(string sentence) => new(RefusalCode.InvalidField, (_, _, _) => sentence, 0, 0, 0);

    public static readonly Refusal PostOnlyImmediate = new(RefusalCode.InvalidField,
        (_, _, _) => "post_only cannot be combined with IMMEDIATE_OR_CANCEL or FILL_OR_KILL.", 0, 0, 0);

    public static Refusal CannotFill(Quantity wanted, Quantity held) => new(RefusalCode.CannotFill,
        (w, h, _) => $"FILL_OR_KILL needs {Q(w)}, but only {Q(h)} could be filled at that price or better.",
        wanted.Hundredths, held.Hundredths, 0);

    public static Refusal WouldMatch(Price best) => new(RefusalCode.WouldMatch,
        (p, _, _) => $"post_only refuses this order because it would fill immediately at {P(p)}.", best.Hundredths, 0, 0);

    public static readonly Refusal OrderNotFound = new(RefusalCode.OrderNotFound,
        (_, _, _) => "This account has no such order.", 0, 0, 0);

    public static readonly Refusal OrderNotLive = new(RefusalCode.OrderNotLive,
        (_, _, _) => "This account has no live order with that id. It may have been filled or cancelled.", 0, 0, 0);

    /// <param name="first">As it was placed, and as it is.</param>
    /// <param name="isCancelledWith">Whether the batch that uses the id again also cancels the order.</param>
    public static Refusal ClientOrderIdReused(in OrderState first, bool isCancelledWith)
    {
        OrderState o = first;
        return new Refusal(RefusalCode.ClientOrderIdReused, (_, _, _) => Sentence(), 0, 0, 0);

        string Sentence()
        {
            Quantity quantity = o.PlacedQuantity == Quantity.Zero ? o.Quantity : o.PlacedQuantity;
            string terms = (o.TimeInForce == TimeInForce.GoodTillCancelled ? "" : $", {Word(o.TimeInForce)}")
                + (o.ExpiresTimeUs == 0 ? "" : $" {o.ExpiresTimeUs}") + (o.PostOnly ? ", post_only" : "") + (o.ReduceOnly ? ", reduce_only" : "");
            string ending = isCancelledWith
                ? "This batch cancels that order. A new order needs a new client_order_id."
                : "An order that is sent again must be the same in every field. A different order needs a new client_order_id.";
            return $"client_order_id '{o.ClientOrderId}' is the id of order {o.OrderId}: {(o.Side == Side.Buy ? "buy" : "sell")} "
                + $"{quantity} at {o.PlacedPrice} in market {o.MarketId}{terms}; it {(o.Status == OrderStatus.Live ? "is live" : o.Status == OrderStatus.Filled ? "was filled" : "was cancelled")}. {ending}";
        }
    }

    private static string Word(TimeInForce timeInForce) => timeInForce switch
    {
        TimeInForce.ImmediateOrCancel => "IMMEDIATE_OR_CANCEL",
        TimeInForce.FillOrKill => "FILL_OR_KILL",
        TimeInForce.GoodTillTime => "GOOD_TILL_TIME until",
        _ => "GOOD_TILL_CANCELLED",
    };

    public static Refusal InsufficientFunds(Cash needed, Cash available) => new(RefusalCode.InsufficientFunds,
        (n, a, _) => $"This needs {Least(n)}, but only {Most(a)} is available.", needed.TenThousandths, available.TenThousandths, 0);

    public static readonly Refusal PositionLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"The position, including open orders, could exceed {Q(Limits.MaxPosition)} contracts.", 0, 0, 0);

    public static readonly Refusal GrossLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"All positions and open orders together could move more than {M(Limits.MaxGross)}, the exchange's limit.", 0, 0, 0);

    public static readonly Refusal LiveOrdersLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"An account can have at most {Limits.MaxLiveOrdersPerHolding:#,0} live orders in a market. Cancel some first.", 0, 0, 0);

    public static Refusal ReduceOnly(Quantity wanted, Quantity closable, Side side) => new(RefusalCode.ReduceOnly,
        (w, c, s) => $"This reduce_only order is for {Q(w)}, but at most {Q(c)} of the {((Side)s == Side.Sell ? "long" : "short")} position can be closed. "
            + "Live orders on the same side count as closing already.",
        wanted.Hundredths, closable.Hundredths, (long)side);

    public static readonly Refusal ExpiresMissing = new(RefusalCode.InvalidField,
        (_, _, _) => "expires_time_us and GOOD_TILL_TIME must be used together: give both or neither.", 0, 0, 0);

    public static Refusal Expired(long expiresUs, long nowUs) => new(RefusalCode.Expired,
        (e, n, _) => Times.Past("expires_time_us", e, n), expiresUs, nowUs, 0);

    public static Refusal ExpiresTooFar(long expiresUs, long nowUs) => new(RefusalCode.InvalidField,
        (e, n, _) => Times.TooFar("expires_time_us", e, n), expiresUs, nowUs, 0);

    public static Refusal OrderTooLarge(Quantity quantity, Quantity largest) => new(RefusalCode.LimitExceeded,
        (q, l, _) => $"The order is for {Q(q)}, but the largest allowed in this market is {Q(l)}.", quantity.Hundredths, largest.Hundredths, 0);

    public static Refusal PositionTooLarge(Quantity largest) => new(RefusalCode.LimitExceeded,
        (l, _, _) => $"The position, including open orders, could exceed {Q(l)} contracts, the most this market allows.", largest.Hundredths, 0, 0);

    public static readonly Refusal BatchLength = InvalidField($"A batch holds 1 to {Limits.MaxBatchItems} requests.");

    public static readonly Refusal CancelAfterRange = InvalidField(
        "timeout_ms must be 0 (disarm) or between 1,000 (a second) and 86,400,000 (a day).");
}
