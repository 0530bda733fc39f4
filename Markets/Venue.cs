namespace Exchange.Markets;

/// <summary>
/// The whole exchange in memory: rooms, users, accounts, markets, orders. Commands go in one at a time; each gives
/// events, or a refusal that changed nothing. Same commands in the same order give the same state, always.
/// </summary>
/// <remarks>
/// One thread only. Knows no clock, socket or disk: the time comes with each command. Everything on the path of an order
/// is pooled, so that a warm venue allocates nothing. What a command does stands with its subject: <c>Trading</c>, <c>Listing</c>,
/// <c>Rooms</c>, <c>Views</c>; all of these share <see cref="VenueState"/>, and get the <see cref="CommandContext"/> of the command handed on.
/// </remarks>
public sealed partial class Venue
{
    /// <summary>The slug of the room that is there from the start, and that users enter who name none.</summary>
    public const string MainRoomSlug = "main";

    /// <summary>Issuer and subject of the user that acts for all house bots. No sign-in has it: issuers are addresses, or 'exchange'.</summary>
    public const string HouseBotsIssuer = "house", HouseBotsSubject = "bots";

    private readonly CommandContext _context = new();
    private readonly ChangeTracker _changes = new();
    private readonly Admission _admission;
    private readonly OrderExecution _execution;
    private readonly OrderCommands _orders;
    private readonly TimeCommands _time;
    private readonly MarketCommands _markets;
    private readonly MarketUpdates _marketUpdates;
    private readonly DerivedCommands _derived;
    private readonly SettlementCommands _settlements;
    private readonly SettlementPreviews _settlementPreviews;
    private readonly HouseBotCommands _houseBots;
    private readonly RoomCommands _rooms;
    private readonly EntryCommands _entries;
    private readonly AccountCommands _accounts;
    private readonly MoneyCommands _transfers;
    private readonly CodeCommands _codes;
    private readonly RoomViews _views;
    private readonly MarketSnapshots _snapshots;

    public Venue(VenueOptions? options = null)
    {
        State = new VenueState(options ?? new VenueOptions());
        Money = new Money(State);
        Deadlines = new Deadlines(State);
        _admission = new Admission(State);
        _execution = new OrderExecution(State, _changes, Deadlines);
        _orders = new OrderCommands(State, _admission, _changes, new OrderChecks(_admission), _execution);
        var derivations = new Derivations(State, _admission);
        _markets = new MarketCommands(State, _admission, _changes, Deadlines, derivations, Money, _execution);
        _marketUpdates = new MarketUpdates(State, _admission, _changes, Deadlines, _markets);
        _derived = new DerivedCommands(State, _admission, _changes, Money, _execution);
        _settlements = new SettlementCommands(State, _admission, _changes, derivations, _execution);
        _settlementPreviews = new SettlementPreviews(derivations, _settlements);
        _time = new TimeCommands(State, Deadlines, _markets, _execution);
        _accounts = new AccountCommands(State, _execution);
        _views = new RoomViews(State);
        _entries = new EntryCommands(State, _accounts, Money, _execution, _views);
        _rooms = new RoomCommands(State, _accounts, _entries, _execution);
        _houseBots = new HouseBotCommands(State, _accounts, _admission, Money, _execution);
        _transfers = new MoneyCommands(Money);
        _codes = new CodeCommands(State, Money);
        _snapshots = new MarketSnapshots(State, _admission);
    }

    // For taking up what was kept: see VenueRestorer.
    internal VenueState State { get; }
    internal Deadlines Deadlines { get; }
    internal Money Money { get; }

    /// <summary>The count of commands that changed something.</summary>
    public long Sequence => State.Sequence;

    /// <summary>The time of the last command by the wall clock, microseconds since 1970. The next one may be earlier.</summary>
    public long TimeUs => _context.Now.TimeUs;

    public long LastOrderId => State.LastOrderId;

    public int LiveOrderCount => State.Orders.Count;

    /// <summary>Whether there is a room to enter: not before the first start has opened it.</summary>
    public bool HasMainRoom => State.Main is not null;

    /// <summary>Every room, for telling at the start.</summary>
    public IEnumerable<RoomInfo> Rooms => State.Rooms.Values.Select(r => r.Info);

