using System.Reflection;
using Exchange.History;
using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>What the audit log says, in sentences.</summary>
public sealed class AuditSentenceTests
{
    private static readonly RoomNames s_names = new(
        IsElevated: true, new() { [4] = "Rain tomorrow", [5] = "Snow" }, new() { [1] = "House", [12] = "Bob", [13] = "Cyn", [14] = "Dan", [15] = "Eve", [16] = "Fay" },
        new() { [2] = "Ann", [3] = "Bob" });

    private static string Say(Command command, long marketId = 0, long accountId = 0) => string.Concat(
        AuditSentence.Of(
            new AuditEntry(1, 1, 2, accountId, marketId, true, AuditSentence.WordOf(command.Kind), AuditDetail.Of(in command)), s_names).Select(p => p.Text));

    [Fact]
    public void Every_kind_of_command_that_is_audited_has_a_sentence() =>
        Assert.DoesNotContain(Enum.GetValues<CommandKind>(), k => CommandPolicy.Of(k).Auditing != Auditing.Never && !AuditSentence.Knows(k));

    [Fact]
    public void Markets()
    {
        Assert.Equal("Ann halted Rain tomorrow.", Say(new Command { Kind = CommandKind.SetMarketStatus, Status = MarketStatus.Halted }, 4));
        Assert.Equal("Ann set Rain tomorrow to cancel only.", Say(new Command { Kind = CommandKind.SetMarketStatus, Status = MarketStatus.CancelOnly }, 4));
        Assert.Equal("Ann settled Rain tomorrow at 60.50.", Say(new Command { Kind = CommandKind.SettleMarket, HasPrice = true, Price = new Price(60_50) }, 4));
        Assert.Equal("Ann undid the settlement of Rain tomorrow.", Say(new Command { Kind = CommandKind.UndoSettlement }, 4));
        var terms = new MarketTerms("Rain tomorrow", "", new Price(0), new Price(100_00), 1) { Category = "Weather" };
        Assert.Equal("Ann created Rain tomorrow from 0.00 to 100.00, category “Weather”.", Say(new Command { Kind = CommandKind.CreateMarket, Details = terms }, 4));
        Assert.Equal(
            "Ann created Rain tomorrow, a call at 50.00 on Snow.",
            Say(new Command { Kind = CommandKind.CreateMarket, Details = terms with { Category = "", Derivation = new Option(5, OptionKind.Call, OptionStyle.European, new Price(50_00)) } }, 4));
        var bots = new HouseBotsTerms(new(new HouseBot(HouseBotKind.Maker, HouseBotStrength.Normal), new HouseBot(HouseBotKind.Noise, HouseBotStrength.Gentle)));
        Assert.Equal("Ann set the house bots of Snow to normal maker, gentle noise.", Say(new Command { Kind = CommandKind.SetHouseBots, Details = bots }, 5));
        Assert.Equal("Ann took the house bots out of Snow.", Say(new Command { Kind = CommandKind.SetHouseBots, Details = new HouseBotsTerms(ValueList<HouseBot>.Empty) }, 5));
    }

