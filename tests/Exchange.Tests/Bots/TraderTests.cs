using Exchange.Bots;
using Exchange.Markets;

namespace Exchange.Tests.Bots;

/// <summary>What each kind of house bot does with what it sees.</summary>
public class TraderTests
{
    private static List<Command> Act(Trader trader, MarketView view, ulong seed = 1)
    {
        var orders = new List<Command>();
        trader.Act(view, new Dice(seed), orders);
        return orders;
    }

    [Theory]
    [InlineData(HouseBotStrength.Gentle, 3)]
    [InlineData(HouseBotStrength.Normal, 4)]
    [InlineData(HouseBotStrength.Lively, 5)]
    public void A_maker_quotes_both_sides_several_prices_deep_and_never_takes(HouseBotStrength strength, int levels)
    {
        List<Command> orders = Act(new MarketMaker(strength), Views.Of());

        Command[] bids = [.. orders.Where(o => o.Side == Side.Buy)], offers = [.. orders.Where(o => o.Side == Side.Sell)];
        Assert.Equal((levels, levels), (bids.Length, offers.Length));
        Assert.All(orders, o => Assert.True(o is { Kind: CommandKind.PlaceOrder, PostOnly: true } && o.Price.Hundredths % 100 == 0));
        Assert.True(bids.Max(o => o.Price) < offers.Min(o => o.Price));
        Assert.Equal(levels, bids.DistinctBy(o => o.Price).Count());
        Assert.InRange(bids.Max(o => o.Price).Hundredths, 48_00, 50_00);
        Assert.InRange(offers.Min(o => o.Price).Hundredths, 50_00, 52_00);
    }

    [Fact]
    public void A_maker_that_has_bought_asks_less_and_bids_less()
    {
        MarketView flat = Views.Of(), rich = Views.Of(position: 300);
        List<Command> before = Act(new MarketMaker(HouseBotStrength.Normal), flat), after = Act(new MarketMaker(HouseBotStrength.Normal), rich);

        Assert.True(after.Where(o => o.Side == Side.Sell).Min(o => o.Price) < before.Where(o => o.Side == Side.Sell).Min(o => o.Price));
        Assert.True(after.Where(o => o.Side == Side.Buy).Max(o => o.Price) < before.Where(o => o.Side == Side.Buy).Max(o => o.Price));
    }

    [Fact]
    public void A_maker_at_its_limit_only_quotes_the_side_that_brings_it_back()
    {
        double limit = Trader.LimitOf(Views.Of()) / 100;
        List<Command> orders = Act(new MarketMaker(HouseBotStrength.Lively), Views.Of(position: (decimal)limit));

        Assert.NotEmpty(orders);
        Assert.All(orders, o => Assert.Equal(Side.Sell, o.Side));
    }

    [Fact]
    public void A_maker_leaves_quotes_that_are_right_where_they_are()
    {
        var maker = new MarketMaker(HouseBotStrength.Normal);
        MarketView view = Views.Of();
        MarketView quoted = Views.After(view, Act(maker, view));

        Assert.Equal(8, quoted.Orders.Length);
        Assert.Empty(Act(maker, quoted));
    }

    [Fact]
    public void A_maker_whose_quotes_follow_what_is_traded_with_it_moves_them_without_meeting_itself()
    {
        var maker = new MarketMaker(HouseBotStrength.Normal);
        MarketView view = Views.Of();
        view = Views.After(view, Act(maker, view));
        // Up, then down by twice as much: the side that is moved away from goes first.
        foreach (long position in (long[])[-60_00, 60_00])
        {
            view = view with { Position = new Quantity(position) };
            List<Command> orders = Act(maker, view);
            Assert.Contains(orders, o => o.Kind == CommandKind.ReplaceOrder);
            foreach (Command order in orders)
            {
                view = Views.After(view, [order]);
                Price? bid = Best(view, Side.Buy), offer = Best(view, Side.Sell);
                Assert.True(bid is null || offer is null || bid < offer, $"{bid} meets {offer}");
            }
        }

        static Price? Best(MarketView view, Side side)
        {
            Price[] prices = [.. view.Orders.Where(o => o.Side == side).Select(o => o.Price).Order()];
            return prices.Length == 0 ? null : side == Side.Buy ? prices[^1] : prices[0];
        }
    }

