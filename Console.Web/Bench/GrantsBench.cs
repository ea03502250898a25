using System.CommandLine;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Journal.Sqlite;
using OpsConsole.Engine.Reservations.Authorities;

namespace OpsConsole.Web.Bench;

/// <summary><c>bench grants</c>: reservations a second through the whole gate, every check, and the journal on disk; then the time of one at half of the 20,000 a second that are wanted, and at half of what was reached.</summary>
internal static class GrantsBench
{
    private const double Wanted = 20_000;
    private const int Rounds = 3;

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
        _ = await HalfLoadAsync(run, Wanted / 2, cancel).ConfigureAwait(false);
        var before = GC.GetTotalAllocatedBytes();
        using var collections = new CollectionWatch();
        var asked = await HalfLoadAsync(run, Wanted / 2, cancel).ConfigureAwait(false);
        var allocated = GC.GetTotalAllocatedBytes() - before;
        var reached = await HalfLoadAsync(run, rate / 2, cancel).ConfigureAwait(false);
        return new("grants", new Dictionary<string, double>(collections.Figures("half_load"))
        {
            ["grants_per_s"] = Math.Round(rate),
            ["p99_ms"] = asked.P99,
            ["p99_worst_ms"] = asked.Worst,
            ["p50_ms"] = asked.P50,
            ["half_load_per_s"] = Math.Round(asked.Offered),
            ["reached_p99_ms"] = reached.P99,
            ["reached_p99_worst_ms"] = reached.Worst,
            ["reached_p50_ms"] = reached.P50,
            ["reached_half_load_per_s"] = Math.Round(reached.Offered),
            ["half_load_allocated_kb"] = Math.Round(allocated / 1024.0 / (Rounds * 2.0 * regions * GrantLoadRun.HostsPerRegion / 9), 1),
            ["hosts"] = regions * (double)GrantLoadRun.HostsPerRegion,
            ["sets_per_host"] = setsPerHost,
        });
    }

    /// <summary>Medians of the rounds, and the worst p99 of them.</summary>
    private static async Task<(double P50, double P99, double Worst, double Offered)> HalfLoadAsync(GrantLoadRun run, double perSecond, CancellationToken cancel)
    {
        var rounds = new List<(double P50, double P99, double Offered)>();
        for (var i = 0; i < Rounds; i++)
        {
            rounds.Add(await run.HalfLoadAsync(perSecond, cancel).ConfigureAwait(false));
            await run.GiveBackAsync(cancel).ConfigureAwait(false);
        }

        return (BenchReport.Median(rounds.Select(one => one.P50)), BenchReport.Median(rounds.Select(one => one.P99)), rounds.Max(one => one.P99), BenchReport.Median(rounds.Select(one => one.Offered)));
    }
}
