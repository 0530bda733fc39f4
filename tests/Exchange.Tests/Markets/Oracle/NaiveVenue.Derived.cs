using Exchange.Markets;

namespace Exchange.Tests.Markets;

// Baskets converted, options exercised.
internal sealed partial class NaiveVenue
{
    private NaiveAnswer Convert(Command command)
    {
        if (MarketOf(command) is not { } market)
            return RefusalCode.MarketNotFound;
        if (!MayTrade(market, command.AccountId))
            return RefusalCode.Forbidden;
        if (market.Derivation is not Basket basket)
            return RefusalCode.WrongKindOfMarket;
        if (market.Status != MarketStatus.Open || basket.Constituents.Any(c => _next.Market(c.MarketId).Status != MarketStatus.Open))
            return RefusalCode.MarketNotOpen;
        long quantity = command.Quantity.Hundredths;
        if (quantity is < 1 or > MaxOrder)
            return RefusalCode.InvalidQuantity;

        long account = command.AccountId, house = _next.House(market.RoomId).AccountId;
        long baskets = command.Direction == ConversionDirection.Create ? quantity : -quantity;
        List<(long MarketId, Int128 Change, Int128 Price)> legs =
            [.. basket.Constituents.Select(c => (c.MarketId, -(Int128)baskets * c.Multiplier, (Int128)(DoubleMark(_next.Market(c.MarketId)) / 2)))];
        legs.Insert(0, (market.MarketId, baskets, PriceOf(basket, id => legs.Single(l => l.MarketId == id).Price)));
        foreach ((long marketId, Int128 change, Int128 price) in legs)
        {
            _next.Change(account, marketId, change, price * change);
            _next.Change(house, marketId, -change, -price * change);
        }
        if (legs.Exists(l => IsBeyondPosition(account, l.MarketId) || IsBeyondMarketsLimit(account, l.MarketId)) || _next.Gross(account) > s_maxGross)
            return RefusalCode.LimitExceeded;
        _next.Told.Add(new BasketConverted(
            ++_next.LastConversionId, market.MarketId, account, command.Direction, command.Quantity, basket.Fee, house,
            [.. legs.Select(l => new ConversionLeg(l.MarketId, Amount(l.Change), new Price((int)l.Price)))], command.UserId));
        if (basket.Fee > Cash.Zero)
            _next.Transfer(market.RoomId, account, house, basket.Fee.TenThousandths, "Conversion fee", command.UserId, TransferKind.Fee, _now.TimeUs);
        NaiveAnswer answer = CheckFunds(account);
        bool isHouseFull = legs.Exists(l => IsBeyondPosition(house, l.MarketId)) || _next.Gross(house) > s_maxGross;
        return answer.Code == RefusalCode.None && isHouseFull ? RefusalCode.LimitExceeded : answer;
    }

    private NaiveAnswer Exercise(Command command)
    {
        if (MarketOf(command) is not { } market)
            return RefusalCode.MarketNotFound;
        if (!MayTrade(market, command.AccountId))
            return RefusalCode.Forbidden;
        if (market.Derivation is not Option { Style: OptionStyle.American } option)
            return RefusalCode.WrongKindOfMarket;
        if (market.Status != MarketStatus.Open || _next.Market(option.UnderlyingId).Status != MarketStatus.Open)
            return RefusalCode.MarketNotOpen;
        long quantity = command.Quantity.Hundredths;
        if (quantity < 1 || quantity > _next.HoldingOf(command.AccountId, market.MarketId).Position)
            return RefusalCode.InvalidQuantity;

        List<(long AccountId, Int128 Quantity)> assigned = Assign(market, quantity);
        foreach ((long writer, _) in assigned)
            _next.CancelAll(o => o.AccountId == writer && o.MarketId == market.MarketId, OrderReason.Assigned);
        foreach ((long accountId, Int128 options) in assigned.Select(a => (a.AccountId, a.Quantity)).Append((command.AccountId, -quantity)))
        {
            // A writer buys their options back for nothing, and sells (call) or buys (put) the underlying at the strike.
            _next.Change(accountId, market.MarketId, options, 0);
            _next.Buy(accountId, option.UnderlyingId, option.Kind == OptionKind.Call ? -options : options, option.Strike.Hundredths);
        }
        if (IsBeyondPosition(command.AccountId, market.MarketId) || IsBeyondPosition(command.AccountId, option.UnderlyingId)
            || _next.Gross(command.AccountId) > s_maxGross)
        {
            return RefusalCode.LimitExceeded;
        }
        if (IsBeyondMarketsLimit(command.AccountId, market.MarketId) || IsBeyondMarketsLimit(command.AccountId, option.UnderlyingId))
            return RefusalCode.LimitExceeded;
        _next.Told.Add(new OptionExercised(
            ++_next.LastExerciseId, market.MarketId, option, command.AccountId, command.Quantity,
            [.. assigned.Select(a => new Assignment(a.AccountId, Amount(a.Quantity)))], command.UserId));
        NaiveAnswer answer = CheckFunds(command.AccountId);

        // Of the assigned, positions alone count: their orders must not keep anyone from exercising.
        bool areFull = assigned.Exists(a => Int128.Abs(_next.HoldingOf(a.AccountId, option.UnderlyingId).Position) > MaxPosition
            || _next.GrossOfPositions(a.AccountId) > s_maxGross);
        return answer.Code == RefusalCode.None && areFull ? RefusalCode.LimitExceeded : answer;
    }

    /// <summary>Among the shorts in proportion to their size, by largest remainder, ties by lower account id.</summary>
    private List<(long AccountId, Int128 Quantity)> Assign(MarketInfo market, Int128 quantity)
    {
        List<(long Id, Int128 Size)> shorts =
        [
            .. _next.Accounts.Select(a => (a.AccountId, -_next.HoldingOf(a.AccountId, market.MarketId).Position)).Where(s => s.Item2 > 0),
        ];
        Int128 all = shorts.Aggregate(Int128.Zero, (sum, s) => sum + s.Size);
        Int128 left = quantity - shorts.Aggregate(Int128.Zero, (sum, s) => sum + (quantity * s.Size / all));
        HashSet<long> getOneMore =
            [.. shorts.OrderByDescending(s => quantity * s.Size % all).ThenBy(s => s.Id).Take((int)left).Select(s => s.Id)];
        return
        [
            .. shorts.Select(s => (s.Id, (quantity * s.Size / all) + (getOneMore.Contains(s.Id) ? 1 : 0))).Where(a => a.Item2 > 0),
        ];
    }
}
