namespace Exchange.Markets;

// What an order does when it meets the book.
public sealed partial class Venue
{
    /// <summary>An order about to be executed: new, or a replaced one with its new terms.</summary>
    private readonly record struct Incoming(Side Side, Price Price, Quantity Quantity, TimeInForce TimeInForce, bool PostOnly);

    /// <summary>What an order would do if it were executed now.</summary>
    private struct RiskCheck
    {
        public Quantity Filled;
        public Cash FillValue;
        public Quantity Rest;
        public Quantity PositionAfter;
        public Cash WorstAfter;
        public Cash AvailableAfter;
    }

    private static bool Crosses(Side side, Price limit, Price opposite) =>
        side == Side.Buy ? limit >= opposite : limit <= opposite;

    /// <summary>
    /// Decides whether an order may be executed, by what would happen now: what fills does so at the resting prices,
    /// what rests counts at its own limit, own orders in its way are cancelled. Changes nothing.
    /// </summary>
    /// <param name="holding">The order's account in its market.</param>
    /// <param name="incoming">The order.</param>
    /// <param name="resting">The live order it replaces, if it does.</param>
    private static Refusal CheckRisk(Holding holding, in Incoming incoming, Order? resting, out RiskCheck check)
    {
        check = default;
        Market market = holding.Market;
        Account account = holding.Account;
        Quantity buys = holding.OpenBuys, sells = holding.OpenSells;
        Cash buyValue = holding.OpenBuyValue, sellValue = holding.OpenSellValue;
        int liveOrders = holding.OrderCount;
        if (resting is not null)
        {
            liveOrders--;
            if (incoming.Side == Side.Buy)
            {
                buys -= resting.Remaining;
                buyValue -= resting.Price * resting.Remaining;
            }
            else
            {
                sells -= resting.Remaining;
                sellValue -= resting.Price * resting.Remaining;
            }
        }

        // Walk the book as matching would.
        Quantity left = incoming.Quantity;
        Cash fillValue = Cash.Zero;
        BookSide opposite = market.SideOf(incoming.Side == Side.Buy ? Side.Sell : Side.Buy);
        for (int rank = 0; rank < opposite.LevelCount && left > Quantity.Zero; rank++)
        {
            PriceLevel level = opposite.At(rank);
            if (!Crosses(incoming.Side, incoming.Price, level.Price))
                break;
            if (incoming.PostOnly)
                return Refusals.WouldMatch(level.Price);
            for (Order? maker = level.First; maker is not null && left > Quantity.Zero; maker = maker.NextInLine)
            {
                if (maker.Holding == holding)
                {
                    if (maker.Side == Side.Buy)
                    {
                        buys -= maker.Remaining;
                        buyValue -= maker.Price * maker.Remaining;
                    }
                    else
                    {
                        sells -= maker.Remaining;
                        sellValue -= maker.Price * maker.Remaining;
                    }
                    continue;
                }
                Quantity fill = Quantity.Min(left, maker.Remaining);
                left -= fill;
                fillValue += level.Price * fill;
            }
        }
        Quantity filled = incoming.Quantity - left;
        if (incoming.TimeInForce == TimeInForce.FillOrKill && left > Quantity.Zero)
            return Refusals.CannotFill(incoming.Quantity, filled);

        Quantity rest = incoming.TimeInForce.Rests() ? left : Quantity.Zero;
        Quantity position = holding.Position;
        Cash cash = account.Cash;
        if (incoming.Side == Side.Buy)
        {
            position += filled;
            cash -= fillValue;
            buys += rest;
            buyValue += incoming.Price * rest;
        }
        else
        {
            position -= filled;
            cash += fillValue;
            sells += rest;
            sellValue += incoming.Price * rest;
        }

        if (holding.ReduceOnlyCount > 0)
            LeaveOutTrimmed(holding, incoming.Side, resting, position, ref buys, ref buyValue, ref sells, ref sellValue);
        if (rest > Quantity.Zero && liveOrders >= Limits.MaxLiveOrdersPerHolding)
            return Refusals.LiveOrdersLimit;
        if ((position + buys).Hundredths > Limits.MaxPosition || (position - sells).Hundredths < -Limits.MaxPosition)
            return Refusals.PositionLimit;
        if (ExceedsMaxPosition(holding, position + buys, position - sells))
            return Refusals.PositionTooLarge(market.Info.MaxPosition);
        Cash grossSum = account.GrossSum - holding.Gross + Holding.GrossOf(market, position, buys, sells);
        if (grossSum.TenThousandths > Limits.MaxGross)
            return Refusals.GrossLimit;
        Cash worst = Holding.WorstOf(market, position, buys, buyValue, sells, sellValue);
        Cash before = account.Available, after = cash + (account.WorstSum - holding.Worst + worst);
        if (after < Cash.Zero && after < before)
            return Refusals.InsufficientFunds(before - after, before);
        check = new RiskCheck
        {
            Filled = filled,
            FillValue = fillValue,
            Rest = rest,
            PositionAfter = position,
            WorstAfter = worst,
            AvailableAfter = after,
        };
        return Refusal.None;
    }

