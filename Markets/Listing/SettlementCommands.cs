namespace Exchange.Markets;

/// <summary>Markets are settled, and settlements undone.</summary>
internal sealed class SettlementCommands(VenueState state, Admission admission, ChangeTracker changes, Derivations derivations, OrderExecution execution)
{
    public Refusal SettleMarket(CommandContext context, in Command command)
    {
        Refusal refusal = FindToSettle(context, in command, out Market market);
        if (!refusal.IsRefused)
            Settle(context, market, command.Price, causeId: 0, isAnswer: true);
        return refusal;
    }

    /// <summary>The market that a command names, if it may be settled at the command's price.</summary>
    public Refusal FindToSettle(CommandContext context, in Command command, out Market market)
    {
        Refusal refusal = admission.FindMarket(context, command.MarketId, out market);
        if (refusal.IsRefused)
            return refusal;
        if (market.Info.OwnerUserId != command.UserId && !context.AsAdmin)
            return context.Member!.Role == Role.Admin ? Refusals.NotElevated : Refusals.NotOwner;
        if (market.Sources.Count > 0)
            return Refusals.Derived(market.Sources[0].Id);
        if (market.Status == MarketStatus.Settled)
            return Refusals.MarketNotOpen(market.Status);
        Price price = command.Price;
        if (price < market.Min || price > market.Max)
            return Refusals.PriceOutOfRange(price, market);
        return Refusal.None;
    }

    /// <summary>Settles a market, and in the same step those that derive from it and whose price is then known.</summary>
    /// <param name="causeId">The settlement that made the price known; 0: it was given.</param>
    private void Settle(CommandContext context, Market market, Price price, long causeId, bool isAnswer)
    {
        var payouts = new List<Payout>();
        foreach (Holding holding in market.Holdings.Values.OrderBy(h => h.Account.Id))
        {
            execution.CancelAll(context, holding, side: 0, OrderReason.MarketSettled);
            if (holding.Position == Quantity.Zero && holding.Spent == Cash.Zero)
                continue;
            Cash amount = price * holding.Position;
            payouts.Add(new Payout(holding.Account.Id, holding.Position, amount));
            holding.Account.Cash += amount;
            holding.SettledProfit += amount - holding.Spent;
            holding.SettledPosition = holding.Position;
            holding.SettledSpent = holding.Spent;
            holding.SettledOpenCost = holding.OpenCost;
            holding.Position = Quantity.Zero;
            holding.Spent = holding.OpenCost = Cash.Zero;
            holding.Revalue();
            changes.Touch(context, holding, moneyMoved: true);
        }

        market.SettlementId = ++state.LastSettlementId;
        state.HouseBotsVersion++;
        market.Info = market.Info with { Status = MarketStatus.Settled, SettlementPrice = price, StatusTimeUs = context.Now.TimeUs };
        execution.TouchBook(context, market);
        long userId = context.User!.Info.UserId;
        context.Batch.AddRecord(new MarketChanged(market.Info, IsNew: false, IsStatusNew: true, userId), isAnswer);
        context.Batch.AddRecord(new MarketSettled(market.SettlementId, market.Id, price, userId, causeId, [.. payouts]), isAnswer: false);

        foreach (Market derived in market.Derived)
        {
            if (derived.Status != MarketStatus.Settled && derived.Sources.TrueForAll(s => s.Status == MarketStatus.Settled))
                Settle(context, derived, Derivations.DerivedPrice(derived.Info.Derivation!, derivations.SettledPrice), market.SettlementId, isAnswer: false);
        }
    }

