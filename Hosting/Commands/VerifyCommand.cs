using Exchange.Storage;

namespace Exchange.Hosting;

/// <summary>`exchange verify`: checks a data directory, stopped or running, and changes nothing in it.</summary>
internal static class VerifyCommand
{
    /// <summary>Prints the problems, and the sequence that the database reaches. Returns the exit code.</summary>
    /// <exception cref="StorageException">There is no database, or it can't be read.</exception>
    public static int Run(Settings settings)
    {
        using DatabaseReading reading = DatabaseReading.Open(settings.DataDirectory);
        List<string> problems = [.. reading.Findings, .. Verifier.Verify(reading)];
        foreach (string problem in problems)
            Console.WriteLine(problem);
        Console.WriteLine($"This is exchange {reading.ExchangeId}, up to sequence {reading.Sequence}{Times.Of(reading.TimeUs)}.");
        if (reading.IsRunning)
            Console.WriteLine("The exchange is running, so this is its state of a moment ago.");
        else if (reading.IsOpen && reading.Findings.Count == 0)
            Console.WriteLine(reading.HasLog ? "The exchange was not stopped: it crashed, or was killed." : "The database was copied without its log while the exchange ran. Unless SQLite made the copy, the changes that were only in exchange.db-wal are missing.");
        Console.WriteLine(problems.Count == 0
            ? "The database is complete up to there, and every balance and position is right."
            : problems.Count == 1 ? "1 problem found." : $"{problems.Count} problems found.");
        return problems.Count == 0 ? 0 : 1;
    }
}
