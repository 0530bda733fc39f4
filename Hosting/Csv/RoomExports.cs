using Exchange.History;
using Exchange.Markets;

namespace Exchange.Hosting.Csv;

/// <summary>The CSV files of who and what is in a room, and how they do.</summary>
internal static class RoomExports
{
    /// <summary>Each, by the name of its file.</summary>
    public static readonly Dictionary<string, CsvExport> All = new()
    {
        ["leaderboard"] = new CsvExport(
            ["rank", "account_id", "account", "owner_user_id", "owner", "house_bot", "net_deposits", "equity", "profit"],
            (_, _) => new LeaderboardQuery(),
            (csv, names, answer) =>
            {
                foreach (Standing s in ((Standings)answer).Accounts)
                {
                    csv.Id(s.Rank).Named(s.AccountId, names.Accounts).Named(s.OwnerUserId, names.Users);
                    _ = s.BotKind is { } kind ? csv.Word(kind) : csv.Words("");
                    csv.Cash(s.NetDeposits).Cash(s.Equity).Cash(s.Profit).EndRow();
                }
                return 0;
            }),
        ["members"] = CsvExport.Paged<MemberRecord>(
            ["user_id", "user", "email", "role", "joined", "account_id", "account", "accounts", "cash", "net_deposits", "orders", "trades"],
            (_, page) => new MembersQuery(page),
            (csv, names, m) => csv.Named(m.UserId, names.Users).Text(m.Email).Word(m.Role).Time(m.JoinedTimeUs)
                .Named(m.AccountId, names.Accounts).Count(m.Accounts).Cash(m.Cash).Cash(m.NetDeposits).Count(m.Orders).Count(m.Trades),
            CsvExport.ManyRowsAtATime),
        ["markets"] = CsvExport.Paged<PastMarket>(
            ["market_id", "market", "description", "kind", "status", "min_price", "max_price", "tick_size", "settlement_price", "owner_user_id",
                "owner", "category", "group", "hidden", "anonymous", "created"],
            (_, page) => new MarketsQuery(page),
            (csv, names, m) =>
            {
                csv.Named(m.MarketId, names.Markets).Text(m.Description).Words(m.Kind).Word(m.Status).Price(m.MinPrice).Price(m.MaxPrice)
                    .Price(m.TickSize);
                _ = m.SettlementPrice is { } price ? csv.Price(price) : csv.Words("");
                return csv.Named(m.OwnerUserId, names.Users).Text(m.Category).Text(m.Group).Yes(m.IsHidden).Yes(m.IsAnonymous)
                    .Time(m.CreatedTimeUs);
            }),
        ["positions"] = CsvExport.PagedRows<HeldPositions>(
            ["account_id", "account", "market_id", "market", "quantity", "spent", "settled_profit", "open_cost", "realised_profit"],
            (p, page) => new PositionsQuery(p.Account, page),
            (csv, names, held) =>
            {
                foreach (HeldPosition p in held.Positions)
                {
                    csv.Named(held.AccountId, names.Accounts).Named(p.MarketId, names.Markets).Quantity(p.Quantity).Cash(p.Spent)
                        .Cash(p.SettledProfit).Cash(p.OpenCost).Cash(p.OpenCost - p.Spent + p.SettledProfit).EndRow();
                }
            },
            CsvExport.ManyRowsAtATime),
        ["payouts"] = CsvExport.PagedRows<PastSettlement>(
            ["settlement_id", "time", "market_id", "market", "price", "undone", "account_id", "account", "position", "amount"],
            (p, page) => new SettlementsQuery(p.OptionalNumber("market"), page) { EveryonesPayouts = p.Flag(CsvParameters.Elevated) },
            (csv, names, s) =>
            {
                foreach (Payout p in s.Payouts)
                {
                    csv.Id(s.SettlementId).Time(s.TimeUs).Named(s.MarketId, names.Markets).Price(s.Price).Yes(s.Undone is not null)
                        .Named(p.AccountId, names.Accounts).Quantity(p.Position).Cash(p.Amount).EndRow();
                }
            },
            CsvExport.ManyRowsAtATime),
    };
}
