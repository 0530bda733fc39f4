using Exchange.Markets;
using Google.Protobuf.Collections;

namespace Exchange.Protocol;

// Requests to commands: fields that can't be the domain's are refused here, the rest is for the market thread to judge.
public sealed partial class Session
{
    /// <summary>Marks what is no longer wanted.</summary>
    private static readonly object s_stop = new();

    private static string? Read(V1.PlaceOrder request, ref Command command)
    {
        command.Kind = CommandKind.PlaceOrder;
        command.MarketId = ToId(request.MarketId);
        if (request.Side is not (V1.Side.Buy or V1.Side.Sell))
            return "side must be BUY or SELL.";
        command.Side = (Side)request.Side;
        command.HasPrice = request.HasPrice;
        command.Price = new Price(request.Price);
        command.Quantity = new Quantity(request.Quantity);
        command.HasQuantity = true;
        if (request.TimeInForce is < V1.TimeInForce.Unspecified or > V1.TimeInForce.FillOrKill)
            return "time_in_force must be GOOD_TILL_CANCELLED, IMMEDIATE_OR_CANCEL or FILL_OR_KILL.";
        command.TimeInForce = request.TimeInForce == V1.TimeInForce.Unspecified
            ? TimeInForce.GoodTillCancelled
            : (TimeInForce)request.TimeInForce;
        command.PostOnly = request.PostOnly;
        return ReadClientOrderId(request.ClientOrderId, ref command);
    }

    private static string? Read(V1.ReplaceOrder request, ref Command command)
    {
        command.Kind = CommandKind.ReplaceOrder;
        command.HasPrice = request.HasPrice;
        command.Price = new Price(request.Price);
        command.HasQuantity = request.HasQuantity;
        command.Quantity = new Quantity(request.Quantity);
        if (!request.HasPrice && !request.HasQuantity)
            return "ReplaceOrder needs a price, a quantity, or both.";
        return ReadOrderName(request.OrderId, request.ClientOrderId, ref command);
    }

    private static string? Read(V1.CancelOrder request, ref Command command)
    {
        command.Kind = CommandKind.CancelOrder;
        return ReadOrderName(request.OrderId, request.ClientOrderId, ref command);
    }

    private static string? Read(V1.CancelOrders request, ref Command command)
    {
        command.Kind = CommandKind.CancelOrders;
        command.MarketId = ToId(request.MarketId);
        if (request.Side is not (V1.Side.Unspecified or V1.Side.Buy or V1.Side.Sell))
            return "side must be BUY, SELL, or left out for both.";
        command.Side = (Side)request.Side;
        return null;
    }

    private static void Read(V1.CreateMarket request, ref Command command)
    {
        command.Kind = CommandKind.CreateMarket;
        int tick = request.TickSize == 0 ? 1 : (int)Math.Min(request.TickSize, int.MaxValue);
        command.Details = new MarketTerms(
            request.Name, request.Description, new Price(request.MinPrice), new Price(request.MaxPrice), tick);
    }

    private static void Read(V1.SettleMarket request, ref Command command)
    {
        command.Kind = CommandKind.SettleMarket;
        command.MarketId = ToId(request.MarketId);
        command.Price = new Price(request.Price);
        command.HasPrice = true;
    }

    private string? Read(V1.Subscribe request, ref Command command)
    {
        command.Kind = CommandKind.ShowMarkets;
        string? problem = ReadMarkets(
            request.MarketIds, request.All, request.Channels, withoutSnapshots: false, tag: null, out MarketsWanted? wanted);
        command.Details = wanted;
        return problem;
    }

    private string? Read(V1.Unsubscribe request, ref Command command)
    {
        command.Kind = CommandKind.ShowMarkets;
        // By way of the market thread too, so that it comes after a Subscribe sent before it.
        string? problem = ReadMarkets(
            request.MarketIds, request.All, request.Channels, withoutSnapshots: true, s_stop, out MarketsWanted? wanted);
        command.Details = wanted;
        return problem;
    }

    private string? ReadMarkets(
        RepeatedField<ulong> ids, bool all, RepeatedField<V1.Channel> channels, bool withoutSnapshots, object? tag,
        out MarketsWanted? wanted)
    {
        wanted = null;
        if (all == ids.Count > 0)
            return "Name market_ids or set all, one of the two.";
        if (ids.Count > _services.Options.MaxMarketsPerSubscribe)
            return $"market_ids may name {_services.Options.MaxMarketsPerSubscribe:#,0} markets at a time; all takes every one.";
        MarketViews views = MarketViews.None;
        foreach (V1.Channel channel in channels)
        {
            switch (channel)
            {
                case V1.Channel.Book:
                    views |= MarketViews.Book;
                    break;
                case V1.Channel.Trades:
                    views |= MarketViews.Trades;
                    break;
                case V1.Channel.Ticker:
                    views |= MarketViews.Ticker;
                    break;
                default:
                    return "channels must be BOOK, TRADES or TICKER.";
            }
        }
        if (views == MarketViews.None)
            return "channels is empty; name BOOK, TRADES, TICKER or several.";
        wanted = new MarketsWanted([.. ids.Distinct().Select(ToId)], all, views, withoutSnapshots, tag);
        return null;
    }

    private static string? ReadOrderName(ulong orderId, string clientOrderId, ref Command command)
    {
        if (orderId != 0 == (clientOrderId.Length > 0))
            return "Name the order by order_id or client_order_id, one of the two.";
        command.OrderId = ToId(orderId);
        return ReadClientOrderId(clientOrderId, ref command);
    }

    private static string? ReadClientOrderId(string id, ref Command command)
    {
        if (id.Length == 0)
            return null;
        if (id.Length > Limits.MaxClientOrderIdLength)
            return $"client_order_id has {id.Length:#,0} characters; {Limits.MaxClientOrderIdLength} are allowed.";
        foreach (char c in id)
        {
            if (c is < ' ' or > '~')
                return "client_order_id holds a character that is not printable ASCII.";
        }
        command.ClientOrderId = id;
        return null;
    }

    /// <summary>No id of ours is past 63 bits; what is, is an id that nothing has.</summary>
    private static long ToId(ulong id) => id > long.MaxValue ? -1 : (long)id;
}
