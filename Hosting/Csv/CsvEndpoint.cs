using System.Text;
using Exchange.Auth;
using Exchange.History;
using Exchange.Markets;
using Exchange.Protocol;
using Exchange.Storage;

namespace Exchange.Hosting.Csv;

/// <summary>
/// History as CSV over HTTP, for spreadsheets and pandas: <c>GET /api/rooms/{slug}/{export}.csv</c> with a token or API key as
/// bearer, and all of a room's in one ZIP, <c>results.zip</c>. Who may see what is as on the WebSocket; <c>elevated=true</c> is
/// SetElevated, which API keys do not have.
/// </summary>
internal sealed class CsvEndpoint(HistoryReaders readers, TokenValidator tokens, ApiKeyStore keys, UserLimits limits) : IDisposable
{
    /// <summary>How long a room's results may be on their way: as long, what they are read from holds up the database's log.</summary>
    private static readonly TimeSpan s_resultsWithin = TimeSpan.FromMinutes(5);

    /// <summary>Files that may be on their way at a time.</summary>
    private const int MaxExports = 8;

    private readonly SemaphoreSlim _exports = new(MaxExports);

    // One of them at a time may keep a read transaction open.
    private readonly SemaphoreSlim _results = new(1);

    // Together they use one of the readers' two places at most, so that a query on a WebSocket finds the other.
    private readonly SemaphoreSlim _turn = new(1);

    public void Map(WebApplication app)
    {
        app.MapGet("/api/rooms/{slug}/{name}.csv", (RequestDelegate)(context => ServeAsync(
            context, _exports, "Too many files are being downloaded. Try again in a second.", ExportAsync)));
        app.MapGet("/api/rooms/{slug}/results.zip", (RequestDelegate)(context => ServeAsync(
            context, _results, "Another room's results are being downloaded. Try again in a few seconds.", SendResultsAsync)));
    }

