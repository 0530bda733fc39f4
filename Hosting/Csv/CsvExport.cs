using Exchange.History;

namespace Exchange.Hosting.Csv;

/// <summary>One of the CSV files: its columns, its query, and how the answers become rows.</summary>
/// <param name="Query">The question for the page from a position on.</param>
/// <param name="Rows">Writes an answer's rows, and gives where the next page goes on; 0: there is no more.</param>
internal sealed record CsvExport(
    string[] Columns, Func<CsvParameters, PageWanted, HistoryQuery> Query, Func<CsvWriter, RoomNames, HistoryResult, long> Rows)
{
    /// <summary>Rows that are read and sent at a time.</summary>
    private const int RowsAtATime = 1_000;

    /// <summary>Things of which one is many rows, such as a settlement's payouts, or takes long to count together.</summary>
    public const int ManyRowsAtATime = 50;

    /// <summary>How many things are read at a time.</summary>
    public int AtATime { get; init; } = RowsAtATime;

    /// <summary>An export that asks page by page, one row for each thing.</summary>
    public static CsvExport Paged<T>(
        string[] columns, Func<CsvParameters, PageWanted, HistoryQuery> query, Func<CsvWriter, RoomNames, T, CsvWriter> row,
        int atATime = RowsAtATime) =>
        PagedRows<T>(columns, query, (csv, names, item) => row(csv, names, item).EndRow(), atATime);

    /// <summary>The same, with any number of rows for each item.</summary>
    public static CsvExport PagedRows<T>(
        string[] columns, Func<CsvParameters, PageWanted, HistoryQuery> query, Action<CsvWriter, RoomNames, T> rows, int atATime) => new(
        columns, query,
        (csv, names, answer) =>
        {
            var page = (Page<T>)answer;
            foreach (T item in page.Items)
                rows(csv, names, item);
            return page.NextAfter;
        })
        {
            AtATime = atATime,
        };

    /// <summary>The whole file from its first answer on, piece by piece. False: an answer did not come, and the rest is missing.</summary>
    /// <param name="first">The answer to the first query.</param>
    /// <param name="ask">Sends the next query.</param>
    /// <param name="send">Takes a piece.</param>
    public async Task<bool> WriteAsync(
        CsvParameters parameters, RoomNames names, HistoryResult first, Func<HistoryQuery, Task<HistoryAnswer>> ask, Func<string, Task> send)
    {
        var csv = new CsvWriter();
        if (parameters.ByteOrderMark)
            csv.ByteOrderMark();
        csv.Words(Columns).EndRow();
        HistoryResult answer = first;
        while (true)
        {
            long next = Rows(csv, names, answer);
            await send(csv.Take());
            if (next == 0)
                return true;
            if ((await ask(Query(parameters, new PageWanted(next, AtATime)))).Value is not { } value)
                return false;
            answer = value;
        }
    }
}
