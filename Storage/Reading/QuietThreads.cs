using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Exchange.Storage;

/// <summary>
/// Threads for work that may wait: where the system can, they run only as the rest of the process leaves the processor to
/// them. Started when first needed.
/// </summary>
internal sealed class QuietThreads(int count, string name) : IDisposable
{
    /// <summary>A tenth of the processor that a thread of the usual niceness gets, if both want it.</summary>
    private const int Niceness = 10;

    private readonly BlockingCollection<Action> _work = [];
    private readonly Lock _lock = new();
    private int _started;

    /// <summary>Runs it on one of the threads.</summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                result.SetResult(work());
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
        });
        Start();
        return result.Task;
    }

    private void Start()
    {
        if (Volatile.Read(ref _started) == count)
            return;
        lock (_lock)
        {
            for (; _started < count; _started++)
                new Thread(Work) { IsBackground = true, Name = name }.Start();
        }
    }

    private void Work()
    {
        if (OperatingSystem.IsLinux())
            BeQuiet();
        foreach (Action work in _work.GetConsumingEnumerable())
            work();
    }

    public void Dispose() => _work.CompleteAdding();

    /// <summary>On Linux each thread has a niceness of its own; 0 is the thread that asks.</summary>
    private static void BeQuiet()
    {
        try
        {
            _ = SetPriority(which: 0, who: 0, Niceness);
        }
        catch (DllNotFoundException)
        {
            // Another C library than glibc: then they are threads as others are.
        }
    }

    [DllImport("libc.so.6", EntryPoint = "setpriority")]
    private static extern int SetPriority(int which, uint who, int priority);
}
