using System.Globalization;
using System.Text;
using Exchange.Hosting.Csv;
using Exchange.Storage;

namespace Exchange.Hosting;

/// <summary>The history without secrets: <see cref="PublicExport"/>'s file, every table of it as CSV, and what the numbers mean.</summary>
internal static class ExportFolder
{
    public const string FileName = "exchange.sqlite";

    private const string AboutName = "about.txt";

    // Rows are gathered, and written together when there are so many.
    private const int RowsAtATime = 1_000;

    /// <summary>Writes it into an empty folder. Where the file is, and how many rows the tables have.</summary>
    /// <exception cref="StorageException">It can't be written.</exception>
    public static (BackupMade Made, long Rows) Write(DatabaseReading reading, string folder, Action<BackupProgress>? progress, CancellationToken cancel)
    {
        string path = Path.Combine(folder, FileName);
        BackupMade made = PublicExport.Write(reading, path, progress, cancel);
        long rows = WriteTables(path, folder);
        File.WriteAllText(Path.Combine(folder, AboutName), About(made));
        return (made, rows);
    }

    private static long WriteTables(string path, string folder)
    {
        long rows = 0;
        StreamWriter? file = null;
        CsvWriter csv = new();
        int waiting = 0;
        try
        {
            PublicExport.Read(path, (table, columns) =>
            {
                Finish();
                file = new StreamWriter(Path.Combine(folder, table + ".csv"), append: false, new UTF8Encoding(false));
                csv = new CsvWriter();
                csv.Words(columns).EndRow();
                return Row;
            });
            Finish();
            return rows;
        }
        finally
        {
            file?.Dispose();
        }

        void Row(object?[] values)
        {
            foreach (object? value in values)
            {
                _ = value switch
                {
                    null => csv.Words(""),
                    string text => csv.Text(text),
                    _ => csv.Words(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),
                };
            }
            csv.EndRow();
            rows++;
            if (++waiting == RowsAtATime)
            {
                file!.Write(csv.Take());
                waiting = 0;
            }
        }

        void Finish()
        {
            file?.Write(csv.Take());
            file?.Dispose();
            file = null;
            waiting = 0;
        }
    }

    private static string About(BackupMade made) => $"""
        Exchange {made.ExchangeId}, up to sequence {made.Sequence}{Times.Of(made.TimeUs)}.

        {FileName} holds every table, and views with names and decimals (trade_view, order_view and so on). Each .csv is one table.
        The values are whole numbers, in these units:
          prices, tick sizes, strikes    1/100         4250 is 42.50
          quantities, positions          1/100         100 is one contract
          cash, fees, balances           1/10,000
          times (..._us)                 microseconds since 1970-01-01 00:00 UTC
        The export holds the names of people, accounts and markets, and the texts that people wrote. It does not hold password hashes, API
        keys, e-mail addresses, password links, join codes, money codes, or the details of the audit log.

        """;
}
