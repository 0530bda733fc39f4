using Exchange.Spelling;

namespace Exchange.Auth;

/// <summary>A link that was made: with it, its bearer sets a new password for this name.</summary>
/// <param name="Name">Whose it is, as they typed it when they signed up.</param>
/// <param name="Code">Secret: whoever has it becomes that user.</param>
/// <param name="ExpiresAt">When the link stops working.</param>
public sealed record SignInLink(string Name, string Code, DateTimeOffset ExpiresAt)
{
    /// <summary>Leaves the code out, so that no log line can carry it.</summary>
    public override string ToString() => $"SignInLink until {ExpiresAt:O}";
}

/// <summary>
/// What an admin may do with the users of the built-in sign-in: on the page, and on the command line for a person who can read the data
/// directory. Whoever calls this has been found to be one.
/// </summary>
public sealed class Administration
{
    private readonly ICredentialStore _credentials;
    private readonly TimeSpan _linkLifetime;
    private readonly TimeProvider _time;

    /// <param name="credentials">The users.</param>
    /// <param name="linkLifetime">How long a link is good.</param>
    /// <param name="time">The clock for expiry.</param>
    public Administration(ICredentialStore credentials, TimeSpan linkLifetime, TimeProvider time) =>
        (_credentials, _linkLifetime, _time) = (credentials, linkLifetime, time);

    /// <summary>Everyone, in the order they signed up.</summary>
    public ValueTask<IReadOnlyList<Credential>> UsersAsync() => _credentials.AllAsync();

    /// <summary>Grants or takes it. The user as they then are; null when nobody has this name.</summary>
    public async ValueTask<Credential?> SetAdminAsync(string name, bool isAdmin) =>
        await FindAsync(name) is { } credential
            ? await _credentials.ChangeAsync(credential.Id, new CredentialChange { IsAdmin = isAdmin })
            : null;

    /// <summary>A link for somebody who forgot their password, in place of any earlier one; null when nobody has this name.</summary>
    public async ValueTask<SignInLink?> MakeLinkAsync(string name)
    {
        if (await FindAsync(name) is not { } credential)
            return null;
        var link = new SignInLink(credential.Name, OneTimeCode.Make(), _time.GetUtcNow() + _linkLifetime);
        await _credentials.AddLinkAsync(credential.Id, OneTimeCode.Hash(link.Code), link.ExpiresAt);
        return link;
    }

    /// <summary>The join code that signing up needs; null: it needs none.</summary>
    public ValueTask<string?> JoinCodeAsync() => _credentials.JoinCodeAsync();

    /// <summary>A new code; the one before is good no more.</summary>
    public async ValueTask<string> NewJoinCodeAsync()
    {
        var code = Codes.MakeUp();
        await _credentials.SetJoinCodeAsync(code);
        return code;
    }

    /// <summary>Lets anybody sign up who reaches the exchange.</summary>
    public ValueTask RemoveJoinCodeAsync() => _credentials.SetJoinCodeAsync(null);

    private async ValueTask<Credential?> FindAsync(string name) =>
        DisplayNames.IsPossible(name) ? await _credentials.FindByNameAsync(Names.Normalize(name)) : null;
}
