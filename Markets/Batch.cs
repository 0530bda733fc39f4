namespace Exchange.Markets;

public enum EventKind : byte
{
    /// <summary>Index into <see cref="Batch.OrderChanges"/>: an order was placed, filled, replaced or ended.</summary>
    OrderChanged,

    /// <summary>Index into <see cref="Batch.OrderChanges"/>: nothing changed, an order's present state was asked for.</summary>
    OrderExisting,

    /// <summary>Index into <see cref="Batch.Trades"/>.</summary>
    Traded,

    /// <summary>Index into <see cref="Batch.PortfolioChanges"/>.</summary>
    PortfolioChanged,

    /// <summary>Index into <see cref="Batch.Refusals"/>.</summary>
    Refused,

    /// <summary>Index is the number of orders cancelled.</summary>
    OrdersCancelled,

    /// <summary>Index into <see cref="Batch.Others"/>: one of the records below.</summary>
    Other,
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

    /// <summary>Its trades are this many from here in <see cref="Batch.Trades"/>.</summary>
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

    /// <summary>Position and spent as they were when the market settled, for undoing it.</summary>
    public Quantity SettledPosition;
    public Cash SettledSpent;

    /// <summary>Money received less money given, without trading.</summary>
    public Cash Received;

    /// <summary>Cash or position changed, not just what open orders hold back.</summary>
    public bool MoneyMoved;

    /// <summary>A later change in the batch tells of the same position.</summary>
    public bool PositionSuperseded;

    /// <summary>A later change in the batch tells of the same account's cash.</summary>
    public bool CashSuperseded;
}

/// <summary>A user was made known or changed.</summary>
public sealed record UserChanged(UserInfo User, bool IsNew);

/// <summary>A room was made.</summary>
public sealed record RoomOpened(RoomInfo Room);

/// <summary>What is known of a room changed.</summary>
/// <param name="WasOpen">Everyone could join it before, so everyone knows of it.</param>
public sealed record RoomChanged(RoomInfo Room, bool WasOpen);

/// <summary>How to join a room changed; for its admins only.</summary>
/// <param name="JoinCode">Null: as it was; empty: none.</param>
public sealed record InvitationsChanged(long RoomId, string? JoinCode, string[] AddedEmails, string[] RemovedEmails);

/// <summary>Someone became a member of a room, or their role changed; or (<paramref name="IsRemoved"/>) they were taken out.</summary>
/// <param name="Kept">The role as it is kept, without what being an admin of the server adds.</param>
public sealed record MemberChanged(long RoomId, MemberInfo Member, Role Kept, bool IsRemoved);

/// <summary>What a user may see or do has changed: their connections in that room are shown it anew.</summary>
public sealed record RightsChanged(long UserId, long RoomId);

/// <summary>Who may see a market, or what of it, has changed: connections that it concerns are shown the room anew.</summary>
/// <param name="Before">Null: everyone; empty: nobody.</param>
/// <param name="After">Null: everyone.</param>
/// <param name="AnonymityChanged">Those who see it see other ids than before.</param>
public sealed record SightChanged(long MarketId, long RoomId, long[]? Before, long[]? After, bool AnonymityChanged);

/// <summary>An account was opened.</summary>
public sealed record AccountOpened(AccountInfo Account);

/// <summary>An account was renamed.</summary>
public sealed record AccountChanged(AccountInfo Account);

/// <summary>Someone may act as an account, or no longer (<paramref name="Role"/> null).</summary>
/// <param name="Members">All of them now.</param>
public sealed record AccountMembersChanged(long AccountId, long UserId, AccountRole? Role, AccountMemberInfo[] Members);

/// <summary>An account's dead man's switch was set, disarmed or went off (0).</summary>
public sealed record CancelAfterSet(long AccountId, long CancelTimeUs);

/// <summary>An admin made an account's available negative, or it is back.</summary>
public sealed record AccountForced(long AccountId, bool IsForced);

/// <summary>Cash moved between two accounts without a trade.</summary>
public sealed record TransferMade(TransferInfo Transfer);

/// <summary>An admin gave or took money: the answer, after a <see cref="TransferMade"/> for each.</summary>
public sealed record Granted(int Count);

/// <summary>A code was made, used or ended.</summary>
public sealed record CodeChanged(CodeInfo Code, bool IsNew);

