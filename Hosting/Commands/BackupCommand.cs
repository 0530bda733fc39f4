using System.Globalization;
using Exchange.Storage;

namespace Exchange.Hosting;

/// <summary>`exchange backup FILE|FOLDER`: copies the database, while the exchange runs or not, and checks the copy.</summary>
internal static class BackupCommand
{
    /// <summary>Makes and checks the backup, and prints its path and the sequence that it reaches. Returns the exit code.</summary>
    /// <exception cref="StorageException">There is no database, or the copy can't be written.</exception>
    public static int Run(Settings settings)
    {
        string target = Path.GetFullPath(settings.Arguments[0]);
        BackupMade made;
        using (DatabaseReading reading = DatabaseReading.Open(settings.DataDirectory))
        {
            if (reading.Findings.Count > 0)
            {
                throw new StorageException(
                    $"The data in {settings.DataDirectory} is damaged or incomplete, so no backup was made:\n{string.Join('\n', reading.Findings.Select(f => "- " + f))}\n"
                    + "First copy the whole directory. Then run `exchange verify`, which says more.");
            }
            bool isFolder = Directory.Exists(target) || Path.EndsInDirectorySeparator(settings.Arguments[0]);
            if (isFolder)
                Directory.CreateDirectory(target);
            string path = isFolder
                ? BackupFolder.NewPath(target, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000, reading.Sequence)
                : target;
            var bar = new ProgressBar("Copied");
            using var interrupted = new CancellationTokenSource();
            Console.CancelKeyPress += (_, e) =>
            {
                e.Cancel = true;
                interrupted.Cancel();
            };
            try
            {
                made = Backup.Write(reading, path, p => bar.Show(p.Pages, p.Total), interrupted.Token);
            }
            catch (OperationCanceledException)
            {
                bar.End();
                throw new StorageException("The command was interrupted. No backup was made.");
            }
            bar.End();
        }

        Console.WriteLine($"{made.Path}: {made.Bytes.ToString("#,0", CultureInfo.InvariantCulture)} bytes, exchange {made.ExchangeId} up to sequence {made.Sequence}{Times.Of(made.TimeUs)}.");
        List<string> problems = DatabaseReading.Check(made.Path);
        foreach (string problem in problems)
            Console.WriteLine(problem);
        Console.WriteLine(problems.Count == 0
            ? "The backup was read from end to end. It is complete, and every balance is right."
            : $"The backup has problems ({problems.Count}), because the database has them too. `exchange verify` says more.");
        return problems.Count == 0 ? 0 : 1;
    }
}
