using Exchange.Protocol.V1;
using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>House bots in the browser: an admin sets them, everyone sees them.</summary>
public class HouseBotJourneyTests
{
    [Fact]
    public async Task An_admin_gives_a_market_bots_and_everyone_sees_that_it_has_some()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.ElevatedAdminAsync("Ann");
        await using Bot bob = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Bob"));
        await journey.WalkAsync(async () =>
        {
            ulong market = await bob.CreateAsync(new CreateMarket { Name = "Rain", MinPrice = 0, MaxPrice = 10_000, TickSize = 50 });
            await bob.DoAsync(new ClientMessage { Subscribe = new Subscribe { MarketIds = { market }, Channels = { Channel.Book } } });
            await GoAsync(ann, "Admin");
            await Button(ann, "Manage Rain").ClickAsync();
            await SetAsync("Maker", "Lively");
            await SetAsync("Noise trader", "Gentle");
            await Button(Dialog(ann), "Save").ClickAsync();
            await Expect(ann.GetByText("Saved: house bots: maker lively, noise trader gentle.")).ToBeVisibleAsync();
            await bob.UntilAsync(s => s.Markets[market].HouseBots.Count == 2 && s.Books[market].Bids.Count >= 5);

            // Taken away again, one by one.
            await Button(ann, "Manage Rain").ClickAsync();
            await SetAsync("Maker", "Off");
            await Button(Dialog(ann), "Save").ClickAsync();
            await bob.UntilAsync(s => s.Markets[market].HouseBots is [{ Kind: HouseBotKind.Noise, Strength: HouseBotStrength.Gentle }]);

            // The mark is where the market is listed.
            await Expect(ann.GetByRole(AriaRole.Row, new() { NameRegex = new("Rain") })).ToContainTextAsync("Bots");

            Task SetAsync(string bot, string strength) =>
                Dialog(ann).GetByRole(AriaRole.Radiogroup, new() { Name = bot }).GetByText(strength).ClickAsync();
        });
    }
}
