namespace Exchange.Protocol;

/// <summary>What is counted of all connections, for `/metrics`. Counting allocates nothing and takes no lock.</summary>
public sealed class Traffic
{
    /// <summary>Codes are below this; see `ErrorCode`.</summary>
    private const int CodeCount = 1_000;

    private readonly long[] _refusals = new long[CodeCount];
    private readonly long[] _resyncs = new long[8];

    /// <summary>From an event's publication until a listener's socket has taken it: one value for each frame, of its oldest event.</summary>
    public Histogram FanOutLag { get; } = Histogram.OfTimes();

    /// <summary>Told of each request that is refused: the connection it came by, and why. Null: nobody wants to know.</summary>
    public Action<int, V1.ErrorCode>? Refused { get; set; }

    /// <summary>A request was refused.</summary>
    public void CountRefusal(int session, V1.ErrorCode code)
    {
        Refused?.Invoke(session, code);
        if ((int)code is >= 0 and < CodeCount)
            Interlocked.Increment(ref _refusals[(int)code]);
    }

    /// <summary>A listener is shown everything again.</summary>
    public void CountResync(V1.Resynchronizing.Types.Reason reason) => Interlocked.Increment(ref _resyncs[(int)reason % _resyncs.Length]);

    /// <summary>How many requests were refused, by each code that there is.</summary>
    public IEnumerable<(V1.ErrorCode Code, long Count)> Refusals() =>
        Enum.GetValues<V1.ErrorCode>().Where(c => c != 0).Select(c => (c, Interlocked.Read(ref _refusals[(int)c])));

    /// <summary>How often a listener was shown everything again, by each reason that there is.</summary>
    public IEnumerable<(V1.Resynchronizing.Types.Reason Reason, long Count)> Resyncs() =>
        Enum.GetValues<V1.Resynchronizing.Types.Reason>().Where(r => r != 0).Select(r => (r, Interlocked.Read(ref _resyncs[(int)r])));
}
