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
    /// Why sums never overflow: nobody can lose more than they have, so what accounts are worth at any prices lies between what
    /// was forced on them (at most <see cref="MaxIssued"/> together) and all that the house gave out and others owe (as much);
    /// cash is that less the worth of positions, so it stays within 2^60 + 2^61.
    /// </remarks>
    public const long MaxGross = 1L << 61;

    /// <summary>
    /// The most money a room's house may have given out, what forced accounts owe counted in; and the most they may owe
    /// together: 2^60 ten-thousandths (115 trillion).
    /// </summary>
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

    /// <summary>Requests in one batch of orders: what a market maker quotes at a time.</summary>
    public const int MaxBatchItems = 100;

    /// <summary>Constituents of a basket.</summary>
    public const int MaxConstituents = 20;

    /// <summary>A multiplier of a basket's constituent, either way. The range of prices bounds it further.</summary>
    public const int MaxMultiplier = 10_000;

    /// <summary>Markets that may follow from one another in a row; settling walks them.</summary>
    public const int MaxDerivationDepth = 5;

    /// <summary>Rooms there may be, archived ones too.</summary>
    public const int MaxRooms = 10_000;

    /// <summary>Rooms one user may ever have opened: they stay, and can be read.</summary>
    public const int MaxRoomsEverPerUser = 30;

    /// <summary>Markets not settled that one user may own in a room, unless an admin: each is shown to everyone who comes in.</summary>
    public const int MaxMarketsPerUser = 100;

    /// <summary>Accounts one user may have opened in a room, the personal one not counted.</summary>
    public const int MaxAccountsPerUser = 20;

    /// <summary>Users who may share an account.</summary>
    public const int MaxAccountMembers = 100;

    public const int MaxRoomNameLength = 80;
    public const int MaxAccountNameLength = 80;
    public const int MaxLabelLength = 40;
    public const int MaxMemoLength = 200;

    /// <summary>The most a room may give to each new member: 1,000,000,000.00.</summary>
    public const long MaxOpeningBalance = 1_000_000_000L * 10_000;

    /// <summary>Invited e-mail addresses of a room, and in one request.</summary>
    public const int MaxInvitedEmails = 1_000;

    /// <summary>An e-mail address, by RFC 5321.</summary>
    public const int MaxEmailLength = 254;

    /// <summary>Codes of a room that can still be used.</summary>
    public const int MaxCodes = 1_000;
    public const int MaxCodeUses = 1_000_000;

    /// <summary>Accounts one grant may name, and one market may be visible to.</summary>
    public const int MaxNamedAccounts = 1_000;

    /// <summary>A dead man's switch goes off within a second to a day.</summary>
    public const long MinCancelAfterUs = 1_000_000;
    public const long MaxCancelAfterUs = 86_400_000_000;

    /// <summary>How many transfers of an account are kept in memory for a first snapshot.</summary>
    public const int RecentTransfers = 20;

    /// <summary>Accounts that the preview of a settlement names, in each market.</summary>
    public const int MaxForeseenPayouts = 500;

    /// <summary>Between two samples of what accounts are worth: a minute.</summary>
    public const long SampleIntervalUs = 60_000_000;
}

/// <summary>What an operator may set of the domain.</summary>
public sealed record VenueOptions
{
    /// <summary>Rooms of their own a user may have open at a time.</summary>
    public int MaxRoomsPerUser { get; init; } = 3;
}
