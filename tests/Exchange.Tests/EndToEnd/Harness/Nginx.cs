using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Exchange.Tests.EndToEnd;

/// <summary>A real nginx on this machine before an exchange, configured as an operator would.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private readonly string _directory;
    private readonly Process _process;

    private Nginx(string directory, Process process, int port)
    {
        _directory = directory;
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>A port that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts it, and waits until it answers.</summary>
    /// <param name="port">Where it listens, on loopback.</param>
    /// <param name="location">The path that it passes on, with a slash at its end.</param>
    /// <param name="target">What stands behind proxy_pass.</param>
    /// <param name="hostHeader">What it passes on as Host, such as $host; null leaves nginx's default.</param>
    public static async Task<Nginx> StartAsync(int port, string location, string target, string? hostHeader)
    {
        string directory = Directory.CreateTempSubdirectory("exchange-nginx-").FullName;
        string host = hostHeader is null ? "" : $"proxy_set_header Host {hostHeader};";
        string temporary = string.Concat(
            ((string[])["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]).Select(t => $"{t}_temp_path {directory}/{t}; "));
        await File.WriteAllTextAsync($"{directory}/nginx.conf", $$"""
            daemon off;
            worker_processes 1;
            pid {{directory}}/pid;
            error_log stderr;
            events {}
            http {
              access_log off;
              {{temporary}}
              map $http_upgrade $connection_upgrade { default upgrade; '' close; }
              server {
                listen 127.0.0.1:{{port}};
                location {{location}} {
                  proxy_pass {{target}};
                  proxy_http_version 1.1;
                  proxy_set_header Upgrade $http_upgrade;
                  proxy_set_header Connection $connection_upgrade;
                  {{host}}
                }
              }
            }
            """);
        string program = File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";
        Process process = Process.Start(new ProcessStartInfo(program, ["-p", directory, "-c", $"{directory}/nginx.conf", "-e", "stderr"])
        {
            RedirectStandardError = true,
        })!;
        var errors = new System.Text.StringBuilder();
        process.ErrorDataReceived += (_, e) => errors.AppendLine(e.Data);
        process.BeginErrorReadLine();
        var nginx = new Nginx(directory, process, port);
        using var http = new HttpClient();
        try
        {
            await Patience.UntilAsync(async () => await AnswersAsync(http, port) || process.HasExited, "nginx answers");
            if (!process.HasExited)
                return nginx;
            throw new InvalidOperationException($"nginx did not start:\n{errors}");
        }
        catch
        {
            await nginx.DisposeAsync();
            throw;
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, int port)
    {
        try
        {
            using HttpResponseMessage _ = await http.GetAsync($"http://127.0.0.1:{port}/nothing");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // Its worker goes with it when it is told; killed, it would be left.
            using (Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]))
                await kill.WaitForExitAsync();
            await _process.WaitForExitAsync().PatientlyAsync();
        }
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
