using System.Globalization;
using System.Net;

namespace Exchange.Auth;

// Another password, and ending what was signed in with the one before.
public sealed partial class BuiltInSignIn
{
    /// <summary>Changes one's own password. Every other sign-in ends; the new token goes on.</summary>
    /// <param name="user">The user, from a valid token.</param>
    /// <param name="password">The present one: a screen left open is not enough.</param>
    /// <param name="newPassword">8 to 128 characters, not one of the commonest.</param>
    /// <param name="address">The address of the request. Limits count by it.</param>
    /// <param name="browser">The cookie from earlier sign-ins with this browser, or null.</param>
    /// <param name="cancellation">Gives up while waiting for a turn at hashing.</param>
    public async ValueTask<SignInResult> ChangePasswordAsync(
        Principal user, string password, string newPassword, IPAddress? address, string? browser = null,
        CancellationToken cancellation = default)
    {
        if (Passwords.Problem(newPassword, user.Name) is { } problem)
            return SignInResult.Refused(SignInRefusal.BadField, $"new_{problem}");
        if (await _credentials.FindByIdAsync(IdOf(user)) is not { } credential || !Passwords.IsPossible(password))
            return WrongPresent();
        // A user with a token is known, so tries of others for the name do not count against them.
        var (isRight, refusal) = await VerifyAsync(
            credential.NormalizedName, credential, password, address, $"token of {credential.Id}", cancellation);
        if (!isRight)
            return refusal.Refusal == SignInRefusal.WrongPassword ? WrongPresent() : refusal;
        if (await _passwords.HashAsync(newPassword, Party(address, "token"), cancellation) is not { } hash)
            return SignInResult.Busy;
        return await ChangeAsync(user, new CredentialChange { PasswordHash = hash, EndSignIns = true }, browser);
    }

    /// <summary>Refuses every token made so far, the one asked with included; the new one goes on here.</summary>
    /// <param name="user">The user, from a valid token.</param>
    /// <param name="browser">The cookie from earlier sign-ins with this browser, or null.</param>
    public ValueTask<SignInResult> SignOutElsewhereAsync(Principal user, string? browser = null) =>
        ChangeAsync(user, new CredentialChange { EndSignIns = true }, browser);

    /// <summary>Sets a password with a link that an admin made, and signs in. The link is used up; every other sign-in ends.</summary>
    /// <param name="code">The code of the link.</param>
    /// <param name="newPassword">8 to 128 characters, not one of the commonest.</param>
    /// <param name="address">The address of the request. Limits count by it.</param>
    /// <param name="browser">The cookie from earlier sign-ins with this browser, or null.</param>
    /// <param name="cancellation">Gives up while waiting for a turn at hashing.</param>
    public async ValueTask<SignInResult> ResetPasswordAsync(
        string code, string newPassword, IPAddress? address, string? browser = null, CancellationToken cancellation = default)
    {
        if (_codes.Try(code, address) is { } wait)
            return SignInResult.TooManyWrongCodes(wait);
        // The code is looked up first, because hashing is expensive. The store decides in the end.
        var codeHash = OneTimeCode.Hash(code);
        if (await _credentials.FindByLinkAsync(codeHash, _time.GetUtcNow()) is not { } whose)
            return BadLink();
        _codes.WasRight(code, address);
        if (Passwords.Problem(newPassword, whose.Name) is { } problem)
            return SignInResult.Refused(SignInRefusal.BadField, $"new_{problem}");
        if (await _passwords.HashAsync(newPassword, Party(address, "link"), cancellation) is not { } hash)
            return SignInResult.Busy;
        if (await _credentials.UseLinkAsync(codeHash, _time.GetUtcNow(), hash) is not { } credential)
            return BadLink();
        _logger.LogInformation("Credential {Id} has set a new password with a link", credential.Id);
        return Good(credential, browser);
    }

    private async ValueTask<SignInResult> ChangeAsync(Principal user, CredentialChange change, string? browser) =>
        await _credentials.ChangeAsync(IdOf(user), change) is { } credential ? Good(credential, browser) : Wrong();

    private static long IdOf(Principal user) => long.Parse(user.Subject, CultureInfo.InvariantCulture);

    private static SignInResult WrongPresent() => SignInResult.Refused(SignInRefusal.WrongPassword, "The current password is wrong.");

    private static SignInResult BadLink() => SignInResult.Refused(
        SignInRefusal.BadLink, "This link is wrong, used or expired. Ask an admin for a new one.");
}
