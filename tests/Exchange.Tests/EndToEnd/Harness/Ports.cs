using System.Net;
using System.Net.Sockets;

namespace Exchange.Tests.EndToEnd;

/// <summary>
/// Ports to listen on, below those that the system gives out by itself (32,768 and up): a process that is killed and started again finds
/// its own still free, whatever others connect to meanwhile.
/// </summary>
internal static class Ports
{
    private const int First = 12_000, Count = 18_000;

    private static int s_taken = Environment.ProcessId * 97;

    /// <summary>A port that nobody listens on, and that no other caller in this process is given.</summary>
    public static int Take()
    {
        while (true)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref s_taken) % Count);
            if (IsFree(port))
                return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
