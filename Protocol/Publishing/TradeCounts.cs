using System.Runtime.InteropServices;
using Exchange.Markets;

namespace Exchange.Protocol;

/// <summary>How often each account has traded. Of the publisher.</summary>
internal sealed class TradeCounts
{
    private readonly Dictionary<long, long> _trades = [];

    public void Count(in Trade trade)
    {
        Add(trade.BuyerAccountId, 1);
        Add(trade.SellerAccountId, 1);
    }

    public void Add(long accountId, long trades) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_trades, accountId, out _) += trades;

    public long Of(long[] accountIds) => accountIds.Sum(id => _trades.GetValueOrDefault(id));
}
