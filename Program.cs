using System.Reflection;
using Exchange.Hosting;
using Exchange.Storage;

// The composition root: settings, then one of the commands. Exit codes: 0 done, 1 verify found problems,
// 2 a setting can't be used, 3 the data directory can't be used, 70 stopped because it could not go on safely.
try
{
    Settings settings = Settings.Read(args);
    switch (settings.Command)
    {
        case "help":
            Console.Write(Settings.Help);
            return 0;
        case "version":
            Console.WriteLine($"exchange {Assembly.GetExecutingAssembly().GetName().Version!.ToString(3)}");
            return 0;
        case "verify":
            return Verify(settings);
        case "demo":
            return await DemoCommand.RunAsync(settings);
        case "admin":
            return await AdminCommands.RunAsync(settings);
        default:
            return await Server.RunAsync(settings);
    }
}
catch (SettingException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
catch (StorageException e)
{
    Console.Error.WriteLine(e.Message);
    return 3;
}

static int Verify(Settings settings)
{
    using Database database = Database.OpenExisting(settings.DataDirectory, settings.Synchronous);
    List<string> problems = Verifier.Verify(database);
    foreach (string problem in problems)
        Console.WriteLine(problem);
    Console.WriteLine(problems.Count == 0
        ? "The database is whole, and every balance and position follows from what is on record."
        : $"{problems.Count} problems found.");
    return problems.Count == 0 ? 0 : 1;
}
