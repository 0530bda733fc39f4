namespace Exchange.Markets;

/// <summary>All that carries commands out, made once for a venue. What they share is <see cref="VenueState"/>.</summary>
internal sealed class CommandHandlers
{
    public CommandHandlers(VenueState state)
    {
        State = state;
        Money = new Money(state);
        Deadlines = new Deadlines(state);
        Admission = new Admission(state);
        Execution = new OrderExecution(state, Changes, Deadlines);
        Orders = new OrderCommands(state, Admission, Changes, new OrderChecks(Admission), Execution);
        var derivations = new Derivations(state, Admission);
        Markets = new MarketCommands(state, Admission, Changes, Deadlines, derivations, Money, Execution);
        MarketUpdates = new MarketUpdates(state, Admission, Changes, Deadlines, Markets);
        Derived = new DerivedCommands(state, Admission, Changes, Money, Execution);
        Settlements = new SettlementCommands(state, Admission, Changes, derivations, Execution);
        SettlementPreviews = new SettlementPreviews(derivations, Settlements);
        Time = new TimeCommands(state, Deadlines, Markets, Execution);
        Accounts = new AccountCommands(state, Execution);
        Views = new RoomViews(state);
        Entries = new EntryCommands(state, Accounts, Money, Execution, Views);
        Rooms = new RoomCommands(state, Accounts, Entries, Execution);
        HouseBots = new HouseBotCommands(state, Accounts, Admission, Money, Execution);
        Transfers = new MoneyCommands(Money);
        Codes = new CodeCommands(state, Money);
        Snapshots = new MarketSnapshots(state, Admission);
    }

    public VenueState State { get; }
    public ChangeTracker Changes { get; } = new();
    public Admission Admission { get; }
    public Deadlines Deadlines { get; }
    public Money Money { get; }
    public OrderExecution Execution { get; }
    public OrderCommands Orders { get; }
    public TimeCommands Time { get; }
    public MarketCommands Markets { get; }
    public MarketUpdates MarketUpdates { get; }
    public DerivedCommands Derived { get; }
    public SettlementCommands Settlements { get; }
    public SettlementPreviews SettlementPreviews { get; }
    public HouseBotCommands HouseBots { get; }
    public RoomCommands Rooms { get; }
    public EntryCommands Entries { get; }
    public AccountCommands Accounts { get; }
    public MoneyCommands Transfers { get; }
    public CodeCommands Codes { get; }
    public RoomViews Views { get; }
    public MarketSnapshots Snapshots { get; }
}
