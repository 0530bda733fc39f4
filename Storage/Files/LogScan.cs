using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Exchange.Storage;

/// <summary>
/// The result of reading SQLite's log (exchange.db-wal). SQLite takes the first frame whose checksum is wrong for the log's
/// end, without a word; whether more stood behind it is asked here, before SQLite opens anything.
/// </summary>
/// <param name="Length">The length of the file, in bytes.</param>
/// <param name="Transactions">That SQLite will find.</param>
/// <param name="AtStake">Transactions behind a damage, which SQLite would pass over; 0: there is no damage, or nobody can say.</param>
/// <param name="DamagedAt">The first byte of the frame that is damaged; null: none is.</param>
/// <remarks>
/// The format is documented at sqlite.org/fileformat2.html. A frame's checksum covers all frames before it; a new round of the log
/// begins with new salts at the file's beginning, and frames of the round before may follow.
/// </remarks>
internal sealed record LogScan(long Length, int Transactions, int AtStake, long? DamagedAt)
{
    public const int HeaderLength = 32;

    private const int FrameHeaderLength = 24, FormatVersion = 3_007_000, BufferLength = 1 << 20;

    private const uint Magic = 0x377f0682;

    /// <summary>Whether there is room for a frame in it.</summary>
    public bool HasFrames => Length > HeaderLength + FrameHeaderLength;

    /// <summary>Walks through it; null: there is no such file.</summary>
    /// <param name="path">The path of the log.</param>
    /// <param name="databasePageSize">The page size to use if the header of the log is damaged.</param>
    public static LogScan? Read(string path, int databasePageSize)
    {
        if (!File.Exists(path))
            return null;
        using SafeFileHandle file = File.OpenHandle(path);
        long length = RandomAccess.GetLength(file);
        var header = new byte[HeaderLength];
        if (length <= HeaderLength + FrameHeaderLength || RandomAccess.Read(file, header, 0) < HeaderLength)
            return new LogScan(length, 0, 0, null);

        uint magic = Word(header, 0);
        var sums = new Sums(isBigEndian: (magic & 1) == 1);
        sums.Add(header.AsSpan(0, 24));
        uint pageSize = Word(header, 8);
        bool isWhole = (magic & ~1u) == Magic && Word(header, 4) == FormatVersion && pageSize is >= 512 and <= 65_536
            && sums.Are(Word(header, 24), Word(header, 28));
        var walk = new Walk(isWhole ? (Word(header, 16), Word(header, 20)) : null, sums);
        EachFrame(file, length, isWhole ? (int)pageSize : databasePageSize, walk.Take);
        if (isWhole)
            return new LogScan(length, walk.Transactions, walk.AtStake, walk.IsDamaged ? walk.BadAt : null);
        // A header of nothing is one that never came to the disk: it is there before the first frame.
        bool isBlank = header.AsSpan().IndexOfAnyExcept((byte)0) < 0 && walk.AtStake == 0;
        return new LogScan(length, 0, walk.AtStake, isBlank ? null : 0);
    }

    private delegate void FrameTaker(long offset, ReadOnlySpan<byte> frame);

    private static void EachFrame(SafeFileHandle file, long length, int pageSize, FrameTaker take)
    {
        int frameLength = FrameHeaderLength + pageSize;
        var buffer = new byte[Math.Max(1, BufferLength / frameLength) * frameLength];
        for (long at = HeaderLength; at + frameLength <= length;)
        {
            int read = RandomAccess.Read(file, buffer, at);
            if (read < frameLength)
                return;
            for (int i = 0; i + frameLength <= read; i += frameLength)
                take(at + i, buffer.AsSpan(i, frameLength));
            at += read / frameLength * frameLength;
        }
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);

    /// <summary>The frames one after another.</summary>
    /// <param name="knownSalts">The salts of this round; null: the header of the log is damaged, so those of the first frame are used.</param>
    private sealed class Walk((uint, uint)? knownSalts, Sums sums)
    {
        private (uint, uint)? _salts = knownSalts;
        private Sums _sums = sums;
        private bool _isBad = knownSalts is null, _isBadUnwritten, _isBadCommit;
        private int _commitsBeyond;
        private bool _moreAfterCommit;

        public int Transactions { get; private set; }

        public long BadAt { get; private set; }

        /// <summary>
        /// A crash in the midst of a write leaves the last transaction unfinished, which nobody was told of: no commit follows. A
        /// power cut may have let its end come to the disk before its middle; then the middle is not what was written and
        /// something else, but something that was there before.
        /// </summary>
        public bool IsDamaged => _commitsBeyond > 0 && !(_isBadUnwritten && _commitsBeyond == 1 && !_moreAfterCommit);

        public int AtStake => IsDamaged ? _commitsBeyond + (_isBadCommit ? 1 : 0) : 0;

        public void Take(long offset, ReadOnlySpan<byte> frame)
        {
            (uint, uint) salts = (Word(frame, 8), Word(frame, 12));
            if (_salts is null && salts != (0, 0))
                _salts = salts;
            bool isOfRound = salts == _salts && Word(frame, 0) != 0;
            bool isCommit = Word(frame, 4) != 0;
            if (_isBad)
            {
                _moreAfterCommit |= isOfRound && _commitsBeyond > 0;
                _commitsBeyond += isOfRound && isCommit ? 1 : 0;
                return;
            }
            if (isOfRound)
            {
                _sums.Add(frame[..8]);
                _sums.Add(frame[FrameHeaderLength..]);
            }
            if (isOfRound && _sums.Are(Word(frame, 16), Word(frame, 20)))
            {
                Transactions += isCommit ? 1 : 0;
                return;
            }
            (_isBad, BadAt) = (true, offset);
            _isBadCommit = isOfRound && isCommit;
            // Older data has both salts of another round, or none. Damage changes one salt at most.
            _isBadUnwritten = salts.Item1 != _salts!.Value.Item1 && salts.Item2 != _salts.Value.Item2;
        }
    }

    /// <summary>SQLite's running checksum.</summary>
    private struct Sums(bool isBigEndian)
    {
        private uint _first, _second;

        public void Add(ReadOnlySpan<byte> bytes)
        {
            bool isReversed = isBigEndian == BitConverter.IsLittleEndian;
            (uint first, uint second) = (_first, _second);
            ReadOnlySpan<uint> words = MemoryMarshal.Cast<byte, uint>(bytes);
            for (int i = 0; i + 1 < words.Length; i += 2)
            {
                first += (isReversed ? BinaryPrimitives.ReverseEndianness(words[i]) : words[i]) + second;
                second += (isReversed ? BinaryPrimitives.ReverseEndianness(words[i + 1]) : words[i + 1]) + first;
            }
            (_first, _second) = (first, second);
        }

        public readonly bool Are(uint first, uint second) => _first == first && _second == second;
    }
}
