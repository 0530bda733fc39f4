namespace Exchange.Markets;

// Markets: their life, and what derives from them.
internal static partial class Refusals
{
    public static readonly Refusal MarketsLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"A room can have at most {Limits.MaxMarketsPerRoom:#,0} markets.", 0, 0, 0);

    public static readonly Refusal OwnMarketsLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"You have {Limits.MaxMarketsPerUser} unsettled markets here, the most allowed. Settle one first.", 0, 0, 0);

    public static readonly Refusal NameTaken = new(RefusalCode.NameTaken,
        (_, _, _) => "A market with this name, or with one that looks like it, already exists. Choose another name.", 0, 0, 0);

    public static readonly Refusal OnlyAdminsCreate = new(RefusalCode.Forbidden,
        (_, _, _) => "Only admins can create markets in this room.", 0, 0, 0);

    public static readonly Refusal OnlyAdminsMay = new(RefusalCode.Forbidden,
        (_, _, _) => "Only an admin of the room can do this.", 0, 0, 0);

    public static readonly Refusal OnlyAdminsLabel = new(RefusalCode.Forbidden,
        (_, _, _) => "Only an admin of the room can set a market's pinning, anonymity, visibility and limits.", 0, 0, 0);

    public static readonly Refusal OnlyAdminsUpdate = new(RefusalCode.Forbidden,
        (_, _, _) => "A market's owner can change its description, category, group and closing time. Only an admin of the room can change the rest.", 0, 0, 0);

    public static readonly Refusal HouseBotsSeeAll = new(RefusalCode.InvalidField,
        (_, _, _) => "This market is hidden from a house bot's account. Add the bot to a market that everyone can see, then name its account in visible_to.", 0, 0, 0);

    public static readonly Refusal NotOwner = new(RefusalCode.Forbidden,
        (_, _, _) => "Only the market's owner or an admin can do this.", 0, 0, 0);

    public static readonly Refusal NotVisibleToAccount = new(RefusalCode.Forbidden,
        (_, _, _) => "The account you act as has no access to this market.", 0, 0, 0);

    public static Refusal Derived(long causeId) => new(RefusalCode.MarketDerived,
        (id, _, _) => $"This market depends on others, such as market {id}. It settles, and is undone, together with them.", causeId, 0, 0);

    public static readonly Refusal NotABasket = new(RefusalCode.WrongKindOfMarket,
        (_, _, _) => "This market is not a basket, so it cannot be converted.", 0, 0, 0);

    public static readonly Refusal NotAmerican = new(RefusalCode.WrongKindOfMarket,
        (_, _, _) => "This market is not an American option, so it cannot be exercised.", 0, 0, 0);

    public static readonly Refusal NotSettled = new(RefusalCode.MarketNotSettled,
        (_, _, _) => "This market is not settled, so there is nothing to undo.", 0, 0, 0);

    public static Refusal MarketInUse(long accountId) => new(RefusalCode.MarketInUse,
        (id, _, _) => $"Account {id} has a position, an order or a profit in this market, so visible_to must include it.", accountId, 0, 0);

    public static Refusal RangeFollows(long sourceId) => new(RefusalCode.MarketDerived,
        (id, _, _) => $"This market's range depends on other markets, such as market {id}. Only its tick size can be changed.", sourceId, 0, 0);

    public static Refusal OrdersInRange(long count) => new(RefusalCode.MarketInUse,
        (n, _, _) => $"Live orders in this market: {n:#,0}. Its range and tick size can change only while there are none.", count, 0, 0);

    public static Refusal PositionsInRange(long count) => new(RefusalCode.MarketInUse,
        (n, _, _) => $"Accounts with a position in this market: {n:#,0}. Its range and tick size can change only while there are none.", count, 0, 0);

    public static Refusal DerivedFromRange(long derivedId) => new(RefusalCode.MarketInUse,
        (id, _, _) => $"Market {id} depends on this one. The range and tick size can change only while no market does.", derivedId, 0, 0);

    public static readonly Refusal MarketTraded = new(RefusalCode.MarketTraded,
        (_, _, _) => "People have traded in this market, so it cannot be deleted. Halt it or settle it instead.", 0, 0, 0);

    public static readonly Refusal HeldWhereDeleted = new(RefusalCode.MarketInUse,
        (_, _, _) => "Accounts hold something in this market, so it cannot be deleted. Halt it or settle it instead.", 0, 0, 0);

    public static Refusal SourceDeleted(long derivedId) => new(RefusalCode.MarketInUse,
        (id, _, _) => $"Market {id} depends on this one, so it cannot be deleted. Delete that one first, or halt this one instead.", derivedId, 0, 0);

    public static Refusal SourceNotOpen(Market source) => new(RefusalCode.MarketNotOpen,
        (id, _, _) => $"Market {id}, which this one depends on, is not open.", source.Id, 0, 0);

    public static readonly Refusal AssignedLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"The account that would be assigned cannot take more of the underlying: its position would exceed {Q(Limits.MaxPosition)} contracts.", 0, 0, 0);

    public static readonly Refusal HouseLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"The house takes the other side and cannot hold more than {Q(Limits.MaxPosition)} contracts in a market.", 0, 0, 0);

    public static Refusal NothingToExercise(Quantity wanted, Quantity held) => new(RefusalCode.InvalidQuantity,
        (w, h, _) => $"The quantity must be 0.01 to {Q(h)}, the options that the account holds; it was {Q(w)}.",
        wanted.Hundredths, Math.Max(0, held.Hundredths), 0);
}
