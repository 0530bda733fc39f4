using Exchange.Markets;

namespace Exchange.Tests.Markets;

// Rooms, people, accounts, money.
internal sealed partial class CommandGenerator
{
    private static readonly string[] s_emails = ["1@example.org", "2@example.org", "6@EXAMPLE.org", "7@example.org", "8@example.org"];
    private static readonly string[] s_badEmails = ["", "@", "a@", "@b", "a b@c", "a@b@c", "nul\0@x.org", new string('e', 255) + "@example.org"];
    private static readonly string[] s_codes = ["SPRING-26", "spring 26", "WELCOME", "lucky 7777", "FRIDAY", "more money"];
    private static readonly string[] s_badCodes = ["", "abc", "four4", "----", "naïve!", "tab\tcode", new string('c', 41)];

    private Command Enter(int who)
    {
        // The first is an admin from the start, and now and then for a while not; the fourth may be made one later.
        bool isAdmin = who == 0 ? _step < 10 || !OneIn(8) : who == 3 && _step > 100 && OneIn(2);
        bool byKey = _step > 10 && OneIn(6);
        string name = _step < 10 || OneIn(2) ? $"User {who}" : Any([.. s_badTexts, .. s_alike, new string('u', 100), $"Renamed {_step}", "Zoë Ärmel"]);
        string slug = _step < 10 || !OneIn(4) ? "main" : OneIn(4) ? "nowhere" : Any(State.Rooms).Slug;
        return new Command
        {
            Kind = CommandKind.EnterUser,
            ByKey = byKey,
            ReadOnly = byKey && OneIn(2),
            OnlyAccountId = byKey && OneIn(2) ? Any(State.Accounts).AccountId : 0,
            Details = new UserEntry(
                "https://issuer", $"subject-{who}", name, OneIn(2) ? $"{who}@example.org" : null, isAdmin, NameIsMadeUp: OneIn(8), slug),
        };
    }

    private Command EnterRoom()
    {
        Command command = By(CommandKind.EnterRoom);
        RoomInfo room = Any(State.Rooms);
        if (!OneIn(4))
            command.UserId = Any(State.Users).UserId;
        string slug = OneIn(15) ? Any(["nowhere", "", "MAIN", " Main ", "a b"])
            : OneIn(4) ? room.Name.ToUpperInvariant() : OneIn(4) ? " common room " : room.Slug;
        string code = OneIn(2) ? "" : OneIn(2) ? State.JoinCodes.GetValueOrDefault(room.RoomId, "none").ToLowerInvariant() : Any(s_codes);
        // Few rooms share a name, so one that two have is typed often.
        string? shared = State.Rooms.Where(r => !r.IsArchived).GroupBy(r => r.Name).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (shared is not null && OneIn(2))
            command.Details = new RoomEntry(0, $" {shared.ToLowerInvariant()} ", code);
        else
            command.Details = new RoomEntry(OneIn(2) ? 0 : OneIn(12) ? Any([-1, 77, long.MinValue]) : room.RoomId, slug, code);
        return command;
    }

    private Command OpenRoom()
    {
        string slug = OneIn(6) ? Any(["main", "x", "-a", "a-", "a--b", "UPPER", "with space", "é", new string('s', 41), ""]) : $"room-{_step}";
        var terms = new RoomTerms(
            slug, OneIn(2) ? "Common room" : Text($"Room {_step}", 80), OneIn(8) ? AnyAmount() : new Cash(_random.Next(1_000_0000)),
            OneIn(15) ? (WhoMayCreateMarkets)Any([0, 3]) : Any([WhoMayCreateMarkets.Anyone, WhoMayCreateMarkets.Admins]),
            OneIn(15) ? (JoinPolicy)Any([0, 4]) : Any([JoinPolicy.Open, JoinPolicy.Invite, JoinPolicy.Closed]));
        // The exchange itself is not judged, so it asks for nothing that can't be.
        if (OneIn(6))
            return new Command { Kind = CommandKind.OpenRoom, Details = _room with { Slug = OneIn(2) ? "main" : $"side-{_step}" } };
        return By(CommandKind.OpenRoom) with { Details = terms };
    }

    private Command UpdateRoom()
    {
        Command command = By(CommandKind.UpdateRoom, admin: !OneIn(6));
        // Nothing else changes in them, so most come back.
        List<RoomInfo> archived = [.. State.Rooms.Where(r => r.IsArchived)];
        if (archived.Count > 0 && !OneIn(3))
        {
            command.RoomId = Any(archived).RoomId;
            command.UserId = User(command.RoomId, admin: true);
            command.Details = new RoomUpdate(null, null, null, null, IsArchived: OneIn(6) ? null : false, OneIn(4) ? "JOIN-US" : null);
            return command;
        }
        command.Details = new RoomUpdate(
            OneIn(4) ? Text($"Room {_step}", 80) : null,
            OneIn(3) ? OneIn(8) ? (JoinPolicy)9 : Any([JoinPolicy.Open, JoinPolicy.Invite, JoinPolicy.Closed]) : null,
            OneIn(5) ? OneIn(2) ? AnyAmount() : new Cash(_random.Next(1_000_0000)) : null,
            OneIn(6) ? OneIn(8) ? 0 : Any([WhoMayCreateMarkets.Anyone, WhoMayCreateMarkets.Admins]) : null,
            OneIn(command.RoomId > 1 ? 3 : 12) ? OneIn(6) ? false : true : null,
            OneIn(3) ? OneIn(5) ? Any(s_badCodes) : Any(s_codes) : null);
        return command;
    }

