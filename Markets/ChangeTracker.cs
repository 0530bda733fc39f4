namespace Exchange.Markets;

/// <summary>
/// Notes what a command touched, and emits it once at the end: an account's sums after the whole command, a market's best prices after
/// the whole batch.
/// </summary>
internal sealed class ChangeTracker
{
    private readonly List<Market> _touchedMarkets = [];

    /// <summary>The holdings that the command has touched so far.</summary>
    public List<Holding> TouchedHoldings { get; } = [];

    /// <summary>Completes a batch before it is handed on: adds where the best prices are now.</summary>
    public void Seal(CommitBatch batch)
    {
        foreach (Market market in _touchedMarkets)
            batch.AddTop(TopOf(market));
        _touchedMarkets.Clear();
    }

    public static MarketTop TopOf(Market market)
    {
        PriceLevel? bid = market.Book.Bids.Best, offer = market.Book.Offers.Best;
        return new MarketTop(
            market.Id, market.Room.Info.RoomId, market.Info.IsHidden, bid?.Price, bid?.Total ?? default, offer?.Price, offer?.Total ?? default, market.Trades.LastPrice);
    }

    /// <summary>Marks a holding whose account hears of it at the end of the command.</summary>
    public void Touch(CommandContext context, Holding holding, bool moneyMoved)
    {
        if (holding.TouchedByCommand != context.Number)
        {
            holding.TouchedByCommand = context.Number;
            holding.MoneyMoved = false;
            TouchedHoldings.Add(holding);
        }
        holding.MoneyMoved |= moneyMoved;
    }

    public void Touch(CommandContext context, Market market)
    {
        if (market.TouchedInBatch != context.Batch.Number)
        {
            market.TouchedInBatch = context.Batch.Number;
            _touchedMarkets.Add(market);
        }
    }

    public void EmitTouched(CommandContext context)
    {
        foreach (Holding holding in TouchedHoldings)
        {
            Account account = holding.Account;
            if (account.InDeficit)
                ClearDeficit(context, account);
            int index = context.Batch.NextPortfolioChange;
            ref PortfolioChange change = ref context.Batch.AddPortfolioChange();
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
            if (holding.EmittedInBatch == context.Batch.Number)
                context.Batch.SupersedePosition(holding.EmittedAt);
            holding.EmittedInBatch = context.Batch.Number;
            holding.EmittedAt = index;
            RememberCash(context, account, index);
        }
        TouchedHoldings.Clear();
    }

    /// <summary>A market that is deleted has no best prices to emit any more.</summary>
    public void Forget(Market market) => _touchedMarkets.Remove(market);

    public static void EmitCash(CommandContext context, Account account)
    {
        int index = context.Batch.NextPortfolioChange;
        ref PortfolioChange change = ref context.Batch.AddPortfolioChange();
        change = new PortfolioChange
        {
            AccountId = account.Id,
            Cash = account.Cash,
            Available = account.Available,
            NetDeposits = account.NetDeposits,
            MoneyMoved = true,
        };
        if (account.InDeficit)
            ClearDeficit(context, account);
        RememberCash(context, account, index);
    }

    /// <summary>An admin may make an account's available negative; once it is back, it is an account like any other.</summary>
    private static void ClearDeficit(CommandContext context, Account account)
    {
        if (account.Available >= Cash.Zero)
            SetDeficit(context, account, false);
    }

    public static void SetDeficit(CommandContext context, Account account, bool inDeficit)
    {
        account.InDeficit = inDeficit;
        context.Batch.AddRecord(new DeficitChanged(account.Id, inDeficit), isAnswer: false);
    }

    private static void RememberCash(CommandContext context, Account account, int index)
    {
        if (account.EmittedInBatch == context.Batch.Number)
            context.Batch.SupersedeCash(account.EmittedAt);
        account.EmittedInBatch = context.Batch.Number;
        account.EmittedAt = index;
    }
}
