namespace Exchange.Markets;

// Several requests about orders, one after the other with nothing of anyone else's in between.
public sealed partial class Venue
{
    /// <summary>Each is a command of its own, with a sequence of its own; together they get one answer.</summary>
    private void ApplyEach(in Command batch)
    {
        BatchRequest[] requests = ((OrderBatchTerms)batch.Details!).Requests;
        if (requests.Length is 0 or > Limits.MaxBatchItems)
        {
            Close(in batch);
            _context.Batch.AnswerRefused(in Refusals.BatchLength);
            return;
        }

        var results = new BatchResult[requests.Length];
        for (int i = 0; i < requests.Length; i++)
        {
            Command item = requests[i].Command;
            // Without a request id: what it causes is told, but answers nothing.
            item.Origin = new Origin(batch.Origin.Session, 0);
            item.UserId = batch.UserId;
            item.AccountId = batch.AccountId;
            item.RoomId = batch.RoomId;
            item.Elevated = batch.Elevated;
            item.ByKey = batch.ByKey;
            item.ReadOnly = batch.ReadOnly;
            item.OnlyAccountId = batch.OnlyAccountId;
            if (requests[i].Problem is { } problem)
            {
                results[i] = new BatchResult(default, IsExisting: false, Refusals.InvalidField(problem));
                continue;
            }
            _context.CancelsItsId = item.Kind == CommandKind.PlaceOrder && IsCancelled(item.ClientOrderId, requests.AsSpan(0, i), results);
            Refusal refusal = ApplyOne(in item);
            _context.CancelsItsId = false;
            _context.Batch.TryFindAnswer(in _context.Batch.LastCommand, out OrderState state, out bool isExisting);
            results[i] = new BatchResult(state, isExisting, refusal);
        }
        Close(in batch);
        _context.Batch.AnswerRecord(new BatchApplied(results));
    }

    /// <summary>Whether one of the requests cancels the order of a client order id, which a later one then can't mean.</summary>
    private static bool IsCancelled(string? clientOrderId, ReadOnlySpan<BatchRequest> requests, BatchResult[] results)
    {
        for (int i = 0; i < requests.Length && clientOrderId is not null; i++)
        {
            if (requests[i].Problem is null && requests[i].Command.Kind == CommandKind.CancelOrder
                && (requests[i].Command.ClientOrderId == clientOrderId || results[i].Order.ClientOrderId == clientOrderId))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Adds the batch itself, which changed nothing more, for its answer to hang on.</summary>
    private void Close(in Command batch) => _context.Batch.AddCommand(new AppliedCommand
    {
        Sequence = State.Sequence,
        TimeUs = _context.Now.TimeUs,
        Kind = batch.Kind,
        Origin = batch.Origin,
        FirstEvent = _context.Batch.EventCount,
    });
}
