using Exchange.Markets;
using Exchange.Protocol;

namespace Exchange.Hosting;

/// <summary>Counts of a <see cref="Pipeline"/> since its start.</summary>
/// <param name="Commands">Commands applied, refused ones included.</param>
/// <param name="Commits">Batches put on disk.</param>
/// <param name="CommitTime">The time of all commits together.</param>
/// <param name="LongestCommit">The time of the longest commit.</param>
/// <param name="Waiting">Commands in the inbox now.</param>
/// <param name="Overloaded">Commands refused because the inbox was full.</param>
public readonly record struct PipelineCounts(
    long Commands, long Commits, TimeSpan CommitTime, TimeSpan LongestCommit, int Waiting, long Overloaded);

/// <summary>When the commands of a batch came into the inbox, by their place in the batch. Handed over along with it.</summary>
internal sealed class Arrivals(int capacity)
{
    private readonly long[] _at = new long[capacity];
    private int _used;

    /// <summary>Says when one came, as a timestamp of the exchange's clock. Those in between came from nobody.</summary>
    public void Set(int index, long at)
    {
        if (index >= _at.Length)
            return;
        _at[index] = at;
        _used = index + 1;
    }

    /// <summary>When one came; 0: it is the exchange's own.</summary>
    public long At(int index) => index < _used ? _at[index] : 0;

    /// <summary>For a new batch.</summary>
    public void Clear()
    {
        Array.Clear(_at, 0, _used);
        _used = 0;
    }
}

/// <summary>How long commits and answers took and how large batches were. Of the writer thread; counting allocates nothing.</summary>
internal sealed class PipelineTimes
{
    /// <summary>From an order's coming into the inbox until its answer, on disk, was there for its connection to send.</summary>
    public Histogram OrderAnswer { get; } = Histogram.OfTimes();

    /// <summary>One transaction, its flush included.</summary>
    public Histogram Commit { get; } = Histogram.OfTimes();

    /// <summary>Commands in a transaction.</summary>
    public Histogram BatchSize { get; } = Histogram.OfCounts();

    public void CountCommit(CommitBatch written, TimeSpan took)
    {
        if (!written.Changed)
            return;
        Commit.Add(took);
        BatchSize.Add(written.Commands.Length);
    }

    public void CountAnswers(CommitBatch told, Arrivals arrivals, TimeProvider time)
    {
        long now = time.GetTimestamp();
        ReadOnlySpan<AppliedCommand> commands = told.Commands;
        for (int i = 0; i < commands.Length; i++)
        {
            if (arrivals.At(i) is var at and not 0 && RecentCommits.IsOrder(commands[i].Kind))
                OrderAnswer.Add(time.GetElapsedTime(at, now));
        }
    }
}
