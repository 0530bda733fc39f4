using Exchange.Markets;

namespace Exchange.Tests.Markets;

// What happens because time passed or a connection ended.
internal sealed partial class NaiveVenue
{
    private NaiveAnswer SetCancelAfter(Command command)
    {
        if (command.TimeoutUs is not 0 and (< 1_000_000 or > 86_400_000_000))
            return RefusalCode.InvalidField;
        SwitchTo(command.AccountId, command.TimeoutUs, command.TimeoutUs);
        return NaiveAnswer.Done;
    }

    private void SwitchTo(long accountId, long timeoutUs, long leftUs)
    {
        _next.Armed[accountId] = (timeoutUs, _now.ElapsedUs + leftUs);
        if (timeoutUs == 0)
            _next.Armed.Remove(accountId);
        _next.CancelTimes[accountId] = timeoutUs == 0 ? 0 : _now.TimeUs + leftUs;
        _next.Told.Add(new CancelAfterSet(accountId, _next.CancelTimes[accountId], timeoutUs));
    }

    private NaiveAnswer Tick()
    {
        int expired = _next.CancelAll(o => o.ExpiresTimeUs != 0 && o.ExpiresTimeUs <= _now.TimeUs, OrderReason.Expired);
        List<long> due = [.. _next.Armed.Where(a => a.Value.DueUs <= _now.ElapsedUs).OrderBy(a => (a.Value.DueUs, a.Key)).Select(a => a.Key)];
        foreach (long accountId in due)
        {
            SwitchTo(accountId, 0, 0);
            _next.CancelAll(o => o.AccountId == accountId, OrderReason.CancelAfter);
        }
        List<MarketInfo> closing = [.. _next.Markets.Where(m => IsToClose(m) && m.CloseTimeUs <= _now.TimeUs)];
        foreach (MarketInfo market in closing)
        {
            MarketInfo halted = market with { Status = MarketStatus.Halted, StatusTimeUs = _now.TimeUs };
            NaiveState.Replace(_next.Markets, market, halted);
            _next.Told.Add(new MarketChanged(halted, IsNew: false, IsStatusNew: true, ByUserId: 0));
        }
        return NaiveAnswer.Done with { Changed = expired + due.Count + closing.Count > 0, IsAnswered = false };
    }

    private static bool IsToClose(MarketInfo market) =>
        market.CloseTimeUs > 0 && market.Status != MarketStatus.Halted && market.Status != MarketStatus.Settled;

    /// <summary>The clock on the wall was set; switches go off when they would have.</summary>
    private NaiveAnswer SetClock()
    {
        foreach ((long accountId, (long timeoutUs, long dueUs)) in _next.Armed.ToList())
            SwitchTo(accountId, timeoutUs, dueUs - _now.ElapsedUs);
        return NaiveAnswer.Done with { Changed = _next.Armed.Count > 0, IsAnswered = false };
    }

    /// <summary>A restart: a switch goes on with what the clock on the wall says is left of it, and at most all of it.</summary>
    public void Restart(Moment now)
    {
        _now = now;
        foreach ((long accountId, (long timeoutUs, _)) in _state.Armed.ToList())
        {
            long leftUs = Math.Min(Math.Max(0, _state.CancelTimes[accountId] - now.TimeUs), timeoutUs);
            _state.Armed[accountId] = (timeoutUs, now.ElapsedUs + leftUs);
            _state.CancelTimes[accountId] = now.TimeUs + leftUs;
        }
        ForgetConnections();
    }

    /// <summary>How long until the next order expires, the next market closes or the next switch goes off.</summary>
    public long UntilTickUs(Moment now) => _state.Live.Where(o => o.ExpiresTimeUs != 0).Select(o => o.ExpiresTimeUs - now.TimeUs)
        .Concat(_state.Markets.Where(IsToClose).Select(m => m.CloseTimeUs - now.TimeUs))
        .Concat(_state.Armed.Values.Select(a => a.DueUs - now.ElapsedUs)).DefaultIfEmpty(long.MaxValue).Min();

