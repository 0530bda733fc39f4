using System.Text.RegularExpressions;

namespace Exchange.Tests.EndToEnd;

/// <summary>What the executable says of itself, and what README says of it, are the same.</summary>
public partial class HelpTests
{
    [Fact]
    public async Task Readme_lists_every_setting_with_its_default()
    {
        (int exitCode, string help) = await PublishedExchange.RunAsync("help");
        Assert.Equal(0, exitCode);
        Dictionary<string, string> flags = FlagInHelp().Matches(help).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        Assert.InRange(flags.Count, 20, 100);
        string readme = await File.ReadAllTextAsync(ArchitectureTests.PathOf("README.md"));
        Dictionary<string, string> listed = FlagInReadme().Matches(readme).ToDictionary(m => m.Groups[1].Value, m => m.Groups[3].Value);
        Assert.Equal(flags.OrderBy(f => f.Key), listed.OrderBy(f => f.Key));
        Assert.All(FlagInReadme().Matches(readme), m => Assert.Equal("EXCHANGE_" + m.Groups[1].Value.ToUpperInvariant().Replace('-', '_'), m.Groups[2].Value));
    }

    [GeneratedRegex(@"^  --([a-z-]+) +.*?(?:\(default: (.*)\))?$", RegexOptions.Multiline)]
    private static partial Regex FlagInHelp();

    [GeneratedRegex(@"^\| `--([a-z-]+)` \| `([A-Z_]+)` \| (?:`([^`]*)`)? ?\|", RegexOptions.Multiline)]
    private static partial Regex FlagInReadme();
}
