namespace Exchange.Protocol;

/// <summary>
/// How much waits for a listener to read it. Whoever makes more of it waits for room first, so that a client which asks
/// and does not read holds a bounded amount of memory.
/// </summary>
internal sealed class Backlog
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _less;
    private int _count;

    /// <summary>Counts one more that waits.</summary>
    public void Add()
    {
        lock (_lock)
            _count++;
    }

    /// <summary>Counts one less that waits. Those that were forgotten meanwhile (<see cref="Clear"/>) do not count below zero.</summary>
    public void Remove() => Set(clear: false);

    /// <summary>Forgets all that wait: they were lost.</summary>
    public void Clear() => Set(clear: true);

    /// <summary>Ends when at most so many wait.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async ValueTask UntilAtMostAsync(int count, CancellationToken cancel)
    {
        while (true)
        {
            Task less;
            lock (_lock)
            {
                if (_count <= count)
                    return;
                _less ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                less = _less.Task;
            }
            await less.WaitAsync(cancel);
        }
    }

    private void Set(bool clear)
    {
        TaskCompletionSource? less;
        lock (_lock)
        {
            _count = clear ? 0 : Math.Max(0, _count - 1);
            less = _less;
            _less = null;
        }
        less?.SetResult();
    }
}