    /// <summary>Every market, for telling at the start.</summary>
    public IEnumerable<MarketInfo> Markets => State.Markets.Values.Select(m => m.Info);

    /// <summary>Where each market's best prices are, for telling at the start.</summary>
    public IEnumerable<MarketTop> Tops => State.Markets.Values.Select(ChangeTracker.TopOf);

    /// <summary>Changes whenever a market's house bots, or what they may do, may have.</summary>
    public long HouseBotsVersion => State.HouseBotsVersion;

    /// <summary>Every house bot that may trade now: its market is open, its room not archived.</summary>
    public IEnumerable<HouseBotPlace> HouseBotsAtWork => _houseBots.HouseBotsAtWork;

    /// <summary>What an account sees of a market that it trades in.</summary>
    public MarketView ViewFor(long marketId, long accountId) => _houseBots.ViewFor(marketId, accountId);

    /// <inheritdoc cref="Deadlines.UntilTickUs"/>
    public long UntilTickUs(Moment now) => Deadlines.UntilTickUs(now);

    /// <inheritdoc cref="TimeCommands.UntilSampleUs"/>
    public long UntilSampleUs(Moment now) => _time.UntilSampleUs(now);

    /// <inheritdoc cref="Deadlines.AwaitsWallClock"/>
    public bool AwaitsWallClock => Deadlines.AwaitsWallClock;

    /// <inheritdoc cref="Invariants.Check"/>
    public void CheckInvariants() => Invariants.Check(State);

    /// <summary>A hash of everything that matters: two venues with the same hash are in the same state.</summary>
    public string StateHash() => Exchange.Markets.StateHash.Of(State);

    /// <summary>The time from which what is restored goes on.</summary>
    internal void StartFrom(Moment now) => _context.Now = now;

    /// <summary>Applies one command and adds what it caused to the batch.</summary>
    /// <param name="command">The command.</param>
    /// <param name="now">When it comes. Its elapsed time must not be less than the last command's.</param>
    /// <param name="batch">Begun, and read by nobody yet.</param>
    public void Apply(in Command command, Moment now, CommitBatch batch)
    {
        _context.Batch = batch;
        _context.Now = now;
        if (command.Kind == CommandKind.OrderBatch)
        {
            ApplyEach(in command);
            return;
        }
        Refusal refusal = ApplyOne(in command);
        if (refusal.IsRefused)
            batch.AnswerRefused(in refusal);
    }

    /// <summary>Applies a command. A refusal is not emitted: that is for the caller.</summary>
    private Refusal ApplyOne(in Command command)
    {
        CommitBatch batch = _context.Batch;
        int firstEvent = batch.EventCount;

        // Events carry the sequence this command has if it changes something; if not, it gives it back.
        long sequence = State.Sequence;
        _context.Begin(++State.Sequence, command.OnlyAccountId);
        bool changed = false;
        Refusal refusal = _admission.Admit(_context, in command);
        if (!refusal.IsRefused)
            refusal = Dispatch(in command, out changed);
        if (changed)
        {
            _execution.EmitPortfolios(_context);
            AuditTrail.Audit(_context, in command);
            if (command.Kind != CommandKind.SampleEquity)
                _time.NoteChange();
        }
        // Samples only note what is: they are written, but nothing happened.
        if (!changed || command.Kind == CommandKind.SampleEquity)
            State.Sequence = sequence;

        batch.AddCommand(new AppliedCommand
        {
            Sequence = State.Sequence,
            TimeUs = _context.Now.TimeUs,
            Kind = command.Kind,
            Origin = command.Origin,
            FirstEvent = firstEvent,
            EventCount = batch.EventCount - firstEvent,
            Changed = changed,
        });
        return refusal;
    }

    /// <summary>Completes a batch before it is handed on: adds where the best prices are now.</summary>
    public void Seal(CommitBatch batch) => _changes.Seal(batch);

