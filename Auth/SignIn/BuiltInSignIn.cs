using System.Net;
using Exchange.Spelling;

namespace Exchange.Auth;

/// <summary>Signs people up and in with a name and a password kept here. Thread-safe.</summary>
public sealed partial class BuiltInSignIn
{
    private readonly ICredentialStore _credentials;
    private readonly SetupLink _setupLink;
    private readonly BuiltInTokens _tokens;
    private readonly Passwords _passwords;
    private readonly SignInLimits _limits;
    private readonly WrongCodes _codes;
    private readonly KnownBrowsers _browsers;
    private readonly TakenNames _names;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal BuiltInSignIn(
        AuthOptions options, ICredentialStore credentials, SetupLink setupLink, SigningKey key, WrongCodes codes, TimeProvider time,
        ILogger logger)
    {
        _credentials = credentials;
        _setupLink = setupLink;
        _tokens = new BuiltInTokens(key, options.TokenLifetime, time);
        _passwords = new Passwords(options.PasswordIterations, options.PasswordQueueLimit);
        _limits = new SignInLimits(options, time);
        _codes = codes;
        _browsers = new KnownBrowsers(key.Derive("known browser"), time);
        _names = new TakenNames(credentials);
        _time = time;
        _logger = logger;
    }

    /// <summary>A new user, signed in. With a good setup code they are an admin, and the code is used up.</summary>
    /// <param name="name">1 to 40 characters, unlike any other user's; the exchange's own (Admin) only with a setup code.</param>
    /// <param name="password">8 to 128 characters, not one of the commonest.</param>
    /// <param name="setupCode">The code of the setup link, or null.</param>
    /// <param name="joinCode">The exchange's, when it has one, or that of the room; not needed with a setup code.</param>
    /// <param name="address">The address of the request. Limits count by it.</param>
    /// <param name="browser">The cookie from earlier sign-ins with this browser, or null.</param>
    /// <param name="room">The slug of the room they were invited to, or null: its join code lets them sign up, too.</param>
    /// <param name="cancellation">Gives up while waiting for a turn at hashing.</param>
    public async ValueTask<SignInResult> SignUpAsync(
        string name, string password, string? setupCode, string? joinCode, IPAddress? address, string? browser = null, string? room = null,
        CancellationToken cancellation = default)
    {
        var admin = !string.IsNullOrEmpty(setupCode);
        if ((DisplayNames.Problem(name, maySpeakForExchange: admin) ?? Passwords.Problem(password, name)) is { } problem)
            return SignInResult.Refused(SignInRefusal.BadField, problem);
        return admin
            ? await SignUpAdminAsync(name, password, setupCode!, address, browser, cancellation)
            : await CheckJoinCodeAsync(joinCode ?? "", room ?? "", address) ?? await AddAsync(name, password, admin: false, address, browser, cancellation);
    }

    /// <summary>Null when a sign-up may go ahead.</summary>
    /// <summary>Whether a room has this slug, as a link or a person writes it.</summary>
    public ValueTask<bool> RoomExistsAsync(string slug) => _credentials.RoomExistsAsync(slug.Trim().ToLowerInvariant());

    private async ValueTask<SignInResult?> CheckJoinCodeAsync(string joinCode, string room, IPAddress? address)
    {
        string? ofExchange = await _credentials.JoinCodeAsync();
        // An empty code is not a guess.
        if (ofExchange is not null && joinCode.Length == 0)
            return NoJoinCode();
        bool isRight = false;
        if (joinCode.Length > 0 && (ofExchange is not null || room.Length > 0))
        {
            string? ofRoom = room.Length == 0 ? null : await _credentials.RoomJoinCodeAsync(room.Trim().ToLowerInvariant());
            (isRight, SignInResult? refusal) = TryJoinCode(joinCode, ofExchange, ofRoom, room, address);
            // If anybody may sign up, a wrong code has no effect here: the room refuses it later.
            if (refusal is not null && ofExchange is not null)
                return refusal;
        }
        return _limits.CountSignUp(address, withCode: isRight) is { } wait ? SignInResult.TooManySignUps(wait) : null;
    }

    private (bool IsRight, SignInResult? Refusal) TryJoinCode(string typed, string? ofExchange, string? ofRoom, string room, IPAddress? address)
    {
        string? right = ofExchange is not null && JoinCode.Matches(ofExchange, typed) ? ofExchange
            : ofRoom is not null && JoinCode.Matches(ofRoom, typed) ? ofRoom
            : null;
        // A long code can't be guessed. A user who has it signs up, even if many guess behind the same address.
        if (right is not null && !WrongCodes.CanBeGuessed(right))
            return (true, null);
        string? counted = room.Length == 0 ? null : Codes.RoomKey(room);
        if (_codes.Try(typed, address, room: counted) is { } wait)
            return (false, SignInResult.TooManyWrongCodes(wait));
        if (right is null)
            return (false, BadJoinCode());
        _codes.WasRight(typed, address, room: counted);
        return (true, null);
    }

