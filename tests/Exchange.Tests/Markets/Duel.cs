using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>
/// The venue against the oracle: the same random commands to both, everything compared after each. The venue's batches
/// hold several commands; a replica and a keeper live on nothing but them.
/// </summary>
internal sealed class Duel(int seed)
{
    private readonly Venue _venue = new();
    private readonly NaiveVenue _naive = new();
    private readonly CommandGenerator _generator = new(seed);
    private readonly Random _random = new(seed * 31);
    private readonly Keeper _keeper = new();
    private readonly Batch _batch = new(), _look = new();
    private readonly Dictionary<long, (long Trades, List<NaiveOrder> Bids, List<NaiveOrder> Offers)> _topsAtBegin = [];
    private readonly Queue<string> _last = new();
    private long _batchNumber;
    private int _commandsLeftInBatch, _index;

    public Dictionary<RefusalCode, int> Outcomes { get; } = [];
    public Replica Replica { get; } = new();
    public int TradeCount => _naive.TradesOf.Values.Sum(t => t.Count);

    /// <exception cref="DifferenceException">With the seed, the command's index, and the last commands.</exception>
    public void Run(int commands)
    {
        try
        {
            Begin();
            for (_index = 0; _index < commands; _index++)
            {
                Step();
                if (--_commandsLeftInBatch <= 0)
                {
                    Seal();
                    Begin();
                }
            }
            Seal();
        }
        catch (Exception e)
        {
            throw new DifferenceException($"""
                Seed {seed}, command {_index}: {(e is DifferenceException ? e.Message : e)}
                The last commands:
                  {string.Join("\n  ", _last)}
                Again: EXCHANGE_SEEDS={seed}:1 EXCHANGE_COMMANDS={_index + 1} dotnet test --filter RandomCommands
                """);
        }
    }

    private void Begin()
    {
        _batch.Begin(++_batchNumber);
        _commandsLeftInBatch = _random.Next(4) == 0 ? 1 : _random.Next(1, 30);
        foreach (MarketInfo market in _naive.Markets)
            _topsAtBegin[market.MarketId] = StandingOf(market.MarketId);
    }

    private (long Trades, List<NaiveOrder> Bids, List<NaiveOrder> Offers) StandingOf(long marketId) =>
        (_naive.TradesOf[marketId].Count, _naive.State.Book(marketId, Side.Buy), _naive.State.Book(marketId, Side.Sell));

    private void Step()
    {
        Command command = _generator.Next(_naive);
        long nowUs = _generator.NextTimeUs();
        _last.Enqueue($"{_index}: {Describe.Command(in command)}");
        if (_last.Count > 12)
            _last.Dequeue();

        NaiveAnswer expected = _naive.Apply(in command, nowUs);
        bool looksAtHash = !expected.Changed && _random.Next(16) == 0;
        string hashBefore = looksAtHash ? _venue.StateHash() : "";
        long sequenceBefore = _venue.Sequence;
        _venue.Apply(in command, nowUs, _batch);
        Outcomes[expected.Code] = Outcomes.GetValueOrDefault(expected.Code) + 1;

        AppliedCommand applied = _batch.Commands[^1];
        Compare(expected, command, applied);
        Check.Same("the sequence", _naive.Sequence, _venue.Sequence);
        Check.Same("the command's sequence", _naive.Sequence, applied.Sequence);
        Check.Same("whether the command changed something", expected.Changed, applied.Changed);
        Check.Same("the command's origin", command.Origin, applied.Origin);
        if (!expected.Changed)
            Check.Same("the sequence after nothing changed", sequenceBefore, _venue.Sequence);
        if (looksAtHash)
            Check.Same("the hash of the state although nothing changed", hashBefore, _venue.StateHash());
        CompareStates();
        _venue.CheckInvariants();
    }

    private void Compare(NaiveAnswer expected, Command command, AppliedCommand applied)
    {
        ReadOnlySpan<EventRef> events = _batch.Events.Slice(applied.FirstEvent, applied.EventCount);
        var trades = new List<NaiveTrade>();
        var orders = new Dictionary<long, NaiveOrder>();
        Refusal refusal = Refusal.None;
        NaiveOrder? existing = null;
        int? cancelled = null;
        List<Payout>? payouts = null;
        int answers = 0, fills = 0;
        foreach (EventRef told in events)
        {
            answers += told.IsAnswer ? 1 : 0;
            switch (told.Kind)
            {
                case EventKind.Refused:
                    refusal = _batch.Refusals[told.Index];
                    break;
                case EventKind.Traded:
                    trades.Add(NaiveTrade.From(_batch.Trades[told.Index]));
                    break;
                case EventKind.OrderChanged:
                    OrderChange change = _batch.OrderChanges[told.Index];
                    orders[change.State.OrderId] = NaiveOrder.From(change.State) with { Line = 0 };
                    fills += CheckFills(change);
                    break;
                case EventKind.OrderExisting:
                    existing = NaiveOrder.From(_batch.OrderChanges[told.Index].State) with { Line = 0 };
                    break;
                case EventKind.OrdersCancelled:
                    cancelled = told.Index;
                    break;
                case EventKind.Other when _batch.Others[told.Index] is MarketSettled settled:
                    payouts = [.. settled.Payouts];
                    break;
            }
        }

        Check.Same($"the outcome ('{refusal.Sentence}')", expected.Code, refusal.Code);
        Check.Same("the count of answers", 1, answers);
        Check.SameList("the trades", expected.Trades, trades);
        Check.Same("the fills told with orders", 2 * trades.Count, fills);
        Check.SameList("the orders changed", Sorted(expected.Orders), Sorted(orders.Values));
        Check.Same("the order that existed", expected.Existing is { } e ? e with { Line = 0 } : null, existing);
        Check.Same("the count of orders cancelled", expected.CancelledCount, cancelled);
        Check.SameList("the payouts", expected.Payouts ?? [], payouts ?? []);
        if (!refusal.IsRefused)
            return;
        Check.Same("the count of events of a refusal", 1, events.Length);
        Check.True("a refusal has a sentence", refusal.Sentence.Length > 10 && refusal.Sentence.EndsWith('.'));
        if (refusal.Code == RefusalCode.InsufficientFunds)
        {
            Check.Same("the cash needed", expected.Needed, refusal.A);
            Check.Same("the cash available", expected.Available, refusal.B);
            Check.Same("available, as shown", _naive.State.Available(command.AccountId, _naive.Markets), refusal.B);
        }
    }