    private Refusal Dispatch(in Command command, out bool changed)
    {
        changed = true;
        switch (command.Kind)
        {
            case CommandKind.PlaceOrder:
                return _orders.PlaceOrder(_context, in command, ref changed);
            case CommandKind.ReplaceOrder:
                return _orders.ReplaceOrder(_context, in command, ref changed);
            case CommandKind.CancelOrder:
                return _orders.CancelOrder(_context, in command, ref changed);
            case CommandKind.CancelOrders:
                return _orders.CancelOrders(_context, in command, ref changed);
            case CommandKind.Tick:
                return _time.Tick(_context, ref changed);
            case CommandKind.ClockSet:
                return _time.ClockSet(_context, ref changed);
            case CommandKind.SampleEquity:
                return _time.SampleEquity(_context, ref changed);
            case CommandKind.Disconnect:
                return _time.Disconnect(_context, in command, ref changed);
            case CommandKind.EnterUser:
                return _entries.EnterUser(_context, in command, ref changed);
            case CommandKind.EnterRoom:
                return _entries.EnterRoom(_context, in command, ref changed);
        }

        // These do all of what they are asked or nothing.
        Refusal refusal = command.Kind switch
        {
            CommandKind.SetCancelAfter => _time.SetCancelAfter(_context, in command),
            CommandKind.ConvertBasket => _derived.ConvertBasket(_context, in command),
            CommandKind.ExerciseOption => _derived.ExerciseOption(_context, in command),
            CommandKind.CreateMarket => _markets.CreateMarket(_context, in command),
            CommandKind.UpdateMarket => _marketUpdates.UpdateMarket(_context, in command),
            CommandKind.SetMarketStatus => _markets.SetMarketStatus(_context, in command),
            CommandKind.SettleMarket => _settlements.SettleMarket(_context, in command),
            CommandKind.UndoSettlement => _settlements.UndoSettlement(_context, in command),
            CommandKind.DeleteMarket => _markets.DeleteMarket(_context, in command),
            CommandKind.SetHouseBots => _houseBots.SetHouseBots(_context, in command),
            CommandKind.OpenRoom => _rooms.OpenRoom(_context, in command),
            CommandKind.UpdateRoom => _rooms.UpdateRoom(_context, in command),
            CommandKind.InviteToRoom => RoomCommands.InviteToRoom(_context, in command),
            CommandKind.SetRole => _rooms.SetRole(_context, in command),
            CommandKind.OpenAccount => _accounts.OpenAccount(_context, in command),
            CommandKind.RenameAccount => AccountCommands.RenameAccount(_context, in command),
            CommandKind.ShareAccount => AccountCommands.ShareAccount(_context, in command),
            CommandKind.RemoveAccountMember => _accounts.RemoveAccountMember(_context, in command),
            CommandKind.MakeTransfer => _transfers.MakeTransfer(_context, in command),
            CommandKind.Grant => _transfers.Grant(_context, in command),
            CommandKind.CreateCode => _codes.CreateCode(_context, in command),
            CommandKind.RevokeCode => CodeCommands.RevokeCode(_context, in command),
            CommandKind.ClaimCode => _codes.ClaimCode(_context, in command),
            _ => Look(in command, out changed),
        };
        changed &= !refusal.IsRefused;
        return refusal;
    }

    private Refusal Look(in Command command, out bool changed)
    {
        changed = false;
        return command.Kind switch
        {
            CommandKind.PreviewOrder => _orders.PreviewOrder(_context, in command),
            CommandKind.ActAs => AccountCommands.ActAs(_context),
            CommandKind.SetElevated => AccountCommands.SetElevated(_context, in command),
            CommandKind.GetRoom => RoomViews.GetRoom(_context),
            CommandKind.Subscribe => _snapshots.Subscribe(_context, in command),
            CommandKind.GetLeaderboard => RoomViews.GetLeaderboard(_context),
            CommandKind.GetRoomSettings => RoomViews.GetRoomSettings(_context),
            CommandKind.GetCodes => CodeCommands.GetCodes(_context),
            CommandKind.PreviewSettlement => _settlementPreviews.PreviewSettlement(_context, in command),
            CommandKind.GetMembersOverview => RoomViews.GetMembersOverview(_context),
            CommandKind.GetPerson => _views.GetPerson(_context, in command),
            CommandKind.RememberOrders => _orders.RememberOrders(in command),
            _ => throw new InvalidOperationException($"Unknown command {command.Kind}."),
        };
    }
}
