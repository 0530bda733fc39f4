using System.Text.RegularExpressions;

namespace Exchange.Tests.EndToEnd;

/// <summary>What the executable says of itself, and what docs/settings.md says of it, are the same.</summary>
public partial class HelpTests
{
    [Fact]
    public async Task The_documents_list_every_setting_with_its_default()
    {
        (int exitCode, string help) = await PublishedExchange.RunAsync("help");
        Assert.Equal(0, exitCode);
        Dictionary<string, string> flags = FlagInHelp().Matches(help).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        Assert.InRange(flags.Count, 20, 100);
        string listing = await File.ReadAllTextAsync(ArchitectureTests.PathOf("docs/settings.md"));
        Dictionary<string, string> listed = FlagInDocument().Matches(listing).ToDictionary(m => m.Groups[1].Value, m => m.Groups[3].Value);
        Assert.Equal(flags.OrderBy(f => f.Key), listed.OrderBy(f => f.Key));
        Assert.All(FlagInDocument().Matches(listing), m => Assert.Equal("EXCHANGE_" + m.Groups[1].Value.ToUpperInvariant().Replace('-', '_'), m.Groups[2].Value));
    }

    [Fact]
    public async Task Commands_come_first_and_each_tells_more_of_itself()
    {
        (int exitCode, string help) = await PublishedExchange.RunAsync("--help");
        Assert.Equal(0, exitCode);
        string[] commands = [.. CommandInHelp().Matches(help).Select(m => m.Groups[1].Value)];
        Assert.Equal(["serve", "demo", "verify", "admin", "backup", "export", "restore", "help", "version"], commands);
        Assert.True(help.IndexOf("exchange version", StringComparison.Ordinal) < help.IndexOf("--", help.IndexOf("Settings", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.All(help.Split('\n'), line => Assert.True(line.Length <= 150, line));
        foreach (string heading in (string[])["Network", "Data", "Sign-in", "Limits", "Demo"])
            Assert.Contains($"\n{heading}\n  --", help, StringComparison.Ordinal);

        // Each in both ways, alike; a command that takes settings lists them.
        foreach (string command in commands)
        {
            (int code, string own) = await PublishedExchange.RunAsync(command, "--help");
            Assert.Equal(0, code);
            if (command != "help")
            {
                Assert.Equal((0, own), await PublishedExchange.RunAsync("help", command));
                Assert.StartsWith(command == "serve" ? "exchange [serve] - " : $"exchange {command} - ", own, StringComparison.Ordinal);
            }
        }
        (_, string admin) = await PublishedExchange.RunAsync("admin", "grant", "--help");
        Assert.Contains("exchange admin join-code off", admin, StringComparison.Ordinal);
        (int wrong, string sentence) = await PublishedExchange.RunAsync("help", "everything");
        Assert.Equal(2, wrong);
        Assert.Contains("'everything' is not a command; the commands are serve, demo, verify, admin, backup, export, restore, help and version.", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("`exchange serve` does not take --seed. `exchange serve --help` lists what it takes.", "--seed", "3")]
    [InlineData("`exchange verify` does not take --accept-damage.", "verify", "--accept-damage")]
    [InlineData("`exchange verify` does not take --port.", "verify", "--port", "9000")]
    [InlineData("`exchange demo` does not take --authority.", "demo", "--authority=https://issuer.example")]
    [InlineData("allowed-origins has 'foo'; it must be an origin such as https://exchange.school.edu, without a path.", "serve", "--allowed-origins", "foo", "--allow-remote-sign-in", "true")]
    public async Task A_flag_that_a_command_has_no_use_for_is_refused(string sentence, params string[] args)
    {
        string directory = PublishedExchange.NewDirectory();
        (int exitCode, string output) = await PublishedExchange.RunAsync([.. args, "--data", directory]);
        Assert.Equal(2, exitCode);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^  exchange \[?([a-z]+)\]? ", RegexOptions.Multiline)]
    private static partial Regex CommandInHelp();

    [GeneratedRegex(@"^  --([a-z-]+) +.*?(?:\(default: (.*)\))?$", RegexOptions.Multiline)]
    private static partial Regex FlagInHelp();

    [GeneratedRegex(@"^\| `--([a-z-]+)` \| `([A-Z_]+)` \| (?:`([^`]*)`)? ?\|", RegexOptions.Multiline)]
    private static partial Regex FlagInDocument();
}
