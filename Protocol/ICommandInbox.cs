using Exchange.Markets;

namespace Exchange.Protocol;

/// <summary>Where sessions put commands for the market thread.</summary>
public interface ICommandInbox
{
    /// <summary>Puts a command in. False, at once, if there is no room or the exchange is stopping: nothing was done.</summary>
    bool TrySubmit(in Command command);

    /// <summary>Nothing will be taken in any more.</summary>
    bool IsStopping { get; }
}

/// <summary>Who somebody is, as a sign-in says.</summary>
/// <param name="NameIsMadeUp">The sign-in knew no name: one known from earlier is better.</param>
/// <param name="ExpiresAt">When the token that says so expires.</param>
public sealed record Identity(
    string Issuer, string Subject, string Name, bool NameIsMadeUp, string? Email, bool IsServerAdmin, DateTimeOffset ExpiresAt);

/// <summary>Tells who a token belongs to.</summary>
public interface IAuthenticator
{
    /// <summary>The identity, or a sentence for the client that says why not.</summary>
    ValueTask<(Identity? Identity, string Refusal)> AuthenticateAsync(string accessToken, string? idToken, CancellationToken cancel);
}

/// <summary>Answers questions about the past, beside the trading.</summary>
public interface IHistory
{
    /// <summary>The answer, or why there is none. It may be some time in coming.</summary>
    ValueTask<HistoryAnswer> AskAsync(Viewer viewer, HistoryQuery query, CancellationToken cancel);
}
