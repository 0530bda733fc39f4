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

    [Theory]
    [InlineData("Markets", "Storage", "Protocol", "Auth", "Hosting", "Bots", "Demo", "Google.Protobuf", "Microsoft.Data.Sqlite", "System.Net", "TimeProvider", "DateTime", "Stopwatch", "Random")]
    [InlineData("Bots", "Storage", "Protocol", "Auth", "Hosting", "Demo", "Google.Protobuf", "Microsoft.Data.Sqlite", "System.Net", "TimeProvider", "DateTime", "Stopwatch", "Random")]
    [InlineData("Demo", "Storage", "Protocol", "Auth", "Hosting", "Google.Protobuf", "Microsoft.Data.Sqlite", "System.Net", "TimeProvider", "DateTime", "Stopwatch", "Random")]
    [InlineData("Storage", "Protocol", "Auth", "Hosting", "Bots", "Demo", "Google.Protobuf", "System.Net")]
    [InlineData("Protocol", "Storage", "Auth", "Hosting", "Bots", "Demo", "Microsoft.Data.Sqlite", "Microsoft.AspNetCore")]
    [InlineData("Auth", "Markets", "Storage", "Protocol", "Hosting", "Bots", "Demo", "Google.Protobuf", "Microsoft.Data.Sqlite")]
    public void A_folder_knows_only_whom_it_may(string folder, params string[] strangers)
    {
        string[] own = ["Markets", "Storage", "Protocol", "Auth", "Bots", "Demo", "Hosting"];
        string[] files = Directory.GetFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            string code = Comments().Replace(File.ReadAllText(file), "");
            foreach (string stranger in strangers)
            {
                string pattern = own.Contains(stranger) ? $@"\bExchange\.{stranger}\b" : $@"\b{Regex.Escape(stranger)}\b";
                Assert.False(Regex.IsMatch(code, pattern), $"{Path.GetRelativePath(Root(), file)} knows {stranger}.");
            }
        }
    }

    [Fact]
    public void Every_refusal_of_the_domain_has_its_number_in_the_protocol()
    {
        foreach (RefusalCode code in Enum.GetValues<RefusalCode>().Where(c => c != RefusalCode.None))
            Assert.Equal(code.ToString(), ((V1.ErrorCode)code).ToString());
    }

    [Fact]
    public void The_domains_enums_are_the_protocols()
    {
        Same<Side, V1.Side>();
        Same<TimeInForce, V1.TimeInForce>();
        Same<OrderStatus, V1.OrderStatus>();
        Same<OrderReason, V1.OrderReason>();
        Same<MarketStatus, V1.MarketStatus>();
        Same<HouseBotKind, V1.HouseBotKind>();
        Same<HouseBotStrength, V1.HouseBotStrength>();
        Same<WhoMayCreateMarkets, V1.WhoMayCreateMarkets>();

        static void Same<TDomain, TProtocol>() where TDomain : struct, Enum where TProtocol : struct, Enum
        {
            Assert.Equal(
                Enum.GetValues<TDomain>().Select(v => $"{Convert.ToInt32(v)} {v}"),
                Enum.GetValues<TProtocol>().Where(v => Convert.ToInt32(v) != 0).Select(v => $"{Convert.ToInt32(v)} {v}"));
        }
    }

    [Fact]
    public void The_tags_that_frames_are_laid_together_with_are_the_schemas()
    {
        Assert.Equal(FrameBuffer.MessagesTag, (V1.ServerFrame.MessagesFieldNumber << 3) | 2);
        Assert.Equal(FrameBuffer.FrameNumberTag, V1.ServerFrame.FrameNumberFieldNumber << 3);
        Assert.Equal(FrameBuffer.RequestIdTag, V1.ServerMessage.RequestIdFieldNumber << 3);
    }

    [GeneratedRegex(@"//.*")]
    private static partial Regex Comments();
}
