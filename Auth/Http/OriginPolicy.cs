using Microsoft.Extensions.Primitives;

namespace Exchange.Auth;

/// <summary>
/// Decides which web pages may connect to the exchange from a browser: its own page, and those on a list. Programs send
/// no Origin header and are let through; they have no visitor whose sign-in could be misused.
/// </summary>
public sealed class OriginPolicy
{
    private readonly HashSet<string> _allowed;
    private long _refused;

    /// <param name="allowed">Origins beside the exchange's own, such as https://exchange.school.edu; no path.</param>
    /// <exception cref="ArgumentException">One of them isn't an origin; the message is a sentence that names it.</exception>
    public OriginPolicy(IEnumerable<string> allowed) => _allowed = [.. allowed.Select(Canonical)];

    /// <summary>Requests refused so far: a page elsewhere is trying, or allowed-origins lacks one.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Whether the request comes from a page that may; for the sign-in endpoints and the WebSocket handshake. Counts the others.</summary>
    public bool Allows(HttpRequest request)
    {
        if (Allows(request.Headers.Origin, request.Host, request.IsHttps))
            return true;
        Interlocked.Increment(ref _refused);
        return false;
    }

    /// <summary>The sentence for a request that is not allowed.</summary>
    public static string Refusal(HttpRequest request) => TryParse(request.Headers.Origin, out Uri from)
        ? $"A web page from {from.GetLeftPart(UriPartial.Authority)} may not connect, because Host is {Shown(request.Host)}. If it is the page of this exchange, "
            + "add its address to allowed-origins, or let the proxy pass on Host with the port."
        : "This web page may not connect. Its Origin header must hold one web address.";

    /// <summary>The host, unless it could be mistaken for a part of the sentence.</summary>
    private static string Shown(HostString host) =>
        host.HasValue && host.Value.Length <= 100 && Uri.TryCreate($"http://{host.Value}", UriKind.Absolute, out var uri)
            ? uri.Authority
            : "something else";

    /// <summary>The same, from the parts of the address.</summary>
    /// <param name="origin">The Origin header; empty when there is none.</param>
    /// <param name="host">The Host header.</param>
    /// <param name="isHttps">
    /// The request came over TLS as far as is known: then a page that didn't isn't ours. Behind a proxy that ends TLS this
    /// may be false for a page that did.
    /// </param>
    public bool Allows(StringValues origin, HostString host, bool isHttps)
    {
        if (origin.Count == 0)
            return true;
        if (origin.Count > 1 || !TryParse(origin[0], out var from))
            return false;
        if (_allowed.Contains(from.GetLeftPart(UriPartial.Authority)))
            return true;
        // Host:port against host:port, a left-out port being the default of the page's scheme.
        return host.HasValue
            && !(isHttps && from.Scheme == Uri.UriSchemeHttp)
            && string.Equals(host.Host, from.Host, StringComparison.OrdinalIgnoreCase)
            && (host.Port ?? DefaultPort(from)) == from.Port;
    }

    private static string Canonical(string origin) => TryParse(origin, out var uri)
        ? uri.GetLeftPart(UriPartial.Authority)
        : throw new ArgumentException($"allowed-origins has '{origin}'; it must be an origin such as https://exchange.school.edu, without a path.");

    /// <summary>Scheme, host and maybe a port, and nothing else: no "null", user, path, query, backslash or trailing dot.</summary>
    private static bool TryParse(string? origin, out Uri uri)
    {
        uri = null!;
        if (origin is null || !Uri.TryCreate(origin, UriKind.Absolute, out var parsed)
            || (parsed.Scheme != Uri.UriSchemeHttp && parsed.Scheme != Uri.UriSchemeHttps)
            || parsed.Host.Length == 0 || parsed.Host.EndsWith('.'))
            return false;
        // A browser writes an origin in exactly one way; what doesn't come back the same wasn't one. Some clients name
        // the default port all the same.
        var plain = parsed.GetLeftPart(UriPartial.Authority);
        if (!string.Equals(origin, plain, StringComparison.OrdinalIgnoreCase)
            && !string.Equals(origin, $"{plain}:{DefaultPort(parsed)}", StringComparison.OrdinalIgnoreCase))
            return false;
        uri = parsed;
        return parsed.UserInfo.Length == 0;
    }

    private static int DefaultPort(Uri uri) => uri.Scheme == Uri.UriSchemeHttps ? 443 : 80;
}
