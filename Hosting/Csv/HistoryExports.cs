using Exchange.History;
using Exchange.Markets;

namespace Exchange.Hosting.Csv;

/// <summary>The CSV files of what was.</summary>
internal static class HistoryExports
{
    private const int MaxCandles = 5_000;

    /// <summary>Orders on each side of a book.</summary>
    private const int MaxBookOrders = 100_000;

    /// <summary>Each, by the name of its file.</summary>
    public static readonly Dictionary<string, CsvExport> All = new()
    {
        ["trades"] = CsvExport.Paged<PastTrade>(
            ["trade_id", "time", "sequence", "market_id", "market", "price", "quantity", "aggressor", "buyer_account_id", "buyer",
                "seller_account_id", "seller", "buy_order_id", "sell_order_id"],
            (p, page) => new TradesQuery(p.OptionalNumber("market"), p.OptionalNumber("account"), page),
            (csv, names, t) => csv.Id(t.Trade.TradeId).Time(t.Trade.TimeUs).Id(t.Sequence).Named(t.Trade.MarketId, names.Markets)
                .Price(t.Trade.Price).Quantity(t.Trade.Quantity).Word(t.Trade.Aggressor).Named(t.Trade.BuyerAccountId, names.Accounts)
                .Named(t.Trade.SellerAccountId, names.Accounts).Id(t.Trade.BuyOrderId).Id(t.Trade.SellOrderId)),
        ["orders"] = CsvExport.Paged<OrderState>(
            ["order_id", "placed", "sequence", "market_id", "market", "account_id", "account", "placed_by_user_id", "placed_by", "side", "price",
                "quantity", "remaining", "filled", "filled_value", "time_in_force", "expires", "post_only", "reduce_only",
                "cancel_on_disconnect", "client_order_id", "status", "reason"],
            (p, page) => new OrdersQuery(p.Account, p.OptionalNumber("market"), p.OrderStatus, page),
            (csv, names, o) => csv.Id(o.OrderId).Time(o.PlacedTimeUs).Id(o.PlacedSequence).Named(o.MarketId, names.Markets)
                .Named(o.AccountId, names.Accounts).Named(o.PlacedByUserId, names.Users).Word(o.Side).Price(o.Price).Quantity(o.Quantity)
                .Quantity(o.Remaining).Quantity(o.Filled).Cash(o.FilledValue).Word(o.TimeInForce).Time(o.ExpiresTimeUs).Yes(o.PostOnly)
                .Yes(o.ReduceOnly).Yes(o.CancelOnDisconnect).Text(o.ClientOrderId ?? "").Word(o.Status).Word(o.Reason)),
        ["order-changes"] = CsvExport.Paged<OrderStep>(
            ["sequence", "time", "price", "quantity", "remaining", "reason"],
            (p, page) => new OrderStepsQuery(p.Number("order"), page),
            (csv, _, s) => csv.Id(s.Sequence).Time(s.TimeUs).Price(s.Price).Quantity(s.Quantity).Quantity(s.Remaining).Word(s.Reason)),
        ["transfers"] = CsvExport.Paged<TransferInfo>(
            ["transfer_id", "time", "kind", "from_account_id", "from_account", "to_account_id", "to_account", "amount", "memo", "by_user_id",
                "by_user"],
            (p, page) => new TransfersQuery(p.Account, page),
            (csv, names, t) => csv.Id(t.TransferId).Time(t.TimeUs).Word(t.Kind).Named(t.FromAccountId, names.Accounts)
                .Named(t.ToAccountId, names.Accounts).Cash(t.Amount).Text(t.Memo).Named(t.ByUserId, names.Users)),
        ["status-changes"] = CsvExport.Paged<StatusStep>(
            ["sequence", "time", "status", "by_user_id", "by_user"],
            (p, page) => new StatusStepsQuery(p.Number("market"), page),
            (csv, names, s) => csv.Id(s.Sequence).Time(s.TimeUs).Word(s.Status).Named(s.ByUserId, names.Users)),
        ["settlements"] = CsvExport.Paged<PastSettlement>(
            ["settlement_id", "time", "sequence", "market_id", "market", "price", "by_user_id", "by_user", "caused_by_settlement_id",
                "undone", "undone_sequence", "undone_by_user_id", "undone_by"],
            (p, page) => new SettlementsQuery(p.OptionalNumber("market"), page),
            (csv, names, s) => csv.Id(s.SettlementId).Time(s.TimeUs).Id(s.Sequence).Named(s.MarketId, names.Markets).Price(s.Price)
                .Named(s.ByUserId, names.Users).Id(s.CausedBySettlementId).Time(s.Undone?.TimeUs ?? 0).Id(s.Undone?.Sequence ?? 0)
                .Named(s.Undone?.ByUserId ?? 0, names.Users)),
        ["candles"] = CsvExport.Paged<Candle>(
            ["time", "open", "high", "low", "close", "quantity", "trades"],
            (p, page) => new CandlesQuery(p.Number("market"), p.Interval("interval"), page.After, long.MaxValue, MaxCandles),
            (csv, _, c) => csv.Time(c.TimeUs).Price(c.Open).Price(c.High).Price(c.Low).Price(c.Close).Quantity(c.Quantity).Count(c.Trades)),
        ["equity"] = CsvExport.Paged<EquityPoint>(
            ["time", "equity", "profit"],
            (p, page) => new EquityQuery(p.Number("account"), page),
            (csv, _, e) => csv.Time(e.TimeUs).Cash(e.Equity).Cash(e.Profit)),
        ["conversions"] = CsvExport.Paged<PastConversion>(
            ["conversion_id", "time", "sequence", "market_id", "market", "direction", "quantity", "fee", "by_user_id", "by_user",
                "account_id", "account"],
            (p, page) => new ConversionsQuery(p.Account, page),
            (csv, names, c) => csv.Id(c.Conversion.ConversionId).Time(c.TimeUs).Id(c.Sequence).Named(c.Conversion.MarketId, names.Markets)
                .Word(c.Conversion.Direction).Quantity(c.Conversion.Quantity).Cash(c.Conversion.Fee)
                .Named(c.Conversion.ByUserId, names.Users).Named(c.Conversion.AccountId, names.Accounts)),
        ["exercises"] = CsvExport.Paged<PastExercise>(
            ["exercise_id", "time", "sequence", "market_id", "market", "assigned", "quantity", "kind", "underlying_market_id", "underlying",
                "strike", "account_id", "account"],
            (p, page) => new ExercisesQuery(p.Account, page),
            (csv, names, e) => csv.Id(e.ExerciseId).Time(e.TimeUs).Id(e.Sequence).Named(e.MarketId, names.Markets).Yes(e.IsAssigned)
                .Quantity(e.Quantity).Word(e.Option.Kind).Named(e.Option.UnderlyingId, names.Markets).Price(e.Option.Strike)
                .Named(e.AccountId, names.Accounts)),
        ["audit"] = CsvExport.Paged<AuditEntry>(
            ["sequence", "time", "user_id", "user", "elevated", "account_id", "account", "market_id", "market", "action", "sentence", "detail"],
            (p, page) => new AuditQuery(page)
            {
                UserId = p.OptionalNumber("user"),
                MarketId = p.OptionalNumber("market"),
                Action = p.Text("action"),
                FromUs = p.OptionalNumber("from"),
                ToUs = p.OptionalNumber("to") is > 0 and var to ? to : long.MaxValue,
            },
            (csv, names, a) => csv.Id(a.Sequence).Time(a.TimeUs).Named(a.UserId, names.Users).Yes(a.Elevated)
                .Named(a.AccountId, names.Accounts).Named(a.MarketId, names.Markets).Words(a.Action)
                .Text(string.Concat(a.Sentence.Select(p => p.Text))).Text(a.Detail)),
        ["book"] = new CsvExport(
            ["side", "place", "price", "remaining", "order_id", "account_id", "account"],
            (p, _) => new BookQuery(p.Number("market"), p.Number("sequence"), MaxBookOrders),
            (csv, names, answer) =>
            {
                BookSnapshot book = ((PastBook)answer).Book;
                WriteSide(csv, names, Side.Buy, book.Bids);
                WriteSide(csv, names, Side.Sell, book.Offers);
                return 0;
            }),
    };

    private static void WriteSide(CsvWriter csv, RoomNames names, Side side, BookOrder[] orders)
    {
        for (int i = 0; i < orders.Length; i++)
        {
            csv.Word(side).Count(i + 1).Price(orders[i].Price).Quantity(orders[i].Remaining).Id(orders[i].OrderId)
                .Named(orders[i].AccountId, names.Accounts).EndRow();
        }
    }
}
