using Exchange.Protocol.V1;
using Google.Protobuf.Reflection;

namespace Exchange.Tests.EndToEnd;

/// <summary>Every field of every request, out of range, missing, absurd or hostile: refused by its number, with a sentence, changing nothing.</summary>
public class BadInputTests
{
    /// <summary>Fields for which any value means something, or whose badness is another field's, or that have tests of their own.</summary>
    private static readonly string[] s_neverWrong =
    [
        // Switches: true and false are all there is.
        "CreateMarket.pinned", "CreateMarket.anonymous", "UpdateMarket.pinned", "UpdateMarket.anonymous", "SetElevated.elevated",
        "SetCancelOnDisconnect.enabled", "Grant.force", "CreateApiKey.read_only",
        // Nobody has read beyond the last: see NoticesTests.
        "MarkNoticesRead.sequence",
        // A wrong code is just not the code: see RoomTests.
        "EnterRoom.join_code",
        // What a batch holds are the messages of the same names.
        "BatchItem.place", "BatchItem.replace", "BatchItem.cancel",
        // Before one is in: see NeighbourTests and the tests of sign-in.
        "Authenticate.access_token", "Authenticate.api_key", "Authenticate.id_token", "Authenticate.resume", "Authenticate.room", "Resume.epoch", "Resume.sequence",
        "Resume.subscriptions", "Resume.room_id", "Resume.elevated",
    ];

    [Fact]
    public async Task Every_row_of_the_table_is_refused_as_it_says_and_changes_nothing()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot admin = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Admin", exchange.SetupCode));
        await using Bot other = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Other"));
        BadInputIds ids = await PrepareAsync(admin, other);
        ulong before = await SequenceAsync(admin);
        var wrong = new List<string>();
        int count = 0;
        foreach (BadRequest row in BadInput.Rows(ids))
        {
            count++;
            ServerMessage answer = await admin.RequestAsync(row.Request);
            // Subscriptions are limited to 20 a second.
            await Patience.UntilAsync(
                async () => answer.RequestFailed?.Code != ErrorCode.RateLimited || (answer = await admin.RequestAsync(row.Request)) is null, "let through");
            string got = answer.RequestFailed is { } failed ? $"{failed.Code}: {failed.Message}" : $"done: {answer.EventCase}";
            if (answer.RequestFailed?.Code != row.Code || !answer.RequestFailed.Message.Contains(row.Says, StringComparison.OrdinalIgnoreCase)
                || !answer.RequestFailed.Message.EndsWith('.') || answer.RequestFailed.Message.Length > 500 || answer.Sequence != 0)
            {
                wrong.Add($"{row.Field}: {row.Code} with '{row.Says}' expected of {Short(row.Request)}\n    {got}");
            }
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {count} rows:\n{string.Join("\n", wrong.Take(40))}");
        Assert.True(count > 400, $"{count} rows");
        Assert.Equal(before, await SequenceAsync(admin));
    }

    [Fact]
    public void Every_field_of_every_request_has_a_row_in_the_table()
    {
        var rows = BadInput.Rows(new BadInputIds(1, 2, 3, 4, 5, 6, 7, 8, 9)).Select(r => r.Field).ToHashSet();
        var fields = new SortedSet<string>(StringComparer.Ordinal);
        // Requests for the past, 80 to 95 and 132, have a table of their own: HistoryRequestTests.
        foreach (FieldDescriptor request in ClientMessage.Descriptor.Oneofs[0].Fields.Where(f => f.FieldNumber is (< 80 or > 95) and not 132))
            AddFields(request.MessageType, fields);
        Assert.Empty(fields.Except(rows).Except(s_neverWrong));
        Assert.Empty(rows.Except(fields));
        Assert.Empty(s_neverWrong.Except(fields));
    }

    private static void AddFields(MessageDescriptor message, SortedSet<string> fields)
    {
        foreach (FieldDescriptor field in message.Fields.InDeclarationOrder())
        {
            if (fields.Add($"{message.Name}.{field.Name}") && field.FieldType == FieldType.Message)
                AddFields(field.MessageType, fields);
        }
    }

    private static async Task<BadInputIds> PrepareAsync(Bot admin, Bot other)
    {
        await admin.ElevateAsync();
        ulong market = await admin.CreateMarketAsync("Market");
        ulong basket = await admin.CreateAsync(new CreateMarket { Name = "Basket", Basket = new Basket { Constituents = { new Constituent { MarketId = market, Multiplier = 2 } } } });
        ulong option = await admin.CreateAsync(new CreateMarket
        {
            Name = "Option", Option = new Option { UnderlyingMarketId = market, Kind = OptionKind.Put, Style = OptionStyle.American, Strike = 5_000 },
        });
        Order order = await admin.OrderAsync(new PlaceOrder { MarketId = market, Side = Side.Buy, Price = 1_000, Quantity = 100 });
        ulong user = other.UserId();
        await other.OpenRoomAsync("elsewhere");
        await other.EnterAsync("elsewhere");
        ulong otherRoomsMarket = await other.CreateMarketAsync("There");
        return new BadInputIds(
            market, basket, option, otherRoomsMarket, other.AccountId(), admin.AccountId(), House: 1, user, order.OrderId);
    }

    private static async Task<ulong> SequenceAsync(Bot bot) =>
        (await bot.DoAsync(new ClientMessage { GetLeaderboard = new GetLeaderboard() })).Sequence;

    private static string Short(ClientMessage request)
    {
        string text = request.ToString();
        return text.Length > 200 ? text[..200] + "…" : text;
    }
}
