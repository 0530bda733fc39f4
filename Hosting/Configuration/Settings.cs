using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Exchange.Markets;
using Exchange.Protocol;
using Exchange.Storage;

namespace Exchange.Hosting;

/// <summary>A setting that can't be used; the message is a sentence that names it.</summary>
public sealed class SettingException(string message) : Exception(message);

/// <summary>
/// Everything that can be set: EXCHANGE_* environment variables, exchange.json in the working directory, flags; each
/// overrides the one before.
/// </summary>
public sealed partial class Settings
{
    private const string DemoDirectory = "./demo";

    /// <summary>Flags that only the command line may give: they allow something once, and not at every start.</summary>
    private static readonly string[] s_switches = ["accept-damage", "replace"];

    private readonly Dictionary<string, string> _values;

    private readonly HashSet<string> _switches;

    private Settings(string command, IReadOnlyList<string> arguments, Dictionary<string, string> values, HashSet<string> switches)
    {
        Command = command;
        Arguments = arguments;
        _values = values;
        _switches = switches;
    }

    /// <summary>The subcommand: serve, demo, verify, admin, help or version.</summary>
    public string Command { get; }

    /// <summary>The arguments after the subcommand: words for `admin` and `help`, a path for `backup`, `restore` and `export`.</summary>
    public IReadOnlyList<string> Arguments { get; }

    public string Host => Text("host");
    public int Port => (int)Number("port", 0, 65535);
    public string DataDirectory => Text("data") is { Length: > 0 } path && !path.Contains('\0')
        ? Path.GetFullPath(path) : throw new SettingException("data is empty; it must name a directory, such as ./data.");
    /// <summary>Whether to go on with what can be read of a damaged data directory.</summary>
    public bool AcceptDamage => _switches.Contains("accept-damage");

    /// <summary>Whether `restore` may replace the exchange that is there.</summary>
    public bool Replace => _switches.Contains("replace");

    /// <summary>The folder for the backups that a running exchange makes; null: it makes none.</summary>
    public string? BackupTo => TextOrNull("backup-to") is { } path ? Path.GetFullPath(path) : null;
    public TimeSpan BackupEvery => Span("backup-every");
    public int BackupKeep => (int)Number("backup-keep", 1, 1_000_000);

    /// <summary>How the data directory is checked before it is used.</summary>
    public OpenOptions OpenOptions => new()
    {
        AcceptDamage = AcceptDamage,
        Checks = Choice("verify-on-start", ("true", Thoroughness.All), ("false", Thoroughness.Cheap)),
    };
    public Synchronous Synchronous => Choice("synchronous", ("full", Synchronous.Full), ("normal", Synchronous.Normal));
    public Cash OpeningBalance => new(Number("opening-balance", 0, 1_000_000_000) * 10_000);
    public WhoMayCreateMarkets WhoMayCreateMarkets =>
        Choice("create-markets", ("anyone", WhoMayCreateMarkets.Anyone), ("admins", WhoMayCreateMarkets.Admins));
    public ProtocolOptions ProtocolOptions => new()
    {
        OrdersPerSecond = (int)Number("orders-per-second", 1, 1_000_000),
        OrdersBurst = (int)Number("orders-per-second", 1, 1_000_000) * 10,
        ChangesPerSecond = (int)Number("changes-per-second", 1, 100_000),
        ChangesBurst = (int)Number("changes-per-second", 1, 100_000) * 5,
        QueriesPerMinute = (int)Number("queries-per-minute", 1, 1_000_000),
        ConnectionsPerUser = (int)Number("connections-per-user", 1, 100_000),
    };

    /// <summary>The number from which the demo's week is made.</summary>
    public ulong Seed => (ulong)Number("seed", 0, long.MaxValue);

