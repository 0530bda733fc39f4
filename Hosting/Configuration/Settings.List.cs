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
            new("host", "localhost", "address to listen on: localhost, 0.0.0.0 for all, or one IP address"),
            new("port", "8080", "port to listen on, 0 to 65535; 0 takes a free one"),
            new("base-path", "", "path under which a proxy serves it, such as /exchange; empty: at the root"),
            new("allowed-origins", "", "other web origins that may connect (https://exchange.school.edu), with commas between"),
            new("trusted-proxies", "", "addresses (10.0.0.0/8) of proxies that may say whom they speak for, with commas between"),
            new("client-address-header", "X-Forwarded-For", "header in which they say it"),
            new("metrics", "", "address and port on which Prometheus finds /metrics, such as localhost:9091; empty: nowhere"),
            new("log", "text", "text, or json: standard error as a JSON object a line, refused requests too"),
        ]),
        new("Data",
        [
            new("data", "./data", "directory of the database; made if need be"),
            new("verify-on-start", "false", "true (or nothing behind it): every check of `exchange verify` is made before each start"),
            new("synchronous", "full", "full: what was told is on disk even after a power cut; normal: the last moments may be lost"),
            new("backup-to", "", "folder into which the running exchange copies its database every so often; empty: nowhere"),
            new("backup-every", "1h", "how often: 90s, 10m, 6h, 1d; not while nothing has happened"),
            new("backup-keep", "24", "how many of the newest copies are kept"),
            new("opening-balance", "10000", "what each new member starts with; read when the data directory is new"),
            new("create-markets", "admins", "who may create markets: admins, anyone; read when the data directory is new"),
        ]),
        new("Sign-in",
        [
            new("allow-remote-sign-in", "false", "true: people beyond this machine may use the built-in sign-in; needs an admin"),
            new("authority", "", "OpenID Connect issuer that signs people in; empty: the built-in sign-in"),
            new("audience", "", "audience that access tokens must have; needed with authority"),
            new("client-id", "", "the web page's client id at the issuer; needed with authority"),
            new("scope", "openid profile email", "what the web page asks the issuer for"),
            new("admin-role", "", "the issuer's role whose holders are admins of the exchange"),
            new("admin-permission", "", "the same by a permission"),
            new("roles-claim", "roles", "the access token's claim that lists roles; dots lead into objects"),
            new("allowed-clients", "", "further client ids whose tokens are accepted, with commas between; empty: any program's"),
        ]),
        new("Limits",
        [
            new("rooms-per-user", "3", "rooms of their own a user may have open at a time, 0 to 1000"),
            new("connections-per-user", "20", "connections of a user at a time: so many by API key, and as many without"),
            new("orders-per-second", "100", "requests about orders of one user a second, 1 to 1000000; ten times as many at once"),
            new("changes-per-second", "20", "other changes by one user a second, 1 to 100000; five times as many at once"),
            new("queries-per-minute", "180", "questions about what is or was by one user a minute, 1 to 1000000"),
            new("sign-ins-per-name", "10", "wrong passwords a minute for one name from one address or known browser; right ones apart, as many"),
            new("sign-ins-per-address", "60", "wrong passwords a minute from one address; as many sign-ups, and 5 times as many with a join code"),
            new("connections-per-address", "2000", "connections a minute from one address"),
            new("unauthenticated-per-address", "500", "connections of one address that have not said who they are, at a time"),
        ]),
        new("Demo",
        [
            new("seed", "1", "of the demo's week: the same seed makes the same week"),
            new("fresh", "false", "true (or nothing behind it): the demo's week is made anew, and what was in its directory is gone"),
        ]),
    ];

    private static IEnumerable<Setting> All => s_groups.SelectMany(g => g.Settings);
}
