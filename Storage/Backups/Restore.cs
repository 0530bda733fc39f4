namespace Exchange.Storage;

/// <summary>Puts a copy in the place of a data directory's database.</summary>
public static class Restore
{
    /// <summary>The result of a restore.</summary>
    /// <param name="SetAside">The folder with what was there before; null: nothing was.</param>
    public readonly record struct Restored(string ExchangeId, long Sequence, long TimeUs, string? SetAside);

    /// <summary>
    /// Checks a copy, brings it up to this program's schema, and has the exchange start on it from now on. Everybody signs in anew: what came
    /// after the copy is gone, and a user that is new since then would share an id with somebody who is not there yet.
    /// </summary>
    /// <param name="copy">The file.</param>
    /// <param name="directory">The data directory; made if need be.</param>
    /// <param name="replace">Whether it may hold an exchange already: what is there is put aside.</param>
    /// <exception cref="StorageException">The copy is not whole, or the directory is in use or holds an exchange; nothing was changed.</exception>
    public static Restored Run(string copy, string directory, bool replace)
    {
        if (!File.Exists(copy))
            throw new StorageException(Directory.Exists(copy) ? $"{copy} is a directory; name a file in it." : $"There is no file {copy}.");
        string log = copy + "-wal";
        if (File.Exists(log) && new FileInfo(log).Length > 0)
            throw new StorageException($"{copy} has a log beside it, {log}: it is the database of an exchange that was not stopped. Use `exchange backup` to make a backup of that exchange.");

        using DirectoryLock held = DirectoryLock.Take(directory);
        bool isThere = DataFiles.AnyIn(directory);
        if (isThere && !replace)
            throw new StorageException($"{directory} holds an exchange already. To replace it, add --replace; its files are moved into a folder next to it.");
        string work = Path.Combine(directory, "restoring");
        try
        {
            if (Directory.Exists(work))
                Directory.Delete(work, recursive: true);
            StoredIdentity identity = Prepare(copy, work);
            string? aside = isThere ? SetAside.Copy(directory, "replaced") : null;
            // From here on what is there does not add up until all is done, and no exchange starts on it: the lock's file still says how far
            // the one before had come.
            foreach (string name in (ReadOnlySpan<string>)[DataFiles.Log, DataFiles.Shared])
                File.Delete(Path.Combine(directory, name));
            File.Move(Path.Combine(work, DataFiles.Database), Path.Combine(directory, DataFiles.Database), overwrite: true);
            SetAside.Clear(directory, hasDatabase: true);
            held.Note("");
            held.FlushDirectory();
            Directory.Delete(work, recursive: true);
            return new Restored(identity.ExchangeId!, identity.Sequence, identity.TimeUs, aside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The copy can't be put into {directory}: {e.Message}", e);
        }
    }

    /// <summary>A copy of the copy, migrated, checked from end to end and closed.</summary>
    private static StoredIdentity Prepare(string copy, string work)
    {
        Directory.CreateDirectory(work);
        try
        {
            File.Copy(copy, Path.Combine(work, DataFiles.Database));
            using Database database = Database.Open(work, Synchronous.Full, new OpenOptions { Checks = Thoroughness.None });
            List<string> problems = Verifier.Verify(database);
            if (problems.Count > 0)
                throw new StorageException($"{copy} is damaged, and nothing was changed:\n{string.Join('\n', problems.Take(20).Select(p => "- " + p))}");
            database.Close();
            using DatabaseReading reading = DatabaseReading.OpenHeld(work, withLog: false);
            return reading.Identity;
        }
        catch
        {
            Directory.Delete(work, recursive: true);
            throw;
        }
    }
}
