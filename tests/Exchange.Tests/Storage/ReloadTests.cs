using Exchange.Hosting;
using Exchange.Markets;
using Exchange.Storage;
using Exchange.Tests.Markets;
using Microsoft.Data.Sqlite;

namespace Exchange.Tests.Storage;

/// <summary>What comes back from disk is what was in memory.</summary>
public class ReloadTests
{
    private static string NewDirectory() => Directory.CreateTempSubdirectory("exchange-storage-").FullName;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void The_state_reloaded_at_random_moments_is_the_state_in_memory(int seed)
    {
        string directory = NewDirectory();
        var random = new Random(seed);
        var generator = new CommandGenerator(seed);
        var known = new NaiveVenue();
        Database database = Database.Open(directory, Synchronous.Full);
        var writer = new WalWriter(database);
        Venue venue = Loader.Load(database, default);
        var batch = new CommitBatch();
        long number = 0;
        Moment now = default;
        for (int round = 0; round < 120; round++)
        {
            batch.Begin(++number);
            for (int i = random.Next(1, 60); i > 0; i--)
            {
                Command command = generator.Next(known);
                now = generator.NextMoment();
                known.Apply(in command, now);
                venue.Apply(in command, now, batch);
                Assert.True(known.Sequence == venue.Sequence, $"Sequence {venue.Sequence}, expected {known.Sequence}: {Describe.Command(in command)}");
            }
            venue.Seal(batch);
            writer.Write(batch);
            if (random.Next(6) != 0)
                continue;

            // From here on with what the disk held: as after a crash.
            string before = venue.StateHash();
            writer.Dispose();
            database.Dispose();
            database = Database.Open(directory, Synchronous.Full);
            now = generator.NextMoment();
            venue = Loader.Load(database, now);
            Assert.Equal(before, venue.StateHash());
            writer = new WalWriter(database);
            known.Restart(now);
            Remember(database, venue, batch, known.State.Accounts.Count, now);
        }
        Assert.True(venue.LastOrderId > 100, "Too little was traded to prove anything.");
        writer.Dispose();
        Assert.Empty(Verifier.Verify(database));
        database.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>What the sessions do before an account's first order with a client order id.</summary>
    private static void Remember(Database database, Venue venue, CommitBatch batch, int accounts, Moment now)
    {
        batch.Begin(-1);
        var history = new RecordReader(database);
        for (long account = 1; account <= accounts; account++)
        {
            venue.Apply(
                new Command
                {
                    Kind = CommandKind.RememberOrders,
                    AccountId = account,
                    Details = new RememberedOrders(history.EndedClientOrders(account, venue.LastOrderId + 1)),
                },
                now, batch);
        }
    }

    [Theory]
    [InlineData("UPDATE account SET cash = cash + 1 WHERE id = 2", "has cash")]
    [InlineData("UPDATE position SET quantity = quantity + 100", "position")]
    [InlineData("DELETE FROM trade WHERE id = 1", "come to")]
    [InlineData("UPDATE \"order\" SET filled = filled + 1 WHERE status = 2", "filled")]
    [InlineData("UPDATE transfer SET amount = amount * 2 WHERE id = 1", "has cash")]
    [InlineData("UPDATE \"order\" SET remaining = remaining - 1 WHERE status = 1", "order")]
    [InlineData("UPDATE state SET sequence = 1", "sequence")]
    [InlineData("UPDATE market SET deleted_us = 1 WHERE id IN (SELECT market_id FROM trade)", "is deleted, but it was traded in")]
    public void Verify_finds_money_that_does_not_add_up(string tampering, string complaint)
    {
        string directory = NewDirectory();
        Trade(directory);
        using (var connection = new SqliteConnection($"Data Source={directory}/exchange.db;Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = tampering;
            Assert.True(command.ExecuteNonQuery() > 0);
        }
        using (Database database = Database.Open(directory, Synchronous.Full))
            Assert.Contains(Verifier.Verify(database), p => p.Contains(complaint, StringComparison.Ordinal));
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void A_newer_database_a_foreign_one_and_no_database_are_refused_with_a_sentence()
    {
        string directory = NewDirectory();
        Trade(directory);
        string file = Path.Combine(directory, "exchange.db");
        Run(file, "PRAGMA user_version = 999");
        Assert.Contains("newer exchange", Refusal(directory), StringComparison.Ordinal);
        Run(file, "PRAGMA user_version = 1; PRAGMA application_id = 1");
        Assert.Contains("not an exchange's", Refusal(directory), StringComparison.Ordinal);
        File.WriteAllText(file, new string('x', 10_000));
        foreach (string log in Directory.GetFiles(directory, "exchange.db-*"))
            File.Delete(log);
        Assert.Contains("exchange.db can't be read", Refusal(directory), StringComparison.Ordinal);
        Directory.Delete(directory, recursive: true);

        static string Refusal(string directory) =>
            Assert.Throws<StorageException>(() => Database.Open(directory, Synchronous.Full)).Message;
    }

    [Fact]
    public async Task A_write_that_fails_is_told_to_nobody_and_ends_it_all()
    {
        string directory = NewDirectory();
        using Database database = Database.Open(directory, Synchronous.Full);
        Venue venue = Loader.Load(database, default);
        using var writer = new WalWriter(database);
        var failed = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        int told = 0;
        var pipeline = new Pipeline(venue, writer, _ => told++, failed.SetResult, new ExchangeClock(TimeProvider.System));
        pipeline.Start();

        // The table the next command needs is gone, as the disk might be.
        await pipeline.WriteAsync(c => { using SqliteCommand drop = c.CreateCommand(); drop.CommandText = "DROP TABLE room"; drop.ExecuteNonQuery(); });
        Assert.True(pipeline.IsHealthy);
        Assert.True(pipeline.TrySubmit(new Command
        {
            Kind = CommandKind.OpenRoom,
            Details = new RoomTerms("main", "Main", Cash.Zero, WhoMayCreateMarkets.Anyone),
        }));
        Assert.IsType<SqliteException>(await failed.Task.PatientlyAsync());
        Assert.False(pipeline.IsHealthy);
        Assert.False(pipeline.TrySubmit(new Command { Kind = CommandKind.GetRoom }));
        Assert.Equal(0, told);
        pipeline.Stop();
    }

    [Fact]
    public async Task Another_program_that_keeps_the_write_lock_ends_it_by_name_when_patience_is_over()
    {
        string directory = NewDirectory();
        using Database database = Database.Open(directory, Synchronous.Full);
        Venue venue = Loader.Load(database, default);
        using var writer = new WalWriter(database) { Patience = TimeSpan.Zero };
        var failed = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        int told = 0;
        var pipeline = new Pipeline(venue, writer, _ => told++, failed.SetResult, new ExchangeClock(TimeProvider.System));
        pipeline.Start();

        using SqliteConnection other = database.Connect();
        using (SqliteTransaction held = other.BeginTransaction(deferred: false))
        {
            Assert.True(pipeline.TrySubmit(new Command
            {
                Kind = CommandKind.OpenRoom,
                Details = new RoomTerms("main", "Main", Cash.Zero, WhoMayCreateMarkets.Anyone),
            }));
            Exception e = await failed.Task.PatientlyAsync();
            Assert.Contains("has held the database's write lock for ", Assert.IsType<StorageException>(e).Message, StringComparison.Ordinal);
            Assert.Contains("End that program, or let it commit.", e.Message, StringComparison.Ordinal);
        }
        Assert.Equal(0, told);
        pipeline.Stop();
    }

    /// <summary>Leaves a database with trades, resting orders and positions.</summary>
    private static void Trade(string directory)
    {
        using Database database = Database.Open(directory, Synchronous.Full);
        Venue venue = Loader.Load(database, default);
        using var writer = new WalWriter(database);
        var batch = new CommitBatch();
        batch.Begin(1);
        venue.Apply(new Command { Kind = CommandKind.OpenRoom, Details = new RoomTerms("main", "Main", new Cash(10_000_0000), WhoMayCreateMarkets.Anyone) }, Moment.At(1), batch);
        foreach (string name in (string[])["ann", "bob"])
            venue.Apply(new Command { Kind = CommandKind.EnterUser, Details = new UserEntry("test", name, name, null, false) }, Moment.At(2), batch);
        venue.Apply(new Command { Kind = CommandKind.CreateMarket, UserId = 1, Details = new MarketTerms("Rain", "", new Price(0), new Price(10_000), 1) }, Moment.At(3), batch);
        Place(2, Side.Sell, 6_000, 500);
        Place(3, Side.Buy, 6_000, 200);
        Place(3, Side.Buy, 5_000, 200);
        venue.Seal(batch);
        writer.Write(batch);
        Assert.Equal(1, batch.Trades.Length);

        void Place(long account, Side side, int price, long quantity) => venue.Apply(
            new Command
            {
                Kind = CommandKind.PlaceOrder,
                AccountId = account,
                MarketId = 1,
                Side = side,
                HasPrice = true,
                Price = new Price(price),
                Quantity = new Quantity(quantity),
                TimeInForce = TimeInForce.GoodTillCancelled,
            },
            Moment.At(4), batch);
    }

    private static void Run(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
