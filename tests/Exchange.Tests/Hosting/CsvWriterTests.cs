using Exchange.Hosting.Csv;
using Exchange.Markets;

namespace Exchange.Tests.Hosting;

/// <summary>What spreadsheets read is what was meant.</summary>
public class CsvWriterTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49", "'+49")]
    [InlineData("-5", "'-5")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\r=1", "\"'\r'=1\"")]
    [InlineData("=HYPERLINK(\"http://evil\",\"x\")", "\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\"")]
    [InlineData("5 = 5", "5 = 5")]
    [InlineData("a-b+c@d", "a-b+c@d")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("＋1", "'＋1")]
    [InlineData("－1", "'－1")]
    [InlineData("＠SUM(A1)", "'＠SUM(A1)")]
    [InlineData("﹦1", "'﹦1")]
    [InlineData("﹢1", "'﹢1")]
    [InlineData("﹣1", "'﹣1")]
    [InlineData("﹫A1", "'﹫A1")]
    [InlineData("⁼1", "'⁼1")]
    [InlineData("₊1", "'₊1")]
    [InlineData("−1", "'−1")]
    [InlineData("  =1", "'  =1")]
    [InlineData("\u00A0=1", "'\u00A0=1")]
    [InlineData("\u200B=1", "'\u200B=1")]
    [InlineData("\uFEFF=1", "'\uFEFF=1")]
    [InlineData("a;=1+1", "\"a;'=1+1\"")]
    [InlineData("a; ＝1", "\"a;' ＝1\"")]
    [InlineData("a\t=1", "\"a\t'=1\"")]
    [InlineData("a\r\n=1", "\"a\r\n'=1\"")]
    [InlineData("a; b", "\"a; b\"")]
    [InlineData("a\";\"=1", "\"a\"\";'\"\"=1\"")]
    public void Text_is_quoted_and_never_a_formula(string text, string cell) => Assert.Equal(cell, new CsvWriter().Text(text).Take());

    [Theory]
    [InlineData(0, "0.00")]
    [InlineData(1234, "12.34")]
    [InlineData(-5, "-0.05")]
    [InlineData(123_456_789, "1234567.89")]
    public void Prices_and_quantities_have_two_decimals(int hundredths, string cell)
    {
        Assert.Equal(cell, new CsvWriter().Price(new Price(hundredths)).Take());
        Assert.Equal(cell, new CsvWriter().Quantity(new Quantity(hundredths)).Take());
    }

    [Theory]
    [InlineData(0, "0.00")]
    [InlineData(12_3400, "12.34")]
    [InlineData(12_3401, "12.3401")]
    [InlineData(-1, "-0.0001")]
    [InlineData(long.MinValue, "-922337203685477.5808")]
    [InlineData(long.MaxValue, "922337203685477.5807")]
    public void Cash_has_four_decimals_if_it_needs_them(long tenThousandths, string cell) =>
        Assert.Equal(cell, new CsvWriter().Cash(new Cash(tenThousandths)).Take());

    [Theory]
    [InlineData(253_402_300_799_999_999, "9999-12-31T00:00:00.000000Z")]
    [InlineData(253_402_214_400_000_000, "9999-12-31T00:00:00.000000Z")]
    [InlineData(253_402_214_399_999_999, "9999-12-30T23:59:59.999999Z")]
    [InlineData(253_402_300_800_000_000, "9999-12-31T00:00:00.000000Z")] // The year 10000.
    [InlineData(1_764_000_000_000_000_000, "9999-12-31T00:00:00.000000Z")] // Nanoseconds.
    [InlineData(long.MaxValue, "9999-12-31T00:00:00.000000Z")]
    [InlineData(-1, "1969-12-31T23:59:59.999999Z")]
    [InlineData(long.MinValue, "0001-01-02T00:00:00.000000Z")]
    public void Times_that_no_date_can_say_are_the_last_day_there_is(long timeUs, string cell) =>
        Assert.Equal(cell, new CsvWriter().Time(timeUs).Take());

    [Fact]
    public void Times_are_iso_ids_of_nothing_are_empty_and_rows_end_as_they_should()
    {
        var csv = new CsvWriter();
        csv.Words("a", "b").EndRow();
        csv.Time(1_700_000_000_123_456).Named(7, new Dictionary<long, string> { [7] = "=Ann" }).Named(0, []).Word(MarketStatus.CancelOnly).Yes(true).EndRow();
        Assert.Equal("a,b\r\n2023-11-14T22:13:20.123456Z,7,'=Ann,,,CANCEL_ONLY,true\r\n", csv.Take());
    }
}