    [Fact]
    public void A_maker_is_not_led_by_orders_and_trades_that_cost_nothing()
    {
        var maker = new MarketMaker(HouseBotStrength.Lively);
        MarketView view = Views.Of();
        view = Views.After(view, Act(maker, view));
        Price bid = Best(view, Side.Buy), offer = Best(view, Side.Sell);
        // One bids just below its offer, and goes on as it makes way; two trade with each other just there.
        for (int i = 0; i < 20; i++)
        {
            Price below = new(Best(view, Side.Sell).Hundredths - 100);
            view = view with { BestBid = below, LastPrice = below };
            view = Views.After(view, Act(maker, view));
            Assert.True(Best(view, Side.Buy) < offer, $"It pays {Best(view, Side.Buy)} for what it sold at {offer}.");
        }
        // When they are gone it is back where it was.
        view = view with { BestBid = null };
        view = Views.After(view, Act(maker, view));
        Assert.Equal((bid, offer), (Best(view, Side.Buy), Best(view, Side.Sell)));
    }

    [Fact]
    public void Who_buys_from_a_maker_and_sells_it_back_has_paid_for_it()
    {
        var maker = new MarketMaker(HouseBotStrength.Normal);
        MarketView view = Views.Of();
        view = Views.After(view, Act(maker, view));
        Price offer = Best(view, Side.Sell);
        foreach (long position in (long[])[-5_00, -10_00, -20_00, -40_00])
        {
            view = view with { Position = new Quantity(position) };
            view = Views.After(view, Act(maker, view));
        }
        Assert.True(Best(view, Side.Sell) > offer);
        foreach (long position in (long[])[-20_00, -10_00, -5_00, 0])
        {
            view = view with { Position = new Quantity(position) };
            view = Views.After(view, Act(maker, view));
        }
        Assert.Equal(offer, Best(view, Side.Sell));
    }