    /// <summary>
    /// Leaves out of the open orders those that an order of this side pushes out: the reduce-only ones that
    /// <see cref="TrimReduceOnly(Holding, Side)"/> will cancel, in its order.
    /// </summary>
    private static void LeaveOutTrimmed(
        Holding holding, Side side, Order? resting, Quantity position, ref Quantity buys, ref Cash buyValue, ref Quantity sells, ref Cash sellValue)
    {
        Quantity closable = new(Math.Max(0, side == Side.Sell ? position.Hundredths : -position.Hundredths));
        for (Order? order = holding.LastOrder; order is not null && (side == Side.Sell ? sells : buys) > closable; order = order.PreviousOfHolding)
        {
            if (!order.ReduceOnly || order.Side != side || order == resting)
                continue;
            if (side == Side.Buy)
            {
                buys -= order.Remaining;
                buyValue -= order.Price * order.Remaining;
            }
            else
            {
                sells -= order.Remaining;
                sellValue -= order.Price * order.Remaining;
            }
        }
    }

    /// <summary>Whether a market's own limit is passed, and by more than before: what comes nearer to it is never refused.</summary>
    /// <param name="longest">The position if all buys fill.</param>
    /// <param name="shortest">The position if all sells fill.</param>
    private static bool ExceedsMaxPosition(Holding holding, Quantity longest, Quantity shortest)
    {
        Quantity most = holding.Market.Info.MaxPosition;
        return most > Quantity.Zero
            && ((longest > most && longest > holding.Position + holding.OpenBuys)
                || (-shortest > most && shortest < holding.Position - holding.OpenSells));
    }

    /// <summary>Matches an order that passed the risk check, then lets the rest of it rest or ends it. Emits everything.</summary>
    /// <param name="order">In no book, and not counted in its holding's open orders.</param>
    /// <param name="reason">What brought it.</param>
    /// <param name="wasInBook">It was live before: it is a replaced order.</param>
    private void Execute(Order order, OrderReason reason, bool wasInBook)
    {
        Holding holding = order.Holding;
        Market market = holding.Market;
        BookSide opposite = market.SideOf(order.Side == Side.Buy ? Side.Sell : Side.Buy);
        int firstFill = _batch.TradeCount;
        while (order.Remaining > Quantity.Zero && opposite.Best is { } level && Crosses(order.Side, order.Price, level.Price))
        {
            Order maker = level.First!;
            if (maker.Holding == holding)
                Cancel(maker, OrderReason.SelfMatch, isAnswer: false);
            else
                Fill(order, maker, level);
        }
        int fills = _batch.TradeCount - firstFill;

        OrderStatus status = OrderStatus.Live;
        if (order.Remaining == Quantity.Zero)
        {
            status = OrderStatus.Filled;
        }
        else if (!order.TimeInForce.Rests())
        {
            status = OrderStatus.Cancelled;
            reason = OrderReason.UnfilledRest;
        }

        if (status == OrderStatus.Live)
        {
            order.Priority = ++_lastPriority;
            market.SideOf(order.Side).Add(order);
            holding.CountOpen(order.Side, order.Price, order.Remaining);
            if (!wasInBook)
            {
                holding.Append(order);
                _orders.Add(order.Id, order);
                if (order.ClientOrderId is not null)
                    holding.Account.ClientOrderIds.AddLive(order);
                if (order.ExpiresTimeUs != 0)
                    AwaitExpiry(order);
            }
        }
        if (status == OrderStatus.Live || wasInBook || fills > 0)
            TouchBook(market);
        holding.Revalue();
        Touch(holding, moneyMoved: fills > 0);
        EmitOrder(order, status, reason, wasInBook || status == OrderStatus.Live, isAnswer: true, firstFill, fills);
        if (status != OrderStatus.Live)
            Retire(order, status, reason, wasInBook);
    }

