using System.Net;

namespace Exchange.Auth;

// Another password, and ending what was signed in with the one before.
public sealed partial class BuiltInSignIn
{
    /// <summary>Changes one's own password. Every other sign-in ends; the new token goes on.</summary>
    /// <param name="user">Who asks, by a token that is good.</param>
    /// <param name="password">The present one: a screen left open is not enough.</param>
    /// <param name="newPassword">8 to 128 characters.</param>
    /// <param name="address">Where the request comes from; limits are counted by it.</param>
    /// <param name="cancellation">Gives up while waiting for a turn at hashing.</param>
    public async ValueTask<SignInResult> ChangePasswordAsync(
        Principal user, string password, string newPassword, IPAddress? address, CancellationToken cancellation = default)
    {
        if (Passwords.Problem(newPassword) is { } problem)
            return SignInResult.Refused(SignInRefusal.BadField, $"new_{problem}");
        var signedIn = await SignInAsync(user.Name, password, address, cancellation);
        if (!signedIn.IsGood)
            return signedIn.Refusal == SignInRefusal.WrongPassword
                ? SignInResult.Refused(SignInRefusal.WrongPassword, "The present password is wrong.")
                : signedIn;
        if (await _passwords.HashAsync(newPassword, cancellation) is not { } hash)
            return SignInResult.Busy;
        return await ChangeAsync(user, new CredentialChange { PasswordHash = hash, EndSignIns = true });
    }

    /// <summary>Refuses every token made so far, the one asked with included; the new one goes on here.</summary>
    /// <param name="user">Who asks, by a token that is good.</param>
    public ValueTask<SignInResult> SignOutElsewhereAsync(Principal user) => ChangeAsync(user, new CredentialChange { EndSignIns = true });

    /// <summary>Sets a password with a link that an admin made, and signs in. The link is used up; every other sign-in ends.</summary>
    /// <param name="code">From the link.</param>
    /// <param name="newPassword">8 to 128 characters.</param>
    /// <param name="address">Where the request comes from; limits are counted by it.</param>
    /// <param name="cancellation">Gives up while waiting for a turn at hashing.</param>
    public async ValueTask<SignInResult> ResetPasswordAsync(
        string code, string newPassword, IPAddress? address, CancellationToken cancellation = default)
    {
        if (_limits.CountAddress(address) is { } wait)
            return SignInResult.TooOften(wait);
        if (Passwords.Problem(newPassword) is { } problem)
            return SignInResult.Refused(SignInRefusal.BadField, $"new_{problem}");
        // Looked up first because hashing is dear; the store has the last word.
        var codeHash = OneTimeCode.Hash(code);
        if (await _credentials.FindByLinkAsync(codeHash, _time.GetUtcNow()) is null)
            return BadLink();
        if (await _passwords.HashAsync(newPassword, cancellation) is not { } hash)
            return SignInResult.Busy;
        if (await _credentials.UseLinkAsync(codeHash, _time.GetUtcNow(), hash) is not { } credential)
            return BadLink();
        _logger.LogInformation("Credential {Id} has a new password by a link", credential.Id);
        return SignInResult.Good(_tokens.Make(credential));
    }

    private async ValueTask<SignInResult> ChangeAsync(Principal user, CredentialChange change)
    {
        var id = long.Parse(user.Subject, System.Globalization.CultureInfo.InvariantCulture);
        return await _credentials.ChangeAsync(id, change) is { } credential ? SignInResult.Good(_tokens.Make(credential)) : Wrong();
    }

    private static SignInResult BadLink() => SignInResult.Refused(
        SignInRefusal.BadLink, "The link is wrong, used or too old. Ask an admin for a new one.");
}