/// <summary>A user claimed a code.</summary>
public sealed record CodeClaimed(long CodeId, long UserId, long AccountId, long TransferId);

/// <summary>A market was created, or what is known of it changed.</summary>
/// <param name="IsStatusNew">Its status was set.</param>
public sealed record MarketChanged(MarketInfo Market, bool IsNew, bool IsStatusNew, long ByUserId)
{
    /// <summary>Its house bots were set.</summary>
    public bool AreHouseBotsNew { get; init; }
}

/// <summary>What one account was paid when a market settled.</summary>
public readonly record struct Payout(long AccountId, Quantity Position, Cash Amount);

/// <summary>A market was settled. Follows the <see cref="MarketChanged"/> that says so.</summary>
/// <param name="CausedBySettlementId">The settlement of the market it derives from; 0: none.</param>
public sealed record MarketSettled(
    long SettlementId, long MarketId, Price Price, long ByUserId, long CausedBySettlementId, Payout[] Payouts);

/// <summary>A settlement was taken back: what it paid was paid back, positions are as they were.</summary>
public sealed record SettlementUndone(long SettlementId, long MarketId, long ByUserId, Payout[] Payouts);

/// <summary>What one market's position changed by in a conversion, and the mark it was reckoned at.</summary>
public readonly record struct ConversionLeg(long MarketId, Quantity Change, Price Price);

/// <summary>An account converted baskets; the house took the other side.</summary>
public sealed record BasketConverted(
    long ConversionId, long MarketId, long AccountId, ConversionDirection Direction, Quantity Quantity, Cash Fee, long HouseAccountId,
    ConversionLeg[] Legs, long ByUserId);

/// <summary>How many options of a writer were exercised.</summary>
public readonly record struct Assignment(long AccountId, Quantity Quantity);

/// <summary>An account exercised options; writers were assigned.</summary>
public sealed record OptionExercised(
    long ExerciseId, long MarketId, Option Option, long AccountId, Quantity Quantity, Assignment[] Assignments, long ByUserId);

/// <summary>What an account was worth.</summary>
public readonly record struct EquitySample(long AccountId, Cash Equity, Cash Profit);

/// <summary>What accounts were worth, those where it changed.</summary>
public sealed record EquitySampled(EquitySample[] Samples);

/// <summary>Who did what as whom.</summary>
/// <param name="AccountId">The account acted as; 0 for none.</param>
/// <param name="Detail">What of it, for people.</param>
public sealed record Audited(
    long UserId, long AccountId, bool Elevated, long RoomId, long MarketId, CommandKind Action, string Detail);

/// <summary>Where the best prices of a market were at the end of a batch.</summary>
public readonly record struct MarketTop(
    long MarketId, long RoomId, bool IsHidden, Price? BestBid, Quantity BestBidQuantity, Price? BestOffer, Quantity BestOfferQuantity,
    Price? LastPrice);

/// <summary>
/// A batch of applied commands with everything they caused: written to disk in one transaction, then told. Filled by
/// the market thread, then read by the writer; arrays are reused, so that a warm batch allocates nothing.
/// </summary>
public sealed class Batch
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

    public long LastTimeUs { get; private set; }

    public ReadOnlySpan<AppliedCommand> Commands => _commands.AsSpan(0, _commandCount);
    public ReadOnlySpan<EventRef> Events => _events.AsSpan(0, _eventCount);
    public ReadOnlySpan<OrderChange> OrderChanges => _orderChanges.AsSpan(0, _orderChangeCount);
    public ReadOnlySpan<Trade> Trades => _trades.AsSpan(0, _tradeCount);
    public ReadOnlySpan<PortfolioChange> PortfolioChanges => _portfolioChanges.AsSpan(0, _portfolioChangeCount);
    public ReadOnlySpan<Refusal> Refusals => _refusals.AsSpan(0, _refusalCount);

    /// <summary>Events that are rare: records such as <see cref="MarketChanged"/>, or snapshots.</summary>
    public List<object> Others { get; } = [];

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
        Others.Clear();
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
    internal void AnswerOther(object record)
    {
        AddOther(record, isAnswer: true);
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

    internal void AddOther(object record, bool isAnswer)
    {
        Next(ref _events, ref _eventCount) = new EventRef(EventKind.Other, isAnswer, Others.Count);
        Others.Add(record);
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
