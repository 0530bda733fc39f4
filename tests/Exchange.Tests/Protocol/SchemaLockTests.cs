using Google.Protobuf.Reflection;
using V1 = Exchange.Protocol.V1;

namespace Exchange.Tests.Protocol;

/// <summary>
/// Clients of an earlier version go on working: what is on the wire is only added to. `Protocol/schema.lock` has all that was ever there.
/// What is new is added to it by `tests/schema-lock`.
/// </summary>
public class SchemaLockTests
{
    /// <summary>Where the lock file is, for the command that adds to it.</summary>
    private static readonly string s_lock = ArchitectureTests.PathOf("Protocol/schema.lock");

    [Fact]
    public async Task Nothing_that_was_on_the_wire_is_removed_renumbered_or_retyped()
    {
        string[] locked = await File.ReadAllLinesAsync(s_lock);
        string[] now = [.. Lines(V1.ExchangeReflection.Descriptor)];
        Assert.Equal([], Broken(locked, now));

        string[] missing = [.. now.Except(locked)];
        if (Environment.GetEnvironmentVariable("EXCHANGE_ADD_TO_SCHEMA_LOCK") == "1")
            await File.WriteAllLinesAsync(s_lock, locked.Concat(missing).Order(StringComparer.Ordinal));
        else
            Assert.True(missing.Length == 0, $"Not in Protocol/schema.lock yet; run tests/schema-lock to add it:\n{string.Join('\n', missing)}");
    }

    [Theory]
    [InlineData("field exchange.v1.PlaceOrder 2 side enum:exchange.v1.Side single")]
    [InlineData("value exchange.v1.Side 1 SIDE_BUY")]
    public async Task Each_way_of_breaking_it_is_noticed(string line)
    {
        string[] locked = await File.ReadAllLinesAsync(s_lock);
        Assert.Contains(line, locked);
        string[] words = line.Split(' ');
        string[] others = [.. locked.Where(l => l != line)];
        string Changed(int word, string to) => string.Join(' ', words.Select((w, i) => i == word ? to : w));

        Assert.Equal([line], Broken(locked, others));
        Assert.Equal([line], Broken(locked, [.. others, Changed(2, "999")]));
        Assert.Equal([line], Broken(locked, [.. others, Changed(3, "renamed")]));
        if (words[0] == "field")
        {
            Assert.Equal([line], Broken(locked, [.. others, Changed(4, "string")]));
            Assert.Equal([line], Broken(locked, [.. others, Changed(5, "repeated")]));
        }
        Assert.Empty(Broken(locked, [.. locked, Changed(2, "999")]));
    }

    /// <summary>What was there and is no longer, or no longer the same.</summary>
    private static string[] Broken(string[] locked, string[] now) => [.. locked.Except(now)];

    /// <summary>A line for each field and each value of an enumeration, of a file and of those it imports.</summary>
    private static IEnumerable<string> Lines(FileDescriptor file) => file.Dependencies.SelectMany(Lines)
        .Concat(file.MessageTypes.SelectMany(Lines))
        .Concat(file.EnumTypes.SelectMany(Lines))
        .Distinct();

    private static IEnumerable<string> Lines(MessageDescriptor message) => message.Fields.InFieldNumberOrder().Select(Line)
        .Concat(message.NestedTypes.SelectMany(Lines))
        .Concat(message.EnumTypes.SelectMany(Lines));

    private static IEnumerable<string> Lines(EnumDescriptor type) => type.Values.Select(v => $"value {type.FullName} {v.Number} {v.Name}");

    private static string Line(FieldDescriptor field)
    {
        string type = field.FieldType switch
        {
            FieldType.Message => $"message:{field.MessageType.FullName}",
            FieldType.Enum => $"enum:{field.EnumType.FullName}",
            _ => field.FieldType.ToString().ToLowerInvariant(),
        };
        string how = field.IsMap ? "map" : field.IsRepeated ? "repeated"
            : field.RealContainingOneof is { } oneof ? $"oneof:{oneof.Name}"
            : field.HasPresence && field.FieldType != FieldType.Message ? "optional" : "single";
        return $"field {field.ContainingType.FullName} {field.FieldNumber} {field.Name} {type} {how}";
    }
}
