using Exchange.Markets;

namespace Exchange.Tests.Markets;

// The exchange's own traders.
internal sealed partial class NaiveVenue
{
    private NaiveAnswer SetHouseBots(Command command, HouseBotsTerms terms)
    {
        if (MarketOf(command) is not { } market)
            return RefusalCode.MarketNotFound;
        if (market.Status == MarketStatus.Settled)
            return RefusalCode.MarketNotOpen;
        RoomInfo room = _room!;
        AccountInfo? AccountOf(HouseBotKind kind) => _next.Accounts.FirstOrDefault(a => a.RoomId == room.RoomId && a.BotKind == kind);
        HouseBotKind[] kinds = [.. terms.Bots.Select(b => b.Kind)];
        HouseBotKind[] added = [.. kinds.Except(market.HouseBots.Select(b => b.Kind))];
        bool good = kinds.Distinct().Count() == kinds.Length && terms.Bots.All(b => (int)b.Kind is 1 or 2 or 3 && (int)b.Strength is 1 or 2 or 3)
            && (!market.IsHidden || added.All(k => AccountOf(k) is { } account && market.VisibleTo.Contains(account.AccountId)));
        if (!good)
            return RefusalCode.InvalidField;
        Int128 capital = Int128.Max(100_000_000, (Int128)10 * room.OpeningBalance.TenThousandths);
        if (Most(room.RoomId) + (capital * added.Length) > s_maxIssued)
            return RefusalCode.LimitExceeded;

        foreach (HouseBotKind gone in market.HouseBots.Select(b => b.Kind).Except(kinds))
            _next.CancelAll(o => o.AccountId == AccountOf(gone)!.AccountId && o.MarketId == market.MarketId, OrderReason.Requested);
        UserInfo? bots = _next.Users.FirstOrDefault(u => u.Issuer == "house");
        if (kinds.Length > 0 && bots is null)
        {
            bots = new UserInfo(_next.Users.Count + 1, "house", "bots", "House bots", null, false, _now.TimeUs);
            _next.Users.Add(bots);
            _next.Told.Add(new UserChanged(bots, IsNew: true));
        }
        if (kinds.Length > 0 && !(_next.RoleOf(bots!.UserId, room.RoomId) >= Role.Trader))
        {
            _next.Members.RemoveAll(m => m.UserId == bots.UserId && m.RoomId == room.RoomId);
            _next.Members.Add(new NaiveMember(room.RoomId, bots.UserId, Role.Trader));
            EmitMember(room.RoomId, bots.UserId);
        }
        foreach (HouseBotKind kind in added)
        {
            if (AccountOf(kind) is null)
            {
                string wanted = kind switch { HouseBotKind.Noise => "House noise trader", HouseBotKind.Maker => "House maker", _ => "House informed trader" };
                string name = wanted;
                for (int number = 2; IsAccountName(name); number++)
                    name = $"{wanted} ({number})";
                Open(new AccountInfo(_next.Accounts.Count + 1, room.RoomId, name, bots!.UserId, _now.TimeUs) { BotKind = kind });
            }
            _next.Transfer(
                room.RoomId, room.HouseAccountId, AccountOf(kind)!.AccountId, capital, "Capital for a market", _user!.UserId, TransferKind.Grant, _now.TimeUs);
        }
        MarketInfo changed = market with { HouseBots = new ValueList<HouseBot>([.. terms.Bots.OrderBy(b => (int)b.Kind)]) };
        NaiveState.Replace(_next.Markets, market, changed);
        _next.Told.Add(new MarketChanged(changed, IsNew: false, IsStatusNew: false, _user!.UserId) { AreHouseBotsNew = true });
        return NaiveAnswer.Done;
    }
}
