using System.Globalization;

namespace Exchange.Storage;

/// <summary>Finds the process that holds SQLite's write lock: a byte of the file exchange.db-shm, as Linux lists it in /proc/locks.</summary>
internal static class LogLock
{
    /// <summary>Where SQLite's wal-index has its write lock (sqlite.org/walformat.html).</summary>
    private const long WriteLockByte = 120;

    /// <summary>"Another program", with its name and id if they can be told.</summary>
    public static string Holder(string databasePath)
    {
        try
        {
            foreach (string line in File.ReadLines("/proc/locks"))
            {
                // 3: POSIX  ADVISORY  WRITE 1234 fe:01:5678 120 120; one that waits has "->" behind the number.
                string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (words is [_, "POSIX", _, "WRITE", var process, _, var first, var last]
                    && int.TryParse(process, CultureInfo.InvariantCulture, out int id) && id != Environment.ProcessId
                    && long.TryParse(first, CultureInfo.InvariantCulture, out long from) && from <= WriteLockByte
                    && (last == "EOF" || (long.TryParse(last, CultureInfo.InvariantCulture, out long to) && to >= WriteLockByte))
                    && HasOpen(id, databasePath + "-shm"))
                {
                    return $"Another program (process {id}, {File.ReadAllText($"/proc/{id}/comm").Trim()})";
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another system, or another user's process.
        }
        return "Another program";
    }

    private static bool HasOpen(int process, string path) =>
        new DirectoryInfo($"/proc/{process}/fd").EnumerateFileSystemInfos().Any(file => file.LinkTarget == path);
}
