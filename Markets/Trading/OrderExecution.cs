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
        int firstFill = context.Batch.TradeCount;
        while (order.Remaining > Quantity.Zero && market.Book.NextMatch(order.Side, order.Price) is { } resting)
        {
            if (resting.Holding == holding)
                Cancel(context, resting, OrderReason.SelfMatch, isAnswer: false);
            else
                Trade(context, order, resting);
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
            market.Book.Add(order);
            holding.Exposure.Open(order.Side, order.Price, order.Remaining);
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

    /// <summary>Matches two orders, and books what they trade.</summary>
    private void Trade(CommandContext context, Order incoming, Order resting)
    {
        Market market = resting.Holding.Market;
        Fill fill = market.Book.Match(incoming, resting);
        Order buy = incoming.Side == Side.Buy ? incoming : resting, sell = incoming.Side == Side.Buy ? resting : incoming;

        int tradeIndex = context.Batch.TradeCount;
        ref Trade trade = ref context.Batch.AddTrade();
        trade.TradeId = ++state.LastTradeId;
        trade.MarketId = market.Id;
        trade.BuyerAccountId = buy.Holding.Account.Id;
        trade.SellerAccountId = sell.Holding.Account.Id;
        trade.BuyOrderId = buy.Id;
        trade.SellOrderId = sell.Id;
        trade.TimeUs = context.Now.TimeUs;
        trade.Quantity = fill.Quantity;
        trade.Price = fill.Price;
        trade.Aggressor = incoming.Side;
        market.Trades.Add(in trade);
        market.LastTradesSnapshot = market.LastFullTradesSnapshot = null;

        Cash value = fill.Value;
        buy.Holding.Take(fill.Quantity, value);
        buy.Holding.Account.Cash -= value;
        sell.Holding.Take(-fill.Quantity, -value);
        sell.Holding.Account.Cash += value;
        resting.Holding.Exposure.Open(resting.Side, fill.Price, -fill.Quantity);
        resting.Holding.Revalue();
        changes.Touch(context, resting.Holding, moneyMoved: true);

        bool isDone = resting.Remaining == Quantity.Zero;
        OrderStatus status = isDone ? OrderStatus.Filled : OrderStatus.Live;
        EmitOrder(context, resting, status, OrderReason.Matched, inBook: true, isAnswer: false, tradeIndex, 1);
        if (isDone)
            Retire(resting, status, OrderReason.Matched, wasInBook: true);
    }

    /// <summary>Takes a live order out of the book.</summary>
    public void Cancel(CommandContext context, Order order, OrderReason reason, bool isAnswer)
    {
        Holding holding = order.Holding;
        holding.Market.Book.Remove(order);
        holding.Exposure.Close(order);
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
            order.Holding.Account.ClientOrderIds.AddEnded(order.StateAs(status, reason));
        order.Holding = null!;
        order.ClientOrderId = null;
        _spareOrders.Push(order);
    }

    public void TouchBook(CommandContext context, Market market)
    {
        market.BookSequence = context.Sequence;
        changes.Touch(context, market);
    }

    public static void EmitOrder(
        CommandContext context, Order order, OrderStatus status, OrderReason reason, bool inBook, bool isAnswer, int firstFill = 0, int fillCount = 0)
    {
        int index = context.Batch.NextOrderChange;
        ref OrderChange change = ref context.Batch.AddOrderChange(EventKind.OrderChanged, isAnswer);
        order.Reason = reason;
        change.State = order.StateAs(status, reason);
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
        for (Order? order = holding.LastOrder; order is not null && holding.Exposure.OpenOn(side) > holding.Exposure.ClosableBy(side);)
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
