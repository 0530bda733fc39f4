using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Exchange.Markets;
using Exchange.Protocol;
using V1 = Exchange.Protocol.V1;

namespace Exchange.Tests;

/// <summary>Who may know whom, and that numbers written twice agree.</summary>
public partial class ArchitectureTests
{
    internal static string PathOf(string file) => Path.Combine(Root(), file);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../.."));

    /// <summary>The folders of the program, and what none of their code may refer to: other folders, by their namespaces, and libraries.</summary>
    public static TheoryData<string, string[]> Arrows => new()
    {
        { "Spelling", [.. Above("Spelling"), .. s_outside] },
        { "Markets", [.. Above("Markets"), .. s_outside] },
        // It writes times as people read them; what it never does is ask for the time.
        { "History", [.. Above("History"), .. s_outside.Except(["System.DateTimeOffset"])] },
        { "Bots", ["History", "Storage", "Protocol", "Auth", "Hosting", "Demo", .. s_outside] },
        { "Demo", ["History", "Storage", "Protocol", "Auth", "Hosting", .. s_outside] },
        { "Storage", ["Protocol", "Auth", "Hosting", "Bots", "Demo", "Google.Protobuf", "System.Net"] },
        { "Protocol", ["Storage", "Auth", "Hosting", "Bots", "Demo", "Microsoft.Data.Sqlite", "Microsoft.AspNetCore"] },
        { "Auth", ["Markets", "History", "Storage", "Protocol", "Hosting", "Bots", "Demo", "Google.Protobuf", "Microsoft.Data.Sqlite"] },
    };

    /// <summary>The clock, chance, the network and the disk: the domain is given what it needs of them.</summary>
    private static readonly string[] s_outside =
    [
        "Google.Protobuf", "Microsoft.Data.Sqlite", "System.Net", "System.TimeProvider", "System.DateTime", "System.DateTimeOffset",
        "System.Diagnostics.Stopwatch", "System.Random",
    ];

    private static string[] Above(string folder)
    {
        string[] folders = ["Spelling", "Markets", "History", "Storage", "Protocol", "Auth", "Bots", "Demo", "Hosting"];
        return [.. folders.SkipWhile(f => f != folder).Skip(1)];
    }

    /// <summary>Read from the compiled program: every type that a folder's code mentions in a signature, a field or a method's body.</summary>
    [Theory]
    [MemberData(nameof(Arrows))]
    public void A_folder_knows_only_whom_it_may(string folder, string[] strangers)
    {
        string[] forbidden = [.. strangers.Select(s => char.IsUpper(s[0]) && !s.Contains('.') ? $"Exchange.{s}" : s)];
        Type[] types = [.. typeof(Venue).Assembly.GetTypes().Where(t => IsIn(t, $"Exchange.{folder}"))];
        Assert.NotEmpty(types);
        string[] found =
        [
            .. from type in types
               from mentioned in References.Of(type)
               where Array.Exists(forbidden, f => IsIn(mentioned, f))
               select $"{type.FullName} knows {mentioned.FullName}",
        ];
        Assert.Empty(found.Distinct().Order());
    }

    private static bool IsIn(Type type, string name) =>
        type.FullName == name || type.Namespace == name || (type.Namespace?.StartsWith(name + ".", StringComparison.Ordinal) ?? false);

    [Fact]
    public void Every_refusal_of_the_domain_has_its_number_in_the_protocol()
    {
        foreach (RefusalCode code in Enum.GetValues<RefusalCode>().Where(c => c != RefusalCode.None))
            Assert.Equal(code.ToString(), ((V1.ErrorCode)code).ToString());
    }

    /// <summary>Enums of the domain that are cast to the protocol's by number.</summary>
    private static readonly (Type Domain, Type Protocol)[] s_castByNumber =
    [
        (typeof(Side), typeof(V1.Side)),
        (typeof(TimeInForce), typeof(V1.TimeInForce)),
        (typeof(OrderStatus), typeof(V1.OrderStatus)),
        (typeof(OrderReason), typeof(V1.OrderReason)),
        (typeof(MarketStatus), typeof(V1.MarketStatus)),
        (typeof(HouseBotKind), typeof(V1.HouseBotKind)),
        (typeof(HouseBotStrength), typeof(V1.HouseBotStrength)),
        (typeof(WhoMayCreateMarkets), typeof(V1.WhoMayCreateMarkets)),
        (typeof(JoinPolicy), typeof(V1.JoinPolicy)),
        (typeof(Role), typeof(V1.Role)),
        (typeof(AccountRole), typeof(V1.AccountRole)),
        (typeof(TransferKind), typeof(V1.TransferKind)),
        (typeof(OptionKind), typeof(V1.OptionKind)),
        (typeof(OptionStyle), typeof(V1.OptionStyle)),
        (typeof(ConversionDirection), typeof(V1.ConversionDirection)),
    ];

    [Fact]
    public void The_domains_enums_are_the_protocols()
    {
        foreach ((Type domain, Type protocol) in s_castByNumber)
            Assert.Equal(NumberedNames(domain), NumberedNames(protocol).Where(n => !n.StartsWith("0 ", StringComparison.Ordinal)));

        static IEnumerable<string> NumberedNames(Type type) =>
            Enum.GetValues(type).Cast<object>().Select(v => $"{Convert.ToInt32(v)} {v}");
    }

    /// <summary>Refusal codes are compared by a test of their own.</summary>
    [Fact]
    public void No_enum_that_is_cast_by_number_is_left_out()
    {
        string[] compared = [.. s_castByNumber.Select(c => c.Protocol.Name), nameof(V1.ErrorCode)];
        IEnumerable<string> cast = Directory.GetFiles(PathOf("Protocol"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => CastToProtocol().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value);
        Assert.All(cast.Distinct(), name => Assert.Contains(name, compared));
    }

    /// <summary>At run time both throw on an event they do not know; this names it before it happens.</summary>
    [Theory]
    [InlineData("Storage", "WalWriter*.cs")]
    [InlineData("Protocol", "Publisher*.cs")]
    public void The_writer_and_the_publisher_name_every_event(string folder, string files)
    {
        string code = string.Concat(Directory.GetFiles(Path.Combine(Root(), folder), files, SearchOption.AllDirectories)
            .Select(f => Comments().Replace(File.ReadAllText(f), "")));
        Type[] events = [.. typeof(VenueEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(VenueEvent)))];
        Assert.True(events.Length > 30);
        Assert.All(events, e => Assert.Matches($@"\b(case|or) {e.Name}\b", code));
    }

    [Fact]
    public void The_tags_that_frames_are_laid_together_with_are_the_schemas()
    {
        Assert.Equal(FrameBuffer.MessagesTag, (V1.ServerFrame.MessagesFieldNumber << 3) | 2);
        Assert.Equal(FrameBuffer.FrameNumberTag, V1.ServerFrame.FrameNumberFieldNumber << 3);
        Assert.Equal(FrameBuffer.RequestIdTag, V1.ServerMessage.RequestIdFieldNumber << 3);
    }

    [GeneratedRegex(@"\(V1\.(\w+)\)")]
    private static partial Regex CastToProtocol();

    [GeneratedRegex(@"//.*")]
    private static partial Regex Comments();
}
