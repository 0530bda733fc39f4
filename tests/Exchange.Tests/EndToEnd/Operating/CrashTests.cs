using System.Collections.Concurrent;
using System.Net.WebSockets;
using Exchange.Protocol.V1;
using Microsoft.Data.Sqlite;

namespace Exchange.Tests.EndToEnd;

/// <summary>The power switch: SIGKILL of the published executable under load, again and again on the same data.</summary>
public class CrashTests
{
    /// <summary>Rounds by default; EXCHANGE_KILL_ROUNDS sets another number for a long run.</summary>
    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("EXCHANGE_KILL_ROUNDS"), out int rounds) ? rounds : 50;

    private const int Traders = 4;

    [Fact]
    public async Task Killed_under_load_it_comes_back_with_every_acknowledged_command_once()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        var random = new Random(20_261);
        string[] tokens = new string[Traders];
        for (int i = 0; i < Traders; i++)
            tokens[i] = await exchange.SignInAsync($"Trader {i}");
        ulong market;
        await using (Bot first = await Bot.ConnectAsync(exchange, tokens[0]))
            market = await first.CreateMarketAsync("Killed");

        var placed = new ConcurrentDictionary<string, OrderChanged>();
        var cancelled = new ConcurrentDictionary<ulong, bool>();
        long lastSequence = 0;
        for (int round = 0; round < Rounds; round++)
        {
            Bot[] bots = await Task.WhenAll(tokens.Select(t => Bot.ConnectAsync(exchange, t)));
            Task[] loads = [.. bots.Select((bot, i) => LoadAsync(bot, market, $"{round}-{i}", round * 100 + i, placed, cancelled))];
            int enough = placed.Count + random.Next(20, 200);
            await Patience.UntilAsync(() => placed.Count >= enough, $"{enough} orders acknowledged");
            await exchange.KillAsync();
            await Task.WhenAll(loads);
            foreach (Bot bot in bots)
            {
                lastSequence = Math.Max(lastSequence, (long)bot.Read(s => s.LastSequence));
                await bot.DisposeAsync();
            }
            await CheckAsync(exchange, placed, cancelled, lastSequence);
            await exchange.RestartAsync();
        }

        // A bot that got no answer sends again; what did get one is never placed twice.
        await using (Bot again = await Bot.ConnectAsync(exchange, tokens[0]))
        {
            // The youngest: ids are remembered for an account's last 10,000 orders, and a long run has more.
            ulong account = again.Read(s => s.Authenticated!.AccountId);
            foreach ((string id, OrderChanged answer) in placed.Where(p => p.Value.Order.AccountId == account)
                .OrderByDescending(p => p.Value.Order.OrderId).Take(50))
            {
                // As it was sent: another order under its id is refused.
                Order order = answer.Order;
                OrderChanged repeated = (await again.PlaceAsync(market, order.Side, order.Price, order.Quantity, id)).OrderChanged;
                Assert.True(repeated.Existing, id);
                Assert.Equal(answer.Order.OrderId, repeated.Order.OrderId);
            }
        }
        (int exitCode, _) = await exchange.TerminateAsync();
        Assert.Equal(0, exitCode);
        (int verified, string report) = await PublishedExchange.RunAsync("verify", "--data", exchange.DataDirectory);
        Assert.True(verified == 0, report);
        Console.WriteLine($"{Rounds} rounds of SIGKILL: {placed.Count} orders and {cancelled.Count} cancels acknowledged, none lost or doubled.");
    }

    [Fact]
    public async Task A_full_disk_ends_it_with_a_sentence_and_loses_nothing_that_was_acknowledged()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartOnSmallDiskAsync(fileKilobytesMax: 1_000);
        string token = await exchange.SignInAsync("Ann");
        var placed = new ConcurrentDictionary<string, OrderChanged>();
        var cancelled = new ConcurrentDictionary<ulong, bool>();
        ulong market;
        long lastSequence;
        await using (Bot ann = await Bot.ConnectAsync(exchange, token))
        {
            market = await ann.CreateMarketAsync("Full");
            await LoadAsync(ann, market, "full", 1, placed, cancelled).PatientlyAsync();
            lastSequence = (long)ann.Read(s => s.LastSequence);
        }
        Assert.Equal(70, await exchange.ExitAsync());
        Assert.Contains("could not go on safely", exchange.Output, StringComparison.Ordinal);
        Assert.NotEmpty(placed);
        await CheckAsync(exchange, placed, cancelled, lastSequence);

        await exchange.RestartAsync();
        await using Bot back = await Bot.ConnectAsync(exchange, token);
        Assert.Equal(OrderStatus.Live, (await back.PlaceAsync(market, Side.Buy, 1, 1)).OrderChanged.Order.Status);
    }

    /// <summary>Places and cancels, several at a time, until the exchange is gone.</summary>
    private static async Task LoadAsync(
        Bot bot, ulong market, string name, int seed,
        ConcurrentDictionary<string, OrderChanged> placed, ConcurrentDictionary<ulong, bool> cancelled)
    {
        var random = new Random(seed);
        var inFlight = new List<Task>();
        try
        {
            for (int i = 0; ; i++)
            {
                string id = $"{name}-{i}";
                Task<ServerMessage> answer = await bot.StartAsync(new ClientMessage
                {
                    PlaceOrder = new PlaceOrder
                    {
                        MarketId = market,
                        Side = random.Next(2) == 0 ? Side.Buy : Side.Sell,
                        Price = 4_900 + random.Next(200),
                        Quantity = (uint)random.Next(1, 50),
                        ClientOrderId = id,
                    },
                });
                inFlight.Add(Task.Run(async () =>
                {
                    ServerMessage message = await answer;
                    if (message.EventCase != ServerMessage.EventOneofCase.OrderChanged)
                        return;
                    placed[id] = message.OrderChanged;
                    if (message.OrderChanged.Order.Status != OrderStatus.Live || message.OrderChanged.Order.OrderId % 3 != 0)
                        return;
                    ServerMessage gone = await bot.RequestAsync(new ClientMessage
                    {
                        CancelOrder = new CancelOrder { OrderId = message.OrderChanged.Order.OrderId },
                    });
                    if (gone.EventCase == ServerMessage.EventOneofCase.OrderChanged)
                        cancelled[message.OrderChanged.Order.OrderId] = true;
                }));
                if (inFlight.Count >= 32)
                {
                    await Task.WhenAny(inFlight);
                    inFlight.RemoveAll(t => t.IsCompleted);
                }
            }
        }
        catch (WebSocketException)
        {
            // Killed.
        }
        foreach (Task task in inFlight)
            await task.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    /// <summary>Compares what was acknowledged with what the file holds.</summary>
    private static async Task CheckAsync(
        PublishedExchange exchange, ConcurrentDictionary<string, OrderChanged> placed,
        ConcurrentDictionary<ulong, bool> cancelled, long lastSequence)
    {
        (int verified, string report) = await PublishedExchange.RunAsync("verify", "--data", exchange.DataDirectory);
        Assert.True(verified == 0, report);

        await using var connection = new SqliteConnection($"Data Source={exchange.DataDirectory}/exchange.db;Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        var onDisk = new Dictionary<string, (long Id, long Filled, long Status)>();
        long sequence = 0;
        await using (SqliteCommand command = connection.CreateCommand())
        {
            command.CommandText = "SELECT client_order_id, id, filled, status, (SELECT sequence FROM state) FROM \"order\"";
            await using SqliteDataReader reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                // Dictionary.Add throws if an order is there twice.
                onDisk.Add(reader.GetString(0), (reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3)));
                sequence = reader.GetInt64(4);
            }
        }
        Assert.True(sequence >= lastSequence, $"Sequence {lastSequence} was told, but only {sequence} is on disk.");
        foreach ((string id, OrderChanged answer) in placed)
        {
            Assert.True(onDisk.TryGetValue(id, out (long Id, long Filled, long Status) row), $"Order {id} was acknowledged and is lost.");
            Assert.Equal((long)answer.Order.OrderId, row.Id);
            Assert.True(row.Filled >= answer.Order.Filled, $"Order {id} was told as filled {answer.Order.Filled}, on disk {row.Filled}.");
            if (cancelled.ContainsKey(answer.Order.OrderId))
                Assert.Equal((long)OrderStatus.Cancelled, row.Status);
        }
    }
}
