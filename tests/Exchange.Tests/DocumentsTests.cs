using System.Text.RegularExpressions;

namespace Exchange.Tests;

/// <summary>The documents can be followed.</summary>
public partial class DocumentsTests
{
    public static TheoryData<string> Documents => [.. Directory.GetFiles(ArchitectureTests.PathOf("docs"), "*.md").Select(f => $"docs/{Path.GetFileName(f)}"),
        "README.md", "ARCHITECTURE.md", "CHANGELOG.md", "clients/python/README.md"];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Every_link_into_the_project_leads_somewhere(string document)
    {
        string path = ArchitectureTests.PathOf(document), folder = Path.GetDirectoryName(path)!;
        foreach (Match link in Link().Matches(await File.ReadAllTextAsync(path)))
        {
            string target = link.Groups[1].Value, anchor = link.Groups[2].Value;
            string file = target.Length == 0 ? path : Path.GetFullPath(Path.Combine(folder, target));
            Assert.True(Path.Exists(file), $"{document} links to {target}.");
            if (anchor.Length > 0 && file.EndsWith(".md", StringComparison.Ordinal))
                Assert.Contains(anchor, Heading().Matches(await File.ReadAllTextAsync(file)).Select(h => AnchorOf(h.Groups[1].Value)));
        }
    }

    /// <summary>
    /// Documents, the schema, the help and the refusals: what people read. docs/style.md is left out, as it names the words, and so is what is
    /// made from the schema.
    /// </summary>
    public static TheoryData<string> Read => [.. TextsOf("docs", "*.md").Where(f => Path.GetFileName(f) is not ("style.md" or "protocol.md")),
        "README.md", "ARCHITECTURE.md", "CHANGELOG.md", "clients/python/README.md",
        .. TextsOf("Protocol", "*.proto"), .. TextsOf("Markets", "Refusals*.cs"), .. TextsOf("Hosting/Configuration", "*.cs"),
        .. TextsOf("Hosting/Commands", "*.cs"), .. TextsOf("clients/python/src/exchange", "*.py").Where(f => !f.Contains("/proto/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Read))]
    public async Task What_people_read_has_none_of_the_words_that_the_style_replaces(string file)
    {
        string[] lines = await File.ReadAllLinesAsync(ArchitectureTests.PathOf(file));
        IEnumerable<string> found = lines.SelectMany((line, i) => s_replaced.Where(r => Regex.IsMatch(line, r.Pattern, RegexOptions.IgnoreCase))
            .Select(r => $"{file}:{i + 1}: say {r.Say}: {line.Trim()}"));
        Assert.Equal([], found);
    }

    [Fact]
    public async Task The_style_lists_the_words_that_are_looked_for()
    {
        string style = await File.ReadAllTextAsync(ArchitectureTests.PathOf("docs/style.md"));
        Assert.All(s_replaced, r => Assert.Matches($@"(?m)^\| {Regex.Escape(r.Say)}[ ,]", style));
        // Each pattern finds what it is for.
        Assert.All(s_replaced, r => Assert.Matches(new Regex(r.Pattern, RegexOptions.IgnoreCase), r.Example));
    }

    /// <summary>The words of docs/style.md that a text alone gives away: how they are found, what to say instead, and an example.</summary>
    private static readonly (string Pattern, string Say, string Example)[] s_replaced =
    [
        (@"\bwhoever\b", "anybody who", "Whoever has the code"),
        (@"\banew\b", "again", "sign in anew"),
        (@"\breckon", "calculate", "is reckoned"),
        (@"\bmend(s|ed|ing)?\b", "fix", "mend the cause"),
        (@"\bpass(es|ed)? over\b", "ignore", "is passed over"),
        (@"\b(any|no) ?more[.;,)]", "no longer", "is no admin any more."),
        (@"\bfree money\b", "available", "as free money"),
        (@"\bnobody more\b", "closed", "Nobody more"),
        (@"\bas (it|they) now (is|are)\b", "current", "orders as they now are"),
        (@"\b(taken?|takes?|taking) (it |them |him |her )?out of (the|a|your) room\b", "remove", "is taken out of the room"),
        (@"(?<!there )\bis no (setting|command|parameter|admin|basket|option|copy)\b", "is not a setting", "--x is no setting"),
        (@"\b(received|paid|equity|fees) less\b", "minus", "equity less net deposits"),
        (@"\bhow (the |an |each )?\w+ do(es)?\b", "is doing", "how the exchange does"),
        (@"\b(asks?|asking|questions?) (for|about) the past\b", "history, query", "questions about the past"),
        (@"\b(was|were|been|is|are) told\b", "send, receive", "what was told"),
        (@"\bworst (it|each market|they|a position) can\b", "worst case", "the worst it can come to"),
    ];

    private static IEnumerable<string> TextsOf(string folder, string pattern)
    {
        string root = ArchitectureTests.PathOf(".");
        return Directory.GetFiles(ArchitectureTests.PathOf(folder), pattern, SearchOption.AllDirectories).Select(f => Path.GetRelativePath(root, f)).Order();
    }

    [Fact]
    public async Task The_readme_is_short() =>
        Assert.InRange((await File.ReadAllLinesAsync(ArchitectureTests.PathOf("README.md"))).Length, 50, 150);

    /// <summary>As GitHub makes it.</summary>
    private static string AnchorOf(string heading) => NotInAnchors().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
