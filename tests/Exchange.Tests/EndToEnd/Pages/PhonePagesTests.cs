using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>Every page on a small phone: there, no wider than the screen, and accessible.</summary>
public class PhonePagesTests
{
    [Fact]
    public async Task No_page_scrolls_sideways_and_all_are_in_the_menu()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage page = await journey.ElevatedAdminAsync("A name that is as long as names of people may well be", 360, 740);
        await using Bot bot = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Somebody with a long name, too"));
        await bot.CreateMarketAsync("A market whose name goes on for longer than any phone is wide");
        await journey.WalkAsync(async () =>
        {
            foreach (string name in (string[])["Leaderboard", "Transfers", "Accounts", "Rooms", "Help", "Docs", "Admin"])
            {
                await ChooseAsync(page, "Account and settings", name);
                await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(name);
                await BrowserTests.ExpectNoSidewaysScrollAsync(page);
                await page.ExpectAccessibleAsync();
            }
            foreach (string part in (string[])["Members", "Money", "Room", "Health", "Audit log"])
            {
                await page.GetByRole(AriaRole.Tab, new() { Name = part }).ClickAsync();
                await BrowserTests.ExpectNoSidewaysScrollAsync(page);
                await page.ExpectAccessibleAsync();
            }
            foreach (string name in (string[])["Portfolio", "Markets"])
            {
                await GoAsync(page, name);
                await BrowserTests.ExpectNoSidewaysScrollAsync(page);
            }
        });
    }
}
