using Exchange.History;
using Exchange.Markets;

namespace Exchange.Protocol;

// Messages about members, notices and the health of the exchange.
internal static partial class Translate
{
    public static V1.MembersOverview ToMembers(MembersOverview shown, Presence presence, TradeCounts trades) => new()
    {
        Members = { shown.Members.Select(m => ToOverview(m, presence.Find(shown.RoomId, m.UserId), trades)) },
    };

    public static V1.Person ToPerson(PersonView shown, Presence presence, TradeCounts trades)
    {
        (Seat[] seats, long lastSeenUs) = presence.Find(shown.RoomId, shown.User.UserId);
        return new V1.Person
        {
            User = ToUser(shown.User),
            Role = (V1.Role)(shown.Role ?? 0),
            Email = shown.User.Email ?? "",
            Accounts = { shown.Portfolios.Select(ToPortfolio) },
            Overview = ToOverview(shown.Standing, (seats, lastSeenUs), trades),
            Connections = { seats.Select(s => new V1.PersonConnection { SinceTimeUs = s.SinceUs, ByKey = s.ByKey }) },
        };
    }

    private static V1.MemberOverview ToOverview(MemberStanding standing, (Seat[] Seats, long LastSeenUs) seen, TradeCounts trades) => new()
    {
        UserId = (ulong)standing.UserId,
        Connections = (uint)seen.Seats.Length,
        ByKey = (uint)seen.Seats.Count(s => s.ByKey),
        LastSeenTimeUs = seen.LastSeenUs,
        Cash = standing.Cash.TenThousandths,
        Equity = standing.Equity.TenThousandths,
        Profit = standing.Profit.TenThousandths,
        Trades = (ulong)trades.Of(standing.AccountIds),
        OpenOrders = (uint)standing.OpenOrders,
    };

    public static V1.NoticesPage ToNotices(NoticesRead read) => new()
    {
        Notices = { read.Page.Items.Select(ToNotice) },
        NextAfter = (ulong)read.Page.NextAfter,
        ReadSequence = (ulong)read.ReadSequence,
    };

    private static V1.Notice ToNotice(Notice notice)
    {
        var message = new V1.Notice
        {
            Sequence = (ulong)notice.Sequence,
            TimeUs = notice.TimeUs,
            AccountId = (ulong)notice.AccountId,
            MarketId = (ulong)notice.MarketId,
            ByUserId = (ulong)notice.ByUserId,
        };
        switch (notice.What)
        {
            case TransferNotice { Transfer: var transfer }:
                message.Transfer = ToTransfer(transfer);
                break;
            case SettledNotice { IsUndone: true } undone:
                message.Undone = ToSettled(undone);
                break;
            case SettledNotice settled:
                message.Settled = ToSettled(settled);
                break;
            case StatusNotice status:
                message.Status = (V1.MarketStatus)status.Status;
                break;
            case CancelledNotice cancelled:
                message.Cancelled = new V1.CancelledNotice
                {
                    Reason = (V1.OrderReason)cancelled.Reason,
                    Orders = (uint)cancelled.Orders,
                    Side = (V1.Side)cancelled.Side,
                    Price = cancelled.Price.Hundredths,
                    Quantity = (uint)cancelled.Quantity.Hundredths,
                };
                break;
            case AssignedNotice assigned:
                message.Assigned = new V1.AssignedNotice { Quantity = (uint)assigned.Quantity.Hundredths, Option = ToOption(assigned.Option) };
                break;
            case RoleNotice role:
                message.Role = (V1.Role)role.Role;
                break;
            case ArchivedNotice archived:
                message.Archived = archived.IsArchived;
                break;
        }
        return message;
    }

    private static V1.SettledNotice ToSettled(SettledNotice notice)
    {
        var message = new V1.SettledNotice
        {
            Price = notice.Price.Hundredths,
            Position = notice.Position.Hundredths,
            Paid = notice.Paid.TenThousandths,
        };
        if (notice.Profit is { } profit)
            message.Profit = profit.TenThousandths;
        return message;
    }

    public static V1.Health ToHealth(HealthReport report) => new()
    {
        Version = report.Version,
        StartedTimeUs = report.StartedTimeUs,
        Connections = (uint)report.Connections,
        OrdersPerSecond = report.OrdersPerSecond,
        CommitsPerSecond = report.CommitsPerSecond,
        CommitP50Us = (uint)report.CommitHalf.TotalMicroseconds,
        CommitP99Us = (uint)report.CommitMost.TotalMicroseconds,
        CommitLongestUs = (ulong)report.LongestCommit.TotalMicroseconds,
        Waiting = (uint)report.Waiting,
        Overloaded = (ulong)report.Overloaded,
        Events = (ulong)report.Events,
        DiskFree = (ulong)report.DiskFree,
        DiskSize = (ulong)report.DiskSize,
        DatabaseSize = (ulong)report.DatabaseSize,
        LogSize = (ulong)report.LogSize,
        Memory = (ulong)report.Memory,
        MemorySize = (ulong)report.MemorySize,
        Ready = report.IsReady,
    };
}