    /// <summary>Trades as much as both orders have left, at the resting order's price.</summary>
    private void Fill(Order taker, Order maker, PriceLevel level)
    {
        Quantity quantity = Quantity.Min(taker.Remaining, maker.Remaining);
        Price price = level.Price;
        Cash value = price * quantity;
        bool takerBuys = taker.Side == Side.Buy;
        Order buy = takerBuys ? taker : maker, sell = takerBuys ? maker : taker;

        int tradeIndex = _batch.TradeCount;
        ref Trade trade = ref _batch.AddTrade();
        trade.TradeId = ++_lastTradeId;
        trade.MarketId = maker.Holding.Market.Id;
        trade.BuyerAccountId = buy.Holding.Account.Id;
        trade.SellerAccountId = sell.Holding.Account.Id;
        trade.BuyOrderId = buy.Id;
        trade.SellOrderId = sell.Id;
        trade.TimeUs = _now.TimeUs;
        trade.Quantity = quantity;
        trade.Price = price;
        trade.Aggressor = taker.Side;
        maker.Holding.Market.Trades.Add(in trade);
        maker.Holding.Market.LastTradesSnapshot = maker.Holding.Market.LastFullTradesSnapshot = null;

        buy.Holding.Take(quantity, value);
        buy.Holding.Account.Cash -= value;
        sell.Holding.Take(-quantity, -value);
        sell.Holding.Account.Cash += value;

        taker.Remaining -= quantity;
        taker.FilledValue += value;
        maker.Remaining -= quantity;
        maker.FilledValue += value;
        level.Total -= quantity;
        maker.Holding.CountOpen(maker.Side, price, -quantity);
        maker.Holding.Revalue();
        Touch(maker.Holding, moneyMoved: true);

        bool done = maker.Remaining == Quantity.Zero;
        OrderStatus status = done ? OrderStatus.Filled : OrderStatus.Live;
        EmitOrder(maker, status, OrderReason.Matched, inBook: true, isAnswer: false, tradeIndex, 1);
        if (done)
        {
            maker.Holding.Market.SideOf(maker.Side).Remove(maker);
            Retire(maker, status, OrderReason.Matched, wasInBook: true);
        }
    }

    /// <summary>Takes a live order out of the book.</summary>
    private void Cancel(Order order, OrderReason reason, bool isAnswer)
    {
        Holding holding = order.Holding;
        holding.Market.SideOf(order.Side).Remove(order);
        holding.CountOpen(order.Side, order.Price, -order.Remaining);
        holding.Revalue();
        Touch(holding, moneyMoved: false);
        TouchBook(holding.Market);
        EmitOrder(order, OrderStatus.Cancelled, reason, inBook: true, isAnswer);
        Retire(order, OrderStatus.Cancelled, reason, wasInBook: true);
    }

    /// <summary>Forgets an ended order, but for its client order id, and keeps the instance for the next.</summary>
    private void Retire(Order order, OrderStatus status, OrderReason reason, bool wasInBook)
    {
        if (wasInBook)
        {
            order.Holding.Remove(order);
            _orders.Remove(order.Id);
            if (order.ExpiresTimeUs != 0)
                _expiringOrders--;
        }
        if (order.ClientOrderId is not null)
            order.Holding.Account.ClientOrderIds.AddEnded(StateOf(order, status, reason));
        order.Holding = null!;
        order.ClientOrderId = null;
        _spareOrders.Push(order);
    }

    private void TouchBook(Market market)
    {
        market.BookSequence = Sequence;
        Touch(market);
    }

    private void EmitOrder(
        Order order, OrderStatus status, OrderReason reason, bool inBook, bool isAnswer, int firstFill = 0, int fillCount = 0)
    {
        int index = _batch.NextOrderChange;
        ref OrderChange change = ref _batch.AddOrderChange(EventKind.OrderChanged, isAnswer);
        order.Reason = reason;
        change.State = StateOf(order, status, reason);
        change.FirstFill = firstFill;
        change.FillCount = fillCount;
        change.IsNew = order.PlacedInBatch == _batch.Number;
        change.Superseded = false;
        change.InBook = inBook;
        if (order.EmittedInBatch == _batch.Number)
            _batch.SupersedeOrder(order.EmittedAt);
        order.EmittedInBatch = _batch.Number;
        order.EmittedAt = index;
    }

    /// <remarks>An ended order has nothing remaining; what it still had is Quantity − Filled.</remarks>
    private static OrderState StateOf(Order order, OrderStatus status, OrderReason reason) => new()
    {
        OrderId = order.Id,
        MarketId = order.Holding.Market.Id,
        AccountId = order.Holding.Account.Id,
        PlacedSequence = order.PlacedSequence,
        PlacedTimeUs = order.PlacedTimeUs,
        Priority = order.Priority,
        Quantity = order.Quantity,
        Remaining = status == OrderStatus.Live ? order.Remaining : Quantity.Zero,
        Filled = order.Filled,
        FilledValue = order.FilledValue,
        ClientOrderId = order.ClientOrderId,
        Price = order.Price,
        PlacedPrice = order.PlacedPrice,
        PlacedQuantity = order.PlacedQuantity,
        Side = order.Side,
        TimeInForce = order.TimeInForce,
        PostOnly = order.PostOnly,
        ReduceOnly = order.ReduceOnly,
        CancelOnDisconnect = order.CancelOnDisconnect,
        ExpiresTimeUs = order.ExpiresTimeUs,
        PlacedByUserId = order.PlacedByUserId,
        Status = status,
        Reason = reason,
    };
}
