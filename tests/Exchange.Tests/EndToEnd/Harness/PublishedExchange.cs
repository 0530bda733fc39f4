using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Exchange.Tests.EndToEnd;

/// <summary>The published executable, run as a user runs it, on a data directory and a free port of its own.</summary>
public sealed partial class PublishedExchange : IAsyncDisposable
{
    private Process _process = null!;
    private string[] _flags;
    private readonly List<string> _output = [];

    private int _fileKilobytesMax;
    private IReadOnlyDictionary<string, string> _environment = new Dictionary<string, string>();

    private PublishedExchange(string dataDirectory, string[] flags)
    {
        DataDirectory = dataDirectory;
        _flags = flags;
    }

    /// <summary>The executable that tests/run published.</summary>
    public static string Executable { get; } =
        Environment.GetEnvironmentVariable("EXCHANGE_EXECUTABLE")
        ?? throw new InvalidOperationException("EXCHANGE_EXECUTABLE names the published executable; tests/run sets it.");

    public string DataDirectory { get; }

    public Uri Address { get; private set; } = null!;

    public int Port => Address.Port;

    public int ProcessId => _process.Id;

    /// <summary>What it printed, error output included.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    public static async Task<PublishedExchange> StartAsync(string? dataDirectory = null, params string[] flags)
    {
        var exchange = new PublishedExchange(dataDirectory ?? NewDirectory(), flags);
        await exchange.StartProcessAsync(Ports.Take());
        return exchange;
    }

    /// <summary>Starts it, now and again after a stop, with these variables in its environment.</summary>
    public static async Task<PublishedExchange> StartWithAsync(IReadOnlyDictionary<string, string> environment, params string[] flags)
    {
        var exchange = new PublishedExchange(NewDirectory(), flags) { _environment = environment };
        await exchange.StartProcessAsync(port: 0);
        return exchange;
    }

    /// <summary>Starts it where no file can grow beyond a size: to the exchange, a disk that is full.</summary>
    public static async Task<PublishedExchange> StartOnSmallDiskAsync(int fileKilobytesMax)
    {
        var exchange = new PublishedExchange(NewDirectory(), []) { _fileKilobytesMax = fileKilobytesMax };
        await exchange.StartProcessAsync(Ports.Take());
        exchange._fileKilobytesMax = 0;
        return exchange;
    }

    /// <summary>Waits until it ends by itself, and gives its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().PatientlyAsync();
        return _process.ExitCode;
    }

    public static string NewDirectory() => Directory.CreateTempSubdirectory("exchange-test-").FullName;

    /// <summary>Runs a subcommand to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] args)
    {
        using Process process = Process.Start(new ProcessStartInfo(Executable, args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().PatientlyAsync();
        return (process.ExitCode, await output + await error);
    }

    /// <summary>As `kill -9` or the power switch: no farewell.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a planned stop. The exit code and how long it took.</summary>
    /// <param name="signal">Another that is to do the same.</param>
    public async Task<(int ExitCode, TimeSpan Took)> TerminateAsync(string signal = "TERM")
    {
        var watch = Stopwatch.StartNew();
        using (Process kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString()]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().PatientlyAsync();
        return (_process.ExitCode, watch.Elapsed);
    }

    /// <summary>Starts it again on the same data and port.</summary>
    public Task RestartAsync() => StartProcessAsync(Port);

    /// <summary>The same with other flags.</summary>
    public Task RestartAsync(params string[] flags)
    {
        _flags = flags;
        return StartProcessAsync(Port);
    }

    /// <summary>Signs somebody up, or in if there already; the token.</summary>
    public async Task<string> SignInAsync(string name, string? setupCode = null)
    {
        using var http = new HttpClient { BaseAddress = Address };
        const string Password = "correct horse battery";
        using HttpResponseMessage signedUp = await http.PostAsJsonAsync(
            "auth/sign-up", new { name, password = Password, setup_code = setupCode });
        if (signedUp.IsSuccessStatusCode)
            return await TokenOfAsync(signedUp);
        using HttpResponseMessage signedIn = await http.PostAsJsonAsync("auth/sign-in", new { name, password = Password });
        Assert.True(signedIn.IsSuccessStatusCode, await signedIn.Content.ReadAsStringAsync());
        return await TokenOfAsync(signedIn);
    }

    private static async Task<string> TokenOfAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;

    /// <summary>The code in the link that makes the first admin, which is printed last. There is none once there is an admin.</summary>
    public string SetupCode
    {
        get
        {
            SpinWait.SpinUntil(() => SetupCodePattern().IsMatch(Output), Patience.Limit);
            return SetupCodePattern().Match(Output).Groups[1].Value is { Length: > 0 } code
                ? code
                : throw new InvalidOperationException($"The exchange printed no link that makes an admin:\n{Output}");
        }
    }

    /// <summary>Waits until it has printed a text.</summary>
    public Task PrintedAsync(string text) =>
        Patience.UntilAsync(() => Output.Contains(text, StringComparison.Ordinal), $"printed '{text}'");

    /// <summary>Tests go faster than people; those of the limits give flags of their own, which win.</summary>
    private static readonly string[] s_withoutLimits =
        [
            "--orders-per-second", "1000000", "--changes-per-second", "100000", "--queries-per-minute", "1000000",
            "--connections-per-user", "10000",
            // And whoever is there makes the market that a test is about.
            "--create-markets", "anyone",
        ];

    /// <summary>With the signal ignored, writing beyond the limit is an error as on a full disk.</summary>
    private string Limited => _fileKilobytesMax == 0 ? "" : $"trap '' XFSZ; ulimit -f {_fileKilobytesMax}; ";

    private async Task StartProcessAsync(int port)
    {
        lock (_output)
            _output.Clear();
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        // Whoever runs the tests in the background has these signals ignored, and so would it.
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("bash", ["-c", Limited + "exec env --default-signal=INT,HUP \"$0\" \"$@\"", Executable, "--data", DataDirectory, "--port", port.ToString(), .. s_withoutLimits, .. _flags])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = DataDirectory,
            },
        };
        foreach ((string name, string value) in _environment)
            _process.StartInfo.Environment[name] = value;
        _process.OutputDataReceived += (_, e) => Take(e.Data, listening);
        _process.ErrorDataReceived += (_, e) => Take(e.Data, listening);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Task exited = _process.WaitForExitAsync();
        if (await Task.WhenAny(listening.Task, exited).PatientlyAsync() != listening.Task)
            throw new InvalidOperationException($"The exchange did not start:\n{Output}");

        // On 127.0.0.1 it is always there; "localhost" may be ::1 as well.
        Address = new UriBuilder(await listening.Task) { Host = "127.0.0.1" }.Uri;
    }

    private void Take(string? line, TaskCompletionSource<Uri> listening)
    {
        if (line is null)
            return;
        lock (_output)
            _output.Add(line);
        if (AddressPattern().Match(line) is { Success: true } match)
            listening.TrySetResult(new Uri(match.Groups[1].Value));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        Directory.Delete(DataDirectory, recursive: true);
    }

    [GeneratedRegex(@"^Exchange is at (\S+)")]
    private static partial Regex AddressPattern();

    [GeneratedRegex(@"setup\?code=(\S+)")]
    private static partial Regex SetupCodePattern();
}
