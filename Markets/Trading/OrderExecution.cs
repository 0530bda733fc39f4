namespace Exchange.Markets;

/// <summary>What an order does when it meets the book, and how it ends. Emits everything.</summary>
internal sealed class OrderExecution(VenueState state, ChangeTracker changes, Deadlines deadlines)
{
    private readonly Stack<Order> _spareOrders = new();

    /// <summary>An order with the values of an ended one, for its fields to be set.</summary>
    public Order NewOrder() => _spareOrders.TryPop(out Order? spare) ? spare : new Order();

    /// <summary>Matches an order that passed the risk check, then lets the rest of it rest or ends it. Emits everything.</summary>
    /// <param name="order">In no book, and not counted in its holding's open orders.</param>
    /// <param name="reason">What brought it.</param>
    /// <param name="wasInBook">It was live before: it is a replaced order.</param>
    public void Execute(CommandContext context, Order order, OrderReason reason, bool wasInBook)
    {
        Holding holding = order.Holding;
        Market market = holding.Market;
        BookSide opposite = market.SideOf(order.Side == Side.Buy ? Side.Sell : Side.Buy);
        int firstFill = context.Batch.TradeCount;
        while (order.Remaining > Quantity.Zero && opposite.Best is { } level && RiskChecks.Crosses(order.Side, order.Price, level.Price))
        {
            Order maker = level.First!;
            if (maker.Holding == holding)
                Cancel(context, maker, OrderReason.SelfMatch, isAnswer: false);
            else
                Fill(context, order, maker, level);
        }
        int fills = context.Batch.TradeCount - firstFill;

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
            order.Priority = ++state.LastPriority;
            market.SideOf(order.Side).Add(order);
            holding.CountOpen(order.Side, order.Price, order.Remaining);
            if (!wasInBook)
            {
                holding.Append(order);
                state.Orders.Add(order.Id, order);
                if (order.ClientOrderId is not null)
                    holding.Account.ClientOrderIds.AddLive(order);
                if (order.ExpiresTimeUs != 0)
                    deadlines.AwaitExpiry(order);
            }
        }
        if (status == OrderStatus.Live || wasInBook || fills > 0)
            TouchBook(context, market);
        holding.Revalue();
        changes.Touch(context, holding, moneyMoved: fills > 0);
        EmitOrder(context, order, status, reason, wasInBook || status == OrderStatus.Live, isAnswer: true, firstFill, fills);
        if (status != OrderStatus.Live)
            Retire(order, status, reason, wasInBook);
    }

    /// <summary>Trades as much as both orders have left, at the resting order's price.</summary>
    private void Fill(CommandContext context, Order taker, Order maker, PriceLevel level)
    {
        Quantity quantity = Quantity.Min(taker.Remaining, maker.Remaining);
        Price price = level.Price;
        Cash value = price * quantity;
        bool takerBuys = taker.Side == Side.Buy;
        Order buy = takerBuys ? taker : maker, sell = takerBuys ? maker : taker;

        int tradeIndex = context.Batch.TradeCount;
        ref Trade trade = ref context.Batch.AddTrade();
        trade.TradeId = ++state.LastTradeId;
        trade.MarketId = maker.Holding.Market.Id;
        trade.BuyerAccountId = buy.Holding.Account.Id;
        trade.SellerAccountId = sell.Holding.Account.Id;
        trade.BuyOrderId = buy.Id;
        trade.SellOrderId = sell.Id;
        trade.TimeUs = context.Now.TimeUs;
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
        changes.Touch(context, maker.Holding, moneyMoved: true);

        bool done = maker.Remaining == Quantity.Zero;
        OrderStatus status = done ? OrderStatus.Filled : OrderStatus.Live;
        EmitOrder(context, maker, status, OrderReason.Matched, inBook: true, isAnswer: false, tradeIndex, 1);
        if (done)
        {
            maker.Holding.Market.SideOf(maker.Side).Remove(maker);
            Retire(maker, status, OrderReason.Matched, wasInBook: true);
        }
    }

    /// <summary>Takes a live order out of the book.</summary>
    public void Cancel(CommandContext context, Order order, OrderReason reason, bool isAnswer)
    {
        Holding holding = order.Holding;
        holding.Market.SideOf(order.Side).Remove(order);
        holding.CountOpen(order.Side, order.Price, -order.Remaining);
        holding.Revalue();
        changes.Touch(context, holding, moneyMoved: false);
        TouchBook(context, holding.Market);
        EmitOrder(context, order, OrderStatus.Cancelled, reason, inBook: true, isAnswer);
        Retire(order, OrderStatus.Cancelled, reason, wasInBook: true);
    }

    /// <summary>Forgets an ended order, but for its client order id, and keeps the instance for the next.</summary>
    private void Retire(Order order, OrderStatus status, OrderReason reason, bool wasInBook)
    {
        if (wasInBook)
        {
            order.Holding.Remove(order);
            state.Orders.Remove(order.Id);
            if (order.ExpiresTimeUs != 0)
                deadlines.ForgetExpiry();
        }
        if (order.ClientOrderId is not null)
            order.Holding.Account.ClientOrderIds.AddEnded(StateOf(order, status, reason));
        order.Holding = null!;
        order.ClientOrderId = null;
        _spareOrders.Push(order);
    }

    public void TouchBook(CommandContext context, Market market)
    {
        market.BookSequence = context.Sequence;
        changes.Touch(context, market);
    }

    public static void EmitOrder(CommandContext context, 
        Order order, OrderStatus status, OrderReason reason, bool inBook, bool isAnswer, int firstFill = 0, int fillCount = 0)
    {
        int index = context.Batch.NextOrderChange;
        ref OrderChange change = ref context.Batch.AddOrderChange(EventKind.OrderChanged, isAnswer);
        order.Reason = reason;
        change.State = StateOf(order, status, reason);
        change.FirstFill = firstFill;
        change.FillCount = fillCount;
        change.IsNew = order.PlacedInBatch == context.Batch.Number;
        change.Superseded = false;
        change.InBook = inBook;
        if (order.EmittedInBatch == context.Batch.Number)
            context.Batch.SupersedeOrder(order.EmittedAt);
        order.EmittedInBatch = context.Batch.Number;
        order.EmittedAt = index;
    }

    /// <remarks>An ended order has nothing remaining; what it still had is Quantity − Filled.</remarks>
    public static OrderState StateOf(Order order, OrderStatus status, OrderReason reason) => new()
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

    /// <summary>
    /// Cancels reduce-only orders, newest first, until all that rests on their side can't do more than close the position. So no
    /// fill can ever make one open or enlarge it, in whatever order they come.
    /// </summary>
    private void TrimReduceOnly(CommandContext context, Holding holding)
    {
        TrimReduceOnly(context, holding, Side.Buy);
        TrimReduceOnly(context, holding, Side.Sell);
    }

    private void TrimReduceOnly(CommandContext context, Holding holding, Side side)
    {
        for (Order? order = holding.LastOrder; order is not null && holding.OpenOn(side) > holding.ClosableBy(side);)
        {
            Order? older = order.PreviousOfHolding;
            if (order.ReduceOnly && order.Side == side)
                Cancel(context, order, OrderReason.ReduceOnly, isAnswer: false);
            order = older;
        }
    }

    /// <param name="side">0: both.</param>
    public int CancelAll(CommandContext context, Holding holding, Side side, OrderReason reason)
    {
        int count = 0;
        for (Order? order = holding.FirstOrder; order is not null;)
        {
            Order? next = order.NextOfHolding;
            if (side == 0 || order.Side == side)
            {
                Cancel(context, order, reason, isAnswer: false);
                count++;
            }
            order = next;
        }
        return count;
    }

    /// <summary>Cancels all of an account's orders, in halted markets too.</summary>
    public void CancelAll(CommandContext context, Account account, OrderReason reason)
    {
        foreach (Holding holding in account.Holdings)
            CancelAll(context, holding, side: 0, reason);
    }

    /// <summary>Emits each touched account once, with its sums as they are after the whole command.</summary>
    public void EmitPortfolios(CommandContext context)
    {
        TrimTouched(context);
        changes.EmitTouched(context);
    }

    /// <summary>Cancels what is left over of reduce-only orders in the holdings that the command touched.</summary>
    private void TrimTouched(CommandContext context)
    {
        // By index: trimming cancels orders, which touches the holding that is being looked at, and no other.
        for (int i = 0; i < changes.TouchedHoldings.Count; i++)
        {
            if (changes.TouchedHoldings[i].ReduceOnlyCount > 0)
                TrimReduceOnly(context, changes.TouchedHoldings[i]);
        }
    }
}
