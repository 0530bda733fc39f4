using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>
/// The venue against the oracle: the same random commands to both. What each command came to is compared at once, whole
/// states now and then. The venue's batches hold several commands; a replica and a keeper live on nothing but them.
/// </summary>
internal sealed partial class Duel(int seed)
{
    private readonly Venue _venue = new();
    private readonly NaiveVenue _naive = new();
    private readonly CommandGenerator _generator = new(seed);
    private readonly Random _random = new(seed * 31);
    private readonly Keeper _keeper = new();
    private readonly Replayer _replayer = new();
    private readonly CommitBatch _batch = new(), _look = new();
    private readonly Queue<string> _last = new();
    private long _batchNumber;
    private int _commandsLeftInBatch, _index;
    private Moment _now;

    public Dictionary<RefusalCode, int> Outcomes { get; } = [];

    /// <summary>How often each kind of event was told.</summary>
    public Dictionary<string, int> Events { get; } = [];
    public Replica Replica { get; } = new();
    public IReadOnlySet<CommandKind> Kinds => _replayer.Kinds;
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
            CompareStates();
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
        _replayer.Begin(_batchNumber);
        _commandsLeftInBatch = _random.Next(4) == 0 ? 1 : _random.Next(1, 30);
        foreach (MarketInfo market in _naive.State.Markets)
            _topsAtBegin[market.MarketId] = StandingOf(market.MarketId);
    }

    private void Step()
    {
        Command command = _generator.Next(_naive);
        _now = _generator.NextMoment();
        _last.Enqueue($"{_index}: {Describe.Command(in command)}");
        if (_last.Count > 12)
            _last.Dequeue();

        long sequenceBefore = _naive.Sequence;
        int firstCommand = _batch.Commands.Length;
        NaiveAnswer expected = _naive.Apply(in command, _now);
        bool looksAtHash = _naive.Sequence == sequenceBefore && _random.Next(16) == 0;
        string hashBefore = looksAtHash ? _venue.StateHash() : "";
        _venue.Apply(in command, _now, _batch);
        _replayer.Apply(in command, _now);

        long sequence = sequenceBefore;
        if (expected.Items is { } items)
        {
            CompareItems(((OrderBatchTerms)command.Details!).Requests, items, firstCommand, ref sequence);
            firstCommand = _batch.Commands.Length - 1;
        }
        Check.Same("the count of commands applied", firstCommand + 1, _batch.Commands.Length);
        Compare(expected, command, _batch.Commands[firstCommand], ref sequence);
        Check.Same("the sequence", _naive.Sequence, _venue.Sequence);
        if (looksAtHash)
            Check.Same("the hash of the state although nothing changed", hashBefore, _venue.StateHash());
        CheckConservation();
        if (_random.Next(25) == 0)
            CompareStates();
        _venue.CheckInvariants();
        Check.True("something is due before the venue says so", _venue.UntilTickUs(_now) <= _naive.UntilTickUs(_now));
    }

    /// <summary>Each request of a batch is a command of its own; together they get one answer.</summary>
    private void CompareItems(BatchRequest[] requests, List<NaiveAnswer> items, int firstCommand, ref long sequence)
    {
        BatchApplied answer = _batch.Records.OfType<BatchApplied>().Last();
        Check.Same("the count of results", items.Count, answer.Results.Length);
        for (int i = 0; i < items.Count; i++)
        {
            BatchResult result = answer.Results[i];
            Check.Same($"the outcome of request {i} ('{result.Refusal.Sentence}')", items[i].Code, result.Refusal.Code);
            if (requests[i].Problem is not null)
                continue;
            Outcomes[items[i].Code] = Outcomes.GetValueOrDefault(items[i].Code) + 1;
            NaiveOrder? expected = items[i].Existing ?? items[i].Order;
            Check.Same($"the order of request {i}", expected?.Told(), expected is null ? null : NaiveOrder.From(result.Order).Told());
            Check.Same($"whether request {i} was sent before", items[i].Existing is not null, result.IsExisting);
            AppliedCommand applied = _batch.Commands[firstCommand++];
            CompareApplied(items[i], applied, ref sequence);
            CompareTold(items[i], applied);
        }
    }

    private void CompareApplied(NaiveAnswer expected, AppliedCommand applied, ref long sequence)
    {
        if (expected is { Changed: true, Counts: true })
            sequence++;
        Check.Same("whether the command changed something", expected.Changed, applied.Changed);
        Check.Same("the command's sequence", sequence, applied.Sequence);
        Check.Same("the command's time", _naive.TimeUs, applied.TimeUs);
    }

    private void Compare(NaiveAnswer expected, Command command, AppliedCommand applied, ref long sequence)
    {
        Outcomes[expected.Code] = Outcomes.GetValueOrDefault(expected.Code) + 1;
        ReadOnlySpan<EventRef> events = _batch.Events.Slice(applied.FirstEvent, applied.EventCount);
        Refusal refusal = Refusal.None;
        int answers = 0;
        foreach (EventRef told in events)
        {
            answers += told.IsAnswer ? 1 : 0;
            if (told.Kind == EventKind.Refused)
                refusal = _batch.Refusals[told.Index];
        }
        Check.Same($"the outcome ('{refusal.Sentence}')", expected.Code, refusal.Code);
        if (expected.Code == RefusalCode.InsufficientFunds)
        {
            Check.Same("the cash needed", expected.Needed, refusal.A);
            Check.Same("the cash available", expected.Available, refusal.B);
        }
        CompareApplied(expected, applied, ref sequence);
        Check.Same("the command's origin", command.Origin, applied.Origin);
        Check.Same("the command's kind", command.Kind, applied.Kind);
        Check.Same("the count of answers", expected.IsAnswered || refusal.IsRefused ? 1 : 0, answers);
        CompareTold(expected, applied);
        CompareShown(command, applied);
        ComparePortfolios();
        if (!refusal.IsRefused)
            return;
        Check.Same("the count of events of a refusal", 1, events.Length);
        Check.True($"a refusal has a sentence: '{refusal.Sentence}'", refusal.Sentence.Length > 10 && refusal.Sentence.EndsWith('.'));
    }

    /// <summary>What a command told: trades, orders, and every record, in whatever order.</summary>
    private void CompareTold(NaiveAnswer expected, AppliedCommand applied)
    {
        var trades = new List<NaiveTrade>();
        var orders = new Dictionary<long, NaiveOrder>();
        var records = new List<string>();
        NaiveOrder? existing = null;
        int? cancelled = null;
        int fills = 0;
        foreach (EventRef told in _batch.Events.Slice(applied.FirstEvent, applied.EventCount))
        {
            Count(told);
            switch (told.Kind)
            {
                case EventKind.Traded:
                    trades.Add(NaiveTrade.From(_batch.Trades[told.Index]));
                    break;
                case EventKind.OrderChanged:
                    OrderChange change = _batch.OrderChanges[told.Index];
                    orders[change.State.OrderId] = NaiveOrder.From(change.State).Told();
                    fills += CheckFills(change);
                    break;
                case EventKind.OrderExisting:
                    existing = NaiveOrder.From(_batch.OrderChanges[told.Index].State).Told();
                    break;
                case EventKind.OrdersCancelled:
                    cancelled = told.Index;
                    break;
                case EventKind.Record when IsCompared(_batch.Records[told.Index]):
                    records.Add(Deep.Text(_batch.Records[told.Index]));
                    break;
            }
        }
        Check.SameList("the trades", expected.Trades, trades);
        Check.Same("the fills told with orders", 2 * trades.Count, fills);
        Check.SameList("the orders changed", Sorted(expected.Orders), Sorted(orders.Values));
        Check.Same("the order that existed", expected.Existing?.Told(), existing);
        Check.Same("the count of orders cancelled", expected.CancelledCount, cancelled);
        Check.SameList("what was told", [.. expected.Told.Select(Deep.Text).Order(StringComparer.Ordinal)], [.. records.Order(StringComparer.Ordinal)]);
    }

    private void Count(EventRef told)
    {
        string name = told.Kind == EventKind.Record ? _batch.Records[told.Index].GetType().Name : $"{told.Kind}";
        Events[name] = Events.GetValueOrDefault(name) + 1;
        if (told.Kind == EventKind.OrderChanged)
        {
            name = $"{told.Kind} {_batch.OrderChanges[told.Index].State.Reason}";
            Events[name] = Events.GetValueOrDefault(name) + 1;
        }
    }

    /// <summary>Not what is shown, which is compared by itself, nor what follows from the rest.</summary>
    private static bool IsCompared(VenueEvent record) => record is not (
        RoomView or Subscribed or Leaderboard or MembersOverview or PersonView or RoomSettings or CodeList or BatchApplied or RightsChanged or VisibilityChanged or Audited);

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

    private static List<NaiveOrder> Sorted(IEnumerable<NaiveOrder> orders) => [.. orders.OrderBy(o => o.Id).Select(o => o.Told())];
}
