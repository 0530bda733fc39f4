using Exchange.Markets;
using Exchange.Protocol;
using V1 = Exchange.Protocol.V1;

namespace Exchange.Benchmarks.Naive;

/// <summary>Events as messages, made anew for each listener.</summary>
internal static class NaiveMessages
{
    public static V1.ServerMessage OfOrder(CommitBatch batch, OrderChange change)
    {
        var order = new V1.Order();
        Translate.Fill(order, in change.State);
        var message = new V1.OrderChanged { Order = order };
        foreach (ref readonly Trade trade in batch.Trades.Slice(change.FirstFill, change.FillCount))
        {
            message.Fills.Add(new V1.Fill
            {
                TradeId = (ulong)trade.TradeId,
                Price = trade.Price.Hundredths,
                Quantity = (uint)trade.Quantity.Hundredths,
            });
        }
        return new V1.ServerMessage { OrderChanged = message };
    }

    public static V1.ServerMessage OfBook(OrderState state) => new()
    {
        BookChanged = new V1.BookChanged
        {
            MarketId = (ulong)state.MarketId,
            OrderId = (ulong)state.OrderId,
            Side = (V1.Side)state.Side,
            Price = state.Price.Hundredths,
            Remaining = (uint)state.Remaining.Hundredths,
            AccountId = (ulong)state.AccountId,
        },
    };

    public static V1.ServerMessage OfTrade(Trade trade)
    {
        var message = new V1.Trade();
        Translate.Fill(message, in trade);
        return new V1.ServerMessage { Traded = new V1.Traded { Trade = message } };
    }

    public static V1.ServerMessage OfPortfolio(PortfolioChange change)
    {
        var message = new V1.PortfolioChanged
        {
            AccountId = (ulong)change.AccountId,
            Cash = change.Cash.TenThousandths,
            Available = change.Available.TenThousandths,
        };
        if (change.MarketId != 0)
        {
            message.Position = new V1.Position
            {
                MarketId = (ulong)change.MarketId,
                Quantity = change.Position.Hundredths,
                Spent = change.Spent.TenThousandths,
                SettledProfit = change.SettledProfit.TenThousandths,
                OpenCost = change.OpenCost.TenThousandths,
            };
        }
        return new V1.ServerMessage { PortfolioChanged = message };
    }
}
