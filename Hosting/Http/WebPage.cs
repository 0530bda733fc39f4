using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Exchange.Hosting;

/// <summary>
/// The web page: built files embedded in the executable, compressed beforehand. Read and hashed when first asked for, so
/// that they cost the start nothing.
/// </summary>
public sealed class WebPage
{
    private const string Prefix = "web/";
    private const string Index = "index.html";

    /// <summary>The file by which an open page finds out whether it is old. It must not be cached.</summary>
    private const string Version = "_app/version.json";

    private sealed class Asset(string resource)
    {
        private readonly Lazy<(byte[] Bytes, string ETag)> _content = new(() =>
        {
            using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return (bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"");
        });

        public byte[] Bytes => _content.Value.Bytes;

        public string ETag => _content.Value.ETag;
    }

    private readonly Dictionary<string, Asset> _assets;
    private readonly FileExtensionContentTypeProvider _types = new();
    private readonly string _contentSecurityPolicy;

    /// <param name="issuer">The OpenID Connect issuer the page talks to, or null.</param>
    public WebPage(string? issuer)
    {
        _assets = Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(n => n[Prefix.Length..], n => new Asset(n));
        string connect = issuer is null ? "'self'" : $"'self' {new Uri(issuer).GetLeftPart(UriPartial.Authority)}";
        _contentSecurityPolicy =
            $"default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src {connect}; "
            + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    /// <summary>Serves a file, or the page itself for an address within it.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        HttpResponse response = context.Response;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (request.Path.Value is "")
        {
            // /exchange instead of /exchange/, where what the page names relative to its address would not be found.
            response.Redirect($"{request.PathBase}/{request.QueryString}", permanent: false);
            return;
        }
        string path = request.Path.Value!.TrimStart('/');
        if (!_assets.ContainsKey(path))
        {
            // Addresses within the page have no dot in their last part; what has one is a file that is not there.
            string page = IndexAt(path.Count('/'));
            if (Path.GetFileName(path).Contains('.') || !_assets.ContainsKey(page))
            {
                response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
            path = page;
        }

        Asset asset = Choose(path, request.Headers.AcceptEncoding.ToString(), out string? encoding);
        IHeaderDictionary headers = response.Headers;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.ETag = asset.ETag;
        headers.CacheControl = path switch
        {
            Version => "no-store",
            _ when path.Contains("/immutable/", StringComparison.Ordinal) => "public, max-age=31536000, immutable",
            _ => "no-cache",
        };
        headers.ContentSecurityPolicy = _contentSecurityPolicy;
        if (request.Headers.IfNoneMatch.Contains(asset.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        response.ContentType = _types.TryGetContentType(path, out string? type) ? type : "application/octet-stream";
        if (response.ContentType is "text/html" or "text/javascript" or "text/css")
            response.ContentType += "; charset=utf-8";
        response.ContentLength = asset.Bytes.Length;
        if (HttpMethods.IsGet(request.Method))
            await response.Body.WriteAsync(asset.Bytes, context.RequestAborted);
    }

    /// <summary>
    /// The page for addresses so many parts below the start. It names its files relative to its own address, so that it needs
    /// not know under which path of which site it is served; the build makes one for each depth there is.
    /// </summary>
    private static string IndexAt(int depth) => depth == 0 ? Index : $"index.{depth}.html";

    private Asset Choose(string path, string accepted, out string? encoding)
    {
        encoding = null;
        if (accepted.Contains("br", StringComparison.OrdinalIgnoreCase) && _assets.TryGetValue(path + ".br", out Asset? brotli))
        {
            encoding = "br";
            return brotli;
        }
        if (accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase) && _assets.TryGetValue(path + ".gz", out Asset? gzip))
        {
            encoding = "gzip";
            return gzip;
        }
        return _assets[path];
    }
}