    /// <summary>Finds out who asks, and lets <paramref name="send"/> answer when there is a place for it.</summary>
    private async Task ServeAsync(
        HttpContext context, SemaphoreSlim places, string noPlace, Func<HttpContext, CsvParameters, Viewer, Task> send)
    {
        if (await AuthenticateAsync(context) is not { } identity)
            return;
        if (await readers.FindAsync(identity.Issuer, identity.Subject, SlugOf(context), context.RequestAborted) is not var (userId, roomId))
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "The exchange has too many history queries at the moment. Try again.");
            return;
        }
        if (limits.QueryExceeded(userId, elevated: false) is { } tooOften)
        {
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, tooOften.Sentence);
            return;
        }
        if (!await places.WaitAsync(0, context.RequestAborted))
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, noPlace);
            return;
        }
        try
        {
            var parameters = new CsvParameters(context.Request.Query);
            bool elevated = parameters.Flag(CsvParameters.Elevated);
            if (elevated && identity.Key is not null)
            {
                await RefuseAsync(context, StatusCodes.Status403Forbidden, "An API key has no admin powers. Send the token of a sign-in instead.");
                return;
            }
            await send(context, parameters, new Viewer(userId, roomId, elevated) { OnlyAccountId = identity.Key?.AccountId ?? 0 });
        }
        catch (CsvParameterException e)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, e.Message);
        }
        catch (OperationCanceledException)
        {
            // They no longer wait for it, or took too long to take it.
        }
        finally
        {
            places.Release();
        }
    }

    private static string SlugOf(HttpContext context) => (string)context.GetRouteValue("slug")!;

    /// <summary>The user who sent the request; null: they are not known, and the refusal is written.</summary>
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

    private async Task ExportAsync(HttpContext context, CsvParameters parameters, Viewer viewer)
    {
        string name = (string)context.GetRouteValue("name")!;
        if (FindExport(name) is not { } export)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, $"No file has this name; the files are {string.Join(", ", FileNames)}.");
            return;
        }
        Task<HistoryAnswer> Ask(HistoryQuery query) => AskAsync(c => readers.AskAsync(viewer, query, c), context.RequestAborted);
        // Read first: what is wrong with it is the sender's to mend, whoever they are.
        HistoryQuery first = export.Query(parameters, new PageWanted(0, export.AtATime));
        _ = parameters.ByteOrderMark;
        parameters.CheckAllKnown();
        if (await FindNamesAsync(context, viewer, Ask) is not { } names)
            return;
        HistoryAnswer answer = await Ask(first);
        if (await IsRefusedAsync(context, answer))
            return;

        BeginFile(context, "text/csv; charset=utf-8; header=present", $"{SlugOf(context)}-{name}.csv");
        bool isWhole = await export.WriteAsync(
            parameters, names, answer.Value!, query => PatientlyAsync(Ask, query, context.RequestAborted),
            text => context.Response.WriteAsync(text, Encoding.UTF8, context.RequestAborted));
        // Half of it is sent: a broken connection says so, where an end would not.
        if (!isWhole)
            context.Abort();
    }

    private async Task SendResultsAsync(HttpContext context, CsvParameters parameters, Viewer viewer)
    {
        _ = parameters.ByteOrderMark;
        parameters.CheckAllKnown();
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        inTime.CancelAfter(s_resultsWithin);
        using HistorySnapshot? snapshot = await readers.OpenSnapshotAsync(inTime.Token);
        if (snapshot is null)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "The exchange has too many history queries at the moment. Try again.");
            return;
        }
        Task<HistoryAnswer> Ask(HistoryQuery query) => AskAsync(c => snapshot.AskAsync(viewer, query, c), inTime.Token);
        if (await FindNamesAsync(context, viewer, Ask) is not { } names)
            return;
        if (!viewer.Elevated)
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Only an admin of the room can download its results. Add ?elevated=true to the address.");
            return;
        }
        BeginFile(context, "application/zip", $"{SlugOf(context)}-results.zip");
        bool isWhole = false;
        try
        {
            isWhole = await ResultsZip.WriteAsync(
                context.Response.BodyWriter.AsStream(leaveOpen: true), SlugOf(context), snapshot, parameters, names,
                query => PatientlyAsync(Ask, query, inTime.Token), inTime.Token);
        }
        finally
        {
            if (!isWhole)
                context.Abort();
        }
    }

    private static CsvExport? FindExport(string name) =>
        HistoryExports.All.TryGetValue(name, out CsvExport? export) || RoomExports.All.TryGetValue(name, out export) ? export : null;

    private static IEnumerable<string> FileNames => RoomExports.All.Keys.Concat(HistoryExports.All.Keys);

    /// <summary>The names of what is in the room; null when the viewer may not have the file and the refusal is written.</summary>
    private static async ValueTask<RoomNames?> FindNamesAsync(HttpContext context, Viewer viewer, Func<HistoryQuery, Task<HistoryAnswer>> ask)
    {
        HistoryAnswer answer = await ask(new NamesQuery());
        if (await IsRefusedAsync(context, answer))
            return null;
        var names = (RoomNames)answer.Value!;
        if (!viewer.Elevated || names.IsElevated)
            return names;
        await RefuseAsync(context, StatusCodes.Status403Forbidden, Refusals.NotAnAdmin.Sentence);
        return null;
    }

    private static void BeginFile(HttpContext context, string type, string name)
    {
        HttpResponse response = context.Response;
        response.ContentType = type;
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
    }

    private async Task<HistoryAnswer> AskAsync(Func<CancellationToken, ValueTask<HistoryAnswer>> ask, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            return await ask(cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static async Task<HistoryAnswer> PatientlyAsync(
        Func<HistoryQuery, Task<HistoryAnswer>> ask, HistoryQuery query, CancellationToken cancel)
    {
        HistoryAnswer answer = await ask(query);
        for (int i = 0; answer.Busy is not null && i < 10; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancel);
            answer = await ask(query);
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
        _results.Dispose();
        _turn.Dispose();
    }
}
