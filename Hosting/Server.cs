using System.Net;
using System.Security.Cryptography;
using Exchange.Auth;
using Exchange.Protocol;
using Exchange.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Exchange.Hosting;

/// <summary>`exchange serve`: HTTP and the WebSocket around a running exchange.</summary>
public static class Server
{
    /// <summary>The whole stop: less than a second, though the framework would allow 30.</summary>
    private static readonly TimeSpan s_stopWithin = TimeSpan.FromMilliseconds(900);

    /// <summary>What sockets get of it to read what is left for them.</summary>
    private static readonly TimeSpan s_farewellWithin = TimeSpan.FromMilliseconds(600);

    /// <summary>Serves until told to stop. The exit code.</summary>
    /// <exception cref="StorageException">The data directory can't be used.</exception>
    /// <exception cref="SettingException">A setting can't be used.</exception>
    /// <param name="greeting">What to print besides when it listens.</param>
    public static async Task<int> RunAsync(Settings settings, string? greeting = null)
    {
        TimeProvider time = TimeProvider.System;
        using Database database = Database.Open(settings.DataDirectory, settings.Synchronous);
        var credentials = new Credentials(database);
        if (settings.Authority is null && !settings.IsLocal)
            CheckRemoteSignIn(settings, credentials);

        using var exchange = new RunningExchange(database, settings, EndAtOnce, time, BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
        await using WebApplication app = Build(settings);
        using ExchangeAuth auth = CreateAuth(settings, credentials, exchange, time, app.Services.GetRequiredService<ILoggerFactory>());
        var keys = new ApiKeyStore(new ApiKeys(database), exchange.Pipeline.WriteAsync, exchange.ProtocolOptions.MaxKeysPerUser, time);
        using var admissions = new Admissions(auth.Tokens, keys);
        var limits = new UserLimits(exchange.ProtocolOptions);
        using var csv = new CsvEndpoint(exchange.History, auth.Tokens, keys, limits);
        app.UseHttpRules(settings);
        Map(app, settings, exchange, auth, admissions, keys, limits, csv, time);
        try
        {
            await app.StartAsync();
        }
        catch (IOException e)
        {
            throw new SettingException($"Port {settings.Port} on {settings.Host} can't be listened on: {e.Message}");
        }
        await using AdminSocket? admin = AdminSocket.Listen(settings, new AdminCommands(settings, auth.Administration));
        await GreetAsync(app, settings, auth, greeting);

        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration _ = app.Lifetime.ApplicationStopping.Register(() => stopping.SetResult());
        await stopping.Task;
        await exchange.StopAsync(s_farewellWithin);
        using var patience = new CancellationTokenSource(s_stopWithin - s_farewellWithin);
        await app.StopAsync(patience.Token);
        return 0;
    }

    /// <summary>Memory that is ahead of the disk is never served: nothing more is told, and the process ends with code 70.</summary>
    private static void EndAtOnce(Exception e)
    {
        Console.Error.WriteLine(
            $"The exchange has stopped because it could not go on safely: {e.Message}\n"
            + "Nothing was acknowledged that is not on disk. Mend the cause, then start it again.");
        Console.Error.WriteLine(e);
        Environment.Exit(70);
    }

    private static void CheckRemoteSignIn(Settings settings, Credentials credentials)
    {
        if (!settings.AllowRemoteSignIn)
        {
            throw new SettingException(
                $"host is {settings.Host}: beyond localhost, set authority to sign people in with an OpenID Connect issuer, "
                + "or allow-remote-sign-in to true if people on the network may use the built-in sign-in.");
        }
        if (!credentials.AnyAdmin())
        {
            throw new SettingException(
                "There is no admin yet, so that anyone on the network could become one: start once with host localhost, "
                + "open the link it prints, then start with this host.");
        }
    }

    private static WebApplication Build(Settings settings)
    {
        // A file watcher on settings nobody has would cost milliseconds.
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(new StderrLogger());
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = s_stopWithin);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
            kestrel.ConfigureEndpointDefaults(e => e.Protocols = HttpProtocols.Http1);
            if (settings.Host == "localhost" && settings.Port != 0)
                kestrel.ListenLocalhost(settings.Port);
            else
                kestrel.Listen(settings.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(settings.Host), settings.Port);
        });
        return builder.Build();
    }

    private static ExchangeAuth CreateAuth(
        Settings settings, Credentials credentials, RunningExchange exchange, TimeProvider time, ILoggerFactory loggers)
    {
        var options = new AuthOptions
        {
            Authority = settings.Authority,
            Audience = settings.Audience,
            ClientId = settings.ClientId,
            Scope = settings.Scope,
            AdminRole = settings.AdminRole,
            AdminPermission = settings.AdminPermission,
            RolesClaim = settings.RolesClaim,
            AllowedClients = settings.AllowedClients,
            AllowedOrigins = settings.AllowedOrigins,
            SignInsPerNamePerMinute = settings.SignInsPerName,
            SignInsPerAddressPerMinute = settings.SignInsPerAddress,
            ConnectionsPerAddressPerMinute = settings.ConnectionsPerAddress,
            UnauthenticatedPerAddress = settings.UnauthenticatedPerAddress,
        };
        try
        {
            return ExchangeAuth.Create(options, settings.DataDirectory, new CredentialStore(credentials, exchange.Pipeline.WriteAsync), time, loggers);
        }
        catch (Exception e) when (e is ArgumentException or InvalidDataException)
        {
            throw new SettingException(e.Message);
        }
    }

    private static void Map(
        WebApplication app, Settings settings, RunningExchange exchange, ExchangeAuth auth, Admissions admissions, ApiKeyStore keys,
        UserLimits limits, CsvEndpoint csv, TimeProvider time)
    {
        // A peer that answers no ping within 30 s after 15 s of silence is gone.
        app.UseWebSockets(new WebSocketOptions
        {
            KeepAliveInterval = TimeSpan.FromSeconds(15),
            KeepAliveTimeout = TimeSpan.FromSeconds(30),
        });
        SessionServices ServicesFor(IAuthenticator authenticator) => new(
            exchange.Epoch, exchange.Outbox, exchange.Pipeline, exchange.Sessions, authenticator, keys, exchange.EndedOrders,
            new PastAnswers(exchange.History), limits, exchange.ProtocolOptions, time);
        var metrics = new Metrics(exchange, settings, time);
        app.MapGet("/metrics", (RequestDelegate)metrics.ServeAsync);
        app.Map("/ws", (RequestDelegate)(async context =>
        {
            if (!auth.Origins.Allows(context.Request))
            {
                metrics.CountForeignOrigin();
                await AuthHttp.RefuseAsync(context, StatusCodes.Status403Forbidden, "This page may not connect here: its Origin isn't allowed.");
                return;
            }
            if (!context.WebSockets.IsWebSocketRequest)
            {
                await AuthHttp.RefuseAsync(
                    context, StatusCodes.Status426UpgradeRequired, "This is where bots and the web page connect by WebSocket.");
                return;
            }
            if (auth.Connections.TryEnter(context.Connection.RemoteIpAddress, out TimeSpan wait) is not { } place)
            {
                metrics.CountTooManyConnections();
                await AuthHttp.RefuseAsync(
                    context, StatusCodes.Status429TooManyRequests, "Too many connections from this address.", wait);
                return;
            }
            using Admissions.Admission admission = admissions.Open(place);
            using System.Net.WebSockets.WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
            await Session.RunAsync(ServicesFor(admission), socket, admission.Ended, context.RequestAborted);
        }));
        app.MapGet("/healthz", (RequestDelegate)(context => context.Response.WriteAsync("ok")));
        app.MapGet("/readyz", (RequestDelegate)(context =>
        {
            bool ready = exchange.Pipeline.IsHealthy;
            context.Response.StatusCode = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return context.Response.WriteAsync(ready ? "ready" : "not ready: the writer has failed or the exchange is stopping");
        }));
        auth.MapEndpoints(app);
        csv.Map(app);
        // Where programs ask, what is not there is not the page.
        foreach (string programs in (ReadOnlySpan<string>)["/auth/{**path}", "/api/{**path}"])
            app.MapFallback(programs, (RequestDelegate)(context => AuthHttp.RefuseAsync(context, StatusCodes.Status404NotFound, "There is nothing here.")));
        var page = new WebPage(settings.Authority);
        // Not the default pattern, which leaves out files.
        app.MapFallback("{**path}", (RequestDelegate)page.ServeAsync);
    }

    private static async Task GreetAsync(WebApplication app, Settings settings, ExchangeAuth auth, string? greeting)
    {
        string address = app.Urls.First();
        Console.WriteLine($"Exchange is at {address}");
        Console.WriteLine($"Data in        {settings.DataDirectory}");
        if (greeting is not null)
            Console.WriteLine(greeting);
        if (auth.BuiltIn is not null && await auth.SetupLink.CreateAsync() is { } code)
            Console.WriteLine($"Be the admin:  {address}/setup?code={code}\n               (the first to open this within 30 minutes)");
    }
}
