using Exchange.History;
using Exchange.Markets;

namespace Exchange.Protocol;

// Answers to history queries.
internal static partial class Translate
{
    /// <summary>The answer to a question, as the event that carries it.</summary>
    public static V1.ServerMessage ToHistory(HistoryResult answer, HistoryQuery query) => answer switch
    {
        Page<PastTrade> page => new() { TradesPage = ToTradesPage(page) },
        Page<OrderState> page => new() { OrdersPage = ToOrdersPage(page) },
        Page<OrderStep> page => new() { OrderChangesPage = ToOrderChangesPage(page) },
        Page<TransferInfo> page => new()
        {
            TransfersPage = new() { Transfers = { page.Items.Select(ToTransfer) }, NextAfter = (ulong)page.NextAfter },
        },
        Page<StatusStep> page => new() { StatusChangesPage = ToStatusChangesPage(page) },
        Page<PastSettlement> page => new()
        {
            SettlementsPage = new() { Settlements = { page.Items.Select(ToSettlement) }, NextAfter = (ulong)page.NextAfter },
        },
        Page<Candle> page => new()
        {
            CandlesPage = new() { Candles = { page.Items.Select(ToCandle) }, NextFromTimeUs = page.NextAfter },
        },
        Page<EquityPoint> page => new() { EquityPage = ToEquityPage(page) },
        PastBook book => new() { PastBook = ToPastBook(book) },
        Page<PastConversion> page => new()
        {
            ConversionsPage = new() { Conversions = { page.Items.Select(ToPastConversion) }, NextAfter = (ulong)page.NextAfter },
        },
        Page<PastExercise> page => new()
        {
            ExercisesPage = new() { Exercises = { page.Items.Select(ToPastExercise) }, NextAfter = (ulong)page.NextAfter },
        },
        Page<AuditEntry> page => new()
        {
            AuditPage = new() { Entries = { page.Items.Select(ToAuditEntry) }, NextAfter = (ulong)page.NextAfter },
        },
        NoticesRead read => new() { NoticesPage = ToNotices(read) },
        _ => throw new ArgumentOutOfRangeException(nameof(query), query, "The protocol has no such query."),
    };

    /// <summary>How long a candle lasts; null: there is none such.</summary>
    public static long? ToMicroseconds(V1.CandleInterval interval) => interval switch
    {
        V1.CandleInterval._1Second => 1_000_000,
        V1.CandleInterval._5Seconds => 5_000_000,
        V1.CandleInterval._15Seconds => 15_000_000,
        V1.CandleInterval._1Minute => 60_000_000,
        V1.CandleInterval._5Minutes => 300_000_000,
        V1.CandleInterval._15Minutes => 900_000_000,
        V1.CandleInterval._1Hour => 3_600_000_000,
        V1.CandleInterval._4Hours => 14_400_000_000,
        V1.CandleInterval._1Day => 86_400_000_000,
        _ => null,
    };

    private static V1.TradesPage ToTradesPage(Page<PastTrade> page)
    {
        var message = new V1.TradesPage { NextAfter = (ulong)page.NextAfter };
        foreach (ref readonly PastTrade past in page.Items.AsSpan())
        {
            var trade = new V1.Trade();
            Fill(trade, past.Trade);
            message.Trades.Add(new V1.PastTrade
            {
                Trade = trade,
                Sequence = (ulong)past.Sequence,
                BuyOrderId = (ulong)past.Trade.BuyOrderId,
                SellOrderId = (ulong)past.Trade.SellOrderId,
            });
        }
        return message;
    }

    private static V1.OrdersPage ToOrdersPage(Page<OrderState> page)
    {
        var message = new V1.OrdersPage { NextAfter = (ulong)page.NextAfter };
        foreach (ref readonly OrderState state in page.Items.AsSpan())
        {
            var order = new V1.Order();
            Fill(order, in state);
            message.Orders.Add(order);
        }
        return message;
    }

    private static V1.OrderChangesPage ToOrderChangesPage(Page<OrderStep> page) => new()
    {
        NextAfter = (ulong)page.NextAfter,
        Changes =
        {
            page.Items.Select(s => new V1.PastOrderChange
            {
                Sequence = (ulong)s.Sequence,
                TimeUs = s.TimeUs,
                Price = s.Price.Hundredths,
                Quantity = (uint)s.Quantity.Hundredths,
                Remaining = (uint)s.Remaining.Hundredths,
                Reason = (V1.OrderReason)s.Reason,
            }),
        },
    };

