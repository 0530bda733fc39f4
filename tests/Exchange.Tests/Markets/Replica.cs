using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>
/// What a client would hold that hears every event: books by the patches of BookChanged in markets.proto, trades,
/// the directory, portfolios. Whenever a snapshot passes by, it must equal what was put together from the patches.
/// </summary>
internal sealed class Replica
{
    private sealed class Portfolio
    {
        public Cash Cash;
        public Cash Available;
        public readonly SortedDictionary<long, PositionState> Positions = [];
        public readonly SortedDictionary<long, NaiveOrder> Orders = [];
    }

    private readonly Dictionary<(long MarketId, Side Side), List<BookOrder>> _books = [];
    private readonly Dictionary<long, List<NaiveTrade>> _trades = [];
    private readonly List<AccountInfo> _accounts = [];
    private readonly List<MarketInfo> _markets = [];
    private readonly Dictionary<long, Portfolio> _portfolios = [];
    private RoomInfo? _room;

    /// <summary>Snapshots that were compared.</summary>
    public int SnapshotsSeen { get; private set; }

    public void Apply(Batch batch)
    {
        foreach (EventRef told in batch.Events)
        {
            switch (told.Kind)
            {
                case EventKind.OrderChanged:
                    Apply(in batch.OrderChanges[told.Index]);
                    break;
                case EventKind.Traded:
                    Apply(batch.Trades[told.Index]);
                    break;
                case EventKind.PortfolioChanged:
                    Apply(in batch.PortfolioChanges[told.Index]);
                    break;
                case EventKind.Other:
                    Apply(batch.Others[told.Index]);
                    break;
            }
        }
    }

    private void Apply(in OrderChange change)
    {
        OrderState order = change.State;
        if (order.Status == OrderStatus.Live)
            _portfolios[order.AccountId].Orders[order.OrderId] = NaiveOrder.From(order);
        else
            _portfolios[order.AccountId].Orders.Remove(order.OrderId);
        if (change.InBook)
            Patch(_books[(order.MarketId, order.Side)], order.Side, new BookOrder(order.OrderId, order.Price, order.Remaining, order.AccountId));
    }

    /// <summary>
    /// Remaining 0: it left the book. Unknown: it joined, last in line at its price. Same price and not more than
    /// before: it keeps its place in line; otherwise it goes to the end of the line.
    /// </summary>
    private static void Patch(List<BookOrder> book, Side side, BookOrder order)
    {
        int index = book.FindIndex(o => o.OrderId == order.OrderId);
        if (index >= 0 && order.Remaining > Quantity.Zero && book[index].Price == order.Price && order.Remaining <= book[index].Remaining)
        {
            book[index] = order;
            return;
        }
        if (index >= 0)
            book.RemoveAt(index);
        if (order.Remaining == Quantity.Zero)
            return;
        int behind = book.FindIndex(o => side == Side.Buy ? o.Price < order.Price : o.Price > order.Price);
        book.Insert(behind < 0 ? book.Count : behind, order);
    }

    private void Apply(Trade trade)
    {
        List<NaiveTrade> trades = _trades[trade.MarketId];
        trades.Add(NaiveTrade.From(trade));
        if (trades.Count > 100)
            trades.RemoveAt(0);
    }

    private void Apply(in PortfolioChange change)
    {
        Portfolio portfolio = _portfolios[change.AccountId];
        portfolio.Cash = change.Cash;
        portfolio.Available = change.Available;
        if (change.MarketId == 0)
            return;
        if (change.Position == Quantity.Zero && change.Spent == Cash.Zero && change.SettledProfit == Cash.Zero)
            portfolio.Positions.Remove(change.MarketId);
        else
            portfolio.Positions[change.MarketId] = new PositionState(change.MarketId, change.Position, change.Spent, change.SettledProfit);
    }

    private void Apply(object record)
    {
        switch (record)
        {
            case RoomOpened { Room.Slug: "main" } opened:
                _room = opened.Room;
                break;
            case AccountOpened opened:
                if (opened.Account.RoomId == _room!.RoomId)
                    _accounts.Add(opened.Account);
                _portfolios.Add(opened.Account.AccountId, new Portfolio());
                break;
            case MarketChanged { IsNew: true } changed:
                _markets.Add(changed.Market);
                _trades.Add(changed.Market.MarketId, []);
                _books.Add((changed.Market.MarketId, Side.Buy), []);
                _books.Add((changed.Market.MarketId, Side.Sell), []);
                break;
            case MarketChanged changed:
                _markets[_markets.FindIndex(m => m.MarketId == changed.Market.MarketId)] = changed.Market;
                break;
            case MarketsShown shown:
                Compare(shown);
                break;
            case RoomShown shown:
                Compare(shown);
                break;
        }
    }

    private void Compare(MarketsShown shown)
    {
        long[] wanted = shown.Wanted.All ? [.. _markets.Select(m => m.MarketId)] : shown.Wanted.MarketIds;
        Check.SameList("the markets shown", wanted, shown.MarketIds);
        Check.Same("the count of snapshots", shown.Wanted.WithoutSnapshots ? 0 : wanted.Length, shown.Snapshots.Length);
        foreach (MarketSnapshot snapshot in shown.Snapshots)
        {
            SnapshotsSeen++;
            Check.Same("whether the book is shown", shown.Wanted.Views.HasFlag(MarketViews.Book), snapshot.Book is not null);
            Check.Same("whether the trades are shown", shown.Wanted.Views.HasFlag(MarketViews.Trades), snapshot.Trades is not null);
            if (snapshot.Book is { } book)
            {
                Check.SameList("the replica's bids", book.Bids, _books[(snapshot.MarketId, Side.Buy)]);
                Check.SameList("the replica's offers", book.Offers, _books[(snapshot.MarketId, Side.Sell)]);
            }
            if (snapshot.Trades is { } trades)
                Check.SameList("the replica's trades", [.. trades.Trades.Select(NaiveTrade.From)], _trades[snapshot.MarketId]);
        }
    }

    private void Compare(RoomShown shown)
    {
        SnapshotsSeen++;
        Check.Same("the replica's room", shown.Directory!.Room, _room!);
        Check.SameList("the replica's accounts", shown.Directory!.Accounts, _accounts);
        Check.SameList("the replica's markets", shown.Directory.Markets, _markets);
        foreach (Exchange.Markets.Portfolio portfolio in shown.Portfolios)
        {
            Portfolio held = _portfolios[portfolio.Account.AccountId];
            Check.Same("the replica's cash", portfolio.Cash, held.Cash);
            Check.Same("the replica's available", portfolio.Available, held.Available);
            Check.SameList("the replica's positions", [.. portfolio.Positions.OrderBy(p => p.MarketId)], held.Positions.Values);
            Check.SameList("the replica's own orders", [.. portfolio.Orders.Select(NaiveOrder.From)], held.Orders.Values);
        }
    }
}
