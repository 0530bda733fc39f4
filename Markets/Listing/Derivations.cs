namespace Exchange.Markets;

/// <summary>Markets whose price follows from others: baskets and options.</summary>
internal sealed class Derivations(VenueState state, Admission admission)
{
    public static long[] SourceIds(Derivation? derivation) => derivation switch
    {
        Basket basket => [.. basket.Constituents.Select(c => c.MarketId)],
        Option option => [option.UnderlyingId],
        _ => [],
    };

    public Refusal FindSources(CommandContext context, Derivation? derivation, out List<Market> sources)
    {
        sources = [];
        foreach (long id in SourceIds(derivation))
        {
            Refusal refusal = admission.FindMarket(context, id, out Market source);
            if (refusal.IsRefused)
                return refusal;
            sources.Add(source);
        }
        return sources.Find(s => s.Status == MarketStatus.Settled) is { } settled ? Refusals.SourceNotOpen(settled) : Refusal.None;
    }

    /// <summary>What is wrong with a derivation, or null and the range of prices that follows.</summary>
    public static string? ProblemOf(Derivation derivation, List<Market> sources, out Price min, out Price max)
    {
        min = max = default;
        Int128 low, high;
        if (derivation is Basket basket)
        {
            if (basket.Constituents.Count is 0 or > Limits.MaxConstituents)
                return $"A basket must have 1 to {Limits.MaxConstituents} constituents.";
            if (basket.Constituents.Select(c => c.MarketId).Distinct().Count() < basket.Constituents.Count)
                return "A basket can name each constituent only once. Use a multiplier to count it more than once.";
            if (basket.Constituents.Any(c => c.Multiplier is 0 or > Limits.MaxMultiplier or < -Limits.MaxMultiplier))
                return $"A multiplier must be between {-Limits.MaxMultiplier:#,0} and {Limits.MaxMultiplier:#,0}, and not 0.";
            if (basket.Fee.TenThousandths is < 0 or > Limits.MaxIssued)
                return $"fee must be 0 to {new Cash(Limits.MaxIssued)}.";
            low = high = 0;
            for (int i = 0; i < sources.Count; i++)
            {
                int multiplier = basket.Constituents[i].Multiplier;
                Int128 atMin = (Int128)multiplier * sources[i].Min.Hundredths, atMax = (Int128)multiplier * sources[i].Max.Hundredths;
                low += Int128.Min(atMin, atMax);
                high += Int128.Max(atMin, atMax);
            }
        }
        else
        {
            var option = (Option)derivation;
            if (!Enum.IsDefined(option.Kind))
                return "kind must be CALL or PUT.";
            if (!Enum.IsDefined(option.Style))
                return "style must be EUROPEAN or AMERICAN.";
            if (!MarketChecks.IsInRange(option.Strike.Hundredths))
                return $"strike must be between {new Price(-Price.MaxHundredths)} and {new Price(Price.MaxHundredths)}.";
            Price atMin = option.PayoffAt(sources[0].Min), atMax = option.PayoffAt(sources[0].Max);
            low = Math.Min(atMin.Hundredths, atMax.Hundredths);
            high = Math.Max(atMin.Hundredths, atMax.Hundredths);
            if (low == high)
                return $"With the strike {option.Strike} the option would always be worth {new Price((int)low)}: the underlying is between {sources[0].Min} and {sources[0].Max}.";
        }
        if (!MarketChecks.IsInRange(low) || !MarketChecks.IsInRange(high))
            return $"The resulting prices would be outside the range {new Price(-Price.MaxHundredths)} to {new Price(Price.MaxHundredths)}.";
        if (sources.Max(DepthOf) >= Limits.MaxDerivationDepth)
            return $"Markets can depend on one another at most {Limits.MaxDerivationDepth} levels deep.";
        min = new Price((int)low);
        max = new Price((int)high);
        return null;
    }

    private static int DepthOf(Market market) => market.Sources.Count == 0 ? 0 : 1 + market.Sources.Max(DepthOf);

    /// <summary>The price that follows from those of the sources.</summary>
    public static Price DerivedPrice(Derivation derivation, Func<long, Price> priceOf) => derivation is Basket basket
        ? new Price((int)basket.Constituents.Sum(c => (long)c.Multiplier * priceOf(c.MarketId).Hundredths))
        : ((Option)derivation).PayoffAt(priceOf(((Option)derivation).UnderlyingId));

    public Price SettledPrice(long marketId) => state.Markets[marketId].Info.SettlementPrice!.Value;
}
