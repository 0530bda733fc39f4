namespace Exchange.Markets;

/// <summary>Who may create markets in a room.</summary>
public enum WhoMayCreateMarkets : byte
{
    Anyone = 1,
    Admins = 2,
}

/// <summary>Who may become a member of a room.</summary>
public enum JoinPolicy : byte
{
    Open = 1,

    /// <summary>Who knows the join code, or whose e-mail address is listed.</summary>
    Invite = 2,

    /// <summary>Nobody can join.</summary>
    Closed = 3,
}

/// <summary>What someone may do in a room; each may what those before it may.</summary>
public enum Role : byte
{
    Spectator = 1,
    Trader = 2,
    Admin = 3,
}

/// <summary>What someone may do with an account; each may what those before it may.</summary>
public enum AccountRole : byte
{
    Trader = 1,

    /// <summary>Also shares it, renames it and moves its cash.</summary>
    Manager = 2,

    /// <summary>Opened it; can't be taken out.</summary>
    Owner = 3,
}

/// <summary>Why money moved.</summary>
public enum TransferKind : byte
{
    Opening = 1,
    Transfer = 2,
    Grant = 3,
    Code = 4,

    /// <summary>For a conversion. Alone counts as a cost, not as money given.</summary>
    Fee = 5,
}

/// <summary>What is known of a room. Immutable: a change makes a new one, so that any thread may hold it.</summary>
public sealed record RoomInfo(
    long RoomId, string Slug, string Name, long HouseAccountId, Cash OpeningBalance, WhoMayCreateMarkets WhoMayCreateMarkets)
{
    /// <summary>Who opened it and is its admin; 0 for the room that was there from the start.</summary>
    public long OwnerUserId { get; init; }
    public JoinPolicy JoinPolicy { get; init; } = JoinPolicy.Open;
    public bool IsArchived { get; init; }
    public long CreatedTimeUs { get; init; }
}

/// <summary>What is known of a user: an identity (issuer + subject) with a display name. Immutable.</summary>
public sealed record UserInfo(
    long UserId, string Issuer, string Subject, string Name, string? Email, bool IsServerAdmin, long CreatedTimeUs);

/// <summary>A member of a room. Immutable.</summary>
/// <param name="Role">As it counts: an admin of the server is one of every room.</param>
public sealed record MemberInfo(UserInfo User, Role Role);

/// <summary>What is known of an account. Immutable.</summary>
/// <param name="OwnerUserId">Who opened it; 0 for the house.</param>
public sealed record AccountInfo(long AccountId, long RoomId, string Name, long OwnerUserId, long OpenedTimeUs)
{
    /// <summary>The one its owner was given on entering the room.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>The kind of house bot that trades for it; null: none.</summary>
    public HouseBotKind? BotKind { get; init; }

    public bool IsHouse => OwnerUserId == 0;
}

/// <summary>Someone who may act as an account.</summary>
public readonly record struct AccountMemberInfo(long UserId, AccountRole Role);

/// <summary>Money that moved without a trade.</summary>
/// <param name="ByUserId">Who made it.</param>
public sealed record TransferInfo(
    long TransferId, long RoomId, long FromAccountId, long ToAccountId, Cash Amount, string Memo, long ByUserId, TransferKind Kind,
    long TimeUs);

/// <summary>A code worth money.</summary>
/// <param name="Amount">What each use is worth.</param>
/// <param name="Uses">How often it can be used.</param>
/// <param name="Used">How often it was.</param>
/// <param name="ExpiresTimeUs">0: never.</param>
public sealed record CodeInfo(
    long CodeId, long RoomId, string Code, Cash Amount, int Uses, int Used, long ExpiresTimeUs, bool IsRevoked, long CreatedTimeUs);
