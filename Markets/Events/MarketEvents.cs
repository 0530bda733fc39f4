namespace Exchange.Markets;

// What happened to markets, settlements and derived markets.

/// <summary>Who may see a market, or what of it, has changed: connections that it concerns are shown the room anew.</summary>
/// <param name="Before">Null: everyone; empty: nobody.</param>
/// <param name="After">Null: everyone.</param>
/// <param name="AnonymityChanged">Those who see it see other ids than before.</param>
public sealed record VisibilityChanged(long MarketId, long RoomId, long[]? Before, long[]? After, bool AnonymityChanged) : VenueEvent;

/// <summary>A market was created, or what is known of it changed.</summary>
/// <param name="IsStatusNew">Its status was set.</param>
public sealed record MarketChanged(MarketInfo Market, bool IsNew, bool IsStatusNew, long ByUserId) : VenueEvent
{
    /// <summary>Its house bots were set.</summary>
    public bool AreHouseBotsNew { get; init; }
}

/// <summary>A market in which nothing had happened was taken away.</summary>
/// <param name="Market">As it was.</param>
public sealed record MarketDeleted(MarketInfo Market, long ByUserId) : VenueEvent;

/// <summary>What one account was paid when a market settled.</summary>
public readonly record struct Payout(long AccountId, Quantity Position, Cash Amount);

/// <summary>A market was settled. Follows the <see cref="MarketChanged"/> that says so.</summary>
/// <param name="CausedBySettlementId">The settlement of the market it derives from; 0: none.</param>
public sealed record MarketSettled(
    long SettlementId, long MarketId, Price Price, long ByUserId, long CausedBySettlementId, Payout[] Payouts) : VenueEvent;

/// <summary>A settlement was taken back: what it paid was paid back, positions are as they were.</summary>
public sealed record SettlementUndone(long SettlementId, long MarketId, long ByUserId, Payout[] Payouts) : VenueEvent;

/// <summary>What one market's position changed by in a conversion, and the mark it was reckoned at.</summary>
public readonly record struct ConversionLeg(long MarketId, Quantity Change, Price Price);

/// <summary>An account converted baskets; the house took the other side.</summary>
public sealed record BasketConverted(
    long ConversionId, long MarketId, long AccountId, ConversionDirection Direction, Quantity Quantity, Cash Fee, long HouseAccountId,
    ConversionLeg[] Legs, long ByUserId) : VenueEvent;

/// <summary>How many options of a writer were exercised.</summary>
public readonly record struct Assignment(long AccountId, Quantity Quantity);

/// <summary>An account exercised options; writers were assigned.</summary>
public sealed record OptionExercised(
    long ExerciseId, long MarketId, Option Option, long AccountId, Quantity Quantity, Assignment[] Assignments, long ByUserId) : VenueEvent;
