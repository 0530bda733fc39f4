using Exchange.History;
using Exchange.Markets;

namespace Exchange.Tests.Storage;

/// <summary>What moves money and positions besides trades, as it is found again.</summary>
public sealed class HistoryOfMoneyTests : HistoryTests
{
    private static readonly PageWanted s_page = new(0, 100);

    [Fact]
    public async Task Conversions_exercises_settlements_and_their_undoing_and_equity_are_found_again()
    {
        Enter("root", "ann", "bob", "cyn");
        Create(new MarketTerms("one", "", new Price(0), new Price(100_00), 1));
        Create(new MarketTerms("two", "", new Price(0), new Price(100_00), 1));
        var constituents = new ValueList<Constituent>(new Constituent(Markets["one"], 1), new Constituent(Markets["two"], 2));
        Create(new MarketTerms("both", "", default, default, 1) { Derivation = new Basket(constituents, new Cash(5000)) });
        Create(new MarketTerms("call", "", default, default, 1)
        {
            Derivation = new Option(Markets["one"], OptionKind.Call, OptionStyle.American, new Price(40_00)),
        });
        Do(new Command { Kind = CommandKind.SampleEquity });
        Do("ann", new Command
        {
            Kind = CommandKind.ConvertBasket,
            AccountId = Account("ann"),
            MarketId = Markets["both"],
            Direction = ConversionDirection.Create,
            HasQuantity = true,
            Quantity = new Quantity(100),
        });
        Place("bob", "call", Side.Sell, 10_00, 200);
        Place("cyn", "call", Side.Sell, 10_00, 100);
        Place("ann", "call", Side.Buy, 10_00, 300);
        Do("ann", new Command
        {
            Kind = CommandKind.ExerciseOption,
            AccountId = Account("ann"),
            MarketId = Markets["call"],
            HasQuantity = true,
            Quantity = new Quantity(150),
        });
        long exercised = Ledger.Venue.Sequence;
        Do("root", new Command { Kind = CommandKind.SettleMarket, Elevated = true, MarketId = Markets["one"], Price = new Price(70_00) });
        long settled = Ledger.Venue.Sequence;
        Do("root", new Command { Kind = CommandKind.UndoSettlement, Elevated = true, MarketId = Markets["one"] });
        Do(new Command { Kind = CommandKind.SampleEquity });
        Ledger.Write();

        PastConversion conversion = (await Ledger.AskAsync<Page<PastConversion>>(As("ann"), new ConversionsQuery(Account("ann"), s_page))).Items.Single();
        Assert.Equal(
            (Markets["both"], ConversionDirection.Create, new Quantity(100), new Cash(5000), User("ann")),
            (conversion.Conversion.MarketId, conversion.Conversion.Direction, conversion.Conversion.Quantity, conversion.Conversion.Fee,
                conversion.Conversion.ByUserId));
        Assert.Equal(
            [(Markets["one"], -100L), (Markets["two"], -200L), (Markets["both"], 100L)],
            conversion.Conversion.Legs.Select(l => (l.MarketId, l.Change.Hundredths)));
        Assert.Equal(0, conversion.Conversion.Legs.Sum(l => l.Change.Hundredths * l.Price.Hundredths));
        TransferInfo fee = (await Ledger.AskAsync<Page<TransferInfo>>(As("ann"), new TransfersQuery(Account("ann"), s_page with { NewestFirst = true }))).Items[0];
        Assert.Equal((TransferKind.Fee, new Cash(5000)), (fee.Kind, fee.Amount));

        foreach ((string who, long quantity, bool assigned) in (IEnumerable<(string, long, bool)>)[("ann", 150, false), ("bob", 100, true), ("cyn", 50, true)])
        {
            PastExercise exercise = (await Ledger.AskAsync<Page<PastExercise>>(As(who), new ExercisesQuery(Account(who), s_page))).Items.Single();
            Assert.Equal(
                (Markets["call"], Markets["one"], new Price(40_00), OptionKind.Call, Account(who), new Quantity(quantity), assigned, exercised),
                (exercise.MarketId, exercise.Option.UnderlyingId, exercise.Option.Strike, exercise.Option.Kind, exercise.AccountId,
                    exercise.Quantity, exercise.IsAssigned, exercise.Sequence));
        }

        PastSettlement[] settlements = (await Ledger.AskAsync<Page<PastSettlement>>(As("bob"), new SettlementsQuery(0, s_page))).Items;
        Assert.Equal([Markets["one"], Markets["call"]], settlements.Select(s => s.MarketId));
        Assert.Equal([0, settlements[0].SettlementId], settlements.Select(s => s.CausedBySettlementId));
        Assert.All(settlements, s => Assert.Equal((settled, settled + 1, User("root")), (s.Sequence, s.Undone!.Value.Sequence, s.Undone.Value.ByUserId)));
        // 1.00 short of the underlying since the exercise, 1.00 short of the call; worth 70.00 and 30.00.
        Assert.Equal([(-100L, new Cash(-70_0000)), (-100L, new Cash(-30_0000))], settlements.Select(s => (s.Payouts[0].Position.Hundredths, s.Payouts[0].Amount)));

        StatusStep[] steps = (await Ledger.AskAsync<Page<StatusStep>>(As("cyn"), new StatusStepsQuery(Markets["one"], s_page))).Items;
        Assert.Equal([MarketStatus.Open, MarketStatus.Settled, MarketStatus.Halted], steps.Select(s => s.Status));
        List<EquityPoint> curve = await Ledger.AllAsync<EquityPoint>(As("ann"), p => new EquityQuery(Account("ann"), p), 1);
        Assert.Equal(2, curve.Count);
        Assert.Equal((new Cash(1_000_0000), Cash.Zero), (curve[0].Equity, curve[0].Profit));
        Assert.Equal(curve.AsEnumerable().Reverse(), await Ledger.AllAsync<EquityPoint>(As("ann"), p => new EquityQuery(Account("ann"), p), 1, newestFirst: true));
    }