    private async ValueTask<SignInResult> SignUpAdminAsync(
        string name, string password, string setupCode, IPAddress? address, string? browser, CancellationToken cancellation)
    {
        if (_codes.Try(setupCode, address) is { } wait)
            return SignInResult.TooManyWrongCodes(wait);
        if (!await _setupLink.TryTakeAsync(setupCode))
            return SignInResult.Refused(
                SignInRefusal.BadSetupCode,
                "This setup link is wrong, used or expired. While there is no admin, each start of the exchange prints a new link. "
                + "If there is an admin already, sign up without a link.");
        _codes.WasRight(setupCode, address);
        var used = false;
        try
        {
            var result = await AddAsync(name, password, admin: true, address, browser, cancellation);
            used = result.IsGood;
            return result;
        }
        finally
        {
            _setupLink.GiveBack(setupCode, used);
        }
    }

    /// <summary>A token for someone who signed up before.</summary>
    /// <param name="name">The name, in any case and spelling of letters.</param>
    /// <param name="password">The password as it was at sign-up.</param>
    /// <param name="address">The address of the request. Limits count by it.</param>
    /// <param name="browser">The cookie from earlier sign-ins with this browser, or null.</param>
    /// <param name="cancellation">Gives up while waiting for a turn at hashing.</param>
    public async ValueTask<SignInResult> SignInAsync(
        string name, string password, IPAddress? address, string? browser = null, CancellationToken cancellation = default)
    {
        // A password that could never have been chosen is wrong without a look. The rules are not secret.
        if (!DisplayNames.IsPossible(name) || !Passwords.IsPossible(password))
            return Wrong();
        var normalized = Names.Normalize(name);
        var credential = await _credentials.FindByNameAsync(normalized);
        var proof = credential is null ? null : _browsers.Find(browser, credential.Id);
        var (isRight, refusal) = await VerifyAsync(normalized, credential, password, address, proof, cancellation);
        return isRight ? Good(credential!, browser) : refusal;
    }

    /// <summary>Whether the password is right, counted; and what to answer if not.</summary>
    private async ValueTask<(bool IsRight, SignInResult Refusal)> VerifyAsync(
        string normalized, Credential? credential, string password, IPAddress? address, string? proof, CancellationToken cancellation)
    {
        var counted = _limits.For(normalized, address, proof);
        if (counted.Wait() is { } wait)
            return (false, SignInResult.TooOften(wait));
        var right = await _passwords.VerifyAsync(
            credential?.PasswordHash, password, Party(address, proof), () => counted.Wait() is null, counted.Tried, cancellation);
        if (right is null)
            return (false, counted.Wait() is { } waitNow ? SignInResult.TooOften(waitNow) : SignInResult.Busy);
        return (right.Value, Wrong());
    }

    private async ValueTask<SignInResult> AddAsync(
        string name, string password, bool admin, IPAddress? address, string? browser, CancellationToken cancellation)
    {
        // Taken first because hashing is dear; the store has the last word.
        if (!await _names.TryTakeAsync(name))
            return NameTaken();
        Credential? credential = null;
        try
        {
            if (await _passwords.HashAsync(password, Party(address, proof: null), cancellation) is not { } hash)
                return SignInResult.BusySigningUp;
            credential = await _credentials.AddAsync(new NewCredential(name, Names.Normalize(name), hash, admin, _time.GetUtcNow()));
        }
        finally
        {
            if (credential is null)
                _names.GiveBack(name);
        }
        if (credential is null)
            return NameTaken();
        if (admin)
            _logger.LogInformation("Credential {Id} signed up with the setup link and is an admin", credential.Id);
        _limits.Remember(credential.NormalizedName, address);
        return Good(credential, browser);
    }

    private SignInResult Good(Credential credential, string? browser) =>
        SignInResult.Good(_tokens.Make(credential), _browsers.Add(browser, credential.Id));

    /// <summary>Whose turn it is in the line for hashing: those who are known don't wait for what strangers at their address ask for.</summary>
    private static string Party(IPAddress? address, string? proof) => PerAddress.Network(address) + (proof is null ? "" : " known");

    private static SignInResult NoJoinCode() => SignInResult.Refused(
        SignInRefusal.BadJoinCode, "You need a join code to sign up. Ask the person who runs this exchange for it.");

    private static SignInResult BadJoinCode() => SignInResult.Refused(
        SignInRefusal.BadJoinCode, "That join code isn't right. Ask the person who invited you for it.");

    private static SignInResult Wrong() =>
        SignInResult.Refused(SignInRefusal.WrongPassword, "The name or the password is wrong.");

    private static SignInResult NameTaken() => SignInResult.Refused(
        SignInRefusal.NameTaken, "This name is taken, or it looks like one that is taken. Choose another, or sign in.");
}
