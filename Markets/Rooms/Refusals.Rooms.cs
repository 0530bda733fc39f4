namespace Exchange.Markets;

// Rooms, the people in them, their accounts and their money.
internal static partial class Refusals
{
    public static readonly Refusal UnknownUser = new(RefusalCode.Forbidden,
        (_, _, _) => "You have not joined this exchange.", 0, 0, 0);

    public static readonly Refusal KeyIsReadOnly = new(RefusalCode.KeyForbids,
        (_, _, _) => "The API key is read-only, so it cannot change anything.", 0, 0, 0);

    public static readonly Refusal KeyIsForOneAccount = new(RefusalCode.KeyForbids,
        (id, _, _) => $"The API key can only trade as account {id}.", 0, 0, 0);

    public static readonly Refusal KeyIsNoAdmin = new(RefusalCode.KeyForbids,
        (_, _, _) => "An API key has no admin powers. Sign in with your own name instead.", 0, 0, 0);

    public static readonly Refusal RoomNotFound = new(RefusalCode.RoomNotFound,
        (_, _, _) => "This room does not exist or you are not in it. Enter a room first (EnterRoom).", 0, 0, 0);

    public static readonly Refusal NoSuchRoom = new(RefusalCode.RoomNotFound,
        (_, _, _) => "No room has that name or short name.", 0, 0, 0);

    public static readonly Refusal RoomNameNotUnique = new(RefusalCode.RoomNameNotUnique,
        (_, _, _) => "Several rooms have that name. Enter the short name of the one you mean, as in its link.", 0, 0, 0);

    public static readonly Refusal RoomArchived = new(RefusalCode.RoomArchived,
        (_, _, _) => "The room is archived. It can be viewed but not changed.", 0, 0, 0);

    public static readonly Refusal RoomClosed = new(RefusalCode.RoomClosed,
        (_, _, _) => "The room is closed to new members. Ask one of its admins to open it.", 0, 0, 0);

    public static readonly Refusal NotInvited = new(RefusalCode.NotInvited,
        (_, _, _) => "This room is by invitation. Enter its join code, or ask an admin to invite your email address.", 0, 0, 0);

    public static readonly Refusal WrongJoinCode = new(RefusalCode.NotInvited,
        (_, _, _) => "This is not the room's join code. Capitals, spaces and hyphens do not matter; ask an admin of the room for it.", 0, 0, 0);

    public static readonly Refusal Spectator = new(RefusalCode.Forbidden,
        (_, _, _) => "You are a spectator in this room. You can watch but not trade.", 0, 0, 0);

    public static readonly Refusal NotAnAdmin = new(RefusalCode.Forbidden,
        (_, _, _) => "Only an admin can turn on admin powers.", 0, 0, 0);

    public static readonly Refusal NotElevated = new(RefusalCode.NotElevated,
        (_, _, _) => "This needs admin powers. Turn them on first (SetElevated).", 0, 0, 0);

    public static readonly Refusal RoomNameTaken = new(RefusalCode.NameTaken,
        (_, _, _) => "A room with this address already exists.", 0, 0, 0);

    public static readonly Refusal RoomsLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"The exchange has {Limits.MaxRooms:#,0} rooms, the most allowed.", 0, 0, 0);

    public static Refusal OwnRoomsLimit(int most) => new(RefusalCode.LimitExceeded,
        (m, _, _) => $"The room's owner has {m} open rooms, the most allowed. Archive one first.", most, 0, 0);

    public static readonly Refusal OwnRoomsEverLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"You have created {Limits.MaxRoomsEverPerUser} rooms, including archived ones, the most allowed. Restore one instead.", 0, 0, 0);

    public static readonly Refusal IssuedLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"A room can give out at most {M(Limits.MaxIssued)}, and accounts can owe it at most as much. This would exceed that.", 0, 0, 0);

    public static readonly Refusal EmailsLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"A room can invite at most {Limits.MaxInvitedEmails:#,0} email addresses.", 0, 0, 0);

    public static readonly Refusal NotAMember = new(RefusalCode.UserNotFound,
        (_, _, _) => "The room has no such member.", 0, 0, 0);

    public static readonly Refusal RoleIsTheServers = new(RefusalCode.Forbidden,
        (_, _, _) => "A server admin is an admin of every room. That cannot be changed here.", 0, 0, 0);

    public static readonly Refusal RoleIsTheOwners = new(RefusalCode.Forbidden,
        (_, _, _) => "Only a server admin can change the role of the room's owner.", 0, 0, 0);

    public static readonly Refusal NotAManager = new(RefusalCode.Forbidden,
        (_, _, _) => "Only the account's owner or one of its managers can do this.", 0, 0, 0);

    public static readonly Refusal OwnerStays = new(RefusalCode.Forbidden,
        (_, _, _) => "The role of the account's owner cannot be changed.", 0, 0, 0);

    public static readonly Refusal NotAnAccountMember = new(RefusalCode.UserNotFound,
        (_, _, _) => "That user is not a member of the account.", 0, 0, 0);

    public static readonly Refusal AccountNameTaken = new(RefusalCode.NameTaken,
        (_, _, _) => "An account with this name, or with one that looks like it, already exists in the room. Choose another name.", 0, 0, 0);

    public static readonly Refusal AccountsLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"You can open at most {Limits.MaxAccountsPerUser} accounts in a room.", 0, 0, 0);

    public static readonly Refusal AccountMembersLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"An account can be shared by at most {Limits.MaxAccountMembers} users.", 0, 0, 0);

    public static Refusal NoSuchAccount(long accountId) => new(RefusalCode.AccountNotFound,
        (id, _, _) => id < 0 ? "No account in the room has that id." : $"No account in the room has the id {id}, or it belongs to the house.", accountId, 0, 0);

    public static Refusal ClawBackFunds(long accountId, Cash amount, Cash available) => new(RefusalCode.InsufficientFunds,
        (n, a, id) => $"Account {id} has only {M(a)} available, less than the {M(n)} to be taken. Set `force` to take it anyway.",
        amount.TenThousandths, available.TenThousandths, accountId);

    public static readonly Refusal CodeNotFound = new(RefusalCode.CodeNotFound,
        (_, _, _) => "This money code does not exist, has expired, has been used up, or you have already used it.", 0, 0, 0);

    public static readonly Refusal CodeTaken = new(RefusalCode.NameTaken,
        (_, _, _) => "This money code is already in use, or was used before, in this room.", 0, 0, 0);

    public static readonly Refusal CodesLimit = new(RefusalCode.LimitExceeded,
        (_, _, _) => $"A room can have at most {Limits.MaxCodes:#,0} active money codes. Revoke one first.", 0, 0, 0);
}