    private static V1.StatusChangesPage ToStatusChangesPage(Page<StatusStep> page) => new()
    {
        NextAfter = (ulong)page.NextAfter,
        Changes =
        {
            page.Items.Select(s => new V1.StatusChange
            {
                Sequence = (ulong)s.Sequence,
                TimeUs = s.TimeUs,
                Status = (V1.MarketStatus)s.Status,
                ByUserId = (ulong)s.ByUserId,
            }),
        },
    };

    private static V1.Settlement ToSettlement(PastSettlement settlement)
    {
        var message = new V1.Settlement
        {
            SettlementId = (ulong)settlement.SettlementId,
            MarketId = (ulong)settlement.MarketId,
            Price = settlement.Price.Hundredths,
            ByUserId = (ulong)settlement.ByUserId,
            CausedBySettlementId = (ulong)settlement.CausedBySettlementId,
            Sequence = (ulong)settlement.Sequence,
            TimeUs = settlement.TimeUs,
        };
        message.Payouts.AddRange(settlement.Payouts.Select(p => new V1.Payout
        {
            AccountId = (ulong)p.AccountId,
            Position = p.Position.Hundredths,
            Amount = p.Amount.TenThousandths,
        }));
        if (settlement.Undone is { } undone)
        {
            message.Undone = new V1.SettlementUndo
            {
                ByUserId = (ulong)undone.ByUserId,
                Sequence = (ulong)undone.Sequence,
                TimeUs = undone.TimeUs,
            };
        }
        return message;
    }

    private static V1.Candle ToCandle(Candle candle) => new()
    {
        TimeUs = candle.TimeUs,
        Open = candle.Open.Hundredths,
        High = candle.High.Hundredths,
        Low = candle.Low.Hundredths,
        Close = candle.Close.Hundredths,
        Quantity = candle.Quantity.Hundredths,
        Trades = (uint)candle.Trades,
    };

    private static V1.EquityPage ToEquityPage(Page<EquityPoint> page) => new()
    {
        NextAfter = (ulong)page.NextAfter,
        Samples =
        {
            page.Items.Select(p => new V1.EquitySample
            {
                TimeUs = p.TimeUs,
                Equity = p.Equity.TenThousandths,
                Profit = p.Profit.TenThousandths,
            }),
        },
    };

    private static V1.PastBook ToPastBook(PastBook past) => new()
    {
        Book = ToBook(past.Book),
        Sequence = (ulong)past.Book.Sequence,
        BidsLeftOut = (uint)past.BidsLeftOut,
        OffersLeftOut = (uint)past.OffersLeftOut,
    };

    private static V1.Conversion ToPastConversion(PastConversion past)
    {
        var message = new V1.Conversion
        {
            Converted = ToConversion(past.Conversion),
            ByUserId = (ulong)past.Conversion.ByUserId,
            Sequence = (ulong)past.Sequence,
            TimeUs = past.TimeUs,
        };
        message.Legs.AddRange(past.Conversion.Legs.Select(l => new V1.ConversionLeg
        {
            MarketId = (ulong)l.MarketId,
            Change = l.Change.Hundredths,
            Price = l.Price.Hundredths,
        }));
        return message;
    }

    private static V1.Exercise ToPastExercise(PastExercise past) => new()
    {
        Exercised = new V1.OptionExercised
        {
            ExerciseId = (ulong)past.ExerciseId,
            MarketId = (ulong)past.MarketId,
            AccountId = (ulong)past.AccountId,
            Quantity = (uint)past.Quantity.Hundredths,
            Assigned = past.IsAssigned,
        },
        Option = ToOption(past.Option),
        Sequence = (ulong)past.Sequence,
        TimeUs = past.TimeUs,
    };

    private static V1.AuditEntry ToAuditEntry(AuditEntry entry) => new()
    {
        Sequence = (ulong)entry.Sequence,
        TimeUs = entry.TimeUs,
        UserId = (ulong)entry.UserId,
        AccountId = (ulong)entry.AccountId,
        MarketId = (ulong)entry.MarketId,
        Elevated = entry.Elevated,
        Action = entry.Action,
        Detail = entry.Detail,
        Sentence =
        {
            entry.Sentence.Select(p => new V1.SentencePart
            {
                Text = p.Text,
                UserId = (ulong)p.UserId,
                AccountId = (ulong)p.AccountId,
                MarketId = (ulong)p.MarketId,
            }),
        },
    };
}
