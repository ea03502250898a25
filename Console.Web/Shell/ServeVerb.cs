using System.CommandLine;
using OpsConsole.Engine.Access;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.ProvingGround;

namespace OpsConsole.Web.Shell;

/// <summary><c>serve</c>, the default verb: the console, the engine and a world to operate, in one process.</summary>
internal static class ServeVerb
{
    private static readonly Option<string> Urls = new("--urls") { Description = "Address to listen on.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
    private static readonly Option<DirectoryInfo> Data = new("--data") { Description = "Folder of the database and all else that is kept.", DefaultValueFactory = _ => new DirectoryInfo("data") };
    private static readonly Option<string[]> Names = new("--name") { Description = "A host name the console answers to, besides loopback ones and the one it listens on; may be repeated.", DefaultValueFactory = _ => [] };

    private static readonly Option<string> World = new("--world") { Description = "What there is to operate.", DefaultValueFactory = _ => Worlds.Both };

    private static readonly Option<string?> Customers = new("--customers") { Description = "How the proving ground's customers behave." };

    private static readonly Option<bool> NotifyLoopback = new("--notify-loopback") { Description = "Messages about rollouts may go to this machine itself." };

    static ServeVerb()
    {
        World.AcceptOnlyFromAmong(Worlds.All);
        Customers.AcceptOnlyFromAmong(Worlds.Customers);
    }

    public static Command Create()
    {
        var command = new Command("serve", "Runs the console (the default).") { Urls, Data, Names, World, Customers, NotifyLoopback };
        command.SetAction((parsed, cancel) => RunAsync(new(parsed.GetValue(Urls)!, parsed.GetValue(Data)!.FullName) { Names = parsed.GetValue(Names)!, World = parsed.GetValue(World)!, Customers = parsed.GetValue(Customers), NotifyLoopback = parsed.GetValue(NotifyLoopback) }, cancel));
        return command;
    }

    private static async Task<int> RunAsync(ConsoleOptions options, CancellationToken cancel)
    {
        await using var app = ConsoleApp.Build(options);
        try
        {
            await app.OpenAsync(link => Console.WriteLine($"Sign in: {link}"), cancel);
        }
        catch (Exception e) when (e is AccessException or JournalException or GroundLayoutException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }

        await app.WaitForShutdownAsync(cancel);
        return 0;
    }
}
