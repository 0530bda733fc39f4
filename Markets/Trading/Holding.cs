namespace Exchange.Markets;

internal sealed class Holding(Account account, Market market)
{
    public readonly Account Account = account;
    public readonly Market Market = market;

    /// <summary>Position and open orders.</summary>
    public Exposure Exposure;

    public Quantity Position
    {
        get => Exposure.Position;
        set => Exposure.Position = value;
    }

    /// <summary>Cash paid for the position less cash received.</summary>
    public Cash Spent;

    /// <summary>What the open position cost, at the average price of what it is made of; below zero where it brought cash.</summary>
    public Cash OpenCost;

    /// <summary>What the account made here when the market settled.</summary>
    public Cash SettledProfit;

    /// <summary>Position, spent and cost as they were when the market settled, for undoing it.</summary>
    public Quantity SettledPosition;
    public Cash SettledSpent, SettledOpenCost;

    /// <summary>The least this holding can be worth at settlement; part of its account's running sum.</summary>
    public Cash WorstCase;

    /// <summary>The most cash this holding can move, either way: part of its account's running sum.</summary>
    public Cash Gross;

    // Live orders, oldest first.
    public Order? FirstOrder, LastOrder;
    public int OrderCount;
    public int ReduceOnlyCount;

    // The command that last touched this holding, and the batch that last told of it.
    public long TouchedByCommand;
    public bool MoneyMoved;
    public long EmittedInBatch;
    public int EmittedAt;

    /// <summary>
    /// What the open position cost after a change of it, at average cost: what enlarges it adds what that cost, what reduces it
    /// takes its part of the cost away, and what turns it round begins anew with the rest.
    /// </summary>
    public static Cash CostAfter(Quantity position, Cash cost, Quantity change, Cash spent)
    {
        Quantity after = position + change;
        if (after == Quantity.Zero)
            return Cash.Zero;
        if (position == Quantity.Zero || position > Quantity.Zero == change > Quantity.Zero)
            return cost + spent;
        return after > Quantity.Zero == position > Quantity.Zero ? Part(cost, after, position) : Part(spent, after, change);

        static Cash Part(Cash whole, Quantity of, Quantity total) =>
            new((long)((Int128)whole.TenThousandths * of.Hundredths / total.Hundredths));
    }

    /// <summary>Takes in what was bought, or with a negative quantity sold, and what that cost.</summary>
    public void Take(Quantity change, Cash spent)
    {
        OpenCost = CostAfter(Position, OpenCost, change, spent);
        Position += change;
        Spent += spent;
    }

    /// <summary>Brings <see cref="WorstCase"/>, <see cref="Gross"/> and the account's sums up to date after a change.</summary>
    public void Revalue()
    {
        Cash worst = Exposure.WorstCase(Market);
        Account.WorstCaseSum += worst - WorstCase;
        WorstCase = worst;
        Cash gross = Exposure.Gross(Market);
        Account.GrossSum += gross - Gross;
        Gross = gross;
    }

    public void Append(Order order)
    {
        order.NextOfHolding = null;
        order.PreviousOfHolding = LastOrder;
        if (LastOrder is null)
            FirstOrder = order;
        else
            LastOrder.NextOfHolding = order;
        LastOrder = order;
        OrderCount++;
        if (order.ReduceOnly)
            ReduceOnlyCount++;
    }

    public void Remove(Order order)
    {
        if (order.PreviousOfHolding is null)
            FirstOrder = order.NextOfHolding;
        else
            order.PreviousOfHolding.NextOfHolding = order.NextOfHolding;
        if (order.NextOfHolding is null)
            LastOrder = order.PreviousOfHolding;
        else
            order.NextOfHolding.PreviousOfHolding = order.PreviousOfHolding;
        order.NextOfHolding = order.PreviousOfHolding = null;
        OrderCount--;
        if (order.ReduceOnly)
            ReduceOnlyCount--;
    }

    /// <summary>Whether there is, or was, anything of the account's here.</summary>
    public bool IsEmpty =>
        Position == Quantity.Zero && Spent == Cash.Zero && SettledProfit == Cash.Zero && SettledPosition == Quantity.Zero && OrderCount == 0;

    public PositionState State =>
        new(Market.Id, Position, Spent, SettledProfit, SettledPosition, SettledSpent, OpenCost, SettledOpenCost);
}
