namespace Exchange.Markets;

/// <summary>
/// Something off the order path that a command caused: a change, or the answer to a question. Closed to this program: the WAL writer and
/// the publisher each name every kind, and throw on one that they do not know.
/// </summary>
/// <remarks>Orders, trades and portfolios are plain structs in <see cref="CommitBatch"/>, so that their path allocates nothing.</remarks>
public abstract record VenueEvent
{
    private protected VenueEvent()
    {
    }
}
