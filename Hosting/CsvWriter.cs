using System.Globalization;
using System.Text;
using Exchange.Markets;

namespace Exchange.Hosting;

/// <summary>
/// Rows of comma-separated values for spreadsheets and pandas (RFC 4180): decimals as people write them, ISO times, text
/// in quotes where need be.
/// </summary>
internal sealed class CsvWriter
{
    private readonly StringBuilder _text = new();
    private bool _isRowBegun;

    /// <summary>What was written since it was last taken.</summary>
    public string Take()
    {
        string taken = _text.ToString();
        _text.Clear();
        return taken;
    }

    /// <summary>Words of ours, such as column names: nothing in them needs care.</summary>
    public CsvWriter Words(params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
            Next().Append(word);
        return this;
    }

    /// <summary>What somebody typed.</summary>
    /// <remarks>
    /// Spreadsheets run a cell that begins with one of = + - @ (or a tab or line break) as a formula; an apostrophe before it
    /// makes it text.
    /// </remarks>
    public CsvWriter Text(string text)
    {
        Next();
        bool isFormula = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n';
        bool isQuoted = text.AsSpan().IndexOfAny("\",\r\n") >= 0;
        if (isQuoted)
            _text.Append('"');
        if (isFormula)
            _text.Append('\'');
        _text.Append(isQuoted ? text.Replace("\"", "\"\"", StringComparison.Ordinal) : text);
        if (isQuoted)
            _text.Append('"');
        return this;
    }

    /// <summary>An id, or nothing for 0; and the name of what it is of, if there is one.</summary>
    public CsvWriter Named(long id, Dictionary<long, string> names) => Id(id).Text(names.GetValueOrDefault(id, ""));

    public CsvWriter Id(long id)
    {
        Next();
        if (id != 0)
            _text.Append(id);
        return this;
    }

    public CsvWriter Count(long count)
    {
        Next().Append(count);
        return this;
    }

    public CsvWriter Yes(bool isSo) => Words(isSo ? "true" : "false");

    public CsvWriter Price(Price price) => Decimal(price.Hundredths, 100);

    public CsvWriter Quantity(Quantity quantity) => Decimal(quantity.Hundredths, 100);

    public CsvWriter Cash(Cash cash) => Decimal(cash.TenThousandths, 10_000);

    /// <summary>To the microsecond, or nothing for 0.</summary>
    public CsvWriter Time(long timeUs)
    {
        Next();
        if (timeUs != 0)
            _text.Append(DateTime.UnixEpoch.AddTicks(timeUs * 10).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>An enum's value, as the protocol and the database have it: CANCEL_ONLY.</summary>
    public CsvWriter Word<T>(T value) where T : struct, Enum => Words(Storage.Names.Of(value));

    public void EndRow()
    {
        _text.Append("\r\n");
        _isRowBegun = false;
    }

    /// <summary>With as many decimals as the unit has, the last two of four only if they say something.</summary>
    private CsvWriter Decimal(long scaled, long unit)
    {
        Next();
        if (scaled < 0)
            _text.Append('-');
        ulong magnitude = scaled < 0 ? (ulong)-(scaled + 1) + 1 : (ulong)scaled;
        if (unit == 10_000 && magnitude % 100 == 0)
        {
            unit = 100;
            magnitude /= 100;
        }
        _text.Append(magnitude / (ulong)unit).Append('.');
        _text.Append((magnitude % (ulong)unit).ToString(unit == 100 ? "00" : "0000", CultureInfo.InvariantCulture));
        return this;
    }

    private StringBuilder Next()
    {
        if (_isRowBegun)
            _text.Append(',');
        _isRowBegun = true;
        return _text;
    }
}
