using System.Diagnostics;
using Exchange.History;
using Exchange.Markets;
using Exchange.Storage;

namespace Exchange.Benchmarks.Rows;

/// <summary>
/// Questions about the past of a market with a million orders; and what answering them without a pause costs the writing of new ones.
/// </summary>
internal static class Row15Past
{
    private const int Accounts = 100, LiveOrders = 2_000, PerBatch = 500;
    private const long StepUs = 1_000;

    public static void Run(Report report, bool brief)
    {
        int orders = brief ? 20_000 : 1_000_000;
        string directory = Temporary.NewDirectory("past");
        using (Database database = Database.Open(directory, Synchronous.Full))
        {
            using var market = new TradedMarket(database);
            while (market.Venue.LastOrderId < orders)
                market.WriteBatch();
            using (var readers = new HistoryReaders(database))
                MeasureQuestions(report, brief, readers, market);
            MeasureCost(report, brief, database, market);
        }
        Temporary.Delete(directory);
    }

    private static void MeasureQuestions(Report report, bool brief, HistoryReaders readers, TradedMarket market)
    {
        var viewer = new Viewer(1, 1, Elevated: false);
        long last = market.Venue.Sequence;
        var oldest = (Page<OrderState>)Ask(new OrdersQuery(2, 0, null, new PageWanted(0, 1))).Value!;
        var newest = new PageWanted(0, 1_000, NewestFirst: true);
        foreach ((string what, HistoryQuery query) in (IEnumerable<(string, HistoryQuery)>)[
            ("1,000 trades of the market", new TradesQuery(1, 0, newest)),
            ("1,000 trades of an account", new TradesQuery(0, 2, newest)),
            ("1,000 orders of an account", new OrdersQuery(2, 0, null, newest)),
            ("the changes of an old order", new OrderStepsQuery(oldest.Items[0].OrderId, newest)),
            ("the book at the 100th part of all sequences", new BookQuery(1, last / 100, 1_000)),
            ("the book in the middle", new BookQuery(1, last / 2, 1_000)),
            ("the book 1,000 sequences ago", new BookQuery(1, last - 1_000, 1_000)),
            ("candles of a minute, the first time", new CandlesQuery(1, 60_000_000, 0, long.MaxValue, 5_000)),
            ("candles of an hour, again", new CandlesQuery(1, 3_600_000_000, 0, long.MaxValue, 5_000)),
            ("500 candles of a second", new CandlesQuery(1, 1_000_000, market.MiddleUs, long.MaxValue, 500))])
        {
            int times = what.EndsWith("first time", StringComparison.Ordinal) ? 1 : brief ? 3 : 20;
            var took = new Latencies(times);
            for (int i = 0; i < times; i++)
            {
                long start = Clock.Ns;
                HistoryAnswer answer = Ask(query);
                took.Add(Clock.Ns - start);
                if (answer.Value is null)
                    report.Problem($"Row 15: {what}: {answer.Refusal.Sentence} {answer.Busy}");
            }
            var measurement = new Measurement(
                "15", $"{what}; {market.Venue.LastOrderId:#,0} orders, {market.Changes:#,0} changes, {market.Trades:#,0} trades in the market",
                $"p50 {took.Ms(0.5):0.0}, worst {took.Ms(1):0.0} ms", "", null);
            took.CopyTo(measurement.Numbers);
            report.Add(measurement);
        }

        HistoryAnswer Ask(HistoryQuery query) => readers.AskAsync(viewer, query, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Commands written a second, each batch flushed, with nobody asking and with more asking than are answered.</summary>
    private static void MeasureCost(Report report, bool brief, Database database, TradedMarket market)
    {
        int rounds = brief ? 1 : 5;
        double alone = 0, beside = 0, answered = 0;
        for (int round = 0; round < rounds; round++)
        {
            alone += market.WriteFor(TimeSpan.FromSeconds(brief ? 0.2 : 2)) / rounds;
            using var readers = new HistoryReaders(database);
            using var stop = new CancellationTokenSource();
            Task<int>[] asking = [.. Enumerable.Range(0, 4).Select(_ => AskOnAsync(readers, market.Venue.Sequence / 2, stop.Token))];
            long start = Clock.Ns;
            beside += market.WriteFor(TimeSpan.FromSeconds(brief ? 0.2 : 2)) / rounds;
            stop.Cancel();
            answered += asking.Sum(a => a.GetAwaiter().GetResult()) / ((Clock.Ns - start) / 1e9) / rounds;
        }
        var measurement = new Measurement(
            "15", $"commands decided and written, {PerBatch} a commit, while 4 ask for the book in the middle without a pause",
            $"{beside / 1e3:0} K/s, and {alone / 1e3:0} K/s with nobody asking ({beside / alone:P0}); {answered:0} answers/s", "", null);
        measurement.Numbers["commands_per_second"] = beside;
        measurement.Numbers["commands_per_second_alone"] = alone;
        measurement.Numbers["answers_per_second"] = answered;
        report.Add(measurement);
    }

    private static async Task<int> AskOnAsync(HistoryReaders readers, long sequence, CancellationToken stop)
    {
        int answered = 0;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                if ((await readers.AskAsync(new Viewer(1, 1, false), new BookQuery(1, sequence, 1_000), stop)).Value is not null)
                    answered++;
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
        return answered;
    }

    /// <summary>One market whose orders are placed, replaced, matched and cancelled, some two thousand of them live.</summary>
    private sealed class TradedMarket : IDisposable
    {
        private readonly Random _random = new(15);
        private readonly WalWriter _writer;
        private readonly CommitBatch _batch = new();
        private readonly List<(long OrderId, long AccountId)> _live = [];
        private long _batchNumber, _nowUs = MarketWorkload.TimeUs;

        public TradedMarket(Database database)
        {
            _writer = new WalWriter(database);
            _batch.Begin(++_batchNumber);
            Apply(new Command { Kind = CommandKind.OpenRoom, Details = new RoomTerms(Venue.MainRoomSlug, "Main", new Cash(1_000_000_000_0000), WhoMayCreateMarkets.Anyone) });
            for (int i = 0; i < Accounts; i++)
                Apply(new Command { Kind = CommandKind.EnterUser, Details = new UserEntry("bench", $"{i}", $"User {i}", null, false) });
            Apply(new Command { Kind = CommandKind.CreateMarket, UserId = 1, Details = new MarketTerms("Benchmark", "", new Price(0), new Price(100_00), 1) });
            Write();
        }

        public Venue Venue { get; } = new();

        public long Changes { get; private set; }

        public long Trades { get; private set; }

        public long MiddleUs => (MarketWorkload.TimeUs + _nowUs) / 2;

        public double WriteFor(TimeSpan time)
        {
            long start = Stopwatch.GetTimestamp(), commands = 0;
            while (Stopwatch.GetElapsedTime(start) < time)
            {
                WriteBatch();
                commands += PerBatch;
            }
            return commands / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        public void WriteBatch()
        {
            _batch.Begin(++_batchNumber);
            for (int i = 0; i < PerBatch; i++)
                Apply(Next());
            Write();
        }

        private Command Next()
        {
            bool buys = _random.Next(2) == 0;
            int choice = _random.Next(10);
            if (choice < 3 && _live.Count > LiveOrders)
            {
                int index = _random.Next(_live.Count);
                (long order, long account) = _live[index];
                _live[index] = _live[^1];
                _live.RemoveAt(_live.Count - 1);
                return new Command { Kind = CommandKind.CancelOrder, AccountId = account, OrderId = order };
            }
            if (choice < 5 && _live.Count > LiveOrders)
            {
                (long order, long account) = _live[_random.Next(_live.Count)];
                return new Command { Kind = CommandKind.ReplaceOrder, AccountId = account, OrderId = order, HasQuantity = true, Quantity = new Quantity(_random.Next(1, 500)) };
            }
            return new Command
            {
                Kind = CommandKind.PlaceOrder,
                AccountId = 2 + _random.Next(Accounts),
                MarketId = 1,
                Side = buys ? Side.Buy : Side.Sell,
                HasPrice = true,
                Price = new Price(5_000 + (buys ? -1 : 1) * _random.Next(-60, 2_000)),
                HasQuantity = true,
                Quantity = new Quantity(_random.Next(1, 500)),
                TimeInForce = TimeInForce.GoodTillCancelled,
            };
        }

        private void Apply(Command command)
        {
            Venue.Apply(in command, Moment.At(_nowUs += StepUs), _batch);
            if (command.Kind == CommandKind.PlaceOrder && _batch.TryFindAnswer(in _batch.LastCommand, out OrderState order, out _) && order.Status == OrderStatus.Live)
                _live.Add((order.OrderId, order.AccountId));
        }

        private void Write()
        {
            Venue.Seal(_batch);
            foreach (ref readonly OrderChange change in _batch.OrderChanges)
                Changes += change.IsNew && change.State.Reason == OrderReason.Placed ? 0 : 1;
            Trades += _batch.Trades.Length;
            _writer.Write(_batch);
        }

        public void Dispose() => _writer.Dispose();
    }
}
