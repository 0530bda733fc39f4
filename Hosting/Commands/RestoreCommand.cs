using Exchange.Storage;

namespace Exchange.Hosting;

/// <summary>`exchange restore FILE`: puts a copy in the place of the database.</summary>
internal static class RestoreCommand
{
    /// <summary>Prints what was restored and where that is which was there. The exit code.</summary>
    /// <exception cref="StorageException">The copy is not whole, or the data directory is not free; nothing was changed.</exception>
    public static int Run(Settings settings)
    {
        string copy = Path.GetFullPath(settings.Arguments[0]);
        Restore.Restored restored = Restore.Run(copy, settings.DataDirectory, settings.Replace);
        Console.WriteLine($"{copy} was read from end to end: it is whole, and every balance follows from what is on record.");
        Console.WriteLine($"{settings.DataDirectory} now holds exchange {restored.ExchangeId} up to sequence {restored.Sequence}{Times.Of(restored.TimeUs)}.");
        if (restored.SetAside is { } aside)
            Console.WriteLine($"What was there is in {aside}.");
        Console.WriteLine("Start it with `exchange`. Everybody signs in anew.");
        return 0;
    }
}
