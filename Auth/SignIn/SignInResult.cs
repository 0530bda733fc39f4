using System.Diagnostics.CodeAnalysis;

namespace Exchange.Auth;

/// <summary>Why a sign-in or sign-up was refused.</summary>
public enum SignInRefusal
{
    /// <summary>The sign-in was not refused.</summary>
    None,

    /// <summary>The name or the password can't be used: the sentence names the field.</summary>
    BadField,

    /// <summary>Sign-in: the name is unknown or the password wrong; not said which.</summary>
    WrongPassword,

    /// <summary>Sign-up: somebody has the name.</summary>
    NameTaken,

    /// <summary>Sign-up: the setup code is wrong, too old or used up.</summary>
    BadSetupCode,

    /// <summary>Sign-up: the join code is missing or wrong.</summary>
    BadJoinCode,

    /// <summary>The link that sets a new password is wrong, too old or used up.</summary>
    BadLink,

    /// <summary>Too often for this name or from this address; see <see cref="SignInResult.RetryAfter"/>.</summary>
    TooOften,

    /// <summary>Too many sign in just now; see <see cref="SignInResult.RetryAfter"/>.</summary>
    Busy,
}

/// <summary>A token, or a refusal with a sentence for people.</summary>
public sealed record SignInResult
{
    private static readonly TimeSpan s_busyFor = TimeSpan.FromSeconds(5);

    private SignInResult(SignedIn? signedIn, SignInRefusal refusal, string? sentence, TimeSpan? retryAfter) =>
        (SignedIn, Refusal, Sentence, RetryAfter) = (signedIn, refusal, sentence, retryAfter);

    /// <summary>The token, when it worked.</summary>
    public SignedIn? SignedIn { get; }

    /// <summary>Why not, when it didn't.</summary>
    public SignInRefusal Refusal { get; }

    /// <summary>The refusal for people.</summary>
    public string? Sentence { get; }

    /// <summary>How long to wait before trying again, in whole seconds; with TooOften and Busy only.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The cookie for the browser if the sign-in worked; see <see cref="KnownBrowsers"/>.</summary>
    internal string? Browser { get; private init; }

    /// <summary>True when <see cref="SignedIn"/> is there, false when <see cref="Sentence"/> is.</summary>
    [MemberNotNullWhen(true, nameof(SignedIn))]
    [MemberNotNullWhen(false, nameof(Sentence))]
    public bool IsGood => SignedIn is not null;

    internal static SignInResult Good(SignedIn signedIn, string? browser) =>
        new(signedIn, SignInRefusal.None, null, null) { Browser = browser };

    internal static SignInResult Refused(SignInRefusal refusal, string sentence) => new(null, refusal, sentence, null);

    internal static SignInResult TooOften(TimeSpan wait) => Later(SignInRefusal.TooOften, "There were too many attempts.", wait);

    /// <summary>A class that signs up at once: nobody did anything wrong.</summary>
    internal static SignInResult TooManySignUps(TimeSpan wait) => Later(SignInRefusal.TooOften, "Too many people are signing up.", wait);

    internal static SignInResult TooManyWrongCodes(TimeSpan wait) => Later(SignInRefusal.TooOften, "There were too many wrong codes.", wait);

    internal static SignInResult Busy { get; } = Later(SignInRefusal.Busy, "Too many people are signing in.", s_busyFor);

    internal static SignInResult BusySigningUp { get; } = Later(SignInRefusal.Busy, "Too many people are signing up.", s_busyFor);

    private static SignInResult Later(SignInRefusal refusal, string why, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        var when = seconds == 1 ? "1 second" : $"{seconds} seconds";
        return new(null, refusal, $"{why} Try again in {when}.", TimeSpan.FromSeconds(seconds));
    }
}
