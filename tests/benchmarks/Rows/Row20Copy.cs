using Exchange.Benchmarks.Load;
using Exchange.Markets;
using Exchange.Storage;

namespace Exchange.Benchmarks.Rows;

/// <summary>
/// What a copy of the database, made beside the trading, costs those who trade: commits of one order at 200/s, with no copy being
/// made and with one after the other, in turns, so that what the machine does meanwhile meets both.
/// </summary>
internal static class Row20Copy
{
    private const int PerTurn = 200, UserId = 1, AccountId = 2, MarketId = 1;
    private const long PauseNs = 5_000_000;

    public static void Run(Report report, bool brief)
    {
        int turns = brief ? 1 : 10;
        var size = brief ? new HistorySize(100, 20_000) : new HistorySize(1_000, 1_000_000);
        string directory = Temporary.NewDirectory("copy"), copies = Temporary.NewDirectory("copies");
        File.Copy(Path.Combine(History.Prepare(report, size, verify: false), "exchange.db"), Path.Combine(directory, "exchange.db"));
        var alone = new Latencies(turns * PerTurn);
        var beside = new Latencies(turns * PerTurn);
        long made = 0, bytes = 0;
        using (Database database = Database.Open(directory, Synchronous.Full))
        using (var writer = new WalWriter(database))
        {
            Venue venue = Loader.Load(database, Moment.At(MarketWorkload.TimeUs));
            var batch = new CommitBatch();
            long number = 0;
            for (int turn = 0; turn < turns; turn++)
            {
                WriteOrders(alone);
                using var stop = new CancellationTokenSource();
                var copying = new Thread(() => Copy(stop.Token));
                copying.Start();
                WriteOrders(beside);
                stop.Cancel();
                copying.Join();
            }
            database.Close();

            void WriteOrders(Latencies times)
            {
                for (int i = 0; i < PerTurn; i++)
                {
                    Native.Sleep(PauseNs);
                    batch.Begin(++number);
                    var order = new Command
                    {
                        Kind = CommandKind.PlaceOrder, UserId = UserId, RoomId = 1, AccountId = AccountId, MarketId = MarketId,
                        Side = Side.Buy, Price = new Price(1), HasPrice = true, Quantity = new Quantity(100), HasQuantity = true,
                        TimeInForce = TimeInForce.GoodTillCancelled,
                    };
                    venue.Apply(in order, Moment.At(MarketWorkload.TimeUs), batch);
                    venue.Seal(batch);
                    if (batch.Refusals.Length > 0)
                        report.Problem($"Row 20: an order was refused: {batch.Refusals[0].Sentence}");
                    long start = Clock.Ns;
                    writer.Write(batch);
                    times.Add(Clock.Ns - start);
                }
            }

            void Copy(CancellationToken stop)
            {
                try
                {
                    while (true)
                    {
                        bytes += Backup.Write(database, Path.Combine(copies, "copy.db"), null, stop).Bytes;
                        made++;
                    }
                }
                catch (OperationCanceledException)
                {
                    // Its turn is over.
                }
            }
        }
        if (made > 0 && DatabaseReading.Check(Path.Combine(copies, "copy.db")) is [var problem, ..])
            report.Problem($"Row 20: the copy has a problem: {problem}");
        double ratio = beside.Ms(0.99) / alone.Ms(0.99);
        var measurement = new Measurement(
            "20", $"one order a commit at 200/s while the database ({size}) is copied, beside no copy", $"{beside.Describe()}: p99 {ratio:0.00} ×", "p99 ≤ 1.1 ×",
            brief ? null : ratio <= 1.1)
        {
            Note = $"with no copy {alone.Describe()}; {made:#,0} copies of {(made == 0 ? 0 : bytes / made / 1_000_000.0):0.0} MB were finished",
        };
        alone.CopyTo(measurement.Numbers, "alone_");
        beside.CopyTo(measurement.Numbers, "beside_");
        measurement.Numbers["p99_ratio"] = ratio;
        report.Add(measurement);
        Temporary.Delete(directory);
        Temporary.Delete(copies);
    }
}
