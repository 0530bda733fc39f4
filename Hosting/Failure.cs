using System.Net.Sockets;
using Exchange.Storage;
using Microsoft.Data.Sqlite;

namespace Exchange.Hosting;

/// <summary>The one place that turns a failure into a sentence and an exit code.</summary>
internal static class Failure
{
    /// <summary>The exchange could not go on safely.</summary>
    public const int CouldNotGoOn = 70;

    /// <summary>The exit code, and the sentence to print.</summary>
    public static (int ExitCode, string Sentence) Of(Exception e) => e switch
    {
        SettingException => (2, e.Message),
        CouldNotGoOnException => (CouldNotGoOn, e.Message),
        StorageException => (3, e.Message),
        SqliteException => (3, $"The database can't be used: {e.Message}"),
        SocketException => (2, $"The network can't be used with these settings: {e.Message}."),
        IOException or UnauthorizedAccessException => (3, $"A file can't be used: {e.Message}"),
        AggregateException { InnerException: { } inner } => Of(inner),
        TypeInitializationException { InnerException: { } inner } => Of(inner),
        // A fault of the program: its place in the code helps to find it.
        _ => (CouldNotGoOn, $"The exchange has ended because of a fault in the program: {e.Message}\n{e}"),
    };

    /// <summary>The text to print when the exchange stops because it can't go on safely.</summary>
    public static string WhileRunning(Exception e) =>
        $"The exchange has stopped because it could not go on safely: {e.Message}\n"
        + (e is StorageException { MayHaveLost: true } ? "" : "Everything that was acknowledged is on disk. Remove the cause, then start the exchange again.")
        // The disk or another program is the cause: a place in the code would not help.
        + (e is StorageException or SqliteException or IOException or UnauthorizedAccessException ? "" : $"\n{e}");
}

/// <summary>The exchange could not go on, or not stop, safely; the message is a sentence that says why.</summary>
internal sealed class CouldNotGoOnException(string message, Exception? inner = null) : Exception(message, inner);
