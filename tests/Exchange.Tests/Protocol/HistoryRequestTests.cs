using Exchange.History;
using Exchange.Protocol;
using Exchange.Protocol.V1;
using Google.Protobuf.Reflection;

namespace Exchange.Tests.Protocol;

/// <summary>Requests for the past: read, or refused with a sentence that says what would be right.</summary>
public class HistoryRequestTests
{
    private static readonly Page s_tooMany = new() { Limit = 1_001 }, s_farTooMany = new() { Limit = uint.MaxValue },
        s_beyond = new() { After = ulong.MaxValue };

    public static TheoryData<string, ClientMessage> Wrong()
    {
        var data = new TheoryData<string, ClientMessage>
        {
            { "Name market_id, account_id", new ClientMessage { GetTrades = new GetTrades() } },
            { "status must be", new ClientMessage { GetOrders = new GetOrders { AccountId = 1, Status = (Exchange.Protocol.V1.OrderStatus)4 } } },
            { "status must be", new ClientMessage { GetOrders = new GetOrders { AccountId = 1, Status = (Exchange.Protocol.V1.OrderStatus)(-1) } } },
            { "interval must be", new ClientMessage { GetCandles = new GetCandles { MarketId = 1 } } },
            { "interval must be", new ClientMessage { GetCandles = new GetCandles { MarketId = 1, Interval = (CandleInterval)10 } } },
            { "0 or more", new ClientMessage { GetCandles = Candles(from: -1) } },
            { "0 or more", new ClientMessage { GetCandles = Candles(to: long.MinValue) } },
            { "later than from_time_us", new ClientMessage { GetCandles = Candles(from: 5, to: 5) } },
            { "limit must be 1 to 5,000", new ClientMessage { GetCandles = Candles(limit: 5_001) } },
            { "limit must be 1 to 5,000", new ClientMessage { GetCandles = Candles(limit: uint.MaxValue) } },
            { "0 or more", new ClientMessage { GetAuditTrail = new GetAuditTrail { FromTimeUs = -1 } } },
            { "to_time_us later", new ClientMessage { GetAuditTrail = new GetAuditTrail { FromTimeUs = 5, ToTimeUs = 5 } } },
            { "sequence must be", new ClientMessage { GetBook = new GetBook { MarketId = 1 } } },
            { "sequence must be", new ClientMessage { GetBook = new GetBook { MarketId = 1, Sequence = ulong.MaxValue } } },
            { "limit must be 1 to 10,000", new ClientMessage { GetBook = new GetBook { MarketId = 1, Sequence = 1, Limit = 10_001 } } },
        };
        foreach ((string sentence, Page page) in (IEnumerable<(string, Page)>)
            [("limit must be 1 to 1,000", s_tooMany), ("limit must be 1 to 1,000", s_farTooMany), ("after must be", s_beyond)])
        {
            foreach (FieldDescriptor field in Requests().Where(f => f.MessageType.FindFieldByName("page") is not null))
            {
                ClientMessage message = Message(field);
                var request = (Google.Protobuf.IMessage)field.Accessor.GetValue(message);
                field.MessageType.FindFieldByName("market_id")?.Accessor.SetValue(request, 1UL);
                field.MessageType.FindFieldByName("page").Accessor.SetValue(request, page);
                data.Add(sentence, message);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_field_that_cannot_be_is_refused_with_a_sentence(string sentence, ClientMessage message)
    {
        Assert.True(Session.TryReadHistory(message, out HistoryQuery? query, out string problem));
        Assert.Null(query);
        Assert.Contains(sentence, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_request_for_the_past_is_read()
    {
        FieldDescriptor[] requests = [.. Requests()];
        Assert.Equal(13, requests.Length);
        foreach (FieldDescriptor field in requests)
            Assert.True(Session.TryReadHistory(Message(field), out _, out _), field.Name);
        Assert.False(Session.TryReadHistory(new ClientMessage { Ping = new Ping() }, out _, out _));
    }

    [Fact]
    public void What_is_left_out_is_the_first_hundred_and_unknown_ids_are_nobodys()
    {
        Assert.True(Session.TryReadHistory(
            new ClientMessage { GetTrades = new GetTrades { MarketId = ulong.MaxValue } }, out HistoryQuery? query, out _));
        Assert.Equal(new TradesQuery(-1, 0, new PageWanted(0, 100)), query);
        Assert.True(Session.TryReadHistory(new ClientMessage { GetCandles = Candles() }, out query, out _));
        Assert.Equal(new CandlesQuery(1, 60_000_000, 0, long.MaxValue, 500), query);
    }

    private static IEnumerable<FieldDescriptor> Requests() =>
        ClientMessage.Descriptor.Fields.InFieldNumberOrder().Where(f => f.FieldNumber is >= 80 and <= 95 || f.Name == "get_notices");

    private static ClientMessage Message(FieldDescriptor field)
    {
        var message = new ClientMessage();
        field.Accessor.SetValue(message, field.MessageType.Parser.ParseFrom([]));
        return message;
    }

    private static GetCandles Candles(long from = 0, long to = 0, uint limit = 0) =>
        new() { MarketId = 1, Interval = CandleInterval._1Minute, FromTimeUs = from, ToTimeUs = to, Limit = limit };
}
