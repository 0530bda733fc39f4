using System.Globalization;
using Exchange.Storage;

namespace Exchange.Hosting;

/// <summary>`exchange export FOLDER`: writes the history without secrets: a SQLite file, and every table of it as CSV.</summary>
internal static class ExportCommand
{
    /// <summary>Writes the export, and prints what it wrote. Returns the exit code.</summary>
    /// <exception cref="StorageException">There is no database, or the folder can't be used.</exception>
    public static int Run(Settings settings)
    {
        string folder = Path.GetFullPath(settings.Arguments[0]);
        if (File.Exists(folder))
            throw new StorageException($"{folder} is a file; name a folder that is empty or does not exist yet.");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new StorageException($"{folder} is not empty; name a folder that is empty or does not exist yet.");
        using DatabaseReading reading = DatabaseReading.Open(settings.DataDirectory);
        Directory.CreateDirectory(folder);
        var bar = new ProgressBar("Copied");
        (BackupMade made, long rows) = ExportFolder.Write(reading, folder, p => bar.Show(p.Pages, p.Total), CancellationToken.None);
        bar.End();
        Console.WriteLine($"{folder}: {ExportFolder.FileName} and {Directory.EnumerateFiles(folder, "*.csv").Count()} tables as CSV, {rows.ToString("#,0", CultureInfo.InvariantCulture)} rows, "
            + $"of exchange {made.ExchangeId} up to sequence {made.Sequence}{Times.Of(made.TimeUs)}.");
        Console.WriteLine("The export holds names, but no password hashes, API keys, e-mail addresses or codes.");
        return 0;
    }
}
