using System.Text;

namespace Exchange.Hosting;

// What `exchange help` and `exchange COMMAND --help` print.
public sealed partial class Settings
{
    /// <summary>A command of the executable.</summary>
    /// <param name="Shown">As it is typed, in the list of commands.</param>
    /// <param name="Line">One line, for the list of commands.</param>
    /// <param name="More">What else there is to say of it.</param>
    /// <param name="Takes">The settings that it uses: headings of groups, or names.</param>
    private sealed record CommandHelp(string Name, string Shown, string Line, string More, params string[] Takes)
    {
        /// <summary>The path that it needs, as it is typed; null: none.</summary>
        public string? Argument { get; init; }

        /// <summary>Those of a group that it uses.</summary>
        public Setting[] Of(Group group) => Takes.Contains(group.Heading) ? group.Settings : [.. group.Settings.Where(s => Takes.Contains(s.Name))];
    }

    private static readonly CommandHelp[] s_commands =
    [
        new("serve", "[serve]", "serve the web page and the WebSocket (the default)",
            """
            Prints where it listens, where its data is and, while there is no admin, a link that makes one. Ctrl-C or SIGTERM stops it;
            what was told is on disk. Exit codes: 0 stopped as told, 2 a setting or 3 the data directory can't be used, 70 it could not
            go on safely.

            With --accept-damage, once, it starts on a damaged or incomplete data directory with what can be read of it, after copying
            the files as they are into a folder beside them.
            """, "Network", "Data", "Sign-in", "Limits", "accept-damage"),
        new("demo", "demo", "the same with a week of made-up history and bots that trade, in ./demo",
            """
            A room full of markets, on localhost only, in a directory of its own (./demo unless --data says otherwise). Prints how to sign
            in. House bots, here and elsewhere, rest while nobody is connected.
            """, "Demo", "Network", "Data", "Limits", "accept-damage"),
        new("verify", "verify", "check the database: is it whole, does every balance follow from what is on record?",
            """
            Only reads, also while the exchange runs. Prints what is wrong. Exit codes: 0 nothing, 1 something, 2 a setting or 3 the
            data directory can't be used.
            """, "data"),
        new("admin", "admin", "who may sign in: people, admins, links for new passwords, the join code", AdminCommands.Usage,
            // The link that it prints says where the exchange is.
            "data", "synchronous", "host", "port", "base-path", "allowed-origins", "authority", "audience", "client-id"),
        new("backup", "backup", "copy the database into one file that is whole, also while the exchange runs",
            """
            exchange backup FILE     into a file
            exchange backup FOLDER   into a new file in a folder, named by the moment

            The copy is of one moment, and needs no log beside it. It is read from end to end before this ends; what it holds can be put back
            by `exchange restore`. It holds password hashes and e-mail addresses, so keep it where only you can read it; the key that signs
            tokens is not in it. Exit codes: 0 made, 1 made, but it has problems, 2 a setting or 3 the data directory or the file can't be used.

            With --backup-to the running exchange makes copies by itself.
            """, "data") { Argument = "FILE|FOLDER" },
        new("export", "export", "all that happened, to give away: a SQLite file, and every table as CSV",
            """
            exchange export FOLDER   into a folder that is empty or not there yet

            Also while the exchange runs; all of it is of one moment. Password hashes, API keys, e-mail addresses and codes are not in it;
            names are. about.txt in the folder says what the numbers mean. Exit codes: 0 written, 2 a setting or 3 the data directory or
            the folder can't be used.
            """, "data") { Argument = "FOLDER" },
        new("restore", "restore", "put a copy that `exchange backup` made in the place of the database",
            """
            exchange restore FILE             into a data directory that holds no exchange
            exchange restore FILE --replace   in the place of the exchange there, whose files are put into a folder beside it

            The exchange must be stopped. The copy is brought up to this program's schema and read from end to end first; if it is not whole,
            nothing is changed. Everybody signs in anew. Exit codes: 0 restored, 2 a setting or 3 the data directory or the copy can't be used.
            """, "data", "replace") { Argument = "FILE" },
        new("help", "help", "this page; exchange COMMAND --help says more of one",
            "exchange help COMMAND does the same as exchange COMMAND --help."),
        new("version", "version", "which version this is", "Prints one line, such as: exchange 1.0.0"),
    ];

    /// <summary>What `help` prints, or `help COMMAND`: <see cref="Arguments"/> name it.</summary>
    public string HelpText => Arguments is [string topic, ..] ? HelpOf(s_commands.Single(c => c.Name == topic)) : Overview();

    private static string Overview()
    {
        var text = new StringBuilder("exchange - an order-book exchange for simulated money, in one file\n\nCommands\n");
        foreach (CommandHelp command in s_commands)
            text.Append($"  exchange {command.Shown,-9} {command.Line}\n");
        text.Append("\nSettings\n");
        text.Append("  As flags (--port 9000), in exchange.json in the working directory (\"port\": \"9000\"), or as environment\n");
        text.Append("  variables (EXCHANGE_PORT=9000). Flags win over exchange.json, which wins over the environment.\n");
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
