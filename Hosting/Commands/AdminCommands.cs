using System.Text;
using Exchange.Auth;
using Exchange.Markets;
using Exchange.Storage;
using Microsoft.Data.Sqlite;

namespace Exchange.Hosting;

/// <summary>
/// `exchange admin`: what a person who can read the data directory may do with the built-in sign-in, whether the exchange runs or not.
/// </summary>
/// <param name="port">The port on which the exchange listens, if it runs. The settings may leave the choice to the system.</param>
internal sealed class AdminCommands(Settings settings, Administration administration, int? port = null)
{
    private readonly string _address = settings.PublicAddressAt(port ?? settings.Port);

    public const string Usage = """
        exchange admin users             lists the users and says which of them are admins
        exchange admin grant NAME        makes NAME an admin of the exchange
        exchange admin take NAME         ends NAME's admin rights
        exchange admin link NAME         prints a link with which NAME sets a new password, once and within a day
        exchange admin join-code         prints the join code of the exchange, if it has one
        exchange admin join-code new     makes a new join code; the old one stops working
        exchange admin join-code off     removes the join code: anybody who can reach the exchange can sign up

        The command works on the data directory (--data), whether the exchange runs or not.

        """;

    /// <summary>Carries out the command, through the exchange that runs on the directory if there is one, and prints the answer.</summary>
    /// <returns>The exit code.</returns>
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

    /// <summary>Carries out the command.</summary>
    /// <returns>The exit code, and what to print.</returns>
    public async Task<(int ExitCode, string Text)> RunAsync(IReadOnlyList<string> arguments)
    {
        if (arguments is [] or [""])
            return (0, Usage);
        if (settings.Authority is not null)
            return (2, "This exchange signs people in with an OpenID Connect issuer. Change roles at the issuer; see the settings admin-role and admin-permission.\n");
        switch (arguments)
        {
            case ["users"]:
                return (0, Table(await administration.UsersAsync()));
            case ["grant", string name]:
                return Said(await administration.SetAdminAsync(name, true), name, "is an admin of this exchange.");
            case ["take", string name]:
                return Said(await administration.SetAdminAsync(name, false), name, "is no longer an admin.");
            case ["link", string name]:
                return await administration.MakeLinkAsync(name) is { } link
                    ? (0, $"{_address}/setup?reset={link.Code}\n{link.Name} can use this link once, until {link.ExpiresAt:yyyy-MM-dd HH:mm} UTC. Anybody who opens it can sign in as {link.Name}.\n")
                    : Nobody(name);
            case ["join-code"]:
                return (0, await administration.JoinCodeAsync() is { } code ? Shown(code) : "There is no join code: anybody who can reach the exchange can sign up.\n");
            case ["join-code", "new"]:
                return (0, Shown(await administration.NewJoinCodeAsync()));
            case ["join-code", "off"]:
                await administration.RemoveJoinCodeAsync();
                return (0, "The join code is removed: anybody who can reach the exchange can sign up.\n");
            default:
                return (2, $"This is not a command: exchange admin {string.Join(' ', arguments)}\n{Usage}");
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
