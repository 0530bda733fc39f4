using Exchange.Auth;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HttpOverrides;

namespace Exchange.Hosting;

/// <summary>The rules for every request and every answer.</summary>
internal static class HttpRules
{
    private static readonly string[] s_ownHosts = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>
    /// Who is really asking; the usual headers; problem details for every error; only names of our own on this machine; the path under
    /// which a proxy serves us.
    /// </summary>
    public static void UseHttpRules(this WebApplication app, Settings settings)
    {
        UseTrustedProxies(app, settings);
        app.Use(new ProxyHints(settings, app.Logger).LookAsync);
        app.Use(next => context =>
        {
            context.Response.OnStarting(AddSecurityHeaders, context);
            return next(context);
        });
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = TellFailureAsync });
        app.UseStatusCodePages(status => AuthHttp.RefuseAsync(
            status.HttpContext, status.HttpContext.Response.StatusCode, Sentence(status.HttpContext.Response.StatusCode)));
        HashSet<string> hosts = new(s_ownHosts, StringComparer.OrdinalIgnoreCase);
        hosts.UnionWith(settings.AllowedOrigins.Select(o => new Uri(o).Host));
        app.Use((context, next) => OwnHostsOnly(context, next, settings.IsLocal, hosts));
        // The path may begin with it or not: some proxies remove it, others pass it on.
        if (settings.BasePath.Length > 0)
            app.UsePathBase(settings.BasePath);
        // Here and not before, where the framework would put it: by the path that is left.
        app.UseRouting();
    }

    /// <summary>An address or scheme said by anyone else than these is not believed.</summary>
    private static void UseTrustedProxies(WebApplication app, Settings settings)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardedForHeaderName = settings.ClientAddressHeader,
            // Each hop is believed only if it is one of them.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (System.Net.IPNetwork network in settings.TrustedProxies)
            options.KnownIPNetworks.Add(network);
        if (options.KnownIPNetworks.Count > 0)
            app.UseForwardedHeaders(options);
    }

    /// <summary>Adds the headers last, so that every answer has them. The page has its own policy.</summary>
    private static Task AddSecurityHeaders(object state)
    {
        var context = (HttpContext)state;
        IHeaderDictionary headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        return Task.CompletedTask;
    }

    /// <summary>A page elsewhere whose name was made to point at this machine is not let in.</summary>
    /// <param name="isLocal">Whether only this machine can connect to the exchange.</param>
    /// <param name="hosts">Names that it may be called by then: its own, and those of allowed-origins.</param>
    private static Task OwnHostsOnly(HttpContext context, RequestDelegate next, bool isLocal, HashSet<string> hosts)
    {
        if (context.Features.Get<MetricsConnection>() is { } metrics)
            isLocal = metrics.IsLocal;
        return !isLocal || hosts.Contains(context.Request.Host.Host)
            ? next(context)
            : AuthHttp.RefuseAsync(
                context, StatusCodes.Status400BadRequest,
                "This exchange only answers to the name localhost. To serve it under another name through a proxy, "
                + "add the address that people open (such as https://exchange.school.edu) to allowed-origins.");
    }

    private static Task TellFailureAsync(HttpContext context)
    {
        // A client's mistake has its own status. The server logs the rest.
        int status = context.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException bad
            ? bad.StatusCode
            : StatusCodes.Status500InternalServerError;
        return AuthHttp.RefuseAsync(context, status, Sentence(status));
    }

    private static string Sentence(int status) => status switch
    {
        StatusCodes.Status404NotFound => "Nothing is served at this address.",
        StatusCodes.Status413PayloadTooLarge => "The body of the request is too large.",
        >= 500 => "The exchange could not answer because of a fault of its own. Try again.",
        _ => "The request is not valid.",
    };
}
