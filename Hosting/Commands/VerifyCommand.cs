using Exchange.Storage;

namespace Exchange.Hosting;

/// <summary>`exchange verify`: checks a data directory, stopped or running, and changes nothing in it.</summary>
internal static class VerifyCommand
{
    /// <summary>Prints what it found and how far the database reaches. The exit code.</summary>
    /// <exception cref="StorageException">There is no database, or it can't be read.</exception>
    public static int Run(Settings settings)
    {
        using DatabaseReading reading = DatabaseReading.Open(settings.DataDirectory);
        List<string> problems = [.. reading.Findings, .. Verifier.Verify(reading)];
        foreach (string problem in problems)
            Console.WriteLine(problem);
        Console.WriteLine($"It is exchange {reading.ExchangeId}, and reaches sequence {reading.Sequence}{Times.Of(reading.TimeUs)}.");
        if (reading.IsRunning)
            Console.WriteLine("The exchange is running: so it stood a moment ago.");
        else if (reading.IsOpen && reading.Findings.Count == 0)
            Console.WriteLine(reading.HasLog ? "It was not stopped before." : "It was copied while the exchange ran, without its log: unless SQLite made the copy, what was only in exchange.db-wal is not in it.");
        Console.WriteLine(problems.Count == 0
            ? "As far as it reaches it is whole, and every balance and position follows from what is on record."
            : problems.Count == 1 ? "1 problem found." : $"{problems.Count} problems found.");
        return problems.Count == 0 ? 0 : 1;
    }
}
