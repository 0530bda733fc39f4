using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>
/// What a disk would hold that is only given what a batch says is still worth keeping: order changes that no later one
/// supersedes (inserted if new, else updated), money that moved, and every record that changes what is kept.
/// </summary>
internal sealed partial class Keeper
{
    private readonly Dictionary<long, NaiveOrder> _orders = [];
    private readonly Dictionary<long, (Cash Cash, Cash NetDeposits)> _cash = [];
    private readonly Dictionary<(long AccountId, long MarketId), NaiveHolding> _holdings = [];

    // Account and market, or 0 for cash, that a batch has told of already.
    private readonly HashSet<(long AccountId, long MarketId)> _moneyToldOnce = [];

    /// <summary>Takes in a sealed batch and compares what it touched with the oracle.</summary>
    public void Apply(CommitBatch batch, NaiveVenue naive)
    {
        var ordersToldOnce = new HashSet<long>();
        _moneyToldOnce.Clear();
        foreach (EventRef told in batch.Events)
        {
            if (told.Kind == EventKind.OrderChanged && !batch.OrderChanges[told.Index].Superseded)
            {
                OrderChange change = batch.OrderChanges[told.Index];
                NaiveOrder order = NaiveOrder.From(change.State);
                Check.True($"order {order.Id} has two changes in a batch that none supersedes", ordersToldOnce.Add(order.Id));
                Check.Same($"whether order {order.Id} is new", !_orders.ContainsKey(order.Id), change.IsNew);
                _orders[order.Id] = order;
            }
            else if (told.Kind == EventKind.PortfolioChanged)
            {
                Keep(in batch.PortfolioChanges[told.Index]);
            }
            else if (told.Kind == EventKind.Record)
            {
                Keep(batch.Records[told.Index]);
            }
        }

        foreach (long id in ordersToldOnce)
            Check.Same("the order kept", naive.Find(id)!.Told(), _orders[id].Told());
        Check.Same("the count of orders kept live", naive.State.Live.Count, _orders.Values.Count(o => o.Status == OrderStatus.Live));
        foreach ((long accountId, Int128 cash) in naive.State.Cash)
        {
            (Cash Cash, Cash NetDeposits) kept = _cash.GetValueOrDefault(accountId);
            Check.Same($"the cash kept of account {accountId}", cash, kept.Cash.TenThousandths);
            Check.Same($"the money received kept of account {accountId}", naive.State.NetDeposits[accountId], kept.NetDeposits.TenThousandths);
        }
        foreach (((long accountId, long marketId), NaiveHolding holding) in naive.State.Holdings)
            Check.Same($"the holding kept of account {accountId} in market {marketId}", holding, _holdings.GetValueOrDefault((accountId, marketId), NaiveHolding.Nothing));
        Check.Same("the count of holdings kept", naive.State.Holdings.Count, _holdings.Count);
        CompareRecords(naive.State);
    }

    public static NaiveHolding HoldingOf(in PortfolioChange change) => new(
        change.Position.Hundredths, change.Spent.TenThousandths, change.SettledProfit.TenThousandths,
        change.SettledPosition.Hundredths, change.SettledSpent.TenThousandths, change.OpenCost.TenThousandths,
        change.SettledOpenCost.TenThousandths);

    private void Keep(in PortfolioChange change)
    {
        if (!change.MoneyMoved)
            return;
        if (!change.CashSuperseded)
        {
            Check.True("an account's cash is told once", _moneyToldOnce.Add((change.AccountId, 0)));
            _cash[change.AccountId] = (change.Cash, change.NetDeposits);
        }
        if (change.MarketId != 0 && !change.PositionSuperseded)
        {
            Check.True("a position is told once", _moneyToldOnce.Add((change.AccountId, change.MarketId)));
            _holdings[(change.AccountId, change.MarketId)] = HoldingOf(in change);
        }
    }

    /// <summary>That the books' places in line survive: live orders kept, sorted by price and priority, are the book.</summary>
    public void CheckLines(NaiveVenue naive)
    {
        foreach (var kept in _orders.Values.Where(o => o.Status == OrderStatus.Live).GroupBy(o => (o.MarketId, o.Side)))
        {
            (long marketId, Side side) = kept.Key;
            List<long> line = [.. kept.OrderBy(o => side == Side.Buy ? -o.Price : o.Price).ThenBy(o => o.Line).Select(o => o.Id)];
            Check.SameList("the line kept", [.. naive.State.Book(marketId, side).Select(o => o.Id)], line);
        }
    }
}
