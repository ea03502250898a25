using System.CommandLine;
using OpsConsole.Engine.ProvingGround.Hosting;

namespace OpsConsole.Web.ProvingGround;

/// <summary><c>host</c>: one process of the proving ground. The console starts these; there is seldom a reason to do it by hand.</summary>
internal static class HostVerb
{
    private static readonly Option<DirectoryInfo> Ground = new("--ground") { Description = "The proving ground's folder.", Required = true };
    private static readonly Option<string> Id = new("--id") { Description = "Which of its hosts to be.", Required = true };

    public static Command Create()
    {
        var command = new Command("host", "Runs one process of the proving ground (started by the console).") { Ground, Id };
        command.SetAction((parsed, cancel) => HostProgram.RunAsync(parsed.GetValue(Ground)!.FullName, parsed.GetValue(Id)!, cancel));
        return command;
    }
}
