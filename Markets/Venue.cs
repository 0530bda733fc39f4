namespace Exchange.Markets;

/// <summary>
/// The whole exchange in memory: rooms, users, accounts, markets, orders. Commands go in one at a time; each gives
/// events, or a refusal that changed nothing. Same commands in the same order give the same state, always.
/// </summary>
/// <remarks>
/// One thread only. Knows no clock, socket or disk: the time comes with each command. Everything on the path of an order
/// is pooled, so that a warm venue allocates nothing.
/// </remarks>
public sealed partial class Venue
{
    private readonly Dictionary<long, Room> _rooms = [];
    private readonly Dictionary<long, User> _users = [];
    private readonly Dictionary<(string Issuer, string Subject), User> _usersByIdentity = [];
    private readonly Dictionary<long, Account> _accounts = [];
    private readonly Dictionary<long, Market> _markets = [];
    private readonly Dictionary<long, Order> _orders = [];
    private readonly Stack<Order> _spareOrders = new();
    private readonly List<Holding> _touchedHoldings = [];
    private readonly List<Market> _touchedMarkets = [];
    private Room? _main;

    private long _lastRoomId, _lastUserId, _lastAccountId, _lastMarketId, _lastOrderId, _lastTradeId, _lastTransferId, _lastSettlementId;
    private long _lastPriority;

    // The command being applied.
    private Batch _batch = null!;
    private long _timeUs;
    private long _commandNumber;

    /// <summary>The count of commands that changed something.</summary>
    public long Sequence { get; private set; }

    /// <summary>The time of the last command, microseconds since 1970.</summary>
    public long TimeUs { get; private set; }

    public long LastOrderId => _lastOrderId;

    public int LiveOrderCount => _orders.Count;

    /// <summary>Applies one command and adds what it caused to the batch.</summary>
    /// <param name="command">The command.</param>
    /// <param name="nowUs">The time, microseconds since 1970; a clock that went back is taken to stand still.</param>
    /// <param name="batch">Begun, and read by nobody yet.</param>
    public void Apply(in Command command, long nowUs, Batch batch)
    {
        _batch = batch;
        _timeUs = TimeUs = Math.Max(nowUs, TimeUs);
        _commandNumber++;
        int firstEvent = batch.EventCount;

        // Events carry the sequence this command has if it changes something; a refusal gives it back.
        long sequence = Sequence;
        Sequence = sequence + 1;
        Refusal refusal = Dispatch(in command, out bool changed);
        if (refusal.IsRefused)
            batch.AddRefusal(in refusal);
        else if (changed)
            TellPortfolios();
        if (!changed)
            Sequence = sequence;

        batch.AddCommand(new AppliedCommand
        {
            Sequence = Sequence,
            TimeUs = _timeUs,
            Origin = command.Origin,
            FirstEvent = firstEvent,
            EventCount = batch.EventCount - firstEvent,
            Changed = changed,
        });
    }

    /// <summary>Completes a batch before it is handed on: adds where the best prices are now.</summary>
    public void Seal(Batch batch)
    {
        foreach (Market market in _touchedMarkets)
            batch.AddTop(TopOf(market));
        _touchedMarkets.Clear();
    }

    /// <summary>Where each market's best prices are, for telling at the start.</summary>
    public IEnumerable<MarketTop> Tops => _markets.Values.Select(TopOf);

    private static MarketTop TopOf(Market market)
    {
        PriceLevel? bid = market.Bids.Best, offer = market.Offers.Best;
        return new MarketTop(
            market.Id, bid?.Price, bid?.Total ?? default, offer?.Price, offer?.Total ?? default, market.Trades.LastPrice);
    }

    private Refusal Dispatch(in Command command, out bool changed)
    {
        changed = true;
        switch (command.Kind)
        {
            case CommandKind.PlaceOrder:
                return PlaceOrder(in command, ref changed);
            case CommandKind.ReplaceOrder:
                return ReplaceOrder(in command, ref changed);
            case CommandKind.CancelOrder:
                return CancelOrder(in command, ref changed);
            case CommandKind.CancelOrders:
                return CancelOrders(in command, ref changed);
            case CommandKind.CreateMarket:
                return CreateMarket(in command, ref changed);
            case CommandKind.SettleMarket:
                return SettleMarket(in command, ref changed);
            case CommandKind.OpenRoom:
                return OpenRoom(in command, ref changed);
            case CommandKind.EnterUser:
                return EnterUser(in command, ref changed);
        }

        // The rest only looks.
        changed = false;
        return command.Kind switch
        {
            CommandKind.ShowRoom => ShowRoom(in command),
            CommandKind.ShowMarkets => ShowMarkets(in command),
            CommandKind.RememberOrders => RememberOrders(in command),
            _ => throw new InvalidOperationException($"Unknown command {command.Kind}."),
        };
    }

    private static Refusal Refuse(Refusal refusal, ref bool changed)
    {
        changed = false;
        return refusal;
    }

    /// <summary>Marks a holding whose account hears of it at the end of the command.</summary>
    private void Touch(Holding holding, bool moneyMoved)
    {
        if (holding.TouchedByCommand != _commandNumber)
        {
            holding.TouchedByCommand = _commandNumber;
            holding.MoneyMoved = false;
            _touchedHoldings.Add(holding);
        }
        holding.MoneyMoved |= moneyMoved;
    }

    private void Touch(Market market)
    {
        if (market.TouchedInBatch != _batch.Number)
        {
            market.TouchedInBatch = _batch.Number;
            _touchedMarkets.Add(market);
        }
    }

    /// <summary>Tells each touched account once, with its sums as they are after the whole command.</summary>
    private void TellPortfolios()
    {
        foreach (Holding holding in _touchedHoldings)
        {
            Account account = holding.Account;
            int index = _batch.NextPortfolioChange;
            ref PortfolioChange change = ref _batch.AddPortfolioChange();
            change = new PortfolioChange
            {
                AccountId = account.Id,
                MarketId = holding.Market.Id,
                Cash = account.Cash,
                Available = account.Available,
                Position = holding.Position,
                Spent = holding.Spent,
                SettledProfit = holding.SettledProfit,
                MoneyMoved = holding.MoneyMoved,
            };
            if (!holding.MoneyMoved)
                continue;
            if (holding.ToldInBatch == _batch.Number)
                _batch.SupersedePosition(holding.ToldAt);
            holding.ToldInBatch = _batch.Number;
            holding.ToldAt = index;
            RememberCash(account, index);
        }
        _touchedHoldings.Clear();
    }

    private void TellCash(Account account)
    {
        int index = _batch.NextPortfolioChange;
        ref PortfolioChange change = ref _batch.AddPortfolioChange();
        change = new PortfolioChange
        {
            AccountId = account.Id,
            Cash = account.Cash,
            Available = account.Available,
            MoneyMoved = true,
        };
        RememberCash(account, index);
    }

    private void RememberCash(Account account, int index)
    {
        if (account.ToldInBatch == _batch.Number)
            _batch.SupersedeCash(account.ToldAt);
        account.ToldInBatch = _batch.Number;
        account.ToldAt = index;
    }
}
