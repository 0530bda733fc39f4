namespace Exchange.Markets;

/// <summary>What a question about the past comes to.</summary>
/// <param name="Value">What was asked for; null if it was not answered.</param>
/// <param name="Refusal">Why not, if the question itself is at fault.</param>
/// <param name="Busy">Why not, if asking again helps.</param>
public readonly record struct HistoryAnswer(object? Value, Refusal Refusal, string? Busy)
{
    public static HistoryAnswer Of(object value) => new(value, Refusal.None, null);

    public static HistoryAnswer Refused(Refusal refusal) => new(null, refusal, null);

    public static HistoryAnswer TooBusy(string sentence) => new(null, Refusal.None, sentence);
}

/// <summary>Part of a long list.</summary>
/// <param name="NextAfter">Where the next page goes on; 0: there is no more.</param>
public sealed record Page<T>(T[] Items, long NextAfter);

/// <summary>A trade. Accounts the viewer may not know are 0, and orders of accounts that are not theirs.</summary>
public readonly record struct PastTrade(Trade Trade, long Sequence);

/// <summary>An order as one command left it.</summary>
public readonly record struct OrderStep(
    long Sequence, long TimeUs, Price Price, Quantity Quantity, Quantity Remaining, OrderReason Reason);

/// <summary>A status a market was given.</summary>
public readonly record struct StatusStep(long Sequence, long TimeUs, MarketStatus Status, long ByUserId);

/// <summary>A settlement.</summary>
/// <param name="Payouts">Of the viewer's accounts.</param>
/// <param name="Undone">Null unless it was taken back.</param>
public sealed record PastSettlement(
    long SettlementId, long MarketId, Price Price, long ByUserId, long CausedBySettlementId, long Sequence, long TimeUs,
    Payout[] Payouts, SettlementUndo? Undone);

/// <summary>Who took a settlement back, and when.</summary>
public readonly record struct SettlementUndo(long ByUserId, long Sequence, long TimeUs);

/// <summary>What a market traded at in one interval of time.</summary>
public readonly record struct Candle(long TimeUs, Price Open, Price High, Price Low, Price Close, Quantity Quantity, int Trades);

/// <summary>What an account was worth at a time.</summary>
public readonly record struct EquityPoint(long TimeUs, Cash Equity, Cash Profit);

/// <summary>A market's book as it was, the best orders of each side.</summary>
/// <param name="BidsLeftOut">Orders beyond the limit.</param>
public sealed record PastBook(BookSnapshot Book, int BidsLeftOut, int OffersLeftOut);

/// <summary>A conversion of baskets.</summary>
public sealed record PastConversion(BasketConverted Conversion, long Sequence, long TimeUs);

/// <summary>Options that an account exercised, or was assigned.</summary>
public sealed record PastExercise(
    long ExerciseId, long MarketId, Option Option, long AccountId, Quantity Quantity, bool IsAssigned, long Sequence, long TimeUs);

/// <summary>Who did what.</summary>
/// <param name="AccountId">0: none.</param>
/// <param name="MarketId">0: none.</param>
public sealed record AuditEntry(
    long Sequence, long TimeUs, long UserId, long AccountId, long MarketId, bool Elevated, string Action, string Detail);

/// <summary>What the ids of a room stand for, as far as the viewer may know.</summary>
/// <param name="IsElevated">The viewer's admin powers count.</param>
public sealed record RoomNames(
    bool IsElevated, Dictionary<long, string> Markets, Dictionary<long, string> Accounts, Dictionary<long, string> Users);
