namespace Exchange.Markets;

/// <summary>A price in hundredths: 4250 is 42.50.</summary>
public readonly record struct Price(int Hundredths) : IComparable<Price>
{
    /// <summary>No price is further from zero than this: 1,000,000.00.</summary>
    public const int MaxHundredths = 100_000_000;

    /// <summary>What a quantity costs at this price. Exact: hundredths times hundredths are ten-thousandths.</summary>
    /// <remarks>|price| ≤ 10^8 and |quantity| ≤ 5·10^9 (<see cref="Limits.MaxPosition"/>, some times over), so it always fits.</remarks>
    public static Cash operator *(Price price, Quantity quantity) => new(price.Hundredths * quantity.Hundredths);

    public static bool operator <(Price a, Price b) => a.Hundredths < b.Hundredths;
    public static bool operator >(Price a, Price b) => a.Hundredths > b.Hundredths;
    public static bool operator <=(Price a, Price b) => a.Hundredths <= b.Hundredths;
    public static bool operator >=(Price a, Price b) => a.Hundredths >= b.Hundredths;

    public int CompareTo(Price other) => Hundredths.CompareTo(other.Hundredths);

    /// <summary>The price as people write it: 42.50.</summary>
    public override string ToString() => Decimals.Format(Hundredths, 2);
}

/// <summary>A quantity or position in hundredths of a contract: 100 is one contract, −250 is 2.50 short.</summary>
public readonly record struct Quantity(long Hundredths) : IComparable<Quantity>
{
    public static Quantity Zero => default;

    public static Quantity operator +(Quantity a, Quantity b) => new(a.Hundredths + b.Hundredths);
    public static Quantity operator -(Quantity a, Quantity b) => new(a.Hundredths - b.Hundredths);
    public static Quantity operator -(Quantity a) => new(-a.Hundredths);
    public static bool operator <(Quantity a, Quantity b) => a.Hundredths < b.Hundredths;
    public static bool operator >(Quantity a, Quantity b) => a.Hundredths > b.Hundredths;
    public static bool operator <=(Quantity a, Quantity b) => a.Hundredths <= b.Hundredths;
    public static bool operator >=(Quantity a, Quantity b) => a.Hundredths >= b.Hundredths;

    public static Quantity Min(Quantity a, Quantity b) => a.Hundredths < b.Hundredths ? a : b;

    public int CompareTo(Quantity other) => Hundredths.CompareTo(other.Hundredths);

    /// <summary>The quantity as people write it: 2.50.</summary>
    public override string ToString() => Decimals.Format(Hundredths, 2);
}

/// <summary>Money in ten-thousandths: 12_3400 is 12.34.</summary>
/// <remarks>
/// Sums are checked although <see cref="Limits"/> keeps them from overflowing: an
/// <see cref="OverflowException"/> here is a broken invariant and ends the process.
/// </remarks>
public readonly record struct Cash(long TenThousandths) : IComparable<Cash>
{
    public static Cash Zero => default;

    public static Cash operator +(Cash a, Cash b) => new(checked(a.TenThousandths + b.TenThousandths));
    public static Cash operator -(Cash a, Cash b) => new(checked(a.TenThousandths - b.TenThousandths));
    public static Cash operator -(Cash a) => new(checked(-a.TenThousandths));
    public static bool operator <(Cash a, Cash b) => a.TenThousandths < b.TenThousandths;
    public static bool operator >(Cash a, Cash b) => a.TenThousandths > b.TenThousandths;
    public static bool operator <=(Cash a, Cash b) => a.TenThousandths <= b.TenThousandths;
    public static bool operator >=(Cash a, Cash b) => a.TenThousandths >= b.TenThousandths;

    public static Cash Min(Cash a, Cash b) => a.TenThousandths < b.TenThousandths ? a : b;

    public int CompareTo(Cash other) => TenThousandths.CompareTo(other.TenThousandths);

    /// <summary>The amount as people write it: 12.34, with more decimals only where it has them.</summary>
    public override string ToString() =>
        TenThousandths % 100 == 0 ? Decimals.Format(TenThousandths / 100, 2) : Decimals.Format(TenThousandths, 4);
}

internal static class Decimals
{
    public static string Format(long scaled, int decimals)
    {
        ulong magnitude = scaled < 0 ? (ulong)-(scaled + 1) + 1 : (ulong)scaled;
        ulong unit = decimals == 2 ? 100UL : 10_000UL;
        string fraction = (magnitude % unit).ToString(decimals == 2 ? "00" : "0000");
        return $"{(scaled < 0 ? "-" : "")}{magnitude / unit:#,0}.{fraction}";
    }
}
