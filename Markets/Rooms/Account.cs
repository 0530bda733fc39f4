using System.Diagnostics.CodeAnalysis;

namespace Exchange.Markets;

internal sealed class Account(AccountInfo info, Room room)
{
    public AccountInfo Info = info;
    public readonly Room Room = room;
    public readonly long Id = info.AccountId;
    public readonly bool IsHouse = info.IsHouse;
    public Cash Cash;

    /// <summary>Money received less money given, without trading (fees are a cost of trading).</summary>
    public Cash NetDeposits;

    /// <summary>Who may act as it.</summary>
    public readonly Dictionary<long, AccountMember> Members = [];

    private AccountMember? _lastAsked;

    /// <summary>A member. Most accounts are asked about one over and over.</summary>
    public bool TryGetMember(long userId, [NotNullWhen(true)] out AccountMember? member)
    {
        member = _lastAsked;
        if (member is not null && member.UserId == userId)
            return true;
        if (!Members.TryGetValue(userId, out member))
            return false;
        _lastAsked = member;
        return true;
    }

    /// <summary>Takes a member in, or one anew.</summary>
    public void SetMember(AccountMember member)
    {
        Members[member.UserId] = member;
        _lastAsked = null;
    }

    public void RemoveMember(long userId)
    {
        Members.Remove(userId);
        _lastAsked = null;
    }

    /// <summary>An admin made its available negative, and it is not back yet.</summary>
    public bool InDeficit;

    /// <summary>How long the dead man's switch waits to be set anew, microseconds; 0: disarmed.</summary>
    public long CancelTimeoutUs;

    /// <summary>While it is armed: when all orders are cancelled, by elapsed time.</summary>
    public long CancelDueUs;

    /// <summary>The same by the wall clock, as far as is known: for showing and keeping it. 0: disarmed.</summary>
    public long CancelTimeUs;

    /// <summary>What it was worth when that was last kept.</summary>
    public Cash? SampledEquity;
    public Cash? SampledPublicEquity;

    /// <summary>The last <see cref="Limits.RecentTransfers"/>, oldest first.</summary>
    public readonly List<TransferInfo> Transfers = [];

    /// <summary>Sum of <see cref="Holding.WorstCase"/> over all holdings, kept up to date.</summary>
    public Cash WorstCaseSum;

    /// <summary>Sum of <see cref="Holding.Gross"/> over all holdings, kept up to date.</summary>
    public Cash GrossSum;

    /// <summary>In the order they were first traded in.</summary>
    public readonly List<Holding> Holdings = [];
    public readonly ClientOrderIds ClientOrderIds = new();

    public long EmittedInBatch;
    public int EmittedAt;

    /// <summary>What can still be put at risk.</summary>
    public Cash Available => Cash + WorstCaseSum;

    /// <summary>Cash, and each position at its market's mark.</summary>
    public Cash Equity
    {
        get
        {
            Cash equity = Cash;
            foreach (Holding holding in Holdings)
            {
                if (holding.Position != Quantity.Zero)
                    equity += holding.Market.ValueAtMark(holding.Position);
            }
            return equity;
        }
    }

    /// <summary>
    /// What others may know of it: positions in markets that are anonymous or that only some see count at what they cost, or
    /// equity would tell who is in them.
    /// </summary>
    public Cash PublicEquity
    {
        get
        {
            Cash equity = Cash;
            foreach (Holding holding in Holdings)
                equity += holding.Market.Info is { IsAnonymous: false, IsHidden: false } ? holding.Market.ValueAtMark(holding.Position) : holding.Spent;
            return equity;
        }
    }

    public AccountMemberInfo[] MemberInfos =>
        [.. Members.Values.OrderBy(m => m.User.Info.UserId).Select(m => new AccountMemberInfo(m.User.Info.UserId, m.Role))];
}

internal sealed class AccountMember(User user, RoomMember inRoom, AccountRole role)
{
    public readonly User User = user;
    public readonly long UserId = user.Info.UserId;
    public readonly RoomMember InRoom = inRoom;
    public AccountRole Role = role;
}
