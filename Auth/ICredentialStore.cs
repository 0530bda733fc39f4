namespace Exchange.Auth;

/// <summary>Someone who signs in with a name and a password kept here.</summary>
/// <param name="Id">Positive, never used again for someone else.</param>
/// <param name="Name">The name as the user typed it, for display.</param>
/// <param name="NormalizedName">Unique: what two spellings of the same name have in common.</param>
/// <param name="PasswordHash">Salted PBKDF2 with its parameters, in base64.</param>
/// <param name="IsAdmin">May administer the whole exchange.</param>
/// <param name="CreatedAt">When they signed up.</param>
/// <param name="Generation">It increases to end every sign-in: a token of an earlier generation is refused.</param>
public sealed record Credential(
    long Id, string Name, string NormalizedName, string PasswordHash, bool IsAdmin, DateTimeOffset CreatedAt, long Generation)
{
    /// <summary>Leaves the hash out, so that no log line can carry it.</summary>
    public override string ToString() => $"Credential {Id}";
}

/// <summary>A credential before the store has given it an id.</summary>
/// <param name="Name">The name as the user typed it, for display.</param>
/// <param name="NormalizedName">The form of the name that must be unique.</param>
/// <param name="PasswordHash">Salted PBKDF2 with its parameters, in base64.</param>
/// <param name="IsAdmin">May administer the whole exchange.</param>
/// <param name="CreatedAt">Now.</param>
public sealed record NewCredential(
    string Name, string NormalizedName, string PasswordHash, bool IsAdmin, DateTimeOffset CreatedAt)
{
    /// <summary>Leaves the hash out, so that no log line can carry it.</summary>
    public override string ToString() => "NewCredential";
}

/// <summary>A change of a credential. A null leaves the value unchanged.</summary>
public sealed record CredentialChange
{
    /// <summary>Salted PBKDF2 with its parameters, in base64.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>Whether they may administer the whole exchange.</summary>
    public bool? IsAdmin { get; init; }

    /// <summary>Refuse every token made so far.</summary>
    public bool EndSignIns { get; init; }

    /// <summary>Leaves the hash out, so that no log line can carry it.</summary>
    public override string ToString() => "CredentialChange";
}

/// <summary>The store of the built-in sign-in's users. Many threads call it at once.</summary>
public interface ICredentialStore
{
    /// <summary>The credential with exactly this normalized name, or null.</summary>
    ValueTask<Credential?> FindByNameAsync(string normalizedName);

    /// <summary>The credential with this id, or null when there is none any more.</summary>
    ValueTask<Credential?> FindByIdAsync(long id);

    /// <summary>Keeps it for good before returning; null when the normalized name is taken.</summary>
    ValueTask<Credential?> AddAsync(NewCredential credential);

    /// <summary>Keeps the change for good before returning; the credential as it then is, null when there is none any more.</summary>
    ValueTask<Credential?> ChangeAsync(long id, CredentialChange change);

    /// <summary>Everyone, in the order they signed up.</summary>
    ValueTask<IReadOnlyList<Credential>> AllAsync();

    /// <summary>Whether anyone is an admin.</summary>
    ValueTask<bool> AnyAdminAsync();

    /// <summary>The join code that signing up needs; null: it needs none.</summary>
    ValueTask<string?> JoinCodeAsync();

    /// <summary>Replaces it; null: none is needed any more.</summary>
    ValueTask SetJoinCodeAsync(string? joinCode);

    /// <summary>The join code with which newcomers come into this room; null: it has none, or takes nobody, or is not there.</summary>
    ValueTask<string?> RoomJoinCodeAsync(string slug);

    /// <summary>Whether a room has this slug, archived or not.</summary>
    ValueTask<bool> RoomExistsAsync(string slug);

    /// <summary>Keeps the one link with which a credential's password may be set anew; an earlier one is gone.</summary>
    ValueTask AddLinkAsync(long credentialId, byte[] codeHash, DateTimeOffset expiresAt);

    /// <summary>Whose link it is; null when it is wrong, used or too old.</summary>
    ValueTask<Credential?> FindByLinkAsync(byte[] codeHash, DateTimeOffset now);

    /// <summary>
    /// Uses the link up, sets the password and ends every sign-in, all or nothing of it. Null when the link is wrong, used or too old.
    /// </summary>
    ValueTask<Credential?> UseLinkAsync(byte[] codeHash, DateTimeOffset now, string passwordHash);
}
