using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>Grants, codes, transfers and shared accounts, in the browser.</summary>
public class MoneyJourneyTests
{
    [Fact]
    public async Task Money_is_granted_claimed_sent_and_ranked()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.ElevatedAdminAsync("Ann");
        IPage bob = await journey.TraderAsync("Bob");
        await journey.WalkAsync(async () =>
        {
            // A grant to every member, after being asked.
            await GoAsync(ann, "Admin");
            await ann.GetByRole(AriaRole.Tab, new() { Name = "Money" }).ClickAsync();
            await ann.GetByLabel("Given to each").FillAsync("500");
            await Button(ann, "Grant…").ClickAsync();
            await Button(Dialog(ann), "Grant 500.00 to every member").ClickAsync();
            await Expect(bob.Locator("header")).ToContainTextAsync("10,500.00");

            // A code for two; Bob claims it, and can't claim it again.
            await Button(ann, "Create money code").ClickAsync();
            await Dialog(ann).GetByLabel("Amount for each person").FillAsync("25");
            await Dialog(ann).GetByLabel("How many people can use it").FillAsync("2");
            await Dialog(ann).GetByLabel("Money code (leave empty").FillAsync("LECTURE7");
            await Button(Dialog(ann), "Create money code").ClickAsync();
            await Button(Dialog(ann), "Done").ClickAsync();
            await Expect(ann.GetByRole(AriaRole.Row, new() { Name = "LECTURE7" })).ToContainTextAsync("0/2");
            await GoAsync(bob, "Transfers");
            ILocator claim = bob.GetByRole(AriaRole.Form, new() { Name = "Claim a money code" });
            await claim.GetByLabel("Money code").FillAsync("lecture 7");
            await Button(claim, "Claim").ClickAsync();
            await Expect(bob.Locator("header")).ToContainTextAsync("10,525.00");
            await claim.GetByLabel("Money code").FillAsync("LECTURE7");
            await Button(claim, "Claim").ClickAsync();
            await Expect(claim.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
            Assert.Equal("LECTURE7", await claim.GetByLabel("Money code").InputValueAsync());

            // Money to Ann; more than there is gets refused with the numbers.
            ILocator send = bob.GetByRole(AriaRole.Form, new() { Name = "Send money" });
            await send.GetByLabel("To", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Ann" });
            await send.GetByLabel("Amount").FillAsync("99999");
            await Button(send, "Send 99,999.00…").ClickAsync();
            await Expect(send.GetByRole(AriaRole.Alert)).ToContainTextAsync("10,525.00");
            await send.GetByLabel("Amount").FillAsync("25.50");
            await send.GetByLabel("Message (visible to both sides)").FillAsync("For lunch");
            await Button(send, "Send 25.50…").ClickAsync();
            // It asks: who, how much, and what is left.
            await Expect(Dialog(bob)).ToContainTextAsync("Send 25.50 to Ann?");
            await Expect(Dialog(bob)).ToContainTextAsync("From Bob, which then has 10,499.50 available.");
            await bob.ExpectAccessibleAsync();
            await Button(Dialog(bob), "Go back").ClickAsync();
            await Expect(send.GetByLabel("Amount")).ToHaveValueAsync("25.50");
            await Button(send, "Send 25.50…").ClickAsync();
            await Button(Dialog(bob), "Send 25.50").ClickAsync();
            await Expect(bob.GetByRole(AriaRole.Row, new() { Name = "For lunch" })).ToContainTextAsync("−25.50");
            await Expect(ann.Locator("header")).ToContainTextAsync("10,525.50");

            // Nobody has earned anything by it.
            await GoAsync(bob, "Leaderboard");
            await Expect(bob.GetByRole(AriaRole.Row, new() { Name = "Bob" })).ToContainTextAsync("Yours");
            await Expect(bob.GetByRole(AriaRole.Row, new() { Name = "Bob" })).ToContainTextAsync("10,499.50");
            await Expect(bob.GetByRole(AriaRole.Row, new() { Name = "Ann" })).ToContainTextAsync("0.00");
        });
    }

    [Fact]
    public async Task An_account_is_shared_acted_as_and_left()
    {
        await using Journey journey = await Journey.StartAsync();
        IPage ann = await journey.TraderAsync("Ann");
        IPage bob = await journey.TraderAsync("Bob");
        await using Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker"));
        await maker.CreateMarketAsync("Rain");
        await journey.WalkAsync(async () =>
        {
            await GoAsync(ann, "Accounts");
            await Button(ann, "Open account").ClickAsync();
            await Dialog(ann).GetByLabel("Name").FillAsync("Team");
            await Button(Dialog(ann), "Open account").ClickAsync();
            ILocator team = ann.GetByRole(AriaRole.Region, new() { Name = "Team" });
            await Button(team, "Share with someone…").ClickAsync();
            await team.GetByLabel("Share with").SelectOptionAsync(new SelectOptionValue { Label = "Bob" });
            await Button(team, "Share").ClickAsync();
            await Expect(team.GetByRole(AriaRole.List, new() { Name = "Members of Team" })).ToContainTextAsync("Bob");

            // She gives it money; Bob, without reloading, acts as it and trades for it.
            await GoAsync(ann, "Transfers");
            await ann.GetByLabel("To", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Team" });
            await ann.GetByLabel("Amount").FillAsync("1000");
            await Button(ann, "Send 1,000.00…").ClickAsync();
            await Button(Dialog(ann), "Send 1,000.00").ClickAsync();
            await ChooseAsync(bob, "Acting as Bob", "Team");
            await Expect(Button(bob, "Acting as Team")).ToBeVisibleAsync();
            await Expect(bob.Locator("header")).ToContainTextAsync("1,000.00");
            await GoAsync(bob, "Markets");
            await bob.GetByRole(AriaRole.Link, new() { Name = "Rain" }).ClickAsync();
            await BrowserTests.PlaceAsync(bob, "Buy", "40", "5");
            await Expect(bob.GetByRole(AriaRole.Button, new() { Name = "Bid 40.00, 5 contracts, 5 yours" })).ToBeVisibleAsync();
            await Expect(bob.Locator("header")).ToContainTextAsync("800.00");

            // The power goes: back again, Bob still acts as the team.
            await journey.Exchange.KillAsync();
            await journey.Exchange.RestartAsync();
            await Expect(bob.GetByRole(AriaRole.Status).First).ToContainTextAsync("Live");
            await Expect(Button(bob, "Acting as Team")).ToBeVisibleAsync();

            // He leaves; he is himself again.
            await GoAsync(bob, "Accounts");
            ILocator bobsTeam = bob.GetByRole(AriaRole.Region, new() { Name = "Team" });
            await Button(bobsTeam, "Leave…").ClickAsync();
            await Button(Dialog(bob), "Leave").ClickAsync();
            await Expect(Button(bob, "Acting as Bob")).ToBeVisibleAsync();
            await Expect(bobsTeam).ToHaveCountAsync(0);
        });
    }
}
