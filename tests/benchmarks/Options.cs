namespace Exchange.Benchmarks;

/// <summary>What to run, and against which executable.</summary>
/// <param name="Brief">Small numbers, nothing asserted of time: does it run, and do final states agree?</param>
/// <param name="Executable">The published exchange.</param>
internal sealed record Options(bool Brief, string Executable, string? Json, IReadOnlyList<string> Rows)
{
    public static Options Read(string[] args)
    {
        bool brief = false;
        string executable = "exchange";
        string? json = null;
        var rows = new List<string>();
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--short":
                    brief = true;
                    break;
                case "--exe":
                    executable = Path.GetFullPath(args[++i]);
                    break;
                case "--json":
                    json = args[++i];
                    break;
                default:
                    rows.Add(args[i]);
                    break;
            }
        }
        return new Options(brief, executable, json, rows);
    }
}
