using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Exchange.Auth;

/// <summary>
/// An OpenID Connect issuer's keys: fetched when first needed, kept in memory and in the data directory, fetched again
/// when a token names an unknown key or when they have become old.
/// </summary>
/// <remarks>
/// Not the library's ConfigurationManager: that refreshes in the background only (the first login after a key rotation
/// would fail), tries again without pause while an issuer is down, and keeps nothing across restarts.
/// </remarks>
internal sealed class OidcKeys : IIssuerKeys, IDisposable
{
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(10);

    // Some issuers list many certificates; a real answer has some 10 KB.
    private const int DocumentBytesMax = 512 * 1024;

    private readonly string _authority;
    private readonly AuthOptions _options;
    private readonly OidcKeysFile _file;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();

    // Under the lock: when the last fetch began, and whether the file was looked at.
    private Task? _fetch;
    private long? _fetchedLast;
    private bool _fileRead;

    // Only the running fetch replaces this, as a whole.
    private HttpClient? _http;
    private volatile OidcKeysFile.Kept? _known;

    public OidcKeys(AuthOptions options, string dataDirectory, TimeProvider time, ILogger logger)
    {
        _authority = options.Authority!.TrimEnd('/');
        _options = options;
        _file = new OidcKeysFile(dataDirectory, logger);
        _time = time;
        _logger = logger;
    }

    public async ValueTask<IssuerKeys?> FindAsync(string keyId, CancellationToken cancellation)
    {
        var known = _known ?? ReadFile();
        var age = known is null ? TimeSpan.Zero : AgeOf(known);
        if (known is not null && age < _options.KeysTrustedFor && known.Keys.Keys.Contains(keyId))
        {
            // Good enough to answer with; a fresher answer may come meanwhile.
            if (age > _options.KeyRefreshAfter)
                _ = Fetch();
            return known.Keys;
        }

        if (Fetch() is { } fetch)
            await fetch.WaitAsync(cancellation);
        known = _known;
        return known is not null && AgeOf(known) < _options.KeysTrustedFor ? known.Keys : null;
    }

    /// <summary>
    /// By the wall clock, for keys are kept over restarts. Keys of a time to come were fetched while the clock was ahead: they count for as old as that is
    /// far, or they would be trusted for as much longer.
    /// </summary>
    private TimeSpan AgeOf(OidcKeysFile.Kept known) => (_time.GetUtcNow() - known.FetchedAt).Duration();

    public void Dispose() => _http?.Dispose();

    private OidcKeysFile.Kept? ReadFile()
    {
        lock (_lock)
        {
            if (_fileRead)
                return _known;
            _fileRead = true;
            if (_file.Read(_authority) is { } kept)
                _known ??= kept;
            return _known;
        }
    }

    /// <summary>
    /// The fetch under way, or a new one; null when the last one was too short a time ago. It never fails: what it
    /// learned, if anything, is in <see cref="_known"/> when it ends.
    /// </summary>
    /// <remarks>
    /// One for all who wait, and none of them can cancel it. Strangers with made-up key ids can use up the interval's one
    /// fetch, so that a login with a brand-new key waits for the next; hammering the issuer would be worse.
    /// </remarks>
    private Task? Fetch()
    {
        lock (_lock)
        {
            if (_fetch is { IsCompleted: false })
                return _fetch;
            var now = _time.GetTimestamp();
            if (_fetchedLast is { } last && _time.GetElapsedTime(last, now) < _options.KeyFetchInterval)
                return null;
            _fetchedLast = now;
            return _fetch = Task.Run(FetchAsync);
        }
    }

    private async Task FetchAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(FetchTimeout);
            var http = _http ??= NewClient();
            var discovery = OpenIdConnectConfiguration.Create(
                await http.GetStringAsync(new Uri($"{_authority}/.well-known/openid-configuration"), timeout.Token));
            // An issuer that calls itself by another name isn't the one that was configured (OpenID Connect Discovery 4.3).
            if (discovery.Issuer is null || discovery.Issuer.TrimEnd('/') != _authority)
                throw new InvalidDataException("its discovery document names another issuer");
            if (!Uri.TryCreate(discovery.JwksUri, UriKind.Absolute, out var keysAt) || !MayHoldKeys(keysAt))
                throw new InvalidDataException("its discovery document has no https jwks_uri");
            var text = await http.GetStringAsync(keysAt, timeout.Token);
            var keys = IssuerKeys.From(discovery.Issuer, new JsonWebKeySet(text).GetSigningKeys());
            if (keys.Keys.Count == 0)
                throw new InvalidDataException("its key set has no key that signs");

            var fetchedAt = _time.GetUtcNow();
            _known = new OidcKeysFile.Kept(keys, fetchedAt);
            _file.Write(new OidcKeysFile.Content(_authority, discovery.Issuer, fetchedAt.ToUnixTimeMilliseconds(), text));
        }
        catch (Exception e)
        {
            var reason = e is InvalidDataException ? e.Message : e.GetType().Name;
            _logger.LogWarning("The keys of the issuer {Issuer} can't be fetched: {Reason}", _authority, reason);
        }
    }

    private bool MayHoldKeys(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttps || (AuthOptions.HttpsOrLoopback(uri) && new Uri(_authority).IsLoopback);

    // Redirects are off: keys come from the address that the issuer names, and from nowhere else.
    private static HttpClient NewClient() =>
        new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        })
        {
            Timeout = FetchTimeout,
            MaxResponseContentBufferSize = DocumentBytesMax,
        };
}
