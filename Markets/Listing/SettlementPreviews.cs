namespace Exchange.Markets;

/// <summary>What a settlement would pay.</summary>
internal sealed class SettlementPreviews(Derivations derivations, SettlementCommands settlements)
{
    public Refusal PreviewSettlement(CommandContext context, in Command command)
    {
        Refusal refusal = settlements.FindToSettle(context, in command, out Market market);
        if (refusal.IsRefused)
            return refusal;
        var prices = new Dictionary<long, Price>();
        var foreseen = new List<ForeseenSettlement>();
        Foresee(context, market, command.Price, prices, foreseen);
        context.Batch.AddRecord(new SettlementPreviewed([.. foreseen]), isAnswer: true);
        return Refusal.None;
    }

    /// <summary>Follows <see cref="SettlementCommands"/> without doing it.</summary>
    /// <param name="prices">Of the markets that would be settled by then.</param>
    private void Foresee(CommandContext context, Market market, Price price, Dictionary<long, Price> prices, List<ForeseenSettlement> foreseen)
    {
        prices.Add(market.Id, price);
        if (Admission.Sees(context, market))
            foreseen.Add(ForeseenIn(context, market, price));
        foreach (Market derived in market.Derived)
        {
            if (derived.Status != MarketStatus.Settled && !prices.ContainsKey(derived.Id)
                && derived.Sources.TrueForAll(s => s.Status == MarketStatus.Settled || prices.ContainsKey(s.Id)))
            {
                Foresee(context, derived, Derivations.DerivedPrice(derived.Info.Derivation!, PriceOf), prices, foreseen);
            }
        }

        Price PriceOf(long marketId) => prices.TryGetValue(marketId, out Price known) ? known : derivations.SettledPrice(marketId);
    }

    /// <remarks>Who holds what is an elevated admin's to read; others read it of their own accounts, and the sums.</remarks>
    private static ForeseenSettlement ForeseenIn(CommandContext context, Market market, Price price)
    {
        int orders = 0, holders = 0;
        Cash paid = default;
        var payouts = new List<ForeseenPayout>();
        foreach (Holding holding in market.Holdings.Values)
        {
            orders += holding.OrderCount;
            if (holding.Position == Quantity.Zero && holding.Spent == Cash.Zero)
                continue;
            holders++;
            Cash amount = price * holding.Position;
            if (amount > Cash.Zero)
                paid += amount;
            if (context.AsAdmin || (context.User!.Accounts.Contains(holding.Account) && Admission.IsWithinKey(context, holding.Account)))
                payouts.Add(new ForeseenPayout(holding.Account.Id, holding.Position, amount, holding.SettledProfit + amount - holding.Spent));
        }
        ForeseenPayout[] largest =
        [
            .. payouts.OrderByDescending(p => p.Amount.TenThousandths).ThenByDescending(p => p.Profit.TenThousandths).ThenBy(p => p.AccountId)
                .Take(Limits.MaxForeseenPayouts),
        ];
        return new ForeseenSettlement(market.Id, price, orders, holders, paid, largest);
    }
}
