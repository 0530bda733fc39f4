namespace Exchange.Auth;

/// <summary>All parts of signing in, put together.</summary>
public sealed class ExchangeAuth : IDisposable
{
    private readonly ICredentialStore _credentials;
    private readonly OidcKeys? _issuer;

    private ExchangeAuth(
        AuthOptions options, string dataDirectory, ICredentialStore credentials, TimeProvider time, ILogger logger)
    {
        options.Check();
        Options = options;
        Origins = new OriginPolicy(options.AllowedOrigins);
        SetupLink = new SetupLink(credentials, options.SetupLinkLifetime, time);
        Connections = new ConnectionLimits(options);
        Codes = new WrongCodes(time);
        Administration = new Administration(credentials, options.SignInLinkLifetime, time);
        _credentials = credentials;

        IIssuerKeys keys;
        if (options.BuiltIn)
        {
            var key = SigningKey.LoadOrCreate(dataDirectory, logger);
            BuiltIn = new BuiltInSignIn(options, credentials, SetupLink, key, Codes, time, logger);
            keys = key;
        }
        else
            keys = _issuer = new OidcKeys(options, dataDirectory, time, logger);
        Tokens = new TokenValidator(options, keys, credentials, time, logger);
    }

    /// <summary>The settings it was made with.</summary>
    public AuthOptions Options { get; }

    /// <summary>Says whom a token speaks for.</summary>
    public TokenValidator Tokens { get; }

    /// <summary>How the first admin is made; of use with the built-in sign-in only.</summary>
    public SetupLink SetupLink { get; }

    /// <summary>The rule for which pages may connect, also for the WebSocket handshake.</summary>
    public OriginPolicy Origins { get; }

    /// <summary>How many connections an address may open.</summary>
    public ConnectionLimits Connections { get; }

    /// <summary>How often codes may be guessed: those to sign up here, and those of rooms.</summary>
    public WrongCodes Codes { get; }

    /// <summary>The actions of admins on the built-in sign-in.</summary>
    public Administration Administration { get; }

    /// <summary>The built-in sign-in; null when an issuer does it.</summary>
    public BuiltInSignIn? BuiltIn { get; }

    /// <summary>Puts it together: reads or makes the signing key, and touches no network.</summary>
    /// <param name="options">The options. They are checked here.</param>
    /// <param name="dataDirectory">The directory of the signing key, or of the issuer's keys. It is created if it does not exist.</param>
    /// <param name="credentials">The built-in sign-in's users; not asked when an issuer does it.</param>
    /// <param name="time">The clock for expiry, intervals and limits of attempts. Limits of connections use the machine's own clock.</param>
    /// <param name="loggers">Never given a token, a password, a code or a name.</param>
    /// <exception cref="ArgumentException">A setting is wrong; the message is a sentence that names it.</exception>
    /// <exception cref="InvalidDataException">The signing key is spoilt; the message says what to do.</exception>
    /// <exception cref="IOException">The data directory can't be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The data directory may not be read or written.</exception>
    public static ExchangeAuth Create(
        AuthOptions options, string dataDirectory, ICredentialStore credentials, TimeProvider time, ILoggerFactory loggers) =>
        new(options, dataDirectory, credentials, time, loggers.CreateLogger("Exchange.Auth"));

    /// <summary>Adds what is under /auth.</summary>
    public void MapEndpoints(IEndpointRouteBuilder app) => app.MapAuth(this);

    /// <summary>Whether the exchange still waits for its first admin. Never so when an issuer does the sign-in.</summary>
    public async ValueTask<bool> IsSetupNeededAsync() => BuiltIn is not null && !await _credentials.AnyAdminAsync();

    /// <summary>Frees timers and connections.</summary>
    public void Dispose()
    {
        Connections.Dispose();
        _issuer?.Dispose();
    }
}
