using System.IO.Compression;
using Exchange.Auth;
using Exchange.Storage;

namespace Exchange.Hosting;

/// <summary>
/// Copies of the whole exchange over HTTP, for admins of the server: <c>GET /api/backup.db?elevated=true</c> is what `exchange backup` makes,
/// <c>GET /api/export.zip?elevated=true</c> what `exchange export` writes. One is made at a time, in a folder of the data directory, and sent
/// when it is whole.
/// </summary>
internal sealed class CopyEndpoint : IDisposable
{
    private const string FolderName = "downloads";

    private readonly string _dataDirectory, _folder;
    private readonly TokenValidator _tokens;
    private readonly ILogger _logger;
    private readonly QuietThreads _thread = new(1, "copy");
    private readonly SemaphoreSlim _place = new(1);

    public CopyEndpoint(string dataDirectory, TokenValidator tokens, ILogger logger)
    {
        (_dataDirectory, _folder) = (dataDirectory, Path.Combine(dataDirectory, FolderName));
        (_tokens, _logger) = (tokens, logger);
        // Files that a crash left are removed.
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    public void Map(WebApplication app)
    {
        app.MapGet("/api/backup.db", (RequestDelegate)(context => ServeAsync(context, "application/vnd.sqlite3", "exchange.db", WriteBackup)));
        app.MapGet("/api/export.zip", (RequestDelegate)(context => ServeAsync(context, "application/zip", "exchange-export.zip", WriteExport)));
    }

    private async Task ServeAsync(HttpContext context, string type, string name, Action<string, CancellationToken> write)
    {
        if (await AuthHttp.AuthenticateAsync(context, _tokens) is not { } principal)
            return;
        if (!principal.ServerAdmin)
        {
            await AuthHttp.RefuseAsync(context, StatusCodes.Status403Forbidden, "Only an admin of the server can download a backup or an export.");
            return;
        }
        if (context.Request.Query["elevated"].ToString() is not ("true" or "1"))
        {
            await AuthHttp.RefuseAsync(context, StatusCodes.Status403Forbidden, "This needs admin powers. Add ?elevated=true to the address.");
            return;
        }
        if (!await _place.WaitAsync(0, context.RequestAborted))
        {
            await AuthHttp.RefuseAsync(
                context, StatusCodes.Status503ServiceUnavailable, "Another backup or export is being made. Try again when it is done.", TimeSpan.FromSeconds(5));
            return;
        }
        string path = Path.Combine(_folder, name);
        try
        {
            await _thread.RunAsync(() =>
            {
                Directory.CreateDirectory(_folder);
                write(path, context.RequestAborted);
                return true;
            });
            HttpResponse response = context.Response;
            response.ContentType = type;
            response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
            response.Headers.CacheControl = "no-store";
            response.Headers.XContentTypeOptions = "nosniff";
            response.ContentLength = new FileInfo(path).Length;
            await response.SendFileAsync(path, context.RequestAborted);
            _logger.LogWarning("{Who}, an admin, downloaded {Name}.", principal.Name, name);
        }
        catch (OperationCanceledException)
        {
            // They no longer wait for it.
        }
        catch (Exception e) when (e is StorageException or IOException or UnauthorizedAccessException)
        {
            _logger.LogError("{Name} can't be made: {Why}", name, e.Message);
            if (context.Response.HasStarted)
                context.Abort();
            else
                await AuthHttp.RefuseAsync(context, StatusCodes.Status500InternalServerError, "The file can't be made. The standard error output of the exchange says why.");
        }
        finally
        {
            if (Directory.Exists(_folder))
                Directory.Delete(_folder, recursive: true);
            _place.Release();
        }
    }

    private void WriteBackup(string path, CancellationToken cancel)
    {
        using DatabaseReading reading = DatabaseReading.Open(_dataDirectory);
        Backup.Write(reading, path, null, cancel);
    }

    private void WriteExport(string path, CancellationToken cancel)
    {
        string folder = Path.Combine(_folder, "export");
        Directory.CreateDirectory(folder);
        using (DatabaseReading reading = DatabaseReading.Open(_dataDirectory))
            ExportFolder.Write(reading, folder, null, cancel);
        ZipFile.CreateFromDirectory(folder, path, CompressionLevel.Fastest, includeBaseDirectory: false);
    }

    public void Dispose()
    {
        _thread.Dispose();
        _place.Dispose();
    }
}
