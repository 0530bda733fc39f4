using Exchange.Protocol.V1;
using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>People in the browser: who is here, all of one of them, what one is told, and what happened in sentences.</summary>
public class PeopleJourneyTests
{
    [Fact]
    public async Task An_admin_sees_who_is_here_sorts_and_opens_all_of_a_member()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.ElevatedAdminAsync("Ann");
        IPage bob = await journey.TraderAsync("Bob");
        await using Bot cyn = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Cyn"));
        ulong rain = await cyn.CreateMarketAsync("Rain");
        await cyn.PlaceAsync(rain, Side.Sell, 6_000, 300);
        await using Bot dan = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Dan"));
        await dan.PlaceAsync(rain, Side.Buy, 6_000, 100);
        await dan.PlaceAsync(rain, Side.Buy, 4_000, 200);
        await journey.WalkAsync(async () =>
        {
            await GoAsync(ann, "Admin");
            await ann.GetByRole(AriaRole.Tab, new() { Name = "Members" }).ClickAsync();
            ILocator members = ann.GetByRole(AriaRole.Table, new() { Name = "Members" });
            ILocator danRow = members.GetByRole(AriaRole.Row, new() { Name = "Dan" });
            await Expect(danRow).ToContainTextAsync("Online");
            await Expect(danRow).ToContainTextAsync("−10.00");
            await Expect(ann.GetByRole(AriaRole.Heading, new() { Name = "Members · 4, 4 online" })).ToBeVisibleAsync();

            // By profit, least first after the second press; and only those of a name.
            await Button(members, "Profit").ClickAsync();
            await Expect(members.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("Cyn");
            await Button(members, "Profit").ClickAsync();
            await Expect(members.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("Dan");
            await ann.GetByLabel("Search members").FillAsync("bo");
            await Expect(members.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
            await bob.GotoAsync("about:blank");
            await Expect(members).Not.ToContainTextAsync("Online");
            await Expect(members).Not.ToContainTextAsync("Never online");
            await ann.GetByLabel("Search members").FillAsync("");

            // All of Dan: money, position, order, fills; and his orders as a file.
            await danRow.GetByRole(AriaRole.Link, new() { Name = "Dan" }).ClickAsync();
            await Expect(ann.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Dan");
            await Expect(ann.GetByRole(AriaRole.Region, new() { Name = "Positions" })).ToContainTextAsync("+1.00");
            await Expect(ann.GetByRole(AriaRole.Region, new() { Name = "Open orders" })).ToContainTextAsync("40.00");
            ILocator fills = ann.GetByRole(AriaRole.Region, new() { Name = "Fills" });
            await Expect(fills).ToContainTextAsync("Bought");
            await Expect(ann.GetByRole(AriaRole.Region, new() { Name = "Transfers" })).ToContainTextAsync("+10,000.00");
            IDownload file = await ann.RunAndWaitForDownloadAsync(() => Button(fills, "CSV of all orders").ClickAsync());
            Assert.Equal(3, (await File.ReadAllLinesAsync(await file.PathAsync())).Count(line => line.Length > 0));
            await ann.ExpectAccessibleAsync();
            // Whom he traded with leads on.
            await fills.GetByRole(AriaRole.Link, new() { Name = "Cyn" }).ClickAsync();
            await Expect(ann.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Cyn");

            // To others names lead nowhere, nor does the address.
            await bob.GotoAsync($"{journey.Exchange.Address}leaderboard");
            await Expect(bob.GetByRole(AriaRole.Row, new() { Name = "Dan" })).ToBeVisibleAsync();
            await Expect(bob.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
            await bob.GotoAsync($"{journey.Exchange.Address}people/{dan.UserId()}");
            await Expect(bob.GetByText("Only admins see this page")).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task What_others_did_is_told_at_once_and_is_there_after_a_reload()
    {
        await using Journey journey = await Journey.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Ann", journey.Exchange.SetupCode));
        await ann.ElevateAsync();
        await using Bot cyn = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Cyn"));
        await using Bot dan = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Dan"));
        ulong rain = await ann.CreateMarketAsync("Rain");
        await cyn.PlaceAsync(rain, Side.Sell, 6_000, 200);
        await dan.PlaceAsync(rain, Side.Buy, 6_000, 200);
        IPage page = await journey.SignInAsync("Dan");
        await journey.WalkAsync(async () =>
        {
            ILocator bell = page.Locator("header").GetByRole(AriaRole.Button, new() { NameRegex = new("^Notices") });
            // Once its list is there, what comes after it is told.
            await bell.ClickAsync();
            await Expect(page.GetByText("No notices yet")).ToBeVisibleAsync();
            await page.Keyboard.PressAsync("Escape");
            await ann.DoAsync(new ClientMessage { Grant = new Grant { AccountIds = { dan.AccountId() }, Amount = 500_0000, Memo = "Well done" } });
            await Expect(page.GetByText("Ann granted you 500.00: “Well done”.")).ToBeVisibleAsync();
            await Expect(bell).ToHaveAccessibleNameAsync("Notices, 1 unread");
            await ann.DoAsync(new ClientMessage { SetMarketStatus = new SetMarketStatus { MarketId = rain, Status = MarketStatus.Halted } });
            await Expect(page.GetByText("Ann halted the market: you can neither place nor cancel orders.")).ToBeVisibleAsync();
            await ann.DoAsync(new ClientMessage { SettleMarket = new SettleMarket { MarketId = rain, Price = 7_000 } });
            const string Settled = "Settled at 70.00. You held +2 and were paid 140.00. You made 20.00 in this market.";
            await Expect(page.GetByText(Settled)).ToBeVisibleAsync();
            await Expect(bell).ToHaveAccessibleNameAsync("Notices, 3 unread");

            // From the record, in another tab and after loading the page again; read in one, read in all.
            await page.ReloadAsync();
            await Expect(bell).ToHaveAccessibleNameAsync("Notices, 3 unread");
            IPage other = await journey.NewTabAsync(page, "Dan's other tab");
            ILocator otherBell = other.Locator("header").GetByRole(AriaRole.Button, new() { NameRegex = new("^Notices") });
            await Expect(otherBell).ToHaveAccessibleNameAsync("Notices, 3 unread");
            await bell.ClickAsync();
            ILocator list = page.GetByRole(AriaRole.List, new() { Name = "Notices, newest first" });
            await Expect(list.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
            await Expect(list.GetByRole(AriaRole.Listitem).First).ToContainTextAsync(Settled);
            await Expect(otherBell).ToHaveAccessibleNameAsync("Notices");
            await page.ExpectAccessibleAsync();
            await list.GetByRole(AriaRole.Link, new() { Name = "Settled at" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Rain" }).First).ToBeVisibleAsync();
            await Expect(list).ToHaveCountAsync(0);
            await page.ReloadAsync();
            await Expect(bell).ToHaveAccessibleNameAsync("Notices");
            await bell.ClickAsync();
            await Expect(list.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
        });
    }

    [Fact]
    public async Task What_admins_did_is_read_in_sentences_and_found_by_person_market_and_kind()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage page = await journey.ElevatedAdminAsync("Ann");
        await using Bot ann = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Ann"));
        await ann.ElevateAsync();
        await using Bot bob = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Bob"));
        ulong rain = await ann.CreateMarketAsync("Rain");
        await ann.DoAsync(new ClientMessage { SetMarketStatus = new SetMarketStatus { MarketId = rain, Status = MarketStatus.Halted } });
        await ann.DoAsync(new ClientMessage { Grant = new Grant { AccountIds = { bob.AccountId() }, Amount = 500_0000, Memo = "Well done" } });
        await ann.DoAsync(new ClientMessage { SetRole = new SetRole { UserId = bob.UserId(), Role = Role.Spectator } });
        await journey.WalkAsync(async () =>
        {
            await GoAsync(page, "Admin");
            await page.GetByRole(AriaRole.Tab, new() { Name = "Audit log" }).ClickAsync();
            ILocator log = page.GetByRole(AriaRole.Table, new() { Name = "Audit log, newest first" });
            foreach (string sentence in (string[])["Ann made Bob a spectator.", "Ann granted 500.00 to Bob, memo “Well done”.", "Ann halted Rain.", "Ann created Rain from 0.00 to 100.00."])
                await Expect(log.GetByRole(AriaRole.Row, new() { Name = sentence })).ToBeVisibleAsync();

            await page.GetByLabel("Kind").SelectOptionAsync(new SelectOptionValue { Label = "Grants" });
            await Expect(log.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
            IDownload file = await page.RunAndWaitForDownloadAsync(() => Button(page, "CSV of the audit log").ClickAsync());
            string[] lines = [.. (await File.ReadAllLinesAsync(await file.PathAsync())).Where(line => line.Length > 0)];
            Assert.Equal(2, lines.Length);
            Assert.Contains("Ann granted 500.00 to Bob, memo “Well done”.", lines[1], StringComparison.Ordinal);
            await Button(page, "Clear").ClickAsync();
            await page.GetByLabel("Market", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Rain" });
            await Expect(log.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
            await page.GetByLabel("Person").SelectOptionAsync(new SelectOptionValue { Label = "Bob" });
            await Expect(page.GetByText("No entries match")).ToBeVisibleAsync();
            await Button(page, "Clear").ClickAsync();

            // A name leads to all of its bearer.
            await log.GetByRole(AriaRole.Row, new() { Name = "made Bob" }).GetByRole(AriaRole.Link, new() { Name = "Bob" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Bob");

            // How the exchange does.
            await page.GetByRole(AriaRole.Link, new() { Name = "Members" }).ClickAsync();
            await page.GetByRole(AriaRole.Tab, new() { Name = "Health" }).ClickAsync();
            ILocator health = page.GetByLabel("State of the exchange");
            await Expect(health).ToContainTextAsync("Disk left");
            await Expect(health).ToContainTextAsync("Commit time, 99 %");

            // All of it, as files.
            IDownload backup = await page.RunAndWaitForDownloadAsync(() => Button(page, "Download a backup").ClickAsync());
            Assert.StartsWith("SQLite format 3\0", await File.ReadAllTextAsync(await backup.PathAsync(), System.Text.Encoding.Latin1), StringComparison.Ordinal);
            IDownload export = await page.RunAndWaitForDownloadAsync(() => Button(page, "Download an export").ClickAsync());
            Assert.Equal("exchange-export.zip", export.SuggestedFilename);
        });
    }
}
