using Microsoft.Playwright;

namespace Exchange.Tests.EndToEnd;

/// <summary>What axe has to say about a page: WCAG 2.0, 2.1 and 2.2, levels A and AA, in both themes.</summary>
internal static class Accessibility
{
    /// <summary>Each violation with the elements it is about; empty when there are none.</summary>
    private const string Check = """
        async () => {
          const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
          const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
          return violations.flatMap(({ id, nodes }) => nodes.map(({ target, html, failureSummary }) =>
            `${id} at ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')} ${html.slice(0, 160)}`)).join('\n');
        }
        """;

    /// <summary>Makes axe known to every page of a browser, before the page's own scripts, so that its content policy can stay as it is.</summary>
    public static Task AddToAsync(IBrowserContext browser) => browser.AddInitScriptAsync(scriptPath: Script());

    /// <summary>Looks at the page as it stands, dark and light.</summary>
    public static async Task ExpectAccessibleAsync(this IPage page)
    {
        foreach (ColorScheme theme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            // Without motion nothing is caught halfway between two colours.
            await page.EmulateMediaAsync(new() { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
            await page.WaitForFunctionAsync(
                "dark => document.documentElement.classList.contains('dark') === dark", theme == ColorScheme.Dark);
            string violations = await page.EvaluateAsync<string>(Check);
            Assert.True(violations == "", $"{page.Url}, {theme}:\n{violations}");
        }
    }

    /// <summary>npm ci in frontend/ puts it there; tests/run does.</summary>
    private static string Script()
    {
        string path = ArchitectureTests.PathOf("frontend/node_modules/axe-core/axe.min.js");
        return File.Exists(path) ? path : throw new InvalidOperationException($"{path} is not there: run npm ci in frontend/.");
    }
}