    private Command Invite() => By(CommandKind.InviteToRoom, admin: !OneIn(6)) with
    {
        Details = new Invitations(
            OneIn(25) ? [.. Enumerable.Range(0, 998).Select(i => $"many{i}@example.org")] : Emails(), OneIn(3) ? Emails() : []),
    };

    private string[] Emails() =>
        [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => OneIn(25) ? Any(s_badEmails) : Any(s_emails))];

    private Command SetRole()
    {
        Command command = By(CommandKind.SetRole, admin: !OneIn(6));
        long userId = OneIn(15) ? Any([0, -1, 88]) : User(Named(command), admin: false);
        command.Details = new RoleTerms(userId, _random.Next(10) switch
        {
            0 or 1 => null,
            2 => (Role)Any([0, 4, 255]),
            3 => Role.Spectator,
            4 or 5 => Role.Admin,
            _ => Role.Trader,
        });
        return command;
    }

    private Command OpenAccount() => By(CommandKind.OpenAccount) with
    {
        Details = new NewAccount(OneIn(5) ? Any(State.Accounts).Name.ToUpperInvariant() : Text($"Bot {_step}", 80)),
    };

    private Command RenameAccount() => By(CommandKind.RenameAccount) with
    {
        Details = new AccountName(OneIn(5) ? Any(State.Accounts).Name.ToUpperInvariant() : Text($"Team {_step}", 80)),
    };

    private Command Share()
    {
        Command command = By(CommandKind.ShareAccount);
        AccountRole role = OneIn(8) ? (AccountRole)Any([0, 3, 4]) : Any([AccountRole.Trader, AccountRole.Manager]);
        command.Details = new AccountShare(OneIn(15) ? 88 : User(Named(command), admin: false), role);
        return command;
    }

    private Command Unshare()
    {
        Command command = By(CommandKind.RemoveAccountMember);
        List<NaiveShare> shares = [.. State.Shares.Where(s => s.Role != AccountRole.Owner)];
        if (shares.Count > 0 && !OneIn(3))
        {
            NaiveShare share = Any(shares);
            command.AccountId = share.AccountId;
            command.RoomId = State.Account(share.AccountId).RoomId;
            command.UserId = OneIn(3) ? share.UserId : Any([.. State.Shares.Where(s => s.AccountId == share.AccountId)]).UserId;
            command.Details = new AccountRemoval(share.UserId);
            return command;
        }
        command.Details = new AccountRemoval(User(Named(command), admin: false));
        return command;
    }

    private Command MakeTransfer()
    {
        Command command = By(CommandKind.MakeTransfer);
        command.Details = new TransferTerms(AnyAccount(Named(command)), AnyAmount(), OneIn(3) ? "" : Text("For lunch", 200));
        return command;
    }

    private Command Grant()
    {
        Command command = By(CommandKind.Grant, admin: !OneIn(6));
        bool everyMember = OneIn(3);
        long[] accounts = everyMember && !OneIn(8) ? []
            : OneIn(30) ? [.. Enumerable.Range(0, 1_001).Select(_ => AnyAccount(1))]
            : [.. Enumerable.Range(0, _random.Next(4)).Select(_ => AnyAccount(Named(command)))];
        Cash amount = AnyAmount();
        if (amount.TenThousandths != long.MinValue && OneIn(3))
            amount = -amount;
        command.Details = new GrantTerms(new ValueList<long>(accounts), everyMember, amount, Text("Well done", 200), Force: OneIn(3));
        return command;
    }

    private Command CreateCode() => By(CommandKind.CreateCode, admin: !OneIn(6)) with
    {
        Details = new CodeTerms(
            OneIn(6) ? Any(s_badCodes) : OneIn(2) ? Any(s_codes) : $"code {_step}", AnyAmount(),
            OneIn(6) ? Any([0, -1, 1_000_001, long.MaxValue]) : _random.Next(1, 4),
            _random.Next(5) switch { 0 => _nowUs + _random.Next(-500, 500), 1 => _nowUs + 3_000_000, 2 => OneIn(6) ? long.MinValue : 0, _ => 0 }),
    };

    private Command NameCode(CommandKind kind)
    {
        Command command = By(kind, admin: kind == CommandKind.RevokeCode && !OneIn(6));
        List<CodeInfo> codes = [.. State.Codes.Where(c => c.RoomId == Named(command))];
        string code = codes.Count == 0 || OneIn(8) ? Any([.. s_codes, .. s_badCodes]) : Any(codes).Code.ToLowerInvariant();
        command.Details = kind == CommandKind.RevokeCode ? new CodeRevocation(code) : new CodeClaim(code);
        return command;
    }
}
