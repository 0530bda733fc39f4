namespace Exchange.Markets;

internal sealed class Room(RoomInfo info)
{
    public RoomInfo Info = info;
    public Account House = null!;
    public readonly List<Account> Accounts = [];
    public readonly List<Market> Markets = [];

    public readonly NameIndex<Account> AccountNames = new();

    /// <summary>Several alike only if some do not see some, or from before look-alikes were refused.</summary>
    public readonly NameIndex<Market> MarketNames = new();
    public readonly Dictionary<long, RoomMember> Members = [];
    public readonly Dictionary<string, Code> Codes = new(StringComparer.Ordinal);

    /// <summary>What to give to join; empty: nothing helps.</summary>
    public string JoinCode = "";

    /// <summary>Who may join, in lower case.</summary>
    public readonly SortedSet<string> InvitedEmails = new(StringComparer.Ordinal);

    /// <summary>The last change of who may see which market, or what of it.</summary>
    public long VisibilitySequence;

    /// <summary>Made anew when something in it changed.</summary>
    public RoomDirectory? Directory;
    public Leaderboard? Leaderboard, FullLeaderboard;
    public MembersOverview? Standings;
}

internal sealed class RoomMember(User user, Room room, Role role)
{
    public readonly User User = user;
    public readonly Room Room = room;

    /// <summary>The role as it was given; 0 once they were taken out of the room, for accounts that still know them.</summary>
    public Role Kept = role;

    /// <summary>The last change of what the member may see here.</summary>
    public long RightsSequence;

    /// <summary>The role as it counts: an admin of the server is one of every room.</summary>
    public Role Role => User.Info.IsServerAdmin ? Role.Admin : Kept;

    /// <summary>Whether no spectator, nor taken out of the room; asked for every order, so in as few steps as can be.</summary>
    public bool MayTrade => Kept >= Role.Trader || (Kept != 0 && User.Info.IsServerAdmin);

    public MemberInfo Info => new(User.Info, Role);
}

internal sealed class Code(CodeInfo info)
{
    public CodeInfo Info = info;
    public readonly HashSet<long> UsedBy = [];
}

internal sealed class User(UserInfo info)
{
    public UserInfo Info = info;

    /// <summary>By room. Rooms left are gone from it.</summary>
    public readonly Dictionary<long, RoomMember> Rooms = [];

    /// <summary>Accounts the user is a member of, in all rooms, in the order of their ids.</summary>
    public readonly List<Account> Accounts = [];
}
