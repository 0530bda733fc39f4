namespace Exchange.Markets;

/// <summary>What a market's price follows from.</summary>
public abstract record Derivation;

/// <summary>A market that counts in a basket.</summary>
/// <param name="Multiplier">Not 0.</param>
public readonly record struct Constituent(long MarketId, int Multiplier);

/// <summary>Worth the sum of multiplier × price over its constituents.</summary>
/// <param name="Fee">What each conversion costs.</param>
public sealed record Basket(ValueList<Constituent> Constituents, Cash Fee) : Derivation;

public enum OptionKind : byte
{
    Call = 1,
    Put = 2,
}

public enum OptionStyle : byte
{
    European = 1,

    /// <summary>May be exercised before the underlying settles.</summary>
    American = 2,
}

/// <summary>Worth what the underlying is above (call) or below (put) the strike, or nothing.</summary>
public sealed record Option(long UnderlyingId, OptionKind Kind, OptionStyle Style, Price Strike) : Derivation
{
    /// <summary>What the option is worth when the underlying is worth this.</summary>
    public Price PayoffAt(Price underlying) => new(Math.Max(
        0, Kind == OptionKind.Call ? underlying.Hundredths - Strike.Hundredths : Strike.Hundredths - underlying.Hundredths));
}

public enum ConversionDirection : byte
{
    /// <summary>Gives the constituents, gets baskets.</summary>
    Create = 1,

    /// <summary>Gives baskets, gets the constituents.</summary>
    Redeem = 2,
}