    /// <summary>Whether to delete the demo's week and make a new one.</summary>
    public bool IsFresh => Choice("fresh", ("true", true), ("false", false));
    public VenueOptions VenueOptions => new() { MaxRoomsPerUser = (int)Number("rooms-per-user", 0, Limits.MaxRooms) };
    /// <summary>Standard error is written as JSON.</summary>
    public bool LogsJson => Choice("log", ("json", true), ("text", false));

    public bool AllowRemoteSignIn => Choice("allow-remote-sign-in", ("true", true), ("false", false));
    public string? Authority => TextOrNull("authority");
    public string? Audience => TextOrNull("audience");
    public string? ClientId => TextOrNull("client-id");
    public string Scope => Text("scope");
    public string? AdminRole => TextOrNull("admin-role");
    public string? AdminPermission => TextOrNull("admin-permission");
    public string RolesClaim => Text("roles-claim");
    public string[] AllowedClients => List("allowed-clients");
    public string[] AllowedOrigins => List("allowed-origins");

    /// <summary>The path under which the exchange is served, such as /exchange; empty: the root.</summary>
    public string BasePath => Text("base-path").TrimEnd('/');

    /// <summary>The address and port that serve /metrics; null: none.</summary>
    public IPEndPoint? Metrics => TextOrNull("metrics") is { } text ? EndPoint("metrics", text) : null;

    public IPNetwork[] TrustedProxies => [.. List("trusted-proxies").Select(Network)];
    public string ClientAddressHeader => Text("client-address-header");
    public int SignInsPerName => (int)Number("sign-ins-per-name", 1, 1_000_000);
    public int SignInsPerAddress => (int)Number("sign-ins-per-address", 1, 1_000_000);
    public int ConnectionsPerAddress => (int)Number("connections-per-address", 1, 1_000_000);
    public int UnauthenticatedPerAddress => (int)Number("unauthenticated-per-address", 1, 1_000_000);

    /// <summary>The address at which people reach the exchange, as far as the settings tell.</summary>
    public string PublicAddress => PublicAddressAt(Port);

    /// <summary>The same for a port that is known, because the exchange listens on it.</summary>
    public string PublicAddressAt(int port) =>
        (AllowedOrigins is [string first, ..] ? first : $"http://{(IsLocal ? Host : "localhost")}:{port}") + BasePath;

