using Exchange.Markets;

namespace Exchange.Bots;

/// <summary>The value of a derived market, from the marks of the markets that it depends on.</summary>
public static class FairValue
{
    /// <summary>How far an option's underlying may still move, as a share of its range: what gives an option more than what it would pay now.</summary>
    private const double StillToMove = 0.15;

    /// <summary>The value in hundredths; null: the market depends on no other.</summary>
    public static double? Of(MarketView view) => view.Market.Derivation switch
    {
        Basket basket => basket.Constituents.Select((c, i) => (double)c.Multiplier * view.Sources[i].Mark.Hundredths).Sum(),
        Option option => Of(option, view.Sources[0]),
        _ => null,
    };

    private static double Of(Option option, SourceView underlying)
    {
        double move = StillToMove * (underlying.Max.Hundredths - underlying.Min.Hundredths), sum = 0;
        const int Steps = 4;
        for (int i = -Steps; i <= Steps; i++)
        {
            double at = underlying.Mark.Hundredths + (move * i / Steps);
            int price = (int)Math.Clamp(at, underlying.Min.Hundredths, underlying.Max.Hundredths);
            sum += option.PayoffAt(new Price(price)).Hundredths;
        }
        return sum / ((2 * Steps) + 1);
    }
}
