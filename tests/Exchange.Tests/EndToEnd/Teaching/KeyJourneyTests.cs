using Exchange.Protocol.V1;
using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>A key is made in the browser, a bot trades with it, and it is taken back.</summary>
public class KeyJourneyTests
{
    [Fact]
    public async Task A_key_is_made_used_and_revoked()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.TraderAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            await GoAsync(ann, "Accounts");
            await Button(ann, "Create key…").ClickAsync();
            await Button(Dialog(ann), "Create key").ClickAsync();
            await Expect(Dialog(ann).GetByRole(AriaRole.Alert)).ToContainTextAsync("name");
            await Dialog(ann).GetByLabel("Name").FillAsync("Market maker");
            await Dialog(ann).GetByLabel("Account").SelectOptionAsync(new SelectOptionValue { Label = "Ann" });
            await Button(Dialog(ann), "Create key").ClickAsync();
            string secret = await Dialog(ann).GetByLabel("API key").InnerTextAsync();
            await Expect(Dialog(ann).GetByRole(AriaRole.Region, new() { Name = "Python: connect with this key" }))
                .ToContainTextAsync($"api_key=\"{secret}\"");
            await ann.ExpectAccessibleAsync();
            await Button(Dialog(ann), "Done").ClickAsync();
            ILocator row = ann.GetByRole(AriaRole.List, new() { Name = "API keys" }).GetByRole(AriaRole.Listitem);
            await Expect(row).ToContainTextAsync("Market maker");

            await using Bot bot = await ApiKeyTests.SignInAsync(journey.Exchange, secret);
            await bot.RefusedAsync(ErrorCode.KeyForbids, new ClientMessage { OpenAccount = new OpenAccount { Name = "Not with this key" } });
            await bot.DoAsync(new ClientMessage { GetLeaderboard = new GetLeaderboard() });

            await Button(row, "Revoke Market maker").ClickAsync();
            await Button(ann.GetByRole(AriaRole.Alertdialog), "Revoke").ClickAsync();
            await Expect(row).ToHaveCountAsync(0);
            await bot.Ended.PatientlyAsync();
        });
    }
}
