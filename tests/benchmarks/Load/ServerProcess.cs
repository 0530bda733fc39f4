using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Exchange.Benchmarks.Load;

/// <summary>A server as a process of its own, on loopback, ended when disposed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, int port)
    {
        _process = process;
        Port = port;
        // A run that ends early leaves no server behind.
        AppDomain.CurrentDomain.ProcessExit += StopAtExit;
    }

    private void StopAtExit(object? sender, EventArgs e) => Stop();

    public int Port { get; }

    public int Id => _process.Id;

    /// <summary>The published exchange.</summary>
    public static ServerProcess StartExchange(string executable, string data) =>
        Start(executable, ["--data", data, "--port", "0", "--opening-balance", "1000000000", "--orders-per-second", "1000000", "--changes-per-second", "100000", "--create-markets", "anyone"]);

    /// <summary>The baseline: this program again, compiled the same way.</summary>
    public static ServerProcess StartNaive(string data)
    {
        // Under `dotnet x.dll` the process is dotnet, and needs to be told the program.
        string self = Environment.ProcessPath!;
        string[] program = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        return Start(self, [.. program, "naive", "--data", data]);
    }

    private static ServerProcess Start(string executable, string[] arguments)
    {
        var info = new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        Process process = Process.Start(info) ?? throw new InvalidOperationException($"{executable} does not start.");
        const string Greeting = "Exchange is at ";
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(Greeting, StringComparison.Ordinal))
            {
                // The little it says after this stays in the pipe.
                return new ServerProcess(process, new Uri(line[Greeting.Length..]).Port);
            }
        }
        process.WaitForExit();
        throw new InvalidOperationException($"{executable} ended with code {process.ExitCode} before it was ready.");
    }

    /// <summary>Asks it to stop, and waits until it has. Seconds that took.</summary>
    public double Stop()
    {
        long start = Clock.Ns;
        if (!_process.HasExited)
        {
            _ = Native.Kill(_process.Id, Native.SigTerm);
            if (!_process.WaitForExit(10_000))
            {
                _process.Kill();
                _process.WaitForExit();
            }
        }
        return (Clock.Ns - start) / 1e9;
    }

    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= StopAtExit;
        Stop();
        _process.Dispose();
    }
}
