namespace Exchange.Markets;

// Markets: their life, and what derives from them.
internal static partial class Refusals
{
    public static readonly Refusal MarketsLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"A room may have {Limits.MaxMarketsPerRoom:#,0} markets.", 0, 0, 0);

    public static readonly Refusal OwnMarketsLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"You have {Limits.MaxMarketsPerUser} markets here that are not settled, the most one may; settle one first.", 0, 0, 0);

    public static readonly Refusal NameTaken = new(RefusalCode.NameTaken,
        (_, _, _) => "There is a market of that name already.", 0, 0, 0);

    public static readonly Refusal OnlyAdminsCreate = new(RefusalCode.Forbidden,
        (_, _, _) => "Only admins create markets in this room.", 0, 0, 0);

    public static readonly Refusal OnlyAdminsMay = new(RefusalCode.Forbidden,
        (_, _, _) => "Only an admin of the room may do this.", 0, 0, 0);

    public static readonly Refusal OnlyAdminsLabel = new(RefusalCode.Forbidden,
        (_, _, _) => "Labels, pinning, anonymity, visibility and limits of a market are for admins of the room.", 0, 0, 0);

    public static readonly Refusal HouseBotsSeeAll = new(RefusalCode.InvalidField,
        (_, _, _) => "Only some see this market, and a house bot's account is not among them: add the bot to a market that everyone sees, then name its account in visible_to.", 0, 0, 0);

    public static readonly Refusal NotOwner = new(RefusalCode.Forbidden,
        (_, _, _) => "Only the market's owner or an admin may do this.", 0, 0, 0);

    public static readonly Refusal NotVisibleToAccount = new(RefusalCode.Forbidden,
        (_, _, _) => "This market is for some accounts only, and the one you act as is not among them.", 0, 0, 0);

    public static Refusal Derived(long causeId) => new(RefusalCode.MarketDerived,
        (id, _, _) => $"This market follows from others (market {id} among them): it settles, and is undone, with them.", causeId, 0, 0);

    public static readonly Refusal NotABasket = new(RefusalCode.WrongKindOfMarket,
        (_, _, _) => "This market is no basket: there is nothing to convert.", 0, 0, 0);

    public static readonly Refusal NotAmerican = new(RefusalCode.WrongKindOfMarket,
        (_, _, _) => "This market is no American option: it can't be exercised.", 0, 0, 0);

    public static readonly Refusal NotSettled = new(RefusalCode.MarketNotSettled,
        (_, _, _) => "This market is not settled, so there is nothing to undo.", 0, 0, 0);

    public static Refusal MarketInUse(long accountId) => new(RefusalCode.MarketInUse,
        (id, _, _) => $"Account {id} has a position, an order or a profit in this market; visible_to must name it.", accountId, 0, 0);

    public static Refusal SourceNotOpen(Market source) => new(RefusalCode.MarketNotOpen,
        (id, _, _) => $"Market {id}, which this one follows from, is not open.", source.Id, 0, 0);

    public static readonly Refusal AssignedLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"An account that would be assigned can't take more of the underlying: its position would pass {Q(Limits.MaxPosition)} contracts.", 0, 0, 0);

    public static readonly Refusal HouseLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"The house takes the other side, and can't take more of it: {Q(Limits.MaxPosition)} contracts in a market.", 0, 0, 0);

    public static Refusal NothingToExercise(Quantity wanted, Quantity held) => new(RefusalCode.InvalidQuantity,
        (w, h, _) => $"The quantity {Q(w)} is not between 0.01 and the {Q(h)} options that the account is long of.",
        wanted.Hundredths, Math.Max(0, held.Hundredths), 0);
}
