using Exchange.Markets;

namespace Exchange.Tests.Markets;

// States, whole or as far as a command can have changed them.
internal sealed partial class Duel
{
    private static readonly MarketsWanted s_all = new([], true, MarketViews.Book | MarketViews.Trades, false);
    private readonly Dictionary<long, (long Trades, List<NaiveOrder> Bids, List<NaiveOrder> Offers)> _topsAtBegin = [];
    private int _firstPortfolioChange;

    /// <summary>Cash sums to zero in each room, positions in each market; and only who was forced is short.</summary>
    private void CheckConservation()
    {
        NaiveState state = _naive.State;
        foreach (IGrouping<long, AccountInfo> room in state.Accounts.GroupBy(a => a.RoomId))
            Check.Same($"the cash of room {room.Key}", Int128.Zero, Sum(room.Select(a => state.Cash[a.AccountId])));
        foreach (var market in state.Holdings.GroupBy(h => h.Key.MarketId))
            Check.Same($"the positions in market {market.Key}", Int128.Zero, Sum(market.Select(h => h.Value.Position)));
        foreach (AccountInfo account in state.Accounts.Where(a => !a.IsHouse && !state.InDeficit.Contains(a.AccountId)))
            Check.True($"account {account.AccountId} is short", state.Available(account.AccountId) >= 0);
    }

    private static Int128 Sum(IEnumerable<Int128> values) => values.Aggregate(Int128.Zero, (sum, value) => sum + value);

    /// <summary>What accounts were told of their money, against what the command changed.</summary>
    private void ComparePortfolios()
    {
        NaiveState before = _naive.Before, now = _naive.State;
        var told = new Dictionary<long, PortfolioChange>();
        var holdings = new Dictionary<(long, long), NaiveHolding>();
        for (int i = _firstPortfolioChange; i < _batch.PortfolioChanges.Length; i++)
        {
            PortfolioChange change = _batch.PortfolioChanges[i];
            told[change.AccountId] = change;
            if (change.MarketId != 0)
                holdings[(change.AccountId, change.MarketId)] = Keeper.HoldingOf(in change);
        }
        _firstPortfolioChange = _batch.PortfolioChanges.Length;
        foreach ((long accountId, PortfolioChange change) in told)
        {
            Check.Same($"the cash of account {accountId}", now.Cash[accountId], change.Cash.TenThousandths);
            Check.Same($"the available of account {accountId}", now.Available(accountId), change.Available.TenThousandths);
            Check.Same($"the money received by account {accountId}", now.NetDeposits[accountId], change.NetDeposits.TenThousandths);
        }
        foreach (((long accountId, long marketId), NaiveHolding holding) in holdings)
            Check.Same($"the holding of account {accountId} in market {marketId}", now.HoldingOf(accountId, marketId), holding);
        if (now == before)
            return;
        foreach (AccountInfo account in before.Accounts)
        {
            long id = account.AccountId;
            bool same = before.Cash[id] == now.Cash[id] && before.NetDeposits[id] == now.NetDeposits[id] && before.Available(id) == now.Available(id);
            Check.True($"the money of account {id} changed, but it was not told", same || told.ContainsKey(id));
        }
        foreach (((long, long) key, NaiveHolding holding) in now.Holdings)
            Check.True($"the holding {key} changed, but it was not told", holdings.ContainsKey(key) || before.HoldingOf(key.Item1, key.Item2) == holding);
    }

