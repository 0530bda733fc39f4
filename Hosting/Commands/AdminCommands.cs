using System.Text;
using Exchange.Auth;
using Exchange.Markets;
using Exchange.Storage;
using Microsoft.Data.Sqlite;

namespace Exchange.Hosting;

/// <summary>
/// `exchange admin`: what whoever holds the data directory may do about the built-in sign-in, whether the exchange runs or not.
/// </summary>
/// <param name="port">On which the exchange listens, if it runs: the settings may have left it open.</param>
internal sealed class AdminCommands(Settings settings, Administration administration, int? port = null)
{
    private readonly string _address = settings.PublicAddressAt(port ?? settings.Port);

    public const string Usage = """
        exchange admin users             who has signed up, and who is an admin
        exchange admin grant NAME        makes NAME an admin of the exchange
        exchange admin take NAME         makes NAME an admin no more
        exchange admin link NAME         a link, good once and for a day, with which NAME sets a new password
        exchange admin join-code         the code that signing up needs, if it needs one
        exchange admin join-code new     makes a new one; the one before is good no more
        exchange admin join-code off     lets anybody sign up who reaches the exchange

        It works on the data directory (--data), through the exchange that runs on it if one does.

        """;

    /// <summary>Does it, here or through the exchange that runs on the directory, and prints what came of it. The exit code.</summary>
    /// <exception cref="StorageException">The data directory can't be used.</exception>
    public static async Task<int> RunAsync(Settings settings)
    {
        (int exitCode, string text) = await AdminSocket.AskAsync(settings.DataDirectory, settings.Arguments) ?? await RunHereAsync(settings);
        (exitCode == 0 ? Console.Out : Console.Error).Write(text);
        return exitCode;
    }

    private static async Task<(int ExitCode, string Text)> RunHereAsync(Settings settings)
    {
        if (settings.Arguments.Count == 0)
            return (0, Usage);
        using Database database = Database.OpenExisting(settings.DataDirectory, settings.Synchronous);
        using SqliteConnection writer = database.Connect();
        var store = new CredentialStore(new Credentials(database), write =>
        {
            using SqliteTransaction transaction = writer.BeginTransaction();
            write(writer);
            transaction.Commit();
            return Task.CompletedTask;
        });
        var administration = new Administration(store, new AuthOptions().SignInLinkLifetime, TimeProvider.System);
        (int, string) answer = await new AdminCommands(settings, administration).RunAsync(settings.Arguments);
        writer.Dispose();
        database.Close();
        return answer;
    }

    /// <summary>The exit code, and what to print.</summary>
    public async Task<(int ExitCode, string Text)> RunAsync(IReadOnlyList<string> arguments)
    {
        if (arguments is [] or [""])
            return (0, Usage);
        if (settings.Authority is not null)
            return (2, "An issuer signs people in here: give and take roles there (see the settings admin-role and admin-permission).\n");
        switch (arguments)
        {
            case ["users"]:
                return (0, Table(await administration.UsersAsync()));
            case ["grant", string name]:
                return Said(await administration.SetAdminAsync(name, true), name, "is an admin of this exchange.");
            case ["take", string name]:
                return Said(await administration.SetAdminAsync(name, false), name, "is no admin any more.");
            case ["link", string name]:
                return await administration.MakeLinkAsync(name) is { } link
                    ? (0, $"{_address}/setup?reset={link.Code}\nFor {link.Name}, once, until {link.ExpiresAt:yyyy-MM-dd HH:mm} UTC. Whoever opens it becomes {link.Name}.\n")
                    : Nobody(name);
            case ["join-code"]:
                return (0, await administration.JoinCodeAsync() is { } code ? Shown(code) : "There is none: anybody who reaches the exchange can sign up.\n");
            case ["join-code", "new"]:
                return (0, Shown(await administration.NewJoinCodeAsync()));
            case ["join-code", "off"]:
                await administration.RemoveJoinCodeAsync();
                return (0, "Anybody who reaches the exchange can sign up.\n");
            default:
                return (2, $"There is no such command: exchange admin {string.Join(' ', arguments)}\n{Usage}");
        }
    }

    private string Shown(string code) => $"{code}\n{_address}/join/{Venue.MainRoomSlug}/{code}\n";

    private static (int, string) Said(Credential? credential, string name, string what) =>
        credential is null ? Nobody(name) : (0, $"{credential.Name} {what}\n");

    private static (int, string) Nobody(string name) => (2, $"Nobody has signed up as '{name}'. `exchange admin users` lists everyone.\n");

    private static string Table(IReadOnlyList<Credential> users)
    {
        var text = new StringBuilder();
        foreach (Credential user in users)
            text.Append($"{user.CreatedAt:yyyy-MM-dd HH:mm}  {(user.IsAdmin ? "admin" : "     ")}  {user.Name}\n");
        return users.Count == 0 ? "Nobody has signed up yet.\n" : text.ToString();
    }
}
