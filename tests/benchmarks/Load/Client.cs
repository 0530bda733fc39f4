using Event = Exchange.Protocol.V1.ServerMessage.EventOneofCase;
using V1 = Exchange.Protocol.V1;

namespace Exchange.Benchmarks.Load;

/// <summary>A client that comes in, subscribes if it is to, and counts what it hears.</summary>
internal class Client(int port) : WireConnection(port)
{
    public bool IsReady { get; private set; }

    public bool IsSubscribed { get; private set; }

    public long AccountId { get; private set; }

    public long BookChanges { get; private set; }

    public long Trades { get; private set; }

    /// <summary>How often it was told that it had read too slowly.</summary>
    public int Resynchronizations { get; private set; }

    public string? Refusal { get; private set; }

    public void Authenticate(string token)
    {
        Queue(new V1.ClientMessage { RequestId = 1, Authenticate = new V1.Authenticate { AccessToken = token } });
        Flush();
    }

    public void Subscribe()
    {
        var subscribe = new V1.Subscribe { All = true };
        subscribe.Channels.Add(V1.Channel.Book);
        subscribe.Channels.Add(V1.Channel.Trades);
        Queue(new V1.ClientMessage { RequestId = 2, Subscribe = subscribe });
        Flush();
    }

    public void CreateMarket()
    {
        var create = new V1.CreateMarket { Name = "Benchmark", MinPrice = 0, MaxPrice = 100_00 };
        Queue(new V1.ClientMessage { RequestId = 3, CreateMarket = create });
        Flush();
    }

    /// <summary>Whether a market has been told of.</summary>
    public bool HasMarket { get; private set; }

    protected override void OnMessage(ulong requestId, long sequence, int kind, ReadOnlySpan<byte> body)
    {
        switch ((Event)kind)
        {
            case Event.BookChanged:
                BookChanges++;
                break;
            case Event.Traded:
                Trades++;
                break;
            case Event.Authenticated:
                var reader = new ProtoReader(body);
                while (reader.Read())
                {
                    if (reader.Field == V1.Authenticated.AccountIdFieldNumber)
                        AccountId = (long)reader.Value;
                }
                break;
            case Event.Ready:
                IsReady = true;
                break;
            case Event.Subscribed:
                IsSubscribed = true;
                break;
            case Event.MarketChanged:
                HasMarket = true;
                break;
            case Event.Resynchronizing:
                Resynchronizations++;
                break;
            case Event.RequestFailed:
                Refusal ??= V1.RequestFailed.Parser.ParseFrom(body).ToString();
                break;
        }
    }
}