    /// <summary>What one user was shown in answer to a command.</summary>
    private void CompareShown(Command command, AppliedCommand applied)
    {
        foreach (EventRef told in _batch.Events.Slice(applied.FirstEvent, applied.EventCount))
        {
            if (told.Kind != EventKind.Record)
                continue;
            long roomId = command.RoomId == 0 ? 1 : command.RoomId;
            switch (_batch.Records[told.Index])
            {
                case RoomView shown:
                    UserInfo user = _naive.State.User(shown.User.UserId);
                    if (command.Kind == CommandKind.EnterUser)
                    {
                        Check.Same("the rooms offered", Deep.Text(_naive.RoomsOf(user)), Deep.Text(shown.Rooms));
                        Check.Same("the rooms left", _naive.RoomsLeftOf(user), shown.RoomsLeft);
                    }
                    Compare(
                        shown with { Rooms = [], RoomsLeft = 0 }, user, RoomViewOf(command), command.Kind == CommandKind.GetRoom && command.Elevated,
                        command.OnlyAccountId);
                    break;
                case Subscribed shown:
                    Compare(shown, command);
                    break;
                case Leaderboard shown:
                    Check.Same("the leaderboard", Deep.Text(_naive.Leaderboard(roomId, IsAdmin(command, roomId))), Deep.Text(shown.Entries));
                    break;
                case MembersOverview shown:
                    Check.Same("how members do", Deep.Text(_naive.Standings(roomId)), Deep.Text(shown.Members));
                    break;
                case PersonView shown:
                    PersonView bare = shown with
                    {
                        Portfolios = [.. shown.Portfolios.Select(p => p with { Orders = [], Positions = [.. p.Positions.OrderBy(q => q.MarketId)] })],
                    };
                    Check.Same("a person", Deep.Text(_naive.Person(shown.User.UserId, roomId)), Deep.Text(bare));
                    break;
                case RoomSettings shown:
                    Check.Same("the room's settings", Deep.Text(_naive.Settings(roomId)), Deep.Text(shown));
                    break;
                case CodeList shown:
                    Check.Same("the codes", Deep.Text(_naive.Codes(roomId)), Deep.Text(shown.Codes));
                    break;
            }
        }
    }

    private bool IsAdmin(Command command, long roomId) => command.Elevated && _naive.State.RoleOf(command.UserId, roomId) == Role.Admin;

    private long? RoomViewOf(Command command) => command.Details switch
    {
        UserEntry entry => _naive.State.Rooms.FirstOrDefault(r => r.Slug == entry.RoomSlug)?.RoomId,
        RoomEntry entry => NaiveVenue.RoomsMeant(_naive.State, entry)[0].RoomId,
        _ => command.RoomId == 0 ? 1 : command.RoomId,
    };

    /// <summary>All that every user can see of every room.</summary>
    private void CompareStates()
    {
        Check.Same("the hash of the state after replaying what was read back", _venue.StateHash(), _replayer.StateHash());
        _look.Begin(-1 - _index);
        foreach (RoomInfo room in _naive.State.Rooms)
        {
            foreach (UserInfo user in _naive.State.Users)
            {
                bool elevated = _random.Next(2) == 0;
                Look(new Command { Kind = CommandKind.GetRoom, UserId = user.UserId, RoomId = room.RoomId, Elevated = elevated });
                Look(new Command { Kind = CommandKind.Subscribe, UserId = user.UserId, RoomId = room.RoomId, Elevated = elevated, Details = s_all });
            }
            long? member = _naive.State.Members.FirstOrDefault(m => m.RoomId == room.RoomId)?.UserId;
            if (member is { } userId)
                Look(new Command { Kind = CommandKind.GetLeaderboard, UserId = userId, RoomId = room.RoomId });
        }
        Check.Same("the count of live orders", _naive.State.Live.Count, _venue.LiveOrderCount);
    }

    private void Look(Command command)
    {
        int shown = _look.Records.Count;
        _venue.Apply(in command, _now, _look);
        foreach (VenueEvent record in _look.Records.Skip(shown))
        {
            if (record is RoomView room)
                Compare(room, _naive.State.User(command.UserId), command.RoomId, command.Elevated);
            else if (record is Subscribed markets)
                Compare(markets, command);
            else if (record is Leaderboard leaderboard)
                Check.Same("the leaderboard", Deep.Text(_naive.Leaderboard(command.RoomId, asAdmin: false)), Deep.Text(leaderboard.Entries));
        }
    }

    private void Compare(RoomView shown, UserInfo user, long? roomId, bool elevated, long onlyAccountId = 0)
    {
        foreach (Portfolio portfolio in shown.Portfolios)
        {
            IEnumerable<NaiveOrder> own = _naive.State.Live.Where(o => o.AccountId == portfolio.Account.AccountId);
            Check.SameList("own orders", Sorted(own), [.. portfolio.Orders.Select(o => NaiveOrder.From(o).Told())]);
        }
        RoomView bare = WithoutEmails(shown) with
        {
            RightsSequence = 0,
            Portfolios = [.. shown.Portfolios.Select(p => p with { Orders = [], Positions = [.. p.Positions.OrderBy(q => q.MarketId)] })],
        };
        Check.Same($"room {roomId} as user {user.UserId} is shown it", Deep.Text(WithoutEmails(_naive.Room(user, roomId, elevated, onlyAccountId))), Deep.Text(bare));
    }

