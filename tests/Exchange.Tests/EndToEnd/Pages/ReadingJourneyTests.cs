using Exchange.Protocol.V1;
using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>What there is to read: the docs, the past, files of it, one's own stars.</summary>
public class ReadingJourneyTests
{
    [Fact]
    public async Task The_protocol_is_searched_linked_and_read_by_anyone()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage bob = await journey.TraderAsync("Bob");
        await journey.WalkAsync(async () =>
        {
            await ChooseAsync(bob, "Account and settings", "Docs");
            ILocator reference = bob.GetByRole(AriaRole.Region, new() { Name = "CancelAfter", Exact = true });
            await bob.GetByLabel("Search the protocol").FillAsync("dead man's switch");
            await Expect(reference).ToContainTextAsync("timeout_ms");
            await Expect(bob.GetByRole(AriaRole.Region, new() { Name = "CreateCode", Exact = true })).ToHaveCountAsync(0);
            await bob.ExpectAccessibleAsync();

            // A link to what the search hides shows it; so does its address, even to who is not signed in.
            await reference.GetByRole(AriaRole.Link, new() { Name = "CancelAfterChanged" }).Or(
                bob.GetByRole(AriaRole.Link, new() { Name = "CancelAfterChanged" })).First.ClickAsync();
            await Expect(bob).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("#CancelAfterChanged$"));
            await ChooseAsync(bob, "Account and settings", "Sign out");
            await bob.GotoAsync("/docs#PlaceOrder");
            await Expect(bob.GetByRole(AriaRole.Region, new() { Name = "PlaceOrder", Exact = true })).ToBeInViewportAsync();
        });
    }

    [Fact]
    public async Task The_help_for_traders_is_read_by_anyone_from_its_contents_and_from_where_one_is_new()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage bob = await journey.TraderAsync("Bob");
        await journey.WalkAsync(async () =>
        {
            await bob.GetByRole(AriaRole.Link, new() { Name = "Portfolio" }).ClickAsync();
            await bob.GetByRole(AriaRole.Link, new() { Name = "how trading works" }).ClickAsync();
            await Expect(bob.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Help");
            ILocator contents = bob.GetByRole(AriaRole.Navigation, new() { Name = "Contents" });
            await contents.GetByRole(AriaRole.Link, new() { Name = "Short selling and the worst case" }).ClickAsync();
            await Expect(bob.GetByRole(AriaRole.Heading, new() { Name = "Short selling and the worst case" })).ToBeInViewportAsync();
            await bob.ExpectAccessibleAsync();

            // Before signing in, too.
            await ChooseAsync(bob, "Account and settings", "Sign out");
            await contents.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
            await Expect(bob.GetByLabel("Password")).ToBeVisibleAsync();
            await bob.GetByRole(AriaRole.Link, new() { Name = "How it works" }).ClickAsync();
            await contents.GetByRole(AriaRole.Link, new() { Name = "Glossary" }).ClickAsync();
            await Expect(bob.GetByRole(AriaRole.Region, new() { Name = "Glossary" }).GetByText("Break-even", new() { Exact = true })).ToBeVisibleAsync();
            await bob.ExpectAccessibleAsync();
        });
    }

    [Fact]
    public async Task Fills_are_paged_and_saved_and_the_audit_trail_is_read()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.ElevatedAdminAsync("Ann");
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        ulong rain = await maker.CreateMarketAsync("Rain"), snow = await maker.CreateMarketAsync("Snow");
        await using Bot taker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Taker"));
        for (int i = 0; i < 30; i++)
        {
            await maker.PlaceAsync(rain, Side.Sell, 5_000, 100);
            await taker.PlaceAsync(rain, Side.Buy, 5_000, 100);
        }
        await journey.WalkAsync(async () =>
        {
            // Taker's own page: twenty-five fills, then all thirty; and as a file.
            IPage page = await journey.SignInAsync("Taker");
            await GoAsync(page, "Portfolio");
            ILocator fills = page.GetByRole(AriaRole.Region, new() { Name = "Fills" });
            await Expect(fills.GetByRole(AriaRole.Row)).ToHaveCountAsync(26);
            await Button(fills, "Older fills").ClickAsync();
            await Expect(fills.GetByRole(AriaRole.Row)).ToHaveCountAsync(31);
            IDownload file = await page.RunAndWaitForDownloadAsync(() => Button(fills, "CSV of fills").ClickAsync());
            Assert.Equal("main-trades.csv", file.SuggestedFilename);
            string[] lines = await File.ReadAllLinesAsync(await file.PathAsync());
            Assert.Equal(31, lines.Count(line => line.Length > 0));

            // A star is the reader's own, and stays.
            await GoAsync(page, "Markets");
            await Expect(page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("Snow");
            await page.GetByRole(AriaRole.Button, new() { Name = "Star Rain" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("Rain");
            await page.ReloadAsync();
            await Expect(page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("Rain");

            // What the admin does with powers on is on record.
            await GoAsync(ann, "Admin");
            await Button(ann, "Settle Snow").ClickAsync();
            await ann.GetByLabel("Settlement price").FillAsync("0");
            await Button(ann, "Settle at 0.00").ClickAsync();
            await ann.GetByRole(AriaRole.Tab, new() { Name = "Health" }).ClickAsync();
            await Expect(ann.GetByRole(AriaRole.List, new() { Name = "Health checks" })).ToContainTextAsync("/readyz says “ready”");
            await ann.GetByRole(AriaRole.Tab, new() { Name = "Audit log" }).ClickAsync();
            ILocator settled = ann.GetByRole(AriaRole.Row, new() { Name = "Ann settled Snow at 0.00." });
            await Expect(settled).ToContainTextAsync("as admin");
        });
    }
}