    /// <summary>Whether only this machine can connect.</summary>
    public bool IsLocal => Host is "localhost" || (IPAddress.TryParse(Host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>
    /// An allowed origin that is not on this machine, or null. With one, people elsewhere reach the exchange even if only this machine
    /// can connect to it: through a proxy that runs here.
    /// </summary>
    public string? OriginElsewhere => Array.Find(
        AllowedOrigins, o => Uri.TryCreate(o, UriKind.Absolute, out Uri? uri) && !uri.IsLoopback);

    /// <summary>Reads the command line, exchange.json and the environment.</summary>
    /// <exception cref="SettingException">A setting is unknown or can't be used.</exception>
    public static Settings Read(string[] args, string jsonPath = "exchange.json")
    {
        var values = All.ToDictionary(s => s.Name, s => s.Default);
        foreach (Setting setting in All)
        {
            if (Environment.GetEnvironmentVariable(EnvironmentName(setting.Name)) is { } value)
                values[setting.Name] = value;
        }
        ReadJson(jsonPath, values);
        var flags = new HashSet<string>();
        HashSet<string> switches = [.. s_switches.Where(s => args.Contains("--" + s))];
        List<string> words = ReadFlags([.. args.Where(a => !s_switches.Any(s => a == "--" + s))], values, flags);
        string name = words is [string first, ..] ? first : s_commands[0].Name;
        CheckFlags(name, flags.Concat(switches));
        // A demo is never made where the exchange keeps its data, even if the environment says where that is.
        if (words is ["demo", ..] && !flags.Contains("data"))
            values["data"] = DemoDirectory;
        var settings = new Settings(name, [.. words.Skip(1)], values, switches);
        settings.CheckAll();
        if (s_commands.Single(c => c.Name == name) is { Argument: { } argument } && settings.Arguments.Count == 0)
            throw new SettingException($"`exchange {name}` needs a path: exchange {name} {argument}. `exchange {name} --help` says more.");
        return settings;
    }

    /// <summary>Refuses flags that the command does not take. exchange.json and the environment are for all commands, so they may hold more.</summary>
    private static void CheckFlags(string name, IEnumerable<string> flags)
    {
        CommandHelp command = s_commands.Single(c => c.Name == name);
        if (name is "help" or "version")
            return;
        string[] taken = [.. s_groups.SelectMany(command.Of).Select(s => s.Name), .. s_switches.Where(command.Takes.Contains)];
        if (flags.Except(taken).FirstOrDefault() is { } unused)
            throw new SettingException($"`exchange {name}` does not take --{unused}. `exchange {name} --help` lists what it takes.");
    }

    private static string EnvironmentName(string name) => "EXCHANGE_" + name.ToUpperInvariant().Replace('-', '_');

    private static void ReadJson(string path, Dictionary<string, string> values)
    {
        if (!Path.Exists(path))
            return;
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (!values.ContainsKey(property.Name))
                    throw new SettingException($"{path} has '{property.Name}', which is not a setting. `exchange help` lists the settings.");
                values[property.Name] = property.Value.ToString();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new SettingException($"{path} must be a JSON object of settings: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"The settings in {Path.GetFullPath(path)} can't be read: {e.Message}");
        }
    }

    /// <summary>Takes the values of the flags. Returns the rest: the command and its arguments.</summary>
    private static List<string> ReadFlags(string[] args, Dictionary<string, string> values, HashSet<string> flags)
    {
        var words = new List<string>();
        for (int i = 0; i < args.Length; i++)
        {
            string arg = args[i];
            if (arg is "--help" or "-h")
                return words is [not "help", ..] ? ["help", words[0]] : ["help"];
            if (arg is "--version")
                return ["version"];
            if (!arg.StartsWith("--", StringComparison.Ordinal))
            {
                if (words is ["help", _, ..] || (words is [var command, ..] && command is not ("admin" or "help") && words.Count > (s_commands.Single(c => c.Name == command).Argument is null ? 0 : 1)))
                    throw new SettingException($"'{arg}' can't follow `exchange {words[0]}`. `exchange {words[0]} --help` says what can.");
                if ((words is [] or ["help"]) && !s_commands.Any(c => c.Name == arg))
                    throw new SettingException($"'{arg}' is not a command; the commands are {string.Join(", ", s_commands.SkipLast(1).Select(c => c.Name))} and {s_commands[^1].Name}.");
                words.Add(arg);
                continue;
            }
            string[] parts = arg[2..].Split('=', 2);
            if (!values.ContainsKey(parts[0]))
                throw new SettingException($"'--{parts[0]}' is not a setting. `exchange help` lists the settings.");
            flags.Add(parts[0]);
            bool isLast = i + 1 == args.Length;
            if (parts.Length == 1 && parts[0] is "fresh" or "verify-on-start" && (isLast || args[i + 1].StartsWith("--", StringComparison.Ordinal)))
            {
                values[parts[0]] = "true";
                continue;
            }
            if (parts.Length == 1 && isLast)
                throw new SettingException($"--{parts[0]} needs a value.");
            values[parts[0]] = parts.Length == 2 ? parts[1] : args[++i];
        }
        return words;
    }

    private void CheckAll()
    {
        _ = (Port, DataDirectory, OpenOptions, Synchronous, OpeningBalance, WhoMayCreateMarkets, AllowRemoteSignIn, VenueOptions, ProtocolOptions);
        _ = (BackupTo, BackupEvery, BackupKeep);
        _ = (Seed, IsFresh, TrustedProxies, SignInsPerName, SignInsPerAddress, ConnectionsPerAddress, UnauthenticatedPerAddress);
        if (BasePath.Length > 0 && !BasePathPattern().IsMatch(BasePath))
        {
            throw new SettingException(
                $"base-path is '{BasePath}'; it must be a path such as /exchange: each part is a slash and then letters, digits, - . _ or ~.");
        }
        if (Metrics is { Port: > 0 } metrics && metrics.Port == Port)
            throw new SettingException($"metrics is '{Text("metrics")}'; its port must differ from the port of the exchange ({Port}).");
        if (Host != "localhost" && !IPAddress.TryParse(Host, out _))
            throw new SettingException($"host is '{Host}'; it must be localhost or an IP address.");
        if (Authority is not null && (Audience is null || ClientId is null))
            throw new SettingException("authority is set, so audience and client-id must be set too.");
        if (Authority is null && (AdminRole ?? AdminPermission) is not null)
            throw new SettingException("admin-role and admin-permission need authority, because they name a role or permission at the issuer. With the built-in sign-in, `exchange admin grant NAME` makes an admin.");
        if (ClientAddressHeader.Length == 0)
            throw new SettingException("client-address-header is empty; it must name a header, such as X-Forwarded-For.");
    }

    private string Text(string name) => _values[name].Trim();

    private string? TextOrNull(string name) => Text(name) is { Length: > 0 } text ? text : null;

    private string[] List(string name) => Text(name).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IPNetwork Network(string text)
    {
        if (IPNetwork.TryParse(text, out IPNetwork network))
            return network;
        if (IPAddress.TryParse(text, out IPAddress? address))
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        throw new SettingException($"trusted-proxies has '{text}'; it must be an IP address, or a range such as 10.0.0.0/8.");
    }

    private static IPEndPoint EndPoint(string name, string text)
    {
        string address = text.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase) ? $"127.0.0.1{text["localhost".Length..]}" : text;
        // Without a port, the framework would take 0; an IPv6 address has colons of its own.
        int colon = address.LastIndexOf(':');
        if (colon > 0 && IPAddress.TryParse(address[..colon], out _) && (address[0] == '[' || address.IndexOf(':') == colon)
            && IPEndPoint.TryParse(address, out IPEndPoint? endPoint))
        {
            return endPoint;
        }
        throw new SettingException($"{name} is '{text}'; it must be an address and a port, such as localhost:9091 or 0.0.0.0:9091.");
    }

    // A part must not be . or .., because browsers remove those from a path.
    [GeneratedRegex(@"^(/(?!\.\.?(/|$))[A-Za-z0-9._~-]+)+$")]
    private static partial Regex BasePathPattern();

    private long Number(string name, long min, long max)
    {
        if (long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= min && value <= max)
            return value;
        throw new SettingException($"{name} is '{Text(name)}'; it must be a whole number from {min:#,0} to {max:#,0}.");
    }

    /// <summary>A time such as 90s, 10m, 6h or 1d, from a second to a year.</summary>
    private TimeSpan Span(string name)
    {
        string text = Text(name);
        if (text.Length > 1 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0)
        {
            double seconds = count * (text[^1] switch { 's' => 1.0, 'm' => 60, 'h' => 3_600, 'd' => 86_400, _ => 0 });
            if (seconds is > 0 and <= 366 * 86_400)
                return TimeSpan.FromSeconds(seconds);
        }
        throw new SettingException($"{name} is '{text}'; it must be a time such as 90s, 10m, 6h or 1d, a year at most.");
    }

    private T Choice<T>(string name, params (string Word, T Value)[] choices)
    {
        foreach ((string word, T value) in choices)
        {
            if (string.Equals(word, Text(name), StringComparison.OrdinalIgnoreCase))
                return value;
        }
        throw new SettingException($"{name} is '{Text(name)}'; it must be {string.Join(" or ", choices.Select(c => c.Word))}.");
    }
}