    [Fact]
    public void People_and_money()
    {
        Assert.Equal("Ann made Bob an admin.", Say(new Command { Kind = CommandKind.SetRole, Details = new RoleTerms(3, Role.Admin) }));
        Assert.Equal("Ann took Bob out of the room.", Say(new Command { Kind = CommandKind.SetRole, Details = new RoleTerms(3, null) }));
        GrantTerms Grant(long[] to, long amount, bool force = false) => new(new(to), to.Length == 0, new Cash(amount), "Well done", force);
        Assert.Equal("Ann granted 500.00 to Bob, memo “Well done”.", Say(new Command { Kind = CommandKind.Grant, Details = Grant([12], 500_0000) }));
        Assert.Equal(
            "Ann granted 500.00 to Bob, Cyn, Dan and 2 more each, memo “Well done”.",
            Say(new Command { Kind = CommandKind.Grant, Details = Grant([12, 13, 14, 15, 16], 500_0000) }));
        Assert.Equal(
            "Ann took 5.00 back from every member, available or not, memo “Well done”.",
            Say(new Command { Kind = CommandKind.Grant, Details = Grant([], -5_0000, force: true) }));
        Assert.Equal(
            "Ann sent 3.00 from Bob to Cyn, without a memo.",
            Say(new Command { Kind = CommandKind.MakeTransfer, Details = new TransferTerms(13, new Cash(3_0000), "") }, accountId: 12));
        Assert.Equal(
            "Ann changed the room: by invitation, no join code, archived.",
            Say(new Command { Kind = CommandKind.UpdateRoom, Details = new RoomUpdate(null, JoinPolicy.Invite, null, null, true, "") }));
        Assert.Equal(
            "Ann placed an order to buy 5.00 at 42.00 in Snow as Bob.",
            Say(new Command { Kind = CommandKind.PlaceOrder, Side = Side.Buy, HasPrice = true, Price = new Price(42_00), HasQuantity = true, Quantity = new Quantity(5_00) }, 5, 12));
    }

    [Fact]
    public void Names_are_told_from_the_rest()
    {
        var entry = new AuditEntry(1, 1, 2, 0, 4, true, "SET_MARKET_STATUS", """{"status":"Halted"}""");
        Assert.Equal(
            [new SentencePart("Ann", UserId: 2), new SentencePart(" halted "), new SentencePart("Rain tomorrow", MarketId: 4), new SentencePart(".")],
            AuditSentence.Of(entry, s_names));
    }

    [Theory]
    [InlineData("SETTLE_MARKET", "price 50.00", "Ann – settle market Rain tomorrow (price 50.00).")]
    [InlineData("GRANT", "GrantTerms { Amount = 5.00 }", "Ann – grant Rain tomorrow (GrantTerms { Amount = 5.00 }).")]
    [InlineData("NO_LONGER_KNOWN", "{}", "Ann – no longer known Rain tomorrow ({}).")]
    [InlineData("UNDO_SETTLEMENT", "{broken", "Ann – undo settlement Rain tomorrow ({broken).")]
    public void Entries_of_before_are_drawn_too(string action, string detail, string expected) =>
        Assert.Equal(expected, string.Concat(AuditSentence.Of(new AuditEntry(1, 1, 2, 0, 4, true, action, detail), s_names).Select(p => p.Text)));

    [Fact]
    public void Every_field_that_a_change_of_a_market_or_room_may_have_is_said()
    {
        object ValueOf(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? ValueOf(inner)
            : type == typeof(string) ? "Something"
            : type == typeof(bool) ? true
            : type == typeof(ValueList<long>) ? new ValueList<long>(12)
            : type.IsPrimitive ? Convert.ChangeType(7, type)
            : type.IsEnum ? Enum.GetValues(type).GetValue(0)!
            : Activator.CreateInstance(type, [.. type.GetConstructors()[0].GetParameters().Select(p => Convert.ChangeType(7, p.ParameterType))])!;
        foreach (PropertyInfo field in typeof(MarketUpdate).GetProperties().Where(p => p.CanWrite))
        {
            var update = new MarketUpdate();
            field.SetValue(update, ValueOf(field.PropertyType));
            Assert.StartsWith("Ann changed Snow: ", Say(new Command { Kind = CommandKind.UpdateMarket, Details = update }, 5));
        }
        ConstructorInfo room = typeof(RoomUpdate).GetConstructors()[0];
        for (int i = 0; i < room.GetParameters().Length; i++)
        {
            object?[] values = new object?[room.GetParameters().Length];
            values[i] = ValueOf(room.GetParameters()[i].ParameterType);
            Assert.NotEqual("Ann changed the room: .", Say(new Command { Kind = CommandKind.UpdateRoom, Details = (CommandDetails)room.Invoke(values) }));
        }
    }
}
