using Exchange.Markets;
using Google.Protobuf.Collections;

namespace Exchange.Protocol;

// Requests to commands: fields that can't be the domain's are refused here, the rest is for the market thread to judge.
public sealed partial class Session
{
    /// <summary>Reads a request. False: it is none that is known here.</summary>
    /// <param name="problem">A sentence if a field can't be.</param>
    private bool TryRead(V1.ClientMessage message, ref Command command, out string? problem)
    {
        switch (message.RequestCase)
        {
            case V1.ClientMessage.RequestOneofCase.PlaceOrder:
                problem = Read(message.PlaceOrder, ref command);
                return true;
            case V1.ClientMessage.RequestOneofCase.ReplaceOrder:
                problem = Read(message.ReplaceOrder, ref command);
                return true;
            case V1.ClientMessage.RequestOneofCase.CancelOrder:
                problem = Read(message.CancelOrder, ref command);
                return true;
            case V1.ClientMessage.RequestOneofCase.CancelOrders:
                problem = Read(message.CancelOrders, ref command);
                return true;
            case V1.ClientMessage.RequestOneofCase.OrderBatch:
                problem = Read(message.OrderBatch, ref command);
                return true;
            case V1.ClientMessage.RequestOneofCase.PreviewOrder:
                problem = Read(message.PreviewOrder, ref command);
                return true;
            case V1.ClientMessage.RequestOneofCase.CancelAfter:
                problem = Read(message.CancelAfter, ref command);
                return true;
            case V1.ClientMessage.RequestOneofCase.ConvertBasket:
                problem = Read(message.ConvertBasket, ref command);
                return true;
            case V1.ClientMessage.RequestOneofCase.ExerciseOption:
                problem = Read(message.ExerciseOption, ref command);
                return true;
            case V1.ClientMessage.RequestOneofCase.Subscribe:
                problem = Read(message.Subscribe, ref command);
                return true;
            case V1.ClientMessage.RequestOneofCase.Unsubscribe:
                problem = Read(message.Unsubscribe, ref command);
                return true;
            default:
                return TryReadRare(message, ref command, out problem);
        }
    }

