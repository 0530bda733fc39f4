using Exchange.Storage;
using Microsoft.Data.Sqlite;

namespace Exchange.Tests.Storage;

/// <summary>The walk through SQLite's log against logs that SQLite wrote, damaged at every kind of place.</summary>
public sealed class LogScanTests : IDisposable
{
    private const int PageSize = 4_096, Frame = 24 + PageSize, Header = 32;

    private readonly string _directory = Directory.CreateTempSubdirectory("exchange-log-").FullName;
    private readonly SqliteConnection _connection;

    public LogScanTests()
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(_directory, "a.db")};Pooling=False");
        _connection.Open();
        Run("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)");
    }

    public void Dispose()
    {
        _connection.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void A_whole_log_has_every_transaction_and_no_damage()
    {
        Commit(40);
        Assert.Equal((41, 0, (long?)null), Scan(Log()));
        Assert.Equal((0, 0, (long?)null), Scan([]));
        Assert.Equal((0, 0, (long?)null), Scan(Log()[..40]));
    }

    [Fact]
    public void A_log_cut_anywhere_ends_with_its_last_whole_transaction()
    {
        Commit(10);
        byte[] log = Log();
        int[] commits = Commits(log);
        for (int length = Header + Frame; length <= log.Length; length += 509)
            Assert.Equal((commits.Count(end => end <= length), 0, (long?)null), Scan(log[..length]));
    }

    [Fact]
    public void A_bit_flipped_before_the_last_commit_is_a_damage_and_says_how_many_transactions_are_behind_it()
    {
        Commit(20);
        byte[] log = Log();
        int[] commits = Commits(log);
        int lastFrame = log.Length - Frame;
        for (int at = Header; at < lastFrame; at += 389)
        {
            log[at] ^= 8;
            int whole = commits.Count(end => end <= at);
            (int transactions, int atStake, long? damagedAt) = Scan(log);
            Assert.Equal(whole, transactions);
            Assert.Equal(Header + (at - Header) / Frame * Frame, damagedAt);
            // A commit mark itself may be what was flipped, off or on.
            Assert.InRange(atStake, commits.Length - whole - 1, commits.Length - whole + 1);
            Assert.True(atStake > 0, $"at {at}");
            log[at] ^= 8;
        }
    }

    [Fact]
    public void A_damaged_header_is_a_damage()
    {
        Commit(20);
        byte[] log = Log();
        for (int at = 0; at < Header; at++)
        {
            log[at] ^= 1;
            Assert.Equal((0, 21, 0L), Scan(log));
            log[at] ^= 1;
        }
    }

    [Fact]
    public void What_is_left_of_the_round_before_is_no_damage()
    {
        Commit(60);
        byte[] before = Log();
        Run("PRAGMA wal_checkpoint(PASSIVE)");
        Commit(5);
        byte[] log = Log();
        Assert.Equal(before.Length, log.Length);
        Assert.Equal((5, 0, (long?)null), Scan(log));

        // A crash in the midst of the next transaction, in every order in which the disk may have taken it.
        int[] commits = Commits(log);
        int last = commits[^2], end = commits[^1];
        for (int frame = last; frame < end; frame += Frame)
        {
            byte[] torn = [.. log];
            before.AsSpan(frame, Frame).CopyTo(torn.AsSpan(frame));
            Assert.Equal((4, 0, (long?)null), Scan(torn));
        }
        byte[] half = [.. log];
        before.AsSpan(end - PageSize, PageSize).CopyTo(half.AsSpan(end - PageSize));
        Assert.Equal((4, 0, (long?)null), Scan(half));

        // But no crash takes away from the middle what was flushed before its end was written.
        byte[] gone = [.. log];
        before.AsSpan(commits[1], Frame).CopyTo(gone.AsSpan(commits[1]));
        (int transactions, int atStake, long? damagedAt) = Scan(gone);
        Assert.Equal(2, transactions);
        Assert.InRange(atStake, 2, 3);
        Assert.Equal(commits[1], damagedAt);
    }

    private void Commit(int times)
    {
        for (int i = 0; i < times; i++)
            Run($"INSERT INTO t (a) VALUES ('{new string((char)('a' + i % 26), 3_000 * (i % 3) + 100)}')");
    }

    private byte[] Log()
    {
        using FileStream file = File.Open(Path.Combine(_directory, "a.db-wal"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Where each transaction of this round ends.</summary>
    private static int[] Commits(byte[] log) =>
    [
        .. Enumerable.Range(0, (log.Length - Header) / Frame).Select(i => Header + i * Frame)
            .Where(at => log.AsSpan(at + 8, 8).SequenceEqual(log.AsSpan(16, 8)) && log.AsSpan(at + 4, 4).IndexOfAnyExcept((byte)0) >= 0)
            .Select(at => at + Frame),
    ];

    private (int Transactions, int AtStake, long? DamagedAt) Scan(byte[] log)
    {
        string path = Path.Combine(_directory, "scanned");
        File.WriteAllBytes(path, log);
        LogScan scan = LogScan.Read(path, PageSize)!;
        Assert.Equal(log.Length, scan.Length);
        return (scan.Transactions, scan.AtStake, scan.DamagedAt);
    }

    private void Run(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
