namespace Exchange.Markets;

// The life of a market: created, shown, settled.
public sealed partial class Venue
{
    private Refusal CreateMarket(in Command command, ref bool changed)
    {
        if (!_users.TryGetValue(command.UserId, out User? user))
            return Refuse(Refusals.UnknownUser, ref changed);
        Room room = _main!;
        if (room.Info.WhoMayCreateMarkets == WhoMayCreateMarkets.Admins && !(command.Elevated && user.Info.IsServerAdmin))
            return Refuse(user.Info.IsServerAdmin ? Refusals.NotElevated : Refusals.OnlyAdminsCreate, ref changed);

        var terms = (MarketTerms)command.Details!;
        if (ProblemOf(terms) is { } problem)
            return Refuse(Refusals.InvalidField(problem), ref changed);
        if (room.MarketNames.Contains(terms.Name))
            return Refuse(Refusals.NameTaken, ref changed);
        if (room.Markets.Count >= Limits.MaxMarketsPerRoom)
            return Refuse(Refusals.MarketsLimit, ref changed);

        var info = new MarketInfo(
            ++_lastMarketId, room.Info.RoomId, terms.Name, terms.Description, user.Info.UserId, terms.Min, terms.Max,
            terms.TickHundredths, MarketStatus.Open, SettlementPrice: null, _timeUs);
        Touch(AddMarket(info));
        _batch.AddOther(new MarketChanged(info, IsNew: true, user.Info.UserId), isAnswer: true);
        return Refusal.None;
    }

    private static string? ProblemOf(MarketTerms terms)
    {
        if (Texts.Problem("name", terms.Name, 1, Limits.MaxMarketNameLength, multiline: false) is { } badName)
            return badName;
        if (Texts.Problem("description", terms.Description, 0, Limits.MaxDescriptionLength, multiline: true) is { } badDescription)
            return badDescription;
        if (terms.TickHundredths is < 1 or > Price.MaxHundredths)
            return $"tick_size must be 0.01 to {new Price(Price.MaxHundredths)}.";
        if (terms.Min.Hundredths is < -Price.MaxHundredths or > Price.MaxHundredths
            || terms.Max.Hundredths is < -Price.MaxHundredths or > Price.MaxHundredths)
        {
            return $"min_price and max_price must be between {new Price(-Price.MaxHundredths)} and {new Price(Price.MaxHundredths)}.";
        }
        if (terms.Min >= terms.Max)
            return $"min_price ({terms.Min}) must be below max_price ({terms.Max}).";
        if (terms.Min.Hundredths % terms.TickHundredths != 0 || terms.Max.Hundredths % terms.TickHundredths != 0)
            return $"min_price and max_price must be multiples of tick_size ({new Price(terms.TickHundredths)}).";
        return null;
    }

    private Refusal SettleMarket(in Command command, ref bool changed)
    {
        if (!_users.TryGetValue(command.UserId, out User? user))
            return Refuse(Refusals.UnknownUser, ref changed);
        if (!_markets.TryGetValue(command.MarketId, out Market? market))
            return Refuse(Refusals.MarketNotFound(command.MarketId), ref changed);
        bool mayAsAdmin = command.Elevated && user.Info.IsServerAdmin;
        if (market.Info.OwnerUserId != user.Info.UserId && !mayAsAdmin)
            return Refuse(user.Info.IsServerAdmin ? Refusals.NotElevated : Refusals.NotOwner, ref changed);
        if (market.Status == MarketStatus.Settled)
            return Refuse(Refusals.MarketNotOpen(market.Status), ref changed);
        Price price = command.Price;
        if (price < market.Min || price > market.Max)
            return Refuse(Refusals.PriceOutOfRange(price, market), ref changed);

        var payouts = new List<Payout>();
        foreach (Holding holding in market.Holdings.Values.OrderBy(h => h.Account.Id))
        {
            CancelAll(holding, side: 0, OrderReason.MarketSettled);
            if (holding.Position == Quantity.Zero && holding.Spent == Cash.Zero)
                continue;
            Cash amount = price * holding.Position;
            payouts.Add(new Payout(holding.Account.Id, holding.Position, amount));
            holding.Account.Cash += amount;
            holding.SettledProfit += amount - holding.Spent;
            holding.Position = Quantity.Zero;
            holding.Spent = Cash.Zero;
            holding.Revalue();
            Touch(holding, moneyMoved: true);
        }

        market.Info = market.Info with { Status = MarketStatus.Settled, SettlementPrice = price };
        market.Room.Directory = null;
        TouchBook(market);
        _batch.AddOther(new MarketChanged(market.Info, IsNew: false, user.Info.UserId), isAnswer: true);
        _batch.AddOther(
            new MarketSettled(++_lastSettlementId, market.Id, price, user.Info.UserId, [.. payouts]), isAnswer: false);
        return Refusal.None;
    }

    private Refusal ShowMarkets(in Command command)
    {
        var wanted = (MarketsWanted)command.Details!;
        if (!_users.ContainsKey(command.UserId))
            return Refusals.UnknownUser;
        Room room = _main!;
        IEnumerable<Market> markets = room.Markets;
        if (!wanted.All)
        {
            var named = new List<Market>(wanted.MarketIds.Length);
            foreach (long id in wanted.MarketIds)
            {
                if (!_markets.TryGetValue(id, out Market? market) || market.Room != room)
                    return Refusals.MarketNotFound(id);
                named.Add(market);
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
                    wanted.Views.HasFlag(MarketViews.Book) ? SnapshotOf(market) : null,
                    wanted.Views.HasFlag(MarketViews.Trades) ? TradesOf(market) : null));
            }
        }
        _batch.AddOther(new MarketsShown(wanted, [.. ids], [.. snapshots]), isAnswer: true);
        return Refusal.None;
    }

    /// <summary>The book as it is; the last snapshot again if nothing changed since.</summary>
    private static BookSnapshot SnapshotOf(Market market)
    {
        if (market.LastSnapshot is { } last && last.Sequence == market.BookSequence)
            return last;
        return market.LastSnapshot = new BookSnapshot(
            market.Id, market.BookSequence, OrdersOf(market.Bids), OrdersOf(market.Offers));
    }

    private TradesSnapshot TradesOf(Market market) =>
        market.LastTradesSnapshot ??= new TradesSnapshot(market.Id, Sequence - 1, market.Trades.ToArray());

    private static BookOrder[] OrdersOf(BookSide side)
    {
        var orders = new List<BookOrder>();
        for (int rank = 0; rank < side.LevelCount; rank++)
        {
            for (Order? order = side.At(rank).First; order is not null; order = order.NextInLine)
                orders.Add(new BookOrder(order.Id, order.Price, order.Remaining, order.Holding.Account.Id));
        }
        return [.. orders];
    }

    private Market AddMarket(MarketInfo info)
    {
        Room room = _rooms[info.RoomId];
        var market = new Market(info, room);
        _markets.Add(info.MarketId, market);
        room.Markets.Add(market);
        room.MarketNames.Add(info.Name);
        room.Directory = null;
        return market;
    }
}
