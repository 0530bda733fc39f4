using Exchange.Markets;

namespace Exchange.History;

/// <summary>What a question about the past comes to.</summary>
/// <param name="Value">What was asked for; null if it was not answered.</param>
/// <param name="Refusal">Why not, if the question itself is at fault.</param>
/// <param name="Busy">Why not, if asking again helps.</param>
public readonly record struct HistoryAnswer(HistoryResult? Value, Refusal Refusal, string? Busy)
{
    public static HistoryAnswer Of(HistoryResult value) => new(value, Refusal.None, null);

    public static HistoryAnswer Refused(Refusal refusal) => new(null, refusal, null);

    public static HistoryAnswer TooBusy(string sentence) => new(null, Refusal.None, sentence);
}

/// <summary>What a question about the past asked for.</summary>
public abstract record HistoryResult;

/// <summary>Part of a long list.</summary>
/// <param name="NextAfter">Where the next page goes on; 0: there is no more.</param>
public sealed record Page<T>(T[] Items, long NextAfter) : HistoryResult;

/// <summary>A trade. Accounts the viewer may not know are 0, and orders of accounts whose past they may not read.</summary>
public readonly record struct PastTrade(Trade Trade, long Sequence);

/// <summary>An order as one command left it.</summary>
public readonly record struct OrderStep(
    long Sequence, long TimeUs, Price Price, Quantity Quantity, Quantity Remaining, OrderReason Reason);

/// <summary>A status a market was given.</summary>
public readonly record struct StatusStep(long Sequence, long TimeUs, MarketStatus Status, long ByUserId);

/// <summary>A settlement.</summary>
/// <param name="Payouts">Of the viewer's accounts, or of everyone if that was asked.</param>
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
public sealed record PastBook(BookSnapshot Book, int BidsLeftOut, int OffersLeftOut) : HistoryResult;

/// <summary>A conversion of baskets.</summary>
public sealed record PastConversion(BasketConverted Conversion, long Sequence, long TimeUs);

/// <summary>Options that an account exercised, or was assigned.</summary>
public sealed record PastExercise(
    long ExerciseId, long MarketId, Option Option, long AccountId, Quantity Quantity, bool IsAssigned, long Sequence, long TimeUs);

/// <summary>Who did what.</summary>
/// <param name="AccountId">0: none.</param>
/// <param name="MarketId">0: none.</param>
public sealed record AuditEntry(
    long Sequence, long TimeUs, long UserId, long AccountId, long MarketId, bool Elevated, string Action, string Detail)
{
    /// <summary>What happened, with names as they now are.</summary>
    public SentencePart[] Sentence { get; init; } = [];
}

/// <summary>The answer to a <see cref="NoticesQuery"/>.</summary>
/// <param name="ReadSequence">How far the viewer has read.</param>
public sealed record NoticesRead(Page<Notice> Page, long ReadSequence) : HistoryResult;

/// <summary>Something that somebody was to be told.</summary>
/// <param name="AccountId">Of theirs; 0: none in particular.</param>
/// <param name="MarketId">0: none.</param>
/// <param name="ByUserId">0: the exchange itself.</param>
public sealed record Notice(long Sequence, long TimeUs, long AccountId, long MarketId, long ByUserId, NoticeContent What);

/// <summary>What a notice tells.</summary>
public abstract record NoticeContent;

/// <summary>Money moved to or from the account.</summary>
public sealed record TransferNotice(TransferInfo Transfer) : NoticeContent;

/// <summary>A market was settled, or that was undone.</summary>
/// <param name="Profit">Null: not on record.</param>
public sealed record SettledNotice(Price Price, Quantity Position, Cash Paid, Cash? Profit, bool IsUndone) : NoticeContent;

/// <summary>A market was given a status.</summary>
public sealed record StatusNotice(MarketStatus Status) : NoticeContent;

/// <summary>Orders of one account in one market ended at once.</summary>
/// <param name="Orders">How many; the rest is of the first.</param>
public sealed record CancelledNotice(OrderReason Reason, int Orders, Side Side, Price Price, Quantity Quantity) : NoticeContent;

/// <summary>Options were exercised that the account was short of.</summary>
public sealed record AssignedNotice(Quantity Quantity, Option Option) : NoticeContent;

/// <summary>A role was given.</summary>
public sealed record RoleNotice(Role Role) : NoticeContent;

/// <summary>The room was archived or restored.</summary>
public sealed record ArchivedNotice(bool IsArchived) : NoticeContent;

/// <summary>A market as it now is.</summary>
public sealed record PastMarket(
    long MarketId, string Description, string Kind, MarketStatus Status, Price MinPrice, Price MaxPrice, Price TickSize, Price? SettlementPrice,
    long OwnerUserId, string Category, string Group, bool IsHidden, bool IsAnonymous, long CreatedTimeUs);

/// <summary>What an account holds and held: its positions as they now are.</summary>
public sealed record HeldPositions(long AccountId, HeldPosition[] Positions);

/// <summary>A position.</summary>
/// <param name="Spent">Cash paid for it less cash received.</param>
/// <param name="SettledProfit">What was made when the market settled.</param>
/// <param name="OpenCost">What the open position cost, at average cost.</param>
public readonly record struct HeldPosition(long MarketId, Quantity Quantity, Cash Spent, Cash SettledProfit, Cash OpenCost);

/// <summary>Somebody in a room.</summary>
/// <param name="Email">As their sign-in says; empty if it does not.</param>
/// <param name="AccountId">Their personal account; 0: none.</param>
/// <param name="Cash">Of the accounts they own, together.</param>
/// <param name="NetDeposits">Money those accounts received less money they gave, trading left out.</param>
/// <param name="Orders">Orders placed for those accounts.</param>
/// <param name="Trades">Trades of those accounts.</param>
public sealed record MemberRecord(
    long UserId, string Email, Role Role, long JoinedTimeUs, long AccountId, int Accounts, Cash Cash, Cash NetDeposits, long Orders, long Trades);

/// <summary>How the accounts of a room do, best first.</summary>
/// <param name="Sequence">The exchange's sequence it is as of.</param>
public sealed record Standings(long Sequence, Standing[] Accounts) : HistoryResult;

/// <summary>How an account does.</summary>
/// <param name="Rank">Accounts of equal profit share one; 0: a house bot, which has none.</param>
/// <param name="Equity">Cash, and positions at the marks.</param>
/// <param name="Profit">Equity less net deposits.</param>
public readonly record struct Standing(int Rank, long AccountId, long OwnerUserId, HouseBotKind? BotKind, Cash Equity, Cash Profit)
{
    /// <summary>Money received less money given, trading left out.</summary>
    public Cash NetDeposits => Equity - Profit;
}

/// <summary>What the ids of a room stand for, as far as the viewer may know.</summary>
/// <param name="IsElevated">The viewer's admin powers count.</param>
public sealed record RoomNames(
    bool IsElevated, Dictionary<long, string> Markets, Dictionary<long, string> Accounts, Dictionary<long, string> Users) : HistoryResult;
