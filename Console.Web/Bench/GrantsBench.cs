using System.CommandLine;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Journal.Sqlite;
using OpsConsole.Engine.Reservations.Authorities;

namespace OpsConsole.Web.Bench;

/// <summary><c>bench grants</c>: reservations a second through the whole gate, every check, and the journal on disk; then the time of one at half of that load.</summary>
internal static class GrantsBench
{
    private static readonly Option<int> Regions = new("--regions") { Description = "Regions; each has 9,000 hosts.", DefaultValueFactory = _ => 40 };
    private static readonly Option<int> SetsPerHost = new("--sets-per-host") { Description = "Redundancy sets with a shard on each host.", DefaultValueFactory = _ => 16 };
    private static readonly Option<DirectoryInfo> Folder = new("--folder") { Description = "Where to write the journal.", DefaultValueFactory = _ => new DirectoryInfo(Path.GetTempPath()) };

    public static Command Create() =>
        BenchVerb.Bench("grants", "Reservations a second, durable.", [Regions, SetsPerHost, Folder], async (parsed, cancel) =>
        {
            var folder = Path.Combine(parsed.GetValue(Folder)!.FullName, $"opsconsole-bench-{Environment.ProcessId}");
            Directory.CreateDirectory(folder);
            try
            {
                return await RunAsync(folder, Math.Clamp(parsed.GetValue(Regions), 1, 100), Math.Clamp(parsed.GetValue(SetsPerHost), 1, 256), cancel).ConfigureAwait(false);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });

    private static async Task<BenchReport> RunAsync(string folder, int regions, int setsPerHost, CancellationToken cancel)
    {
        var book = new AuthorityBook();
        book.Set("storage", new PlacedSetsAuthority("placement", GrantLoadRun.Placement(regions, setsPerHost), new SecondCount()));
        var decider = new ReservationDecider(book);
        StreamFamily[] families = [
            new StreamFamily<CordState>(CordStreams.Family, regional: false, new CordDecider()),
            new StreamFamily<RegionFleet>(FleetStreams.Family, regional: true, new FleetDecider(new ReservedHosts())) { SnapshotEvery = int.MaxValue },
            new StreamFamily<RegionReservations>(ReservationStreams.Family, regional: true, decider) { SnapshotEvery = int.MaxValue }];
        await using var journal = new SqliteJournal(new JournalOptions(folder), families, TimeProvider.System);
        var run = new GrantLoadRun(journal, families, decider, regions);
        await run.PlaceAsync(cancel).ConfigureAwait(false);
        var rate = await run.FullLoadAsync(cancel).ConfigureAwait(false);
        _ = await run.HalfLoadAsync(rate / 2, cancel).ConfigureAwait(false);
        await run.GiveBackAsync(cancel).ConfigureAwait(false);
        var (paused, before) = (GC.GetTotalPauseDuration(), GC.GetTotalAllocatedBytes());
        using var collections = new CollectionWatch();
        var (p50, p99, offered) = await run.HalfLoadAsync(rate / 2, cancel).ConfigureAwait(false);
        paused = GC.GetTotalPauseDuration() - paused;
        var allocated = GC.GetTotalAllocatedBytes() - before;
        return new("grants", new Dictionary<string, double>(collections.Figures("half_load"))
        {
            ["grants_per_s"] = Math.Round(rate),
            ["p99_ms"] = p99,
            ["p50_ms"] = p50,
            ["half_load_paused_ms"] = Math.Round(paused.TotalMilliseconds),
            ["half_load_allocated_kb"] = Math.Round(allocated / 1024.0 / (regions * GrantLoadRun.HostsPerRegion / 9), 1),
            ["half_load_per_s"] = Math.Round(offered),
            ["hosts"] = regions * (double)GrantLoadRun.HostsPerRegion,
            ["sets_per_host"] = setsPerHost,
        });
    }
}
