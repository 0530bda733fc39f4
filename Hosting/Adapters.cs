using System.Net;
using Exchange.Auth;
using Exchange.History;
using Exchange.Protocol;
using Exchange.Storage;
using Microsoft.Data.Sqlite;

namespace Exchange.Hosting;

/// <summary>Whom a token belongs to, in the protocol's words.</summary>
internal static class Identities
{
    public static (Identity? Identity, string Refusal) ToIdentity(TokenResult result) => result.Principal is { } p
        ? (ToIdentity(p), "")
        : (null, result.Sentence ?? "The token is not valid.");

    public static Identity ToIdentity(Principal p) =>
        new(p.Issuer, p.Subject, p.Name, p.NameIsMadeUp, p.Email, p.ServerAdmin, p.ExpiresAt);
}

/// <summary>Keeps a connection from guessing codes.</summary>
internal sealed class CodeGuard(WrongCodes codes, IPAddress? address) : ICodeGuard
{
    public TimeSpan? Try(string code, long userId, string room) => codes.Try(code, address, userId, room);

    public void WasRight(string code, long userId, string room) => codes.WasRight(code, address, userId, room);
}

/// <summary>Lets the protocol ask for the past.</summary>
internal sealed class PastAnswers(HistoryReaders readers) : IHistory
{
    public ValueTask<HistoryAnswer> AskAsync(Viewer viewer, HistoryQuery query, CancellationToken cancel) =>
        readers.AskAsync(viewer, query, cancel);
}

/// <summary>Keeps the built-in sign-in's credentials in the database.</summary>
/// <param name="credentials">Reads the credentials.</param>
/// <param name="write">Runs a write on the one writing connection, and ends when it is on disk.</param>
internal sealed class CredentialStore(Credentials credentials, Func<Action<SqliteConnection>, Task> write) : ICredentialStore
{
    public ValueTask<Credential?> FindByNameAsync(string normalizedName) => new(ToCredential(credentials.FindByName(normalizedName)));

    public ValueTask<Credential?> FindByIdAsync(long id) => new(ToCredential(credentials.FindById(id)));

    public ValueTask<Credential?> AddAsync(NewCredential credential) => WriteAsync(connection => Credentials.Add(
        connection, credential.Name, credential.NormalizedName, credential.PasswordHash, credential.IsAdmin, Us(credential.CreatedAt)));

    public ValueTask<Credential?> ChangeAsync(long id, CredentialChange change) => WriteAsync(
        connection => Credentials.Change(connection, id, change.PasswordHash, change.IsAdmin, change.EndSignIns));

    public ValueTask<IReadOnlyList<Credential>> AllAsync() => new([.. credentials.All().Select(row => ToCredential(row)!)]);

    public ValueTask<bool> AnyAdminAsync() => new(credentials.AnyAdmin());

    public ValueTask<string?> JoinCodeAsync() => new(credentials.JoinCode() is { Length: > 0 } code ? code : null);

    public async ValueTask SetJoinCodeAsync(string? joinCode) =>
        await write(connection => Credentials.SetJoinCode(connection, joinCode ?? ""));

    public ValueTask<string?> RoomJoinCodeAsync(string slug) => new(credentials.RoomJoinCode(slug) is { Length: > 0 } code ? code : null);

    public ValueTask<bool> RoomExistsAsync(string slug) => new(credentials.RoomExists(slug));

    public async ValueTask AddLinkAsync(long credentialId, byte[] codeHash, DateTimeOffset expiresAt) =>
        await write(connection => Credentials.AddLink(connection, credentialId, codeHash, Us(expiresAt)));

    public ValueTask<Credential?> FindByLinkAsync(byte[] codeHash, DateTimeOffset now) =>
        new(ToCredential(credentials.FindByLink(codeHash, Us(now))));

    public ValueTask<Credential?> UseLinkAsync(byte[] codeHash, DateTimeOffset now, string passwordHash) =>
        WriteAsync(connection => Credentials.UseLink(connection, codeHash, Us(now), passwordHash));

    private async ValueTask<Credential?> WriteAsync(Func<SqliteConnection, CredentialRow?> change)
    {
        CredentialRow? row = null;
        await write(connection => row = change(connection));
        return ToCredential(row);
    }

    private static long Us(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / 10;

    private static Credential? ToCredential(CredentialRow? row) => row is null
        ? null
        : new Credential(
            row.Id, row.Name, row.NormalizedName, row.PasswordHash, row.IsAdmin,
            DateTimeOffset.UnixEpoch.AddTicks(row.CreatedUs * 10), row.Generation);
}
