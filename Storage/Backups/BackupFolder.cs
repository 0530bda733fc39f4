using System.Globalization;
using System.Text.RegularExpressions;

namespace Exchange.Storage;

/// <summary>
/// A folder of copies, named by the moment they are of (<c>exchange-2026-11-26T07-45-00Z-1234.db</c>, with the sequence), so that their
/// names sort as they were made.
/// </summary>
public static partial class BackupFolder
{
    /// <summary>The path of the next backup.</summary>
    /// <param name="nowUs">Microseconds since 1970.</param>
    /// <param name="sequence">How far it reaches at least.</param>
    public static string NewPath(string folder, long nowUs, long sequence)
    {
        string time = DateTime.UnixEpoch.AddMicroseconds(nowUs).ToString("yyyy-MM-ddTHH-mm-ssZ", CultureInfo.InvariantCulture);
        return Path.Combine(folder, $"exchange-{time}-{sequence.ToString(CultureInfo.InvariantCulture)}.db");
    }

    /// <summary>The copies in it, oldest first; nothing else is looked at.</summary>
    public static string[] List(string folder) =>
        [.. Directory.EnumerateFiles(folder).Where(f => Name().IsMatch(Path.GetFileName(f))).Order(StringComparer.Ordinal)];

    /// <summary>Deletes the oldest copies beyond a number.</summary>
    /// <exception cref="IOException">One can't be deleted.</exception>
    public static void Prune(string folder, int keep)
    {
        foreach (string path in List(folder).SkipLast(keep))
            File.Delete(path);
        // Files of a backup that was killed are removed.
        foreach (string path in Directory.EnumerateFiles(folder).Where(f => Name().IsMatch(Path.GetFileName(f).Replace(Backup.Draft, "", StringComparison.Ordinal))).Except(List(folder)))
            File.Delete(path);
    }

    [GeneratedRegex(@"^exchange-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-\d+\.db$")]
    private static partial Regex Name();
}
