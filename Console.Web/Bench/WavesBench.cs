using System.CommandLine;
using System.Diagnostics;
using OpsConsole.Domain.FleetUpdate.Waves;
using OpsConsole.Domain.Placement;

namespace OpsConsole.Web.Bench;

/// <summary><c>bench waves</c>: the plan for one AZ of a region, beside the fewest waves there can be.</summary>
internal static class WavesBench
{
    private static readonly Option<int> Hosts = new("--hosts") { Description = "Hosts in the region; a third of them in the AZ that is planned.", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<int> SetsPerHost = new("--sets-per-host") { Description = "Redundancy sets with a shard on each host.", DefaultValueFactory = _ => 128 };
    private static readonly Option<PlacementKind> Placement = new("--placement") { Description = "How sets choose their hosts: classes, copysets or random.", DefaultValueFactory = _ => PlacementKind.Classes };
    private static readonly Option<double?> Cap = new("--cap") { Description = "Share of the AZ's hosts that may be gone at once; no limit where it is not given." };
    private static readonly Option<int> Seed = new("--seed") { Description = "Of the placement.", DefaultValueFactory = _ => 1 };

    public static Command Create() =>
        BenchVerb.Bench("waves", "The plan of one AZ's waves: how many, the fewest possible, how long planning takes.", [Hosts, SetsPerHost, Placement, Cap, Seed], (parsed, _) =>
            Task.FromResult(Run(
                new(Math.Clamp(parsed.GetValue(Hosts), 1_000, 2_000_000), Math.Clamp(parsed.GetValue(SetsPerHost), 1, 500), 3, parsed.GetValue(Placement), parsed.GetValue(Seed)),
                parsed.GetValue(Cap))));

    private static BenchReport Run(GeneratedPlacement placement, double? cap)
    {
        var counters = new SetCounters(placement.Make(), new SlackTable(RedundancyCode.ReedSolomon(5, 4), [new(true, 0)]));
        var hosts = Enumerable.Range(0, counters.Map.Hosts).Where(host => counters.Map.AzOf[host] == 0).ToArray();
        var most = cap is { } share ? Math.Max(1, (int)(hosts.Length * Math.Clamp(share, 0, 1))) : int.MaxValue;
        var began = Stopwatch.GetTimestamp();
        var plan = WavePlanner.Plan(counters, hosts, new(AzSerial: true, most));
        return new("waves", new Dictionary<string, double>
        {
            ["waves"] = plan.Waves.Length,
            ["lower_bound"] = plan.LowerBound,
            ["plan_s"] = Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds, 2),
            ["hosts"] = plan.Waves.Sum(wave => wave.Length),
            ["unplannable"] = plan.Unplannable.Length,
            ["memory_mb"] = Process.GetCurrentProcess().PeakWorkingSet64 >> 20,
        });
    }
}
