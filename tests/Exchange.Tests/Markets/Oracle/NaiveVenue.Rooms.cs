using Exchange.Markets;

namespace Exchange.Tests.Markets;

// Rooms and who is in them.
internal sealed partial class NaiveVenue
{
    private NaiveAnswer OpenRoom(Command command, RoomTerms terms)
    {
        if (_user is { } user)
        {
            bool goodSlug = terms.Slug.Length is >= 2 and <= 40 && terms.Slug.All(c => c == '-' || char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c))
                && terms.Slug.Split('-').All(part => part != "");
            if (!goodSlug || !IsName(terms.Name, 1, 80) || !IsOpening(terms.OpeningBalance) || !Enum.IsDefined(terms.JoinPolicy)
                || !Enum.IsDefined(terms.WhoMayCreateMarkets))
            {
                return RefusalCode.InvalidField;
            }
        }
        if (_next.Rooms.Exists(r => r.Slug == terms.Slug))
            return RefusalCode.NameTaken;
        if (_user is not null && (_next.Rooms.Count >= 10_000
            || (!_asAdmin && (RoomsLeft(_user.UserId) == 0 || _next.Rooms.Count(r => r.OwnerUserId == _user.UserId) >= 30))))
            return RefusalCode.LimitExceeded;

        long roomId = _next.Rooms.Count + 1;
        var house = new AccountInfo(_next.Accounts.Count + 1, roomId, "House", 0, _now.TimeUs);
        var room = new RoomInfo(roomId, terms.Slug, terms.Name, house.AccountId, terms.OpeningBalance, terms.WhoMayCreateMarkets)
        {
            OwnerUserId = _user?.UserId ?? 0, JoinPolicy = terms.JoinPolicy, CreatedTimeUs = _now.TimeUs,
        };
        _next.Rooms.Add(room);
        _next.Told.Add(new RoomOpened(room));
        Open(house);
        if (_user is not null)
            Join(room, _user, Role.Admin);
        return NaiveAnswer.Done;
    }

    private int RoomsLeft(long userId) =>
        Math.Max(0, MaxRoomsPerUser - _next.Rooms.Count(r => r.OwnerUserId == userId && !r.IsArchived));

    private static bool IsOpening(Cash cash) => cash.TenThousandths is >= 0 and <= 10_000_000_000_000;

    private void Open(AccountInfo account)
    {
        _next.Accounts.Add(account);
        _next.Cash[account.AccountId] = _next.NetDeposits[account.AccountId] = 0;
        _next.Told.Add(new AccountOpened(account));
        if (account.OwnerUserId != 0)
            SetShare(account.AccountId, account.OwnerUserId, AccountRole.Owner);
    }

    private bool MayJoin(RoomInfo room, UserInfo user, string joinCode) => user.IsServerAdmin || room.JoinPolicy == JoinPolicy.Open
        || (room.JoinPolicy == JoinPolicy.Invite
            && (_next.Invited.Contains((room.RoomId, user.Email?.ToLowerInvariant() ?? ""))
                || (_next.JoinCodes.GetValueOrDefault(room.RoomId, "") is { Length: > 0 } code && code == Normalized(joinCode))));

    private static string Normalized(string code) => new string([.. code.Where(c => c != '-' && !char.IsWhiteSpace(c))]).ToUpperInvariant();

    private static bool IsCode(string normalized) => normalized.Length is >= 6 and <= 40 && normalized.All(char.IsAsciiLetterOrDigit);

    /// <summary>Why a user can't come into a room, or nothing once they are in.</summary>
    private RefusalCode EnterRoom(RoomInfo? room, UserInfo user, string joinCode)
    {
        if (room is null)
            return RefusalCode.RoomNotFound;
        if (_next.RoleOf(user.UserId, room.RoomId) is not null)
            return RefusalCode.None;
        if (room.IsArchived)
            return RefusalCode.RoomArchived;
        if (!MayJoin(room, user, joinCode))
            return room.JoinPolicy == JoinPolicy.Closed ? RefusalCode.RoomClosed : RefusalCode.NotInvited;
        if (IsBroke(room, user))
            return RefusalCode.LimitExceeded;
        Join(room, user, Role.Trader);
        return RefusalCode.None;
    }

    /// <summary>Who comes back finds the account they had.</summary>
    private bool IsReturning(RoomInfo room, UserInfo user) =>
        _next.Accounts.Exists(a => a.IsPersonal && a.OwnerUserId == user.UserId && a.RoomId == room.RoomId);

    /// <summary>Whether a room can't give one more its opening balance.</summary>
    private bool IsBroke(RoomInfo room, UserInfo user) =>
        !IsReturning(room, user) && Most(room.RoomId) + room.OpeningBalance.TenThousandths > s_maxIssued;

    private void Join(RoomInfo room, UserInfo user, Role role)
    {
        _next.Members.Add(new NaiveMember(room.RoomId, user.UserId, role));
        EmitMember(room.RoomId, user.UserId);
        if (IsReturning(room, user))
            return;
        string wanted = IsExchanges(user.Name) && !user.IsServerAdmin ? "User " + user.Name : user.Name, name = wanted;
        for (int number = 2; _next.Accounts.Exists(a => a.RoomId == room.RoomId && IsSame(a.Name, name)); number++)
            name = $"{new string([.. wanted.Take(80 - $" ({number})".Length)]).TrimEnd()} ({number})";
        var account = new AccountInfo(_next.Accounts.Count + 1, room.RoomId, name, user.UserId, _now.TimeUs) { IsPersonal = true };
        Open(account);
        if (room.OpeningBalance > Cash.Zero)
        {
            _next.Transfer(
                room.RoomId, room.HouseAccountId, account.AccountId, room.OpeningBalance.TenThousandths, "Opening balance", user.UserId,
                TransferKind.Opening, _now.TimeUs);
        }
    }

    private void EmitMember(long roomId, long userId)
    {
        NaiveMember member = _next.Members.Single(m => m.RoomId == roomId && m.UserId == userId);
        _next.Told.Add(new MemberChanged(
            roomId, new MemberInfo(_next.User(userId), _next.RoleOf(userId, roomId)!.Value), member.Kept, IsRemoved: false));
    }

    /// <summary>By its number, its slug, or its name: then there may be several.</summary>
    public static RoomInfo[] RoomsMeant(NaiveState state, RoomEntry entry)
    {
        string typed = entry.Slug.Trim();
        RoomInfo[] one = [.. state.Rooms.Where(r => entry.RoomId == 0 ? string.Equals(r.Slug, typed, StringComparison.OrdinalIgnoreCase) : r.RoomId == entry.RoomId)];
        return one.Length == 1 || entry.RoomId != 0
            ? one
            : [.. state.Rooms.Where(r => !r.IsArchived && Composed(r.Name).Equals(Composed(typed), StringComparison.OrdinalIgnoreCase))];
    }

    private NaiveAnswer EnterRoom(Command command, RoomEntry entry)
    {
        RoomInfo[] meant = RoomsMeant(_next, entry);
        if (meant.Length > 1)
            return RefusalCode.RoomNameNotUnique;
        RoomInfo? room = meant.FirstOrDefault();
        int members = _next.Members.Count;
        RefusalCode code = EnterRoom(room, _user!, entry.JoinCode);
        if (_next.Members.Count > members && IsLimited(command))
            return RefusalCode.KeyForbids;
        return new NaiveAnswer(code) { Changed = code == RefusalCode.None && _next.Members.Count > members };
    }

    /// <summary>With a key that makes nobody a member.</summary>
    private static bool IsLimited(Command command) => command.ReadOnly || command.OnlyAccountId != 0;

    private NaiveAnswer Enter(Command command, UserEntry entry)
    {
        string name = new([.. OneSpace(new([.. entry.Name.Where(Shows)])).Take(80)]);
        name = name.Trim() is { Length: > 0 } trimmed ? trimmed : "someone";
        UserInfo? before = _next.Users.FirstOrDefault(u => u.Issuer == entry.Issuer && u.Subject == entry.Subject);
        UserInfo user = before is null
            ? new UserInfo(_next.Users.Count + 1, entry.Issuer, entry.Subject, name, entry.Email, entry.IsServerAdmin, _now.TimeUs)
            : before with
            {
                Name = entry.NameIsMadeUp ? before.Name : name,
                Email = entry.Email ?? before.Email,
                IsServerAdmin = command.ByKey ? before.IsServerAdmin : entry.IsServerAdmin,
            };
        if (before is null)
            _next.Users.Add(user);
        else
            NaiveState.Replace(_next.Users, before, user);
        if (user != before)
            _next.Told.Add(new UserChanged(user, before is null));
        if (before is not null && (before.Name, before.IsServerAdmin) != (user.Name, user.IsServerAdmin))
        {
            foreach (NaiveMember member in _next.Members.Where(m => m.UserId == user.UserId).ToList())
                EmitMember(member.RoomId, user.UserId);
            if (before.IsServerAdmin && !user.IsServerAdmin)
                CancelUntraded([.. _next.Accounts.Where(a => _next.ShareOf(user.UserId, a.AccountId) is not null)]);
        }
        int members = _next.Members.Count;
        RoomInfo? room = _next.Rooms.FirstOrDefault(r => r.Slug == entry.RoomSlug);
        NaiveState outside = _next.Copy();
        outside.Told.AddRange(_next.Told);
        if (EnterRoom(room, user, "") == RefusalCode.LimitExceeded)
            return RefusalCode.LimitExceeded;
        if (_next.Members.Count > members && IsLimited(command))
            _next = outside;
        return NaiveAnswer.Done with { Changed = user != before || _next.Members.Count > members };
    }

    private NaiveAnswer UpdateRoom(RoomUpdate update)
    {
        RoomInfo room = _room!;
        if (room.IsArchived && update.IsArchived != false)
            return RefusalCode.RoomArchived;
        string? joinCode = update.JoinCode is null ? null : Normalized(update.JoinCode);
        bool good = update != new RoomUpdate(null, null, null, null, null, null) && (update.Name is null || IsName(update.Name, 1, 80))
            && (update.OpeningBalance is null || IsOpening(update.OpeningBalance.Value)) && (joinCode is null or "" || IsCode(joinCode))
            && (update.JoinPolicy is null || Enum.IsDefined(update.JoinPolicy.Value))
            && (update.WhoMayCreateMarkets is null || Enum.IsDefined(update.WhoMayCreateMarkets.Value));
        if (!good)
            return RefusalCode.InvalidField;
        if (room.IsArchived && room.OwnerUserId != 0 && !_user!.IsServerAdmin && RoomsLeft(room.OwnerUserId) == 0)
            return RefusalCode.LimitExceeded;
        RoomInfo changed = room with
        {
            Name = update.Name ?? room.Name,
            JoinPolicy = update.JoinPolicy ?? room.JoinPolicy,
            OpeningBalance = update.OpeningBalance ?? room.OpeningBalance,
            WhoMayCreateMarkets = update.WhoMayCreateMarkets ?? room.WhoMayCreateMarkets,
            IsArchived = update.IsArchived ?? room.IsArchived,
        };
        NaiveState.Replace(_next.Rooms, room, changed);
        _next.Told.Add(new RoomChanged(changed, room.JoinPolicy == JoinPolicy.Open));
        if (joinCode is not null)
        {
            _next.JoinCodes[room.RoomId] = joinCode;
            _next.Told.Add(new InvitationsChanged(room.RoomId, joinCode, [], []));
        }
        if (changed.IsArchived && !room.IsArchived)
        {
            _next.CancelAll(o => _next.Market(o.MarketId).RoomId == room.RoomId, OrderReason.RoomArchived);
            foreach (long accountId in _next.CancelTimes.Where(c => c.Value != 0 && _next.Account(c.Key).RoomId == room.RoomId).Select(c => c.Key).ToList())
                SwitchTo(accountId, 0, 0);
        }
        return NaiveAnswer.Done;
    }

    private NaiveAnswer Invite(Invitations invitations)
    {
        static bool IsEmail(string email) => email.Length is >= 3 and <= 254 && email.Split('@') is { Length: 2 } parts
            && parts.All(p => p != "") && !email.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
        if (!invitations.AddEmails.All(IsEmail))
            return RefusalCode.InvalidField;
        (long RoomId, string)[] Listed(string[] emails) => [.. emails.Select(e => (_room!.RoomId, e.ToLowerInvariant())).Distinct()];
        (long, string)[] before = [.. _next.Invited];
        foreach ((long, string) email in Listed(invitations.RemoveEmails))
            _next.Invited.Remove(email);
        _next.Invited.AddRange(Listed(invitations.AddEmails).Except(_next.Invited));
        if (_next.Invited.Count(i => i.RoomId == _room!.RoomId) > 1_000)
            return RefusalCode.LimitExceeded;
        _next.Told.Add(new InvitationsChanged(
            _room!.RoomId, null, [.. _next.Invited.Except(before).Select(i => i.Item2)], [.. Listed(invitations.RemoveEmails).Intersect(before).Except(_next.Invited).Select(i => i.Item2)]));
        return NaiveAnswer.Done;
    }

    private NaiveAnswer SetRole(RoleTerms terms)
    {
        RoomInfo room = _room!;
        if (_next.Members.FirstOrDefault(m => m.RoomId == room.RoomId && m.UserId == terms.UserId) is not { } member)
            return RefusalCode.UserNotFound;
        if (_next.User(terms.UserId).IsServerAdmin || (room.OwnerUserId == terms.UserId && !_user!.IsServerAdmin))
            return RefusalCode.Forbidden;
        if (terms.Role is { } role && !Enum.IsDefined(role))
            return RefusalCode.InvalidField;
        List<AccountInfo> traded = [.. _next.Accounts.Where(a => a.RoomId == room.RoomId && _next.ShareOf(terms.UserId, a.AccountId) is not null)];
        if (terms.Role is { } given)
        {
            NaiveState.Replace(_next.Members, member, member with { Kept = given });
            EmitMember(room.RoomId, terms.UserId);
        }
        else
        {
            _next.Told.Add(new MemberChanged(
                room.RoomId, new MemberInfo(_next.User(terms.UserId), 0), 0, IsRemoved: true));
            _next.Members.Remove(member);
            foreach (AccountInfo account in _next.Accounts.Where(a => a.RoomId == room.RoomId))
            {
                if (_next.ShareOf(terms.UserId, account.AccountId) is AccountRole.Trader or AccountRole.Manager)
                    SetShare(account.AccountId, terms.UserId, null);
            }
        }
        CancelUntraded(traded);
        return NaiveAnswer.Done;
    }

    /// <summary>Where the last who could trade for an account is gone, its orders go too.</summary>
    private void CancelUntraded(List<AccountInfo> traded)
    {
        foreach (AccountInfo account in traded.Where(a => !_next.HasTrader(a)))
        {
            if (_next.CancelTimes.GetValueOrDefault(account.AccountId) != 0)
                SwitchTo(account.AccountId, 0, 0);
            _next.CancelAll(o => o.AccountId == account.AccountId, OrderReason.NoTrader);
        }
    }
}
