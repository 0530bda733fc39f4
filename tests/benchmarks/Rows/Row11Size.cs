using Exchange.Benchmarks.Load;

namespace Exchange.Benchmarks.Rows;

/// <summary>How large the executable is, and how much memory it takes: idle, and with clients.</summary>
internal static class Row11Size
{
    private const int Users = 20;

    public static void Run(Report report, Options options)
    {
        MeasureExecutable(report, options);
        MeasureMemory(report, options);
    }

    private static void MeasureExecutable(Report report, Options options)
    {
        double mb = new FileInfo(options.Executable).Length / 1e6;
        var measurement = new Measurement("11", "executable", $"{mb:0.0} MB", "≤ 20 MB", options.Brief ? null : mb <= 20);
        measurement.Numbers["executable_mb"] = mb;
        report.Add(measurement);
    }

    private static void MeasureMemory(Report report, Options options)
    {
        int clients = options.Brief ? 50 : 500;
        string directory = Temporary.NewDirectory("size");
        string[] tokens = PreparedData.Create(directory, Users);
        using var server = ServerProcess.StartExchange(options.Executable, directory);
        Thread.Sleep(options.Brief ? 200 : 2_000);
        Add(report, server, "resident memory, idle", "≤ 45 MB", options.Brief ? null : 45);

        using var reactor = new Reactor();
        var connected = new List<Client>();
        for (int i = 0; i < clients; i++)
        {
            var client = new Client(server.Port);
            connected.Add(client);
            reactor.Add(client);
            client.Authenticate(tokens[i % Users]);
            if (!reactor.PollUntil(() => client.IsReady, 10))
                throw new InvalidOperationException($"Client {i} could not come in: {client.Refusal ?? client.Closed}");
            if (i == 0)
                client.CreateMarket();
            client.Subscribe();
        }
        reactor.PollUntil(() => connected.TrueForAll(c => c.IsSubscribed), 10);
        if (!connected.TrueForAll(c => c.IsSubscribed && c.Closed is null))
            report.Problem($"Row 11: of {clients} clients {connected.Count(c => c.IsSubscribed)} are subscribed.");
        Add(report, server, $"resident memory, {clients} clients subscribed to all books and trades", "≤ 150 MB", options.Brief ? null : 150);
        server.Stop();
        Temporary.Delete(directory);
    }

    private static void Add(Report report, ServerProcess server, string what, string target, double? limit)
    {
        double all = Machine.MemoryMb(server.Id, "VmRSS"), own = Machine.MemoryMb(server.Id, "RssAnon");
        var measurement = new Measurement("11", what, $"{all:0.0} MB, of which {own:0.0} its own (RssAnon)", target, limit is null ? null : all <= limit);
        measurement.Numbers["rss_mb"] = all;
        measurement.Numbers["rss_anon_mb"] = own;
        report.Add(measurement);
    }
}