    private int CheckFills(OrderChange change)
    {
        for (int i = change.FirstFill; i < change.FirstFill + change.FillCount; i++)
        {
            Trade trade = _batch.Trades[i];
            long id = change.State.Side == Side.Buy ? trade.BuyOrderId : trade.SellOrderId;
            Check.Same("the order of a fill", change.State.OrderId, id);
        }
        return change.FillCount;
    }

    private static List<NaiveOrder> Sorted(IEnumerable<NaiveOrder> orders) =>
        [.. orders.OrderBy(o => o.Id).Select(o => o with { Line = 0 })];

    private void CompareStates()
    {
        _look.Begin(-1 - _index);
        foreach (UserInfo user in _naive.Users)
            _venue.Apply(new Command { Kind = CommandKind.ShowRoom, UserId = user.UserId }, 0, _look);
        if (_naive.Users.Count > 0)
        {
            var all = new MarketsWanted([], true, MarketViews.Book | MarketViews.Trades, false, null);
            _venue.Apply(new Command { Kind = CommandKind.ShowMarkets, UserId = 1, Details = all }, 0, _look);
        }
        int index = 0;
        foreach (object shown in _look.Others)
        {
            if (shown is RoomShown room)
                Compare(room, _naive.Users[index++]);
            else if (shown is MarketsShown markets)
                Compare(markets);
        }
        Check.Same("the count of live orders", _naive.State.Live.Count, _venue.LiveOrderCount);
    }

    private void Compare(RoomShown shown, UserInfo user)
    {
        Check.Same("the user", user, shown.User);
        Check.SameList("the accounts", _naive.Accounts, shown.Directory!.Accounts);
        Check.SameList("the markets", _naive.Markets, shown.Directory.Markets);
        AccountInfo account = _naive.Accounts.Single(a => a.OwnerUserId == user.UserId);
        Portfolio portfolio = shown.Portfolios.Single();
        Check.Same("the account", account, portfolio.Account);
        Check.Same("cash", _naive.State.Cash[account.AccountId], portfolio.Cash.TenThousandths);
        Check.Same("available", _naive.State.Available(account.AccountId, _naive.Markets), portfolio.Available.TenThousandths);
        foreach (MarketInfo market in _naive.Markets)
        {
            NaiveHolding holding = NaiveHolding.Nothing;
            foreach (PositionState p in portfolio.Positions)
            {
                if (p.MarketId == market.MarketId)
                    holding = new NaiveHolding(p.Position.Hundredths, p.Spent.TenThousandths, p.SettledProfit.TenThousandths);
            }
            Check.Same("the holding", _naive.State.HoldingOf(account.AccountId, market.MarketId), holding);
        }
        IEnumerable<NaiveOrder> own = _naive.State.Live.Where(o => o.AccountId == account.AccountId);
        Check.SameList("own orders", Sorted(own), [.. portfolio.Orders.Select(o => NaiveOrder.From(o) with { Line = 0 })]);
    }

    private void Compare(MarketsShown shown)
    {
        Check.Same("the count of markets shown", _naive.Markets.Count, shown.Snapshots.Length);
        foreach (MarketSnapshot market in shown.Snapshots)
        {
            Check.SameList("the bids", BookOf(market.MarketId, Side.Buy), market.Book!.Bids);
            Check.SameList("the offers", BookOf(market.MarketId, Side.Sell), market.Book.Offers);
            Check.SameList(
                "the trades shown", [.. _naive.TradesOf[market.MarketId].TakeLast(100)], [.. market.Trades!.Trades.Select(NaiveTrade.From)]);
        }
    }

    private List<BookOrder> BookOf(long marketId, Side side) =>
        [.. _naive.State.Book(marketId, side).Select(o => new BookOrder(o.Id, new Price(o.Price), new Quantity(o.Left), o.AccountId))];

    private void Seal()
    {
        _venue.Seal(_batch);
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
        }
        foreach ((long marketId, var before) in _topsAtBegin)
        {
            var now = StandingOf(marketId);
            bool same = before.Trades == now.Trades && before.Bids.SequenceEqual(now.Bids) && before.Offers.SequenceEqual(now.Offers);
            Check.True($"market {marketId} changed, but its top was not told", same || told.Contains(marketId));
        }
    }
}
