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
    private readonly CommandHandlers _handlers;

    public Venue(VenueOptions? options = null) => _handlers = new CommandHandlers(new VenueState(options ?? new VenueOptions()));

    // For taking up what was kept: see VenueRestorer.
    internal VenueState State => _handlers.State;
    internal Deadlines Deadlines => _handlers.Deadlines;
    internal Money Money => _handlers.Money;

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
    public IEnumerable<HouseBotPlace> HouseBotsAtWork => _handlers.HouseBots.HouseBotsAtWork;

    /// <summary>What an account sees of a market that it trades in.</summary>
    public MarketView ViewFor(long marketId, long accountId) => _handlers.HouseBots.ViewFor(marketId, accountId);

    /// <inheritdoc cref="Deadlines.UntilTickUs"/>
    public long UntilTickUs(Moment now) => Deadlines.UntilTickUs(now);

    /// <inheritdoc cref="TimeCommands.UntilSampleUs"/>
    public long UntilSampleUs(Moment now) => _handlers.Time.UntilSampleUs(now);

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
        Refusal refusal = _handlers.Admission.Admit(_context, in command);
        if (!refusal.IsRefused)
            refusal = Dispatch(in command, out changed);
        if (changed)
        {
            _handlers.Execution.EmitPortfolios(_context);
            AuditTrail.Audit(_context, in command);
            if (command.Kind != CommandKind.SampleEquity)
                _handlers.Time.NoteChange();
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
    public void Seal(CommitBatch batch) => _handlers.Changes.Seal(batch);

    /// <param name="changed">Whether it changed something.</param>
    private Refusal Dispatch(in Command command, out bool changed)
    {
        changed = true;
        Refusal refusal;
        if (command.Details is { } details)
        {
            if (details.Kind != command.Kind)
                throw new InvalidOperationException($"A {command.Kind} has the details of a {details.Kind}.");
            refusal = details.Apply(_handlers, _context, in command, ref changed);
        }
        else
        {
            refusal = ApplyPlain(in command, ref changed);
        }
        changed &= !refusal.IsRefused;
        return refusal;
    }

    /// <summary>The commands that have no details: all that is said of them stands in <see cref="Command"/>.</summary>
    private Refusal ApplyPlain(in Command command, ref bool changed) => command.Kind switch
    {
        CommandKind.PlaceOrder => _handlers.Orders.PlaceOrder(_context, in command, ref changed),
        CommandKind.ReplaceOrder => _handlers.Orders.ReplaceOrder(_context, in command),
        CommandKind.CancelOrder => _handlers.Orders.CancelOrder(_context, in command),
        CommandKind.CancelOrders => _handlers.Orders.CancelOrders(_context, in command, ref changed),
        CommandKind.SetCancelAfter => _handlers.Time.SetCancelAfter(_context, in command),
        CommandKind.ConvertBasket => _handlers.Derived.ConvertBasket(_context, in command),
        CommandKind.ExerciseOption => _handlers.Derived.ExerciseOption(_context, in command),
        CommandKind.SetMarketStatus => _handlers.Markets.SetMarketStatus(_context, in command),
        CommandKind.SettleMarket => _handlers.Settlements.SettleMarket(_context, in command),
        CommandKind.UndoSettlement => _handlers.Settlements.UndoSettlement(_context, in command),
        CommandKind.DeleteMarket => _handlers.Markets.DeleteMarket(_context, in command),
        CommandKind.Tick => _handlers.Time.Tick(_context, ref changed),
        CommandKind.ClockSet => _handlers.Time.ClockSet(_context, ref changed),
        CommandKind.SampleEquity => _handlers.Time.SampleEquity(_context, ref changed),
        CommandKind.Disconnect when command.Origin.Session == 0 => _handlers.Time.DisconnectAll(_context, ref changed),
        _ => Look(in command, out changed),
    };

    private Refusal Look(in Command command, out bool changed)
    {
        changed = false;
        return command.Kind switch
        {
            CommandKind.PreviewOrder => _handlers.Orders.PreviewOrder(_context, in command),
            CommandKind.ActAs => AccountCommands.ActAs(_context),
            CommandKind.SetElevated => AccountCommands.SetElevated(_context, in command),
            CommandKind.GetRoom => RoomViews.GetRoom(_context),
            CommandKind.GetLeaderboard => RoomViews.GetLeaderboard(_context),
            CommandKind.GetRoomSettings => RoomViews.GetRoomSettings(_context),
            CommandKind.GetCodes => CodeCommands.GetCodes(_context),
            CommandKind.PreviewSettlement => _handlers.SettlementPreviews.PreviewSettlement(_context, in command),
            CommandKind.GetMembersOverview => RoomViews.GetMembersOverview(_context),
            _ => throw new InvalidOperationException($"A {command.Kind} needs details, or nobody knows how to apply it."),
        };
    }
}
