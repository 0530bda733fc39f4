namespace Exchange.Markets;

/// <summary>Baskets turned into their constituents and back, and options exercised.</summary>
internal sealed class DerivedCommands(VenueState state, Admission admission, ChangeTracker changes, Money money, OrderExecution execution)
{
    /// <summary>
    /// Whether a writer's positions stay countable. Open orders are left out of it: else a writer could place some that cost nothing, far
    /// from the market, and nobody could exercise. They keep within the limits themselves, so sums stay within twice those.
    /// </summary>
    private static bool CanBeAssigned(ReadOnlySpan<Leg> legs)
    {
        Int128 gross = 0;
        foreach (Holding holding in legs[0].Holding.Account.Holdings)
        {
            Quantity position = holding.Position;
            foreach (ref readonly Leg leg in legs)
            {
                if (leg.Holding == holding)
                    position += leg.Change;
            }
            if (Math.Abs(position.Hundredths) > Limits.MaxPosition)
                return false;
            gross += Int128.Abs(position.Hundredths) * holding.Market.FurthestPrice.Hundredths;
        }
        return gross <= Limits.MaxGross;
    }

    private void Make(CommandContext context, ReadOnlySpan<Leg> legs)
    {
        foreach (ref readonly Leg leg in legs)
        {
            Holding holding = leg.Holding;
            holding.Take(leg.Change, leg.Spent);
            holding.Account.Cash -= leg.Cash;
            holding.Revalue();
            changes.Touch(context, holding, moneyMoved: true);
        }
    }

    public Refusal ConvertBasket(CommandContext context, in Command command)
    {
        Refusal refusal = admission.FindTradable(context, command.MarketId, out Market market);
        if (refusal.IsRefused)
            return refusal;
        if (market.Info.Derivation is not Basket basket)
            return Refusals.NotABasket;
        if (market.Status != MarketStatus.Open)
            return Refusals.MarketNotOpen(market.Status);
        if (market.Sources.Find(s => s.Status != MarketStatus.Open) is { } closed)
            return Refusals.SourceNotOpen(closed);
        if (command.Direction is not (ConversionDirection.Create or ConversionDirection.Redeem))
            return Refusals.InvalidField("direction must be CREATE or REDEEM.");
        if (command.Quantity.Hundredths is <= 0 or > Limits.MaxOrderHundredths)
            return Refusals.InvalidQuantity(command.Quantity);

        // At the marks, which cancel out: what a position cost goes with it from one market to the other, and no cash moves.
        Account account = context.Account!, house = account.Room.House;
        long quantity = command.Direction == ConversionDirection.Create ? command.Quantity.Hundredths : -command.Quantity.Hundredths;
        var changes = new ConversionLeg[market.Sources.Count + 1];
        long basketMark = 0;
        for (int i = 0; i < market.Sources.Count; i++)
        {
            Price mark = market.Sources[i].Mark;
            int multiplier = basket.Constituents[i].Multiplier;
            basketMark += (long)multiplier * mark.Hundredths;
            changes[i + 1] = new ConversionLeg(market.Sources[i].Id, new Quantity(-quantity * multiplier), mark);
        }
        changes[0] = new ConversionLeg(market.Id, new Quantity(quantity), new Price((int)basketMark));

        var legs = new Leg[changes.Length];
        var houseLegs = new Leg[changes.Length];
        for (int i = 0; i < changes.Length; i++)
        {
            (long id, Quantity change, Price price) = changes[i];
            if (Math.Abs(change.Hundredths) > 2 * Limits.MaxPosition)
                return Refusals.PositionLimit;
            legs[i] = new Leg(state.Markets[id].HoldingOf(account), change, price * change, Cash.Zero);
            houseLegs[i] = new Leg(state.Markets[id].HoldingOf(house), -change, -(price * change), Cash.Zero);
        }
        refusal = RiskChecks.Check(account, legs, basket.Fee, payer: true);
        if (refusal.IsRefused)
            return refusal;
        if (RiskChecks.Check(house, houseLegs, fee: Cash.Zero, payer: false).IsRefused)
            return Refusals.HouseLimit;

        Make(context, legs);
        Make(context, houseLegs);
        if (basket.Fee > Cash.Zero)
            money.Move(context, account, house, basket.Fee, "Conversion fee", TransferKind.Fee);
        context.Batch.AddRecord(
            new BasketConverted(
                ++state.LastConversionId, market.Id, account.Id, command.Direction, command.Quantity, basket.Fee, house.Id, changes,
                command.UserId),
            isAnswer: true);
        return Refusal.None;
    }

