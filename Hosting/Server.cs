using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Exchange.Auth;
using Exchange.Hosting.Csv;
using Exchange.Protocol;
using Exchange.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Exchange.Hosting;

/// <summary>`exchange serve`: HTTP and the WebSocket around a running exchange.</summary>
public static class Server
{
    /// <summary>The whole stop: less than a second, though the framework would allow 30.</summary>
    private static readonly TimeSpan s_stopWithin = TimeSpan.FromMilliseconds(900);

    /// <summary>How long sockets have at a stop to read what still waits for them.</summary>
    private static readonly TimeSpan s_farewellWithin = TimeSpan.FromMilliseconds(600);

    /// <summary>Serves until told to stop. The exit code.</summary>
    /// <exception cref="StorageException">The data directory can't be used.</exception>
    /// <exception cref="SettingException">A setting can't be used.</exception>
    /// <param name="greeting">More lines to print when the exchange listens.</param>
    public static async Task<int> RunAsync(Settings settings, string? greeting = null)
    {
        TimeProvider time = TimeProvider.System;
        if (settings.LogsJson)
            JsonLog.Start(time);
        // This comes before the data directory is opened, which must not change if the settings can't be used.
        if (settings.Authority is null)
            CheckRemoteSignIn(settings);
        using Database database = Database.Open(settings.DataDirectory, settings.Synchronous, settings.OpenOptions);
        var credentials = new Credentials(database);
        if (settings.Authority is null)
            CheckThereIsAnAdmin(settings, credentials);

        using var exchange = new RunningExchange(
            database, settings, EndAtOnce, time, new StderrLogger(), BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
        await using WebApplication app = Build(settings);
        using ExchangeAuth auth = CreateAuth(settings, credentials, exchange, time, app.Services.GetRequiredService<ILoggerFactory>());
        var keys = new ApiKeyStore(new ApiKeys(database), exchange.Pipeline.WriteAsync, exchange.ProtocolOptions.MaxKeysPerUser, time);
        using var admissions = new Admissions(auth.Tokens, keys);
        var limits = new UserLimits(exchange.ProtocolOptions, time);
        using var copies = new CopyEndpoint(settings.DataDirectory, auth.Tokens, new StderrLogger());
        using var csv = new CsvEndpoint(exchange.History, auth.Tokens, keys, limits);
        ScheduledBackups? backups = ScheduledBackups.Start(settings, database, () => exchange.Outbox.LastSequence, time, new StderrLogger());
        JsonLog.Current?.Follow(app, settings, exchange.Sessions.Traffic);
        app.UseHttpRules(settings);
        copies.Map(app);
        Map(app, settings, exchange, auth, admissions, keys, limits, csv, backups, time);
        try
        {
            await app.StartAsync();
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            exchange.Close();
            string what = settings.Metrics is { } metrics && e.Message.Contains(metrics.ToString(), StringComparison.Ordinal)
                ? $"metrics is {metrics}, which"
                : $"Port {settings.Port} on {settings.Host}";
            throw new SettingException($"{what} can't be used: {e.Message}");
        }
        await using AdminSocket? admin = AdminSocket.Listen(settings, new AdminCommands(settings, auth.Administration, new Uri(app.Urls.First()).Port));
        await Greeting.PrintAsync(app, settings, auth, greeting);
        JsonLog.Current?.Event("info", "started");

        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // A terminal that closes is one more way to be told to stop.
        using PosixSignalRegistration hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            app.Lifetime.StopApplication();
        });
        using CancellationTokenRegistration _ = app.Lifetime.ApplicationStopping.Register(() => stopping.SetResult());
        await stopping.Task;
        JsonLog.Current?.Event("info", "stopping");
        if (backups is not null)
            await backups.DisposeAsync();
        await exchange.StopAsync(s_farewellWithin);
        using var patience = new CancellationTokenSource(s_stopWithin - s_farewellWithin);
        await app.StopAsync(patience.Token);
        exchange.Close();
        return 0;
    }

    /// <summary>Memory that is ahead of the disk is never served: nothing more is told, and the process ends with code 70.</summary>
    private static void EndAtOnce(Exception e)
    {
        Console.Error.WriteLine(Failure.WhileRunning(e));
        Environment.Exit(Failure.CouldNotGoOn);
    }

    /// <summary>People on other machines reach the exchange by its network address, or by a proxy that runs on this machine.</summary>
    private static string WhyReachable(Settings settings) =>
        !settings.IsLocal ? $"host is {settings.Host}"
        : settings.OriginElsewhere is { } origin ? $"allowed-origins has {origin}"
        : "";

    private static void CheckRemoteSignIn(Settings settings)
    {
        if (WhyReachable(settings) is { Length: > 0 } why && !settings.AllowRemoteSignIn)
        {
            throw new SettingException(
                $"{why}, so people on the network can reach the exchange. Set authority to sign them in with an OpenID Connect issuer, "
                + "or set allow-remote-sign-in to true if they may use the built-in sign-in.");
        }
    }

    private static void CheckThereIsAnAdmin(Settings settings, Credentials credentials)
    {
        if (WhyReachable(settings) is { Length: > 0 } why && !credentials.AnyAdmin())
        {
            throw new SettingException(
                $"There is no admin yet, and {why}, so anybody on the network could become the admin. First start once with host localhost and "
                + "without allowed-origins, and open the link that it prints. Then start with these settings again.");
        }
    }

    private static WebApplication Build(Settings settings)
    {
        // A file watcher on settings nobody has would cost milliseconds.
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(new StderrLogger());
        // If the exchange can't listen, Failure says why in a sentence.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
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
            if (settings.Metrics is { } metrics)
                kestrel.Listen(metrics, listen => MarkAsMetrics(listen, new MetricsConnection(IPAddress.IsLoopback(metrics.Address))));
        });
        return builder.Build();
    }

    private static void MarkAsMetrics(ListenOptions listen, MetricsConnection mark) => listen.Use(next => connection =>
    {
        connection.Features.Set(mark);
        return next(connection);
    });

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
        catch (ArgumentException e)
        {
            throw new SettingException(e.Message);
        }
        catch (InvalidDataException e)
        {
            // The signing key, which lies in the data directory.
            throw new StorageException(e.Message);
        }
    }

    private static void Map(
        WebApplication app, Settings settings, RunningExchange exchange, ExchangeAuth auth, Admissions admissions, ApiKeyStore keys,
        UserLimits limits, CsvEndpoint csv, ScheduledBackups? backups, TimeProvider time)
    {
        var metrics = new Metrics(exchange, backups, time);
        app.Use(next => context => context.Features.Get<MetricsConnection>() is null ? next(context) : metrics.ServeAsync(context));
        // A peer that answers no ping within 30 s after 15 s of silence is gone.
        app.UseWebSockets(new WebSocketOptions
        {
            KeepAliveInterval = TimeSpan.FromSeconds(15),
            KeepAliveTimeout = TimeSpan.FromSeconds(30),
        });
        var noticeMarks = new NoticeMarks(exchange.Pipeline);
        var health = new HealthSource(exchange, settings, time);
        SessionServices ServicesFor(IAuthenticator authenticator, ICodeGuard codes) => new(
            exchange.Epoch, exchange.Outbox, exchange.Pipeline, exchange.Sessions, authenticator, keys, exchange.EndedOrders,
            new PastAnswers(exchange.History), limits, codes, noticeMarks, health, exchange.ProtocolOptions, time);
        app.Map("/ws", (RequestDelegate)(async context =>
        {
            if (!auth.Origins.Allows(context.Request))
            {
                metrics.CountForeignOrigin();
                await AuthHttp.RefuseAsync(context, StatusCodes.Status403Forbidden, OriginPolicy.Refusal(context.Request));
                return;
            }
            if (!context.WebSockets.IsWebSocketRequest)
            {
                await AuthHttp.RefuseAsync(
                    context, StatusCodes.Status426UpgradeRequired, "This address is for WebSocket connections, from bots and from the web page.");
                return;
            }
            if (auth.Connections.TryEnter(context.Connection.RemoteIpAddress, out TimeSpan wait) is not { } place)
            {
                metrics.CountTooManyConnections();
                await AuthHttp.RefuseAsync(
                    context, StatusCodes.Status429TooManyRequests, "There are too many new connections from this address.", wait);
                return;
            }
            using Admissions.Admission admission = admissions.Open(place);
            using System.Net.WebSockets.WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
            await Session.RunAsync(ServicesFor(admission, new CodeGuard(auth.Codes, context.Connection.RemoteIpAddress)), socket, admission.Ended, context.RequestAborted);
        }));
        app.MapGet("/healthz", (RequestDelegate)(context => context.Response.WriteAsync("ok")));
        app.MapGet("/readyz", (RequestDelegate)(context =>
        {
            bool ready = exchange.IsReady;
            context.Response.StatusCode = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return context.Response.WriteAsync(ready ? "ready" : "not ready: the writer has failed, or it waits for another program, or the exchange is stopping");
        }));
        auth.MapEndpoints(app);
        csv.Map(app);
        app.MapAddresses(settings, auth);
        // Programs that use an unknown address get a refusal and not the page.
        foreach (string programs in (ReadOnlySpan<string>)["/auth/{**path}", "/api/{**path}", "/metrics"])
            app.MapFallback(programs, (RequestDelegate)(context => AuthHttp.RefuseAsync(context, StatusCodes.Status404NotFound, "Nothing is served at this address.")));
        var page = new WebPage(settings.Authority);
        // The default pattern would leave out addresses that look like files.
        app.MapFallback("{**path}", (RequestDelegate)page.ServeAsync);
    }
}
