namespace Exchange.Hosting;

// Every setting, in the groups in which `exchange help` shows them.
public sealed partial class Settings
{
    private sealed record Setting(string Name, string Default, string Help);

    private sealed record Group(string Heading, Setting[] Settings);

    private static readonly Group[] s_groups =
    [
        new("Network",
        [
            new("host", "localhost", "address to listen on: localhost, 0.0.0.0 (all addresses), or one IP address"),
            new("port", "8080", "port to listen on, 0 to 65535; 0 takes any free port"),
            new("base-path", "", "path under which a proxy serves the exchange, such as /exchange; empty: the root"),
            new("allowed-origins", "", "other web origins that may connect, such as https://exchange.school.edu; separated by commas"),
            new("trusted-proxies", "", "addresses of proxies that may name the client's address, such as 10.0.0.0/8; separated by commas"),
            new("client-address-header", "X-Forwarded-For", "header in which trusted proxies name the client's address"),
            new("metrics", "", "address and port that serve /metrics to Prometheus, such as localhost:9091; empty: none"),
            new("log", "text", "text, or json: standard error has one JSON object a line, and refused requests too"),
        ]),
        new("Data",
        [
            new("data", "./data", "directory of the database; it is created if it does not exist"),
            new("verify-on-start", "false", "true (or the flag without a value): each start makes every check of `exchange verify`"),
            new("synchronous", "full", "full: acknowledged orders survive a power cut; normal: a power cut can lose the last moments"),
            new("backup-to", "", "folder for the backups that a running exchange makes by itself; empty: it makes none"),
            new("backup-every", "1h", "time between two such backups: 90s, 10m, 6h or 1d; none is made if nothing has changed"),
            new("backup-keep", "24", "how many backups are kept, 1 to 1000000; the oldest are deleted"),
            new("opening-balance", "10000", "cash of each new account; used only when the data directory is created"),
            new("create-markets", "admins", "who may create markets: admins or anyone; used only when the data directory is created"),
        ]),
        new("Sign-in",
        [
            new("allow-remote-sign-in", "false", "true: people on other machines may use the built-in sign-in; there must be an admin already"),
            new("authority", "", "address of the OpenID Connect issuer that signs people in; empty: the built-in sign-in"),
            new("audience", "", "audience that access tokens must have; required with authority"),
            new("client-id", "", "client id of the web page at the issuer; required with authority"),
            new("scope", "openid profile email", "scopes that the web page requests from the issuer"),
            new("admin-role", "", "role at the issuer that makes a user an admin of the exchange"),
            new("admin-permission", "", "permission at the issuer that makes a user an admin of the exchange"),
            new("roles-claim", "roles", "claim of the access token that lists the roles; a dot leads into an object"),
            new("allowed-clients", "", "other client ids whose tokens are accepted, separated by commas; empty: all clients"),
        ]),
        new("Limits",
        [
            new("rooms-per-user", "3", "open rooms that a user may own, 0 to 1000"),
            new("connections-per-user", "20", "connections that a user may have open with API keys, and as many without"),
            new("orders-per-second", "100", "order requests per second and user, 1 to 1000000; a burst may have ten times as many"),
            new("changes-per-second", "20", "other changes per second and user, 1 to 100000; a burst may have five times as many"),
            new("queries-per-minute", "180", "queries for history, leaderboard and so on per minute and user, 1 to 1000000"),
            new("sign-ins-per-name", "10", "wrong passwords per minute for one name from one address; right ones have their own limit of this size"),
            new("sign-ins-per-address", "60", "wrong passwords per minute from one address; also sign-ups, of which a join code allows 5 times as many"),
            new("connections-per-address", "2000", "new connections per minute from one address"),
            new("unauthenticated-per-address", "500", "open connections from one address that have not signed in yet"),
        ]),
        new("Demo",
        [
            new("seed", "1", "number from which the demo's week is made; the same seed makes the same week"),
            new("fresh", "false", "true (or the flag without a value): deletes the demo's directory and makes a new week"),
        ]),
    ];

    private static IEnumerable<Setting> All => s_groups.SelectMany(g => g.Settings);
}