    private string? Read(V1.PlaceOrder request, ref Command command)
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
        if (request.TimeInForce is < V1.TimeInForce.Unspecified or > V1.TimeInForce.GoodTillTime)
            return "time_in_force must be GOOD_TILL_CANCELLED, IMMEDIATE_OR_CANCEL, FILL_OR_KILL or GOOD_TILL_TIME.";
        command.TimeInForce = request.TimeInForce == V1.TimeInForce.Unspecified
            ? TimeInForce.GoodTillCancelled
            : (TimeInForce)request.TimeInForce;
        command.PostOnly = request.PostOnly;
        command.ReduceOnly = request.ReduceOnly;
        command.ExpiresTimeUs = request.ExpiresTimeUs;
        command.CancelOnDisconnect = _cancelOnDisconnect;
        if (_cancelOnDisconnect)
            _accountsToCancel.Add(_accountId);
        return ReadClientOrderId(request.ClientOrderId, ref command);
    }

    private string? Read(V1.PreviewOrder request, ref Command command)
    {
        if (request.Order is null)
            return "order is missing: the order to preview, as PlaceOrder has it.";
        string? problem = Read(request.Order, ref command);
        command.Kind = CommandKind.PreviewOrder;
        command.ClientOrderId = null;
        return problem;
    }

    private string? Read(V1.OrderBatch request, ref Command command)
    {
        command.Kind = CommandKind.OrderBatch;
        // The domain has the say over how many; this only bounds what is made of a frame.
        if (request.Items.Count > Limits.MaxBatchItems)
            return $"A batch must contain 1 to {Limits.MaxBatchItems} requests.";
        var requests = new BatchRequest[request.Items.Count];
        for (int i = 0; i < requests.Length; i++)
        {
            V1.BatchItem item = request.Items[i];
            var read = new Command();
            string? problem = item.RequestCase switch
            {
                V1.BatchItem.RequestOneofCase.Place => Read(item.Place, ref read),
                V1.BatchItem.RequestOneofCase.Replace => Read(item.Replace, ref read),
                V1.BatchItem.RequestOneofCase.Cancel => Read(item.Cancel, ref read),
                _ => "The item must contain place, replace or cancel.",
            };
            requests[i] = new BatchRequest(read, problem);
        }
        command.Details = new OrderBatchTerms(requests);
        return null;
    }

    private static string? Read(V1.CancelAfter request, ref Command command)
    {
        command.Kind = CommandKind.SetCancelAfter;
        command.TimeoutUs = request.TimeoutMs * 1_000L;
        return null;
    }

    private static string? Read(V1.ConvertBasket request, ref Command command)
    {
        command.Kind = CommandKind.ConvertBasket;
        command.MarketId = ToId(request.MarketId);
        command.Direction = (ConversionDirection)ToByte((int)request.Direction);
        command.Quantity = new Quantity(request.Quantity);
        command.HasQuantity = true;
        return null;
    }

    private static string? Read(V1.ExerciseOption request, ref Command command)
    {
        command.Kind = CommandKind.ExerciseOption;
        command.MarketId = ToId(request.MarketId);
        command.Quantity = new Quantity(request.Quantity);
        command.HasQuantity = true;
        return null;
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
            return "side must be BUY or SELL, or omitted for both.";
        command.Side = (Side)request.Side;
        return null;
    }

    private string? Read(V1.Subscribe request, ref Command command)
    {
        command.Kind = CommandKind.Subscribe;
        string? problem = ReadMarkets(
            request.MarketIds, request.All, request.Channels, withoutSnapshots: false, SubscribePurpose.Start, out MarketsWanted? wanted);
        command.Details = wanted;
        return problem;
    }

    private string? Read(V1.Unsubscribe request, ref Command command)
    {
        command.Kind = CommandKind.Subscribe;
        // By way of the market thread too, so that it comes after a Subscribe sent before it.
        string? problem = ReadMarkets(
            request.MarketIds, request.All, request.Channels, withoutSnapshots: true, SubscribePurpose.Stop, out MarketsWanted? wanted);
        command.Details = wanted;
        return problem;
    }

    private string? ReadMarkets(
        RepeatedField<ulong> ids, bool all, RepeatedField<V1.Channel> channels, bool withoutSnapshots, SubscribePurpose purpose,
        out MarketsWanted? wanted)
    {
        wanted = null;
        if (all == ids.Count > 0)
            return "Give either market_ids or all.";
        if (ids.Count > _services.Options.MaxMarketsPerSubscribe)
            return $"market_ids can name at most {_services.Options.MaxMarketsPerSubscribe:#,0} markets at a time. Set all for every market.";
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
            return "channels is empty. Name BOOK, TRADES or TICKER, or several of them.";
        wanted = new MarketsWanted([.. ids.Distinct().Select(ToId)], all, views, withoutSnapshots, purpose);
        return null;
    }

    private static string? ReadOrderName(ulong orderId, string clientOrderId, ref Command command)
    {
        if (orderId != 0 == (clientOrderId.Length > 0))
            return "Give either order_id or client_order_id.";
        command.OrderId = ToId(orderId);
        return ReadClientOrderId(clientOrderId, ref command);
    }

    private static string? ReadClientOrderId(string id, ref Command command)
    {
        if (id.Length == 0)
            return null;
        if (id.Length > Limits.MaxClientOrderIdLength)
            return $"client_order_id has {id.Length:#,0} characters; at most {Limits.MaxClientOrderIdLength} are allowed.";
        foreach (char c in id)
        {
            if (c is < ' ' or > '~')
                return "client_order_id must contain only printable ASCII characters.";
        }
        command.ClientOrderId = id;
        return null;
    }

    /// <summary>No id of ours is past 63 bits; what is, is an id that nothing has.</summary>
    private static long ToId(ulong id) => id > long.MaxValue ? -1 : (long)id;

    /// <summary>An enum's number as the domain's enums have it; what none of them has is 255.</summary>
    private static byte ToByte(int number) => number is >= 0 and < byte.MaxValue ? (byte)number : byte.MaxValue;
}
