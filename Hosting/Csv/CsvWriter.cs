using System.Buffers;
using System.Globalization;
using System.Text;
using Exchange.Markets;

namespace Exchange.Hosting.Csv;

/// <summary>
/// Rows of comma-separated values for spreadsheets and pandas (RFC 4180): decimals as people write them, ISO times, text
/// in quotes where need be.
/// </summary>
internal sealed class CsvWriter
{
    private readonly StringBuilder _text = new();
    private bool _isRowBegun;

    /// <summary>Returns the text since the last call, and forgets it.</summary>
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

    /// <summary>Tells Excel that what follows is UTF-8; others may take it for a part of the first name.</summary>
    public CsvWriter ByteOrderMark()
    {
        _text.Append('\uFEFF');
        return this;
    }

    /// <summary>Writes a text that somebody typed.</summary>
    /// <remarks>
    /// Spreadsheets run a cell that begins with one of = + - @ (in any width, and after blanks) or with a tab or line break as a formula; an
    /// apostrophe before it makes it text. So it is after a semicolon, a tab or a line break within the text: a spreadsheet that separates
    /// by semicolons begins a new cell there, whatever the quotes around the text.
    /// </remarks>
    public CsvWriter Text(string text)
    {
        Next();
        bool isQuoted = text.AsSpan().ContainsAny(s_quoted);
        if (isQuoted)
            _text.Append('"');
        for (int i = 0; i < text.Length; i++)
        {
            bool beginsCell = i == 0 || text[i - 1] is ';' or '\t' or '\r' or '\n';
            if (beginsCell && (IsFormula(text.AsSpan(i)) || (i == 0 && text[0] is '\t' or '\r' or '\n')))
                _text.Append('\'');
            if (text[i] == '"')
                _text.Append('"');
            _text.Append(text[i]);
        }
        if (isQuoted)
            _text.Append('"');
        return this;
    }

    /// <summary>Whether the first thing to be seen of a text is a sign that formulas begin with.</summary>
    private static bool IsFormula(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (c is '\t' or '\r' or '\n')
                return false; // The caller checks the characters after it.
            if (c != '"' && !char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.Control))
                return FormulaSigns.Contains(c);
        }
        return false;
    }

    private static readonly SearchValues<char> s_quoted = SearchValues.Create("\",;\t\r\n");

    /// <summary>= + - @ and the characters that are these in another width or height, and the minus sign.</summary>
    private const string FormulaSigns = "=+-@\uFF1D\uFF0B\uFF0D\uFF20\uFE66\uFE62\uFE63\uFE6B\u207C\u207A\u207B\u208C\u208A\u208B\u2212";

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

    /// <summary>
    /// To the microsecond, or nothing for 0. What is beyond the year 9999, or before the year 1, is shown as the last day of the one or the
    /// first of the other: programs read no dates beyond.
    /// </summary>
    public CsvWriter Time(long timeUs)
    {
        Next();
        if (timeUs != 0)
        {
            DateTime time = timeUs >= s_lastDayUs ? s_lastDay : timeUs <= s_firstDayUs ? s_firstDay : DateTime.UnixEpoch.AddTicks(timeUs * 10);
            _text.Append(time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        }
        return this;
    }

    private static readonly DateTime s_firstDay = new(1, 1, 2, 0, 0, 0, DateTimeKind.Utc), s_lastDay = new(9999, 12, 31, 0, 0, 0, DateTimeKind.Utc);
    private static readonly long s_firstDayUs = ToUs(s_firstDay), s_lastDayUs = ToUs(s_lastDay);

    private static long ToUs(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / 10;

    /// <summary>An enum's value, as the protocol and the database have it: CANCEL_ONLY.</summary>
    public CsvWriter Word<T>(T value) where T : struct, Enum => Words(Storage.Names.Of(value));

    public void EndRow()
    {
        _text.Append("\r\n");
        _isRowBegun = false;
    }

    /// <summary>Writes a number with the decimals of its unit. The last two of four decimals are left out if they are 0.</summary>
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
