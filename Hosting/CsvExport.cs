using System.Globalization;
using Exchange.Markets;

namespace Exchange.Hosting;

/// <summary>A parameter of the address that can't be, with a sentence that says what would be right.</summary>
internal sealed class CsvParameterException(string message) : Exception(message);

/// <summary>The parameters of an export's address.</summary>
internal sealed class CsvParameters(IQueryCollection query)
{
    /// <summary>The number that must be there.</summary>
    public long Number(string name) => OptionalNumber(name) is var number and not 0
        ? number
        : throw new CsvParameterException($"{name} is missing: give it as ?{name}=1.");

    /// <summary>The number, or 0 if it is not there.</summary>
    public long OptionalNumber(string name)
    {
        if (!query.TryGetValue(name, out var values))
            return 0;
        return values.Count == 1 && long.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0
            ? number
            : throw new CsvParameterException($"{name} must be a whole number, 1 or more.");
    }

    public bool Flag(string name)
    {
        if (!query.TryGetValue(name, out var values))
            return false;
        return values.Count == 1 && values[0] is "true" or "false"
            ? values[0] == "true"
            : throw new CsvParameterException($"{name} must be true or false.");
    }

    /// <summary>How long a candle lasts, in microseconds.</summary>
    public long Interval(string name) => query[name].ToString() switch
    {
        "1s" => 1_000_000,
        "5s" => 5_000_000,
        "15s" => 15_000_000,
        "1m" => 60_000_000,
        "5m" => 300_000_000,
        "15m" => 900_000_000,
        "1h" => 3_600_000_000,
        "4h" => 14_400_000_000,
        "1d" => 86_400_000_000,
        _ => throw new CsvParameterException($"{name} must be 1s, 5s, 15s, 1m, 5m, 15m, 1h, 4h or 1d."),
    };
}

