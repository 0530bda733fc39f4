namespace Exchange.Protocol;

/// <summary>Keeps how far users have read what they were told.</summary>
public interface INoticeMarks
{
    /// <summary>Notes how far; it never goes back. Gives how far that is now. Ends when it is on disk.</summary>
    ValueTask<long> MarkAsync(long userId, long roomId, long sequence);
}
