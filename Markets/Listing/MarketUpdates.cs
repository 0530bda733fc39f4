namespace Exchange.Markets;

/// <summary>Changes of a market's terms.</summary>
internal sealed class MarketUpdates(VenueState state, Admission admission, ChangeTracker changes, Deadlines deadlines, MarketCommands markets)
{
    public Refusal UpdateMarket(CommandContext context, in Command command, MarketUpdate update)
    {
        Refusal refusal = admission.FindMarket(context, command.MarketId, out Market market);
        if (refusal.IsRefused)
            return refusal;
        bool ownersOnly = update with { Description = null, Category = null, Group = null, CloseTimeUs = null } == new MarketUpdate();
        if (!context.AsAdmin && !(ownersOnly && market.Info.OwnerUserId == command.UserId))
        {
            return context.Member!.Role == Role.Admin ? Refusals.NotElevated
                : ownersOnly ? Refusals.NotOwner : Refusals.OnlyAdminsUpdate;
        }
        bool changesRange = update.Min is not null || update.Max is not null || update.TickHundredths is not null;
        if ((changesRange || update.CloseTimeUs is not null) && market.Status == MarketStatus.Settled)
            return Refusals.MarketNotOpen(market.Status);
        if ((update.Min is not null || update.Max is not null) && market.Sources.Count > 0)
            return Refusals.RangeFollows(market.Sources[0].Id);
        if (update.VisibleTo is { } visibleTo)
            refusal = markets.FindAccounts(context, visibleTo);
        if (refusal.IsRefused)
            return refusal;
        if (ProblemOf(context, update, market) is { } problem)
            return Refusals.InvalidField(problem);

        MarketInfo before = market.Info;
        MarketInfo after = before with
        {
            Name = update.Name ?? before.Name,
            Description = update.Description ?? before.Description,
            Category = update.Category is null ? before.Category : MarketCommands.AsSpelled(context, update.Category, m => m.Category),
            Group = update.Group is null ? before.Group : MarketCommands.AsSpelled(context, update.Group, m => m.Group),
            IsPinned = update.IsPinned ?? before.IsPinned,
            IsAnonymous = update.IsAnonymous ?? before.IsAnonymous,
            VisibleTo = update.VisibleTo is null ? before.VisibleTo : MarketChecks.Sorted(update.VisibleTo),
            MaxOrder = update.MaxOrder ?? before.MaxOrder,
            MaxPosition = update.MaxPosition ?? before.MaxPosition,
            Min = update.Min ?? before.Min,
            Max = update.Max ?? before.Max,
            TickHundredths = update.TickHundredths ?? before.TickHundredths,
            CloseTimeUs = update.CloseTimeUs ?? before.CloseTimeUs,
        };
        if ((after.Name != before.Name || (before.IsHidden && !after.IsHidden)) && MarketCommands.HasMarketNamed(context, after.Name, except: market))
            return Refusals.NameTaken;
        if (after.IsHidden && FirstLeftOut(market, after.VisibleTo) is { } leftOut)
            return Refusals.MarketInUse(leftOut.Account.Id);
        if ((after.Min, after.Max, after.TickHundredths) != (before.Min, before.Max, before.TickHundredths) && UseOfRange(market) is { IsRefused: true } inUse)
            return inUse;

        state.HouseBotsVersion++;
        market.Room.MarketNames.Rename(market, before.Name, after.Name);
        market.Info = after;
        deadlines.AwaitClosing(market);
        bool anonymityChanged = after.IsAnonymous != before.IsAnonymous;
        if (anonymityChanged)
        {
            market.LastSnapshot = null;
            market.LastTradesSnapshot = null;
        }
        // Its ticker, too, is for others than before.
        changes.Touch(context, market);
        context.Batch.AddRecord(new MarketChanged(after, IsNew: false, IsStatusNew: false, command.UserId), isAnswer: true);
        if (anonymityChanged || !after.VisibleTo.Equals(before.VisibleTo))
        {
            MarketCommands.EmitVisibility(context, market.Room, new VisibilityChanged(
                market.Id, market.Room.Info.RoomId, before.IsHidden ? [.. before.VisibleTo] : null, after.IsHidden ? [.. after.VisibleTo] : null,
                anonymityChanged));
        }
        return Refusal.None;
    }

    /// <summary>None if nothing was reckoned with a market's range that would still count.</summary>
    private static Refusal UseOfRange(Market market)
    {
        int orders = market.Holdings.Values.Sum(h => h.OrderCount);
        if (orders > 0)
            return Refusals.OrdersInRange(orders);
        int holders = market.Holdings.Values.Count(h => h.Position != Quantity.Zero);
        if (holders > 0)
            return Refusals.PositionsInRange(holders);
        return market.Derived.Count > 0 ? Refusals.DerivedFromRange(market.Derived[0].Id) : Refusal.None;
    }

    private static string? ProblemOf(CommandContext context, MarketUpdate update, Market market)
    {
        if (update == new MarketUpdate())
            return "UpdateMarket must name something to change.";
        return (update.Name is null ? null : RoomCommands.ProblemOfName("name", update.Name, Limits.MaxMarketNameLength))
            ?? (update.Description is null ? null : MarketChecks.ProblemOfDescription(update.Description))
            ?? MarketChecks.ProblemOfLabels(update.Category, update.Group)
            ?? MarketChecks.ProblemOfLimits(update.MaxOrder, update.MaxPosition)
            ?? MarketChecks.ProblemOfClosing(context, update.CloseTimeUs)
            ?? (update.TickHundredths is { } tick ? MarketChecks.ProblemOfTick(tick) : null)
            ?? ProblemOfNewRange(update, market)
            ?? (update.VisibleTo is { } visibleTo ? ProblemOfNewVisibility(visibleTo, market) : null);
    }

    /// <summary>A derived market's range is what follows, whatever its tick size.</summary>
    private static string? ProblemOfNewRange(MarketUpdate update, Market market) =>
        market.Sources.Count > 0 || (update.Min is null && update.Max is null && update.TickHundredths is null) ? null
        : MarketChecks.ProblemOfRange(update.Min ?? market.Min, update.Max ?? market.Max, update.TickHundredths ?? market.TickHundredths);

    private static string? ProblemOfNewVisibility(ValueList<long> visibleTo, Market market)
    {
        if ((MarketChecks.ProblemOfVisibleTo(visibleTo) ?? MarketChecks.ProblemOfVisibility(visibleTo, market.Sources)) is { } problem)
            return problem;
        foreach (Market derived in market.Derived)
        {
            if (visibleTo.Count > 0 && (derived.VisibleTo is not { } some || some.Any(id => !visibleTo.Contains(id))))
                return $"visible_to must include every account that can see market {derived.Id}, which depends on this one.";
        }
        return null;
    }

    private static Holding? FirstLeftOut(Market market, ValueList<long> visibleTo) => market.Holdings.Values
        .Where(h => !h.IsEmpty && !h.Account.IsHouse && !visibleTo.Contains(h.Account.Id)).MinBy(h => h.Account.Id);
}
