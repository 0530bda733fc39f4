using System.Text;

namespace Exchange.Hosting;

// What `exchange help` and `exchange COMMAND --help` print.
public sealed partial class Settings
{
    /// <summary>A command of the executable.</summary>
    /// <param name="Shown">How the command is typed, as the list of commands shows it.</param>
    /// <param name="Line">One line, for the list of commands.</param>
    /// <param name="More">What `exchange COMMAND --help` prints below that line.</param>
    /// <param name="Takes">The settings that the command uses: headings of groups, or names of settings.</param>
    private sealed record CommandHelp(string Name, string Shown, string Line, string More, params string[] Takes)
    {
        /// <summary>The path that the command needs, as the help shows it; null: it needs none.</summary>
        public string? Argument { get; init; }

        /// <summary>The settings of a group that the command uses.</summary>
        public Setting[] Of(Group group) => Takes.Contains(group.Heading) ? group.Settings : [.. group.Settings.Where(s => Takes.Contains(s.Name))];
    }

    private static readonly CommandHelp[] s_commands =
    [
        new("serve", "[serve]", "serves the web page and the WebSocket; this is the default",
            """
            The exchange prints its address and its data directory. While there is no admin, it also prints a link that creates the admin
            account. Ctrl-C or SIGTERM stops it. Everything that it acknowledged is on disk.

            Exit codes: 0 it was stopped, 2 a setting can't be used, 3 the data directory can't be used, 70 it could not go on safely.

            --accept-damage starts the exchange once on a data directory that is damaged or incomplete. It first copies the files into a
            folder next to them, and then uses what can be read.
            """, "Network", "Data", "Sign-in", "Limits", "accept-damage"),
        new("demo", "demo", "serves an example: a week of made-up trading, and bots that go on with it",
            """
            The demo is a room with markets of every kind. It listens on localhost only. Its directory is ./demo, or the one that --data names.
            The command prints a name and a password to sign in with. House bots trade only while somebody is connected.
            """, "Demo", "Network", "Data", "Limits", "accept-damage"),
        new("verify", "verify", "checks that the database is complete and that every balance is right",
            """
            It calculates every balance, position and order again from the trades, transfers and settlements on record. It prints what is
            wrong. It changes nothing, and it works while the exchange runs.

            Exit codes: 0 nothing is wrong, 1 something is wrong, 2 a setting can't be used, 3 the data directory can't be used.
            """, "data"),
        new("admin", "admin", "manages who may sign in: users, admins, password links, the join code", AdminCommands.Usage,
            // The link that it prints says where the exchange is.
            "data", "synchronous", "host", "port", "base-path", "allowed-origins", "authority", "audience", "client-id"),
        new("backup", "backup", "copies the database into one file, also while the exchange runs",
            """
            exchange backup FILE     writes the backup to FILE
            exchange backup FOLDER   writes it to a new file in FOLDER; the name of the file has the time in it

            The backup shows the exchange at one moment, and it is a single file. The command reads it from end to end before it ends.
            `exchange restore` puts it back. The backup holds password hashes and e-mail addresses, so keep it where only you can read it. It
            does not hold the key that signs tokens.

            Exit codes: 0 the backup is made, 1 it is made but has problems, 2 a setting can't be used, 3 the data directory or FILE can't be used.

            With --backup-to a running exchange makes backups by itself.
            """, "data") { Argument = "FILE|FOLDER" },
        new("export", "export", "writes the history without secrets: a SQLite file, and every table as CSV",
            """
            exchange export FOLDER   writes into FOLDER, which must be empty or not exist yet

            You can give the export to others. It holds names, but no password hashes, API keys, e-mail addresses or codes. It shows the exchange
            at one moment, and it can be made while the exchange runs. The file about.txt in the folder says what the numbers mean.

            Exit codes: 0 it is written, 2 a setting can't be used, 3 the data directory or FOLDER can't be used.
            """, "data") { Argument = "FOLDER" },
        new("restore", "restore", "replaces the database by a backup that `exchange backup` made",
            """
            exchange restore FILE             restores into a data directory that holds no exchange
            exchange restore FILE --replace   replaces the exchange that is there; its files are moved into a folder next to it

            The exchange must be stopped. The command first brings the backup up to the schema of this program and reads it from end to end.
            If the backup is damaged, nothing is changed. Afterwards everybody has to sign in again.

            Exit codes: 0 it is restored, 2 a setting can't be used, 3 the data directory or the backup can't be used.
            """, "data", "replace") { Argument = "FILE" },
        new("help", "help", "prints this page; exchange COMMAND --help explains one command",
            "exchange help COMMAND does the same as exchange COMMAND --help."),
        new("version", "version", "prints the version", "It prints one line, such as: exchange 1.0.0"),
    ];

    /// <summary>What `help` prints, or `help COMMAND`: <see cref="Arguments"/> name it.</summary>
    public string HelpText => Arguments is [string topic, ..] ? HelpOf(s_commands.Single(c => c.Name == topic)) : Overview();

    private static string Overview()
    {
        var text = new StringBuilder("exchange - an order-book exchange for simulated money, in one file\n\nCommands\n");
        foreach (CommandHelp command in s_commands)
            text.Append($"  exchange {command.Shown,-9} {command.Line}\n");
        text.Append("\nSettings\n");
        text.Append("  A setting can be a flag (--port 9000), an entry of exchange.json in the working directory (\"port\": \"9000\"), or an\n");
        text.Append("  environment variable (EXCHANGE_PORT=9000). A flag overrides exchange.json, which overrides the environment.\n");
        foreach (Group group in s_groups)
            Add(text, group.Heading, group.Settings);
        return text.ToString();
    }

    private static string HelpOf(CommandHelp command)
    {
        var text = new StringBuilder($"exchange {command.Shown} - {command.Line}\n\n{command.More.TrimEnd()}\n");
        foreach (Group group in s_groups)
            Add(text, group.Heading, command.Of(group));
        return text.ToString();
    }

    private static void Add(StringBuilder text, string heading, Setting[] settings)
    {
        if (settings.Length > 0)
            text.Append($"\n{heading}\n");
        foreach (Setting setting in settings)
            text.Append($"  --{setting.Name,-27} {setting.Help}{(setting.Default.Length > 0 ? $" (default: {setting.Default})" : "")}\n");
    }
}
