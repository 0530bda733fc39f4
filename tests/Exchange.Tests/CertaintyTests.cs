using System.Text.RegularExpressions;

namespace Exchange.Tests;

/// <summary>
/// Tests are certain: none waits for time to pass, gives something less than <see cref="Patience.Limit"/> to come, or throws dice without a seed.
/// Instead of waiting to see that something does not happen, a test asks for something whose answer comes after it would have happened.
/// </summary>
public partial class CertaintyTests
{
    /// <summary>File, what is found there, and why it may be. It is found there, or the entry has to go.</summary>
    private static readonly (string File, string Found, string Why)[] s_allowed =
    [
        ("tests/Exchange.Tests/Patience.cs", "Task.Delay", "the one place where tests look again"),
        ("tests/Exchange.Tests/Markets/RandomRuns/RandomCommands.cs", "Stopwatch", "prints how long it took"),
        ("tests/Exchange.Tests/EndToEnd/Harness/PublishedExchange.cs", "Stopwatch", "of a stop, which is held against the framework's 30 s"),
        ("tests/Exchange.Tests/Auth/BuiltInSignInTests.cs", "Stopwatch", "compares two works that are equal, until the best of both are"),
        ("tests/Exchange.Tests/EndToEnd/Operating/ConnectionTests.cs", "Stopwatch", "a least time, which a busy machine can only make longer"),
        ("clients/python/tests/served.py", "time.sleep", "between two looks at what was printed"),
        ("clients/python/tests/test_faults.py", "time.sleep", "makes more frames; how many there were is checked"),
        ("clients/python/tests/fault_proxy.py", "asyncio.sleep", "lets a frame be read before the cut; nothing depends on it"),
        ("clients/python/tests/test_client.py", "timeout=0", "what never comes so, and that the time runs out is what is tested"),
        ("tests/Exchange.Tests/ArchitectureTests.cs", "Stopwatch", "one of the names it looks for"),
    ];

    [Fact]
    public void No_test_counts_on_time_or_chance()
    {
        var found = new HashSet<(string File, string Found)>();
        foreach ((string folder, string files, Regex forbidden) in (IEnumerable<(string, string, Regex)>)
            [("tests/Exchange.Tests", "*.cs", InCSharp()), ("clients/python/tests", "*.py", InPython()), ("frontend/src", "*.test.ts", InTypeScript())])
        {
            string[] paths = Directory.GetFiles(ArchitectureTests.PathOf(folder), files, SearchOption.AllDirectories);
            Assert.NotEmpty(paths);
            foreach (string path in paths.Where(p => Path.GetFileName(p) != "CertaintyTests.cs"))
            {
                string file = Path.GetRelativePath(ArchitectureTests.PathOf(""), path).Replace('\\', '/');
                found.UnionWith(forbidden.Matches(File.ReadAllText(path)).Select(m => (file, m.Value)));
            }
        }
        HashSet<(string File, string Found)> allowed = [.. s_allowed.Select(a => (a.File, a.Found))];
        Assert.Empty(found.Except(allowed));
        Assert.Empty(allowed.Except(found));
    }

    [Theory]
    [InlineData("await Task.Delay(50);", "Task.Delay")]
    [InlineData("await page.WaitForTimeoutAsync(500);", "WaitForTimeout")]
    [InlineData("new() { Timeout = 20_000 }", "Timeout = 2")]
    [InlineData("await task.WaitAsync(TimeSpan.FromSeconds(5));", "WaitAsync(TimeSpan.")]
    [InlineData("using var late = new CancellationTokenSource(TimeSpan.FromSeconds(5));", "new CancellationTokenSource(T")]
    [InlineData("var dice = new Random();", "new Random()")]
    public void It_finds_what_it_looks_for(string code, string found) => Assert.Equal(found, InCSharp().Match(code).Value);

    [GeneratedRegex(@"\bTask\.Delay\b|\bThread\.Sleep\b|\bWaitForTimeout|\bStopwatch\b|\bRandom\.Shared\b|\bnew Random\(\)|\bPeriodicTimer\b|\bSetDefaultTimeout\(\d|\bTimeout = \d|\bWaitAsync\(TimeSpan\.|\bnew CancellationTokenSource\([^)]|\bCancelAfter\(TimeSpan\b")]
    private static partial Regex InCSharp();

    [GeneratedRegex(@"\btime\.sleep\b|\basyncio\.sleep\b|\brandom\.(?:random|choice|randint)\b|\btimeout=\d")]
    private static partial Regex InPython();

    [GeneratedRegex(@"\bsetTimeout\b|\bMath\.random\b|\bDate\.now\b")]
    private static partial Regex InTypeScript();
}
