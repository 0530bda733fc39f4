using System.Net.Sockets;
using Exchange.Storage;
using Microsoft.Data.Sqlite;

namespace Exchange.Hosting;

/// <summary>The one place where what a command failed of becomes a sentence and an exit code.</summary>
internal static class Failure
{
    /// <summary>The exchange could not go on safely.</summary>
    public const int CouldNotGoOn = 70;

    /// <summary>What to print and to end with.</summary>
    public static (int ExitCode, string Sentence) Of(Exception e) => e switch
    {
        SettingException => (2, e.Message),
        CouldNotGoOnException => (CouldNotGoOn, e.Message),
        StorageException => (3, e.Message),
        SqliteException => (3, $"The database can't be used: {e.Message}"),
        SocketException => (2, $"The network can't be used as the settings say: {e.Message}."),
        IOException or UnauthorizedAccessException => (3, $"A file can't be used: {e.Message}"),
        AggregateException { InnerException: { } inner } => Of(inner),
        TypeInitializationException { InnerException: { } inner } => Of(inner),
        // A fault of the program's own: where it is helps whoever mends it.
        _ => (CouldNotGoOn, $"The exchange has ended because of a fault in the program: {e.Message}\n{e}"),
    };

    /// <summary>What to print when the exchange, while it runs, can't go on safely.</summary>
    public static string WhileRunning(Exception e) =>
        $"The exchange has stopped because it could not go on safely: {e.Message}\n"
        + (e is StorageException { MayHaveLost: true } ? "" : "Nothing was acknowledged that is not on disk. Mend the cause, then start it again.")
        // What the disk or another program did needs no place in the code.
        + (e is StorageException or SqliteException or IOException or UnauthorizedAccessException ? "" : $"\n{e}");
}

/// <summary>The exchange could not go on, or not stop, safely; the message is a sentence that says why.</summary>
internal sealed class CouldNotGoOnException(string message, Exception? inner = null) : Exception(message, inner);
