namespace Exchange.Markets;

public enum EventKind : byte
{
    /// <summary>Index into <see cref="CommitBatch.OrderChanges"/>: an order was placed, filled, replaced or ended.</summary>
    OrderChanged,

    /// <summary>Index into <see cref="CommitBatch.OrderChanges"/>: nothing changed, an order's present state was asked for.</summary>
    OrderExisting,

    /// <summary>Index into <see cref="CommitBatch.Trades"/>.</summary>
    Traded,

    /// <summary>Index into <see cref="CommitBatch.PortfolioChanges"/>.</summary>
    PortfolioChanged,

    /// <summary>Index into <see cref="CommitBatch.Refusals"/>.</summary>
    Refused,

    /// <summary>Index is the number of orders cancelled.</summary>
    OrdersCancelled,

    /// <summary>Index into <see cref="CommitBatch.Records"/>: a record.</summary>
    Record,
}

/// <summary>One event: its kind, and where in the batch's array of that kind it is.</summary>
/// <param name="IsAnswer">It answers the command's request.</param>
public readonly record struct EventRef(EventKind Kind, bool IsAnswer, int Index);

/// <summary>A command that was applied, and its events.</summary>
public struct AppliedCommand
{
    /// <summary>The global count of commands that changed something; the one before if this changed nothing.</summary>
    public long Sequence;
    public long TimeUs;
    public CommandKind Kind;
    public Origin Origin;
    public int FirstEvent;
    public int EventCount;

    /// <summary>Whether it changed something, so that it must be on disk before anyone is told.</summary>
    public bool Changed;
}

/// <summary>An order as it became, and the trades that made it so.</summary>
public struct OrderChange
{
    public OrderState State;

    /// <summary>Its trades are this many from here in <see cref="CommitBatch.Trades"/>.</summary>
    public int FirstFill;
    public int FillCount;

    /// <summary>Placed in this batch: not on disk yet.</summary>
    public bool IsNew;

    /// <summary>A later change in the batch tells of the same order: only that one's state need be kept.</summary>
    public bool Superseded;

    /// <summary>It is or was in the book, so everyone hears of it.</summary>
    public bool InBook;
}

/// <summary>An account's cash and its holding in one market as they became.</summary>
public struct PortfolioChange
{
    public long AccountId;

    /// <summary>0: cash alone changed.</summary>
    public long MarketId;
    public Cash Cash;
    public Cash Available;
    public Quantity Position;
    public Cash Spent;
    public Cash SettledProfit;

    /// <summary>What the open position cost, at average cost.</summary>
    public Cash OpenCost;

    /// <summary>Position, spent and cost as they were when the market settled, for undoing it.</summary>
    public Quantity SettledPosition;
    public Cash SettledSpent;
    public Cash SettledOpenCost;

    /// <summary>Money received less money given, without trading.</summary>
    public Cash NetDeposits;

    /// <summary>Cash or position changed, not just what open orders hold back.</summary>
    public bool MoneyMoved;

    /// <summary>A later change in the batch tells of the same position.</summary>
    public bool PositionSuperseded;

    /// <summary>A later change in the batch tells of the same account's cash.</summary>
    public bool CashSuperseded;
}

/// <summary>Where the best prices of a market were at the end of a batch.</summary>
public readonly record struct MarketTop(
    long MarketId, long RoomId, bool IsHidden, Price? BestBid, Quantity BestBidQuantity, Price? BestOffer, Quantity BestOfferQuantity,
    Price? LastPrice);

/// <summary>
/// A batch of applied commands with everything they caused: written to disk in one transaction, then told. Filled by
/// the market thread, then read by the writer; arrays are reused, so that a warm batch allocates nothing.
/// </summary>
public sealed class CommitBatch
{
    private AppliedCommand[] _commands = new AppliedCommand[256];
    private EventRef[] _events = new EventRef[1024];
    private OrderChange[] _orderChanges = new OrderChange[512];
    private Trade[] _trades = new Trade[256];
    private PortfolioChange[] _portfolioChanges = new PortfolioChange[512];
    private Refusal[] _refusals = new Refusal[16];
    private MarketTop[] _tops = new MarketTop[16];
    private int _commandCount, _eventCount, _orderChangeCount, _tradeCount, _portfolioChangeCount, _refusalCount, _topCount;

    /// <summary>Different for each filling of a batch; 0 never.</summary>
    public long Number { get; private set; }

    /// <summary>Whether anything in it must be written to disk.</summary>
    public bool Changed { get; private set; }

    /// <summary>The sequence after the last command.</summary>
    public long LastSequence { get; private set; }

    /// <summary>When the last command came, by the wall clock.</summary>
    public long LastTimeUs { get; private set; }

