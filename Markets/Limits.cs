namespace Exchange.Markets;

/// <summary>Every limit of the domain, with its reason.</summary>
public static class Limits
{
    /// <summary>The largest order: 1,000,000.00 contracts. Fits the protocol's 32 bits.</summary>
    public const int MaxOrderHundredths = 100_000_000;

    /// <summary>
    /// The largest position an account can reach in a market, counting its open orders: 10,000,000.00
    /// contracts. With |price| ≤ 10^8, every product stays below 2·10^17, far inside 64 bits.
    /// </summary>
    public const long MaxPosition = 1_000_000_000;

    /// <summary>
    /// The most cash that all of an account's positions and open orders could move, whatever they are settled at and in
    /// whatever order: 2^61 ten-thousandths.
    /// </summary>
    /// <remarks>
    /// Why sums never overflow: nobody can lose more than they have, so what accounts are worth at any prices lies between zero
    /// and all that the house gave out (<see cref="MaxIssued"/>); cash is that less the worth of positions, so it stays
    /// within 2^60 + 2^61.
    /// </remarks>
    public const long MaxGross = 1L << 61;

    /// <summary>The most money a room's house may have given out: 2^60 ten-thousandths (115 trillion).</summary>
    public const long MaxIssued = 1L << 60;

    /// <summary>A client order id is at most this many characters: a UUID in its usual form.</summary>
    public const int MaxClientOrderIdLength = 36;

    /// <summary>How many ended orders of an account keep their client order id reserved.</summary>
    public const int RememberedClientOrderIds = 10_000;

    /// <summary>How many trades of a market are kept in memory for a new subscriber.</summary>
    public const int RecentTrades = 100;

    public const int MaxMarketNameLength = 80;
    public const int MaxDescriptionLength = 2_000;
    public const int MaxUserNameLength = 80;

    /// <summary>Live orders an account may have in one market. Keeps one bot from filling the memory of all.</summary>
    public const int MaxLiveOrdersPerHolding = 10_000;

    /// <summary>Markets a room may have. A directory snapshot carries them all.</summary>
    public const int MaxMarketsPerRoom = 10_000;
}
