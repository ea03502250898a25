using System.CommandLine;
using System.Diagnostics;
using OpsConsole.Domain.Placement;

namespace OpsConsole.Web.Bench;

/// <summary>
/// <c>bench reservations</c>: one writer decides about hosts of a region by their sets' counters. Half of the requests are for the position class in work and mostly granted, with all of
/// the host's sets looked at and charged; the others are for any host and mostly refused at the first set that stands in the way. As many hosts stay charged as are asked for.
/// </summary>
internal static class ReservationsBench
{
    private const int PerAz = 3;
    private static readonly Option<int> Hosts = new("--hosts") { Description = "Hosts in the region.", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<int> SetsPerHost = new("--sets-per-host") { Description = "Redundancy sets with a shard on each host.", DefaultValueFactory = _ => 128 };
    private static readonly Option<int> Charged = new("--charged") { Description = "Hosts that are gone at a time.", DefaultValueFactory = _ => 10_000 };
    private static readonly Option<int> Decisions = new("--decisions") { Description = "How many to make.", DefaultValueFactory = _ => 2_000_000 };
    private static readonly Option<int> Seed = new("--seed") { Description = "Of the placement and the requests.", DefaultValueFactory = _ => 1 };

    public static Command Create() =>
        BenchVerb.Bench("reservations", "Decisions about hosts by their redundancy sets: time of each, rate on one core, memory.", [Hosts, SetsPerHost, Charged, Decisions, Seed], (parsed, cancel) =>
            Task.FromResult(Run(
                new(Math.Clamp(parsed.GetValue(Hosts), 1_000, 2_000_000), Math.Clamp(parsed.GetValue(SetsPerHost), 1, 500), PerAz, PlacementKind.Classes, parsed.GetValue(Seed)),
                parsed.GetValue(Charged),
                Math.Clamp(parsed.GetValue(Decisions), 10_000, 100_000_000),
                cancel)));

    private static BenchReport Run(GeneratedPlacement placement, int charged, int decisions, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        var counters = new SetCounters(placement.Make(), new SlackTable(RedundancyCode.ReedSolomon(5, 4), [new(true, 0)]));
        var built = Stopwatch.GetElapsedTime(began);
        var requests = Requests(counters.Map, decisions, placement.Seed);
        Decide(counters, requests.AsSpan(0, decisions / 10), charged, [], cancel);
        var took = new long[decisions];
        var (seconds, granted) = Decide(counters, requests, charged, took, cancel);
        var deciding = took.Sum() / (double)Stopwatch.Frequency;
        Array.Sort(took);
        return new("reservations", new Dictionary<string, double>
        {
            ["p50_ns"] = Percentile(took, 0.5),
            ["p99_ns"] = Percentile(took, 0.99),
            ["p999_ns"] = Percentile(took, 0.999),
            ["decisions_per_s"] = Math.Round(decisions / deciding),
            ["with_releases_per_s"] = Math.Round(decisions / seconds),
            ["granted"] = Math.Round((double)granted / decisions, 3),
            ["broken_sets"] = counters.Broken(),
            ["memory_mb"] = Process.GetCurrentProcess().PeakWorkingSet64 >> 20,
            ["hosts"] = counters.Map.Hosts,
            ["sets"] = counters.Map.Sets,
            ["build_s"] = Math.Round(built.TotalSeconds, 1),
        });
    }

    /// <summary>Every second one for a host of the first AZ's first class, the others for any host.</summary>
    private static int[] Requests(PlacementMap map, int count, int seed)
    {
        var random = new Random(seed);
        var inAz = map.Hosts / SetState.Azs;
        return [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? random.Next(inAz / PerAz) * PerAz : random.Next(map.Hosts))];
    }

    private static (double Seconds, int Granted) Decide(SetCounters counters, ReadOnlySpan<int> requests, int charged, long[] took, CancellationToken cancel)
    {
        var held = new Queue<int>();
        var granted = 0;
        var all = Stopwatch.GetTimestamp();
        for (var i = 0; i < requests.Length; i++)
        {
            var host = requests[i];
            if (i + 1 < requests.Length)
            {
                counters.Expect(requests[i + 1]);
            }

            var began = Stopwatch.GetTimestamp();
            if (!counters.IsCharged(host) && counters.Conflict(host) < 0)
            {
                counters.Charge(host);
                held.Enqueue(host);
                granted++;
            }

            if (took.Length > 0)
            {
                took[i] = Stopwatch.GetTimestamp() - began;
            }

            if (held.Count > charged)
            {
                counters.Discharge(held.Dequeue());
                counters.Expect(held.Peek());
            }

            if ((i & 0xFFFF) == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }
        }

        var seconds = Stopwatch.GetElapsedTime(all).TotalSeconds;
        while (held.TryDequeue(out var host))
        {
            counters.Discharge(host);
        }

        return (seconds, granted);
    }

    private static double Percentile(long[] sorted, double share) => Math.Round(sorted[(int)(share * (sorted.Length - 1))] * 1e9 / Stopwatch.Frequency);
}
