using Exchange.History;
using Exchange.Markets;

namespace Exchange.Protocol;

// Requests for the past: answered from disk, beside the trading, one after the other.
public sealed partial class Session
{
    private const int DefaultPage = 100, MaxPage = 1_000;
    private const int DefaultCandles = 500, MaxCandles = 5_000;
    private const int DefaultBookOrders = 1_000, MaxBookOrders = 10_000;

    /// <summary>Ends when all that was asked for on this connection is answered. Of the receive loop.</summary>
    private Task _historyAnswers = Task.CompletedTask;
    private int _historyWaiting;

    /// <summary>Asks, without keeping later requests waiting.</summary>
    /// <param name="wrong">A sentence if a field can't be.</param>
    private void AskHistory(ulong requestId, HistoryQuery? query, string wrong)
    {
        if (query is null)
        {
            Fail(requestId, V1.ErrorCode.InvalidField, wrong);
        }
        else if (_services.Limits.QueryExceeded(_user!.UserId, _elevated && _user.IsServerAdmin) is { } tooOften)
        {
            Fail(requestId, V1.ErrorCode.RateLimited, tooOften.Sentence, tooOften.RetryAfterMs);
        }
        else if (Volatile.Read(ref _historyWaiting) >= _services.Options.MaxHistoryWaiting)
        {
            Fail(requestId, V1.ErrorCode.Overloaded,
                $"{_services.Options.MaxHistoryWaiting} history requests are already waiting on this connection. Read their answers first.",
                retryAfterMs: 1_000);
        }
        else
        {
            Interlocked.Increment(ref _historyWaiting);
            // The query uses the identity of the connection at this moment.
            _historyAnswers = AnswerHistoryAsync(_historyAnswers, requestId, NewViewer(), query);
        }
    }

    private Viewer NewViewer() => new(_user!.UserId, _roomId, _elevated) { OnlyAccountId = _identity!.Key?.AccountId ?? 0 };

    private async Task AnswerHistoryAsync(Task before, ulong requestId, Viewer viewer, HistoryQuery query)
    {
        await before;
        try
        {
            // Answers may be long: one at a time waits for a listener that is slow to read.
            await _directWaiting.UntilAtMostAsync(0, _ended.Token);
            HistoryAnswer answer = await _services.History.AskAsync(viewer, query, _ended.Token);
            if (answer.Busy is { } sentence)
                Enqueue(requestId, Failure(V1.ErrorCode.Overloaded, sentence, retryAfterMs: 1_000));
            else if (answer.Value is { } value)
                Enqueue(requestId, Translate.ToHistory(value, query));
            else
                Enqueue(requestId, new V1.ServerMessage { RequestFailed = Translate.ToFailure(answer.Refusal) });
        }
        catch (OperationCanceledException)
        {
            // The session ended.
        }
        finally
        {
            Interlocked.Decrement(ref _historyWaiting);
        }
    }

    /// <summary>Reads a request for the past. False: it is none.</summary>
    /// <param name="query">Null if a field can't be.</param>
    /// <param name="problem">A sentence then.</param>
    internal static bool TryReadHistory(V1.ClientMessage message, out HistoryQuery? query, out string problem)
    {
        problem = "";
        switch (message.RequestCase)
        {
            case V1.ClientMessage.RequestOneofCase.GetTrades:
                query = Read(message.GetTrades, out problem);
                return true;
            case V1.ClientMessage.RequestOneofCase.GetOrders:
                query = Read(message.GetOrders, out problem);
                return true;
            case V1.ClientMessage.RequestOneofCase.GetOrderChanges:
                query = Read(message.GetOrderChanges.Page, p => new OrderStepsQuery(ToId(message.GetOrderChanges.OrderId), p), out problem);
                return true;
            case V1.ClientMessage.RequestOneofCase.GetTransfers:
                query = Read(message.GetTransfers.Page, p => new TransfersQuery(ToId(message.GetTransfers.AccountId), p), out problem);
                return true;
            case V1.ClientMessage.RequestOneofCase.GetStatusChanges:
                query = Read(message.GetStatusChanges.Page, p => new StatusStepsQuery(ToId(message.GetStatusChanges.MarketId), p), out problem);
                return true;
            case V1.ClientMessage.RequestOneofCase.GetSettlements:
                query = Read(message.GetSettlements.Page, p => new SettlementsQuery(ToId(message.GetSettlements.MarketId), p), out problem);
                return true;
            case V1.ClientMessage.RequestOneofCase.GetCandles:
                query = Read(message.GetCandles, out problem);
                return true;
            case V1.ClientMessage.RequestOneofCase.GetEquityCurve:
                query = Read(message.GetEquityCurve, out problem);
                return true;
            case V1.ClientMessage.RequestOneofCase.GetBook:
                query = Read(message.GetBook, out problem);
                return true;
            case V1.ClientMessage.RequestOneofCase.GetConversions:
                query = Read(message.GetConversions.Page, p => new ConversionsQuery(ToId(message.GetConversions.AccountId), p), out problem);
                return true;
            case V1.ClientMessage.RequestOneofCase.GetExercises:
                query = Read(message.GetExercises.Page, p => new ExercisesQuery(ToId(message.GetExercises.AccountId), p), out problem);
                return true;
            case V1.ClientMessage.RequestOneofCase.GetAuditTrail:
                query = Read(message.GetAuditTrail, out problem);
                return true;
            case V1.ClientMessage.RequestOneofCase.GetNotices:
                query = Read(message.GetNotices.Page, p => new NoticesQuery(p), out problem);
                return true;
            default:
                query = null;
                return false;
        }
    }

