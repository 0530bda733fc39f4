using System.Net.Sockets;
using System.Text;

namespace Exchange.Hosting;

/// <summary>
/// The Unix socket in the data directory by which `exchange admin` reaches an exchange that runs. Only its owner may write to it.
/// A connection carries the arguments, one on each line. The answer is the exit code on a line, and then what to print.
/// </summary>
internal sealed class AdminSocket : IAsyncDisposable
{
    private const string FileName = "admin.sock";

    // The longest argument is a name.
    private const int RequestLengthMax = 4096;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly string _path;
    private readonly Socket _listener;
    private readonly AdminCommands _commands;
    private readonly Task _accepting;

    private AdminSocket(string path, Socket listener, AdminCommands commands)
    {
        (_path, _listener, _commands) = (path, listener, commands);
        _accepting = AcceptAsync();
    }

    /// <summary>Listens. If the socket can't be used, prints a warning and returns null: the exchange runs without it.</summary>
    public static AdminSocket? Listen(Settings settings, AdminCommands commands)
    {
        string path = Path.Combine(settings.DataDirectory, FileName);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // An exchange that was killed left the file. This one holds the lock of the directory, so no other uses it.
            File.Delete(path);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            // A user who can write to the socket is as powerful as the owner. So the mode is set before anybody can connect.
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            listener.Listen();
            return new AdminSocket(path, listener, commands);
        }
        catch (Exception e) when (e is SocketException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            listener.Dispose();
            Console.Error.WriteLine($"`exchange admin` can't reach this exchange while it runs, because {path} can't be used ({e.Message}).");
            return null;
        }
    }

    /// <summary>Sends the arguments to the exchange that runs on this data directory; null if none listens.</summary>
    public static async Task<(int ExitCode, string Text)?> AskAsync(string dataDirectory, IEnumerable<string> arguments)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(dataDirectory, FileName)));
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return null;
        }
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', arguments)));
        socket.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream);
        return int.TryParse(await reader.ReadLineAsync(), out int exitCode) ? (exitCode, await reader.ReadToEndAsync()) : null;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        try
        {
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{_path} can't be removed: {e.Message}");
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                await ServeAsync(await _listener.AcceptAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The exchange stops.
        }
    }

    /// <summary>Answers one connection at a time: a person types these commands.</summary>
    private async Task ServeAsync(Socket socket)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            var request = new byte[RequestLengthMax];
            int length = await stream.ReadAtLeastAsync(request, request.Length, throwOnEndOfStream: false, patience.Token);
            string[] arguments = Encoding.UTF8.GetString(request, 0, length).Split('\n');
            (int exitCode, string text) = await _commands.RunAsync(arguments);
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"{exitCode}\n{text}"), patience.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The other side is gone, or the exchange is stopping: there is no answer.
        }
    }
}
