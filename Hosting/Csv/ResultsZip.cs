using System.IO.Compression;
using System.Text;
using Exchange.History;
using Exchange.Storage;

namespace Exchange.Hosting.Csv;

/// <summary>All files that a teacher needs to grade a room, in one ZIP. It is written while it is read, so it takes as little memory as one file.</summary>
internal static class ResultsZip
{
    /// <summary>The files, in their order, each with a short description.</summary>
    private static readonly (string Name, CsvExport Export, string What)[] s_files =
    [
        Of("leaderboard", RoomExports.All, "the result of every account; profit is equity less net deposits"),
        Of("members", RoomExports.All, "the members of the room, with role, cash, orders and trades"),
        Of("positions", RoomExports.All, "what every account holds, and what it made in settled markets"),
        Of("markets", RoomExports.All, "every market, in its current state"),
        Of("trades", HistoryExports.All, "every trade"),
        Of("orders", HistoryExports.All, "every order, in its current state"),
        Of("transfers", HistoryExports.All, "every movement of money that is not a trade"),
        Of("settlements", HistoryExports.All, "every settlement, including those that were undone"),
        Of("payouts", RoomExports.All, "what each account was paid at each settlement"),
        Of("conversions", HistoryExports.All, "baskets that were created and redeemed"),
        Of("exercises", HistoryExports.All, "options that were exercised and assigned"),
        Of("audit", HistoryExports.All, "what people did, without ordinary trading"),
    ];

    private static (string, CsvExport, string) Of(string name, Dictionary<string, CsvExport> among, string what) => (name, among[name], what);

    /// <summary>Writes it. False: an answer did not come, and what was written is no whole ZIP.</summary>
    /// <param name="to">Is written to asynchronously, from front to back.</param>
    /// <param name="moment">What <paramref name="ask"/> answers from.</param>
    public static async Task<bool> WriteAsync(
        Stream to, string slug, HistorySnapshot moment, CsvParameters parameters, RoomNames names, Func<HistoryQuery, Task<HistoryAnswer>> ask,
        CancellationToken cancel)
    {
        ZipArchive zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel);
        DateTime time = DateTime.UnixEpoch.AddTicks(moment.TimeUs * 10);
        await using (Stream about = await BeginAsync(zip, "about.txt", time, cancel))
            await about.WriteAsync(Encoding.UTF8.GetBytes(About(slug, moment.Sequence, time)), cancel);
        foreach ((string name, CsvExport export, _) in s_files)
        {
            if ((await ask(export.Query(parameters, new PageWanted(0, export.AtATime)))).Value is not { } first)
                return false;
            await using Stream file = await BeginAsync(zip, $"{name}.csv", time, cancel);
            bool isWhole = await export.WriteAsync(
                parameters, names, first, ask, async text => await file.WriteAsync(Encoding.UTF8.GetBytes(text), cancel));
            if (!isWhole)
                return false;
        }
        // Its end, which makes it one: not to be written unless all is there.
        await zip.DisposeAsync();
        return true;
    }

    private static async Task<Stream> BeginAsync(ZipArchive zip, string name, DateTime time, CancellationToken cancel)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = time;
        return await entry.OpenAsync(cancel);
    }

    private static string About(string slug, long sequence, DateTime time)
    {
        var text = new StringBuilder($"""
            The results of the room {slug}, all as of one moment: sequence {sequence}, {time:yyyy-MM-dd HH:mm:ss} UTC.


            """);
        foreach ((string name, _, string what) in s_files)
            text.Append($"{name + ".csv",-16} {what}\n");
        return text.ToString();
    }
}
