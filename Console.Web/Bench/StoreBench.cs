using System.CommandLine;
using System.Globalization;
using OpsConsole.Engine.ProvingGround.Measures.Load;

namespace OpsConsole.Web.Bench;

/// <summary><c>bench store</c>: put and get of 4 KB and 1 MB over a proving ground of its own, beside a plain Kestrel and a plain file in the same run.</summary>
internal static class StoreBench
{
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds; each measures everything once.", DefaultValueFactory = _ => 7 };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "Of one measurement in one round.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Connections = new("--connections") { Description = "Requests of 4 KB at the same time.", DefaultValueFactory = _ => 32 };
    private static readonly Option<int> BigConnections = new("--big-connections") { Description = "Requests of 1 MB at the same time.", DefaultValueFactory = _ => 4 };
    private static readonly Option<DirectoryInfo> Folder = new("--folder") { Description = "Where the ground lies; on the disk to be measured.", DefaultValueFactory = _ => new DirectoryInfo(Path.GetTempPath()) };
    private static readonly Option<int> Port = new("--port") { Description = "Where it listens, on loopback.", Required = true };

    public static Command Create() =>
        BenchVerb.Bench("store", "Puts and gets of the proving ground's store, beside a plain Kestrel and a plain file.", [Rounds, Seconds, Connections, BigConnections, Folder], (parsed, cancel) =>
        {
            var wanted = new StoreMeasureOptions { Rounds = parsed.GetValue(Rounds), Each = TimeSpan.FromSeconds(parsed.GetValue(Seconds)), Connections = parsed.GetValue(Connections), BigConnections = parsed.GetValue(BigConnections) };
            return BenchGround.WithAsync("store", parsed.GetValue(Folder)!, customerRate: 0, async console =>
                new("store", await ActivatorUtilities.CreateInstance<StoreMeasure>(console.Services).RunAsync(wanted, port => ["bench", "echo", "--port", port.ToString(CultureInfo.InvariantCulture)], cancel)), cancel);
        });

    /// <summary>The plain Kestrel that <c>bench store</c> starts beside the ground.</summary>
    public static Command CreateEcho()
    {
        var command = new Command("echo", "A plain Kestrel, for bench store.") { Port };
        command.Hidden = true;
        command.SetAction((parsed, cancel) => EchoProgram.RunAsync(parsed.GetValue(Port), cancel));
        return command;
    }
}
