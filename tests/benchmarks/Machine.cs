using System.Runtime.CompilerServices;

namespace Exchange.Benchmarks;

/// <summary>What it was measured on.</summary>
internal static class Machine
{
    public static string Compilation => RuntimeFeature.IsDynamicCodeSupported ? "JIT" : "NativeAOT";

    public static string Describe()
    {
        string load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        return $"{Environment.ProcessorCount} cores, {CpuModel()}, Linux {Kernel()}, {FileSystemOf(Temporary.Root)}, "
            + $".NET {Environment.Version}, load {load} at the end";
    }

    /// <summary>Processor time a process has used, seconds.</summary>
    public static double CpuSeconds(int processId)
    {
        // After the name in parentheses: field 14 is user time, 15 is system time, in hundredths of a second.
        string stat = File.ReadAllText($"/proc/{processId}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11]) + long.Parse(fields[12])) / 100.0;
    }

    /// <summary>Processor time that all processes have used, and what was stolen by other machines on the same host, seconds.</summary>
    public static double AllCpuSeconds()
    {
        // cpu user nice system idle iowait irq softirq steal
        string[] fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return ((int[])[1, 2, 3, 6, 7, 8]).Sum(i => long.Parse(fields[i])) / 100.0;
    }

    /// <summary>A line of /proc/PID/status that counts kilobytes, in MB.</summary>
    public static double MemoryMb(int processId, string line)
    {
        foreach (string each in File.ReadLines($"/proc/{processId}/status"))
        {
            if (each.StartsWith(line + ":", StringComparison.Ordinal))
                return long.Parse(each.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024.0;
        }
        return 0;
    }

    private static string Kernel() => File.ReadAllText("/proc/sys/kernel/osrelease").Trim();

    private static string CpuModel() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
        ?? "unknown processor";

    /// <summary>The file system of the longest mount point that the path is under.</summary>
    private static string FileSystemOf(string path)
    {
        (string Point, string Type) best = ("", "unknown");
        foreach (string line in File.ReadLines("/proc/mounts"))
        {
            string[] fields = line.Split(' ');
            bool holds = fields[1] == "/" || path == fields[1] || path.StartsWith(fields[1] + "/", StringComparison.Ordinal);
            if (holds && fields[1].Length >= best.Point.Length)
                best = (fields[1], fields[2]);
        }
        return $"{best.Type} at {path}";
    }
}

/// <summary>Where databases are made: on disk, not in memory, or the flushes that are measured would be none.</summary>
internal static class Temporary
{
    public static string Root { get; } = Path.GetFullPath(
        Environment.GetEnvironmentVariable("EXCHANGE_BENCH_DIR") ?? Path.Combine(Path.GetTempPath(), "exchange-bench"));

    /// <summary>A new empty directory; deleted by <see cref="Delete"/>.</summary>
    public static string NewDirectory(string name)
    {
        string path = Path.Combine(Root, $"{name}-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}");
        Directory.CreateDirectory(path);
        return path;
    }

    public static void Delete(string directory) => Directory.Delete(directory, recursive: true);

    private static int s_count;
}
