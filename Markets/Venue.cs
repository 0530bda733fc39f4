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
    private readonly ById<Room> _rooms = new();
    private readonly Dictionary<string, Room> _roomsBySlug = new(StringComparer.Ordinal);
    private readonly NameIndex<Room> _roomNames = new();
    private readonly ById<User> _users = new();
    private readonly Dictionary<(string Issuer, string Subject), User> _usersByIdentity = [];
    private readonly ById<Account> _accounts = new();
    private readonly ById<Market> _markets = new();
    private readonly Dictionary<long, Order> _orders = [];
    private readonly Stack<Order> _spareOrders = new();
    private readonly List<Holding> _touchedHoldings = [];
    private readonly List<Market> _touchedMarkets = [];
    private Room? _main;

    private readonly VenueOptions _options;
    private long _lastRoomId, _lastUserId, _lastAccountId, _lastMarketId, _lastOrderId, _lastTradeId, _lastTransferId, _lastSettlementId;
    private long _lastConversionId, _lastExerciseId, _lastCodeId;
    private long _lastPriority;

    // The command being applied.
    private CommitBatch _batch = null!;
    private Moment _now;
    private long _commandNumber;

    public Venue(VenueOptions? options = null) => _options = options ?? new VenueOptions();

    /// <summary>The count of commands that changed something.</summary>
    public long Sequence { get; private set; }

    /// <summary>The time of the last command by the wall clock, microseconds since 1970. The next one may be earlier.</summary>
    public long TimeUs => _now.TimeUs;

    public long LastOrderId => _lastOrderId;

    public int LiveOrderCount => _orders.Count;

    /// <summary>Applies one command and adds what it caused to the batch.</summary>
    /// <param name="command">The command.</param>
    /// <param name="now">When it comes. Its elapsed time must not be less than the last command's.</param>
    /// <param name="batch">Begun, and read by nobody yet.</param>
    public void Apply(in Command command, Moment now, CommitBatch batch)
    {
        _batch = batch;
        _now = now;
        if (command.Kind == CommandKind.OrderBatch)
        {
            ApplyEach(in command);
            return;
        }
        Refusal refusal = ApplyOne(in command);
        if (refusal.IsRefused)
            batch.AnswerRefused(in refusal);
    }

    /// <summary>Applies a command. A refusal is not told: that is for the caller.</summary>
    private Refusal ApplyOne(in Command command)
    {
        _commandNumber++;
        int firstEvent = _batch.EventCount;

        // Events carry the sequence this command has if it changes something; if not, it gives it back.
        long sequence = Sequence;
        Sequence = sequence + 1;
        bool changed = false;
        _auditNote = null;
        Refusal refusal = Admit(in command);
        if (!refusal.IsRefused)
            refusal = Dispatch(in command, out changed);
        if (changed)
        {
            EmitPortfolios();
            Audit(in command);
            _changedSinceSample |= command.Kind != CommandKind.SampleEquity;
        }
        // Samples only note what is: they are written, but nothing happened.
        if (!changed || command.Kind == CommandKind.SampleEquity)
            Sequence = sequence;

        _batch.AddCommand(new AppliedCommand
        {
            Sequence = Sequence,
            TimeUs = _now.TimeUs,
            Kind = command.Kind,
            Origin = command.Origin,
            FirstEvent = firstEvent,
            EventCount = _batch.EventCount - firstEvent,
            Changed = changed,
        });
        return refusal;
    }

    /// <summary>Completes a batch before it is handed on: adds where the best prices are now.</summary>
    public void Seal(CommitBatch batch)
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
            market.Id, market.Room.Info.RoomId, market.Info.IsHidden, bid?.Price, bid?.Total ?? default, offer?.Price, offer?.Total ?? default, market.Trades.LastPrice);
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
            case CommandKind.Tick:
                return Tick(ref changed);
            case CommandKind.ClockSet:
                return ClockSet(ref changed);
            case CommandKind.SampleEquity:
                return SampleEquity(ref changed);
            case CommandKind.Disconnect:
                return Disconnect(in command, ref changed);
            case CommandKind.EnterUser:
                return EnterUser(in command, ref changed);
            case CommandKind.EnterRoom:
                return EnterRoom(in command, ref changed);
        }

        // These do all of what they are asked or nothing.
        Refusal refusal = command.Kind switch
        {
            CommandKind.SetCancelAfter => SetCancelAfter(in command),
            CommandKind.ConvertBasket => ConvertBasket(in command),
            CommandKind.ExerciseOption => ExerciseOption(in command),
            CommandKind.CreateMarket => CreateMarket(in command),
            CommandKind.UpdateMarket => UpdateMarket(in command),
            CommandKind.SetMarketStatus => SetMarketStatus(in command),
            CommandKind.SettleMarket => SettleMarket(in command),
            CommandKind.UndoSettlement => UndoSettlement(in command),
            CommandKind.DeleteMarket => DeleteMarket(in command),
            CommandKind.SetHouseBots => SetHouseBots(in command),
            CommandKind.OpenRoom => OpenRoom(in command),
            CommandKind.UpdateRoom => UpdateRoom(in command),
            CommandKind.InviteToRoom => InviteToRoom(in command),
            CommandKind.SetRole => SetRole(in command),
            CommandKind.OpenAccount => OpenAccount(in command),
            CommandKind.RenameAccount => RenameAccount(in command),
            CommandKind.ShareAccount => ShareAccount(in command),
            CommandKind.RemoveAccountMember => RemoveAccountMember(in command),
            CommandKind.MakeTransfer => MakeTransfer(in command),
            CommandKind.Grant => Grant(in command),
            CommandKind.CreateCode => CreateCode(in command),
            CommandKind.RevokeCode => RevokeCode(in command),
            CommandKind.ClaimCode => ClaimCode(in command),
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
            CommandKind.PreviewOrder => PreviewOrder(in command),
            CommandKind.ActAs => ActAs(),
            CommandKind.SetElevated => SetElevated(in command),
            CommandKind.GetRoom => GetRoom(),
            CommandKind.Subscribe => Subscribe(in command),
            CommandKind.GetLeaderboard => GetLeaderboard(),
            CommandKind.GetRoomSettings => GetRoomSettings(),
            CommandKind.GetCodes => GetCodes(),
            CommandKind.PreviewSettlement => PreviewSettlement(in command),
            CommandKind.GetMembersOverview => GetMembersOverview(),
            CommandKind.GetPerson => GetPerson(in command),
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
    private void EmitPortfolios()
    {
        // By index: trimming cancels orders, which touches the holding that is being looked at, and no other.
        for (int i = 0; i < _touchedHoldings.Count; i++)
        {
            if (_touchedHoldings[i].ReduceOnlyCount > 0)
                TrimReduceOnly(_touchedHoldings[i]);
        }
        foreach (Holding holding in _touchedHoldings)
        {
            Account account = holding.Account;
            if (account.InDeficit)
                ClearDeficit(account);
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
                SettledPosition = holding.SettledPosition,
                SettledSpent = holding.SettledSpent,
                OpenCost = holding.OpenCost,
                SettledOpenCost = holding.SettledOpenCost,
                NetDeposits = account.NetDeposits,
                MoneyMoved = holding.MoneyMoved,
            };
            if (!holding.MoneyMoved)
                continue;
            if (holding.EmittedInBatch == _batch.Number)
                _batch.SupersedePosition(holding.EmittedAt);
            holding.EmittedInBatch = _batch.Number;
            holding.EmittedAt = index;
            RememberCash(account, index);
        }
        _touchedHoldings.Clear();
    }

    private void EmitCash(Account account)
    {
        int index = _batch.NextPortfolioChange;
        ref PortfolioChange change = ref _batch.AddPortfolioChange();
        change = new PortfolioChange
        {
            AccountId = account.Id,
            Cash = account.Cash,
            Available = account.Available,
            NetDeposits = account.NetDeposits,
            MoneyMoved = true,
        };
        if (account.InDeficit)
            ClearDeficit(account);
        RememberCash(account, index);
    }

    /// <summary>An admin may make an account's available negative; once it is back, it is an account like any other.</summary>
    private void ClearDeficit(Account account)
    {
        if (account.Available >= Cash.Zero)
            SetDeficit(account, false);
    }

    private void SetDeficit(Account account, bool inDeficit)
    {
        account.InDeficit = inDeficit;
        _batch.AddRecord(new DeficitChanged(account.Id, inDeficit), isAnswer: false);
    }

    private void RememberCash(Account account, int index)
    {
        if (account.EmittedInBatch == _batch.Number)
            _batch.SupersedeCash(account.EmittedAt);
        account.EmittedInBatch = _batch.Number;
        account.EmittedAt = index;
    }
}
