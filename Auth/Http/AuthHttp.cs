using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Exchange.Auth;

/// <summary>Small bodies in, JSON out, refusals as problem details.</summary>
internal static class AuthHttp
{
    /// <summary>A name and a password take some 700 bytes at most; every character may be escaped.</summary>
    public const int BodyBytesMax = 4 * 1024;

    public static Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type)
    {
        // Tokens, and answers that change as soon as someone signs up: neither belongs in a cache.
        context.Response.Headers.CacheControl = "no-store";
        return WriteAsync(context, StatusCodes.Status200OK, "application/json", value, type);
    }

    public static Task RefuseAsync(HttpContext context, int status, string detail, TimeSpan? retryAfter = null)
    {
        if (retryAfter is { } wait)
            context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"exchange\"";
        var problem = new Problem("about:blank", ReasonPhrases.GetReasonPhrase(status), status, detail);
        return WriteAsync(context, status, "application/problem+json", problem, AuthJson.Default.Problem);
    }

    /// <summary>The user, from the token in the Authorization header; null: they are not known, and the refusal is written.</summary>
    public static async ValueTask<Principal?> AuthenticateAsync(HttpContext context, TokenValidator tokens)
    {
        const string Scheme = "Bearer ";
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "The header Authorization is missing. It must be Bearer and a token.");
            return null;
        }
        var result = await tokens.ValidateAsync(header[Scheme.Length..].Trim(), cancellation: context.RequestAborted);
        if (!result.IsValid)
        {
            var status = result.Refusal == TokenRefusal.IssuerUnreachable
                ? StatusCodes.Status503ServiceUnavailable
                : StatusCodes.Status401Unauthorized;
            await RefuseAsync(context, status, result.Sentence);
        }
        return result.Principal;
    }

    /// <summary>The request's JSON; null when it can't be had and the refusal is written.</summary>
    public static async ValueTask<AuthRequest?> ReadAsync(HttpContext context)
    {
        // A form on someone else's page can send every content type but this one without the browser asking us first.
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "The Content-Type must be application/json.");
            return null;
        }

        var body = new byte[BodyBytesMax + 1];
        var length = context.Request.ContentLength > BodyBytesMax
            ? body.Length
            : await context.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, context.RequestAborted);
        if (length > BodyBytesMax)
        {
            await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, $"The body can have at most {BodyBytesMax} bytes.");
            return null;
        }

        var (request, detail) = Parse(body.AsSpan(0, length));
        if (request is null)
            await RefuseAsync(context, StatusCodes.Status400BadRequest, detail);
        return request;
    }

    /// <summary>Never quotes what was sent: it may hold a password.</summary>
    private static (AuthRequest? Request, string Detail) Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, AuthJson.Default.AuthRequest) is { } request
                ? (request, "")
                : (null, "The body must be a JSON object of text fields.");
        }
        catch (JsonException e)
        {
            // "$.name": what is wrong is the value under a known name. Any other path could be the sender's own text.
            var field = e.Path is "$.name" or "$.password" or "$.new_password" or "$.setup_code" or "$.join_code" or "$.code" or "$.room"
                ? e.Path[2..]
                : null;
            return (null, field is null
                ? "The body must be a JSON object of text fields."
                : $"{field} must be JSON text in double quotes, and it must be there only once.");
        }
    }

    private static Task WriteAsync<T>(HttpContext context, int status, string mediaType, T value, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, type);
        context.Response.StatusCode = status;
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }
}
