using Exchange.Markets;

namespace Exchange.Tests.Markets;

// Rooms, people, accounts, markets; and snapshots that pass by.
internal sealed partial class Replica
{
    private void Apply(VenueEvent record)
    {
        switch (record)
        {
            case RoomOpened opened:
                _rooms.Add(opened.Room.RoomId, opened.Room);
                break;
            case RoomChanged changed:
                _rooms[changed.Room.RoomId] = changed.Room;
                break;
            case UserChanged changed:
                _users[changed.User.UserId] = changed.User;
                break;
            case MemberChanged { IsRemoved: true } changed:
                _members.Remove((changed.RoomId, changed.Member.User.UserId));
                break;
            case MemberChanged changed:
                _members[(changed.RoomId, changed.Member.User.UserId)] = changed.Member.Role;
                break;
            case AccountOpened opened:
                _accounts.Add(opened.Account.AccountId, opened.Account);
                _portfolios.Add(opened.Account.AccountId, new Portfolio());
                break;
            case AccountChanged changed:
                _accounts[changed.Account.AccountId] = changed.Account;
                break;
            case AccountMembersChanged changed:
                _portfolios[changed.AccountId].Members = changed.Members;
                break;
            case CancelAfterSet set:
                _portfolios[set.AccountId].CancelTimeUs = set.CancelTimeUs;
                break;
            case TransferMade made:
                Remember(made.Transfer.FromAccountId, made.Transfer);
                Remember(made.Transfer.ToAccountId, made.Transfer);
                break;
            case MarketChanged changed:
                if (changed.IsNew)
                {
                    _trades.Add(changed.Market.MarketId, []);
                    _books.Add((changed.Market.MarketId, Side.Buy), []);
                    _books.Add((changed.Market.MarketId, Side.Sell), []);
                }
                _markets[changed.Market.MarketId] = changed.Market;
                break;
            case MarketDeleted deleted:
                _markets.Remove(deleted.Market.MarketId);
                foreach (Portfolio portfolio in _portfolios.Values)
                    portfolio.Positions.Remove(deleted.Market.MarketId);
                break;
            case Subscribed shown:
                Compare(shown);
                break;
            case RoomView { Directory: not null } shown:
                Compare(shown);
                break;
        }
    }

    private void Remember(long accountId, TransferInfo transfer)
    {
        List<TransferInfo> transfers = _portfolios[accountId].Transfers;
        transfers.Add(transfer);
        if (transfers.Count > 20)
            transfers.RemoveAt(0);
    }

    private void Compare(Subscribed shown)
    {
        foreach (MarketSnapshot snapshot in shown.Snapshots)
        {
            SnapshotsSeen++;
            Check.Same("whether the book is shown", shown.Wanted.Views.HasFlag(MarketViews.Book), snapshot.Book is not null);
            Check.Same("whether the trades are shown", shown.Wanted.Views.HasFlag(MarketViews.Trades), snapshot.Trades is not null);
            bool anonymous = _markets[snapshot.MarketId].IsAnonymous;
            if (snapshot.Book is { } book)
            {
                Compare("the replica's bids", book.Bids, snapshot.MarketId, Side.Buy);
                Compare("the replica's offers", book.Offers, snapshot.MarketId, Side.Sell);
            }
            if (snapshot.Trades is { } trades)
            {
                List<NaiveTrade> held = _trades[snapshot.MarketId];
                if (anonymous && trades.Trades.All(t => t.BuyerAccountId == 0))
                    held = [.. held.Select(t => t with { BuyerAccountId = 0, SellerAccountId = 0 })];
                Check.SameList("the replica's trades", [.. trades.Trades.Select(NaiveTrade.From)], held);
            }
        }
    }

    private void Compare(string what, BookOrder[] shown, long marketId, Side side)
    {
        List<BookOrder> held = _books[(marketId, side)];
        if (_markets[marketId].IsAnonymous && shown.All(o => o.AccountId == 0))
            held = [.. held.Select(o => o with { AccountId = 0 })];
        Check.SameList(what, shown, held);
    }

    private void Compare(RoomView shown)
    {
        SnapshotsSeen++;
        RoomDirectory directory = shown.Directory!;
        long roomId = directory.Room.RoomId;
        Check.Same("the replica's room", directory.Room, _rooms[roomId]);
        Check.SameList("the replica's accounts", directory.Accounts, [.. _accounts.Values.Where(a => a.RoomId == roomId)]);
        Check.SameList("the replica's markets", directory.Markets, [.. _markets.Values.Where(m => m.RoomId == roomId && !m.IsHidden)]);
        Check.SameList("the replica's hidden markets", shown.HiddenMarkets, [.. shown.HiddenMarkets.Select(m => _markets[m.MarketId])]);
        Check.SameList(
            "the replica's members", [.. directory.Members.Select(m => m with { User = m.User with { Email = null } })],
            [.. _members.Where(m => m.Key.RoomId == roomId).Select(m => new MemberInfo(_users[m.Key.UserId] with { Email = null }, m.Value))]);
        foreach (Exchange.Markets.Portfolio portfolio in shown.Portfolios)
        {
            Portfolio held = _portfolios[portfolio.Account.AccountId];
            Check.Same("the replica's cash", portfolio.Cash, held.Cash);
            Check.Same("the replica's available", portfolio.Available, held.Available);
            Check.Same("the money received, for the replica", portfolio.NetDeposits, held.NetDeposits);
            Check.Same("the replica's dead man's switch", portfolio.CancelTimeUs, held.CancelTimeUs);
            Check.SameList("the replica's members of an account", portfolio.Members, held.Members);
            Check.SameList("the replica's transfers", portfolio.Transfers, held.Transfers);
            Check.SameList(
                "the replica's positions", [.. portfolio.Positions.OrderBy(p => p.MarketId).Select(p => (p.MarketId, NaiveHolding.From(p)))],
                [.. held.Positions.Select(p => (p.Key, p.Value))]);
            Check.SameList("the replica's own orders", [.. portfolio.Orders.Select(NaiveOrder.From)], held.Orders.Values);
        }
    }
}
