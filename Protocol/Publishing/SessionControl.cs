using Exchange.Markets;

namespace Exchange.Protocol;

/// <summary>What a session acts on, beside or instead of sending bytes. Bodies are encoded ServerMessages.</summary>
public abstract record SessionControl;

/// <summary>A user was shown a room: its session is in, in another room, or back in step.</summary>
internal sealed record RoomViewControl(CommandKind Kind, RoomView Shown, byte[][] Bodies) : SessionControl;

/// <summary>Snapshots a session asked for; what it wanted is in force from here.</summary>
internal sealed record SubscribedControl(Subscribed Shown, byte[][] Bodies) : SessionControl;

/// <summary>A request that its session waits for, or counts, was refused.</summary>
internal sealed record RefusedControl(CommandKind Kind, RefusalCode Code, byte[] Body) : SessionControl;

/// <summary>The code that its session waits for was right.</summary>
internal sealed record CodeClaimedControl : SessionControl;

/// <summary>The session acts as another account from here.</summary>
internal sealed record ActingAsControl(long AccountId) : SessionControl;

/// <summary>The session has admin powers from here, or no longer.</summary>
internal sealed record ElevationControl(bool IsElevated) : SessionControl;

/// <summary>The rights of a user in a room have changed.</summary>
internal sealed record RightsControl(long RoomId) : SessionControl;

/// <summary>The visibility of a market has changed.</summary>
internal sealed record VisibilityControl(VisibilityChanged Change) : SessionControl;
