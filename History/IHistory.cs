namespace Exchange.History;

/// <summary>Answers questions about the past, beside the trading.</summary>
public interface IHistory
{
    /// <summary>The answer, or why there is none. It may be some time in coming.</summary>
    ValueTask<HistoryAnswer> AskAsync(Viewer viewer, HistoryQuery query, CancellationToken cancel);
}
