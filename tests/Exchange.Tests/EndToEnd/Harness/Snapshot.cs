using System.Security.Cryptography;

namespace Exchange.Tests.EndToEnd;

/// <summary>Every file of a directory with a hash of what is in it: to see that nothing was written, made or removed.</summary>
internal static class Snapshot
{
    public static string Of(string directory) => string.Join('\n', new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories)
        .OrderBy(f => f.FullName, StringComparer.Ordinal)
        .Select(f => $"{Path.GetRelativePath(directory, f.FullName)} {f.Length} {(f.UnixFileMode, f.LastWriteTimeUtc.Ticks)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f.FullName)))}"));

    /// <summary>A new directory with the same files.</summary>
    public static string Copy(string directory)
    {
        string copy = PublishedExchange.NewDirectory();
        foreach (FileInfo file in new DirectoryInfo(directory).EnumerateFiles().Where(f => f.Name != "admin.sock"))
            file.CopyTo(Path.Combine(copy, file.Name));
        return copy;
    }
}
