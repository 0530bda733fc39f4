namespace Exchange.Markets;

/// <summary>An order as everyone sees it; in an anonymous market, for most, without its account (0).</summary>
public readonly record struct BookOrder(long OrderId, Price Price, Quantity Remaining, long AccountId);

/// <summary>A market's live orders at a sequence: best price first, first in line first. Shared by all who ask while it holds.</summary>
public sealed record BookSnapshot(long MarketId, long Sequence, BookOrder[] Bids, BookOrder[] Offers);

/// <summary>A market's last trades, oldest first. Shared by all who ask until there is another.</summary>
public sealed record TradesSnapshot(long MarketId, long Sequence, Trade[] Trades);

/// <summary>What was asked for of one market.</summary>
public sealed record MarketSnapshot(long MarketId, BookSnapshot? Book, TradesSnapshot? Trades);

/// <summary>The answer to <see cref="CommandKind.Subscribe"/>.</summary>
public sealed record Subscribed(MarketsWanted Wanted, long[] MarketIds, MarketSnapshot[] Snapshots) : VenueEvent;

/// <summary>Who and what is in a room for everyone to see. Shared by all who ask while nothing in it changes.</summary>
public sealed record RoomDirectory(RoomInfo Room, AccountInfo[] Accounts, MarketInfo[] Markets, MemberInfo[] Members);

/// <summary>A position, for telling and keeping.</summary>
public readonly record struct PositionState(
    long MarketId, Quantity Position, Cash Spent, Cash SettledProfit, Quantity SettledPosition = default, Cash SettledSpent = default,
    Cash OpenCost = default, Cash SettledOpenCost = default);

/// <summary>An account of the user's: cash, positions, live orders (in the order they were placed), and who shares it.</summary>
public sealed record Portfolio(AccountInfo Account, Cash Cash, Cash Available, PositionState[] Positions, OrderState[] Orders)
{
    public Cash NetDeposits { get; init; }
    public long CancelTimeUs { get; init; }
    public AccountMemberInfo[] Members { get; init; } = [];
    public TransferInfo[] Transfers { get; init; } = [];
}

/// <summary>A room as one user may see it in a list of rooms.</summary>
/// <param name="Role">Null: no member.</param>
public readonly record struct RoomOffered(RoomInfo Room, Role? Role);

/// <summary>
/// The answer to <see cref="CommandKind.EnterUser"/>, <see cref="CommandKind.EnterRoom"/> and <see cref="CommandKind.GetRoom"/>: all that
/// the user sees of the room.
/// </summary>
/// <param name="Directory">Null: the user is in no room.</param>
/// <param name="HiddenMarkets">Those that only some see, this user among them.</param>
/// <param name="Portfolios">The personal account first.</param>
/// <param name="RightsSequence">The last change of what the user may see; a listener from before it can't be resumed.</param>
public sealed record RoomView(
    UserInfo User, RoomDirectory? Directory, Role? Role, MarketInfo[] HiddenMarkets, Portfolio[] Portfolios, long RightsSequence) : VenueEvent
{
    /// <summary>With <see cref="CommandKind.EnterUser"/>: rooms the user is in or may enter.</summary>
    public RoomOffered[] Rooms { get; init; } = [];

    /// <summary>With <see cref="CommandKind.EnterUser"/>: rooms of their own the user may still open.</summary>
    public int RoomsLeft { get; init; }
}

/// <summary>The answer to <see cref="CommandKind.ActAs"/>.</summary>
public sealed record ActingAs(long AccountId) : VenueEvent;

/// <summary>The answer to <see cref="CommandKind.SetElevated"/>.</summary>
public sealed record ElevationSet(bool IsElevated) : VenueEvent;

/// <summary>What an order would do. The answer to <see cref="CommandKind.PreviewOrder"/>.</summary>
public sealed record OrderPreviewed(
    long MarketId, Side Side, Quantity Filled, Cash FilledValue, Quantity Resting, Cash Available, Cash AvailableAfter,
    Quantity PositionAfter, Cash WorstCase, Cash WorstCaseAfter) : VenueEvent;

/// <summary>What an account would be paid.</summary>
/// <param name="Profit">What it would have made in the market, all in all.</param>
public readonly record struct ForeseenPayout(long AccountId, Quantity Position, Cash Amount, Cash Profit);

/// <summary>How a market would settle.</summary>
/// <param name="Orders">Live ones, which would be cancelled.</param>
/// <param name="Holders">Accounts that hold something in it, or made something.</param>
/// <param name="Paid">The sum of what is paid to those who are paid; the others pay as much.</param>
/// <param name="Payouts">The largest first: of accounts that the asker may read, <see cref="Limits.MaxForeseenPayouts"/> at most.</param>
public sealed record ForeseenSettlement(long MarketId, Price Price, int Orders, int Holders, Cash Paid, ForeseenPayout[] Payouts);

/// <summary>The answer to <see cref="CommandKind.PreviewSettlement"/>: the market, and those that would settle with it.</summary>
public sealed record SettlementPreviewed(ForeseenSettlement[] Markets) : VenueEvent;

/// <summary>What became of one request of a batch: an order as it left it, or a refusal.</summary>
public readonly record struct BatchResult(OrderState Order, bool IsExisting, Refusal Refusal);

/// <summary>The answer to <see cref="CommandKind.OrderBatch"/>.</summary>
public sealed record BatchApplied(BatchResult[] Results) : VenueEvent;

/// <summary>The answer to <see cref="CommandKind.GetLeaderboard"/>: best first. Shared by all who ask at the same sequence.</summary>
public sealed record Leaderboard(long Sequence, EquitySample[] Entries) : VenueEvent;

/// <summary>How a member does: sums over the accounts they own in the room.</summary>
/// <param name="AccountIds">Those accounts.</param>
public readonly record struct MemberStanding(long UserId, Cash Cash, Cash Equity, Cash Profit, int OpenOrders, long[] AccountIds);

/// <summary>The answer to <see cref="CommandKind.GetMembersOverview"/>. Shared by all who ask at the same sequence.</summary>
public sealed record MembersOverview(long RoomId, long Sequence, MemberStanding[] Members) : VenueEvent;

/// <summary>The answer to <see cref="CommandKind.GetPerson"/>.</summary>
/// <param name="Role">Null: taken out of the room.</param>
/// <param name="Portfolios">The personal account first.</param>
public sealed record PersonView(long RoomId, UserInfo User, Role? Role, MemberStanding Standing, Portfolio[] Portfolios) : VenueEvent;

/// <summary>The answer to <see cref="CommandKind.GetRoomSettings"/> and <see cref="CommandKind.InviteToRoom"/>.</summary>
public sealed record RoomSettings(string JoinCode, string[] InvitedEmails) : VenueEvent;

/// <summary>The answer to <see cref="CommandKind.GetCodes"/>.</summary>
public sealed record CodeList(CodeInfo[] Codes) : VenueEvent;
