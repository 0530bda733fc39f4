namespace Exchange.Protocol;

/// <summary>The counts over all connections, for `/metrics`. Counting allocates nothing and takes no lock.</summary>
public sealed class Traffic
{
    /// <summary>Every number of `ErrorCode` is below this.</summary>
    private const int CodeCount = 1_000;

    private readonly long[] _refusals = new long[CodeCount];
    private readonly long[] _resyncs = new long[8];

    /// <summary>From an event's publication until a listener's socket has taken it: one value for each frame, of its oldest event.</summary>
    public Histogram FanOutLag { get; } = Histogram.OfTimes();

    /// <summary>Called for each refused request, with the number of its connection and the reason. Null: nothing is called.</summary>
    public Action<int, V1.ErrorCode>? Refused { get; set; }

    /// <summary>Counts a refused request.</summary>
    public void CountRefusal(int session, V1.ErrorCode code)
    {
        Refused?.Invoke(session, code);
        if ((int)code is >= 0 and < CodeCount)
            Interlocked.Increment(ref _refusals[(int)code]);
    }

    /// <summary>Counts a listener that is sent everything again.</summary>
    public void CountResync(V1.Resynchronizing.Types.Reason reason) => Interlocked.Increment(ref _resyncs[(int)reason % _resyncs.Length]);

    /// <summary>How many requests were refused, by each code that there is.</summary>
    public IEnumerable<(V1.ErrorCode Code, long Count)> Refusals() =>
        Enum.GetValues<V1.ErrorCode>().Where(c => c != 0).Select(c => (c, Interlocked.Read(ref _refusals[(int)c])));

    /// <summary>How often a listener was shown everything again, by each reason that there is.</summary>
    public IEnumerable<(V1.Resynchronizing.Types.Reason Reason, long Count)> Resyncs() =>
        Enum.GetValues<V1.Resynchronizing.Types.Reason>().Where(r => r != 0).Select(r => (r, Interlocked.Read(ref _resyncs[(int)r])));
}
