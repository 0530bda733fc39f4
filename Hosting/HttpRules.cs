using Exchange.Auth;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HttpOverrides;

namespace Exchange.Hosting;

/// <summary>What holds for every request and every answer.</summary>
internal static class HttpRules
{
    private static readonly string[] s_ownHosts = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Who is really asking; the usual headers; problem details for every error; only our own name on this machine.</summary>
    public static void UseHttpRules(this WebApplication app, Settings settings)
    {
        UseTrustedProxies(app, settings);
        app.Use(next => context =>
        {
            context.Response.OnStarting(AddSecurityHeaders, context);
            return next(context);
        });
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = TellFailureAsync });
        app.UseStatusCodePages(status => AuthHttp.RefuseAsync(
            status.HttpContext, status.HttpContext.Response.StatusCode, Sentence(status.HttpContext.Response.StatusCode)));
        if (settings.IsLocal)
            app.Use(OwnHostsOnly);
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

    /// <summary>Added last, so that no answer goes without; the page has a policy of its own.</summary>
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
    private static Task OwnHostsOnly(HttpContext context, RequestDelegate next) =>
        s_ownHosts.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase)
            ? next(context)
            : AuthHttp.RefuseAsync(
                context, StatusCodes.Status400BadRequest, "This exchange is for its own machine: its name is localhost.");

    private static Task TellFailureAsync(HttpContext context)
    {
        // What a client sent wrongly has a status of its own; the server logs the rest.
        int status = context.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException bad
            ? bad.StatusCode
            : StatusCodes.Status500InternalServerError;
        return AuthHttp.RefuseAsync(context, status, Sentence(status));
    }

    private static string Sentence(int status) => status switch
    {
        StatusCodes.Status404NotFound => "There is nothing here.",
        StatusCodes.Status413PayloadTooLarge => "The body is too large.",
        >= 500 => "Something went wrong on the exchange's side; try again.",
        _ => "The request can't be used.",
    };
}
