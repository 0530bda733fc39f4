using Exchange.Markets;

namespace Exchange.Tests.Markets;

// Rooms, people, accounts, markets, codes, transfers: from records alone.
internal sealed partial class Keeper
{
    private readonly SortedDictionary<long, RoomInfo> _rooms = [];
    private readonly SortedDictionary<long, string> _joinCodes = [];
    private readonly SortedSet<(long RoomId, string Email)> _invited = [];
    private readonly SortedDictionary<long, UserInfo> _users = [];
    private readonly SortedDictionary<(long RoomId, long UserId), Role> _members = [];
    private readonly SortedDictionary<long, AccountInfo> _accounts = [];
    private readonly SortedDictionary<(long AccountId, long UserId), AccountRole> _shares = [];
    private readonly SortedDictionary<long, long> _cancelTimes = [];
    private readonly SortedSet<long> _forced = [];
    private readonly SortedDictionary<long, MarketInfo> _markets = [];
    private readonly SortedDictionary<long, long> _settlements = [];
    private readonly SortedDictionary<long, CodeInfo> _codes = [];
    private readonly SortedSet<(long CodeId, long UserId)> _claims = [];
    private readonly List<TransferInfo> _transfers = [];
    private readonly SortedDictionary<long, Cash> _sampled = [];

    private void Keep(VenueEvent record)
    {
        switch (record)
        {
            case RoomOpened opened:
                _rooms.Add(opened.Room.RoomId, opened.Room);
                break;
            case RoomChanged changed:
                _rooms[changed.Room.RoomId] = changed.Room;
                break;
            case InvitationsChanged changed:
                if (changed.JoinCode is { } code)
                    _joinCodes[changed.RoomId] = code;
                _invited.UnionWith(changed.AddedEmails.Select(e => (changed.RoomId, e)));
                _invited.ExceptWith(changed.RemovedEmails.Select(e => (changed.RoomId, e)));
                break;
            case UserChanged changed:
                Check.Same("whether the user is new", !_users.ContainsKey(changed.User.UserId), changed.IsNew);
                _users[changed.User.UserId] = changed.User;
                break;
            case MemberChanged { IsRemoved: true } changed:
                _members.Remove((changed.RoomId, changed.Member.User.UserId));
                break;
            case MemberChanged changed:
                _members[(changed.RoomId, changed.Member.User.UserId)] = changed.Kept;
                break;
            case AccountOpened opened:
                _accounts.Add(opened.Account.AccountId, opened.Account);
                break;
            case AccountChanged changed:
                _accounts[changed.Account.AccountId] = changed.Account;
                break;
            case AccountMembersChanged { Role: { } role } changed:
                _shares[(changed.AccountId, changed.UserId)] = role;
                break;
            case AccountMembersChanged changed:
                _shares.Remove((changed.AccountId, changed.UserId));
                break;
            case CancelAfterSet { CancelTimeUs: 0 } set:
                _cancelTimes.Remove(set.AccountId);
                break;
            case CancelAfterSet set:
                _cancelTimes[set.AccountId] = set.CancelTimeUs;
                break;
            case DeficitChanged forced:
                Check.True("whether an account is forced changed", forced.InDeficit ? _forced.Add(forced.AccountId) : _forced.Remove(forced.AccountId));
                break;
            default:
                KeepOfMarketsAndMoney(record);
                break;
        }
    }

    private void KeepOfMarketsAndMoney(VenueEvent record)
    {
        switch (record)
        {
            case MarketChanged changed:
                Check.Same("whether the market is new", !_markets.ContainsKey(changed.Market.MarketId), changed.IsNew);
                _markets[changed.Market.MarketId] = changed.Market;
                break;
            case MarketDeleted deleted:
                Check.Same("the market deleted", _markets[deleted.Market.MarketId], deleted.Market);
                _markets.Remove(deleted.Market.MarketId);
                _settlements.Remove(deleted.Market.MarketId);
                foreach (var key in _holdings.Keys.Where(k => k.MarketId == deleted.Market.MarketId).ToList())
                    _holdings.Remove(key);
                break;
            case MarketSettled settled:
                _settlements.Add(settled.MarketId, settled.SettlementId);
                break;
            case SettlementUndone undone:
                Check.Same("the settlement undone", _settlements[undone.MarketId], undone.SettlementId);
                _settlements.Remove(undone.MarketId);
                break;
            case TransferMade made:
                _transfers.Add(made.Transfer);
                break;
            case CodeChanged changed:
                Check.Same("whether the code is new", !_codes.ContainsKey(changed.Code.CodeId), changed.IsNew);
                _codes[changed.Code.CodeId] = changed.Code;
                break;
            case CodeClaimed claimed:
                Check.True("a code is claimed once by each", _claims.Add((claimed.CodeId, claimed.UserId)));
                break;
            case EquitySampled sampled:
                foreach (WorthSample sample in sampled.Samples)
                    _sampled[sample.AccountId] = sample.Equity;
                break;
        }
    }

    private void CompareRecords(NaiveState state)
    {
        Check.SameList("the rooms kept", state.Rooms, _rooms.Values);
        Check.SameList("the join codes kept", [.. state.JoinCodes.OrderBy(j => j.Key)], [.. _joinCodes]);
        Check.SameList("the invitations kept", [.. state.Invited.Order()], _invited);
        Check.SameList("the users kept", state.Users, _users.Values);
        Check.SameList("the members kept", [.. state.Members.Select(m => (m.RoomId, m.UserId, m.Kept)).Order()], [.. _members.Select(m => (m.Key.RoomId, m.Key.UserId, m.Value))]);
        Check.SameList("the accounts kept", state.Accounts, _accounts.Values);
        Check.SameList("the shares kept", [.. state.Shares.Select(s => (s.AccountId, s.UserId, s.Role)).Order()], [.. _shares.Select(s => (s.Key.AccountId, s.Key.UserId, s.Value))]);
        Check.SameList("the switches kept", [.. state.CancelTimes.Where(c => c.Value != 0).OrderBy(c => c.Key)], [.. _cancelTimes]);
        Check.SameList("the forced accounts kept", [.. state.InDeficit.Order()], _forced);
        Check.SameList("the markets kept", state.Markets, _markets.Values);
        Check.SameList("the settlements kept", [.. state.SettlementIds.OrderBy(s => s.Key)], [.. _settlements]);
        Check.SameList("the codes kept", state.Codes, _codes.Values);
        Check.SameList("the claims kept", [.. state.Claims.Order()], _claims);
        Check.SameList("the transfers kept", state.Transfers, _transfers);
        Check.SameList("the samples kept", [.. state.Sampled.OrderBy(s => s.Key).Select(s => (s.Key, s.Value.Equity))], [.. _sampled.Select(s => (s.Key, (Int128)s.Value.TenThousandths))]);
    }
}
