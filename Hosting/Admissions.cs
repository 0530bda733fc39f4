using System.Collections.Concurrent;
using Exchange.Auth;
using Exchange.Protocol;

namespace Exchange.Hosting;

/// <summary>The open connections as the sign-in sees them: who is on each, and whether they may stay.</summary>
internal sealed class Admissions : IDisposable
{
    /// <summary>A connection that may not stay is closed within twice this time, and always within a minute.</summary>
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(20);

    private readonly TokenValidator _tokens;
    private readonly ApiKeyStore _keys;
    private readonly ConcurrentDictionary<Admission, byte> _open = new();
    private readonly Timer _timer;
    private int _checking;

    public Admissions(TokenValidator tokens, ApiKeyStore keys)
    {
        _tokens = tokens;
        _keys = keys;
        _timer = new Timer(_ => _ = CheckAsync(), null, s_interval, s_interval);
    }

    /// <summary>Makes one for a connection that was just opened. Dispose of it when the connection has ended.</summary>
    /// <param name="place">Among the unauthenticated.</param>
    public Admission Open(IDisposable place)
    {
        var admission = new Admission(this, place);
        _open.TryAdd(admission, 0);
        return admission;
    }

    public void Dispose() => _timer.Dispose();

    private async Task CheckAsync()
    {
        if (Interlocked.Exchange(ref _checking, 1) != 0)
            return;
        try
        {
            foreach ((Admission admission, _) in _open)
            {
                if (admission.Principal is { } principal && !await _tokens.IsStillGoodAsync(principal))
                    admission.End();
            }
        }
        catch (Exception e)
        {
            // Nobody waits for this. A connection that may no longer stay stays until the next check.
            Console.Error.WriteLine($"The database can't be read to check which connections may stay open: {e.Message}");
        }
        finally
        {
            Volatile.Write(ref _checking, 0);
        }
    }

    /// <summary>
    /// The sign-in of one connection. It gives back its place among the unauthenticated when it has signed in, and ends when
    /// it may not stay.
    /// </summary>
    internal sealed class Admission : IAuthenticator, IDisposable
    {
        private readonly Admissions _all;
        private readonly IDisposable _place;
        private readonly CancellationTokenSource _ended = new();

        public Admission(Admissions all, IDisposable place)
        {
            _all = all;
            _place = place;
        }

        public Principal? Principal { get; private set; }

        /// <summary>When it may not stay.</summary>
        public CancellationToken Ended => _ended.Token;

        public async ValueTask<(Identity? Identity, string Refusal)> AuthenticateAsync(
            string accessToken, string? idToken, CancellationToken cancel)
        {
            TokenResult result = await _all._tokens.ValidateAsync(accessToken, idToken, cancel);
            Principal = result.Principal;
            if (result.IsValid)
                _place.Dispose();
            return Identities.ToIdentity(result);
        }

        public async ValueTask<(Identity? Identity, string Refusal)> AuthenticateKeyAsync(string apiKey)
        {
            Identity? identity = await _all._keys.FindAsync(apiKey);
            if (identity is not null)
                _place.Dispose();
            return (identity, ApiKeyStore.NoSuchKey);
        }

        public void End()
        {
            try
            {
                _ended.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The connection had ended already.
            }
        }

        public void Dispose()
        {
            _all._open.TryRemove(this, out _);
            _place.Dispose();
            _ended.Dispose();
        }
    }
}
