using System.Buffers.Binary;
using System.Globalization;

namespace Exchange.Storage;

/// <summary>
/// The files of a data directory as they were before SQLite opened any: what is there, and what of it does not add up. A
/// database that is missing, empty, older or another's beside what an exchange has left is a damage, never a new exchange.
/// </summary>
internal sealed class DataFiles
{
    public const string Database = "exchange.db", Log = "exchange.db-wal", Shared = "exchange.db-shm";

    /// <summary>Files that an exchange leaves next to its database and log, and that a new exchange does not have.</summary>
    private static readonly string[] s_traces = ["signing-key.pem", "issuer-keys.json"];

    private const int DatabaseHeaderLength = 100;

    private readonly string _directory, _knownExchange;
    private readonly long _databaseLength;
    private readonly LogScan? _log;
    private readonly Mark? _mark;
    private readonly (long Starts, long Sequence) _known;
    private readonly bool _hasMarkFile;
    private bool _wasStarted;
    private readonly List<string> _traces = [];

    private DataFiles(string directory, DirectoryLock directoryLock)
    {
        _directory = directory;
        foreach (string name in (ReadOnlySpan<string>)[Database, Log, Mark.FileName])
        {
            if (Directory.Exists(In(name)))
                throw new StorageException($"{In(name)} is a directory, but the exchange needs a file there. Move it away, or name another data directory with --data.");
        }
        try
        {
            _mark = Mark.Read(directory);
            _hasMarkFile = File.Exists(In(Mark.FileName));
            _knownExchange = _mark?.ExchangeId ?? directoryLock.ExchangeId;
            // The lock knows less than the mark: which exchange, and of which start.
            _known = _mark is null ? (directoryLock.Starts, 0) : (_mark.Starts, _mark.Sequence);
            _databaseLength = File.Exists(In(Database)) ? new FileInfo(In(Database)).Length : -1;
            (int pageSize, long databasePages) = _databaseLength > 0 ? ReadHeader(In(Database)) : (0, 0);
            _log = LogScan.Read(In(Log), pageSize > 0 ? pageSize : 4096);
            if (_log is { HasFrames: true })
                _traces.Add($"{Log}, a log of {Transactions(_log.Transactions + _log.AtStake)}");
            if (_hasMarkFile)
                _traces.Add(Mark.FileName);
            else if (_knownExchange.Length > 0)
                _traces.Add(DirectoryLock.FileName);
            _traces.AddRange(s_traces.Where(name => File.Exists(In(name))));
            FindDamage((long)pageSize * databasePages);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The data directory {directory} can't be read: {e.Message}", e);
        }
    }

    /// <summary>The problems, one sentence each.</summary>
    public List<string> Findings { get; } = [];

    /// <summary>Remarks that are not problems.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Whether the database is missing or empty.</summary>
    public bool HasNoDatabase => _databaseLength <= 0;

    /// <summary>Whether SQLite will find a log that is not empty.</summary>
    public bool HasLog => _log is { HasFrames: true };

    /// <summary>Whether part of the log can't be read.</summary>
    public bool IsLogDamaged => _log?.DamagedAt is not null;

    /// <summary>Whether whatever ran here last may have ended without being stopped.</summary>
    public bool IsUnclean => HasLog || (_wasStarted && _mark is not { IsStopped: true });

    /// <summary>Looks at a directory that nobody else is at work in.</summary>
    /// <exception cref="StorageException">It can't be read.</exception>
    public static DataFiles Look(string directory, DirectoryLock directoryLock) => new(directory, directoryLock);

    /// <summary>Whether a directory holds, or has held, an exchange.</summary>
    public static bool AnyIn(string directory) =>
        File.Exists(Path.Combine(directory, Database)) || File.Exists(Path.Combine(directory, Mark.FileName))
        || (File.Exists(Path.Combine(directory, Log)) && new FileInfo(Path.Combine(directory, Log)).Length > 0);

