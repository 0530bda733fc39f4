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