    private static Price Best(MarketView view, Side side)
    {
        Price[] prices = [.. view.Orders.Where(o => o.Side == side).Select(o => o.Price).Order()];
        return side == Side.Buy ? prices[^1] : prices[0];
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    public void Nobody_orders_outside_the_range_or_off_the_ticks(int mark)
    {
        for (ulong seed = 1; seed <= 200; seed++)
        {
            foreach (Trader trader in (Trader[])[new MarketMaker(HouseBotStrength.Lively), new NoiseTrader(), new InformedTrader()])
            {
                MarketView view = Views.Of(mark: mark, bid: Math.Max(0, mark - 1), offer: Math.Min(100, mark + 1), last: mark);
                Assert.All(
                    Act(trader, view, seed).Where(o => o.HasPrice),
                    o => Assert.True(o.Price.Hundredths is >= 0 and <= 100_00 && o.Price.Hundredths % 100 == 0, $"{trader.GetType().Name}: {o.Price}"));
            }
        }
    }

    [Fact]
    public void A_noise_trader_takes_and_waits_on_both_sides_in_small_amounts()
    {
        MarketView view = Views.Of(bid: 49, offer: 51, last: 50);
        List<Command> orders = [.. Enumerable.Range(1, 400).SelectMany(seed => Act(new NoiseTrader(), view, (ulong)seed))];

        foreach (Side side in (Side[])[Side.Buy, Side.Sell])
        {
            Assert.InRange(orders.Count(o => o.Side == side && o.TimeInForce == TimeInForce.ImmediateOrCancel), 60, 160);
            Assert.InRange(orders.Count(o => o.Side == side && o.TimeInForce == TimeInForce.GoodTillCancelled), 50, 140);
        }
        Assert.All(orders, o => Assert.InRange(o.Quantity.Hundredths, 1, (long)(Trader.LimitOf(view) * 0.02)));
    }

    [Fact]
    public void A_noise_trader_with_a_large_position_mostly_closes_it_and_never_has_many_orders()
    {
        MarketView rich = Views.Of(bid: 49, offer: 51, position: 500);
        List<Command> orders = [.. Enumerable.Range(1, 300).SelectMany(seed => Act(new NoiseTrader(), rich, (ulong)seed))];
        Assert.True(orders.Count(o => o.Side == Side.Sell) > 10 * orders.Count(o => o.Side == Side.Buy));

        MarketView view = Views.Of();
        var noise = new NoiseTrader();
        for (ulong turn = 1; turn <= 300; turn++)
        {
            view = Views.After(view, Act(noise, view, turn));
            Assert.InRange(view.Orders.Length, 0, 4);
        }
    }

    [Fact]
    public void An_informed_trader_buys_below_its_value_and_sells_above_it_and_else_waits()
    {
        int bought = 0, sold = 0, waited = 0;
        for (ulong seed = 1; seed <= 500; seed++)
        {
            var informed = new InformedTrader();
            List<Command> orders = Act(informed, Views.Of(bid: 49, offer: 51), seed);
            double value = informed.Value!.Value / 100;
            if (orders.Count == 0)
            {
                waited++;
                Assert.InRange(value, 47, 53);
                continue;
            }
            Command order = Assert.Single(orders);
            Assert.Equal(TimeInForce.ImmediateOrCancel, order.TimeInForce);
            if (order.Side == Side.Buy)
            {
                bought++;
                Assert.InRange(value, 53, 100);
                Assert.InRange(order.Price.Hundredths / 100.0, 51, value);
            }
            else
            {
                sold++;
                Assert.InRange(value, 0, 47);
                Assert.InRange(order.Price.Hundredths / 100.0, value, 49);
            }
        }
        Assert.True(bought > 50 && sold > 50 && waited > 50, $"{bought} bought, {sold} sold, {waited} waited");
    }

    [Fact]
    public void What_follows_from_others_is_valued_by_them()
    {
        var call = new Option(1, OptionKind.Call, OptionStyle.European, Views.Price(60));
        MarketView option = Views.Of() with
        {
            Market = Views.Market with { Derivation = call },
            Sources = [new SourceView(Views.Price(58), Views.Price(0), Views.Price(100))],
        };
        // It would pay nothing now, but may yet.
        Assert.InRange(FairValue.Of(option)!.Value, 100, 600);

        var basket = new Basket(new ValueList<Constituent>(new Constituent(1, 2), new Constituent(2, -1)), Cash.Zero);
        MarketView difference = option with
        {
            Market = Views.Market with { Derivation = basket },
            Sources = [new SourceView(Views.Price(40), Views.Price(0), Views.Price(100)), new SourceView(Views.Price(25), Views.Price(0), Views.Price(50))],
        };
        Assert.Equal(55_00, FairValue.Of(difference));
    }

    [Fact]
    public void The_limits_of_a_market_are_kept()
    {
        MarketView view = Views.Of() with { Market = Views.Market with { MaxOrder = new Quantity(300), MaxPosition = new Quantity(1_000) } };
        Assert.Equal(500, Trader.LimitOf(view));
        Assert.All(Act(new MarketMaker(HouseBotStrength.Lively), view), o => Assert.InRange(o.Quantity.Hundredths, 1, 300));
    }

    [Fact]
    public void Dice_from_one_seed_fall_the_same_everywhere()
    {
        var dice = new Dice(42);
        Assert.Equal([13679457532755275413UL, 2949826092126892291UL, 5139283748462763858UL], [dice.Next(), dice.Next(), dice.Next()]);
        Assert.InRange(Enumerable.Range(0, 10_000).Average(_ => dice.Normal()), -0.05, 0.05);
        Assert.NotEqual(Dice.For(1, 2).Next(), Dice.For(1, 3).Next());
    }
}
