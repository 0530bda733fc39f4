namespace Exchange.Markets;

public enum CommandKind : byte
{
    PlaceOrder,
    ReplaceOrder,
    CancelOrder,
    CancelOrders,
    CreateMarket,
    SettleMarket,

    /// <summary>A room with its house account.</summary>
    OpenRoom,

    /// <summary>A signed-in user comes in: made known if new, given an account if without, and shown the room.</summary>
    EnterUser,

    /// <summary>The room and the user's portfolios once more, for a listener that lost its place.</summary>
    ShowRoom,

    /// <summary>Snapshots of markets for one listener.</summary>
    ShowMarkets,

    /// <summary>Ended orders of an account, read from disk, whose client order ids are still reserved.</summary>
    RememberOrders,
}

/// <summary>Where a command came from; echoed on its events so that its answer finds the way back.</summary>
/// <param name="Session">The connection, 0 for none.</param>
/// <param name="RequestId">The client's number for the request, 0 for none.</param>
public readonly record struct Origin(int Session, ulong RequestId);

/// <summary>
/// One command to the venue. A plain struct, so that putting it in a queue allocates nothing; commands
/// off the order path carry their fields in <see cref="Details"/>.
/// </summary>
public struct Command
{
    public CommandKind Kind;
    public Side Side;
    public TimeInForce TimeInForce;
    public bool PostOnly;

    /// <summary>The user acts with admin powers.</summary>
    public bool Elevated;

    /// <summary>Whether <see cref="Price"/> is set: an order without is a market order, a replace keeps its price.</summary>
    public bool HasPrice;

    /// <summary>Whether <see cref="Quantity"/> is set: a replace without keeps its quantity.</summary>
    public bool HasQuantity;

    public Price Price;
    public Quantity Quantity;
    public Origin Origin;
    public long UserId;
    public long AccountId;

    /// <summary>0 where a command may be about every market.</summary>
    public long MarketId;

    /// <summary>0: the order is named by <see cref="ClientOrderId"/>.</summary>
    public long OrderId;

    public string? ClientOrderId;
    public object? Details;
}

/// <summary>Details of <see cref="CommandKind.EnterUser"/>: who the sign-in says it is.</summary>
/// <param name="NameIsMadeUp">The sign-in knew no name: one known from earlier is better.</param>
public sealed record UserEntry(
    string Issuer, string Subject, string Name, string? Email, bool IsServerAdmin, bool NameIsMadeUp = false);

/// <summary>Details of <see cref="CommandKind.OpenRoom"/>.</summary>
public sealed record RoomTerms(string Slug, string Name, Cash OpeningBalance, WhoMayCreateMarkets WhoMayCreateMarkets);

/// <summary>Details of <see cref="CommandKind.CreateMarket"/>.</summary>
public sealed record MarketTerms(string Name, string Description, Price Min, Price Max, int TickHundredths);

/// <summary>What a listener wants shown of markets.</summary>
[Flags]
public enum MarketViews : byte
{
    None = 0,
    Book = 1,
    Trades = 2,
    Ticker = 4,
}

/// <summary>Details of <see cref="CommandKind.ShowMarkets"/>.</summary>
/// <param name="MarketIds">Which; empty with <paramref name="All"/>.</param>
/// <param name="All">Every market of the user's room, later ones included.</param>
/// <param name="Views">What of them.</param>
/// <param name="WithoutSnapshots">The listener holds the state already.</param>
/// <param name="Tag">The listener's own; comes back with the snapshots.</param>
public sealed record MarketsWanted(long[] MarketIds, bool All, MarketViews Views, bool WithoutSnapshots, object? Tag);
