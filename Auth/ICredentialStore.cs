namespace Exchange.Auth;

/// <summary>Someone who signs in with a name and a password kept here.</summary>
/// <param name="Id">Positive, never used again for someone else.</param>
/// <param name="Name">As they typed it; for display.</param>
/// <param name="NormalizedName">Unique: what two spellings of the same name have in common.</param>
/// <param name="PasswordHash">Salted PBKDF2 with its parameters, in base64.</param>
/// <param name="IsAdmin">May administer the whole exchange.</param>
/// <param name="CreatedAt">When they signed up.</param>
public sealed record Credential(
    long Id, string Name, string NormalizedName, string PasswordHash, bool IsAdmin, DateTimeOffset CreatedAt)
{
    /// <summary>Leaves the hash out, so that no log line can carry it.</summary>
    public override string ToString() => $"Credential {Id}";
}

/// <summary>A credential before the store has given it an id.</summary>
/// <param name="Name">As they typed it; for display.</param>
/// <param name="NormalizedName">What must be unique.</param>
/// <param name="PasswordHash">Salted PBKDF2 with its parameters, in base64.</param>
/// <param name="IsAdmin">May administer the whole exchange.</param>
/// <param name="CreatedAt">Now.</param>
public sealed record NewCredential(
    string Name, string NormalizedName, string PasswordHash, bool IsAdmin, DateTimeOffset CreatedAt)
{
    /// <summary>Leaves the hash out, so that no log line can carry it.</summary>
    public override string ToString() => "NewCredential";
}

/// <summary>Where the built-in sign-in keeps its users. Called from many threads at once.</summary>
public interface ICredentialStore
{
    /// <summary>The credential with exactly this normalized name, or null.</summary>
    ValueTask<Credential?> FindByNameAsync(string normalizedName);

    /// <summary>The credential with this id, or null when there is none any more.</summary>
    ValueTask<Credential?> FindByIdAsync(long id);

    /// <summary>Keeps it for good before returning; null when the normalized name is taken.</summary>
    ValueTask<Credential?> AddAsync(NewCredential credential);

    /// <summary>Whether anyone is an admin.</summary>
    ValueTask<bool> AnyAdminAsync();
}
