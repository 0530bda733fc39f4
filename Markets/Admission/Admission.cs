namespace Exchange.Markets;

/// <summary>Who gives a command, and may they? What is found on the way is kept in the context for carrying it out.</summary>
internal sealed class Admission(VenueState state)
{
    public Refusal Admit(CommandContext context, in Command command)
    {
        ref readonly CommandPolicy policy = ref CommandPolicy.Of(command.Kind);
        if (command.ByKey)
        {
            Refusal forbidden = AdmitKey(in command, in policy);
            if (forbidden.IsRefused)
                return forbidden;
        }
        if (command.UserId == 0 && policy.ByExchange)
            return policy.Account == AccountRight.None ? Refusal.None : AdmitExchange(context, in command, in policy);

        // The short way, which orders take: the account knows its members, and they their place in the room.
        if (policy.Account == AccountRight.Member && state.Accounts.TryGetValue(command.AccountId, out Account? account)
            && account.TryGetMember(command.UserId, out AccountMember? member) && member.InRoom.MayTrade
            && IsIn(account.Room, in command) && !account.Room.Info.IsArchived)
        {
            context.User = member.User;
            context.Room = account.Room;
            context.Member = member.InRoom;
            context.Account = account;
            context.AsAdmin = command.Elevated && context.Member.Role == Role.Admin;
            return Refusal.None;
        }
        return AdmitUser(context, in command, in policy);
    }

    /// <summary>A key may do no more than it was made for, whatever its user may.</summary>
    private static Refusal AdmitKey(in Command command, in CommandPolicy policy)
    {
        if (policy.Right == Right.Admin || (command.Kind == CommandKind.SetElevated && command.Elevated))
            return Refusals.KeyIsNoAdmin;
        if (command.ReadOnly && !policy.Looks)
            return Refusals.KeyIsReadOnly;
        bool isForIt = command.OnlyAccountId == 0
            || (policy.ByKeyForOneAccount && (policy.Account == AccountRight.None || command.AccountId == command.OnlyAccountId));
        return isForIt ? Refusal.None : Refusals.KeyIsForOneAccount with { A = command.OnlyAccountId };
    }

    private Refusal AdmitExchange(CommandContext context, in Command command, in CommandPolicy policy)
    {
        if (!state.Accounts.TryGetValue(command.AccountId, out Account? account) || account.IsHouse)
            return Refusals.AccountNotFound;
        context.Account = account;
        context.Room = account.Room;
        return context.Room.Info.IsArchived && !policy.WhenArchived ? Refusals.RoomArchived : Refusal.None;
    }

    private Refusal AdmitUser(CommandContext context, in Command command, in CommandPolicy policy)
    {
        if (!state.Users.TryGetValue(command.UserId, out context.User))
            return Refusals.UnknownUser;
        context.Room = command.RoomId == 0 ? state.Main : state.Rooms.GetValueOrDefault(command.RoomId);
        context.Member = context.Room is null ? null : context.User.Rooms.GetValueOrDefault(context.Room.Info.RoomId);
        context.AsAdmin = command.Elevated && context.Member?.Role == Role.Admin;
        if (policy.Right == Right.User)
            return Refusal.None;
        if (context.Room is null || context.Member is null)
            return Refusals.RoomNotFound;
        if (policy.Right == Right.Trader && !context.Member.MayTrade)
            return Refusals.Spectator;
        if (policy.Right == Right.Admin && !context.AsAdmin)
            return context.Member.Role == Role.Admin ? Refusals.NotElevated : Refusals.OnlyAdminsMay;
        if (context.Room.Info.IsArchived && !policy.WhenArchived)
            return Refusals.RoomArchived;
        if (policy.Account == AccountRight.None)
            return Refusal.None;

        if (!state.Accounts.TryGetValue(command.AccountId, out context.Account) || context.Account.Room != context.Room
            || !context.Account.Members.TryGetValue(command.UserId, out AccountMember? member))
        {
            return Refusals.AccountNotFound;
        }
        return policy.Account == AccountRight.Manager && member.Role < AccountRole.Manager ? Refusals.NotAManager : Refusal.None;
    }

    private bool IsIn(Room room, in Command command) =>
        command.RoomId == 0 ? room == state.Main : room.Info.RoomId == command.RoomId;

    /// <summary>The market a command names, if the one who gives it may know of it.</summary>
    public Refusal FindMarket(CommandContext context, long marketId, out Market market)
    {
        if (state.Markets.TryGetValue(marketId, out Market? found) && found.Room == context.Room && Sees(context, found))
        {
            market = found;
            return Refusal.None;
        }
        market = null!;
        return Refusals.MarketNotFound(marketId);
    }

    /// <summary>The same for one that the account acted as is to trade in.</summary>
    public Refusal FindTradable(CommandContext context, long marketId, out Market market)
    {
        Refusal refusal = FindMarket(context, marketId, out market);
        if (!refusal.IsRefused && market.VisibleTo is { } some && !some.Contains(context.Account!.Id))
            return Refusals.NotVisibleToAccount;
        return refusal;
    }

    public static bool Sees(CommandContext context, Market market) =>
        market.VisibleTo is not { } some || (context.User is null ? some.Contains(context.Account!.Id) : Sees(context, market, context.User, context.AsAdmin));

    public static bool Sees(CommandContext context, Market market, User user, bool asAdmin)
    {
        if (market.VisibleTo is not { } some || asAdmin)
            return true;
        foreach (Account account in user.Accounts)
        {
            if (account.Room == market.Room && some.Contains(account.Id) && IsWithinKey(context, account) && user.Rooms.ContainsKey(market.Room.Info.RoomId))
                return true;
        }
        return false;
    }

    public static bool IsWithinKey(CommandContext context, Account account) => context.OnlyAccountId == 0 || account.Id == context.OnlyAccountId;
}
