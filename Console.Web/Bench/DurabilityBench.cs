using System.Collections.Immutable;
using System.CommandLine;
using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Durability.Sets;
using OpsConsole.Domain.Placement;

namespace OpsConsole.Web.Bench;

/// <summary>
/// <c>bench durability</c>: one tick of the durability of many sets: a host goes and another comes back, each with all its sets, and durability now and with each AZ
/// lost is read off the histogram.
/// </summary>
internal static class DurabilityBench
{
    private const int Ticks = 5_000;
    private static readonly Option<int> Hosts = new("--hosts") { Description = "Hosts, a third in each AZ.", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<int> SetsPerHost = new("--sets-per-host") { Description = "Sets that have a shard on a host.", DefaultValueFactory = _ => 128 };

    public static Command Create() =>
        BenchVerb.Bench("durability", "Durability of many sets, updated and read once a tick.", [Hosts, SetsPerHost], (parsed, cancel) =>
            Task.FromResult(Run(Math.Clamp(parsed.GetValue(Hosts), 90, 1_000_000), Math.Clamp(parsed.GetValue(SetsPerHost), 1, 256), cancel)));

    private static BenchReport Run(int hosts, int setsPerHost, CancellationToken cancel)
    {
        var clock = TimeProvider.System;
        var code = RedundancyCode.ReedSolomon(5, 4);
        ImmutableArray<PlacedHost> placed = [.. Enumerable.Range(0, hosts).Select(host => new PlacedHost($"h{host}", host % 3, $"r{host / 60}", host / 3 % 9))];
        var living = new LivingSets(ClassPlacement.Of(code, ["a", "b", "c"], placed, setsPerHost, 1)!);
        var began = clock.GetTimestamp();
        var table = StateTable.Of(code, new());
        var tableMs = clock.GetElapsedTime(began).TotalMilliseconds;
        var random = new Random(1);
        int[] down = [.. Enumerable.Range(0, hosts / 1_000).Select(_ => random.Next(hosts)).Distinct()];
        Array.ForEach(down, host => living.Turn(host, gone: true));
        var (all, reads, worst) = (new double[Ticks], new double[Ticks], 0.0);
        for (var tick = 0; tick < Ticks; tick++)
        {
            cancel.ThrowIfCancellationRequested();
            var (place, next) = (random.Next(down.Length), random.Next(hosts));
            began = clock.GetTimestamp();
            living.Turn(down[place], gone: false);
            living.Turn(down[place] = next, gone: true);
            var read = clock.GetTimestamp();
            worst = Math.Max(worst, table.Read(living.Histogram).Worst.Loss);
            (all[tick], reads[tick]) = (clock.GetElapsedTime(began).TotalMicroseconds, clock.GetElapsedTime(read).TotalMicroseconds);
        }

        Array.Sort(all);
        Array.Sort(reads);
        return new("durability", new Dictionary<string, double>
        {
            ["tick_us"] = Math.Round(all[Ticks / 2], 2),
            ["tick_p99_us"] = Math.Round(all[Ticks * 99 / 100], 2),
            ["read_us"] = Math.Round(reads[Ticks / 2], 2),
            ["sets"] = living.Placement.Sets,
            ["table_ms"] = Math.Round(tableMs, 1),
            ["worst_nines"] = Math.Round(Nines.Of(worst), 2),
        });
    }
}
