namespace Exchange.Markets;

// Rooms, the people in them, their accounts and their money.
internal static partial class Refusals
{
    public static readonly Refusal UnknownUser = new(RefusalCode.Forbidden,
        (_, _, _) => "You have not entered this exchange.", 0, 0, 0);

    public static readonly Refusal KeyIsReadOnly = new(RefusalCode.KeyForbids,
        (_, _, _) => "The API key is read-only: it sees, and changes nothing.", 0, 0, 0);

    public static readonly Refusal KeyIsForOneAccount = new(RefusalCode.KeyForbids,
        (id, _, _) => $"The API key is for trading as account {id}, and nothing else.", 0, 0, 0);

    public static readonly Refusal KeyIsNoAdmin = new(RefusalCode.KeyForbids,
        (_, _, _) => "An API key carries no admin powers; sign in yourself.", 0, 0, 0);

    public static readonly Refusal RoomNotFound = new(RefusalCode.RoomNotFound,
        (_, _, _) => "There is no such room, or you are not in it: enter one first (EnterRoom).", 0, 0, 0);

    public static readonly Refusal NoSuchRoom = new(RefusalCode.RoomNotFound,
        (_, _, _) => "There is no room of that slug or id.", 0, 0, 0);

    public static readonly Refusal RoomArchived = new(RefusalCode.RoomArchived,
        (_, _, _) => "The room is archived: it can be read, and nothing in it changes.", 0, 0, 0);

    public static Refusal NotInvited(JoinPolicy policy) => new(RefusalCode.NotInvited,
        (p, _, _) => (JoinPolicy)p == JoinPolicy.Closed
            ? "The room takes no new members."
            : "The room is for those who were invited: give its join code, or have your e-mail address listed.",
        (long)policy, 0, 0);

    public static readonly Refusal Spectator = new(RefusalCode.Forbidden,
        (_, _, _) => "You are a spectator in this room: you see, and do not trade.", 0, 0, 0);

    public static readonly Refusal NotAnAdmin = new(RefusalCode.Forbidden,
        (_, _, _) => "Only an admin can turn on admin powers.", 0, 0, 0);

    public static readonly Refusal NotElevated = new(RefusalCode.NotElevated,
        (_, _, _) => "This needs your admin powers: turn them on first (SetElevated).", 0, 0, 0);

    public static readonly Refusal RoomNameTaken = new(RefusalCode.NameTaken,
        (_, _, _) => "There is a room of that slug already.", 0, 0, 0);

    public static readonly Refusal RoomsLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"The exchange has {Limits.MaxRooms:#,0} rooms, the most there may be.", 0, 0, 0);

    public static Refusal OwnRoomsLimit(int most) => new(RefusalCode.LimitExceeded,
        (m, _, _) => $"Whoever opened it has {m} rooms of their own open, the most a user may; archive one first.", most, 0, 0);

    public static readonly Refusal OwnRoomsEverLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"You have opened {Limits.MaxRoomsEverPerUser} rooms, archived ones counted, the most you may; bring one of them back.", 0, 0, 0);

    public static readonly Refusal IssuedLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"The room may give out {M(Limits.MaxIssued)} at most, and accounts may owe it as much; this would pass that.", 0, 0, 0);

    public static readonly Refusal EmailsLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"A room may list {Limits.MaxInvitedEmails:#,0} e-mail addresses.", 0, 0, 0);

    public static readonly Refusal NotAMember = new(RefusalCode.UserNotFound,
        (_, _, _) => "There is no such member of the room.", 0, 0, 0);

    public static readonly Refusal RoleIsTheServers = new(RefusalCode.Forbidden,
        (_, _, _) => "An admin of the server is admin of every room; that can't be changed here.", 0, 0, 0);

    public static readonly Refusal RoleIsTheOwners = new(RefusalCode.Forbidden,
        (_, _, _) => "Only an admin of the server may change the role of the room's owner.", 0, 0, 0);

    public static readonly Refusal NotAManager = new(RefusalCode.Forbidden,
        (_, _, _) => "Only the account's owner or a manager of it may do this.", 0, 0, 0);

    public static readonly Refusal OwnerStays = new(RefusalCode.Forbidden,
        (_, _, _) => "The account's owner stays its owner.", 0, 0, 0);

    public static readonly Refusal NotAnAccountMember = new(RefusalCode.UserNotFound,
        (_, _, _) => "That user is no member of the account.", 0, 0, 0);

    public static readonly Refusal AccountNameTaken = new(RefusalCode.NameTaken,
        (_, _, _) => "There is an account of that name in the room already.", 0, 0, 0);

    public static readonly Refusal AccountsLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"You may open {Limits.MaxAccountsPerUser} accounts in a room.", 0, 0, 0);

    public static readonly Refusal AccountMembersLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"An account may be shared by {Limits.MaxAccountMembers} users.", 0, 0, 0);

    public static Refusal NoSuchAccount(long accountId) => new(RefusalCode.AccountNotFound,
        (id, _, _) => id < 0 ? "There is no account of that id in the room." : $"There is no account with the id {id} in the room, or it is the house's.", accountId, 0, 0);

    public static Refusal ClawBackFunds(long accountId, Cash amount, Cash available) => new(RefusalCode.InsufficientFunds,
        (n, a, id) => $"Account {id} has {M(a)} available, less than the {M(n)} to be taken; `force` takes it all the same.",
        amount.TenThousandths, available.TenThousandths, accountId);

    public static readonly Refusal CodeNotFound = new(RefusalCode.CodeNotFound,
        (_, _, _) => "There is no such code, or it has expired, is used up, or you have used it.", 0, 0, 0);

    public static readonly Refusal CodeTaken = new(RefusalCode.NameTaken,
        (_, _, _) => "The room has, or had, a code like that.", 0, 0, 0);

    public static readonly Refusal CodesLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"A room may have {Limits.MaxCodes:#,0} codes that can still be used; revoke one first.", 0, 0, 0);
}
