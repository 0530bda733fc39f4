namespace Exchange.Markets;

/// <summary>An order about to be executed: new, or a replaced one with its new terms.</summary>
internal readonly record struct Incoming(Side Side, Price Price, Quantity Quantity, TimeInForce TimeInForce, bool PostOnly);

/// <summary>What an order would do if it were executed now.</summary>
internal struct RiskCheck
{
    public Quantity Filled;
    public Cash FillValue;
    public Quantity Rest;
    public Quantity PositionAfter;
    public Cash WorstCaseAfter;
    public Cash AvailableAfter;
}

/// <summary>A change of one holding that a conversion or an exercise would make, judged before any is made.</summary>
/// <param name="Change">Of the position.</param>
/// <param name="Spent">What it counts as having cost.</param>
/// <param name="Cash">What is really paid.</param>
internal readonly record struct Leg(Holding Holding, Quantity Change, Cash Spent, Cash Cash);

/// <summary>Whether an account can pay whatever comes of an order or a conversion, and keeps within the limits of positions.</summary>
internal static class RiskChecks
{
    /// <summary>
    /// Decides whether an order may be executed, by what would happen now: what fills does so at the resting prices,
    /// what rests counts at its own limit, own orders in its way are cancelled. Changes nothing.
    /// </summary>
    /// <param name="holding">The order's account in its market.</param>
    /// <param name="incoming">The order.</param>
    /// <param name="replaced">The live order it replaces, if it does. It is of the same side.</param>
    public static Refusal Check(Holding holding, in Incoming incoming, Order? replaced, out RiskCheck check)
    {
        check = default;
        (Market market, Account account) = (holding.Market, holding.Account);
        if (incoming.PostOnly && market.Book.NextMatch(incoming.Side, incoming.Price) is { } met)
            return Refusals.WouldMatch(met.Price);
        Exposure after = holding.Exposure;
        if (replaced is not null)
            after.Close(replaced);
        Quantity filled = market.Book.Foresee(incoming.Side, incoming.Price, incoming.Quantity, holding, ref after, out Cash fillValue);
        if (incoming.TimeInForce == TimeInForce.FillOrKill && filled < incoming.Quantity)
            return Refusals.CannotFill(incoming.Quantity, filled);

        Quantity rest = incoming.TimeInForce.Rests() ? incoming.Quantity - filled : Quantity.Zero;
        after.Trade(incoming.Side, filled);
        after.Open(incoming.Side, incoming.Price, rest);
        if (holding.ReduceOnlyCount > 0)
            LeaveOutTrimmed(holding, incoming.Side, replaced, ref after);

        int liveOrders = holding.OrderCount - (replaced is null ? 0 : 1);
        if (rest > Quantity.Zero && liveOrders >= Limits.MaxLiveOrdersPerHolding)
            return Refusals.LiveOrdersLimit;
        Refusal refusal = CheckPosition(holding, in after, itsLimitToo: true);
        if (refusal.IsRefused)
            return refusal;
        if ((account.GrossSum - holding.Gross + after.Gross(market)).TenThousandths > Limits.MaxGross)
            return Refusals.GrossLimit;
        Cash worst = after.WorstCase(market);
        Cash cash = incoming.Side == Side.Buy ? account.Cash - fillValue : account.Cash + fillValue;
        Cash availableAfter = cash + (account.WorstCaseSum - holding.WorstCase + worst);
        if (availableAfter < Cash.Zero && availableAfter < account.Available)
            return Refusals.InsufficientFunds(account.Available - availableAfter, account.Available);
        check = new RiskCheck
        {
            Filled = filled,
            FillValue = fillValue,
            Rest = rest,
            PositionAfter = after.Position,
            WorstCaseAfter = worst,
            AvailableAfter = availableAfter,
        };
        return Refusal.None;
    }

    /// <summary>Whether legs may be made of an account's holdings, each in another market.</summary>
    /// <param name="fee">What is paid besides.</param>
    /// <param name="payer">Whose money it must be; other accounts are only kept from overflowing.</param>
    public static Refusal Check(Account account, ReadOnlySpan<Leg> legs, Cash fee, bool payer)
    {
        Cash cash = account.Cash - fee, worstSum = account.WorstCaseSum, grossSum = account.GrossSum;
        foreach (ref readonly Leg leg in legs)
        {
            Holding holding = leg.Holding;
            Exposure after = holding.Exposure;
            after.Position += leg.Change;
            Refusal refusal = CheckPosition(holding, in after, itsLimitToo: payer);
            if (refusal.IsRefused)
                return refusal;
            cash -= leg.Cash;
            worstSum += after.WorstCase(holding.Market) - holding.WorstCase;
            grossSum += after.Gross(holding.Market) - holding.Gross;
        }
        if (grossSum.TenThousandths > Limits.MaxGross)
            return Refusals.GrossLimit;
        Cash before = account.Available, availableAfter = cash + worstSum;
        return payer && availableAfter < Cash.Zero && availableAfter < before
            ? Refusals.InsufficientFunds(before - availableAfter, before)
            : Refusal.None;
    }

    /// <summary>Whether a position keeps within what can be counted, and within its market's own limit.</summary>
    /// <param name="itsLimitToo">The market's own limit counts too.</param>
    private static Refusal CheckPosition(Holding holding, in Exposure after, bool itsLimitToo)
    {
        if (after.Longest.Hundredths > Limits.MaxPosition || after.Shortest.Hundredths < -Limits.MaxPosition)
            return Refusals.PositionLimit;
        return itsLimitToo && ExceedsMaxPosition(holding, in after) ? Refusals.PositionTooLarge(holding.Market.Info.MaxPosition) : Refusal.None;
    }

    /// <summary>Whether a market's own limit is passed, and by more than before: what comes nearer to it is never refused.</summary>
    private static bool ExceedsMaxPosition(Holding holding, in Exposure after)
    {
        Quantity most = holding.Market.Info.MaxPosition;
        return most > Quantity.Zero
            && ((after.Longest > most && after.Longest > holding.Exposure.Longest)
                || (-after.Shortest > most && after.Shortest < holding.Exposure.Shortest));
    }

    /// <summary>
    /// Leaves out of the open orders those that an order of this side pushes out: the reduce-only ones that
    /// <see cref="OrderExecution"/> will cancel when it is done, in its order.
    /// </summary>
    private static void LeaveOutTrimmed(Holding holding, Side side, Order? replaced, ref Exposure after)
    {
        Quantity closable = after.ClosableBy(side);
        for (Order? order = holding.LastOrder; order is not null && after.OpenOn(side) > closable; order = order.PreviousOfHolding)
        {
            if (order.ReduceOnly && order.Side == side && order != replaced)
                after.Close(order);
        }
    }
}
