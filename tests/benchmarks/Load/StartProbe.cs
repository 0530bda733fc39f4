using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Exchange.Benchmarks.Load;

/// <summary>From starting the executable to its first "ready".</summary>
internal static class StartProbe
{
    private const long PollNs = 200_000;
    private static readonly byte[] s_request = Encoding.ASCII.GetBytes("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n");

    /// <summary>Nanoseconds until /readyz answered 200. The process is asked to stop, and has ended, when this returns.</summary>
    public static long Measure(string executable, string data)
    {
        int port = ServerProcess.FreePort();
        var info = new ProcessStartInfo(executable, ["--data", data, "--port", port.ToString(), "--host", "127.0.0.1"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        long start = Clock.Ns;
        using Process process = Process.Start(info) ?? throw new InvalidOperationException($"{executable} does not start.");
        try
        {
            while (!IsReady(port))
            {
                if (process.HasExited)
                    throw new InvalidOperationException($"{executable} ended with code {process.ExitCode} before it was ready.");
                if (Clock.Ns - start > 30_000_000_000)
                    throw new InvalidOperationException($"{executable} was not ready within 30 s.");
                Native.Sleep(PollNs);
            }
            return Clock.Ns - start;
        }
        finally
        {
            _ = Native.Kill(process.Id, Native.SigTerm);
            if (!process.WaitForExit(10_000))
                process.Kill();
        }
    }

    private static bool IsReady(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        // An exception for each attempt would cost more than the attempt: a socket that doesn't block says it without one.
        socket.Blocking = false;
        if (!TryConnect(socket, port))
            return false;
        socket.Blocking = true;
        socket.Send(s_request);
        Span<byte> answer = stackalloc byte[256];
        int count = socket.Receive(answer);
        return answer[..count].StartsWith("HTTP/1.1 200"u8);
    }

    private static bool TryConnect(Socket socket, int port)
    {
        if (Native.Connect((int)socket.Handle, new IPEndPoint(IPAddress.Loopback, port).Serialize()) == 0)
            return true;
        // On loopback the outcome is known at once, or nearly.
        return socket.Poll(1_000, SelectMode.SelectWrite)
            && (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! == 0;
    }
}
