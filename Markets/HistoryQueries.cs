namespace Exchange.Markets;

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
/// <param name="MarketId">0: of an account in every market.</param>
/// <param name="AccountId">0: of everyone in the market.</param>
public sealed record TradesQuery(long MarketId, long AccountId, PageWanted Page) : HistoryQuery;

/// <summary>Answered by a <see cref="Page{T}"/> of <see cref="OrderState"/>.</summary>
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
public sealed record SettlementsQuery(long MarketId, PageWanted Page) : HistoryQuery;

/// <summary>Answered by a <see cref="Page{T}"/> of <see cref="Candle"/>, oldest first; its position is where the next candle begins.</summary>
/// <param name="FromUs">0: from the market's first trade.</param>
/// <param name="ToUs">Exclusive.</param>
public sealed record CandlesQuery(long MarketId, long IntervalUs, long FromUs, long ToUs, int Limit) : HistoryQuery;

/// <summary>Answered by a <see cref="Page{T}"/> of <see cref="EquityPoint"/>.</summary>
public sealed record EquityQuery(long AccountId, PageWanted Page) : HistoryQuery;

/// <summary>Answered by a <see cref="PastBook"/>.</summary>
/// <param name="Limit">Orders on each side.</param>
public sealed record BookQuery(long MarketId, long Sequence, int Limit) : HistoryQuery;

/// <summary>Answered by a <see cref="Page{T}"/> of <see cref="PastConversion"/>.</summary>
public sealed record ConversionsQuery(long AccountId, PageWanted Page) : HistoryQuery;

/// <summary>Answered by a <see cref="Page{T}"/> of <see cref="PastExercise"/>.</summary>
public sealed record ExercisesQuery(long AccountId, PageWanted Page) : HistoryQuery;

/// <summary>Answered by a <see cref="Page{T}"/> of <see cref="AuditEntry"/>.</summary>
public sealed record AuditQuery(PageWanted Page) : HistoryQuery;

/// <summary>Answered by <see cref="RoomNames"/>.</summary>
public sealed record NamesQuery : HistoryQuery;
