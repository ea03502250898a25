using System.CommandLine;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Journal.Sqlite;

namespace OpsConsole.Web.Bench;

/// <summary><c>bench cord</c>: from the pull to its acknowledgement, and from there to the last host command that left, on a fleet at full swing.</summary>
internal static class CordBench
{
    private const int Rounds = 5;
    private static readonly Option<int> Hosts = new("--hosts") { Description = "Hosts in the fleet.", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<DirectoryInfo> Folder = new("--folder") { Description = "Where to write the journal.", DefaultValueFactory = _ => new DirectoryInfo(Path.GetTempPath()) };

    public static Command Create() =>
        BenchVerb.Bench("cord", "How fast one pull stops a fleet at full swing.", [Hosts, Folder], async (parsed, cancel) =>
        {
            var folder = Path.Combine(parsed.GetValue(Folder)!.FullName, $"opsconsole-bench-{Environment.ProcessId}");
            Directory.CreateDirectory(folder);
            try
            {
                return await RunAsync(folder, Math.Clamp(parsed.GetValue(Hosts), 1_000, 1_000_000), cancel).ConfigureAwait(false);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });

    private static async Task<BenchReport> RunAsync(string folder, int hosts, CancellationToken cancel)
    {
        StreamFamily[] families = [
            new StreamFamily<CordState>(CordStreams.Family, regional: false, new CordDecider()),
            new StreamFamily<RegionFleet>(FleetStreams.Family, regional: true, new FleetDecider()) { SnapshotEvery = int.MaxValue }];
        await using var journal = new SqliteJournal(new JournalOptions(folder), families, TimeProvider.System);
        var (ack, last, commands) = await new CordLoadRun(journal, families, hosts, Rounds).RunAsync(cancel).ConfigureAwait(false);
        return new("cord", new Dictionary<string, double>
        {
            ["ack_ms"] = Math.Round(ack, 2),
            ["last_command_ms"] = Math.Round(last, 2),
            ["hosts"] = hosts,
            ["rounds"] = Rounds,
            ["commands_left"] = commands,
        });
    }
}
