namespace Exchange.Markets;

// What happened to rooms, to users and to who may do what.

/// <summary>A user was made known or changed.</summary>
public sealed record UserChanged(UserInfo User, bool IsNew) : VenueEvent;

/// <summary>A room was made.</summary>
public sealed record RoomOpened(RoomInfo Room) : VenueEvent;

/// <summary>What is known of a room changed.</summary>
/// <param name="WasOpen">Everyone could join it before, so everyone knows of it.</param>
public sealed record RoomChanged(RoomInfo Room, bool WasOpen) : VenueEvent;

/// <summary>How to join a room changed; for its admins only.</summary>
/// <param name="JoinCode">Null: as it was; empty: none.</param>
public sealed record InvitationsChanged(long RoomId, string? JoinCode, string[] AddedEmails, string[] RemovedEmails) : VenueEvent;

/// <summary>Someone became a member of a room, or their role changed; or (<paramref name="IsRemoved"/>) they were taken out.</summary>
/// <param name="Kept">The role as it is kept, without what being an admin of the server adds.</param>
public sealed record MemberChanged(long RoomId, MemberInfo Member, Role Kept, bool IsRemoved) : VenueEvent;

/// <summary>What a user may see or do has changed: their connections in that room are shown it anew.</summary>
public sealed record RightsChanged(long UserId, long RoomId) : VenueEvent;

/// <summary>Who did what as whom.</summary>
/// <param name="AccountId">The account acted as; 0 for none.</param>
/// <param name="Detail">What of it: see <see cref="AuditDetail"/>.</param>
public sealed record Audited(
    long UserId, long AccountId, bool Elevated, long RoomId, long MarketId, CommandKind Action, string Detail) : VenueEvent;
