using System.Diagnostics;

namespace Exchange.Tests.EndToEnd;

/// <summary>
/// A wall clock for the executable that a test can set: a library, loaded before libc, adds to CLOCK_REALTIME what stands in a file. The clock
/// that durations are counted by stays the machine's.
/// </summary>
public sealed class ShiftedClock : IDisposable
{
    private const string Source = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <fcntl.h>
        #include <stdlib.h>
        #include <sys/mman.h>
        #include <time.h>
        #include <unistd.h>

        static volatile long *shift;
        static int (*real)(clockid_t, struct timespec *);

        __attribute__((constructor)) static void begin(void)
        {
            int file = open(getenv("EXCHANGE_TEST_CLOCK"), O_RDONLY);
            real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
            shift = mmap(NULL, sizeof *shift, PROT_READ, MAP_SHARED, file, 0);
            close(file);
        }

        int clock_gettime(clockid_t id, struct timespec *time)
        {
            if (real == NULL)
                begin();
            int result = real(id, time);
            if (result == 0 && id == CLOCK_REALTIME)
                time->tv_sec += *shift;
            return result;
        }
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("exchange-clock-").FullName;

    private string File => Path.Combine(_directory, "seconds");

    private string Library => Path.Combine(_directory, "clock.so");

    public ShiftedClock()
    {
        Set(0);
        string source = Path.Combine(_directory, "clock.c");
        System.IO.File.WriteAllText(source, Source);
        // What links the executable links this.
        using Process compiler = Process.Start("cc", ["-shared", "-fPIC", "-O1", "-o", Library, source, "-ldl"]);
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
    }

    /// <summary>What the executable is started with.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = Library,
        ["EXCHANGE_TEST_CLOCK"] = File,
    };

    /// <summary>Sets the clock to be off by this, at once.</summary>
    public void Set(long seconds)
    {
        using FileStream file = new(File, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        file.Write(BitConverter.GetBytes(seconds));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
