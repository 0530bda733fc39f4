using System.Net;
using System.Text.RegularExpressions;

namespace Exchange.Hosting;

/// <summary>
/// Looks at what a proxy on this machine says, and tells the operator once, in the log, if the settings do not go with it: nothing
/// breaks, but limits then count all of its visitors as one address, and printed links lead nowhere.
/// </summary>
internal sealed partial class ProxyHints(Settings settings, ILogger log)
{
    private int _saidAddress, _saidPrefix;

    public Task LookAsync(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Request.Headers;
        if (context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address))
        {
            // The addresses from trusted proxies are removed from this header.
            if (headers.ContainsKey(settings.ClientAddressHeader) && Interlocked.Exchange(ref _saidAddress, 1) == 0)
                LogUntrusted(log, address, settings.ClientAddressHeader);
            LookAtPrefix(headers["X-Forwarded-Prefix"].ToString());
        }
        return next(context);
    }

    private void LookAtPrefix(string prefix)
    {
        prefix = prefix.TrimEnd('/');
        if (prefix.Length > 0 && prefix != settings.BasePath && Prefix().IsMatch(prefix) && Interlocked.Exchange(ref _saidPrefix, 1) == 0)
            LogPrefix(log, prefix, settings.BasePath);
    }

    [GeneratedRegex(@"^/[A-Za-z0-9._~/-]{1,100}$")]
    private static partial Regex Prefix();

    [LoggerMessage(LogLevel.Warning, "A proxy at {Address} names the client's address in {Header}, but it is not trusted. So limits count all of its visitors as one. If the proxy is yours, add {Address} to trusted-proxies.")]
    private static partial void LogUntrusted(ILogger log, IPAddress address, string header);

    [LoggerMessage(LogLevel.Warning, "A proxy serves the exchange under {Prefix}, but base-path is '{BasePath}'. Set base-path to {Prefix}.")]
    private static partial void LogPrefix(ILogger log, string prefix, string basePath);
}
