namespace Exchange.Markets;

/// <summary>Orders as their owners handle them: place, replace, cancel, preview.</summary>
internal sealed class OrderCommands(VenueState state, Admission admission, ChangeTracker changes, OrderChecks checks, OrderExecution execution)
{
    public Refusal PlaceOrder(CommandContext context, in Command command, ref bool changed)
    {
        Account account = context.Account!;

        // Before anything else, so that sending again after a lost answer always gets that answer.
        if (command.ClientOrderId is { } clientOrderId && account.ClientOrderIds.Contains(clientOrderId))
        {
            changed = false;
            return EmitExisting(context, account, clientOrderId, in command);
        }

        Refusal refusal = checks.CheckOrder(context, in command, out Market market, out Price price);
        if (refusal.IsRefused)
            return refusal;
        Holding holding = market.HoldingOf(account);
        var incoming = new Incoming(command.Side, price, command.Quantity, command.TimeInForce, command.PostOnly);
        refusal = RiskChecks.Check(holding, in incoming, replaced: null, out _);
        if (refusal.IsRefused)
            return refusal;

        Order order = execution.NewOrder();
        order.Id = ++state.LastOrderId;
        order.Holding = holding;
        order.Side = command.Side;
        order.TimeInForce = command.TimeInForce;
        order.PostOnly = command.PostOnly;
        order.ReduceOnly = command.ReduceOnly;
        order.CancelOnDisconnect = command.CancelOnDisconnect;
        order.Session = command.CancelOnDisconnect ? command.Origin.Session : 0;
        order.ExpiresTimeUs = command.ExpiresTimeUs;
        order.PlacedByUserId = command.UserId;
        order.Price = order.PlacedPrice = price;
        order.Quantity = order.Remaining = order.PlacedQuantity = command.Quantity;
        order.FilledValue = Cash.Zero;
        order.Priority = 0;
        order.ClientOrderId = command.ClientOrderId;
        order.PlacedSequence = context.Sequence;
        order.PlacedTimeUs = context.Now.TimeUs;
        order.PlacedInBatch = context.Batch.Number;
        order.EmittedInBatch = 0;
        execution.Execute(context, order, OrderReason.Placed, wasInBook: false);
        return Refusal.None;
    }

    /// <summary>The account of the command looks at what an order would do.</summary>
    public Refusal PreviewOrder(CommandContext context, in Command command)
    {
        Refusal refusal = checks.CheckOrder(context, in command, out Market market, out Price price);
        if (refusal.IsRefused)
            return refusal;
        // A holding is made when one trades, not when one asks.
        Account account = context.Account!;
        Holding holding = market.Holdings.TryGetValue(account.Id, out Holding? held) ? held : new Holding(account, market);
        var incoming = new Incoming(command.Side, price, command.Quantity, command.TimeInForce, command.PostOnly);
        refusal = RiskChecks.Check(holding, in incoming, replaced: null, out RiskCheck check);
        if (refusal.IsRefused)
            return refusal;
        context.Batch.AddRecord(
            new OrderPreviewed(
                market.Id, command.Side, check.Filled, check.FillValue, check.Rest, account.Available, check.AvailableAfter,
                check.PositionAfter, holding.WorstCase, check.WorstCaseAfter),
            isAnswer: true);
        return Refusal.None;
    }

    public Refusal ReplaceOrder(CommandContext context, in Command command)
    {
        Refusal notFound = FindLive(context, in command, out Order order);
        if (notFound.IsRefused)
            return notFound;
        Holding holding = order.Holding;
        Market market = holding.Market;
        if (market.Status != MarketStatus.Open)
            return Refusals.MarketNotOpen(market.Status);

        Price price = command.HasPrice ? command.Price : order.Price;
        if (command.HasPrice)
        {
            Refusal badPrice = OrderChecks.CheckPrice(price, market);
            if (badPrice.IsRefused)
                return badPrice;
        }
        Quantity quantity = command.HasQuantity ? command.Quantity : order.Quantity;
        if (quantity.Hundredths is <= 0 or > Limits.MaxOrderHundredths)
            return Refusals.InvalidQuantity(quantity);
        Quantity filled = order.Filled;
        if (quantity <= filled)
            return Refusals.AlreadyFilled(quantity, filled);
        if (market.Info.MaxOrder > Quantity.Zero && quantity > market.Info.MaxOrder && quantity > order.Quantity)
            return Refusals.OrderTooLarge(quantity, market.Info.MaxOrder);
        Quantity remaining = quantity - filled;
        if (order.ReduceOnly)
        {
            Refusal tooMuch = OrderChecks.CheckReduceOnly(holding, order.Side, remaining, order.Remaining);
            if (tooMuch.IsRefused)
                return tooMuch;
        }

        if (price == order.Price && remaining <= order.Remaining)
        {
            // Only smaller: it keeps its place in line, and risks less than before.
            Quantity less = order.Remaining - remaining;
            OrderBook.Reduce(order, less);
            order.Quantity = quantity;
            holding.Exposure.Open(order.Side, price, -less);
            holding.Revalue();
            changes.Touch(context, holding, moneyMoved: false);
            execution.TouchBook(context, market);
            OrderExecution.EmitOrder(context, order, OrderStatus.Live, OrderReason.Replaced, inBook: true, isAnswer: true);
            return Refusal.None;
        }

        var incoming = new Incoming(order.Side, price, remaining, order.TimeInForce, order.PostOnly);
        Refusal refusal = RiskChecks.Check(holding, in incoming, replaced: order, out _);
        if (refusal.IsRefused)
            return refusal;

        market.Book.Remove(order);
        holding.Exposure.Close(order);
        order.Price = price;
        order.Quantity = quantity;
        order.Remaining = remaining;
        execution.Execute(context, order, OrderReason.Replaced, wasInBook: true);
        return Refusal.None;
    }