    public Refusal ExerciseOption(CommandContext context, in Command command)
    {
        Refusal refusal = admission.FindTradable(context, command.MarketId, out Market market);
        if (refusal.IsRefused)
            return refusal;
        if (market.Info.Derivation is not Option { Style: OptionStyle.American } option)
            return Refusals.NotAmerican;
        if (market.Status != MarketStatus.Open)
            return Refusals.MarketNotOpen(market.Status);
        Market underlying = market.Sources[0];
        if (underlying.Status != MarketStatus.Open)
            return Refusals.SourceNotOpen(underlying);
        Account account = context.Account!;
        Quantity held = market.Holdings.TryGetValue(account.Id, out Holding? holding) ? holding.Position : Quantity.Zero;
        if (command.Quantity <= Quantity.Zero || command.Quantity > held)
            return Refusals.NothingToExercise(command.Quantity, held);

        // A call's holder buys the underlying at the strike from those who are short of the call; a put's holder sells it.
        Assignment[] assignments = Assign(market, command.Quantity);
        Leg[] legs = ExerciseLegs(account, command.Quantity);
        refusal = RiskChecks.Check(account, legs, fee: Cash.Zero, payer: true);
        if (refusal.IsRefused)
            return refusal;
        var writers = new List<Leg[]>(assignments.Length);
        foreach (Assignment assignment in assignments)
        {
            Leg[] theirs = ExerciseLegs(state.Accounts[assignment.AccountId], -assignment.Quantity);
            if (!CanBeAssigned(theirs))
                return Refusals.AssignedLimit;
            writers.Add(theirs);
        }

        foreach (Leg[] theirs in writers)
            execution.CancelAll(context, theirs[0].Holding, side: 0, OrderReason.Assigned);
        Make(context, legs);
        foreach (Leg[] theirs in writers)
            Make(context, theirs);
        context.Batch.AddRecord(
            new OptionExercised(
                ++state.LastExerciseId, market.Id, option, account.Id, command.Quantity, assignments, command.UserId),
            isAnswer: true);
        return Refusal.None;

        Leg[] ExerciseLegs(Account who, Quantity options)
        {
            Quantity bought = option.Kind == OptionKind.Call ? options : -options;
            Cash paid = option.Strike * bought;
            return
            [
                new Leg(market.HoldingOf(who), -options, Cash.Zero, Cash.Zero),
                new Leg(underlying.HoldingOf(who), bought, paid, paid),
            ];
        }
    }

    /// <summary>
    /// Shares exercised options out among those who are short of them, in proportion to how short: what does not divide goes by
    /// the largest remainder, between equal ones to the lower account id.
    /// </summary>
    private static Assignment[] Assign(Market market, Quantity exercised)
    {
        Holding[] writers = [.. market.Holdings.Values.Where(h => h.Position < Quantity.Zero).OrderBy(h => h.Account.Id)];
        Int128 total = 0;
        foreach (Holding writer in writers)
            total -= writer.Position.Hundredths;
        var shares = new (long AccountId, long Quantity, Int128 Remainder)[writers.Length];
        long left = exercised.Hundredths;
        for (int i = 0; i < writers.Length; i++)
        {
            Int128 product = (Int128)(-writers[i].Position.Hundredths) * exercised.Hundredths;
            shares[i] = (writers[i].Account.Id, (long)(product / total), product % total);
            left -= shares[i].Quantity;
        }
        // The sort is stable: equal remainders stay in the order of their ids.
        int[] byRemainder = [.. Enumerable.Range(0, shares.Length).OrderByDescending(i => shares[i].Remainder)];
        for (int i = 0; i < left; i++)
            shares[byRemainder[i]].Quantity++;
        return [.. shares.Where(s => s.Quantity > 0).Select(s => new Assignment(s.AccountId, new Quantity(s.Quantity)))];
    }
}
