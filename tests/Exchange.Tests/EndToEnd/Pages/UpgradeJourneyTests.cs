using Microsoft.Playwright;
using static Exchange.Tests.EndToEnd.Journey;
using static Microsoft.Playwright.Assertions;

namespace Exchange.Tests.EndToEnd;

/// <summary>Pages that are open over an upgrade of the exchange.</summary>
public class UpgradeJourneyTests
{
    [Fact]
    public async Task A_page_of_before_an_upgrade_says_so_and_is_loaded_anew_once_nothing_is_being_typed()
    {
        await using Journey journey = await Journey.StartAsync();
        await using (Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker")))
            await maker.CreateMarketAsync("Rain");
        IPage ann = await journey.TraderAsync("Ann");
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
            ILocator ticket = ann.GetByRole(AriaRole.Form, new() { Name = "Order ticket" });
            ILocator price = ticket.GetByLabel("Price", new() { Exact = true });
            await price.FillAsync("42");
            await ann.EvaluateAsync("() => document.body.dataset.page = 'old'");
            ILocator old = ann.Locator("body[data-page=old]");

            // The exchange goes, and comes back with another page.
            await ann.RouteAsync("**/_app/version.json", r => r.FulfillAsync(new() { Json = new { version = "another" } }));
            await journey.Exchange.KillAsync();
            await Expect(ann.Locator("header").GetByRole(AriaRole.Status)).ToContainTextAsync("Reconnecting");
            await journey.Exchange.RestartAsync();
            ILocator told = ann.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Exchange has been updated" });
            await Expect(told).ToBeVisibleAsync();
            await Expect(Button(told, "Reload")).ToBeVisibleAsync();
            await ann.ExpectAccessibleAsync();

            // What was typed is still there; when it is gone, so is the old page.
            await Expect(price).ToHaveValueAsync("42");
            await Expect(old).ToHaveCountAsync(1);
            await price.FillAsync("");
            await Expect(old).ToHaveCountAsync(0);
            await Expect(ann.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Rain");
        });
    }

    [Fact]
    public async Task A_part_of_the_page_that_is_gone_from_the_server_is_said_to_be_missing()
    {
        await using Journey journey = await Journey.StartAsync();
        await using (Bot maker = await Bot.ConnectAsync(journey.Exchange, await journey.Exchange.SignInAsync("Maker")))
            await maker.CreateMarketAsync("Rain");
        IPage ann = await journey.TraderAsync("Ann");
        await Expect(ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First).ToBeVisibleAsync();
        bool gone = true;
        await ann.RouteAsync("**/_app/immutable/**/*.js", r => gone ? r.AbortAsync() : r.ContinueAsync());
        await journey.WalkAsync(async () =>
        {
            await ann.GetByRole(AriaRole.Link, new() { Name = "Rain" }).First.ClickAsync();
            ILocator chart = ann.GetByRole(AriaRole.Region, new() { Name = "Chart" });
            await Expect(chart.GetByRole(AriaRole.Alert)).ToContainTextAsync("could not be loaded");
            await Expect(ann.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Part of this page could not be loaded" })).ToBeVisibleAsync();
            gone = false;
            await Button(chart, "Reload").ClickAsync();
            await Expect(ann.GetByRole(AriaRole.Application)).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task The_version_is_asked_for_anew_each_time()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        using var http = new HttpClient { BaseAddress = exchange.Address };
        using HttpResponseMessage response = await http.GetAsync("_app/version.json");
        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Contains("\"version\":\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
