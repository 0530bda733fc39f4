using Exchange.Auth;
using Exchange.Demo;
using Exchange.Markets;
using Exchange.Storage;

namespace Exchange.Hosting;

/// <summary>`exchange demo`: serves a room with markets, a week of history and house bots that trade, to look at and to test against.</summary>
internal static class DemoCommand
{
    /// <summary>The file that marks the directory of a demo. --fresh deletes no directory without it.</summary>
    private const string MarkerName = "demo.txt";

    private const string Password = "exchange-demo";

    private static readonly string[] s_names = ["Ann", "Ben"];

    /// <summary>Makes the week if there is none yet, and serves it. Returns the exit code.</summary>
    /// <exception cref="StorageException">The directory can't be used, or holds an exchange that is not a demo.</exception>
    /// <exception cref="SettingException">A setting can't be used with a demo.</exception>
    public static async Task<int> RunAsync(Settings settings)
    {
        // Everybody knows the password.
        if (!settings.IsLocal)
            throw new SettingException($"host is {settings.Host}; a demo must listen on localhost, because everybody knows its password.");
        if (settings.OriginElsewhere is { } origin)
            throw new SettingException($"allowed-origins has {origin}; a demo must stay on this machine, because everybody knows its password.");
        if (settings.Authority is not null)
            throw new SettingException("authority is set; a demo has its own users, so it must use the built-in sign-in.");
        if (settings.IsFresh)
            Clear(settings.DataDirectory);
        string marker = Path.Combine(settings.DataDirectory, MarkerName);
        if (!File.Exists(marker) || !Database.IsIn(settings.DataDirectory))
            await MakeAsync(settings, marker);
        return await Server.RunAsync(settings, $"Sign in as     {s_names[0]} (admin) or {s_names[1]}, password {Password}\n               (this is a demo: all data in {settings.DataDirectory} is made up; --fresh makes new data)");
    }

    private static void Clear(string directory)
    {
        string marker = Path.Combine(directory, MarkerName);
        if (!File.Exists(marker))
        {
            if (Database.IsIn(directory))
                throw NotADemo(directory);
            return;
        }
        using IDisposable held = Database.Hold(directory);
        // The marker is deleted last. If this is interrupted before, it can be done again.
        Database.Delete(directory);
        File.Delete(marker);
    }

    private static StorageException NotADemo(string directory) =>
        new($"{directory} holds an exchange that is not a demo. Name another directory with --data.");

    /// <summary>Makes the week in a folder of its own and then moves it, so that half a week is never taken for a whole one.</summary>
    private static async Task MakeAsync(Settings settings, string marker)
    {
        if (!File.Exists(marker) && Database.IsIn(settings.DataDirectory))
            throw NotADemo(settings.DataDirectory);
        Console.WriteLine($"Making a week of trading in {settings.DataDirectory} (seed {settings.Seed}) …");
        long startedAt = TimeProvider.System.GetTimestamp();
        string making = Path.Combine(settings.DataDirectory, "making");
        using IDisposable held = Database.Hold(settings.DataDirectory);
        if (Directory.Exists(making))
            Directory.Delete(making, recursive: true);

        long trades;
        using (Database database = Database.Open(making, Synchronous.Normal))
        {
            using var writer = new WalWriter(database);
            DemoIdentity[] identities = await AddCredentialsAsync(writer);
            long endUs = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;
            var week = new DemoWeek(new Venue(settings.VenueOptions), settings.Seed, endUs, writer.Write);
            week.Make(identities);
            trades = week.Trades;
            // Everything must be in the file that is moved, and nothing in the log.
            writer.Dispose();
            database.Close();
        }
        // The marker comes before the database: a database without it is not taken for a demo.
        await File.WriteAllTextAsync(
            marker, $"A demo of Exchange, made by `exchange demo` from the seed {settings.Seed}. All data in this directory is made up. --fresh deletes it.\n");
        Database.Move(making, settings.DataDirectory);
        Directory.Delete(making, recursive: true);
        Console.WriteLine($"Made {trades:#,0} trades in {TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds:0.0} s.");
    }

    private static async Task<DemoIdentity[]> AddCredentialsAsync(WalWriter writer)
    {
        var options = new AuthOptions();
        var passwords = new Passwords(options.PasswordIterations, options.PasswordQueueLimit);
        var identities = new List<DemoIdentity>();
        foreach (string name in s_names)
        {
            string hash = await passwords.HashAsync(Password, party: "", CancellationToken.None) ?? throw new InvalidOperationException("Nobody else hashes here.");
            bool isAdmin = identities.Count == 0;
            CredentialRow? row = null;
            long nowUs = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;
            writer.Write(connection => row = Credentials.Add(connection, name, Spelling.Names.Normalize(name), hash, isAdmin, nowUs));
            identities.Add(new DemoIdentity(
                name, BuiltInTokens.Issuer, row!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), isAdmin));
        }
        return [.. identities];
    }
}
