using System.Net;

namespace Exchange.Auth;

/// <summary>
/// How often a password may be guessed: for one name against guessing one person's, per address against guessing everyone's. Wrong ones are
/// counted, and counted apart for a browser or an address that the name has signed in from, so that whoever guesses elsewhere, or beside,
/// does not lock the name's owner out.
/// </summary>
/// <remarks>
/// NIST SP 800-63B, 5.2.2: no more than 100 wrong in a row without a wait of 30 s that grows to an hour, which those need not wait who are
/// known from before. Thread-safe.
/// </remarks>
internal sealed class SignInLimits
{
    private const int FreeInARow = 99;

    /// <summary>Sign-ups with a join code that is right, to those without one: a school's classes sign up in one lesson.</summary>
    private const int TimesWithCode = 5;

    private readonly Buckets _wrongOfName, _wrongOfAddress, _rightOfName, _signUps, _signUpsWithCode;
    private readonly GrowingDelays _inARow;
    private readonly KnownPairs _known;

    public SignInLimits(AuthOptions options, TimeProvider time)
    {
        _wrongOfName = Buckets.PerMinute(options.SignInsPerNamePerMinute, time);
        _rightOfName = Buckets.PerMinute(options.SignInsPerNamePerMinute, time);
        _wrongOfAddress = Buckets.PerMinute(options.SignInsPerAddressPerMinute, time);
        _signUps = Buckets.PerMinute(options.SignInsPerAddressPerMinute, time);
        _signUpsWithCode = new Buckets(
            options.SignInsPerAddressPerMinute * TimesWithCode, TimeSpan.FromMinutes(1) / options.SignInsPerAddressPerMinute, time);
        _inARow = new GrowingDelays(FreeInARow, TimeSpan.FromSeconds(30), TimeSpan.FromHours(1), TimeSpan.FromHours(24), time);
        _known = new KnownPairs(time);
    }

    /// <summary>Counts a sign-up: null when it may go ahead, else how long to wait.</summary>
    /// <param name="address">The address of the request.</param>
    /// <param name="withCode">Whether the request has the join code.</param>
    public TimeSpan? CountSignUp(IPAddress? address, bool withCode) =>
        (withCode ? _signUpsWithCode : _signUps).TryTake(PerAddress.Network(address));

    /// <summary>The name's owner has signed in from here.</summary>
    public void Remember(string normalizedName, IPAddress? address) => _known.Add(Pair(normalizedName, address));

    private static string Pair(string normalizedName, IPAddress? address) => PerAddress.Network(address) + "\n" + normalizedName;

    /// <summary>The keys that count a sign-in.</summary>
    /// <param name="normalizedName">Whose it says it is.</param>
    /// <param name="address">The address of the request.</param>
    /// <param name="proof">The proof that this name has signed in here before: a browser's cookie or a token. Null: there is none.</param>
    public Counted For(string normalizedName, IPAddress? address, string? proof)
    {
        string network = PerAddress.Network(address), pair = Pair(normalizedName, address);
        if (proof is not null)
            return new Counted(this, normalizedName, pair, Network: null, Attempt: "proof\n" + proof, InARow: "proof\n" + proof);
        return _known.Contains(pair)
            ? new Counted(this, normalizedName, pair, Network: null, Attempt: pair, InARow: pair)
            : new Counted(this, normalizedName, pair, network, Attempt: pair, InARow: normalizedName);
    }

    /// <summary>The counts of one sign-in.</summary>
    /// <param name="Limits">All.</param>
    /// <param name="Name">Normalized.</param>
    /// <param name="Pair">Address and name.</param>
    /// <param name="Network">The address, if it counts; null: this name is known here.</param>
    /// <param name="Attempt">The key that counts wrong and right passwords of the name.</param>
    /// <param name="InARow">The key that counts wrong passwords in a row.</param>
    internal readonly record struct Counted(
        SignInLimits Limits, string Name, string Pair, string? Network, string Attempt, string InARow)
    {
        /// <summary>Null when it may go ahead, else how long to wait.</summary>
        public TimeSpan? Wait()
        {
            TimeSpan? ofName = Limits._wrongOfName.Wait(Attempt) ?? Limits._rightOfName.Wait(Attempt);
            TimeSpan? ofAddress = Network is null ? null : Limits._wrongOfAddress.Wait(Network);
            TimeSpan? inARow = Limits._inARow.Wait(InARow);
            return Longest(ofName, ofAddress, inARow);
        }

        /// <summary>Counts what came of it.</summary>
        public void Tried(bool isRight)
        {
            if (isRight)
            {
                Limits._rightOfName.Take(Attempt);
                Limits._known.Add(Pair);
                foreach (string key in (ReadOnlySpan<string>)[InARow, Pair, Name])
                    Limits._inARow.Clear(key);
                return;
            }
            Limits._wrongOfName.Take(Attempt);
            if (Network is not null)
                Limits._wrongOfAddress.Take(Network);
            Limits._inARow.Count(InARow);
        }

        private static TimeSpan? Longest(params ReadOnlySpan<TimeSpan?> waits)
        {
            TimeSpan? longest = null;
            foreach (TimeSpan? wait in waits)
            {
                if (wait is not null && (longest is null || wait > longest))
                    longest = wait;
            }
            return longest;
        }
    }

    /// <summary>Names and addresses that have signed in together lately, by this process's memory.</summary>
    private sealed class KnownPairs(TimeProvider time)
    {
        private static readonly TimeSpan KnownFor = TimeSpan.FromDays(30);

        private readonly Lock _lock = new();
        private readonly Sweeping<long> _lastAt = new(at => time.GetElapsedTime(at) >= KnownFor);

        public bool Contains(string pair)
        {
            lock (_lock)
                return _lastAt.TryGet(pair, out _);
        }

        public void Add(string pair)
        {
            lock (_lock)
                _lastAt.Set(pair, time.GetTimestamp());
        }
    }
}
