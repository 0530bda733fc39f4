using Exchange.Storage;

namespace Exchange.Hosting;

/// <summary>
/// Copies the database into a folder every so often while the exchange runs, and keeps the newest. An exchange in which nothing has
/// happened since is not copied again.
/// </summary>
internal sealed class ScheduledBackups : IAsyncDisposable
{
    private readonly Database _database;
    private readonly string _folder;
    private readonly TimeSpan _every;
    private readonly int _keep;
    private readonly Func<long> _sequence;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly QuietThreads _thread = new(1, "backup");
    private readonly Task _copying;

    private long _made, _failed, _lastUs;

    private ScheduledBackups(Database database, string folder, TimeSpan every, int keep, Func<long> sequence, TimeProvider time, ILogger logger)
    {
        (_database, _folder, _every, _keep) = (database, folder, every, keep);
        (_sequence, _time, _logger) = (sequence, time, logger);
        _copying = CopyAsync();
    }

    /// <summary>Copies made since the start.</summary>
    public long Made => Interlocked.Read(ref _made);

    /// <summary>Copies that could not be made since the start.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>When the last was made, in microseconds since 1970; 0: none was since the start.</summary>
    public long LastUs => Interlocked.Read(ref _lastUs);

    /// <summary>Begins, if the settings say so; null if they don't.</summary>
    /// <param name="sequence">The sequence of the last command.</param>
    /// <exception cref="StorageException">The folder can't be used.</exception>
    public static ScheduledBackups? Start(Settings settings, Database database, Func<long> sequence, TimeProvider time, ILogger logger)
    {
        if (settings.BackupTo is not { } folder)
            return null;
        try
        {
            Directory.CreateDirectory(folder);
            _ = BackupFolder.List(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The folder for backups, {folder}, can't be used: {e.Message}", e);
        }
        return new ScheduledBackups(database, folder, settings.BackupEvery, settings.BackupKeep, sequence, time, logger);
    }

    private async Task CopyAsync()
    {
        long copied = -1;
        try
        {
            while (true)
            {
                await Task.Delay(_every, _time, _stopping.Token);
                long sequence = _sequence();
                if (sequence != copied && await TryCopyAsync(sequence))
                    copied = sequence;
            }
        }
        catch (OperationCanceledException)
        {
            // The exchange stops.
        }
    }

    private async Task<bool> TryCopyAsync(long sequence)
    {
        try
        {
            string path = BackupFolder.NewPath(_folder, (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, sequence);
            await _thread.RunAsync(() => Backup.Write(_database, path, null, _stopping.Token));
            BackupFolder.Prune(_folder, _keep);
            Interlocked.Increment(ref _made);
            Interlocked.Exchange(ref _lastUs, (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
            return true;
        }
        catch (Exception e) when (e is StorageException or IOException or UnauthorizedAccessException or Microsoft.Data.Sqlite.SqliteException)
        {
            Interlocked.Increment(ref _failed);
            _logger.LogError("The backup failed: {Why} The next try is in {Every}.", e.Message, _every);
            return false;
        }
    }

    /// <summary>Breaks off the copy that is being made. Nothing is left of it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _copying;
        _thread.Dispose();
        _stopping.Dispose();
    }
}
