using System.Text.Json;

namespace Exchange.Markets;

/// <summary>What kind of trader a house bot is.</summary>
public enum HouseBotKind : byte
{
    /// <summary>Buys and sells for no reason, now at the best price there is, now by waiting with an order of its own.</summary>
    Noise = 1,

    /// <summary>Quotes both sides, several prices deep, and leans against the position it gets.</summary>
    Maker = 2,

    /// <summary>Knows a value that wanders, hidden from all others, and trades when the price is far from it.</summary>
    Informed = 3,
}

/// <summary>How often a house bot acts.</summary>
public enum HouseBotStrength : byte
{
    Gentle = 1,
    Normal = 2,
    Lively = 3,
}

/// <summary>A house bot in a market.</summary>
public readonly record struct HouseBot(HouseBotKind Kind, HouseBotStrength Strength);

/// <summary>Details of <see cref="CommandKind.SetHouseBots"/>.</summary>
/// <param name="Bots">All that the market has from then on, one of each kind at most; empty: none.</param>
public sealed record HouseBotsTerms(ValueList<HouseBot> Bots) : CommandDetails
{
    internal override CommandKind Kind => CommandKind.SetHouseBots;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed) =>
        handlers.HouseBots.SetHouseBots(context, in command, this);

    internal override void Write(CommandWriter to) => to.List(Bots, static (to, b) =>
    {
        to.Byte((byte)b.Kind);
        to.Byte((byte)b.Strength);
    });

    internal static HouseBotsTerms Read(ref CommandReader from) => new(new ValueList<HouseBot>(
        from.List(static (ref CommandReader from) => new HouseBot((HouseBotKind)from.Byte(), (HouseBotStrength)from.Byte()))));

    internal override void WriteAudit(Utf8JsonWriter json) =>
        json.WriteTexts("bots", Bots.Select(b => $"{b.Strength} {b.Kind}".ToLowerInvariant()));
}

/// <summary>A house bot, and where and as whom it trades.</summary>
public readonly record struct HouseBotPlace(long RoomId, long MarketId, long AccountId, long UserId, HouseBot Bot);

/// <summary>A live order of one's own.</summary>
/// <param name="PlacedTimeUs">Microseconds since 1970.</param>
public readonly record struct OwnOrder(long OrderId, Side Side, Price Price, Quantity Remaining, long PlacedTimeUs);

/// <summary>A market that another follows from.</summary>
public readonly record struct SourceView(Price Mark, Price Min, Price Max);

/// <summary>What an account that trades in a market sees of it.</summary>
/// <param name="BestBid">The best of others; null: there is none.</param>
/// <param name="BestOffer">Likewise.</param>
public sealed record MarketView(MarketInfo Market, Price Mark, Price? BestBid, Price? BestOffer)
{
    public Price? LastPrice { get; init; }
    public Quantity Position { get; init; }

    /// <summary>What the account may still put at risk, in all markets together.</summary>
    public Cash Available { get; init; }

    /// <summary>What a house bot is given for one market, and should not lose more of there.</summary>
    public Cash Capital { get; init; }

    /// <summary>The account's own, oldest first.</summary>
    public OwnOrder[] Orders { get; init; } = [];

    /// <summary>For a derived market: what it follows from, in the order of its derivation.</summary>
    public SourceView[] Sources { get; init; } = [];
}
