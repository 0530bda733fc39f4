namespace Exchange.Storage;

/// <summary>
/// Whether the database and its log are still the files that SQLite has open. A file that was removed or replaced while it was open
/// takes all that is written to it, and nothing of that is there at the next start.
/// </summary>
/// <param name="databasePath">The path of the database. Both files exist.</param>
internal sealed class OpenFiles(string databasePath)
{
    private readonly string _logPath = databasePath + "-wal";
    private readonly FileIdentity? _database = Posix.Identify(databasePath);
    private readonly FileIdentity? _log = Posix.Identify(databasePath + "-wal");

    /// <summary>Looks at both. Costs two system calls. Of one thread at a time.</summary>
    /// <exception cref="StorageException">One was removed or replaced.</exception>
    public void Check()
    {
        // On a system where files have no identity, this can't be checked.
        if (_database is not { } database || _log is not { } log)
            return;
        if (Posix.Identify(databasePath) is not { } databaseNow || databaseNow != database)
            throw Gone(databasePath);
        if (Posix.Identify(_logPath) is not { } logNow || logNow != log)
            throw Gone(_logPath);
    }

    private static StorageException Gone(string path) => new(
        $"{path} was removed or replaced while the exchange was running. What was told in the second before may be lost. "
        + "Put back the whole data directory, then start the exchange again.")
    { MayHaveLost = true };
}
