using System.Reflection;
using Exchange.Hosting;
using Exchange.Storage;

// The composition root: settings, then one of the commands. Exit codes: 0 done, 1 verify found problems,
// 2 a setting can't be used, 3 the data directory can't be used, 70 stopped because it could not go on safely.
try
{
    Posix.CloseNewFilesToOthers();
    Settings settings = Settings.Read(args);
    switch (settings.Command)
    {
        case "help":
            Console.Write(settings.HelpText);
            return 0;
        case "version":
            Console.WriteLine($"exchange {Assembly.GetExecutingAssembly().GetName().Version!.ToString(3)}");
            return 0;
        case "verify":
            return VerifyCommand.Run(settings);
        case "backup":
            return BackupCommand.Run(settings);
        case "export":
            return ExportCommand.Run(settings);
        case "restore":
            return RestoreCommand.Run(settings);
        case "demo":
            return await DemoCommand.RunAsync(settings);
        case "admin":
            return await AdminCommands.RunAsync(settings);
        default:
            return await Server.RunAsync(settings);
    }
}
catch (Exception e)
{
    (int exitCode, string sentence) = Failure.Of(e);
    Console.Error.WriteLine(sentence);
    return exitCode;
}