    private NaiveAnswer Disconnect(Command command)
    {
        int session = command.Origin.Session;
        long[] accounts = ((Disconnection?)command.Details)?.AccountIds ?? [];
        int count = _next.CancelAll(
            o => o.CancelOnDisconnect && (session == 0 ? o.Session < 0 : o.Session == session && accounts.Contains(o.AccountId)), OrderReason.Disconnected);
        return NaiveAnswer.Done with { Changed = count > 0, IsAnswered = false };
    }

    /// <summary>After a restart nobody knows which connection an order came from, nor what was sampled.</summary>
    private void ForgetConnections()
    {
        foreach (NaiveOrder order in _state.Live.ToList())
            NaiveState.Replace(_state.Live, order, order with { Session = -1 });
    }

    private NaiveAnswer SampleEquity()
    {
        List<WorthSample> samples = [];
        foreach (AccountInfo account in _next.Accounts.Where(a => !a.IsHouse && !_next.Room(a.RoomId).IsArchived).OrderBy(a => a.RoomId))
        {
            EquitySample whole = Worth(account), told = PublicWorth(account);
            bool isKnown = _next.Sampled.TryGetValue(account.AccountId, out (Int128 Equity, Int128 PublicEquity) last);
            bool isToldNew = !isKnown || last.PublicEquity != told.Equity.TenThousandths;
            if (!isToldNew && last.Equity == whole.Equity.TenThousandths)
                continue;
            _next.Sampled[account.AccountId] = (whole.Equity.TenThousandths, told.Equity.TenThousandths);
            samples.Add(new WorthSample(account.AccountId, whole.Equity, whole.Profit, isToldNew ? told.Equity : null));
        }
        if (samples.Count > 0)
            _next.Told.Add(new EquitySampled([.. samples]));
        return NaiveAnswer.Done with { Changed = samples.Count > 0, Counts = false, IsAnswered = false };
    }

    /// <summary>Cash and each position at its market's mark; and what of that was not given.</summary>
    private EquitySample Worth(AccountInfo account)
    {
        Int128 equity = _state.Cash[account.AccountId];
        foreach (MarketInfo market in _state.Markets.Where(m => _state.HoldingOf(account.AccountId, m.MarketId).Position != 0))
            equity += _state.HoldingOf(account.AccountId, market.MarketId).Position * DoubleMark(market) / 2;
        return new EquitySample(account.AccountId, Money(equity), Money(equity - _state.NetDeposits[account.AccountId]));
    }

    /// <summary>What others may know of it: positions where they do not see who has them count at what they cost.</summary>
    private EquitySample PublicWorth(AccountInfo account)
    {
        Int128 equity = _state.Cash[account.AccountId];
        foreach (MarketInfo market in _state.Markets)
        {
            NaiveHolding holding = _state.HoldingOf(account.AccountId, market.MarketId);
            equity += market.IsAnonymous || market.IsHidden ? holding.Spent : holding.Position * DoubleMark(market) / 2;
        }
        return new EquitySample(account.AccountId, Money(equity), Money(equity - _state.NetDeposits[account.AccountId]));
    }

    /// <summary>
    /// Twice the mark: settlement price; of a basket, what its constituents' come to; else middle of the best prices, else last trade
    /// (unless the range is another since, and it is outside), else
    /// an option's payoff at its underlying's (whole) mark, else middle of the range.
    /// </summary>
    private long DoubleMark(MarketInfo market)
    {
        if (market.SettlementPrice is { } settled)
            return 2L * settled.Hundredths;
        if (market.Derivation is Basket basket)
            return basket.Constituents.Sum(c => c.Multiplier * DoubleMark(_state.Market(c.MarketId)));
        NaiveOrder? bid = _state.Book(market.MarketId, Side.Buy).FirstOrDefault(), offer = _state.Book(market.MarketId, Side.Sell).FirstOrDefault();
        if (bid is not null && offer is not null)
            return (long)bid.Price + offer.Price;
        if (TradesOf[market.MarketId].LastOrDefault() is { } last && last.Price >= market.Min.Hundredths && last.Price <= market.Max.Hundredths)
            return 2L * last.Price;
        return market.Derivation is Option option
            ? 2L * option.PayoffAt(new Price((int)(DoubleMark(_state.Market(option.UnderlyingId)) / 2))).Hundredths
            : (long)market.Min.Hundredths + market.Max.Hundredths;
    }
}
