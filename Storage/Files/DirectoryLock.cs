using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Exchange.Storage;

/// <summary>
/// The lock that lets one process use a data directory: with two, the memory of each would be behind the disk. Both the file <c>exchange.lock</c>
/// and the directory itself are locked, so that whoever removes the file lets nobody in.
/// </summary>
internal sealed class DirectoryLock : IDisposable
{
    public const string FileName = "exchange.lock";

    /// <summary>errno, as .NET hands it on: another process has locked the file.</summary>
    private const int WouldBlock = 11;

    private readonly FileStream? _file;
    private readonly SafeFileHandle? _directory;

    private readonly bool _isMade;

    private DirectoryLock(FileStream? file, SafeFileHandle? directory, bool isMade)
    {
        (_file, _directory, _isMade) = (file, directory, isMade);
        if (_file is null)
            return;
        using var reader = new StreamReader(_file, Encoding.ASCII, leaveOpen: true);
        // Anything else is what an earlier program or a power cut left: nothing.
        if (reader.ReadToEnd().Split(' ', '\n') is [{ Length: 32 } id, var starts, ""] && long.TryParse(starts, CultureInfo.InvariantCulture, out long number))
            (ExchangeId, Starts) = (id, number);
    }

    /// <summary>The exchange whose database was made in this directory; empty: none was, or by an earlier program.</summary>
    public string ExchangeId { get; private set; } = "";

    /// <summary>How often it was started at least.</summary>
    public long Starts { get; private set; }

    /// <summary>Takes the directory; makes it if need be.</summary>
    /// <exception cref="StorageException">It is in use, or can't be written.</exception>
    public static DirectoryLock Take(string directory)
    {
        if (File.Exists(directory))
            throw new StorageException($"The data directory {directory} is a file. Name a directory with --data.");
        try
        {
            // The owner's alone: it holds password hashes, e-mail addresses and the key that signs tokens.
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(directory);
            else
                Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return TryTake(directory, FileMode.OpenOrCreate)
                ?? throw new StorageException($"The data directory {directory} is in use by another exchange, or by `exchange verify`. Stop that one first.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The data directory {directory} can't be written: {e.Message}", e);
        }
    }

    /// <summary>Takes a directory to read in it, and creates nothing. Null: an exchange runs on it.</summary>
    /// <exception cref="StorageException">It can't be read.</exception>
    public static DirectoryLock? TryTakeToRead(string directory)
    {
        try
        {
            return TryTake(directory, FileMode.Open);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The data directory {directory} can't be read: {e.Message}", e);
        }
    }

    private static DirectoryLock? TryTake(string directory, FileMode mode)
    {
        SafeFileHandle? itself = Posix.OpenDirectory(directory);
        try
        {
            if (itself is not null && !Posix.TryLock(itself))
            {
                itself.Dispose();
                return null;
            }
            string path = Path.Combine(directory, FileName);
            bool isThere = File.Exists(path);
            FileStream? file = mode == FileMode.Open && !isThere
                ? null
                : new FileStream(path, mode, mode == FileMode.Open ? FileAccess.Read : FileAccess.ReadWrite, FileShare.None);
            return new DirectoryLock(file, itself, !isThere);
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            itself?.Dispose();
            return null;
        }
        catch
        {
            itself?.Dispose();
            throw;
        }
    }

    /// <summary>Notes whose database is in the directory, which stays there after a crash; empty: nobody's any more.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Note(string exchangeId, long starts = 0)
    {
        if ((exchangeId, starts) == (ExchangeId, Starts) || _file is null)
            return;
        (ExchangeId, Starts) = (exchangeId, starts);
        _file.SetLength(0);
        _file.Position = 0;
        _file.Write(Encoding.ASCII.GetBytes(exchangeId.Length == 0 ? "" : $"{exchangeId} {starts}\n"));
        _file.Flush();
    }

    /// <summary>Has on disk what the directory lists.</summary>
    /// <exception cref="IOException">It is not.</exception>
    public void FlushDirectory()
    {
        if (_directory is not null)
            Posix.Flush(_directory);
    }

    /// <summary>Lets go of the directory and leaves nothing in it that was not there.</summary>
    public void Abandon()
    {
        if (_isMade && _file is not null && ExchangeId.Length == 0)
            File.Delete(_file.Name);
        Dispose();
    }

    public void Dispose()
    {
        _file?.Dispose();
        _directory?.Dispose();
    }
}