    public Refusal CancelOrder(CommandContext context, in Command command)
    {
        Refusal notFound = FindLive(context, in command, out Order order);
        if (notFound.IsRefused)
            return notFound;
        MarketStatus status = order.Holding.Market.Status;
        if (status == MarketStatus.Halted)
            return Refusals.MarketNotOpen(status);
        execution.Cancel(context, order, OrderReason.Requested, isAnswer: true);
        return Refusal.None;
    }

    public Refusal CancelOrders(CommandContext context, in Command command, ref bool changed)
    {
        Account account = context.Account!;
        int count = 0;
        if (command.MarketId != 0)
        {
            Refusal notFound = admission.FindMarket(context, command.MarketId, out Market market);
            if (notFound.IsRefused)
                return notFound;
            if (market.Status == MarketStatus.Halted)
                return Refusals.MarketNotOpen(market.Status);
            if (market.Holdings.TryGetValue(account.Id, out Holding? holding))
                count = execution.CancelAll(context, holding, command.Side, OrderReason.Requested);
        }
        else
        {
            foreach (Holding holding in account.Holdings)
            {
                if (holding.Market.Status != MarketStatus.Halted)
                    count += execution.CancelAll(context, holding, command.Side, OrderReason.Requested);
            }
        }
        context.Batch.AddOrdersCancelled(count);
        changed = count > 0;
        return Refusal.None;
    }

    /// <summary>The live order that a command names by id or client order id, if it is the account's.</summary>
    private Refusal FindLive(CommandContext context, in Command command, out Order order)
    {
        order = null!;
        Account account = context.Account!;
        if (command.OrderId != 0)
        {
            if (state.Orders.TryGetValue(command.OrderId, out Order? found) && found.Holding.Account == account)
            {
                order = found;
                return Refusal.None;
            }
            // Ended orders are on disk, not here. And one answer for all that are none of the account's live ones: whether another's lives,
            // or how many there are, is not for everyone.
            return Refusals.OrderNotLive;
        }
        if (command.ClientOrderId is { } id && account.ClientOrderIds.Contains(id))
        {
            if (account.ClientOrderIds.FindLive(id) is { } found)
            {
                order = found;
                return Refusal.None;
            }
            return Refusals.OrderNotLive;
        }
        return Refusals.OrderNotFound;
    }

    /// <summary>Answers with what became of an order known by its client order id, if the command asks for that order.</summary>
    private Refusal EmitExisting(CommandContext context, Account account, string clientOrderId, in Command command)
    {
        OrderState state;
        if (account.ClientOrderIds.FindLive(clientOrderId) is { } live)
            state = live.StateAs(OrderStatus.Live, live.Reason);
        else
            account.ClientOrderIds.TryGetEnded(clientOrderId, out state);
        if (context.CancelsItsId || !IsSameOrder(in state, in command))
            return Refusals.ClientOrderIdReused(in state, context.CancelsItsId);
        ref OrderChange change = ref context.Batch.AddOrderChange(EventKind.OrderExisting, isAnswer: true);
        change = default;
        change.State = state;
        return Refusal.None;
    }

    /// <summary>Whether a command would place what an order was placed as.</summary>
    private bool IsSameOrder(in OrderState order, in Command command)
    {
        if (command.MarketId != order.MarketId || command.Side != order.Side)
            return false;
        // A market order's price was the end of the range; of a market that was deleted since, nobody knows it any more.
        Price price = command.HasPrice ? command.Price
            : !state.Markets.TryGetValue(order.MarketId, out Market? market) ? order.PlacedPrice
            : command.Side == Side.Buy ? market.Max : market.Min;
        return price == order.PlacedPrice
            && (command.Quantity == order.PlacedQuantity || order.PlacedQuantity == Quantity.Zero)
            && command.TimeInForce == order.TimeInForce && command.PostOnly == order.PostOnly && command.ReduceOnly == order.ReduceOnly
            && command.ExpiresTimeUs == order.ExpiresTimeUs;
    }

    public Refusal RememberOrders(in Command command, RememberedOrders remembered)
    {
        if (state.Accounts.TryGetValue(command.AccountId, out Account? account))
            account.ClientOrderIds.Remember(remembered.Orders);
        return Refusal.None;
    }
}
