using Exchange.Markets;

namespace Exchange.History;

/// <summary>Who asks for the past, and in which room.</summary>
/// <param name="Elevated">With admin powers; they count only if the user has them as it is answered.</param>
public readonly record struct Viewer(long UserId, long RoomId, bool Elevated)
{
    /// <summary>Asks with an API key that is for this account alone; 0: for all that the user may.</summary>
    public long OnlyAccountId { get; init; }
}

/// <summary>Which part of a long list.</summary>
/// <param name="After">The position the page before ended at; 0: from the beginning, or with <paramref name="NewestFirst"/> the end.</param>
public readonly record struct PageWanted(long After, int Limit, bool NewestFirst = false);

/// <summary>A question about the past. Answered from disk, by one of the records in HistoryAnswers.cs.</summary>
public abstract record HistoryQuery;

/// <summary>Answered by a <see cref="Page{T}"/> of <see cref="PastTrade"/>.</summary>
/// <param name="MarketId">0: in every market.</param>
/// <param name="AccountId">0: of everyone.</param>
public sealed record TradesQuery(long MarketId, long AccountId, PageWanted Page) : HistoryQuery;

/// <summary>Answered by a <see cref="Page{T}"/> of <see cref="OrderState"/>.</summary>
/// <param name="AccountId">0: of every account in the room; for elevated admins, here and wherever an account is asked about.</param>
/// <param name="MarketId">0: in every market.</param>
/// <param name="Status">Null: any.</param>
public sealed record OrdersQuery(long AccountId, long MarketId, OrderStatus? Status, PageWanted Page) : HistoryQuery;

/// <summary>Answered by a <see cref="Page{T}"/> of <see cref="OrderStep"/>.</summary>
public sealed record OrderStepsQuery(long OrderId, PageWanted Page) : HistoryQuery;

/// <summary>Answered by a <see cref="Page{T}"/> of <see cref="TransferInfo"/>.</summary>
public sealed record TransfersQuery(long AccountId, PageWanted Page) : HistoryQuery;

/// <summary>Answered by a <see cref="Page{T}"/> of <see cref="StatusStep"/>.</summary>
public sealed record StatusStepsQuery(long MarketId, PageWanted Page) : HistoryQuery;

/// <summary>Answered by a <see cref="Page{T}"/> of <see cref="PastSettlement"/>.</summary>
/// <param name="MarketId">0: of every market.</param>
public sealed record SettlementsQuery(long MarketId, PageWanted Page) : HistoryQuery
{
    /// <summary>With what each account was paid, instead of the viewer's accounts; for elevated admins.</summary>
    public bool EveryonesPayouts { get; init; }
}

/// <summary>Answered by a <see cref="Page{T}"/> of <see cref="Candle"/>, oldest first; its position is where the next candle begins.</summary>
/// <param name="FromUs">0: from the market's first trade.</param>
/// <param name="ToUs">Exclusive.</param>
public sealed record CandlesQuery(long MarketId, long IntervalUs, long FromUs, long ToUs, int Limit) : HistoryQuery;

/// <summary>Answered by a <see cref="Page{T}"/> of <see cref="EquityPoint"/>.</summary>
public sealed record EquityQuery(long AccountId, PageWanted Page) : HistoryQuery
{
    /// <summary>Of any account that is ranked in the room, as the leaderboard shows it to the viewer.</summary>
    public bool AsRanked { get; init; }

    /// <summary>Of each interval of this length only the last sample; 0: all of them.</summary>
    public long IntervalUs { get; init; }
}

/// <summary>Answered by a <see cref="PastBook"/>.</summary>
/// <param name="Limit">Orders on each side.</param>
public sealed record BookQuery(long MarketId, long Sequence, int Limit) : HistoryQuery;

/// <summary>Answered by a <see cref="Page{T}"/> of <see cref="PastConversion"/>.</summary>
public sealed record ConversionsQuery(long AccountId, PageWanted Page) : HistoryQuery;

/// <summary>Answered by a <see cref="Page{T}"/> of <see cref="PastExercise"/>.</summary>
public sealed record ExercisesQuery(long AccountId, PageWanted Page) : HistoryQuery;

/// <summary>Answered by a <see cref="Page{T}"/> of <see cref="AuditEntry"/>.</summary>
public sealed record AuditQuery(PageWanted Page) : HistoryQuery
{
    /// <summary>By this user or about them; 0: anyone.</summary>
    public long UserId { get; init; }

    /// <summary>0: any.</summary>
    public long MarketId { get; init; }

    /// <summary>SETTLE_MARKET, ...; empty: any.</summary>
    public string Action { get; init; } = "";

    /// <summary>From this time on.</summary>
    public long FromUs { get; init; }

    /// <summary>Exclusive.</summary>
    public long ToUs { get; init; } = long.MaxValue;
}

/// <summary>Answered by a <see cref="NoticesRead"/>: what the viewer was to be told. Its position is the sequence.</summary>
public sealed record NoticesQuery(PageWanted Page) : HistoryQuery;

/// <summary>Answered by a <see cref="Page{T}"/> of <see cref="PastMarket"/>: the markets that the viewer sees.</summary>
public sealed record MarketsQuery(PageWanted Page) : HistoryQuery;

/// <summary>Answered by a <see cref="Page{T}"/> of <see cref="HeldPositions"/>; its position is the account's id.</summary>
/// <param name="AccountId">0: of every account in the room, for elevated admins.</param>
public sealed record PositionsQuery(long AccountId, PageWanted Page) : HistoryQuery;

/// <summary>Answered by a <see cref="Page{T}"/> of <see cref="MemberRecord"/>; its position is the user's id. For elevated admins.</summary>
public sealed record MembersQuery(PageWanted Page) : HistoryQuery;

/// <summary>Answered by <see cref="Standings"/>: what <see cref="CommandKind.GetLeaderboard"/> shows, as of what is on disk.</summary>
public sealed record LeaderboardQuery : HistoryQuery;

/// <summary>Answered by <see cref="RoomNames"/>.</summary>
public sealed record NamesQuery : HistoryQuery;
