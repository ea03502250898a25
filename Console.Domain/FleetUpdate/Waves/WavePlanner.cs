using System.Collections.Immutable;
using OpsConsole.Domain.Placement;

namespace OpsConsole.Domain.FleetUpdate.Waves;

/// <summary>
/// Groups hosts that may be gone together. Greedy: in order of AZ, position class and rack each wave takes every host that breaks no set beside those it has, by the same check that grants.
/// Where placement has classes that is a class at a time, and as few waves as can be.
/// </summary>
public static class WavePlanner
{
    /// <param name="standing">Charges as they are now; it is not changed.</param>
    /// <param name="hosts">Hosts to go through; those that are charged already are left out.</param>
    public static WavePlan Plan(SetCounters standing, IEnumerable<int> hosts, WaveLimits limits)
    {
        var (shadow, map) = (standing.Shadow(), standing.Map);
        var all = hosts.Where(host => !standing.IsCharged(host)).ToArray();
        var stuck = all.Select(host => new StuckHost(host, shadow.Conflict(host))).Where(one => one.Set >= 0).ToImmutableArray();
        var waiting = all.Except(stuck.Select(one => one.Host)).OrderBy(host => limits.AzSerial ? map.AzOf[host] : 0).ThenBy(host => map.ClassOf[host]).ThenBy(host => map.RackOf[host]).ThenBy(host => host).ToList();
        var waves = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        while (waiting.Count > 0)
        {
            var wave = Fill(shadow, waiting, limits);
            waves.Add(wave);
            foreach (var host in wave)
            {
                shadow.Discharge(host);
            }
        }

        return new(waves.ToImmutable(), WaveBounds.Of(standing, all, limits), stuck);
    }

    /// <summary>Takes out of those that wait, in their order, whoever may go; the first always may.</summary>
    private static ImmutableArray<int> Fill(SetCounters shadow, List<int> waiting, WaveLimits limits)
    {
        var (map, az) = (shadow.Map, shadow.Map.AzOf[waiting[0]]);
        var wave = ImmutableArray.CreateBuilder<int>();
        var racks = new Dictionary<(int Az, int Rack), int>();
        var kept = 0;
        for (var at = 0; at < waiting.Count; at++)
        {
            var host = waiting[at];
            if (wave.Count >= limits.MostHosts || (limits.AzSerial && map.AzOf[host] != az))
            {
                // The rest stays where it is: nothing of it can join.
                waiting.RemoveRange(kept, at - kept);
                return wave.ToImmutable();
            }

            var rack = (map.AzOf[host], map.RackOf[host]);
            if ((limits.MostInRack == int.MaxValue || racks.GetValueOrDefault(rack) < limits.MostInRack) && shadow.Conflict(host) < 0)
            {
                shadow.Charge(host);
                wave.Add(host);
                racks[rack] = racks.GetValueOrDefault(rack) + 1;
            }
            else
            {
                waiting[kept++] = host;
            }
        }

        waiting.RemoveRange(kept, waiting.Count - kept);
        return wave.ToImmutable();
    }
}
