using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>
/// What a disk would hold that is only given what a batch says is still worth keeping: order changes that no later one
/// supersedes (inserted if new, else updated), money that moved.
/// </summary>
internal sealed class Keeper
{
    private readonly Dictionary<long, NaiveOrder> _orders = [];
    private readonly Dictionary<long, Cash> _cash = [];
    private readonly Dictionary<(long AccountId, long MarketId), NaiveHolding> _holdings = [];

    // Account and market, or 0 for cash, that a batch has told of already.
    private readonly HashSet<(long AccountId, long MarketId)> _moneyToldOnce = [];

    /// <summary>Takes in a sealed batch and compares what it touched with the oracle.</summary>
    public void Apply(Batch batch, NaiveVenue naive)
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
        }

        foreach (long id in ordersToldOnce)
            Check.Same("the order kept", naive.Find(id)! with { Line = 0 }, _orders[id] with { Line = 0 });
        Check.Same("the count of orders kept live", naive.State.Live.Count, _orders.Values.Count(o => o.Status == OrderStatus.Live));
        foreach (AccountInfo account in naive.Accounts)
            Check.Same($"the cash kept of account {account.AccountId}", naive.State.Cash[account.AccountId], _cash[account.AccountId].TenThousandths);
        foreach (((long accountId, long marketId), NaiveHolding holding) in naive.State.Holdings)
            Check.Same($"the holding kept of account {accountId} in market {marketId}", holding, _holdings[(accountId, marketId)]);
        Check.Same("the count of holdings kept", naive.State.Holdings.Count, _holdings.Count);
    }

    private void Keep(in PortfolioChange change)
    {
        if (!change.MoneyMoved)
            return;
        if (!change.CashSuperseded)
        {
            Check.True("an account's cash is told once", _moneyToldOnce.Add((change.AccountId, 0)));
            _cash[change.AccountId] = change.Cash;
        }
        if (change.MarketId != 0 && !change.PositionSuperseded)
        {
            Check.True("a position is told once", _moneyToldOnce.Add((change.AccountId, change.MarketId)));
            _holdings[(change.AccountId, change.MarketId)] = new NaiveHolding(
                change.Position.Hundredths, change.Spent.TenThousandths, change.SettledProfit.TenThousandths);
        }
    }

    /// <summary>That the books' places in line survive: live orders kept, sorted by price and priority, are the book.</summary>
    public void CheckLines(NaiveVenue naive)
    {
        foreach (MarketInfo market in naive.Markets)
        {
            foreach (Side side in (Side[])[Side.Buy, Side.Sell])
            {
                List<long> kept =
                [
                    .. _orders.Values.Where(o => o.MarketId == market.MarketId && o.Side == side && o.Status == OrderStatus.Live)
                        .OrderBy(o => side == Side.Buy ? -o.Price : o.Price).ThenBy(o => o.Line).Select(o => o.Id),
                ];
                Check.SameList("the line kept", [.. naive.State.Book(market.MarketId, side).Select(o => o.Id)], kept);
            }
        }
    }
}