/// <summary>One of the CSV files: its columns, what to ask for, and how the answers become rows.</summary>
/// <param name="Query">The question for the page from a position on.</param>
/// <param name="Rows">Writes an answer's rows, and gives where the next page goes on; 0: there is no more.</param>
internal sealed record CsvExport(
    string[] Columns, Func<CsvParameters, PageWanted, HistoryQuery> Query, Func<CsvWriter, RoomNames, object, long> Rows)
{
    private const int MaxCandles = 5_000;

    /// <summary>Orders on each side of a book.</summary>
    private const int MaxBookOrders = 100_000;

    /// <summary>Each export, by the name of its file.</summary>
    public static readonly Dictionary<string, CsvExport> All = new()
    {
        ["trades"] = Paged<PastTrade>(
            ["trade_id", "time", "sequence", "market_id", "market", "price", "quantity", "aggressor", "buyer_account_id", "buyer",
                "seller_account_id", "seller", "buy_order_id", "sell_order_id"],
            (p, page) => (p.OptionalNumber("market"), p.OptionalNumber("account")) is var (market, account) and not (0, 0)
                ? new TradesQuery(market, account, page)
                : throw new CsvParameterException("market or account is missing: give it as ?market=1."),
            (csv, names, t) => csv.Id(t.Trade.TradeId).Time(t.Trade.TimeUs).Id(t.Sequence).Named(t.Trade.MarketId, names.Markets)
                .Price(t.Trade.Price).Quantity(t.Trade.Quantity).Word(t.Trade.Aggressor).Named(t.Trade.BuyerAccountId, names.Accounts)
                .Named(t.Trade.SellerAccountId, names.Accounts).Id(t.Trade.BuyOrderId).Id(t.Trade.SellOrderId)),
        ["orders"] = Paged<OrderState>(
            ["order_id", "placed", "sequence", "market_id", "market", "account_id", "account", "placed_by_user_id", "placed_by", "side", "price",
                "quantity", "remaining", "filled", "filled_value", "time_in_force", "expires", "post_only", "reduce_only",
                "cancel_on_disconnect", "client_order_id", "status", "reason"],
            (p, page) => new OrdersQuery(p.Number("account"), p.OptionalNumber("market"), null, page),
            (csv, names, o) => csv.Id(o.OrderId).Time(o.PlacedTimeUs).Id(o.PlacedSequence).Named(o.MarketId, names.Markets)
                .Named(o.AccountId, names.Accounts).Named(o.PlacedByUserId, names.Users).Word(o.Side).Price(o.Price).Quantity(o.Quantity)
                .Quantity(o.Remaining).Quantity(o.Filled).Cash(o.FilledValue).Word(o.TimeInForce).Time(o.ExpiresTimeUs).Yes(o.PostOnly)
                .Yes(o.ReduceOnly).Yes(o.CancelOnDisconnect).Text(o.ClientOrderId ?? "").Word(o.Status).Word(o.Reason)),
        ["order-changes"] = Paged<OrderStep>(
            ["sequence", "time", "price", "quantity", "remaining", "reason"],
            (p, page) => new OrderStepsQuery(p.Number("order"), page),
            (csv, _, s) => csv.Id(s.Sequence).Time(s.TimeUs).Price(s.Price).Quantity(s.Quantity).Quantity(s.Remaining).Word(s.Reason)),
        ["transfers"] = Paged<TransferInfo>(
            ["transfer_id", "time", "kind", "from_account_id", "from_account", "to_account_id", "to_account", "amount", "memo", "by_user_id",
                "by_user"],
            (p, page) => new TransfersQuery(p.Number("account"), page),
            (csv, names, t) => csv.Id(t.TransferId).Time(t.TimeUs).Word(t.Kind).Named(t.FromAccountId, names.Accounts)
                .Named(t.ToAccountId, names.Accounts).Cash(t.Amount).Text(t.Memo).Named(t.ByUserId, names.Users)),
        ["status-changes"] = Paged<StatusStep>(
            ["sequence", "time", "status", "by_user_id", "by_user"],
            (p, page) => new StatusStepsQuery(p.Number("market"), page),
            (csv, names, s) => csv.Id(s.Sequence).Time(s.TimeUs).Word(s.Status).Named(s.ByUserId, names.Users)),
        ["settlements"] = Paged<PastSettlement>(
            ["settlement_id", "time", "sequence", "market_id", "market", "price", "by_user_id", "by_user", "caused_by_settlement_id",
                "undone", "undone_sequence", "undone_by_user_id", "undone_by"],
            (p, page) => new SettlementsQuery(p.OptionalNumber("market"), page),
            (csv, names, s) => csv.Id(s.SettlementId).Time(s.TimeUs).Id(s.Sequence).Named(s.MarketId, names.Markets).Price(s.Price)
                .Named(s.ByUserId, names.Users).Id(s.CausedBySettlementId).Time(s.Undone?.TimeUs ?? 0).Id(s.Undone?.Sequence ?? 0)
                .Named(s.Undone?.ByUserId ?? 0, names.Users)),
        ["candles"] = Paged<Candle>(
            ["time", "open", "high", "low", "close", "quantity", "trades"],
            (p, page) => new CandlesQuery(p.Number("market"), p.Interval("interval"), page.After, long.MaxValue, MaxCandles),
            (csv, _, c) => csv.Time(c.TimeUs).Price(c.Open).Price(c.High).Price(c.Low).Price(c.Close).Quantity(c.Quantity).Count(c.Trades)),
        ["equity"] = Paged<EquityPoint>(
            ["time", "equity", "profit"],
            (p, page) => new EquityQuery(p.Number("account"), page),
            (csv, _, e) => csv.Time(e.TimeUs).Cash(e.Equity).Cash(e.Profit)),
        ["conversions"] = Paged<PastConversion>(
            ["conversion_id", "time", "sequence", "market_id", "market", "direction", "quantity", "fee", "by_user_id", "by_user"],
            (p, page) => new ConversionsQuery(p.Number("account"), page),
            (csv, names, c) => csv.Id(c.Conversion.ConversionId).Time(c.TimeUs).Id(c.Sequence).Named(c.Conversion.MarketId, names.Markets)
                .Word(c.Conversion.Direction).Quantity(c.Conversion.Quantity).Cash(c.Conversion.Fee)
                .Named(c.Conversion.ByUserId, names.Users)),
        ["exercises"] = Paged<PastExercise>(
            ["exercise_id", "time", "sequence", "market_id", "market", "assigned", "quantity", "kind", "underlying_market_id", "underlying",
                "strike"],
            (p, page) => new ExercisesQuery(p.Number("account"), page),
            (csv, names, e) => csv.Id(e.ExerciseId).Time(e.TimeUs).Id(e.Sequence).Named(e.MarketId, names.Markets).Yes(e.IsAssigned)
                .Quantity(e.Quantity).Word(e.Option.Kind).Named(e.Option.UnderlyingId, names.Markets).Price(e.Option.Strike)),
        ["audit"] = Paged<AuditEntry>(
            ["sequence", "time", "user_id", "user", "elevated", "account_id", "account", "market_id", "market", "action", "detail"],
            (_, page) => new AuditQuery(page),
            (csv, names, a) => csv.Id(a.Sequence).Time(a.TimeUs).Named(a.UserId, names.Users).Yes(a.Elevated)
                .Named(a.AccountId, names.Accounts).Named(a.MarketId, names.Markets).Words(a.Action).Text(a.Detail)),
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

    private static CsvExport Paged<T>(
        string[] columns, Func<CsvParameters, PageWanted, HistoryQuery> query, Func<CsvWriter, RoomNames, T, CsvWriter> row) => new(
        columns, query,
        (csv, names, answer) =>
        {
            var page = (Page<T>)answer;
            foreach (T item in page.Items)
                row(csv, names, item).EndRow();
            return page.NextAfter;
        });

    private static void WriteSide(CsvWriter csv, RoomNames names, Side side, BookOrder[] orders)
    {
        for (int i = 0; i < orders.Length; i++)
        {
            csv.Word(side).Count(i + 1).Price(orders[i].Price).Quantity(orders[i].Remaining).Id(orders[i].OrderId)
                .Named(orders[i].AccountId, names.Accounts).EndRow();
        }
    }
}
