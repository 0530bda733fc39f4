using System.Globalization;
using System.Net;
using System.Text.Json;
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
public sealed class Settings
{
    private sealed record Setting(string Name, string Default, string Help);

    private static readonly Setting[] s_all =
    [
        new("host", "localhost", "address to listen on: localhost, 0.0.0.0 for all, or one IP address"),
        new("port", "8080", "port to listen on, 0 to 65535; 0 takes a free one"),
        new("data", "./data", "directory of the database; made if need be"),
        new("synchronous", "full", "full: what was told is on disk even after a power cut; normal: a power cut may lose the last moments"),
        new("opening-balance", "10000", "what each new member of the room starts with; read when the data directory is new"),
        new("create-markets", "anyone", "who may create markets: anyone, admins; read when the data directory is new"),
        new("rooms-per-user", "3", "rooms of their own a user may have open at a time, 0 to 1000"),
        new("allow-remote-sign-in", "false", "true: listen beyond localhost with the built-in sign-in; needs an admin"),
        new("authority", "", "OpenID Connect issuer that signs people in; empty: the built-in sign-in"),
        new("audience", "", "audience that access tokens must have; needed with authority"),
        new("client-id", "", "the web page's client id at the issuer; needed with authority"),
        new("scope", "openid profile email", "what the web page asks the issuer for"),
        new("admin-role", "", "the issuer's role whose holders are admins of the exchange"),
        new("admin-permission", "", "the same by a permission"),
        new("roles-claim", "roles", "the access token's claim that lists roles; dots lead into objects"),
        new("allowed-clients", "", "further client ids whose tokens are accepted, with commas between; empty: any program's"),
        new("allowed-origins", "", "other web origins that may connect, with commas between"),
        new("trusted-proxies", "", "addresses (10.0.0.0/8) of proxies that may say whom they speak for, with commas between"),
        new("client-address-header", "X-Forwarded-For", "header in which they say it"),
        new("sign-ins-per-name", "10", "sign-ins a minute for one name from one address"),
        new("sign-ins-per-address", "60", "sign-ins and sign-ups a minute from one address"),
        new("orders-per-second", "100", "requests about orders of one user a second, 1 to 1000000; ten times as many at once"),
        new("changes-per-second", "20", "other changes by one user a second, 1 to 100000; five times as many at once"),
        new("queries-per-minute", "180", "questions about what is or was by one user a minute, 1 to 1000000"),
        new("seed", "1", "of the demo's week: the same seed makes the same week"),
        new("fresh", "false", "true (or nothing behind it): the demo's week is made anew, and what was in its directory is gone"),
        new("connections-per-address", "2000", "connections a minute from one address"),
        new("unauthenticated-per-address", "500", "connections of one address that have not said who they are, at a time"),
    ];

    private const string DemoDirectory = "./demo";

    private readonly Dictionary<string, string> _values;

    private Settings(string command, IReadOnlyList<string> arguments, Dictionary<string, string> values)
    {
        Command = command;
        Arguments = arguments;
        _values = values;
    }

    /// <summary>The subcommand: serve, demo, verify, admin, help or version.</summary>
    public string Command { get; }

    /// <summary>What stands after the subcommand `admin`.</summary>
    public IReadOnlyList<string> Arguments { get; }

