using System.Net;
using Exchange.Auth;
using Exchange.Hosting;
using Exchange.Markets;
using Exchange.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exchange.Benchmarks.Naive;

/// <summary>
/// The exchange as one would write it first: the same venue, tables, protocol and web server, but a lock around it all, a
/// transaction for each order, and each event encoded and sent for each listener in turn.
/// </summary>
internal static class NaiveServer
{
    public static async Task<int> RunAsync(string data)
    {
        using Database database = Database.Open(data, Synchronous.Full);
        using var writer = new WalWriter(database);
        using var exchange = new NaiveExchange(Loader.Load(database, default), writer);
        using ExchangeAuth auth = ExchangeAuth.Create(
            new AuthOptions(), data, new CredentialStore(new Credentials(database), _ => throw new NotSupportedException()), TimeProvider.System, NullLoggerFactory.Instance);
        await exchange.OpenAsync(new RoomTerms(Venue.MainRoomSlug, "Main", new Cash(1_000_000_000_0000), WhoMayCreateMarkets.Anyone));

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromMilliseconds(500));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureEndpointDefaults(e => e.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        await using WebApplication app = builder.Build();
        app.UseWebSockets();
        app.Map("/ws", (RequestDelegate)(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var session = new NaiveSession(exchange, auth.Tokens, socket);
            try
            {
                await session.RunAsync(context.RequestAborted);
            }
            finally
            {
                exchange.Remove(session);
            }
        }));
        await app.StartAsync();
        Console.WriteLine($"Exchange is at {app.Urls.First()}");
        await app.WaitForShutdownAsync();
        return 0;
    }
}