    public Refusal UndoSettlement(CommandContext context, in Command command)
    {
        Refusal refusal = admission.FindMarket(context, command.MarketId, out Market market);
        if (refusal.IsRefused)
            return refusal;
        if (market.Status != MarketStatus.Settled)
            return Refusals.NotSettled;
        if (market.Sources.Count > 0)
            return Refusals.Derived(market.Sources[0].Id);
        List<Market> undone = [];
        AddSettledFrom(market, undone);
        if (!MayUndo(market.Room, undone))
            return Refusals.IssuedLimit;

        // What derives from others is undone before them.
        for (int i = undone.Count - 1; i >= 0; i--)
            Undo(context, undone[i], isAnswer: i == 0);
        foreach (Market one in undone)
        {
            foreach (Holding holding in one.Holdings.Values.OrderBy(h => h.Account.Id))
            {
                if (!holding.Account.IsHouse && !holding.Account.InDeficit && holding.Account.Available < Cash.Zero)
                    ChangeTracker.SetDeficit(context, holding.Account, true);
            }
        }
        return Refusal.None;
    }

    /// <summary>A market and every one that settled because of it, each after what it derives from.</summary>
    private static void AddSettledFrom(Market market, List<Market> found)
    {
        found.Remove(market);
        found.Add(market);
        foreach (Market derived in market.Derived)
        {
            if (derived.Status == MarketStatus.Settled)
                AddSettledFrom(derived, found);
        }
    }

    /// <summary>Whether sums stay countable when what these settlements paid is taken back, from those who spent it too.</summary>
    private static bool MayUndo(Room room, List<Market> undone)
    {
        var after = new Dictionary<Account, (Int128 Available, Int128 Gross)>();
        foreach (Market market in undone)
        {
            Price price = market.Info.SettlementPrice!.Value;
            foreach (Holding holding in market.Holdings.Values)
            {
                Account account = holding.Account;
                var again = new Exposure { Position = holding.SettledPosition };
                if (!after.TryGetValue(account, out (Int128 Available, Int128 Gross) sums))
                    sums = (account.Available.TenThousandths, account.GrossSum.TenThousandths);
                sums.Available += again.WorstCase(market).TenThousandths - (price * again.Position).TenThousandths;
                sums.Gross += again.Gross(market).TenThousandths;
                after[account] = sums;
            }
        }
        Int128 owed = Money.Owed(room);
        foreach ((Account account, (Int128 available, _)) in after)
        {
            if (!account.IsHouse)
                owed += Int128.Max(0, -available) - Int128.Max(0, -account.Available.TenThousandths);
        }
        return owed <= Limits.MaxIssued && Money.Issued(room) + owed <= Limits.MaxIssued && after.Values.All(a => a.Gross <= Limits.MaxGross);
    }

    /// <summary>Takes back what one settlement paid.</summary>
    private void Undo(CommandContext context, Market market, bool isAnswer)
    {
        Price price = market.Info.SettlementPrice!.Value;
        var payouts = new List<Payout>();
        foreach (Holding holding in market.Holdings.Values.OrderBy(h => h.Account.Id))
        {
            if (holding.SettledPosition == Quantity.Zero && holding.SettledSpent == Cash.Zero)
                continue;
            Cash amount = price * holding.SettledPosition;
            payouts.Add(new Payout(holding.Account.Id, holding.SettledPosition, amount));
            holding.Account.Cash -= amount;
            holding.SettledProfit -= amount - holding.SettledSpent;
            holding.Position = holding.SettledPosition;
            holding.Spent = holding.SettledSpent;
            holding.OpenCost = holding.SettledOpenCost;
            holding.SettledPosition = Quantity.Zero;
            holding.SettledSpent = holding.SettledOpenCost = Cash.Zero;
            holding.Revalue();
            changes.Touch(context, holding, moneyMoved: true);
        }

        long settlementId = market.SettlementId, userId = context.User!.Info.UserId;
        market.SettlementId = 0;
        market.Info = market.Info with { Status = MarketStatus.Halted, SettlementPrice = null, StatusTimeUs = context.Now.TimeUs };
        changes.Touch(context, market);
        context.Batch.AddRecord(new MarketChanged(market.Info, IsNew: false, IsStatusNew: true, userId), isAnswer);
        context.Batch.AddRecord(new SettlementUndone(settlementId, market.Id, userId, [.. payouts]), isAnswer: false);
    }
}
