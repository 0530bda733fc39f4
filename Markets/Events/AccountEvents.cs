namespace Exchange.Markets;

// What happened to accounts and to money that moves without a trade.

/// <summary>An account was opened.</summary>
public sealed record AccountOpened(AccountInfo Account) : VenueEvent;

/// <summary>An account was renamed.</summary>
public sealed record AccountChanged(AccountInfo Account) : VenueEvent;

/// <summary>Someone may act as an account, or no longer (<paramref name="Role"/> null).</summary>
/// <param name="Members">All of them now.</param>
public sealed record AccountMembersChanged(long AccountId, long UserId, AccountRole? Role, AccountMemberInfo[] Members) : VenueEvent;

/// <summary>An account's dead man's switch was set, disarmed or went off (0), or the clock was set that tells when it goes off.</summary>
/// <param name="CancelTimeUs">When it goes off, by the wall clock.</param>
/// <param name="TimeoutUs">How long it waits to be set anew.</param>
public sealed record CancelAfterSet(long AccountId, long CancelTimeUs, long TimeoutUs) : VenueEvent;

/// <summary>An admin made an account's available negative, or it is back.</summary>
public sealed record DeficitChanged(long AccountId, bool InDeficit) : VenueEvent;

/// <summary>Cash moved between two accounts without a trade.</summary>
public sealed record TransferMade(TransferInfo Transfer) : VenueEvent;

/// <summary>An admin gave or took money: the answer, after a <see cref="TransferMade"/> for each.</summary>
public sealed record Granted(int Count) : VenueEvent;

/// <summary>A code was made, used or ended.</summary>
public sealed record CodeChanged(CodeInfo Code, bool IsNew) : VenueEvent;

/// <summary>A user claimed a code.</summary>
public sealed record CodeClaimed(long CodeId, long UserId, long AccountId, long TransferId) : VenueEvent;

/// <summary>What an account was worth.</summary>
public readonly record struct EquitySample(long AccountId, Cash Equity, Cash Profit);

/// <summary>What an account was worth, and what of that others may know.</summary>
/// <param name="PublicEquity">Null: as when it was last sampled. So nobody learns when only that changed which is not theirs to know.</param>
public readonly record struct WorthSample(long AccountId, Cash Equity, Cash Profit, Cash? PublicEquity);

/// <summary>What accounts were worth, those where it changed.</summary>
public sealed record EquitySampled(WorthSample[] Samples) : VenueEvent;
