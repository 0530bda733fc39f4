using Exchange.Auth;
using Exchange.Markets;
using Exchange.Protocol;
using Exchange.Storage;

namespace Exchange.Hosting;

/// <summary>Lets the protocol ask who a token belongs to.</summary>
internal sealed class Authenticator(TokenValidator tokens) : IAuthenticator
{
    public async ValueTask<(Identity? Identity, string Refusal)> AuthenticateAsync(
        string accessToken, string? idToken, CancellationToken cancel)
    {
        TokenResult result = await tokens.ValidateAsync(accessToken, idToken, cancel);
        return result.Principal is { } p
            ? (new Identity(p.Issuer, p.Subject, p.Name, p.NameIsMadeUp, p.Email, p.ServerAdmin, p.ExpiresAt), "")
            : (null, result.Sentence ?? "The token is not valid.");
    }
}

/// <summary>Lets the protocol ask for the past.</summary>
internal sealed class PastAnswers(HistoryReaders readers) : IHistory
{
    public ValueTask<HistoryAnswer> AskAsync(Viewer viewer, HistoryQuery query, CancellationToken cancel) =>
        readers.AskAsync(viewer, query, cancel);
}

/// <summary>Keeps the built-in sign-in's credentials in the database; the writer thread adds them.</summary>
internal sealed class CredentialStore(Credentials credentials, Pipeline pipeline) : ICredentialStore
{
    public ValueTask<Credential?> FindByNameAsync(string normalizedName) => new(ToCredential(credentials.FindByName(normalizedName)));

    public ValueTask<Credential?> FindByIdAsync(long id) => new(ToCredential(credentials.FindById(id)));

    public async ValueTask<Credential?> AddAsync(NewCredential credential)
    {
        CredentialRow? row = null;
        await pipeline.WriteAsync(connection => row = Credentials.Add(
            connection, credential.Name, credential.NormalizedName, credential.PasswordHash, credential.IsAdmin,
            (credential.CreatedAt - DateTimeOffset.UnixEpoch).Ticks / 10));
        return ToCredential(row);
    }

    public ValueTask<bool> AnyAdminAsync() => new(credentials.AnyAdmin());

    private static Credential? ToCredential(CredentialRow? row) => row is null
        ? null
        : new Credential(
            row.Id, row.Name, row.NormalizedName, row.PasswordHash, row.IsAdmin, DateTimeOffset.UnixEpoch.AddTicks(row.CreatedUs * 10));
}
