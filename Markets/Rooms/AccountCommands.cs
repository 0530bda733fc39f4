using Exchange.Spelling;

namespace Exchange.Markets;

/// <summary>Accounts and who trades for them.</summary>
internal sealed class AccountCommands(VenueState state, OrderExecution execution)
{
    public Refusal OpenAccount(CommandContext context, NewAccount terms)
    {
        if ((RoomCommands.ProblemOfName("name", terms.Name, Limits.MaxAccountNameLength) ?? ReservedNames.Problem("name", terms.Name)) is { } problem)
            return Refusals.InvalidField(problem);
        if (HasAccountNamed(context.Room!, terms.Name, except: null))
            return Refusals.AccountNameTaken;
        int opened = context.User!.Accounts.Count(a => a.Room == context.Room && a.Info.OwnerUserId == context.User.Info.UserId && !a.Info.IsPersonal);
        if (opened >= Limits.MaxAccountsPerUser)
            return Refusals.AccountsLimit;
        OpenAccount(context, context.Room!, context.User, terms.Name, isPersonal: false, isAnswer: true);
        Membership.EmitRights(context, context.Member!);
        return Refusal.None;
    }

    public Account OpenAccount(CommandContext context, Room room, User owner, string name, bool isPersonal, bool isAnswer = false, HouseBotKind? botKind = null)
    {
        Account account = state.AddAccount(
            new AccountInfo(++state.LastAccountId, room.Info.RoomId, name, owner.Info.UserId, context.Now.TimeUs) { IsPersonal = isPersonal, BotKind = botKind });
        context.Batch.AddRecord(new AccountOpened(account.Info), isAnswer);
        VenueState.AddAccountMember(account, owner, AccountRole.Owner);
        EmitAccountMembers(context, account, owner.Info.UserId, AccountRole.Owner, isAnswer: false);
        ChangeTracker.EmitCash(context, account);
        return account;
    }

    /// <summary>Whether another account has the name, or one that could be mistaken for it.</summary>
    public static bool HasAccountNamed(Room room, string name, Account? except) =>
        room.AccountNames.Like(name).Any(a => a != except);

    public static Refusal RenameAccount(CommandContext context, AccountName terms)
    {
        Account account = context.Account!;
        // A name from before there were these rules may stay, in other capitals too.
        bool isOwn = string.Equals(account.Info.Name, terms.Name, StringComparison.OrdinalIgnoreCase);
        string? problem = RoomCommands.ProblemOfName("name", terms.Name, Limits.MaxAccountNameLength)
            ?? (isOwn ? null : ReservedNames.Problem("name", terms.Name));
        if (problem is not null)
            return Refusals.InvalidField(problem);
        if (!isOwn && HasAccountNamed(context.Room!, terms.Name, except: account))
            return Refusals.AccountNameTaken;
        account.Room.AccountNames.Rename(account, account.Info.Name, terms.Name);
        account.Info = account.Info with { Name = terms.Name };
        account.Room.Directory = null;
        context.Batch.AddRecord(new AccountChanged(account.Info), isAnswer: true);
        return Refusal.None;
    }

    public static Refusal ShareAccount(CommandContext context, AccountShare share)
    {
        Account account = context.Account!;
        if (!context.Room!.Members.TryGetValue(share.UserId, out RoomMember? member))
            return Refusals.NotAMember;
        bool isMember = account.Members.TryGetValue(share.UserId, out AccountMember? known);
        if (isMember && known!.Role == AccountRole.Owner)
            return Refusals.OwnerStays;
        if (share.Role is not (AccountRole.Trader or AccountRole.Manager))
            return Refusals.InvalidField("role must be TRADER or MANAGER.");
        if (!isMember && account.Members.Count >= Limits.MaxAccountMembers)
            return Refusals.AccountMembersLimit;

        if (isMember)
            known!.Role = share.Role;
        else
            VenueState.AddAccountMember(account, member.User, share.Role);
        EmitAccountMembers(context, account, share.UserId, share.Role, isAnswer: true);
        if (!isMember)
            Membership.EmitRights(context, member);
        return Refusal.None;
    }

    public Refusal RemoveAccountMember(CommandContext context, in Command command, AccountRemoval share)
    {
        Account account = context.Account!;
        if (share.UserId != command.UserId)
        {
            if (!context.Member!.MayTrade)
                return Refusals.Spectator;
            if (account.Members[command.UserId].Role < AccountRole.Manager)
                return Refusals.NotAManager;
        }
        if (!account.Members.TryGetValue(share.UserId, out AccountMember? member))
            return Refusals.NotAnAccountMember;
        if (member.Role == AccountRole.Owner)
            return Refusals.OwnerStays;
        RemoveMember(context, account, member.User, isAnswer: true);
        Membership.EmitRights(context, member.InRoom);
        return Refusal.None;
    }

    public void RemoveMember(CommandContext context, Account account, User user, bool isAnswer = false)
    {
        account.RemoveMember(user.Info.UserId);
        user.Accounts.Remove(account);
        EmitAccountMembers(context, account, user.Info.UserId, role: null, isAnswer);
        CancelIfNoTrader(context, account);
    }

    /// <summary>Orders that nobody could cancel any more do not stay.</summary>
    public void CancelIfNoTrader(CommandContext context, Account account)
    {
        foreach (AccountMember member in account.Members.Values)
        {
            if (member.InRoom.MayTrade)
                return;
        }
        Deadlines.Disarm(context, account);
        execution.CancelAll(context, account, OrderReason.NoTrader);
    }

    private static void EmitAccountMembers(CommandContext context, Account account, long userId, AccountRole? role, bool isAnswer) =>
        context.Batch.AddRecord(new AccountMembersChanged(account.Id, userId, role, account.MemberInfos), isAnswer);

    public static Refusal ActAs(CommandContext context)
    {
        context.Batch.AddRecord(new ActingAs(context.Account!.Id), isAnswer: true);
        return Refusal.None;
    }

    public static Refusal SetElevated(CommandContext context, in Command command)
    {
        if (command.Elevated && context.Member!.Role != Role.Admin)
            return Refusals.NotAnAdmin;
        context.Batch.AddRecord(new ElevationSet(command.Elevated), isAnswer: true);
        return Refusal.None;
    }
}
