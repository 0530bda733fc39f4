namespace Exchange.Markets;

/// <summary>Which house bots trade where, and what they see.</summary>
internal sealed class HouseBotCommands(VenueState state, AccountCommands accounts, Admission admission, Money money, OrderExecution execution)
{
    private const string HouseBotsName = "House bots";

    /// <summary>What a house bot's account is given for each market, at least: 10,000.00.</summary>
    private const long MinBotCapital = 10_000L * 10_000;

    /// <summary>A house bot's account is given this many opening balances for each market.</summary>
    private const long OpeningBalancesOfBot = 10;

    /// <summary>What an account sees of a market that it trades in.</summary>
    public MarketView ViewFor(long marketId, long accountId)
    {
        Market market = state.Markets[marketId];
        Account account = state.Accounts[accountId];
        market.Holdings.TryGetValue(accountId, out Holding? holding);
        var orders = new List<OwnOrder>();
        for (Order? order = holding?.FirstOrder; order is not null; order = order.NextOfHolding)
            orders.Add(new OwnOrder(order.Id, order.Side, order.Price, order.Remaining, order.PlacedTimeUs));
        return new MarketView(market.Info, market.Mark, BestOfOthers(market.Book.Bids, account), BestOfOthers(market.Book.Offers, account))
        {
            LastPrice = market.LastPrice,
            Position = holding?.Position ?? default,
            Available = account.Available,
            Capital = BotCapital(market.Room),
            Orders = [.. orders],
            Sources = [.. market.Sources.Select(s => new SourceView(s.Mark, s.Min, s.Max))],
        };
    }

    private static Price? BestOfOthers(BookSide side, Account account)
    {
        for (int rank = 0; rank < side.LevelCount; rank++)
        {
            PriceLevel level = side.At(rank);
            for (Order? order = level.First; order is not null; order = order.NextInLine)
            {
                if (order.Holding.Account != account)
                    return level.Price;
            }
        }
        return null;
    }

    private static Cash BotCapital(Room room) =>
        new(Math.Max(MinBotCapital, room.Info.OpeningBalance.TenThousandths * OpeningBalancesOfBot));

    public Refusal SetHouseBots(CommandContext context, in Command command, HouseBotsTerms terms)
    {
        Refusal refusal = admission.FindMarket(context, command.MarketId, out Market market);
        if (refusal.IsRefused)
            return refusal;
        if (market.Status == MarketStatus.Settled)
            return Refusals.MarketNotOpen(market.Status);
        ValueList<HouseBot> wanted = terms.Bots;
        if (ProblemOf(wanted) is { } problem)
            return Refusals.InvalidField(problem);
        Room room = market.Room;
        User? user = state.FindHouseBots();
        HouseBot[] added = [.. wanted.Where(w => !market.Info.HouseBots.Any(b => b.Kind == w.Kind))];
        foreach (HouseBot bot in added)
        {
            Account? known = user is null ? null : VenueState.BotAccount(room, user, bot.Kind);
            if (market.VisibleTo is { } some && (known is null || !some.Contains(known.Id)))
                return Refusals.HouseBotsSeeAll;
        }
        if (!Money.MayIssue(room, (Int128)BotCapital(room).TenThousandths * added.Length))
            return Refusals.IssuedLimit;

        foreach (HouseBot gone in market.Info.HouseBots.Where(b => !wanted.Any(w => w.Kind == b.Kind)))
        {
            if (market.Holdings.TryGetValue(VenueState.BotAccount(room, user!, gone.Kind)!.Id, out Holding? holding))
                execution.CancelAll(context, holding, side: 0, OrderReason.Requested);
        }
        if (wanted.Count > 0)
            user = BringHouseBots(context, room, user);
        foreach (HouseBot bot in added)
        {
            Account account = VenueState.BotAccount(room, user!, bot.Kind)
                ?? accounts.OpenAccount(context, room, user!, EntryCommands.FreeName(room, NameOf(bot.Kind), maySpeakForExchange: true), isPersonal: false, botKind: bot.Kind);
            money.Move(context, room.House, account, BotCapital(room), "Capital for a market", TransferKind.Grant);
        }
        market.Info = market.Info with { HouseBots = new ValueList<HouseBot>([.. wanted.OrderBy(b => b.Kind)]) };
        state.HouseBotsVersion++;
        context.Batch.AddRecord(new MarketChanged(market.Info, IsNew: false, IsStatusNew: false, command.UserId) { AreHouseBotsNew = true }, isAnswer: true);
        return Refusal.None;
    }

    private static string? ProblemOf(ValueList<HouseBot> bots)
    {
        if (bots.Any(b => !Enum.IsDefined(b.Kind)))
            return "kind must be NOISE, MAKER or INFORMED.";
        if (bots.Any(b => !Enum.IsDefined(b.Strength)))
            return "strength must be GENTLE, NORMAL or LIVELY.";
        return bots.DistinctBy(b => b.Kind).Count() < bots.Count ? "A market can have only one house bot of each kind." : null;
    }

    /// <summary>The bots' user, in the room and allowed to trade there, even if an admin had taken them out.</summary>
    private User BringHouseBots(CommandContext context, Room room, User? user)
    {
        if (user is null)
        {
            var info = new UserInfo(++state.LastUserId, Venue.HouseBotsIssuer, Venue.HouseBotsSubject, HouseBotsName, Email: null, IsServerAdmin: false, context.Now.TimeUs);
            user = state.AddUser(info);
            context.Batch.AddRecord(new UserChanged(info, IsNew: true), isAnswer: false);
        }
        if (!room.Members.TryGetValue(user.Info.UserId, out RoomMember? member))
            VenueState.AddMember(member = new RoomMember(user, room, Role.Trader));
        else if (member.MayTrade)
            return user;
        member.Kept = Role.Trader;
        Membership.EmitMember(context, member, rightsChanged: false);
        return user;
    }

    private static string NameOf(HouseBotKind kind) => kind switch
    {
        HouseBotKind.Maker => "House maker",
        HouseBotKind.Informed => "House informed trader",
        _ => "House noise trader",
    };

    /// <summary>Every house bot that may trade now: its market is open, its room not archived.</summary>
    public IEnumerable<HouseBotPlace> HouseBotsAtWork
    {
        get
        {
            if (state.FindHouseBots() is not { } user)
                yield break;
            foreach (Market market in state.Markets.Values)
            {
                if (market.Status != MarketStatus.Open || market.Room.Info.IsArchived)
                    continue;
                foreach (HouseBot bot in market.Info.HouseBots)
                {
                    Account account = VenueState.BotAccount(market.Room, user, bot.Kind)!;
                    bool mayTrade = account.Members[user.Info.UserId].InRoom.MayTrade;
                    if (mayTrade && (market.VisibleTo is not { } some || some.Contains(account.Id)))
                        yield return new HouseBotPlace(market.Room.Info.RoomId, market.Id, account.Id, user.Info.UserId, bot);
                }
            }
        }
    }
}
