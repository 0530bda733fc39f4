namespace Exchange.Markets;

/// <summary>The orders at one price, first in line first.</summary>
internal sealed class PriceLevel
{
    public Price Price;
    public Order? First, Last;
    public Quantity Total;

    public void Append(Order order)
    {
        order.Level = this;
        order.NextInLine = null;
        order.PreviousInLine = Last;
        if (Last is null)
            First = order;
        else
            Last.NextInLine = order;
        Last = order;
        Total += order.Remaining;
    }

    public void Remove(Order order)
    {
        Total -= order.Remaining;
        if (order.PreviousInLine is null)
            First = order.NextInLine;
        else
            order.PreviousInLine.NextInLine = order.NextInLine;
        if (order.NextInLine is null)
            Last = order.PreviousInLine;
        else
            order.NextInLine.PreviousInLine = order.PreviousInLine;
        order.Level = null;
        order.NextInLine = order.PreviousInLine = null;
    }
}
