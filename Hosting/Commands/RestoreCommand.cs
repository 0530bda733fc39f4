using Exchange.Storage;

namespace Exchange.Hosting;

/// <summary>`exchange restore FILE`: replaces the database by a backup.</summary>
internal static class RestoreCommand
{
    /// <summary>Restores, and prints what was restored and where the old files are. Returns the exit code.</summary>
    /// <exception cref="StorageException">The backup is damaged, or the data directory can't be used; nothing was changed.</exception>
    public static int Run(Settings settings)
    {
        string copy = Path.GetFullPath(settings.Arguments[0]);
        Restore.Restored restored = Restore.Run(copy, settings.DataDirectory, settings.Replace);
        Console.WriteLine($"{copy} was read from end to end. It is complete, and every balance is right.");
        Console.WriteLine($"{settings.DataDirectory} now holds exchange {restored.ExchangeId} up to sequence {restored.Sequence}{Times.Of(restored.TimeUs)}.");
        if (restored.SetAside is { } aside)
            Console.WriteLine($"The files that were there before are in {aside}.");
        Console.WriteLine("Start it with `exchange`. Everybody has to sign in again.");
        return 0;
    }
}
