namespace Exchange.Bots;

/// <summary>Random numbers from a seed: the same on every machine and with every version of .NET (SplitMix64).</summary>
public sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Dice of their own for each of several uses of one seed.</summary>
    public static Dice For(ulong seed, long use, long part = 0)
    {
        var mixed = new Dice(seed ^ ((ulong)use * 0x9E3779B97F4A7C15));
        return new Dice(mixed.Next() ^ ((ulong)part * 0xD1B54A32D192ED03));
    }

    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 to less than 1.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    public double Between(double low, double high) => low + ((high - low) * Fraction());

    /// <summary>0 to one less than <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(Fraction() * count);

    public bool Chance(double probability) => Fraction() < probability;

    /// <summary>
    /// Mean 0, deviation 1, never beyond 6: a sum of twelve, which needs none of the functions that differ between machines.
    /// </summary>
    public double Normal()
    {
        double sum = -6;
        for (int i = 0; i < 12; i++)
            sum += Fraction();
        return sum;
    }
}
