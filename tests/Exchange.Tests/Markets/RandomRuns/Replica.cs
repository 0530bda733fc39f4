using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>
/// What a client would hold that hears every event: books by the patches of BookChanged in markets.proto, trades,
/// the directory, portfolios. Whenever a snapshot passes by, it must equal what was put together from the patches.
/// </summary>
internal sealed partial class Replica
{
    private sealed class Portfolio
    {
        public Cash Cash;
        public Cash Available;
        public Cash NetDeposits;
        public long CancelTimeUs;
        public AccountMemberInfo[] Members = [];
        public readonly List<TransferInfo> Transfers = [];
        public readonly SortedDictionary<long, NaiveHolding> Positions = [];
        public readonly SortedDictionary<long, NaiveOrder> Orders = [];
    }

    private readonly Dictionary<(long MarketId, Side Side), List<BookOrder>> _books = [];
    private readonly Dictionary<long, List<NaiveTrade>> _trades = [];
    private readonly SortedDictionary<long, RoomInfo> _rooms = [];
    private readonly SortedDictionary<long, UserInfo> _users = [];
    private readonly SortedDictionary<(long RoomId, long UserId), Role> _members = [];
    private readonly SortedDictionary<long, AccountInfo> _accounts = [];
    private readonly SortedDictionary<long, MarketInfo> _markets = [];
    private readonly Dictionary<long, Portfolio> _portfolios = [];

    /// <summary>Snapshots that were compared.</summary>
    public int SnapshotsSeen { get; private set; }

    public void Apply(CommitBatch batch)
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
                case EventKind.Record:
                    Apply(batch.Records[told.Index]);
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
        portfolio.NetDeposits = change.NetDeposits;
        if (change.MarketId == 0)
            return;
        NaiveHolding holding = Keeper.HoldingOf(in change);
        if (NaiveVenue.IsNothingShown(holding))
            portfolio.Positions.Remove(change.MarketId);
        else
            portfolio.Positions[change.MarketId] = holding;
    }
}
