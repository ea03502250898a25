using System.CommandLine;

namespace OpsConsole.Web.Bench;

/// <summary><c>bench restart</c>: how long a console that was killed takes until it serves again, with a large fleet and many live reservations in its journal.</summary>
internal static class RestartBench
{
    private static readonly Option<int> Hosts = new("--hosts") { Description = "Hosts in the fleet.", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<int> Reservations = new("--reservations") { Description = "Live reservations.", DefaultValueFactory = _ => 50_000 };
    private static readonly Option<DirectoryInfo> Folder = new("--folder") { Description = "Where to write the journal.", DefaultValueFactory = _ => new DirectoryInfo(Path.GetTempPath()) };

    public static Command Create() =>
        BenchVerb.Bench("restart", "Seconds from the start of the process until it serves, nothing forgotten.", [Hosts, Reservations, Folder], async (parsed, cancel) =>
        {
            var folder = Path.Combine(parsed.GetValue(Folder)!.FullName, $"opsconsole-bench-{Environment.ProcessId}");
            Directory.CreateDirectory(folder);
            try
            {
                var run = new RestartRun(folder, Math.Clamp(parsed.GetValue(Hosts), 1_000, 1_000_000), Math.Clamp(parsed.GetValue(Reservations), 1, 100_000), Console.Error.WriteLine);
                return new("restart", await run.RunAsync(cancel).ConfigureAwait(false));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
}
