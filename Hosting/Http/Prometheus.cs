using System.Globalization;
using System.Text;
using Exchange.Protocol;

namespace Exchange.Hosting;

/// <summary>Prometheus' text format, version 0.0.4.</summary>
internal static class Prometheus
{
    /// <summary>A metric of one value.</summary>
    public static void Add(StringBuilder text, string name, string type, string help, double value)
    {
        Head(text, name, type, help);
        Line(text, name, "", value);
    }

    /// <summary>A counter for each value of a label.</summary>
    public static void AddCounters(StringBuilder text, string name, string help, string label, IEnumerable<(string Label, long Count)> counts)
    {
        Head(text, name, "counter", help);
        foreach ((string value, long count) in counts)
            Line(text, name, $"{{{label}=\"{value}\"}}", count);
    }

    /// <summary>A histogram: buckets that each count those before, sum and count.</summary>
    public static void AddHistogram(StringBuilder text, string name, string help, Histogram histogram)
    {
        Head(text, name, "histogram", help);
        (IReadOnlyList<(double UpTo, long Count)> buckets, double sum) = histogram.Read();
        foreach ((double upTo, long count) in buckets)
            Line(text, name + "_bucket", $"{{le=\"{(double.IsInfinity(upTo) ? "+Inf" : Number(upTo))}\"}}", count);
        Line(text, name + "_sum", "", sum);
        Line(text, name + "_count", "", buckets[^1].Count);
    }

    /// <summary>A name as labels are written: InsufficientFunds is insufficient_funds.</summary>
    public static string Label(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (char c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }

    private static void Head(StringBuilder text, string name, string type, string help) => text
        .Append("# HELP ").Append(name).Append(' ').Append(help).Append('\n')
        .Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels).Append(' ').Append(Number(value)).Append('\n');

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
