namespace Exchange.Markets;

/// <summary>An order as everyone sees it.</summary>
public readonly record struct BookOrder(long OrderId, Price Price, Quantity Remaining, long AccountId);

/// <summary>A market's live orders at a sequence: best price first, first in line first. Shared by all who ask while it holds.</summary>
public sealed record BookSnapshot(long MarketId, long Sequence, BookOrder[] Bids, BookOrder[] Offers);

/// <summary>A market's last trades, oldest first. Shared by all who ask until there is another.</summary>
public sealed record TradesSnapshot(long MarketId, long Sequence, Trade[] Trades);

/// <summary>What was asked for of one market.</summary>
public sealed record MarketSnapshot(long MarketId, BookSnapshot? Book, TradesSnapshot? Trades);

/// <summary>The answer to <see cref="CommandKind.ShowMarkets"/>.</summary>
public sealed record MarketsShown(MarketsWanted Wanted, long[] MarketIds, MarketSnapshot[] Snapshots);

/// <summary>Who and what is in a room. Shared by all who ask while nothing in it changes.</summary>
public sealed record RoomDirectory(RoomInfo Room, AccountInfo[] Accounts, MarketInfo[] Markets);

/// <summary>A position, for telling.</summary>
public readonly record struct PositionState(long MarketId, Quantity Position, Cash Spent, Cash SettledProfit);

/// <summary>An account's cash, positions and live orders (in the order they were placed).</summary>
public sealed record Portfolio(AccountInfo Account, Cash Cash, Cash Available, PositionState[] Positions, OrderState[] Orders);

/// <summary>The answer to <see cref="CommandKind.EnterUser"/> and <see cref="CommandKind.ShowRoom"/>: all that the user sees of the room.</summary>
public sealed record RoomShown(UserInfo User, RoomDirectory Directory, Portfolio[] Portfolios);
