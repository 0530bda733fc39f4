using Exchange.Benchmarks;
using Exchange.Benchmarks.Naive;
using Exchange.Benchmarks.Rows;

// exchange-benchmarks [--short] [--exe PATH] [--json PATH] [ROW...], or: naive --data DIR
if (args is ["naive", "--data", { } data])
    return await NaiveServer.RunAsync(data);

var options = Options.Read(args);
Directory.CreateDirectory(Temporary.Root);
var report = new Report();
(string Name, Action Run)[] rows =
[
    ("1", () => Row01MarketThread.Run(report, options.Brief)),
    ("3", () => Row03DurableOrders.Run(report, options.Brief)),
    ("4", () => Row04OrderLatency.Run(report, options)),
    ("5", () => Row05WholeSystem.Run(report, options)),
    ("5b", () => Row05WholeSystem.Planned(report, options)),
    ("10", () => Row10Start.Run(report, options)),
    ("11", () => Row11Size.Run(report, options)),
    ("15", () => Row15Past.Run(report, options.Brief)),
    ("20", () => Row20Copy.Run(report, options.Brief)),
];
if (options.Rows.Except(rows.Select(r => r.Name)).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"There is no row {unknown}; there are {string.Join(", ", rows.Select(r => r.Name))}.");
    return 2;
}
foreach ((string name, Action run) in rows)
{
    // 5b is the last part of 5, alone.
    if (options.Rows.Count > 0 ? !options.Rows.Contains(name) : name == "5b")
        continue;
    long start = Clock.Ns;
    run();
    Console.Error.WriteLine($"  row {name} took {(Clock.Ns - start) / 1e9:0.0} s");
}
Console.Write(report.ToMarkdown());
if (options.Json is { } path)
    report.WriteJson(path);
return report.Problems.Count == 0 ? 0 : 1;
