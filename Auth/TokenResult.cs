using System.Diagnostics.CodeAnalysis;

namespace Exchange.Auth;

/// <summary>Why a token was refused.</summary>
public enum TokenRefusal
{
    /// <summary>The token was not refused.</summary>
    None,

    /// <summary>Forged, malformed, meant for someone else, not yet valid…: deliberately not said which.</summary>
    Invalid,

    /// <summary>Was good once and has run out: signing in again helps.</summary>
    Expired,

    /// <summary>The issuer's keys aren't known because the issuer can't be reached: trying again helps.</summary>
    IssuerUnreachable,
}

/// <summary>A principal, or a refusal with a sentence that is safe to show.</summary>
public sealed record TokenResult
{
    private const string InvalidSentence = "This sign-in isn't valid here. Sign in again.";
    private const string ExpiredSentence = "The sign-in has expired. Sign in again.";
    private const string UnreachableSentence = "The sign-in service cannot be reached right now. Try again in half a minute.";

    private TokenResult(Principal? principal, TokenRefusal refusal, string? sentence) =>
        (Principal, Refusal, Sentence) = (principal, refusal, sentence);

    /// <summary>The user, if the token is valid.</summary>
    public Principal? Principal { get; }

    /// <summary>Why not, when it isn't.</summary>
    public TokenRefusal Refusal { get; }

    /// <summary>The refusal for people; the same for every invalid token, so that it teaches a forger nothing.</summary>
    public string? Sentence { get; }

    /// <summary>True when <see cref="Principal"/> is there, false when <see cref="Sentence"/> is.</summary>
    [MemberNotNullWhen(true, nameof(Principal))]
    [MemberNotNullWhen(false, nameof(Sentence))]
    public bool IsValid => Principal is not null;

    internal static TokenResult Invalid { get; } = new(null, TokenRefusal.Invalid, InvalidSentence);

    internal static TokenResult Expired { get; } = new(null, TokenRefusal.Expired, ExpiredSentence);

    internal static TokenResult IssuerUnreachable { get; } = new(null, TokenRefusal.IssuerUnreachable, UnreachableSentence);

    internal static TokenResult Good(Principal principal) => new(principal, TokenRefusal.None, null);
}