    public string Host => Text("host");
    public int Port => (int)Number("port", 0, 65535);
    public string DataDirectory => Path.GetFullPath(Text("data"));
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
    };
    /// <summary>Of the demo's week.</summary>
    public ulong Seed => (ulong)Number("seed", 0, long.MaxValue);

    /// <summary>Whether the demo's week is to be made anew.</summary>
    public bool IsFresh => Choice("fresh", ("true", true), ("false", false));
    public VenueOptions VenueOptions => new() { MaxRoomsPerUser = (int)Number("rooms-per-user", 0, Limits.MaxRooms) };
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
    public IPNetwork[] TrustedProxies => [.. List("trusted-proxies").Select(Network)];
    public string ClientAddressHeader => Text("client-address-header");
    public int SignInsPerName => (int)Number("sign-ins-per-name", 1, 1_000_000);
    public int SignInsPerAddress => (int)Number("sign-ins-per-address", 1, 1_000_000);
    public int ConnectionsPerAddress => (int)Number("connections-per-address", 1, 1_000_000);
    public int UnauthenticatedPerAddress => (int)Number("unauthenticated-per-address", 1, 1_000_000);

    /// <summary>Where people find it, as far as can be told from here.</summary>
    public string PublicAddress => AllowedOrigins is [string first, ..] ? first : $"http://{(IsLocal ? Host : "localhost")}:{Port}";

    /// <summary>Whether only this machine can connect.</summary>
    public bool IsLocal => Host is "localhost" || (IPAddress.TryParse(Host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>What --help prints.</summary>
    public static string Help => $"""
        exchange - an order-book exchange for simulated money, in one file

          exchange [serve]   serve the web page and the WebSocket (the default)
          exchange demo      the same with a room full of markets, a week of made-up history and house bots that trade,
                             in a directory of its own (./demo unless --data says otherwise), on localhost only;
                             prints how to sign in
          exchange verify    check the database: is it whole, does every balance follow from what is on record?
          exchange admin …   who may sign in; `exchange admin` lists what there is
          exchange help      this page
          exchange version

        Settings, as flags (--port 9000), in exchange.json ("port": "9000") or as environment variables
        (EXCHANGE_PORT=9000). Flags win over exchange.json, which wins over the environment.

        {string.Join("\n", s_all.Select(s => $"  --{s.Name,-27} {s.Help}{(s.Default.Length > 0 ? $" (default: {s.Default})" : "")}"))}

        """;

    /// <summary>Reads the command line, exchange.json and the environment.</summary>
    /// <exception cref="SettingException">One is unknown or can't be used.</exception>
    public static Settings Read(string[] args, string jsonPath = "exchange.json")
    {
        var values = s_all.ToDictionary(s => s.Name, s => s.Default);
        foreach (Setting setting in s_all)
        {
            if (Environment.GetEnvironmentVariable(EnvironmentName(setting.Name)) is { } value)
                values[setting.Name] = value;
        }
        ReadJson(jsonPath, values);
        var flags = new HashSet<string>();
        List<string> words = ReadFlags(args, values, flags);
        // A demo is never made where the exchange keeps its data, even if the environment says where that is.
        if (words is ["demo", ..] && !flags.Contains("data"))
            values["data"] = DemoDirectory;
        var settings = new Settings(words is [string command, ..] ? command : "serve", [.. words.Skip(1)], values);
        settings.CheckAll();
        return settings;
    }

    private static string EnvironmentName(string name) => "EXCHANGE_" + name.ToUpperInvariant().Replace('-', '_');

    private static void ReadJson(string path, Dictionary<string, string> values)
    {
        if (!File.Exists(path))
            return;
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (!values.ContainsKey(property.Name))
                    throw new SettingException($"{path} has '{property.Name}', which is no setting. `exchange help` lists them.");
                values[property.Name] = property.Value.ToString();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new SettingException($"{path} is no JSON object of settings: {e.Message}");
        }
    }

    /// <summary>Sets what flags say. The command and its arguments are what is left.</summary>
    private static List<string> ReadFlags(string[] args, Dictionary<string, string> values, HashSet<string> flags)
    {
        var words = new List<string>();
        for (int i = 0; i < args.Length; i++)
        {
            string arg = args[i];
            if (arg is "--help" or "-h")
                return ["help"];
            if (arg is "--version")
                return ["version"];
            if (!arg.StartsWith("--", StringComparison.Ordinal))
            {
                if (words is [not "admin", ..])
                    throw new SettingException($"'{arg}' is one command too many after '{words[0]}'.");
                if (words.Count == 0 && arg is not ("serve" or "demo" or "verify" or "admin" or "help" or "version"))
                    throw new SettingException($"'{arg}' is no command; there are serve, demo, verify, admin, help and version.");
                words.Add(arg);
                continue;
            }
            string[] parts = arg[2..].Split('=', 2);
            if (!values.ContainsKey(parts[0]))
                throw new SettingException($"'--{parts[0]}' is no setting. `exchange help` lists them.");
            flags.Add(parts[0]);
            bool isLast = i + 1 == args.Length;
            if (parts.Length == 1 && parts[0] == "fresh" && (isLast || args[i + 1].StartsWith("--", StringComparison.Ordinal)))
            {
                values["fresh"] = "true";
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
        _ = (Port, DataDirectory, Synchronous, OpeningBalance, WhoMayCreateMarkets, AllowRemoteSignIn, VenueOptions, ProtocolOptions);
        _ = (Seed, IsFresh, TrustedProxies, SignInsPerName, SignInsPerAddress, ConnectionsPerAddress, UnauthenticatedPerAddress);
        if (Host != "localhost" && !IPAddress.TryParse(Host, out _))
            throw new SettingException($"host is '{Host}'; it must be localhost or an IP address.");
        if (Authority is not null && (Audience is null || ClientId is null))
            throw new SettingException("With authority, audience and client-id must be set too.");
        if (Authority is null && (AdminRole ?? AdminPermission) is not null)
            throw new SettingException("admin-role and admin-permission are the issuer's: they need authority. Without one, `exchange admin grant NAME` makes an admin.");
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

    private long Number(string name, long min, long max)
    {
        if (long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= min && value <= max)
            return value;
        throw new SettingException($"{name} is '{Text(name)}'; it must be a whole number from {min:#,0} to {max:#,0}.");
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