    [Fact]
    public async Task A_curve_is_thinned_to_the_last_sample_of_each_interval()
    {
        Enter("root", "ann", "bob");
        Create(new MarketTerms("rain", "", new Price(0), new Price(100_00), 1));
        for (int i = 0; i < 9; i++)
        {
            Place("ann", "rain", Side.Sell, 50_00 + (i * 100), 1);
            Place("bob", "rain", Side.Buy, 50_00 + (i * 100), 1);
            Do(new Command { Kind = CommandKind.SampleEquity });
        }
        Ledger.Write();
        List<EquityPoint> all = await Ledger.AllAsync<EquityPoint>(As("bob"), p => new EquityQuery(Account("bob"), p), 100);
        foreach (long interval in (long[])[1, 7, 10, 1_000])
        {
            EquityPoint[] last = [.. all.GroupBy(p => p.TimeUs / interval).Select(g => g.Last())];
            foreach (bool asRanked in (bool[])[false, true])
            {
                foreach (int limit in (int[])[1, 2, 100])
                {
                    HistoryQuery Query(PageWanted page) => new EquityQuery(Account("bob"), page) { AsRanked = asRanked, IntervalUs = interval };
                    Assert.Equal(last, await Ledger.AllAsync<EquityPoint>(As("bob"), Query, limit));
                    Assert.Equal(last.Reverse(), await Ledger.AllAsync<EquityPoint>(As("bob"), Query, limit, newestFirst: true));
                }
            }
        }
    }

    [Fact]
    public async Task A_page_that_finds_too_few_of_its_own_ends_early_and_goes_on()
    {
        Enter("root", "ann", "bob");
        Create(new MarketTerms("much", "", new Price(0), new Price(100_00), 1));
        Create(new MarketTerms("little", "", new Price(0), new Price(100_00), 1));
        for (int i = 0; i < 20_500; i++)
        {
            Place("ann", "much", Side.Buy, 1, 1);
            Do("ann", new Command { Kind = CommandKind.CancelOrders, AccountId = Account("ann") });
        }
        Place("ann", "little", Side.Buy, 50_00, 1);
        Ledger.Write();

        Page<OrderState> first = await Ledger.AskAsync<Page<OrderState>>(As("ann"), new OrdersQuery(Account("ann"), Markets["little"], null, s_page));
        Assert.Empty(first.Items);
        Assert.Equal(20_000, first.NextAfter);
        Assert.Single(await Ledger.AllAsync<OrderState>(As("ann"), p => new OrdersQuery(Account("ann"), Markets["little"], null, p), 10));
    }

    [Fact]
    public async Task Only_two_are_answered_at_a_time_and_the_others_are_told_to_come_back()
    {
        Enter("root", "ann");
        Ledger.Write();
        HistoryAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Ledger.AskAsync(As("ann"), new NamesQuery())));
        Assert.All(answers, a => Assert.True(a.Value is not null || a.Busy is not null));
        Assert.Contains(answers, a => a.Value is not null);
    }
}
