namespace Exchange.Markets;

/// <summary>Snapshots of books and trades for who subscribes.</summary>
internal sealed class MarketSnapshots(VenueState state, Admission admission)
{
    public Refusal Subscribe(CommandContext context, MarketsWanted wanted)
    {
        if (context.Member is null && !wanted.SkipUnknown)
            return Refusals.RoomNotFound;
        IEnumerable<Market> markets = context.Member is null ? [] : context.Room!.Markets.Where(x => Admission.Sees(context, x));
        if (!wanted.All && context.Member is not null)
        {
            var named = new List<Market>(wanted.MarketIds.Length);
            foreach (long id in wanted.MarketIds)
            {
                Refusal refusal = admission.FindMarket(context, id, out Market market);
                if (!refusal.IsRefused)
                    named.Add(market);
                else if (!wanted.SkipUnknown)
                    return refusal;
            }
            markets = named;
        }

        var ids = new List<long>();
        var snapshots = new List<MarketSnapshot>();
        foreach (Market market in markets)
        {
            ids.Add(market.Id);
            if (!wanted.WithoutSnapshots)
            {
                snapshots.Add(new MarketSnapshot(
                    market.Id,
                    wanted.Views.HasFlag(MarketViews.Book) ? BookOf(market, full: context.AsAdmin) : null,
                    wanted.Views.HasFlag(MarketViews.Trades) ? TradesOf(market, full: context.AsAdmin) : null));
            }
        }
        context.Batch.AddRecord(new Subscribed(wanted, [.. ids], [.. snapshots]), isAnswer: true);
        return Refusal.None;
    }

    /// <summary>The book as it is; the last snapshot again if nothing changed since.</summary>
    /// <param name="full">With account ids although the market is anonymous.</param>
    private static BookSnapshot BookOf(Market market, bool full)
    {
        bool withIds = full || !market.Info.IsAnonymous;
        ref BookSnapshot? last = ref full && market.Info.IsAnonymous ? ref market.LastFullSnapshot : ref market.LastSnapshot;
        if (last?.Sequence != market.BookSequence)
        {
            last = new BookSnapshot(
                market.Id, market.BookSequence, OrdersOf(market.Book.Bids, withIds), OrdersOf(market.Book.Offers, withIds));
        }
        return last!;
    }

    private TradesSnapshot TradesOf(Market market, bool full)
    {
        bool withIds = full || !market.Info.IsAnonymous;
        ref TradesSnapshot? last = ref full && market.Info.IsAnonymous ? ref market.LastFullTradesSnapshot : ref market.LastTradesSnapshot;
        if (last is null)
        {
            Trade[] trades = market.Trades.ToArray();
            if (!withIds)
            {
                foreach (ref Trade trade in trades.AsSpan())
                    trade.BuyerAccountId = trade.SellerAccountId = 0;
            }
            last = new TradesSnapshot(market.Id, state.Sequence - 1, trades);
        }
        return last;
    }

    private static BookOrder[] OrdersOf(BookSide side, bool withIds)
    {
        var orders = new List<BookOrder>();
        for (int rank = 0; rank < side.LevelCount; rank++)
        {
            for (Order? order = side.At(rank).First; order is not null; order = order.NextInLine)
                orders.Add(new BookOrder(order.Id, order.Price, order.Remaining, withIds ? order.Holding.Account.Id : 0));
        }
        return [.. orders];
    }
}
