using System.Globalization;
using Exchange.Markets;
using Microsoft.Extensions.Primitives;

namespace Exchange.Hosting.Csv;

/// <summary>A parameter of the address that can't be, with a sentence that says what would be right.</summary>
internal sealed class CsvParameterException(string message) : Exception(message);

/// <summary>The parameters of an export's address.</summary>
internal sealed class CsvParameters(IQueryCollection query)
{
    // The parameters that the file has read, present or not. The other parameters of the address are mistakes.
    private readonly HashSet<string> _known = [];

    /// <summary>The address has nothing but what was asked for until now.</summary>
    /// <exception cref="CsvParameterException">It has something else.</exception>
    public void CheckAllKnown()
    {
        if (query.Keys.FirstOrDefault(k => !_known.Contains(k)) is { } unknown)
            throw new CsvParameterException($"{unknown} is not a parameter of this file; its parameters are {string.Join(", ", _known.Order())}.");
    }

    private bool TryGet(string name, out StringValues values)
    {
        _known.Add(name);
        return query.TryGetValue(name, out values);
    }

    /// <summary>The number that must be there.</summary>
    public long Number(string name) => OptionalNumber(name) is var number and not 0
        ? number
        : throw new CsvParameterException($"{name} is missing. Add it to the address, such as ?{name}=1.");

    /// <summary>The account's id; 0, which is everyone's, if it is not there and admin powers are asked for.</summary>
    public long Account => Flag(Elevated) ? OptionalNumber("account") : Number("account");

    /// <summary>The name of the flag that turns admin powers on.</summary>
    public const string Elevated = "elevated";

    /// <summary>Whether the file begins with a byte order mark.</summary>
    public bool ByteOrderMark => Flag("bom");

    /// <summary>The number, or 0 if it is not there.</summary>
    public long OptionalNumber(string name)
    {
        if (!TryGet(name, out StringValues values))
            return 0;
        return values.Count == 1 && long.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0
            ? number
            : throw new CsvParameterException($"{name} must be a whole number, 1 or more.");
    }

    /// <summary>The text, or none.</summary>
    public string Text(string name) => TryGet(name, out StringValues values) ? values.ToString() : "";

    public bool Flag(string name)
    {
        if (!TryGet(name, out StringValues values))
            return false;
        return values.Count == 1 && values[0] is "true" or "false" or "1" or "0"
            ? values[0] is "true" or "1"
            : throw new CsvParameterException($"{name} must be true or false.");
    }

    /// <summary>The status of the orders to export; null: every status.</summary>
    public OrderStatus? OrderStatus => (TryGet("status", out StringValues values) ? values.ToString() : "") switch
    {
        "" => null,
        "live" => Markets.OrderStatus.Live,
        "filled" => Markets.OrderStatus.Filled,
        "cancelled" => Markets.OrderStatus.Cancelled,
        _ => throw new CsvParameterException("status must be live, filled or cancelled."),
    };

    /// <summary>How long a candle lasts, in microseconds.</summary>
    public long Interval(string name) => (TryGet(name, out StringValues values) ? values.ToString() : "") switch
    {
        "1s" => 1_000_000,
        "5s" => 5_000_000,
        "15s" => 15_000_000,
        "1m" => 60_000_000,
        "5m" => 300_000_000,
        "15m" => 900_000_000,
        "1h" => 3_600_000_000,
        "4h" => 14_400_000_000,
        "1d" => 86_400_000_000,
        _ => throw new CsvParameterException($"{name} must be 1s, 5s, 15s, 1m, 5m, 15m, 1h, 4h or 1d."),
    };
}
