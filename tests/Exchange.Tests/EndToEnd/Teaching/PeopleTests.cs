
using Exchange.Protocol.V1;

namespace Exchange.Tests.EndToEnd;

/// <summary>Who is here and how each does, as elevated admins are told; how far somebody has read; how the exchange does.</summary>
public class PeopleTests
{
    private static async Task<MemberOverview> OverviewOfAsync(Bot admin, ulong userId) =>
        (await admin.DoAsync(new ClientMessage { GetMembersOverview = new GetMembersOverview() })).MembersOverview.Members.Single(m => m.UserId == userId);

    private static async Task<Person> PersonAsync(Bot admin, ulong userId) =>
        (await admin.DoAsync(new ClientMessage { GetPerson = new GetPerson { UserId = userId } })).Person;

    [Fact]
    public async Task Members_are_here_or_were_and_what_they_have_is_counted_over_restarts_too()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        ulong bobId;
        await using (Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann", exchange.SetupCode)))
        {
            await ann.ElevateAsync();
            ulong market = await ann.CreateMarketAsync("Rain");
            await ann.PlaceAsync(market, Side.Sell, 6_000, 300);
            Bot bob = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Bob"));
            bobId = bob.UserId();
            ApiKeyCreated key = (await bob.DoAsync(new ClientMessage { CreateApiKey = new CreateApiKey { Name = "Bot" } })).ApiKeyCreated;
            await using (Bot robot = await ApiKeyTests.SignInAsync(exchange, key.Secret))
            {
                await robot.PlaceAsync(market, Side.Buy, 6_000, 100);
                await robot.PlaceAsync(market, Side.Buy, 4_000, 100);
                MemberOverview here = await OverviewOfAsync(ann, bobId);
                Assert.Equal((2u, 1u, 1u, 1ul), (here.Connections, here.ByKey, here.OpenOrders, here.Trades));
                // Bought at 60, and the middle is 50 now.
                Assert.Equal((9_940_0000, 9_990_0000, -10_0000), (here.Cash, here.Equity, here.Profit));
                Assert.Equal([false, true], (await PersonAsync(ann, bobId)).Connections.Select(c => c.ByKey));
            }
            await Patience.UntilAsync(async () => (await OverviewOfAsync(ann, bobId)).Connections == 1, "the bot is gone");
            await bob.DisposeAsync();
            await Patience.UntilAsync(async () => (await OverviewOfAsync(ann, bobId)).Connections == 0, "Bob is gone");
            Assert.NotEqual(0, (await OverviewOfAsync(ann, bobId)).LastSeenTimeUs);

            // All of Bob is what he sees himself.
            await using Bot again = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Bob"));
            PortfolioSnapshot shown = Assert.Single((await PersonAsync(ann, bobId)).Accounts);
            Assert.Equal(again.AccountId(), shown.AccountId);
            Assert.Equal((100, 60_0000), (Assert.Single(shown.Positions).Quantity, shown.Positions[0].Spent));
            Assert.Equal(4_000, Assert.Single(shown.Orders).Price);
        }

        await exchange.TerminateAsync();
        await exchange.RestartAsync();
        await using Bot back = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann"));
        await back.ElevateAsync();
        Assert.NotEqual(0, (await OverviewOfAsync(back, bobId)).LastSeenTimeUs);
        // Trades of before are counted beside the start.
        await Patience.UntilAsync(async () => (await OverviewOfAsync(back, bobId)).Trades == 1, "earlier trades are counted");
    }

    [Fact]
    public async Task How_far_one_has_read_is_told_to_ones_other_connections()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann", exchange.SetupCode));
        await ann.ElevateAsync();
        await using Bot bob = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Bob"));
        await ann.DoAsync(new ClientMessage { Grant = new Grant { AccountIds = { bob.AccountId() }, Amount = 5_0000, Memo = "Well done" } });
        NoticesPage page = (await bob.DoAsync(new ClientMessage { GetNotices = new GetNotices { Page = new Page { NewestFirst = true } } })).NoticesPage;
        Notice notice = Assert.Single(page.Notices);
        Assert.Equal(("Well done", ann.UserId(), 0ul), (notice.Transfer.Memo, notice.ByUserId, page.ReadSequence));

        await using Bot phone = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Bob"));
        // Beyond the last is as far as it goes.
        ServerMessage read = await bob.DoAsync(new ClientMessage { MarkNoticesRead = new MarkNoticesRead { Sequence = ulong.MaxValue } });
        Assert.InRange(read.NoticesRead.Sequence, notice.Sequence, notice.Sequence + 10);
        await phone.UntilAsync(s => s.Heard.Any(m => m.NoticesRead?.Sequence == read.NoticesRead.Sequence));
        await exchange.KillAsync();
        await exchange.RestartAsync();
        await using Bot back = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Bob"));
        page = (await back.DoAsync(new ClientMessage { GetNotices = new GetNotices() })).NoticesPage;
        Assert.Equal((1, read.NoticesRead.Sequence), (page.Notices.Count, page.ReadSequence));
    }

    [Fact]
    public async Task How_the_exchange_does_is_for_admins_of_the_server()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot ann = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann", exchange.SetupCode));
        await using Bot bob = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Bob"));
        await bob.OpenRoomAsync("bobs");
        await bob.EnterAsync("bobs");
        await bob.ElevateAsync();
        await bob.RefusedAsync(ErrorCode.Forbidden, new ClientMessage { GetHealth = new GetHealth() });
        await ann.ElevateAsync();
        Health health = (await ann.DoAsync(new ClientMessage { GetHealth = new GetHealth() })).Health;
        Assert.Equal((2u, true), (health.Connections, health.Ready));
        Assert.True(health is { Events: > 0, DatabaseSize: > 0, LogSize: > 0, DiskFree: > 0, Memory: > 0, CommitP50Us: > 0, Version.Length: > 0 });
        Assert.InRange(health.CommitP99Us, health.CommitP50Us, health.CommitLongestUs);
    }
}
