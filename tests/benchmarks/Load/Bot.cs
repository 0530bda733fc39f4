using Exchange.Markets;
using Event = Exchange.Protocol.V1.ServerMessage.EventOneofCase;
using V1 = Exchange.Protocol.V1;

namespace Exchange.Benchmarks.Load;

/// <summary>A client that trades: sends the mix, and keeps its account as the exchange tells it.</summary>
internal sealed class Bot(int port, OrderMix mix, BotTotals totals) : Client(port)
{
    private const int MaxInFlight = 1 << 14;

    private readonly V1.ClientMessage _request = new();
    private readonly V1.PlaceOrder _place = new();
    private readonly V1.ReplaceOrder _replace = new();
    private readonly V1.CancelOrder _cancel = new();
    private readonly long[] _plannedNs = new long[MaxInFlight];
    private readonly HashSet<long> _leaving = [];
    private ulong _lastRequest = 100;

    public KnownOrders Live { get; } = new();

    public long Cash { get; private set; }

    public long Position { get; private set; }

    public int InFlight { get; private set; }

    /// <summary>Adds a request of the mix to the next frame.</summary>
    /// <param name="plannedNs">When it was to be sent: what its answer's time is counted from.</param>
    public void QueueNext(long plannedNs)
    {
        CommandKind kind = mix.NextKind(out bool rests);
        if (kind == CommandKind.PlaceOrder || Live.Count == 0)
            QueuePlace(rests, plannedNs);
        else
            QueueChange(kind, plannedNs);
    }

    public void QueuePlace(bool rests, long plannedNs)
    {
        Side side;
        int price;
        long quantity;
        if (rests)
            mix.Place(out side, out price, out quantity);
        else
            mix.Take(totals.Live, out side, out price, out quantity);
        _place.MarketId = 1;
        _place.Side = (V1.Side)side;
        _place.Price = price;
        _place.Quantity = (uint)quantity;
        _place.TimeInForce = rests ? V1.TimeInForce.GoodTillCancelled : V1.TimeInForce.ImmediateOrCancel;
        _request.PlaceOrder = _place;
        Queue(plannedNs);
    }

    private void QueueChange(CommandKind kind, long plannedNs)
    {
        KnownOrder order = Live.Pick(mix.Random);
        for (int i = 0; i < 8 && _leaving.Contains(order.Id); i++)
            order = Live.Pick(mix.Random);
        if (kind == CommandKind.CancelOrder)
        {
            _cancel.OrderId = (ulong)order.Id;
            _leaving.Add(order.Id);
            _request.CancelOrder = _cancel;
        }
        else
        {
            mix.Replace(in order, totals.Live, out int? price, out long? quantity);
            _replace.OrderId = (ulong)order.Id;
            _replace.ClearPrice();
            _replace.ClearQuantity();
            if (price is { } p)
                _replace.Price = p;
            if (quantity is { } q)
                _replace.Quantity = (uint)q;
            _request.ReplaceOrder = _replace;
        }
        Queue(plannedNs);
    }

    private void Queue(long plannedNs)
    {
        _request.RequestId = ++_lastRequest;
        _plannedNs[_lastRequest % MaxInFlight] = plannedNs;
        InFlight++;
        Queue(_request);
    }

    protected override void OnMessage(ulong requestId, long sequence, int kind, ReadOnlySpan<byte> body)
    {
        switch ((Event)kind)
        {
            case Event.OrderChanged:
                OnOrder(body);
                Answered(requestId, refused: false);
                break;
            case Event.RequestFailed:
                if (requestId <= 100)
                    base.OnMessage(requestId, sequence, kind, body);
                Answered(requestId, refused: true);
                break;
            case Event.PortfolioChanged:
            case Event.PortfolioSnapshot:
                OnPortfolio(body);
                break;
            default:
                base.OnMessage(requestId, sequence, kind, body);
                break;
        }
    }

    private void Answered(ulong requestId, bool refused)
    {
        if (requestId <= 100)
            return;
        InFlight--;
        totals.Answered(Clock.Ns - _plannedNs[requestId % MaxInFlight], refused);
    }

    private void OnOrder(ReadOnlySpan<byte> body)
    {
        var changed = new ProtoReader(body);
        while (changed.Read())
        {
            if (changed.Field != V1.OrderChanged.OrderFieldNumber)
                continue;
            KnownOrder order = default;
            bool isLive = false;
            var reader = new ProtoReader(changed.Bytes);
            while (reader.Read())
            {
                switch (reader.Field)
                {
                    case V1.Order.OrderIdFieldNumber:
                        order.Id = (long)reader.Value;
                        break;
                    case V1.Order.SideFieldNumber:
                        order.Side = (Side)reader.Value;
                        break;
                    case V1.Order.PriceFieldNumber:
                        order.Price = (int)reader.Signed;
                        break;
                    case V1.Order.QuantityFieldNumber:
                        order.Quantity = (long)reader.Value;
                        break;
                    case V1.Order.RemainingFieldNumber:
                        order.Remaining = (long)reader.Value;
                        break;
                    case V1.Order.StatusFieldNumber:
                        isLive = reader.Value == (ulong)V1.OrderStatus.Live;
                        break;
                }
            }
            totals.Live -= Live.Count;
            Live.Update(in order, isLive);
            if (!isLive)
                _leaving.Remove(order.Id);
            totals.Live += Live.Count;
        }
    }

    /// <summary>A change and a snapshot begin with the same fields, and the snapshot is of an account that is new.</summary>
    private void OnPortfolio(ReadOnlySpan<byte> body)
    {
        var reader = new ProtoReader(body);
        while (reader.Read())
        {
            if (reader.Field == V1.PortfolioChanged.CashFieldNumber)
            {
                Cash = reader.Signed;
            }
            else if (reader.Field == V1.PortfolioChanged.PositionFieldNumber)
            {
                // A field that is zero is not on the wire.
                Position = 0;
                var position = new ProtoReader(reader.Bytes);
                while (position.Read())
                {
                    if (position.Field == V1.Position.QuantityFieldNumber)
                        Position = position.Signed;
                }
            }
        }
    }
}

/// <summary>What all bots of a run came to. They share a thread.</summary>
internal sealed class BotTotals
{
    /// <summary>Live orders of all bots.</summary>
    public int Live { get; set; }

    /// <summary>Requests answered as done, and so on disk.</summary>
    public long Durable { get; private set; }

    /// <summary>Requests refused: mostly changes of orders that another's had just filled.</summary>
    public long Refused { get; private set; }

    /// <summary>Where the times of answers go, while they are measured.</summary>
    public Latencies? Times { get; set; }

    public void Answered(long ns, bool refused)
    {
        if (refused)
            Refused++;
        else
            Durable++;
        if (!refused)
            Times?.Add(ns);
    }
}
