using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text.Json.Serialization;
using Exchange.Auth;

namespace Exchange.Hosting;

/// <summary>The addresses at which this exchange can be opened, and who can open them.</summary>
internal static class NetworkAddresses
{
    /// <summary>Addresses that a browser can open, those of this machine alone first.</summary>
    public static string[] All(Settings settings, Uri listening)
    {
        bool onAll = IPAddress.TryParse(settings.Host, out IPAddress? host) && (host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any));
        string[] hosts = onAll ? ["localhost", .. OfThisMachine().Select(a => a.ToString())] : [listening.Host];
        return [.. hosts.Select(h => $"http://{h}:{listening.Port}{settings.BasePath}")];
    }

    /// <summary>The addresses that others can open, of this machine or of a proxy. The best one comes first.</summary>
    public static string[] ForOthers(Settings settings, Uri listening)
    {
        string[] proxied = [.. settings.AllowedOrigins.Where(IsElsewhere).Select(o => o + settings.BasePath)];
        return settings.IsLocal ? proxied : [.. proxied, .. All(settings, listening).Where(IsElsewhere)];
    }

    /// <summary>
    /// `GET /api/addresses`, for admins of the exchange: what to put into a link or a QR code. Which addresses a machine has in its
    /// network is nobody else's business.
    /// </summary>
    public static void MapAddresses(this WebApplication app, Settings settings, ExchangeAuth auth) =>
        app.MapGet("/api/addresses", (RequestDelegate)(async context =>
        {
            if (await AuthHttp.AuthenticateAsync(context, auth.Tokens) is not { } user)
                return;
            if (!user.ServerAdmin)
            {
                await AuthHttp.RefuseAsync(context, StatusCodes.Status403Forbidden, "Only an admin of the exchange can see the addresses of its machine.");
                return;
            }
            string[] addresses = ForOthers(settings, new Uri(app.Urls.First()));
            await AuthHttp.WriteAsync(context, new AddressesResponse(addresses), HostingJson.Default.AddressesResponse);
        }));

    private static bool IsElsewhere(string address) => Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && !uri.IsLoopback;

    /// <summary>IPv4 addresses by which others in the network reach this machine; those of the way out to other networks first.</summary>
    private static IEnumerable<IPAddress> OfThisMachine()
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces()
                .Where(i => i.OperationalStatus == OperationalStatus.Up && i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                .Select(i => i.GetIPProperties())
                .OrderByDescending(p => p.GatewayAddresses.Count)
                .SelectMany(p => p.UnicastAddresses)
                .Select(a => a.Address)
                .Where(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
        }
        catch (NetworkInformationException)
        {
            // They can't be had here; localhost will do.
            return [];
        }
    }
}

/// <summary>The addresses that others can open; none if only this machine can reach the exchange.</summary>
internal sealed record AddressesResponse(string[] Addresses);

/// <summary>Generated at build, since there is no reflection in the executable.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AddressesResponse))]
internal sealed partial class HostingJson : JsonSerializerContext;
