using Exchange.Markets;

namespace Exchange.Tests.Markets;

// What happens because time passed or a connection ended.
internal sealed partial class NaiveVenue
{
    private NaiveAnswer SetCancelAfter(Command command)
    {
        if (command.TimeoutUs is not 0 and (< 1_000_000 or > 86_400_000_000))
            return RefusalCode.InvalidField;
        SwitchTo(command.AccountId, command.TimeoutUs == 0 ? 0 : _timeUs + command.TimeoutUs);
        return NaiveAnswer.Done;
    }

    private void SwitchTo(long accountId, long cancelTimeUs)
    {
        _next.CancelTimes[accountId] = cancelTimeUs;
        _next.Told.Add(new CancelAfterSet(accountId, cancelTimeUs));
    }

    private NaiveAnswer Tick()
    {
        int expired = _next.CancelAll(o => o.ExpiresTimeUs != 0 && o.ExpiresTimeUs <= _timeUs, OrderReason.Expired);
        List<long> due = [.. _next.CancelTimes.Where(c => c.Value != 0 && c.Value <= _timeUs).OrderBy(c => (c.Value, c.Key)).Select(c => c.Key)];
        foreach (long accountId in due)
        {
            SwitchTo(accountId, 0);
            _next.CancelAll(o => o.AccountId == accountId, OrderReason.CancelAfter);
        }
        return NaiveAnswer.Done with { Changed = expired + due.Count > 0, IsAnswered = false };
    }

    /// <summary>When the next order expires or the next switch goes off.</summary>
    public long NextTickUs => _state.Live.Where(o => o.ExpiresTimeUs != 0).Select(o => o.ExpiresTimeUs)
        .Concat(_state.CancelTimes.Values.Where(t => t != 0)).DefaultIfEmpty(long.MaxValue).Min();

    private NaiveAnswer Disconnect(Command command)
    {
        int session = command.Origin.Session;
        long[] accounts = (long[]?)command.Details ?? [];
        int count = _next.CancelAll(
            o => o.CancelOnDisconnect && (session == 0 ? o.Session < 0 : o.Session == session && accounts.Contains(o.AccountId)), OrderReason.Disconnected);
        return NaiveAnswer.Done with { Changed = count > 0, IsAnswered = false };
    }

    /// <summary>After a restart nobody knows which connection an order came from, nor what was sampled.</summary>
    public void ForgetConnections()
    {
        foreach (NaiveOrder order in _state.Live.ToList())
            NaiveState.Replace(_state.Live, order, order with { Session = -1 });
    }

    private NaiveAnswer SampleEquity()
    {
        List<EquitySample> samples = [];
        foreach (AccountInfo account in _next.Accounts.Where(a => !a.IsHouse && !_next.Room(a.RoomId).IsArchived).OrderBy(a => a.RoomId))
        {
            EquitySample sample = Worth(account);
            if (_next.Sampled.TryGetValue(account.AccountId, out (Int128 Equity, Int128 Profit) last) && last.Equity == sample.Equity.TenThousandths)
                continue;
            _next.Sampled[account.AccountId] = (sample.Equity.TenThousandths, sample.Profit.TenThousandths);
            samples.Add(sample);
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
        return new EquitySample(account.AccountId, Money(equity), Money(equity - _state.Received[account.AccountId]));
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
        return new EquitySample(account.AccountId, Money(equity), Money(equity - _state.Received[account.AccountId]));
    }

    /// <summary>
    /// Twice the mark: settlement price; of a basket, what its constituents' come to; else middle of the best prices, else last trade, else
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
        if (TradesOf[market.MarketId].LastOrDefault() is { } last)
            return 2L * last.Price;
        return market.Derivation is Option option
            ? 2L * option.PayoffAt(new Price((int)(DoubleMark(_state.Market(option.UnderlyingId)) / 2))).Hundredths
            : (long)market.Min.Hundredths + market.Max.Hundredths;
    }
}
