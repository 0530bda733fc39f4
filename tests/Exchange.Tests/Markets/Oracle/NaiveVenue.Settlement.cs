using Exchange.Markets;

namespace Exchange.Tests.Markets;

// Settling, what settles with it, and taking it back.
internal sealed partial class NaiveVenue
{
    private NaiveAnswer Settle(Command command)
    {
        if (WhyNotSettle(command) is not RefusalCode.None and var code)
            return code;
        Settle(MarketOf(command)!, command.Price.Hundredths, causeId: 0);
        return NaiveAnswer.Done;
    }

    /// <summary>Settles a copy, and tells what was paid there.</summary>
    private NaiveAnswer ForeseeSettlement(Command command)
    {
        if (WhyNotSettle(command) is not RefusalCode.None and var code)
            return code;
        NaiveState now = _next;
        _next = now.Copy();
        Settle(MarketOf(command)!, command.Price.Hundredths, causeId: 0);
        List<ForeseenSettlement> foreseen = [];
        foreach (MarketSettled settled in _next.Told.OfType<MarketSettled>().Where(s => Sees(now.Market(s.MarketId))))
        {
            long id = settled.MarketId;
            ForeseenPayout[] payouts =
            [
                .. settled.Payouts.Where(p => _asAdmin || (IsWithinKey(p.AccountId) && now.ShareOf(_user!.UserId, p.AccountId) is not null))
                    .Select(p => new ForeseenPayout(p.AccountId, p.Position, p.Amount, Money(_next.HoldingOf(p.AccountId, id).SettledProfit)))
                    .OrderBy(p => p.AccountId).OrderByDescending(p => (p.Amount.TenThousandths, p.Profit.TenThousandths)),
            ];
            foreseen.Add(new ForeseenSettlement(
                id, settled.Price, now.Live.Count(o => o.MarketId == id), settled.Payouts.Length,
                Money(settled.Payouts.Aggregate(Int128.Zero, (sum, p) => sum + Int128.Max(0, p.Amount.TenThousandths))), payouts));
        }
        _next = now;
        return NaiveAnswer.Shown(new SettlementPreviewed([.. foreseen]));
    }

    private RefusalCode WhyNotSettle(Command command)
    {
        if (MarketOf(command) is not { } market)
            return RefusalCode.MarketNotFound;
        if (market.OwnerUserId != _user!.UserId && _role != Role.Admin)
            return RefusalCode.Forbidden;
        if (market.OwnerUserId != _user.UserId && !_asAdmin)
            return RefusalCode.NotElevated;
        if (market.Derivation is not null)
            return RefusalCode.MarketDerived;
        if (market.Status == MarketStatus.Settled)
            return RefusalCode.MarketNotOpen;
        if (command.Price < market.Min || command.Price > market.Max)
            return RefusalCode.InvalidPrice;
        return RefusalCode.None;
    }

    private void Settle(MarketInfo market, Int128 price, long causeId)
    {
        long marketId = market.MarketId;
        _next.CancelAll(o => o.MarketId == marketId, OrderReason.MarketSettled);
        var payouts = new List<Payout>();
        foreach (AccountInfo account in _next.Accounts)
        {
            NaiveHolding holding = _next.HoldingOf(account.AccountId, marketId);
            if (holding.Position == 0 && holding.Spent == 0)
                continue;
            Int128 amount = price * holding.Position;
            _next.Cash[account.AccountId] += amount;
            _next.Holdings[(account.AccountId, marketId)] = new NaiveHolding(
                0, 0, amount - holding.Spent, SettledPosition: holding.Position, SettledSpent: holding.Spent,
                SettledOpenCost: holding.OpenCost);
            payouts.Add(new Payout(account.AccountId, Amount(holding.Position), Money(amount)));
        }
        var settled = new Price((int)price);
        long settlementId = ++_next.LastSettlementId;
        _next.SettlementIds[marketId] = settlementId;
        Set(market, market with { Status = MarketStatus.Settled, StatusTimeUs = _now.TimeUs, SettlementPrice = settled }, isStatusNew: true);
        _next.Told.Add(new MarketSettled(settlementId, marketId, settled, _user!.UserId, causeId, [.. payouts]));

        foreach (long derivedId in _next.Markets.Where(m => SourcesOf(m.Derivation).Contains(marketId)).Select(m => m.MarketId).ToList())
        {
            MarketInfo derived = _next.Market(derivedId);
            if (derived.Status == MarketStatus.Settled || SourcesOf(derived.Derivation).Any(id => _next.Market(id).Status != MarketStatus.Settled))
                continue;
            Settle(derived, PriceOf(derived.Derivation!, id => _next.Market(id).SettlementPrice!.Value.Hundredths), settlementId);
        }
    }

    private NaiveAnswer Undo(Command command)
    {
        if (MarketOf(command) is not { } market)
            return RefusalCode.MarketNotFound;
        if (market.Status != MarketStatus.Settled)
            return RefusalCode.MarketNotSettled;
        if (market.Derivation is not null)
            return RefusalCode.MarketDerived;
        foreach (MarketInfo undone in _next.Markets.Where(m => m.Status == MarketStatus.Settled && (m == market || DerivesFrom(m, market.MarketId))).ToList())
            TakeBack(undone);
        if (Owed(market.RoomId) > s_maxIssued || Most(market.RoomId) > s_maxIssued
            || _next.Accounts.Exists(a => a.RoomId == market.RoomId && _next.Gross(a.AccountId) > s_maxGross))
        {
            return RefusalCode.LimitExceeded;
        }
        foreach (AccountInfo account in _next.Accounts.Where(a => !a.IsHouse && a.RoomId == market.RoomId))
            ForceIfShort(account.AccountId);
        return NaiveAnswer.Done;
    }

    private bool DerivesFrom(MarketInfo market, long sourceId) =>
        SourcesOf(market.Derivation).Any(id => id == sourceId || DerivesFrom(_next.Market(id), sourceId));

    private void TakeBack(MarketInfo market)
    {
        var payouts = new List<Payout>();
        foreach (AccountInfo account in _next.Accounts)
        {
            NaiveHolding holding = _next.HoldingOf(account.AccountId, market.MarketId);
            if (holding == NaiveHolding.Nothing)
                continue;
            Int128 amount = market.SettlementPrice!.Value.Hundredths * holding.SettledPosition;
            _next.Cash[account.AccountId] -= amount;
            _next.Holdings[(account.AccountId, market.MarketId)] = new NaiveHolding(
                holding.SettledPosition, holding.SettledSpent, 0, OpenCost: holding.SettledOpenCost);
            payouts.Add(new Payout(account.AccountId, Amount(holding.SettledPosition), Money(amount)));
        }
        _next.SettlementIds.Remove(market.MarketId, out long settlementId);
        Set(market, market with { Status = MarketStatus.Halted, StatusTimeUs = _now.TimeUs, SettlementPrice = null }, isStatusNew: true);
        _next.Told.Add(new SettlementUndone(settlementId, market.MarketId, _user!.UserId, [.. payouts]));
    }

    private void ForceIfShort(long accountId)
    {
        if (_next.Available(accountId) < 0 && _next.InDeficit.Add(accountId))
            _next.Told.Add(new DeficitChanged(accountId, true));
    }
}
