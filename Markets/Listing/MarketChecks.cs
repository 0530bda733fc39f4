namespace Exchange.Markets;

/// <summary>What is wrong with the terms of a market, in sentences.</summary>
internal static class MarketChecks
{
    /// <summary>Nothing in it that only an admin may set.</summary>
    public static bool HasOnlyOwnersTerms(MarketTerms terms) =>
        terms is { IsPinned: false, IsAnonymous: false, VisibleTo.Count: 0 }
        && terms.MaxOrder == Quantity.Zero && terms.MaxPosition == Quantity.Zero;

    public static string? ProblemOf(CommandContext context, MarketTerms terms) =>
        RoomCommands.ProblemOfName("name", terms.Name, Limits.MaxMarketNameLength)
        ?? ProblemOfDescription(terms.Description)
        ?? ProblemOfTick(terms.TickHundredths)
        ?? ProblemOfLabels(terms.Category, terms.Group)
        ?? ProblemOfLimits(terms.MaxOrder, terms.MaxPosition)
        ?? ProblemOfClosing(context, terms.CloseTimeUs)
        ?? ProblemOfVisibleTo(terms.VisibleTo);

    public static string? ProblemOfClosing(CommandContext context, long? closeTimeUs) =>
        closeTimeUs is null or 0 ? null : Times.Problem("close_time_us", closeTimeUs.Value, context.Now.TimeUs);

    public static string? ProblemOfDescription(string description) =>
        Texts.Problem("description", description, 0, Limits.MaxDescriptionLength, multiline: true);

    public static string? ProblemOfLabels(string? category, string? group) =>
        (category is null ? null : Texts.NameProblem("category", category, 0, Limits.MaxLabelLength))
        ?? (group is null ? null : Texts.NameProblem("group", group, 0, Limits.MaxLabelLength));

    public static string? ProblemOfLimits(Quantity? maxOrder, Quantity? maxPosition) =>
        maxOrder is { Hundredths: < 0 or > Limits.MaxOrderHundredths } ? $"max_order must be 0 (none) to {new Quantity(Limits.MaxOrderHundredths)}."
        : maxPosition is { Hundredths: < 0 or > Limits.MaxPosition } ? $"max_position must be 0 (none) to {new Quantity(Limits.MaxPosition)}."
        : null;

    public static string? ProblemOfVisibleTo(ValueList<long> accountIds) =>
        accountIds.Count > Limits.MaxNamedAccounts || accountIds.Distinct().Count() < accountIds.Count
            ? $"visible_to can name at most {Limits.MaxNamedAccounts:#,0} accounts, each once."
            : null;

    public static string? ProblemOfTick(int tickHundredths) =>
        tickHundredths is < 1 or > Price.MaxHundredths ? $"tick_size must be 0.01 to {new Price(Price.MaxHundredths)}." : null;

    public static string? ProblemOfRange(Price min, Price max, int tickHundredths)
    {
        if (!IsInRange(min.Hundredths) || !IsInRange(max.Hundredths))
            return $"min_price and max_price must be between {new Price(-Price.MaxHundredths)} and {new Price(Price.MaxHundredths)}.";
        if (min >= max)
            return $"min_price ({min}) must be below max_price ({max}).";
        if (min.Hundredths % tickHundredths != 0 || max.Hundredths % tickHundredths != 0)
            return $"min_price and max_price must be multiples of tick_size ({new Price(tickHundredths)}).";
        return null;
    }

    public static bool IsInRange(Int128 hundredths) => hundredths >= -Price.MaxHundredths && hundredths <= Price.MaxHundredths;

    /// <summary>Whoever sees a derived market must see what it follows from.</summary>
    public static string? ProblemOfVisibility(ValueList<long> visibleTo, List<Market> sources)
    {
        foreach (Market source in sources)
        {
            if (source.VisibleTo is { } some && (visibleTo.Count == 0 || visibleTo.Any(id => !some.Contains(id))))
                return $"visible_to can only name accounts that can see market {source.Id}, which this one depends on.";
        }
        return null;
    }

    public static ValueList<long> Sorted(ValueList<long> ids) => new([.. ids.Order()]);
}