    public ReadOnlySpan<AppliedCommand> Commands => _commands.AsSpan(0, _commandCount);
    public ReadOnlySpan<EventRef> Events => _events.AsSpan(0, _eventCount);
    public ReadOnlySpan<OrderChange> OrderChanges => _orderChanges.AsSpan(0, _orderChangeCount);
    public ReadOnlySpan<Trade> Trades => _trades.AsSpan(0, _tradeCount);
    public ReadOnlySpan<PortfolioChange> PortfolioChanges => _portfolioChanges.AsSpan(0, _portfolioChangeCount);
    public ReadOnlySpan<Refusal> Refusals => _refusals.AsSpan(0, _refusalCount);

    /// <summary>Events off the order path, and what was asked for.</summary>
    public List<VenueEvent> Records { get; } = [];

    /// <summary>The best prices of every market whose book or trades changed.</summary>
    public ReadOnlySpan<MarketTop> Tops => _tops.AsSpan(0, _topCount);

    internal int EventCount => _eventCount;
    internal int TradeCount => _tradeCount;

    /// <summary>Empties the batch for new commands.</summary>
    public void Begin(long number)
    {
        Number = number;
        Changed = false;
        _commandCount = _eventCount = _orderChangeCount = _tradeCount = _portfolioChangeCount = _refusalCount = _topCount = 0;
        Records.Clear();
    }

    internal void AddCommand(in AppliedCommand command)
    {
        Next(ref _commands, ref _commandCount) = command;
        Changed |= command.Changed;
        LastSequence = command.Sequence;
        LastTimeUs = command.TimeUs;
    }

    internal ref OrderChange AddOrderChange(EventKind kind, bool isAnswer)
    {
        Next(ref _events, ref _eventCount) = new EventRef(kind, isAnswer, _orderChangeCount);
        return ref Next(ref _orderChanges, ref _orderChangeCount);
    }

    internal ref Trade AddTrade()
    {
        Next(ref _events, ref _eventCount) = new EventRef(EventKind.Traded, false, _tradeCount);
        return ref Next(ref _trades, ref _tradeCount);
    }

    internal ref PortfolioChange AddPortfolioChange()
    {
        Next(ref _events, ref _eventCount) = new EventRef(EventKind.PortfolioChanged, false, _portfolioChangeCount);
        return ref Next(ref _portfolioChanges, ref _portfolioChangeCount);
    }

    /// <summary>Answers the last command with its refusal, its only event.</summary>
    internal void AnswerRefused(in Refusal refusal)
    {
        Next(ref _events, ref _eventCount) = new EventRef(EventKind.Refused, true, _refusalCount);
        Next(ref _refusals, ref _refusalCount) = refusal;
        _commands[_commandCount - 1].EventCount++;
    }

    /// <summary>Answers the last command, which has no other event.</summary>
    internal void AnswerRecord(VenueEvent record)
    {
        AddRecord(record, isAnswer: true);
        _commands[_commandCount - 1].EventCount++;
    }

    internal ref readonly AppliedCommand LastCommand => ref _commands[_commandCount - 1];

    /// <summary>The order that a command was about, as the command left it.</summary>
    internal bool TryFindAnswer(in AppliedCommand command, out OrderState state, out bool isExisting)
    {
        foreach (ref readonly EventRef e in Events.Slice(command.FirstEvent, command.EventCount))
        {
            if (e.IsAnswer && e.Kind is (EventKind.OrderChanged or EventKind.OrderExisting))
            {
                state = _orderChanges[e.Index].State;
                isExisting = e.Kind == EventKind.OrderExisting;
                return true;
            }
        }
        state = default;
        isExisting = false;
        return false;
    }

    internal void AddOrdersCancelled(int count) =>
        Next(ref _events, ref _eventCount) = new EventRef(EventKind.OrdersCancelled, true, count);

    internal void AddRecord(VenueEvent record, bool isAnswer)
    {
        Next(ref _events, ref _eventCount) = new EventRef(EventKind.Record, isAnswer, Records.Count);
        Records.Add(record);
    }

    internal void AddTop(in MarketTop top) => Next(ref _tops, ref _topCount) = top;

    /// <summary>The index the next order change will have.</summary>
    internal int NextOrderChange => _orderChangeCount;
    internal int NextPortfolioChange => _portfolioChangeCount;
    internal void SupersedeOrder(int index) => _orderChanges[index].Superseded = true;
    internal void SupersedePosition(int index) => _portfolioChanges[index].PositionSuperseded = true;
    internal void SupersedeCash(int index) => _portfolioChanges[index].CashSuperseded = true;

    private static ref T Next<T>(ref T[] array, ref int count)
    {
        if (count == array.Length)
            Array.Resize(ref array, count * 2);
        return ref array[count++];
    }
}
