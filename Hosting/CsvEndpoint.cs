using System.Text;
using Exchange.Auth;
using Exchange.Markets;
using Exchange.Protocol;
using Exchange.Storage;

namespace Exchange.Hosting;

/// <summary>
/// History as CSV over HTTP, for spreadsheets and pandas: <c>GET /api/rooms/{slug}/{export}.csv</c> with a token or API key as
/// bearer. Who may see what is as on the WebSocket; <c>elevated=true</c> is SetElevated.
/// </summary>
internal sealed class CsvEndpoint(HistoryReaders readers, TokenValidator tokens, ApiKeyStore keys, UserLimits limits) : IDisposable
{
    /// <summary>Rows that are read and sent at a time.</summary>
    private const int RowsAtATime = 1_000;

    /// <summary>Files that may be on their way at a time.</summary>
    private const int MaxExports = 8;

    private readonly SemaphoreSlim _exports = new(MaxExports);

    // All of them together take one of the readers' turns at most, so that a question on a WebSocket finds the other.
    private readonly SemaphoreSlim _turn = new(1);

    public void Map(WebApplication app) =>
        app.MapGet("/api/rooms/{slug}/{name}.csv", (RequestDelegate)ServeAsync);

    private async Task ServeAsync(HttpContext context)
    {
        if (await AuthenticateAsync(context) is not { } identity)
            return;
        var route = (Slug: (string)context.GetRouteValue("slug")!, Name: (string)context.GetRouteValue("name")!);
        if (!CsvExport.All.TryGetValue(route.Name, out CsvExport? export))
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, $"There is no such file; there are {string.Join(", ", CsvExport.All.Keys)}.");
            return;
        }
        if (await readers.FindAsync(identity.Issuer, identity.Subject, route.Slug, context.RequestAborted) is not var (userId, roomId))
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "Too many ask for the past at once; try again.");
            return;
        }
        if (limits.QueryExceeded(userId, elevated: false) is { } tooOften)
        {
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, tooOften.Sentence);
            return;
        }
        if (!await _exports.WaitAsync(0, context.RequestAborted))
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "Too many files are on their way; try again in a second.");
            return;
        }
        try
        {
            await ExportAsync(context, export, $"{route.Slug}-{route.Name}.csv", new Viewer(userId, roomId, false) { OnlyAccountId = identity.Key?.AccountId ?? 0 });
        }
        catch (CsvParameterException e)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, e.Message);
        }
        catch (OperationCanceledException)
        {
            // They no longer wait for it.
        }
        finally
        {
            _exports.Release();
        }
    }

    /// <summary>Who asks; null when that isn't known and the refusal is written.</summary>
    private async ValueTask<Identity?> AuthenticateAsync(HttpContext context)
    {
        const string Key = "Bearer " + ApiKeyStore.Prefix;
        string header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Key, StringComparison.OrdinalIgnoreCase))
            return await AuthHttp.AuthenticateAsync(context, tokens) is { } principal ? Identities.ToIdentity(principal) : null;
        Identity? identity = await keys.FindAsync(header["Bearer ".Length..].Trim());
        if (identity is null)
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, ApiKeyStore.NoSuchKey);
        return identity;
    }

    private async Task ExportAsync(HttpContext context, CsvExport export, string fileName, Viewer viewer)
    {
        var parameters = new CsvParameters(context.Request.Query);
        viewer = viewer with { Elevated = parameters.Flag("elevated") };
        HistoryQuery first = export.Query(parameters, new PageWanted(0, RowsAtATime));
        HistoryAnswer answer = await AskAsync(viewer, new NamesQuery(), context.RequestAborted);
        if (await IsRefusedAsync(context, answer))
            return;
        var names = (RoomNames)answer.Value!;
        if (viewer.Elevated && !names.IsElevated)
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, Refusals.NotAnAdmin.Sentence);
            return;
        }
        answer = await AskAsync(viewer, first, context.RequestAborted);
        if (await IsRefusedAsync(context, answer))
            return;

        HttpResponse response = context.Response;
        response.ContentType = "text/csv; charset=utf-8; header=present";
        response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        var csv = new CsvWriter();
        csv.Words(export.Columns).EndRow();
        while (true)
        {
            long next = export.Rows(csv, names, answer.Value!);
            await response.WriteAsync(csv.Take(), Encoding.UTF8, context.RequestAborted);
            if (next == 0)
                return;
            answer = await AskPatientlyAsync(viewer, export.Query(parameters, new PageWanted(next, RowsAtATime)), context.RequestAborted);
            if (answer.Value is null)
            {
                // Half of it is sent: a broken connection says so, where an end would not.
                context.Abort();
                return;
            }
        }
    }

    private async Task<HistoryAnswer> AskAsync(Viewer viewer, HistoryQuery query, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            return await readers.AskAsync(viewer, query, cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<HistoryAnswer> AskPatientlyAsync(Viewer viewer, HistoryQuery query, CancellationToken cancel)
    {
        HistoryAnswer answer = await AskAsync(viewer, query, cancel);
        for (int i = 0; answer.Busy is not null && i < 10; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancel);
            answer = await AskAsync(viewer, query, cancel);
        }
        return answer;
    }

    private static async ValueTask<bool> IsRefusedAsync(HttpContext context, HistoryAnswer answer)
    {
        if (answer.Busy is { } sentence)
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, sentence);
        else if (answer.Refusal.IsRefused)
            await RefuseAsync(context, StatusOf(answer.Refusal.Code), answer.Refusal.Sentence);
        return answer.Value is null;
    }

    private static int StatusOf(RefusalCode code) => code switch
    {
        RefusalCode.Forbidden or RefusalCode.NotElevated => StatusCodes.Status403Forbidden,
        RefusalCode.MarketNotFound or RefusalCode.AccountNotFound or RefusalCode.OrderNotFound or RefusalCode.RoomNotFound
            => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status400BadRequest,
    };

    private static Task RefuseAsync(HttpContext context, int status, string sentence) => AuthHttp.RefuseAsync(
        context, status, sentence,
        status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable ? TimeSpan.FromSeconds(1) : null);

    public void Dispose()
    {
        _exports.Dispose();
        _turn.Dispose();
    }
}
