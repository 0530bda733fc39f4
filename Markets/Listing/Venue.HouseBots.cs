namespace Exchange.Markets;

// House bots: traders of the exchange's own, so that a class of one has someone to trade with. The venue keeps which markets
// have which, and what they trade with; what they do is decided in Bots/, and comes as commands like anyone's.
public sealed partial class Venue
{
    /// <summary>Issuer and subject of the user that acts for all house bots. No sign-in has it: issuers are addresses, or 'exchange'.</summary>
    public const string HouseBotsIssuer = "house", HouseBotsSubject = "bots";

    private const string HouseBotsName = "House bots";

    /// <summary>What a house bot's account is given for each market, at least: 10,000.00.</summary>
    private const long MinBotCapital = 10_000L * 10_000;

    /// <summary>A house bot's account is given this many opening balances for each market.</summary>
    private const long OpeningBalancesOfBot = 10;

    /// <summary>Changes whenever a market's house bots, or what they may do, may have.</summary>
    public long HouseBotsVersion { get; private set; }

    /// <summary>Every house bot that may trade now: its market is open, its room not archived.</summary>
    public IEnumerable<HouseBotPlace> HouseBotsAtWork
    {
        get
        {
            if (FindHouseBots() is not { } user)
                yield break;
            foreach (Market market in _markets.Values)
            {
                if (market.Status != MarketStatus.Open || market.Room.Info.IsArchived)
                    continue;
                foreach (HouseBot bot in market.Info.HouseBots)
                {
                    Account account = BotAccount(market.Room, user, bot.Kind)!;
                    bool mayTrade = account.Members[user.Info.UserId].InRoom.MayTrade;
                    if (mayTrade && (market.VisibleTo is not { } some || some.Contains(account.Id)))
                        yield return new HouseBotPlace(market.Room.Info.RoomId, market.Id, account.Id, user.Info.UserId, bot);
                }
            }
        }
    }

    /// <summary>What an account sees of a market that it trades in.</summary>
    public MarketView ViewFor(long marketId, long accountId)
    {
        Market market = _markets[marketId];
        Account account = _accounts[accountId];
        market.Holdings.TryGetValue(accountId, out Holding? holding);
        var orders = new List<OwnOrder>();
        for (Order? order = holding?.FirstOrder; order is not null; order = order.NextOfHolding)
            orders.Add(new OwnOrder(order.Id, order.Side, order.Price, order.Remaining, order.PlacedTimeUs));
        return new MarketView(market.Info, market.Mark, BestOfOthers(market.Bids, account), BestOfOthers(market.Offers, account))
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

    private Refusal SetHouseBots(in Command command)
    {
        Refusal refusal = FindMarket(command.MarketId, out Market market);
        if (refusal.IsRefused)
            return refusal;
        if (market.Status == MarketStatus.Settled)
            return Refusals.MarketNotOpen(market.Status);
        ValueList<HouseBot> wanted = ((HouseBotsTerms)command.Details!).Bots;
        if (ProblemOf(wanted) is { } problem)
            return Refusals.InvalidField(problem);
        Room room = market.Room;
        User? user = FindHouseBots();
        HouseBot[] added = [.. wanted.Where(w => !market.Info.HouseBots.Any(b => b.Kind == w.Kind))];
        foreach (HouseBot bot in added)
        {
            Account? known = user is null ? null : BotAccount(room, user, bot.Kind);
            if (market.VisibleTo is { } some && (known is null || !some.Contains(known.Id)))
                return Refusals.HouseBotsSeeAll;
        }
        if (!MayIssue(room, (Int128)BotCapital(room).TenThousandths * added.Length))
            return Refusals.IssuedLimit;

        foreach (HouseBot gone in market.Info.HouseBots.Where(b => !wanted.Any(w => w.Kind == b.Kind)))
        {
            if (market.Holdings.TryGetValue(BotAccount(room, user!, gone.Kind)!.Id, out Holding? holding))
                CancelAll(holding, side: 0, OrderReason.Requested);
        }
        if (wanted.Count > 0)
            user = BringHouseBots(room, user);
        foreach (HouseBot bot in added)
        {
            Account account = BotAccount(room, user!, bot.Kind)
                ?? OpenAccount(room, user!, FreeName(room, NameOf(bot.Kind), maySpeakForExchange: true), isPersonal: false, botKind: bot.Kind);
            Move(room.House, account, BotCapital(room), "Capital for a market", TransferKind.Grant);
        }
        market.Info = market.Info with { HouseBots = new ValueList<HouseBot>([.. wanted.OrderBy(b => b.Kind)]) };
        HouseBotsVersion++;
        _batch.AddRecord(new MarketChanged(market.Info, IsNew: false, IsStatusNew: false, command.UserId) { AreHouseBotsNew = true }, isAnswer: true);
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

    private User? FindHouseBots() => _usersByIdentity.GetValueOrDefault((HouseBotsIssuer, HouseBotsSubject));

    private static Account? BotAccount(Room room, User user, HouseBotKind kind) =>
        user.Accounts.Find(a => a.Room == room && a.Info.BotKind == kind);

    /// <summary>The bots' user, in the room and allowed to trade there, even if an admin had taken them out.</summary>
    private User BringHouseBots(Room room, User? user)
    {
        if (user is null)
        {
            var info = new UserInfo(++_lastUserId, HouseBotsIssuer, HouseBotsSubject, HouseBotsName, Email: null, IsServerAdmin: false, _now.TimeUs);
            user = AddUser(info);
            _batch.AddRecord(new UserChanged(info, IsNew: true), isAnswer: false);
        }
        if (!room.Members.TryGetValue(user.Info.UserId, out RoomMember? member))
            AddMember(member = new RoomMember(user, room, Role.Trader));
        else if (member.MayTrade)
            return user;
        member.Kept = Role.Trader;
        EmitMember(member, rightsChanged: false);
        return user;
    }

    private static string NameOf(HouseBotKind kind) => kind switch
    {
        HouseBotKind.Maker => "House maker",
        HouseBotKind.Informed => "House informed trader",
        _ => "House noise trader",
    };
}
