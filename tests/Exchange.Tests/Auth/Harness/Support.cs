using System.Collections.Concurrent;
using Exchange.Auth;
using Microsoft.Extensions.Logging;

namespace Exchange.Tests.Auth;

/// <summary>A clock that moves when told to.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero).Ticks, _wrong;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks) + Interlocked.Read(ref _wrong), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    /// <summary>Sets the wall clock, and no other: it is wrong by this from here on.</summary>
    public void SetWrongBy(TimeSpan by) => Interlocked.Exchange(ref _wrong, by.Ticks);
}

internal sealed class CredentialsInMemory : ICredentialStore
{
    private readonly ConcurrentDictionary<string, Credential> _byName = new();
    private readonly ConcurrentDictionary<long, (byte[] Hash, DateTimeOffset ExpiresAt)> _links = new();
    private string? _joinCode;
    private long _lastId;

    public ValueTask<Credential?> FindByNameAsync(string normalizedName) => new(_byName.GetValueOrDefault(normalizedName));

    public ValueTask<Credential?> FindByIdAsync(long id) => new(_byName.Values.FirstOrDefault(c => c.Id == id));

    public ValueTask<Credential?> AddAsync(NewCredential credential)
    {
        var added = new Credential(
            Interlocked.Increment(ref _lastId), credential.Name, credential.NormalizedName, credential.PasswordHash,
            credential.IsAdmin, credential.CreatedAt, Generation: 0);
        return new(_byName.TryAdd(added.NormalizedName, added) ? added : null);
    }

    public async ValueTask<Credential?> ChangeAsync(long id, CredentialChange change)
    {
        if (await FindByIdAsync(id) is not { } before)
            return null;
        var after = before with
        {
            PasswordHash = change.PasswordHash ?? before.PasswordHash,
            IsAdmin = change.IsAdmin ?? before.IsAdmin,
            Generation = before.Generation + (change.EndSignIns ? 1 : 0),
        };
        Replace(after);
        return after;
    }

    public ValueTask<IReadOnlyList<Credential>> AllAsync() => new([.. _byName.Values.OrderBy(c => c.Id)]);

    public ValueTask<bool> AnyAdminAsync() => new(_byName.Values.Any(c => c.IsAdmin));

    public ValueTask<string?> JoinCodeAsync() => new(_joinCode);

    /// <summary>By slug.</summary>
    public Dictionary<string, string> RoomJoinCodes { get; } = [];

    public ValueTask<string?> RoomJoinCodeAsync(string slug) => new(RoomJoinCodes.GetValueOrDefault(slug));

    public ValueTask<bool> RoomExistsAsync(string slug) => new(RoomJoinCodes.ContainsKey(slug));

    public ValueTask SetJoinCodeAsync(string? joinCode)
    {
        _joinCode = joinCode;
        return default;
    }

    public ValueTask AddLinkAsync(long credentialId, byte[] codeHash, DateTimeOffset expiresAt)
    {
        _links[credentialId] = (codeHash, expiresAt);
        return default;
    }

    public async ValueTask<Credential?> FindByLinkAsync(byte[] codeHash, DateTimeOffset now)
    {
        var (id, link) = _links.FirstOrDefault(l => l.Value.Hash.AsSpan().SequenceEqual(codeHash));
        return link.ExpiresAt > now ? await FindByIdAsync(id) : null;
    }

    public async ValueTask<Credential?> UseLinkAsync(byte[] codeHash, DateTimeOffset now, string passwordHash) =>
        await FindByLinkAsync(codeHash, now) is { } credential && _links.TryRemove(credential.Id, out _)
            ? await ChangeAsync(credential.Id, new CredentialChange { PasswordHash = passwordHash, EndSignIns = true })
            : null;

    public Credential Only() => Assert.Single(_byName.Values);

    public void Replace(Credential credential) => _byName[credential.NormalizedName] = credential;

    public void Clear() => _byName.Clear();
}

/// <summary>Limits that count by real time, tested so that it does not matter how much of it a test takes.</summary>
internal static class Tries
{
    /// <summary>
    /// Tries until it is refused as too often. As many go through as a minute's worth, and what comes free meanwhile, however long that takes.
    /// </summary>
    /// <param name="perMinute">What may be; all of it at once, too.</param>
    /// <param name="tryAsync">The try of that number, from 0 on.</param>
    /// <param name="isTooOften">Whether it was refused as that.</param>
    /// <param name="left">What is left of a minute's worth, if some is used up already.</param>
    /// <returns>The refusal.</returns>
    public static async Task<T> UntilTooOftenAsync<T>(int perMinute, Func<int, Task<T>> tryAsync, Func<T, bool> isTooOften, int? left = null)
    {
        var atOnce = left ?? perMinute;
        var began = Environment.TickCount64;
        for (var tries = 0; ; tries++)
        {
            var result = await tryAsync(tries);
            if (isTooOften(result))
            {
                Assert.True(tries >= atOnce, $"The try after {tries} was refused already.");
                return result;
            }
            var cameFree = (Environment.TickCount64 - began) / 60_000.0 * perMinute;
            Assert.True(tries <= atOnce + cameFree + 1, $"{tries} tries were let through.");
        }
    }
}

/// <summary>Everything that was logged, at every level.</summary>
internal sealed class LogCapture : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string Text => string.Join("\n", _lines);

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}

/// <summary>An <see cref="ExchangeAuth"/> in a data directory of its own, on a clock of its own.</summary>
internal sealed class AuthUnderTest : IDisposable
{
    private readonly List<ExchangeAuth> _made = [];

    public AuthUnderTest(AuthOptions? options = null)
    {
        Options = (options ?? new AuthOptions()) with { PasswordIterations = 10 };
        Auth = Restart();
    }

    public AuthOptions Options { get; }

    public string DataDirectory { get; } = Directory.CreateTempSubdirectory("exchange-auth-").FullName;

    public ManualTime Time { get; } = new();

    public LogCapture Log { get; } = new();

    public CredentialsInMemory Credentials { get; } = new();

    public ExchangeAuth Auth { get; private set; }

    public BuiltInSignIn SignIn => Auth.BuiltIn!;

    public ExchangeAuth Restart()
    {
        Auth = ExchangeAuth.Create(Options, DataDirectory, Credentials, Time, Log);
        _made.Add(Auth);
        return Auth;
    }

    public void Dispose()
    {
        _made.ForEach(auth => auth.Dispose());
        Directory.Delete(DataDirectory, recursive: true);
    }
}
