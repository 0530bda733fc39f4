using Exchange.Auth;

namespace Exchange.Hosting;

/// <summary>The text that the exchange prints when it listens: its addresses, and who can open them.</summary>
internal static class Greeting
{
    /// <summary>Prints the addresses, the data directory and the setup link.</summary>
    /// <param name="more">More lines to print.</param>
    public static async Task PrintAsync(WebApplication app, Settings settings, ExchangeAuth auth, string? more)
    {
        Uri[] listening = [.. app.Urls.Select(u => new Uri(u))];
        // The addresses come in the order in which they were given, that of /metrics last.
        string[] addresses = NetworkAddresses.All(settings, listening[0]);
        Console.WriteLine($"Exchange is at {addresses[0]}");
        foreach (string other in addresses.Skip(1))
            Console.WriteLine($"               {other}");
        if (settings.AllowedOrigins is [_, ..])
            Console.WriteLine($"For others at  {settings.PublicAddress}");
        else if (settings.IsLocal)
            Console.WriteLine("For others     not reachable: only this machine can connect (--host 0.0.0.0 opens it to the network)");
        if (settings.Metrics is { } metrics)
            Console.WriteLine($"Metrics at     http://{(metrics.Port == 0 ? listening[^1].Authority : metrics)}/metrics");
        Console.WriteLine($"Data in        {settings.DataDirectory}");
        if (more is not null)
            Console.WriteLine(more);
        if (auth.BuiltIn is not null && await auth.SetupLink.CreateAsync() is { } code)
            Console.WriteLine($"Admin setup    {addresses[0]}/setup?code={code}\n               (works once and for 30 minutes: it creates the admin account)");
    }
}
