using System.Net;

namespace Exchange.Auth;

/// <summary>Signs people up and in with a name and a password kept here. Thread-safe.</summary>
public sealed partial class BuiltInSignIn : IDisposable
{
    private readonly ICredentialStore _credentials;
    private readonly SetupLink _setupLink;
    private readonly BuiltInTokens _tokens;
    private readonly Passwords _passwords;
    private readonly SignInLimits _limits;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal BuiltInSignIn(
        AuthOptions options, ICredentialStore credentials, SetupLink setupLink, SigningKey key, TimeProvider time, ILogger logger)
    {
        _credentials = credentials;
        _setupLink = setupLink;
        _tokens = new BuiltInTokens(key, options.TokenLifetime, time);
        _passwords = new Passwords(options.PasswordIterations, options.PasswordQueueLimit);
        _limits = new SignInLimits(options);
        _time = time;
        _logger = logger;
    }

    /// <summary>A new user, signed in. With a good setup code they are an admin, and the code is used up.</summary>
    /// <param name="name">1 to 40 characters; no two users' names differ in case or spelling of letters only.</param>
    /// <param name="password">8 to 128 characters.</param>
    /// <param name="setupCode">From the setup link, or null.</param>
    /// <param name="joinCode">What the admin shows, when there is one; not needed with a setup code.</param>
    /// <param name="address">Where the request comes from; limits are counted by it.</param>
    /// <param name="cancellation">Gives up while waiting for a turn at hashing.</param>
    public async ValueTask<SignInResult> SignUpAsync(
        string name, string password, string? setupCode, string? joinCode, IPAddress? address, CancellationToken cancellation = default)
    {
        if (_limits.CountAddress(address) is { } wait)
            return SignInResult.TooOften(wait);
        if ((Names.Problem(name) ?? Passwords.Problem(password)) is { } problem)
            return SignInResult.Refused(SignInRefusal.BadField, problem);

        var admin = !string.IsNullOrEmpty(setupCode);
        if (!admin && await _credentials.JoinCodeAsync() is { } needed && !JoinCode.Matches(needed, joinCode))
            return SignInResult.Refused(SignInRefusal.BadJoinCode, "join_code is missing or wrong. Ask whoever runs this exchange for it.");
        if (!admin)
            return await AddAsync(name, password, admin, cancellation);

        if (!await _setupLink.TryTakeAsync(setupCode!))
            return SignInResult.Refused(
                SignInRefusal.BadSetupCode,
                "setup_code is wrong, used up or too old. While there is no admin, each start of the exchange prints a new link; "
                + "otherwise sign up without it.");
        var used = false;
        try
        {
            var result = await AddAsync(name, password, admin, cancellation);
            used = result.IsGood;
            return result;
        }
        finally
        {
            _setupLink.GiveBack(setupCode!, used);
        }
    }

    /// <summary>A token for someone who signed up before.</summary>
    /// <param name="name">In any case and spelling of letters.</param>
    /// <param name="password">As it was at sign-up.</param>
    /// <param name="address">Where the request comes from; limits are counted by it.</param>
    /// <param name="cancellation">Gives up while waiting for a turn at hashing.</param>
    public async ValueTask<SignInResult> SignInAsync(
        string name, string password, IPAddress? address, CancellationToken cancellation = default)
    {
        if (_limits.CountAddress(address) is { } wait)
            return SignInResult.TooOften(wait);
        // What could never have been signed up with is wrong without a look; what the name looks like is no secret.
        if (Names.Problem(name) is not null || Passwords.Problem(password) is not null)
            return Wrong();
        var normalized = Names.Normalize(name);
        if (_limits.CountName(normalized, address) is { } waitForName)
            return SignInResult.TooOften(waitForName);

        var credential = await _credentials.FindByNameAsync(normalized);
        var right = await _passwords.VerifyAsync(credential?.PasswordHash, password, cancellation);
        if (right is null)
            return SignInResult.Busy;
        return right.Value ? SignInResult.Good(_tokens.Make(credential!)) : Wrong();
    }

    /// <summary>Frees what the limits and the queue hold.</summary>
    public void Dispose()
    {
        _passwords.Dispose();
        _limits.Dispose();
    }

    private async ValueTask<SignInResult> AddAsync(string name, string password, bool admin, CancellationToken cancellation)
    {
        var normalized = Names.Normalize(name);
        // Looked up first because hashing is dear; the store has the last word.
        if (await _credentials.FindByNameAsync(normalized) is not null)
            return NameTaken();
        if (await _passwords.HashAsync(password, cancellation) is not { } hash)
            return SignInResult.Busy;
        var credential = await _credentials.AddAsync(new NewCredential(name, normalized, hash, admin, _time.GetUtcNow()));
        if (credential is null)
            return NameTaken();
        if (admin)
            _logger.LogInformation("Credential {Id} signed up with the setup link and is an admin", credential.Id);
        return SignInResult.Good(_tokens.Make(credential));
    }

    private static SignInResult Wrong() =>
        SignInResult.Refused(SignInRefusal.WrongPassword, "The name or the password is wrong.");

    private static SignInResult NameTaken() =>
        SignInResult.Refused(SignInRefusal.NameTaken, "Somebody has this name already. Choose another, or sign in.");
}
