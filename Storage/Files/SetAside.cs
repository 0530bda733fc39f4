using System.Globalization;

namespace Exchange.Storage;

/// <summary>Puts a damaged directory's files aside as they are, before anything goes on with what can be read of them.</summary>
internal static class SetAside
{
    /// <summary>Copies every file into a new folder of the directory. Its path.</summary>
    /// <param name="why">Begins the folder's name.</param>
    /// <exception cref="StorageException">They can't be copied; nothing has been changed.</exception>
    public static string Copy(string directory, string why = "damaged")
    {
        try
        {
            string name = why + "-" + DateTime.UtcNow.ToString("yyyy-MM-ddTHH-mm-ss.fffZ", CultureInfo.InvariantCulture);
            string aside = Directory.CreateDirectory(Path.Combine(directory, name)).FullName;
            foreach (FileInfo file in new DirectoryInfo(directory).EnumerateFiles())
            {
                // The socket is left out, and so is the lock, which this process holds.
                if (file.Name is not (DirectoryLock.FileName or "admin.sock"))
                    file.CopyTo(Path.Combine(aside, file.Name));
            }
            return aside;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The files in {directory} can't be copied into a folder beside them, so nothing was changed: {e.Message}", e);
        }
    }

    /// <summary>
    /// The mark is removed, and so is the key that signs tokens. Otherwise a new user could get the id of a lost one, and be
    /// taken for them. Without a database nothing stays at all.
    /// </summary>
    public static void Clear(string directory, bool hasDatabase)
    {
        foreach (string name in (ReadOnlySpan<string>)[Mark.FileName, "signing-key.pem", .. hasDatabase ? [] : (string[])[DataFiles.Log, DataFiles.Shared, DataFiles.Database]])
            File.Delete(Path.Combine(directory, name));
    }

    /// <summary>
    /// Takes away a damaged log if the database alone is better off: what is whole of the log holds older pages than the database where
    /// the rest of it had been moved there.
    /// </summary>
    public static void ChooseBetter(string directory)
    {
        (int problems, long sequence) without = Examine(directory, withLog: false), with = Examine(directory, withLog: true);
        if (without.problems < with.problems || (without.problems == with.problems && without.sequence > with.sequence))
        {
            foreach (string name in (ReadOnlySpan<string>)[DataFiles.Log, DataFiles.Shared])
                File.Delete(Path.Combine(directory, name));
        }
    }

    private static (int Problems, long Sequence) Examine(string directory, bool withLog)
    {
        try
        {
            using DatabaseReading reading = DatabaseReading.OpenHeld(directory, withLog);
            return (Verifier.Verify(reading).Count, reading.Sequence);
        }
        catch (Exception e) when (e is StorageException or Microsoft.Data.Sqlite.SqliteException)
        {
            return (int.MaxValue, -1);
        }
    }
}
