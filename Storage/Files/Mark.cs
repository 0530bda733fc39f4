using System.Globalization;
using System.Numerics;
using System.Text;

namespace Exchange.Storage;

/// <summary>
/// The content of the file <c>exchange.mark</c>: the id of this exchange, and a sequence that it had reached. It is outside of the
/// database, so that a database that is missing, older or another's is not taken for a new or shorter one.
/// </summary>
/// <param name="ExchangeId">The id in the table identity.</param>
/// <param name="Starts">How often it had been started.</param>
/// <param name="Sequence">The sequence of the last command that is known to be on disk.</param>
/// <param name="IsStopped">Whether nothing came after that.</param>
internal sealed record Mark(string ExchangeId, long Starts, long Sequence, bool IsStopped)
{
    public const string FileName = "exchange.mark";

    private const string Title = "# Says how far the exchange in exchange.db beside it has come. Keep the two together.";

    /// <summary>Null: there is none, or it can't be understood.</summary>
    public static Mark? Read(string directory)
    {
        string path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
            return null;
        string[] lines = File.ReadAllText(path).Split('\n');
        if (lines is not [_, var id, var starts, var sequence, var state, _, ""])
            return null;
        var mark = new Mark(
            After(id, "exchange "),
            long.TryParse(After(starts, "starts "), CultureInfo.InvariantCulture, out long s) ? s : 0,
            long.TryParse(After(sequence, "sequence "), CultureInfo.InvariantCulture, out long q) ? q : 0,
            state == "stopped");
        // The text must be the same to the last byte, including its checksum.
        return mark.Text() == string.Join('\n', lines) ? mark : null;
    }

    /// <summary>Takes the place of the one before, whole or not at all, and is on disk when this returns.</summary>
    /// <exception cref="StorageException">It can't be written; the one before is still there.</exception>
    public void Write(string directory, DirectoryLock directoryLock)
    {
        string path = Path.Combine(directory, FileName), draft = path + ".new";
        try
        {
            using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write))
            {
                file.Write(Encoding.ASCII.GetBytes(Text()));
                file.Flush(flushToDisk: true);
            }
            File.Move(draft, path, overwrite: true);
            directoryLock.FlushDirectory();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"{path} can't be written: {e.Message}", e);
        }
    }

    private string Text()
    {
        string text = $"{Title}\nexchange {ExchangeId}\nstarts {Starts}\nsequence {Sequence}\n{(IsStopped ? "stopped" : "running")}\n";
        uint crc = 0;
        foreach (byte b in Encoding.ASCII.GetBytes(text))
            crc = BitOperations.Crc32C(crc, b);
        return $"{text}checksum {crc:x8}\n";
    }

    private static string After(string line, string word) => line.StartsWith(word, StringComparison.Ordinal) ? line[word.Length..] : "";
}