    /// <summary>Compares what the database says of itself with what is known beside it.</summary>
    public void Compare(StoredIdentity database)
    {
        (string? exchangeId, long starts, long sequence, _, bool isOpen) = database;
        _wasStarted = starts > 0;
        if (_knownExchange.Length > 0 && exchangeId != _knownExchange)
        {
            Findings.Add(exchangeId is null
                ? $"{Database} is an older copy: it does not know of {_traces[^1]}, which lies beside it."
                : $"{Database} is another exchange's ({exchangeId}) than the one that was in this directory ({_knownExchange}).");
            return;
        }
        if ((starts, sequence).CompareTo(_known) < 0)
        {
            Findings.Add(
                $"{Database} is older than this exchange: it reaches sequence {sequence} of start {starts}, but the exchange had come to sequence {_known.Sequence} "
                + $"of start {_known.Starts} at least"
                + (_known.Sequence > sequence ? $": at least {(_known.Sequence - sequence == 1 ? "1 command is" : $"{_known.Sequence - sequence} commands are")} missing." : ", as what lies beside it says.")
                + (_log is null && _mark is not { IsStopped: true } ? $" {Log}, the log, is missing." : ""));
        }
        else if (isOpen && _mark is { IsStopped: true } && starts == _mark.Starts)
        {
            Findings.Add($"{Database} was copied while the exchange ran, but {Mark.FileName} says that it was stopped after that: what was last is missing.");
        }
        else if (isOpen && !HasLog && _knownExchange.Length > 0)
        {
            Findings.Add(
                $"{Log}, the log, is {(_log is null ? "missing" : "empty")}, though the exchange was not stopped: what was not in {Database} yet, of its last seconds "
                + $"or more, is lost. {Database} reaches sequence {sequence}. (If another program has opened {Database} since, it may have moved the log into it; then nothing is lost.)");
        }
        else if (_mark is null && _knownExchange.Length > 0)
        {
            Notes.Add($"{In(Mark.FileName)} {(_hasMarkFile ? "can't be read" : "is missing")} and is made anew. All else adds up.");
        }
    }

    /// <summary>Says that the database is empty of what was in it.</summary>
    public void FindEmptied()
    {
        if (_traces.Count > 0)
            Findings.Add(Missing("has nothing in it"));
    }

    /// <summary>Says that SQLite can make nothing of the database.</summary>
    /// <param name="why">In SQLite's words.</param>
    public void FindUnreadable(string why) => Findings.Add(
        $"{Database} can't be read: {why}"
        + (HasLog ? "" : $" Where {Log}, the log, is lost while part of it was being moved into {Database}, neither is of use without the other."));

    private void FindDamage(long databaseLength)
    {
        if (HasNoDatabase)
        {
            if (_traces.Count > 0)
                Findings.Add(Missing(_databaseLength < 0 ? "is missing" : "is empty"));
            return;
        }
        if (_log?.DamagedAt is { } at)
        {
            Findings.Add(
                $"{Log}, the log, is damaged at byte {at.ToString(CultureInfo.InvariantCulture)} of {_log.Length.ToString(CultureInfo.InvariantCulture)}: "
                + (_log.AtStake > 0 ? $"{Transactions(_log.AtStake)} from there on can't be read." : "nobody can say how many transactions were in it."));
        }
        // If there is a log, a part of the database may be only in the log.
        if (!HasLog && databaseLength > _databaseLength)
            Findings.Add($"{Database} is cut off: {_databaseLength} of {databaseLength} bytes are there.");
    }

    private string Missing(string how) =>
        $"{Database} {how}, but this directory has held an exchange: beside it {(_traces.Count == 1 ? "is" : "are")} {string.Join(" and ", _traces)}"
        + (_mark is null ? "." : $", which had come to sequence {_mark.Sequence} at least.");

    private static string Transactions(int count) => count == 1 ? "1 transaction" : $"{count} transactions";

    /// <summary>Page size and number of pages, as SQLite notes them at the beginning of the file; 0 where it does not.</summary>
    private static (int PageSize, long Pages) ReadHeader(string path)
    {
        var header = new byte[DatabaseHeaderLength];
        using (Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path))
        {
            if (RandomAccess.Read(file, header, 0) < header.Length || !header.AsSpan().StartsWith("SQLite format 3\0"u8))
                return (0, 0);
        }
        int pageSize = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(16));
        // The number of pages holds if it was noted by the last change.
        bool isNoted = header.AsSpan(24, 4).SequenceEqual(header.AsSpan(92, 4));
        return (pageSize == 1 ? 65_536 : pageSize, isNoted ? BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(28)) : 0);
    }

    private string In(string name) => Path.Combine(_directory, name);
}