    private static HistoryQuery? Read(V1.GetTrades request, out string problem)
    {
        problem = "Name market_id, account_id, or both.";
        return request.MarketId == 0 && request.AccountId == 0
            ? null
            : Read(request.Page, p => new TradesQuery(ToId(request.MarketId), ToId(request.AccountId), p), out problem);
    }

    private static HistoryQuery? Read(V1.GetOrders request, out string problem)
    {
        problem = "status must be LIVE, FILLED or CANCELLED, or omitted for any.";
        if (request.Status is < V1.OrderStatus.Unspecified or > V1.OrderStatus.Cancelled)
            return null;
        OrderStatus? status = request.Status == V1.OrderStatus.Unspecified ? null : (OrderStatus)request.Status;
        return Read(request.Page, p => new OrdersQuery(ToId(request.AccountId), ToId(request.MarketId), status, p), out problem);
    }

    private static HistoryQuery? Read(V1.GetEquityCurve request, out string problem)
    {
        problem = "interval_us must be microseconds, 0 or more.";
        return request.IntervalUs < 0
            ? null
            : Read(
                request.Page,
                p => new EquityQuery(ToId(request.AccountId), p) { AsRanked = request.AsRanked, IntervalUs = request.IntervalUs },
                out problem);
    }

    private static HistoryQuery? Read(V1.GetAuditTrail request, out string problem)
    {
        problem = "from_time_us and to_time_us are microseconds since 1970, 0 or more, and to_time_us later, or 0 for all there are.";
        if (request.FromTimeUs < 0 || request.ToTimeUs < 0 || (request.ToTimeUs != 0 && request.ToTimeUs <= request.FromTimeUs))
            return null;
        return Read(
            request.Page,
            p => new AuditQuery(p)
            {
                UserId = ToId(request.UserId),
                MarketId = ToId(request.MarketId),
                Action = request.Action,
                FromUs = request.FromTimeUs,
                ToUs = request.ToTimeUs == 0 ? long.MaxValue : request.ToTimeUs,
            },
            out problem);
    }

    private static CandlesQuery? Read(V1.GetCandles request, out string problem)
    {
        problem = "";
        if (Translate.ToMicroseconds(request.Interval) is not { } intervalUs)
            problem = "interval must be one of CandleInterval: 1_SECOND to 1_DAY.";
        else if (request.FromTimeUs < 0 || request.ToTimeUs < 0)
            problem = "from_time_us and to_time_us are microseconds since 1970, 0 or more.";
        else if (request.ToTimeUs != 0 && request.ToTimeUs <= request.FromTimeUs)
            problem = "to_time_us must be later than from_time_us, or 0 for all there are.";
        else if (TryReadLimit(request.Limit, DefaultCandles, MaxCandles, out int limit, out problem))
        {
            return new CandlesQuery(
                ToId(request.MarketId), intervalUs, request.FromTimeUs, request.ToTimeUs == 0 ? long.MaxValue : request.ToTimeUs, limit);
        }
        return null;
    }

    private static BookQuery? Read(V1.GetBook request, out string problem)
    {
        if (request.Sequence is 0 or > long.MaxValue)
            problem = "sequence must be 1 to the exchange's last one.";
        else if (TryReadLimit(request.Limit, DefaultBookOrders, MaxBookOrders, out int limit, out problem))
            return new BookQuery(ToId(request.MarketId), (long)request.Sequence, limit);
        return null;
    }

    private static HistoryQuery? Read(V1.Page? page, Func<PageWanted, HistoryQuery> query, out string problem)
    {
        page ??= new V1.Page();
        if (!TryReadLimit(page.Limit, DefaultPage, MaxPage, out int limit, out problem))
            return null;
        if (page.After <= long.MaxValue)
            return query(new PageWanted((long)page.After, limit, page.NewestFirst));
        problem = "after must be the next_after of the page before, or 0.";
        return null;
    }

    private static bool TryReadLimit(uint asked, int otherwise, int most, out int limit, out string problem)
    {
        limit = asked == 0 ? otherwise : (int)Math.Min(asked, int.MaxValue);
        problem = limit > most ? $"limit must be 1 to {most:#,0}, or 0 for {otherwise:#,0}." : "";
        return limit <= most;
    }
}