    /// <summary>Addresses of members are told to nobody, so a directory need not follow them.</summary>
    private static RoomView WithoutEmails(RoomView shown) => shown with
    {
        Directory = shown.Directory is not { } directory ? null : directory with
        {
            Members = [.. directory.Members.Select(m => m with { User = m.User with { Email = null } })],
        },
    };

    private void Compare(Subscribed shown, Command command)
    {
        long SequenceOf(long marketId) => shown.Snapshots.First(s => s.MarketId == marketId).Book?.Sequence ?? 0;
        Subscribed expected = _naive.Markets(
            _naive.State.User(command.UserId), command.RoomId == 0 ? 1 : command.RoomId, command.Elevated, shown.Wanted, SequenceOf, command.OnlyAccountId);
        Check.SameList("the markets shown", expected.MarketIds, shown.MarketIds);
        Check.Same("the count of snapshots", expected.Snapshots.Length, shown.Snapshots.Length);
        for (int i = 0; i < shown.Snapshots.Length; i++)
        {
            (MarketSnapshot e, MarketSnapshot a) = (expected.Snapshots[i], shown.Snapshots[i]);
            Check.Same("the market of a snapshot", e.MarketId, a.MarketId);
            Check.Same("whether the book is shown", e.Book is null, a.Book is null);
            Check.Same("whether the trades are shown", e.Trades is null, a.Trades is null);
            Check.SameList("the bids", e.Book?.Bids ?? [], a.Book?.Bids ?? []);
            Check.SameList("the offers", e.Book?.Offers ?? [], a.Book?.Offers ?? []);
            Check.SameList("the trades shown", [.. (e.Trades?.Trades ?? []).Select(NaiveTrade.From)], [.. (a.Trades?.Trades ?? []).Select(NaiveTrade.From)]);
        }
    }

    private (long Trades, List<NaiveOrder> Bids, List<NaiveOrder> Offers) StandingOf(long marketId) =>
        (_naive.TradesOf[marketId].Count, _naive.State.Book(marketId, Side.Buy), _naive.State.Book(marketId, Side.Sell));

    private void Seal()
    {
        _firstPortfolioChange = 0;
        _venue.Seal(_batch);
        _replayer.Seal();
        Replica.Apply(_batch);
        _keeper.Apply(_batch, _naive);
        _keeper.CheckLines(_naive);
        CompareTops();
    }

    private void CompareTops()
    {
        var told = new HashSet<long>();
        foreach (MarketTop top in _batch.Tops)
        {
            Check.True("a market's top is told once", told.Add(top.MarketId));
            (_, List<NaiveOrder> bids, List<NaiveOrder> offers) = StandingOf(top.MarketId);
            long? last = _naive.TradesOf[top.MarketId].LastOrDefault()?.Price;
            Check.Same("the best bid", bids.FirstOrDefault()?.Price, top.BestBid?.Hundredths);
            Check.Same("the best offer", offers.FirstOrDefault()?.Price, top.BestOffer?.Hundredths);
            Check.Same("the quantity bid", NaiveState.Quantity(bids.Where(o => o.Price == bids[0].Price)), top.BestBidQuantity.Hundredths);
            Check.Same("the quantity offered", NaiveState.Quantity(offers.Where(o => o.Price == offers[0].Price)), top.BestOfferQuantity.Hundredths);
            Check.Same("the last price", last, top.LastPrice?.Hundredths);
            MarketInfo market = _naive.State.Market(top.MarketId);
            Check.Same("the market's room and whether it is hidden", (market.RoomId, market.IsHidden), (top.RoomId, top.IsHidden));
        }
        foreach ((long marketId, var before) in _topsAtBegin)
        {
            if (!_naive.State.Markets.Exists(m => m.MarketId == marketId))
                continue;
            var now = StandingOf(marketId);
            bool same = before.Trades == now.Trades && before.Bids.SequenceEqual(now.Bids) && before.Offers.SequenceEqual(now.Offers);
            Check.True($"market {marketId} changed, but its top was not told", same || told.Contains(marketId));
        }
    }
}
