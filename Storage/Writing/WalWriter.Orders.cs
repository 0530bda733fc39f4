using Exchange.Markets;

namespace Exchange.Storage;

// The rows of trading: orders, their changes, trades, positions, cash.
public sealed partial class WalWriter
{
    private Statement _insertOrder = null!, _updateOrder = null!, _insertChange = null!, _insertTrade = null!,
        _upsertPosition = null!, _updateCash = null!, _insertSetBack = null!;
    private long _lastTradeUs;

    private Statement[] OrderStatements =>
        [_insertOrder, _updateOrder, _insertChange, _insertTrade, _upsertPosition, _updateCash, _insertSetBack];

    private void PrepareOrders()
    {
        _insertOrder = new Statement(_connection, """
            INSERT INTO "order" (id, market_id, account_id, side, price, quantity, remaining, filled, filled_value,
              time_in_force, post_only, client_order_id, status, reason, priority,
              placed_price, placed_remaining, placed_sequence, placed_us, placed_by_user_id, expires_us, reduce_only,
              cancel_on_disconnect, placed_quantity)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?5, ?7, ?16, ?17, ?18, ?19, ?20, ?21, ?6)
            """);
        _updateOrder = new Statement(_connection, """
            UPDATE "order" SET price = ?, quantity = ?, remaining = ?, filled = ?, filled_value = ?, status = ?, reason = ?, priority = ?
            WHERE id = ?
            """);
        _insertChange = new Statement(_connection, "INSERT INTO order_change VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        _insertTrade = new Statement(_connection, "INSERT INTO trade VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        _upsertPosition = new Statement(_connection, "INSERT OR REPLACE INTO position VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        _insertSetBack = new Statement(_connection, "INSERT INTO clock_set_back VALUES (?)");
        _lastTradeUs = _connection.Get<long>("SELECT coalesce((SELECT time_us FROM trade ORDER BY id DESC LIMIT 1), 0)");
        _updateCash = new Statement(_connection, "UPDATE account SET cash = ?, received = ? WHERE id = ?");
    }

    private void WriteOrder(in OrderChange change, in AppliedCommand command)
    {
        ref readonly OrderState s = ref change.State;
        // The first that is told of an order has the sequence it was placed at.
        if (change.IsNew && s.PlacedSequence == command.Sequence)
        {
            _insertOrder.With(s.OrderId).With(s.MarketId).With(s.AccountId).With((long)s.Side).With(s.Price.Hundredths)
                .With(s.Quantity.Hundredths).With(s.Remaining.Hundredths).With(s.Filled.Hundredths)
                .With(s.FilledValue.TenThousandths).With((long)s.TimeInForce).With(s.PostOnly).With(s.ClientOrderId)
                .With((long)s.Status).With((long)s.Reason).With(s.Priority).With(s.PlacedSequence).With(s.PlacedTimeUs)
                .With(s.PlacedByUserId).With(s.ExpiresTimeUs).With(s.ReduceOnly).With(s.CancelOnDisconnect).Run();
            Rows++;
            return;
        }

        _insertChange.With(s.MarketId).With(command.Sequence).With(s.OrderId).With(s.Price.Hundredths)
            .With(s.Quantity.Hundredths).With(s.Remaining.Hundredths).With((long)s.Reason).With(command.TimeUs).Run();
        Rows++;
        if (change.Superseded)
            return;
        _updateOrder.With(s.Price.Hundredths).With(s.Quantity.Hundredths).With(s.Remaining.Hundredths)
            .With(s.Filled.Hundredths).With(s.FilledValue.TenThousandths).With((long)s.Status).With((long)s.Reason)
            .With(s.Priority).With(s.OrderId).Run();
        Rows++;
    }

    private void WriteTrade(in Trade t, in AppliedCommand command)
    {
        _insertTrade.With(t.TradeId).With(t.MarketId).With(t.Price.Hundredths).With(t.Quantity.Hundredths)
            .With(t.BuyerAccountId).With(t.SellerAccountId).With(t.BuyOrderId).With(t.SellOrderId)
            .With((long)t.Aggressor).With(command.Sequence).With(t.TimeUs).Run();
        Rows++;
        if (t.TimeUs < _lastTradeUs)
            _insertSetBack.With(t.TradeId).Run();
        _lastTradeUs = t.TimeUs;
    }

    /// <summary>Writes what the batch leaves a position and an account's cash at, once each however often they changed.</summary>
    private void WritePortfolio(in PortfolioChange p)
    {
        if (!p.MoneyMoved)
            return;
        if (p.MarketId != 0 && !p.PositionSuperseded)
        {
            _upsertPosition.With(p.AccountId).With(p.MarketId).With(p.Position.Hundredths)
                .With(p.Spent.TenThousandths).With(p.SettledProfit.TenThousandths).With(p.SettledPosition.Hundredths)
                .With(p.SettledSpent.TenThousandths).With(p.OpenCost.TenThousandths).With(p.SettledOpenCost.TenThousandths).Run();
            Rows++;
        }
        if (!p.CashSuperseded)
        {
            _updateCash.With(p.Cash.TenThousandths).With(p.NetDeposits.TenThousandths).With(p.AccountId).Run();
            Rows++;
        }
    }
}
